import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from emmd.navigation import FURTHER, MAIN, MOST_MAIN_ENTRIES, main_entries
from pages.models import MenuEntry
from tests.factories import make_article, make_rubric
from tests.pages.factories import make_page
from tests.parsed_page import ParsedPage, fetch


def forget_pages():
    caches["pages"].clear(), caches["figures"].clear()


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
    assert home.links(inside=home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})) == [
        *("/impressum/", "/kontakt/barriere/?seite=/"),
    ]
    assert current(fetch(client, "/ueber-uns/")) == {"Über uns": "page"}


@pytest.mark.django_db
def test_however_many_pages_the_menu_has_it_shows_seven_entries(client):
    for number in range(9):
        MenuEntry.objects.create(place="menu", page=make_page(), order=number)
    home = fetch(client, "/")
    assert len(home.links(inside=home.one("nav", **{"aria-label": "Hauptnavigation"}))) == MOST_MAIN_ENTRIES


@pytest.mark.django_db
def test_the_entry_of_a_page_below_another_one_stands_below_its_entry(client):
    about = make_page(title="Über uns", slug="ueber-uns")
    team = make_page(title="Team", slug="team", parent=about)
    way, reader = make_page(slug="anfahrt", parent=team), make_page(slug="ueber-uns-lesen", title="Leser")
    for order, page in enumerate((about, way, team, reader, make_page(parent=about, title="Entwurf", released=False))):
        for place in ("menu", "footer"):
            MenuEntry.objects.create(place=place, page=page, order=order, label="Weg" if page.slug == "anfahrt" else "")
    home, page = fetch(client, "/"), fetch(client, "/ueber-uns/team/")
    assert home.links(inside=home.one("nav", **{"aria-label": "Hauptnavigation"}))[-1] == "/ueber-uns/"
    assert home.all("nav", css="section-navigation") == []
    footer = home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})
    assert home.texts("a", inside=footer) == ["Über uns", "Weg", "Team", "Leser", "Barriere melden"]
    for label in ("Menü", "Rechtliches und Hilfe"):
        below = home.one("ul", css="navigation-below", inside=home.one("nav", **{"aria-label": label}))
        assert home.texts("a", inside=below) == ["Weg", "Team"]
    below = page.one("nav", css="section-navigation")
    assert (below.attrs["aria-label"], page.texts("a", inside=below)) == ("Über uns", ["Weg", "Team"])
    assert page.texts("a", inside=below, **{"aria-current": "page"}) == ["Team"]


@pytest.mark.django_db
def test_without_pages_the_footer_offers_help_and_the_top_nothing(client):
    home = fetch(client, "/")
    assert home.texts("a", inside=home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})) == ["Barriere melden"]
    assert home.all("nav", css="masthead-slots") == []


@pytest.mark.django_db
def test_easy_language_and_sign_language_stand_at_the_top_of_every_page_once_they_are_public(client):
    draft = make_page(slug="video", title="Unser Video", released=False, publish_from=None)
    easy = make_page(slug="leicht", title="Das Portal")
    MenuEntry.objects.create(place="sign", page=draft)
    MenuEntry.objects.create(place="easy", page=easy)
    MenuEntry.objects.create(place="easy", page=make_page(slug="zweite"), order=1)
    for path in ("/", "/kontakt/", "/gibt-es-nicht/"):
        page = ParsedPage(client.get(path))
        slots = page.one("nav", css="masthead-slots")
        assert (page.links(inside=slots), page.texts("a", inside=slots)) == (["/leicht/"], ["Leichte Sprache"])
    draft.released = True
    draft.save()
    page = fetch(client, "/leicht/")
    assert page.texts("a", inside=page.one("nav", css="masthead-slots")) == ["Leichte Sprache", "Gebärdensprache"]
    assert page.texts("a", inside=page.one("nav", css="masthead-slots"), **{"aria-current": "page"}) == [
        "Leichte Sprache"
    ]


@pytest.mark.django_db
def test_the_top_of_the_page_costs_no_question_of_its_own(client, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        client.get("/kontakt/")
    forget_pages()
    for place in ("easy", "sign", "menu", "footer"):
        MenuEntry.objects.create(place=place, page=make_page())
    with django_assert_num_queries(len(before)):
        client.get("/kontakt/")
