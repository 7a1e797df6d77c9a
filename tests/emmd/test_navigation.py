import pytest
from django.urls import reverse

from emmd.navigation import MAIN, main_entries
from tests.factories import make_article, make_rubric
from tests.parsed_page import fetch


def current(page):
    navigation = page.one("nav", **{"aria-label": "Hauptnavigation"})
    return {
        link.text: link.attrs["aria-current"]
        for link in page.all("a", inside=navigation)
        if "aria-current" in link.attrs
    }


@pytest.mark.django_db
def test_the_current_section_is_marked_for_eyes_and_ears(client):
    article = make_article(rubric=make_rubric(slug="energie"))
    assert current(fetch(client, "/")) == {}
    assert current(fetch(client, "/aktuelles/")) == {"Aktuelles": "page"}
    assert current(fetch(client, "/aktuelles/?seite=1")) == {"Aktuelles": "page"}
    assert current(fetch(client, article.get_absolute_url())) == {"Aktuelles": "true"}
    assert current(fetch(client, "/aktuelles/rubrik/energie/")) == {"Aktuelles": "true"}
    assert current(fetch(client, "/presse/")) == {"Presse": "page"}


@pytest.mark.django_db
def test_the_mark_on_the_home_page_is_on_the_word_mark(client):
    page = fetch(client, "/")
    assert page.one("a", css="wordmark").attrs["aria-current"] == "page"
    assert "aria-current" not in fetch(client, "/aktuelles/").one("a", css="wordmark").attrs


@pytest.mark.django_db
def test_the_menu_works_without_script_and_offers_the_same(client):
    page = fetch(client, "/")
    menu = page.one("details", css="menu")
    assert page.one("summary", inside=menu).text == "Menü"
    wide = page.one("nav", **{"aria-label": "Hauptnavigation"})
    assert page.links(inside=menu) == page.links(inside=wide) == [entry.path for entry in MAIN]
    footer = page.one("nav", **{"aria-label": "Bereiche"})
    assert page.links(inside=footer) == page.links(inside=wide)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", MAIN, ids=lambda entry: entry.label)
def test_every_entry_leads_to_a_page(client, entry):
    assert fetch(client, reverse(entry.url_name)).texts("h1")


def test_the_main_navigation_has_at_most_seven_entries():
    assert 2 <= len(MAIN) <= 7
    assert len({entry.label for entry in MAIN}) == len(MAIN)


def test_a_section_is_not_current_because_its_name_begins_alike():
    marked = [entry["label"] for entry in main_entries("/pressebilder/") if entry["is_current"]]
    assert marked == []
    assert [entry["label"] for entry in main_entries("/presse/") if entry["is_current"]] == ["Presse"]
