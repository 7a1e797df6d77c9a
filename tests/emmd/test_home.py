from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_article,
    make_contact,
    make_draft,
    make_expired,
    make_image,
    make_press_office,
    make_scheduled,
    make_withdrawn,
)
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def featured(**values):
    return make_article(featured_until=timezone.now() + timedelta(days=1), **values)


def story_titles(page):
    front = [one for one in page.all("section") if "front" in one.classes]
    rest = [one for one in page.all("section") if one.attrs.get("aria-labelledby") == "weitere-meldungen"]
    lead = page.texts("h2", css="lead-story-title")
    beside = page.texts("h2", css="card-title", inside=front[0]) if front else []
    below = page.texts("h3", css="card-title", inside=rest[0]) if rest else []
    return lead, beside, below


def test_the_newest_featured_article_leads_then_the_other_featured_then_the_newest(client):
    plain = [make_article(days_ago=number) for number in range(1, 12)]
    old, older = featured(days_ago=50), featured(days_ago=60)
    lead, beside, below = story_titles(fetch(client, "/"))
    assert lead == [old.title]
    assert beside == [older.title, plain[0].title, plain[1].title]
    assert below == [article.title for article in plain[2:8]]


def test_without_a_featured_article_the_newest_leads(client):
    old, new = make_article(days_ago=3), make_article(days_ago=1)
    lead, beside, below = story_titles(fetch(client, "/"))
    assert (lead, beside, below) == ([new.title], [old.title], [])


def test_nothing_stands_twice_on_the_home_page(client):
    for number in range(20):
        make_article(days_ago=number + 1, kind="press" if number % 2 else "news")
    for _ in range(2):
        featured(kind="press", days_ago=40)
    page = fetch(client, "/")
    links = [link for link in page.links(inside=page.one("main")) if link.startswith("/aktuelles/beitrag-")]
    assert len(links) == 14
    assert sorted(links) == sorted(set(links))


def test_the_press_band_shows_the_newest_releases_not_shown_above(client):
    for number in range(10):
        make_article(days_ago=number + 1)
    releases = [make_article(kind="press", days_ago=20 + number) for number in range(5)]
    make_press_office(contact=make_contact(role="Pressestelle"))
    page = fetch(client, "/")
    band = next(one for one in page.all("section") if one.attrs.get("aria-labelledby") == "fuer-die-presse")
    assert page.texts("a", inside=page.one("ul", css="dated-list", inside=band)) == [
        release.title for release in releases[:4]
    ]
    assert page.texts("p", css="contact-role", inside=band) == ["Pressestelle"]


def test_an_empty_portal_has_a_friendly_home_page(client):
    page = fetch(client, "/")
    assert story_titles(page) == ([], [], [])
    assert "Noch ist hier nichts erschienen." in page.one("main").text
    assert page.all(id="fuer-die-presse") == []


def test_nothing_that_is_not_public_reaches_the_home_page(client):
    until = timezone.now() + timedelta(days=1)
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make(title="Geheim", kind="press", featured_until=until)
    page = fetch(client, "/")
    assert "Geheim" not in page.html


def test_the_lead_picture_loads_first_and_is_not_read_twice(client):
    featured(image=make_image(alternative_text="Werk"))
    make_article(image=make_image(alternative_text="Halle"))
    pictures = fetch(client, "/").all("img")
    assert [(one.attrs.get("fetchpriority"), one.attrs.get("loading"), one.attrs["alt"]) for one in pictures] == [
        ("high", None, ""),
        (None, "lazy", ""),
    ]


def test_the_home_page_describes_the_site_to_machines(client):
    data = fetch(client, "/").json_ld("WebSite")
    assert (data["url"], data["inLanguage"]) == ("https://portal.example/", "de")
    assert data["publisher"]["name"] == "Europäische Metropolregion Mitteldeutschland"
