import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from emmd.urls import handler400, handler403, handler404, handler500  # noqa: F401
from publishing.csp import CSP, ContentSecurityPolicyMiddleware, build_policy
from publishing.models import Redirect
from publishing.preview import make_link
from tests.factories import (
    make_article,
    make_document,
    make_draft,
    make_full_article,
    make_image,
    make_press_office,
    make_withdrawn,
)

PUBLIC_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def broken_view(request):
    raise RuntimeError("on purpose")


def two_nonces_view(request):
    return HttpResponse(Template("{{ csp_nonce }} {{ csp_nonce }}").render(RequestContext(request)))


urlpatterns = [
    path("kaputt/", broken_view),
    path("zwei/", two_nonces_view),
    path("", include("emmd.urls")),
]


@pytest.fixture
def superuser_client(client, db):
    client.force_login(User.objects.create_superuser("chefin", password="x"))
    return client


def assert_safe(response, label):
    assert response["X-Content-Type-Options"] == "nosniff", label
    assert response["X-Frame-Options"] == "DENY", label
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", label
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", label
    assert response["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin"), label
    assert response["Permissions-Policy"].startswith("camera=()"), label
    policy = response["Content-Security-Policy"]
    assert "unsafe-eval" not in policy, label
    assert "default-src" in policy, label
    assert not re.search(r"https?:|\*", policy), label


# --- every response


