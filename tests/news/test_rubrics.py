import pytest

from news.models import Rubric
from tests.factories import make_article, make_draft, make_rubric, make_scheduled
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def test_a_rubric_page_lists_its_own_public_articles(client):
    rubric, other = make_rubric(name="Energie & Wasserstoff"), make_rubric()
    wanted = make_article(rubric=rubric)
    make_article(rubric=other)
    make_article()
    make_draft(rubric=rubric)
    make_scheduled(rubric=rubric)
    page = fetch(client, "/aktuelles/rubrik/energie-wasserstoff/")
    assert page.texts("h1") == ["Energie & Wasserstoff"]
    assert page.texts("h2", css="card-title") == [wanted.title]
    assert page.texts("p", css="count") == ["Ein Beitrag"]
    assert page.texts("li", inside=page.one("nav", css="breadcrumbs")) == [
        "Start",
        "Aktuelles",
        "Energie & Wasserstoff",
    ]


def test_a_rubric_page_is_filtered_by_year_and_kind_but_not_by_rubric(client):
    rubric = make_rubric(slug="energie")
    wanted = make_article(rubric=rubric, kind="study")
    make_article(rubric=rubric, kind="news")
    make_article(kind="study")
    page = fetch(client, "/aktuelles/rubrik/energie/?art=study")
    assert page.texts("h2", css="card-title") == [wanted.title]
    assert [select.attrs["name"] for select in page.all("select")] == ["jahr", "art"]


def test_a_rubric_without_description_describes_itself(client):
    make_rubric(name="Studien", slug="studien")
    page = fetch(client, "/aktuelles/rubrik/studien/")
    assert page.meta("description") == "Beiträge der Metropolregion Mitteldeutschland zu „Studien“."


def test_a_rubric_page_shows_featured_articles_in_their_place(client):
    from datetime import timedelta

    from django.utils import timezone

    rubric = make_rubric(slug="energie")
    make_article(rubric=rubric, title="Alt", days_ago=9, featured_until=timezone.now() + timedelta(days=1))
    make_article(rubric=rubric, title="Neu", days_ago=1)
    page = fetch(client, "/aktuelles/rubrik/energie/")
    assert page.texts("h2", css="card-title") == ["Neu", "Alt"]


def test_an_empty_rubric_leads_on(client):
    make_rubric(slug="leer")
    page = fetch(client, "/aktuelles/rubrik/leer/")
    assert page.links(inside=page.one("div", css="nothing")) == ["/aktuelles/"]


def test_an_unknown_rubric_is_not_found(client):
    fetch(client, "/aktuelles/rubrik/unbekannt/", status=404)
    fetch(client, "/aktuelles/rubrik/unbekannt/atom/", status=404)


def test_a_rubric_offers_its_own_feeds(client):
    make_rubric(slug="energie")
    page = fetch(client, "/aktuelles/rubrik/energie/")
    feeds = [(link.attrs["type"], link.attrs["href"]) for link in page.all("link", rel="alternate")]
    assert feeds == [
        ("application/atom+xml", "/aktuelles/rubrik/energie/atom/"),
        ("application/rss+xml", "/aktuelles/rubrik/energie/rss/"),
    ]


def test_rubrics_get_german_addresses_of_their_own():
    assert Rubric.objects.create(name="Größe").slug == "groesse"
    assert Rubric.objects.create(name="Groesse").slug == "groesse-2"
    assert Rubric.objects.create(name="???").slug == "rubrik"


def test_control_characters_in_a_rubric_reach_neither_page_nor_feed(client):
    rubric = make_rubric(name="Energie\x0b und\x1f Wasser", slug="energie", description="Satz\x0c.")
    make_article(rubric=rubric)
    rubric.refresh_from_db()
    assert (rubric.name, rubric.description) == ("Energie und Wasser", "Satz.")
