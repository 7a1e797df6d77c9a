import pytest

from demo import loader, pages
from pages.models import Gallery, GalleryPhoto, MenuEntry, Page, Partner, Project, Study
from tests.clusters.factories import make_cluster
from tests.factories import make_contact, make_image
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def saved(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        entries = loader._read("projects")
        slugs = sorted({slug for entry in entries for slug in entry["clusters"]})
        clusters = {slug: make_cluster(slug=slug) for slug in slugs}
        picture, contact = make_image(), make_contact()
        images = dict.fromkeys(pages.pictures_of(entries), picture)
        galleries = loader._read("galleries")
        drawn = {key: make_image() for key in pages.pictures_of_galleries(galleries)}
        pages.save_pages(loader._read("pages"), contact)
        projects = [pages.save_project(entry, clusters, images, contact) for entry in entries]
        for entry in loader._read("studies"):
            pages.save_study(entry, projects)
        for entry in galleries:
            pages.save_gallery(entry, drawn)
        for order, entry in enumerate(loader._read("partners")):
            pages.save_partner(order, entry)
        yield


def test_pages_projects_and_studies_are_public(saved):
    counts = {model: (model.objects.count(), model.objects.published().count()) for model in (Page, Project, Study)}
    assert counts == {Page: (10, 10), Project: (10, 10), Study: (25, 25)}


def test_the_law_s_pages_are_named_in_the_footer(saved, client):
    home = fetch(client, "/")
    assert home.links(inside=home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})) == [
        *("/impressum/", "/datenschutz/", "/barrierefreiheit/", "/datenquellen-und-lizenzen/"),
        "/kontakt/barriere/?seite=/",
    ]
    assert [*MenuEntry.objects.filter(place="menu").values_list("page__path", "label")] == [
        *(("ueber-uns", "Über uns"), ("ueber-uns/standortprofil", "")),
    ]
    assert {page.slug for page in Page.objects.all() if page.placeholders} == {
        *("impressum", "datenschutz", "barrierefreiheit"),
    }


def test_the_law_s_pages_end_with_what_the_portal_itself_knows(saved, client):
    headings = {
        path: fetch(client, path).texts("h2", id=anchor)
        for path, anchor in (
            ("/datenschutz/", "gespeichert"),
            ("/barrierefreiheit/", "melden"),
            ("/datenquellen-und-lizenzen/", "quellen"),
        )
    }
    assert headings == {
        "/datenschutz/": ["Was das Portal speichert"],
        "/barrierefreiheit/": ["Barriere melden"],
        "/datenquellen-und-lizenzen/": ["Datenquellen und Lizenzen im Einzelnen"],
    }


def test_the_page_in_easy_language_says_that_it_is_an_example(saved, client):
    home = fetch(client, "/")
    assert home.links(inside=home.one("nav", css="masthead-slots")) == ["/leichte-sprache/"]
    page = fetch(client, "/leichte-sprache/")
    assert page.one("article").attrs["lang"] == "de-simple"
    assert page.one("p", css="lead").text.startswith("Beispiel:")


def test_studies_of_a_project_are_found_on_its_page(saved):
    region = Project.objects.get(slug="innovationsregion-mitteldeutschland")
    assert region.studies.count() == Study.objects.filter(series__contains=region.title).count() > 10
    assert Project.objects.get(slug="mitteldeutschland-monitor").studies.count() == 1


def test_pictures_are_those_drawn_for_others():
    others = [entry for name in ("news", "examples", "events", "properties") for entry in loader._read(name)]
    asked_for = pages.pictures_of(loader._read("projects")) | pages.pictures_of_galleries(loader._read("galleries"))
    assert asked_for.keys() - loader._pictures_for(others).keys() == set()


def test_galleries_are_examples_and_public_with_all_their_photos(saved, client):
    assert Gallery.objects.published().filter(is_example=True).count() == Gallery.objects.count() == 4
    assert GalleryPhoto.objects.shown().count() == 30
    assert "7 Fotos" in fetch(client, "/galerien/preisverleihung-merseburg-2024/").one("main").text


def test_invented_partners_are_marked(saved, client):
    assert [*Partner.objects.filter(is_example=True).values_list("kind", flat=True)] == ["media", "supporter"]
    page = fetch(client, "/partner/")
    headings = ["Mitglieder", "Förderer", "Partner", "Medienpartner"]
    assert page.texts("h2", inside=page.one("main")) == headings


def test_what_is_connected_exists_once_each():
    known = {"projekte": "projects", "aktuelles": "news", "termine": "events", "galerien": "galleries"}
    known |= {"wettbewerbsjahre": "iq_editions"}
    slugs = {name: {entry["slug"] for entry in loader._read(name)} for name in known.values()}
    pairs = loader._read("connections")
    assert len(pairs) == len({frozenset(pair) for pair in pairs})
    ends = [end.split(":") for pair in pairs for end in pair]
    assert [(kind, slug) for kind, slug in ends if slug not in slugs[known[kind]]] == []
