import pytest
from django.urls import reverse

from emmd.navigation import FURTHER, MAIN, MOST_MAIN_ENTRIES, main_entries
from pages.models import MenuEntry
from tests.factories import make_article, make_rubric
from tests.pages.factories import make_page
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
    assert current(fetch(client, "/flaechen/")) == {"Flächen und Hallen": "page"}
    assert current(fetch(client, "/hallen/")) == {"Flächen und Hallen": "true"}
    assert current(fetch(client, "/projekte/")) == {"Projekte": "page"}


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
    assert page.links(inside=footer) == [*page.links(inside=wide), *(entry.path for entry in FURTHER)]


@pytest.mark.django_db
@pytest.mark.parametrize("entry", [*MAIN, *FURTHER], ids=lambda entry: entry.label)
def test_every_entry_leads_to_a_page(client, entry):
    assert fetch(client, reverse(entry.url_name)).texts("h1")


def test_the_main_navigation_has_at_most_seven_entries():
    assert 2 <= len(MAIN) <= 7
    assert len({entry.label for entry in MAIN}) == len(MAIN)


@pytest.mark.django_db
def test_a_section_is_not_current_because_its_name_begins_alike(rf):
    def marked(path):
        return [entry["label"] for entry in main_entries(rf.get(path)) if entry["is_current"]]

    assert marked("/terminebilder/") == []
    assert marked("/termine/") == ["Termine"]


@pytest.mark.django_db
def test_editors_put_pages_into_menu_and_footer_but_only_public_ones_are_named(client):
    about = make_page(title="Über die Metropolregion", slug="ueber-uns")
    imprint, draft = make_page(title="Impressum", slug="impressum"), make_page(released=False, title="Entwurf")
    MenuEntry.objects.create(place="menu", page=about, label="Über uns")
    for order, page in enumerate((draft, imprint)):
        MenuEntry.objects.create(place="footer", page=page, order=order)
    home = fetch(client, "/")
    assert home.links(inside=home.one("nav", **{"aria-label": "Hauptnavigation"}))[-1] == "/ueber-uns/"
    assert home.links(inside=home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})) == ["/impressum/"]
    assert current(fetch(client, "/ueber-uns/")) == {"Über uns": "page"}


@pytest.mark.django_db
def test_however_many_pages_the_menu_has_it_shows_seven_entries(client):
    for number in range(9):
        MenuEntry.objects.create(place="menu", page=make_page(), order=number)
    home = fetch(client, "/")
    assert len(home.links(inside=home.one("nav", **{"aria-label": "Hauptnavigation"}))) == MOST_MAIN_ENTRIES


@pytest.mark.django_db
def test_without_pages_the_footer_has_no_empty_list(client):
    assert fetch(client, "/").all("nav", **{"aria-label": "Rechtliches und Hilfe"}) == []
