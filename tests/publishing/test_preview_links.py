from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as portal_settings
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.preview import SALT, link_ends_at, make_link
from tests.factories import (
    make_article,
    make_draft,
    make_editor,
    make_expired,
    make_full_article,
    make_scheduled,
    make_withdrawn,
)
from tests.kept_pages import kept_pages

pytestmark = pytest.mark.django_db

DAYS = portal_settings.PREVIEW_LINK_DAYS
UNFINISHED = [make_draft, make_scheduled, make_expired, make_withdrawn]


def is_kept_by_nobody(response):
    return (
        {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
        and response["X-Robots-Tag"] == "noindex, nofollow"
        and "Cookie" in response["Vary"]
        and not response.has_header("ETag")
        and not kept_pages()
    )


@pytest.mark.parametrize("make", UNFINISHED)
def test_somebody_without_account_sees_the_real_page_with_a_banner(client, make):
    item = make(title="Noch nicht fertig", body="<p>Der ganze Text.</p>")
    response = client.get(make_link(item))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Noch nicht fertig</h1>" in page
    assert "Der ganze Text." in page
    assert f"<strong>Vorschau</strong> – {item.state.label}. Diese Seite ist so noch nicht öffentlich" in page
    assert page.count('<meta name="robots" content="noindex, nofollow">') == 1
    assert 'rel="canonical"' not in page
    assert is_kept_by_nobody(response)
    assert not response.cookies
    assert client.get(item.get_absolute_url()).status_code in (404, 410)


def test_the_preview_of_public_content_says_that_it_is_public(client):
    page = client.get(make_link(make_article())).content.decode()
    assert "Diese Fassung ist öffentlich." in page
    assert "noch nicht öffentlich" not in page


def test_the_public_page_has_no_banner_and_may_be_indexed(client):
    article = make_article()
    client.get(make_link(article))
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert ("Vorschau" in page, "noindex" in page, 'rel="canonical"' in page) == (False, False, True)
    assert not response.has_header("X-Robots-Tag")


def test_without_the_link_nothing_of_a_draft_is_anywhere(client):
    public = make_article()
    draft = make_draft(title="Unveröffentlichtes Vorhaben", slug="unveroeffentlicht")
    public.related.add(draft)
    client.get(make_link(draft))
    for address in (
        "/",
        "/aktuelles/",
        "/aktuelles/atom/",
        "/presse/",
        "/sitemap-beitraege.xml",
        public.get_absolute_url(),
    ):
        page = client.get(address).content.decode().lower()
        assert "vorhaben" not in page, address
        assert "unveroeffentlicht" not in page, address


def test_a_preview_shows_no_other_draft(client):
    draft = make_draft()
    draft.related.add(make_draft(title="Ein anderer Entwurf"))
    page = client.get(make_link(draft)).content.decode()
    assert "Ein anderer Entwurf" not in page


def test_a_preview_shows_each_save_at_once(client):
    draft = make_draft(title="Erste Fassung")
    link = make_link(draft)
    assert "Erste Fassung" in client.get(link).content.decode()
    draft.title, draft.slug = "Zweite Fassung", "andere-adresse"
    draft.save()
    assert "Zweite Fassung" in client.get(link).content.decode()


def test_a_full_draft_with_every_relation_can_be_previewed(client):
    article = make_full_article(released=False, publish_from=None)
    assert client.get(make_link(article)).status_code == 200


def test_a_link_ends_after_the_days_the_settings_name(client):
    draft = make_draft(title="Noch geheim")
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        link, ends_at = make_link(draft), link_ends_at()
    assert ends_at == now + timedelta(days=DAYS)
    with time_machine.travel(ends_at - timedelta(minutes=1), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(ends_at + timedelta(minutes=1), tick=False):
        response = client.get(link)
    page = response.content.decode()
    assert response.status_code == 410
    assert "<h1>Diese Vorschau ist abgelaufen</h1>" in page
    assert "Bitten Sie die Redaktion um einen neuen Link." in page
    assert "geheim" not in page
    assert is_kept_by_nobody(response)


def test_the_number_of_days_is_a_setting(client, settings):
    settings.PREVIEW_LINK_DAYS = 1
    link = make_link(make_draft())
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(link).status_code == 410


def test_the_link_of_a_deleted_item_gives_a_helpful_page(client):
    draft = make_draft()
    link = make_link(draft)
    draft.delete()
    response = client.get(link)
    assert response.status_code == 410
    assert "Bitten Sie die Redaktion um einen neuen Link." in response.content.decode()
    assert is_kept_by_nobody(response)


def test_a_link_of_content_the_portal_no_longer_knows_gives_the_helpful_page(client):
    for label in ("news.formerarticle", "formerapp.article"):
        token = signing.dumps([label, 1], salt=SALT, compress=True)
        assert client.get(reverse("preview", args=[token])).status_code == 410


def tampered(token, other):
    payload, *rest = token.split(":")
    yield token[:-1]
    yield token + "x"
    yield token.swapcase()
    yield payload
    yield ":".join([other.split(":")[0], *rest])
    yield "x"
    yield "ü:ü:ü"
    yield ":"
    yield "::"
    yield "a" * 3000


def test_a_tampered_link_answers_like_any_unknown_address(client):
    draft, other = make_draft(), make_draft()
    token = make_link(draft).split("/")[2]
    unknown = client.get("/gibt-es-nicht/")
    for bad in tampered(token, make_link(other).split("/")[2]):
        response = client.get(reverse("preview", args=[bad]))
        assert response.status_code == 404, bad
        assert response.content == unknown.content, bad


def test_a_token_signed_for_another_purpose_or_with_another_key_is_refused(client, settings):
    draft = make_draft()
    assert (
        client.get(reverse("preview", args=[signing.dumps(["news.article", draft.pk], salt="other")])).status_code
        == 404
    )
    link = make_link(draft)
    settings.SECRET_KEY = "another key " * 5
    assert client.get(link).status_code == 404


def test_the_link_says_nothing_of_the_title_and_is_for_reading_only(client):
    draft = make_draft(title="Fusion", slug="fusion")
    assert "fusion" not in make_link(draft).lower()
    assert client.post(make_link(draft)).status_code == 405
    assert client.head(make_link(draft)).status_code == 200


def test_robots_keep_out_of_previews(client):
    assert "Disallow: /vorschau/" in client.get("/robots.txt").content.decode()


# --- staff


def test_staff_see_the_same_page_in_the_admin(editor_client):
    draft = make_draft(title="Noch nicht fertig")
    response = editor_client.get(reverse("admin:news_article_preview", args=[draft.pk]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Noch nicht fertig</h1>" in page
    assert "<strong>Vorschau</strong> – Entwurf." in page
    assert is_kept_by_nobody(response)


def test_an_editor_makes_a_link_that_works_for_people_without_account(editor_client):
    draft = make_draft(title="Bitte prüfen")
    response = editor_client.post(reverse("admin:news_article_share", args=[draft.pk]), follow=True)
    page = response.content.decode()
    link = make_link(draft).rsplit(":", 2)[0]
    assert f"href='http://testserver{link}" in page
    shared = page.split("href='http://testserver")[1].split("'")[0]
    assert "Bitte prüfen" in Client().get(shared).content.decode()
    assert f"{timezone.localtime(link_ends_at()):%d.%m.%Y}" in page


@pytest.mark.parametrize("page", ["preview", "share"])
def test_only_staff_with_permission_preview_in_the_admin_or_make_links(client, page):
    draft = make_draft(title="Noch geheim")
    address = reverse(f"admin:news_article_{page}", args=[draft.pk])
    ask = client.get if page == "preview" else client.post
    assert ask(address).status_code == 302
    outsider = make_editor("paul")
    outsider.groups.clear()
    client.force_login(outsider)
    response = ask(address)
    assert response.status_code == 403
    assert "Noch geheim" not in response.content.decode()


def test_previewing_something_that_is_not_there_is_no_error(editor_client):
    assert editor_client.get(reverse("admin:news_article_preview", args=[999_999])).status_code == 404
    assert editor_client.post(reverse("admin:news_article_share", args=[999_999])).status_code == 404
    assert editor_client.get(reverse("admin:news_article_share", args=[1])).status_code == 405