def answers(client):
    """One of each kind the portal gives: (what it is, the expected status, the response)."""
    article, draft, image, document = make_full_article(), make_draft(), make_image(), make_document()
    withdrawn = make_withdrawn()
    Redirect.objects.create(old_path="/alt/", new_path="/presse/")
    for address, status in (
        ("/", 200),
        ("/aktuelles/", 200),
        (article.get_absolute_url(), 200),
        ("/aktuelles/?seite=abc", 200),
        ("/aktuelles/atom/", 200),
        ("/sitemap.xml", 200),
        ("/robots.txt", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/static/css/base.css", 200),
        (image.largest_url, 200),
        (document.get_absolute_url(), 200),
        (make_link(draft), 200),
        ("/konto/anmelden/", 200),
        ("/konto/", 302),
        ("/admin/login/", 302),
        ("/admin/", 302),
        ("/admin/gibt-es-nicht/", 302),
        ("/alt/", 301),
        ("/aktuelles", 301),
        (draft.get_absolute_url(), 404),
        ("/gibt-es-nicht/", 404),
        ("/static/gibt-es-nicht.css", 404),
        ("/media/gibt-es-nicht.jpg", 404),
        (withdrawn.get_absolute_url(), 410),
        ("/vorschau/gefaelscht/", 404),
        ("/kaputt/", 500),
        ("/%00", 400),
        ("/?" + 50_000 * "x", 414),
    ):
        yield address[:60], status, client.get(address)
    yield "wrong host", 400, client.get("/", headers={"host": "boese.example"})
    yield "wrong method", 405, client.post("/healthz")
    yield "form without token", 403, Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    yield "head", 200, client.head("/aktuelles/")
    yield "options", 200, client.options("/aktuelles/")
    yield "not modified", 304, client.get("/", headers={"if-none-match": client.get("/")["ETag"]})
    yield "from the page cache", 200, client.get("/")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_every_response_carries_the_security_headers(client):
    client.raise_request_exception = False
    for label, status, response in answers(client):
        assert response.status_code == status, label
        assert_safe(response, label)
        b"".join(response)


@pytest.mark.django_db
def test_a_document_is_shut_into_its_own_stricter_policy(client):
    response = client.get(make_document().get_absolute_url())
    assert response["Content-Security-Policy"].startswith("default-src 'none';")
    assert "sandbox" in response["Content-Security-Policy"]
    b"".join(response)


@pytest.mark.django_db
def test_only_pictures_may_be_shown_by_other_hosts(client):
    picture = client.get(make_image().largest_url)
    assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"
    b"".join(picture)
    for address in ("/", "/aktuelles/atom/", "/konto/anmelden/", make_link(make_draft())):
        assert client.get(address)["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
def test_encrypted_answers_ask_browsers_to_stay_encrypted(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert not Client().get("/", secure=False).has_header("Strict-Transport-Security")
    assert Client().get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.django_db
def test_visitors_get_no_cookie_and_no_address_of_another_host(client):
    make_press_office()
    for address in ("/", "/aktuelles/", "/presse/", make_full_article().get_absolute_url(), "/gibt-es-nicht/"):
        response = client.get(address)
        assert not response.cookies
        loaded = re.findall(r'<(?:script|img|iframe|source|link rel="stylesheet")[^>]+', response.content.decode())
        assert [one for one in loaded if re.search(r'(?:src|href|srcset)="(?:https?:)?//', one)] == []


# --- public pages: one policy, no nonce, nothing inline


class InlineCode(HTMLParser):
    """What a strict policy blocks, unless it carries the nonce."""

    DATA_TYPES = ("application/json", "application/ld+json")

    def __init__(self, html):
        super().__init__()
        self.nonces, self.without_nonce, self.blocked = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_inline = tag == "style" or (
            tag == "script" and "src" not in attrs and attrs.get("type") not in self.DATA_TYPES
        )
        if "nonce" in attrs:
            self.nonces.append(attrs["nonce"])
        elif is_inline:
            self.without_nonce.append(self.get_starttag_text())
        for name, value in attrs.items():
            if name == "style" or name.startswith("on") or (value or "").lower().startswith("javascript:"):
                self.blocked.append(self.get_starttag_text())


def test_the_reader_of_inline_code_sees_all_of_it():
    found = InlineCode(
        "<script>1</script><style>a{}</style><script type=module>1</script><script src=x></script>"
        "<script type=application/ld+json>{}</script><p style='x'><p onclick=x><a href='JavaScript:x'>"
        "<script nonce=abc>1</script>"
    )
    assert len(found.without_nonce) == 3
    assert len(found.blocked) == 3
    assert found.nonces == ["abc"]


@pytest.mark.django_db
def test_public_pages_have_no_nonce_nothing_inline_and_the_same_headers_for_everybody():
    article = make_full_article()
    make_press_office()
    for address in ("/", "/aktuelles/", "/presse/", article.get_absolute_url(), make_link(article), "/gibt-es-nicht/"):
        first, second = Client().get(address), Client().get(address)
        assert first["Content-Security-Policy"] == PUBLIC_POLICY
        assert first.headers == second.headers
        assert first.content == second.content
        code = InlineCode(first.content.decode())
        assert (code.nonces, code.without_nonce, code.blocked) == ([], [], [])


# --- the admin: a nonce for each request


def nonce_of(response):
    found = set(re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"]))
    assert len(found) <= 1
    return found.pop() if found else None


@pytest.mark.django_db
def test_the_page_with_the_rich_text_editor_has_a_new_nonce_for_each_request(superuser_client):
    article = make_full_article()
    seen = set()
    for address in 2 * [reverse("admin:news_article_add"), reverse("admin:news_article_change", args=[article.pk])]:
        response = superuser_client.get(address)
        code = InlineCode(response.content.decode())
        nonce = nonce_of(response)
        assert '<script type="importmap"' in response.content.decode()
        assert set(code.nonces) == {nonce}
        assert len(nonce) >= 22
        policy = response["Content-Security-Policy"]
        assert f"script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'" in policy
        assert "unsafe-inline" not in policy
        seen.add(nonce)
    assert len(seen) == 4


def admin_addresses():
    article, image = make_full_article(), make_image()
    make_press_office()
    Redirect.objects.create(old_path="/alt/", new_path="/presse/")
    article.save()
    yield from map(reverse, ("admin:index", "account_change_password", "mfa_index"))
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{base}_changelist")
        yield reverse(f"{base}_changelist") + "?_popup=1"
        yield reverse(f"{base}_add")
        if (row := model._base_manager.first()) is not None:
            for page in ("change", "delete", "history"):
                yield reverse(f"{base}_{page}", args=[row.pk])
        if hasattr(model, "history") and (version := model.history.first()):
            yield reverse(f"{base}_simple_history", args=[version.instance.pk, version.history_id])
    yield reverse("admin:news_article_preview", args=[article.pk])
    yield reverse("admin:publishing_image_changelist") + f"?q={image.pk}"
    yield reverse("admin:app_list", args=["news"])


@pytest.mark.one_database
@pytest.mark.django_db
def test_all_inline_code_of_the_admin_carries_the_nonce_of_its_own_response(superuser_client):
    seen, with_nonce = 0, 0
    for address in admin_addresses():
        response = superuser_client.get(address, follow=True)
        assert response.status_code in (200, 403), address
        code = InlineCode(response.content.decode())
        assert (code.without_nonce, code.blocked) == ([], []), address
        assert set(code.nonces) <= {nonce_of(response)}, address
        assert_safe(response, address)
        seen += 1
        with_nonce += bool(code.nonces)
    assert seen > 30
    assert with_nonce >= 5


@pytest.mark.django_db
def test_a_form_that_comes_back_with_errors_carries_the_nonce_too(superuser_client):
    response = superuser_client.post(reverse("admin:news_article_add"), {"title": ""})
    code = InlineCode(response.content.decode())
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert (set(code.nonces), code.without_nonce, code.blocked) == ({nonce_of(response)}, [], [])


@pytest.mark.django_db
def test_the_log_in_page_needs_no_inline_code(client):
    response = client.get("/konto/anmelden/")
    code = InlineCode(response.content.decode())
    assert (code.nonces, code.without_nonce, code.blocked) == ([], [], [])
    assert response["Content-Security-Policy"] == PUBLIC_POLICY


# --- the middleware itself


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_one_response_has_one_nonce_however_often_it_is_printed(client):
    response = client.get("/zwei/")
    first, second = response.content.decode().split()
    assert first == second == nonce_of(response)
    assert client.get("/zwei/").content.decode().split()[0] != first


def test_a_nonce_nobody_printed_is_not_in_the_policy():
    response = ContentSecurityPolicyMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == PUBLIC_POLICY


def test_a_policy_of_the_view_stays():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    response = ContentSecurityPolicyMiddleware(lambda request: own)(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "sandbox"


def test_asking_whether_there_is_a_nonce_makes_none():
    def view(request):
        return HttpResponse("yes" if request._csp_nonce else "no")

    response = ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/"))
    assert (response.content, nonce_of(response)) == (b"no", None)


def test_a_policy_is_written_as_the_standard_has_it():
    config = {"default-src": [CSP.SELF], "script-src": [CSP.SELF, CSP.NONCE], "upgrade-insecure-requests": []}
    assert build_policy(config) == "default-src 'self'; script-src 'self'; upgrade-insecure-requests"
    assert build_policy(config, "abc") == (
        "default-src 'self'; script-src 'self' 'nonce-abc'; upgrade-insecure-requests"
    )


@pytest.mark.django_db
def test_an_error_page_without_database_is_as_safe_as_any(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError

    make_article()
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        response = client.get("/aktuelles/")
    assert response.status_code == 500
    assert_safe(response, "500")
    assert response["Content-Security-Policy"] == PUBLIC_POLICY
