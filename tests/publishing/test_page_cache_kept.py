import gzip

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

from publishing import page_cache
from publishing.page_cache import PageCacheMiddleware
from publishing.preview import make_link
from tests.factories import make_article, make_draft, make_image, make_rubric
from tests.kept_pages import kept_pages

LIST = "/aktuelles/"


def form_view(request):
    return HttpResponse(Template("<form method=post>{% csrf_token %}</form>").render(RequestContext(request)))


def greeting_view(request):
    return HttpResponse(f"Guten Tag, {request.session.get('name', 'Gast')}")


def nonce_view(request):
    return HttpResponse(Template("<script nonce='{{ csp_nonce }}'>1</script>").render(RequestContext(request)))


urlpatterns = [
    path("formular/", form_view),
    path("gruss/", greeting_view),
    path("nonce/", nonce_view),
    path("", include("emmd.urls")),
]


def queries_of(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


class View:
    """Stands for everything below the cache, and counts how often it was asked."""

    def __init__(self, make_response=lambda: HttpResponse("<h1>Seite</h1>"), understood=()):
        self.make_response, self.understood, self.calls = make_response, set(understood), 0

    def __call__(self, request):
        self.calls += 1
        request.understood_parameters = self.understood
        return self.make_response()

    def ask(self, address="/", **headers):
        return PageCacheMiddleware(self)(RequestFactory().get(address, headers=headers))


@pytest.mark.django_db
def test_a_plain_page_is_kept():
    view = View()
    assert [view.ask().status_code for _ in range(3)] == [200, 200, 200]
    assert view.calls == 1


def with_cookie():
    response = HttpResponse("x")
    response.set_cookie("name", "wert")
    return response


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make_response",
    [
        with_cookie,
        lambda: HttpResponse("x", headers={"Vary": "Cookie"}),
        lambda: HttpResponse("x", headers={"Vary": "Accept-Encoding, cookie"}),
        lambda: HttpResponse("x", headers={"Vary": "*"}),
        lambda: HttpResponse("x", headers={"Vary": "Accept-Language"}),
        lambda: HttpResponse("x", headers={"Cache-Control": "no-store"}),
        lambda: HttpResponse(gzip.compress(b"x"), headers={"Content-Encoding": "gzip"}),
        lambda: StreamingHttpResponse(iter([b"x"])),
        *(lambda status=status: HttpResponse("x", status=status) for status in (201, 204, 301, 302, 404, 410, 500)),
    ],
)
def test_what_is_not_the_same_page_for_everybody_is_neither_kept_nor_touched(make_response):
    view = View(make_response)
    first, second = view.ask(), view.ask()
    assert view.calls == 2
    assert kept_pages() == 0
    assert first.headers == second.headers == make_response().headers
    assert "ETag" not in first


@pytest.mark.django_db
def test_a_page_keeps_the_headers_its_view_gave_it():
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'attachment; filename="kalender.ics"',
        "Content-Security-Policy": "sandbox",
        "Last-Modified": "Wed, 01 Oct 2025 10:00:00 GMT",
    }
    view = View(lambda: HttpResponse("BEGIN:VCALENDAR", headers=headers))
    for _ in range(2):
        response = view.ask()
        assert {name: response[name] for name in headers} == headers
    assert view.calls == 1


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/formular/", "/gruss/", "/nonce/"])
def test_a_page_with_a_form_a_session_or_a_nonce_is_not_kept(client, address):
    for _ in range(2):
        assert client.get(address).status_code == 200
        assert kept_pages() == 0


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_two_visitors_get_different_form_tokens(client):
    assert Client().get("/formular/").content != Client().get("/formular/").content


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_answered_from_the_cache(client, method):
    client.get(LIST)
    assert getattr(client, method)(LIST).status_code == (200 if method == "options" else 405)
    assert kept_pages() == 1


@pytest.mark.django_db
def test_a_visitor_with_a_session_sees_the_same_page_as_everybody(editor_client):
    make_article()
    for_everybody = Client().get(LIST)
    with CaptureQueriesContext(connection) as queries:
        for_editor = editor_client.get(LIST)
    assert for_editor.content == for_everybody.content
    assert len(queries) == 1
    assert not for_editor.cookies
    caches["pages"].clear()
    assert editor_client.get(LIST).content == for_everybody.content


@pytest.mark.django_db
def test_a_page_above_the_limit_is_answered_but_not_kept(monkeypatch):
    monkeypatch.setattr(page_cache, "LARGEST_BODY", 10)
    view = View(lambda: HttpResponse("x" * 11))
    assert [view.ask().content for _ in range(2)] == [b"x" * 11] * 2
    assert view.calls == 2


# --- addresses


@pytest.mark.django_db
def test_known_parameters_are_kept_and_their_order_does_not_matter():
    view = View(understood=("art", "jahr"))
    view.ask("/?art=press&jahr=2025")
    view.ask("/?jahr=2025&art=press")
    assert view.calls == 1
    view.ask("/?art=press&jahr=2024")
    view.ask("/?art=2025&jahr=press")
    assert view.calls == 3


@pytest.mark.django_db
def test_campaign_parameters_make_no_other_page(client):
    make_article()
    plain = client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        tagged = client.get(LIST + "?utm_source=rundbrief&utm_campaign=%22%3E%3Cb%3E")
    assert len(queries) == 1
    assert tagged.content == plain.content
    caches["pages"].clear()
    first_tagged = client.get(LIST + "?utm_source=rundbrief")
    assert first_tagged.content == plain.content


