from datetime import timedelta

import pytest
from django.utils import timezone

from emmd.admin import make_rows
from emmd.models import HomePage
from properties.models import District
from publishing.site_version import bump
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
from tests.properties.factories import make_hall, make_land

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


# --- What editors choose ---------------------------------------------------------------------------------


def chosen_lead(article):
    make_rows()
    HomePage.objects.update(lead=article)
    bump()


def test_the_lead_story_that_editors_choose_leads_and_stands_nowhere_else(client):
    plain = [make_article(days_ago=number) for number in range(1, 20)]
    new = featured(days_ago=30)
    chosen_lead(plain[14])
    lead, beside, below = story_titles(fetch(client, "/"))
    assert lead == [plain[14].title]
    assert beside == [new.title, plain[0].title, plain[1].title]
    assert below == [article.title for article in plain[2:8]]


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_expired, make_withdrawn])
def test_a_chosen_lead_story_that_is_not_public_is_not_shown(client, make):
    new = make_article(days_ago=1)
    chosen_lead(make(title="Geheim"))
    page = fetch(client, "/")
    assert story_titles(page)[0] == [new.title]
    assert "Geheim" not in page.html


def test_deleting_the_lead_story_leaves_the_page(client):
    new, chosen = make_article(days_ago=1), make_article(days_ago=5)
    chosen_lead(chosen)
    assert story_titles(fetch(client, "/"))[0] == [chosen.title]
    chosen.delete()
    assert HomePage.objects.get().lead is None
    assert story_titles(fetch(client, "/"))[0] == [new.title]


def test_a_press_release_that_leads_is_not_repeated_for_the_press(client):
    releases = [make_article(kind="press", days_ago=number) for number in range(20, 25)]
    for number in range(12):
        make_article(days_ago=number + 1)
    chosen_lead(releases[1])
    page = fetch(client, "/")
    assert page.texts("a", inside=page.one("ul", css="dated-list")) == [
        one.title for one in (releases[0], *releases[2:])
    ]


def test_the_pool_shows_where_it_lies_and_whose_map_it_is(client):
    make_land()
    make_land()
    make_hall()
    page = fetch(client, "/")
    figure = page.one("figure", css="pool-map")
    assert len(page.all("circle", inside=figure)) == len(set(District.objects.filter(listings__isnull=False)))
    assert len(page.all("use", inside=figure)) == 49
    assert "© GeoBasis-DE / BKG 2017 (Daten verändert)" in figure.text
    assert "https://www.bkg.bund.de" in page.links(inside=figure)