@pytest.mark.django_db
def test_filters_and_page_numbers_with_known_values_are_kept(client):
    rubric = make_rubric(name="Wirtschaft")
    for _ in range(14):
        make_article(rubric=rubric)
    year = timezone.localdate().year
    for query in ("", "?seite=2", "?rubrik=wirtschaft&seite=2", "?art=news", f"?jahr={year}"):
        client.get(LIST + query)
        assert queries_of(lambda query=query: client.get(LIST + query)) == 1, query


STRANGE_QUERIES = [
    "?x=1",
    "?seite=2",
    "?seite=0",
    "?seite=-1",
    "?seite=abc",
    "?seite=01",
    "?seite=%00",
    "?seite=99999999999999999999",
    "?rubrik=erfunden",
    "?rubrik=wirtschaft&x=1",
    "?rubrik=wirtschaft&rubrik=wirtschaft",
    "?rubrik=quatsch&rubrik=wirtschaft",
    "?seite=quatsch&seite=1",
    "?art=%ff",
    "?jahr=1",
    "?=1",
    "?a&b",
    "?UTM_SOURCE=1",
    "?utm_source=" + 400 * "x",
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", STRANGE_QUERIES)
def test_an_address_with_anything_unknown_in_it_is_answered_but_not_kept(client, query):
    make_article(rubric=make_rubric(name="Wirtschaft"))
    assert client.get(LIST + query).status_code == 200
    assert kept_pages() == 0


@pytest.mark.django_db
def test_strangers_cannot_fill_the_cache(client):
    article = make_article(rubric=make_rubric(name="Wirtschaft"))
    year = timezone.localtime(article.publish_from).year
    for number in range(10):
        client.get(f"{LIST}?seite={number + 2}")
        client.get(f"{article.get_absolute_url()}?v={number}")
        client.get(f"/aktuelles/archiv/{'0' * number}{year}/?x")
        client.get(f"/aktuelles/archiv/{'0' * (number + 1)}{year}/")
        client.get(f"/gibt-es-nicht-{number}/")
        client.get(f"/sitemap.xml?p={number}")
    assert kept_pages() == 0
    for number in range(10):
        client.get(LIST, headers={"host": f"portal.example:{8000 + number}"})
        client.get(LIST, headers={"host": "portal.EXAMPLE" if number % 2 else "Portal.example."})
    assert kept_pages() == 1


@pytest.mark.django_db
def test_a_repeated_parameter_shows_what_its_last_value_asks_for(client):
    for _ in range(14):
        make_article()
    pages = [client.get(LIST + query).content for query in ("?seite=1&seite=2", "?seite=2&seite=1")]
    assert pages[0] != pages[1]
    assert pages[0].count(b'aria-current="page"') == pages[1].count(b'aria-current="page"')


@pytest.mark.django_db
def test_letters_beyond_ascii_are_never_mistaken_for_others():
    view = View(understood=("q",))
    factory = RequestFactory()
    for query in ("q=%C3%BC", "q=%C3%83%C2%BC", "q=%2526", "q=%26", "q=a%26b=c", "q=a&b=c"):
        request = factory.get("/")
        request.META["QUERY_STRING"] = query
        PageCacheMiddleware(view)(request)
    assert view.calls == 6
    raw = factory.get("/")
    raw.META["QUERY_STRING"] = "ü".encode().decode("latin-1").join(("q=", ""))
    assert page_cache.page_key(raw, "v") == page_cache.page_key(factory.get("/?q=%C3%BC"), "v")


@pytest.mark.django_db
def test_hosts_and_schemes_do_not_share_pages():
    view = View()
    factory = RequestFactory()
    for host, secure in (("portal.example", False), ("portal.example", True), ("localhost", False)):
        for _ in range(2):
            PageCacheMiddleware(view)(factory.get("/", headers={"host": host}, secure=secure))
    assert view.calls == 3


@pytest.mark.django_db
def test_a_foreign_host_is_refused_and_leaves_no_page(client):
    assert client.get(LIST, headers={"host": "boese.example"}).status_code == 400
    assert kept_pages() == 0


@pytest.mark.django_db
def test_paths_that_look_alike_do_not_share_pages():
    view = View()
    for address in ("/a/", "/a", "/A/", "/a/?seite=1"[:3] + "b", "/a%2F", "/a%3Fseite=1"):
        view.ask(address)
    assert view.calls == len({"/a/", "/a", "/A/", "/a/b", "/a?seite=1"})


# --- what stays outside


@pytest.mark.django_db
def test_admin_preview_and_files_stay_outside(editor_client):
    draft, image = make_draft(), make_image()
    for address in (
        "/admin/",
        "/admin/login/?next=/admin/",
        "/konto/anmelden/",
        "/konto/passwort/vergessen/gesendet/",
        reverse("admin:news_article_change", args=[draft.pk]),
        reverse("admin:news_article_preview", args=[draft.pk]),
        make_link(draft),
        image.largest_url,
        "/static/css/base.css",
        "/healthz",
        "/readyz",
    ):
        response = editor_client.get(address)
        assert response.status_code in (200, 302), address
        assert response.get("Cache-Control") != page_cache.REVALIDATE, address
        assert kept_pages() == 0, address
        b"".join(response)


@pytest.mark.django_db
def test_pictures_are_sent_as_they_are_with_their_length(client):
    image = make_image()
    for address in (image.largest_url, image.print_url):
        response = client.get(address, headers={"accept-encoding": "gzip, br"})
        body = b"".join(response)
        assert not response.has_header("Content-Encoding")
        assert response["Content-Length"] == str(len(body))
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
