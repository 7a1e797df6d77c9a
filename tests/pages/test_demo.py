import pytest

from demo import loader, pages
from pages.models import MenuEntry, Page, Project, Study
from tests.clusters.factories import make_cluster
from tests.factories import make_contact, make_image
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def saved(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        entries = loader._read("projects")
        slugs = sorted({slug for entry in entries for slug in entry["clusters"]})
        clusters = {slug: make_cluster(slug=slug) for slug in slugs}
        picture, contact = make_image(), make_contact()
        images = dict.fromkeys(pages.pictures_of(entries), picture)
        pages.save_pages(loader._read("pages"), contact)
        projects = [pages.save_project(entry, clusters, images, contact) for entry in entries]
        for entry in loader._read("studies"):
            pages.save_study(entry, projects)
        yield


def test_pages_projects_and_studies_are_public(saved):
    counts = {model: (model.objects.count(), model.objects.published().count()) for model in (Page, Project, Study)}
    assert counts == {Page: (8, 8), Project: (10, 10), Study: (25, 25)}


def test_the_law_s_pages_are_named_in_the_footer(saved, client):
    home = fetch(client, "/")
    assert home.links(inside=home.one("nav", **{"aria-label": "Rechtliches und Hilfe"})) == [
        *("/impressum/", "/datenschutz/", "/barrierefreiheit/"),
    ]
    assert [*MenuEntry.objects.filter(place="menu").values_list("page__path", "label")] == [("ueber-uns", "Über uns")]
    assert {page.slug for page in Page.objects.all() if page.placeholders} == {
        *("impressum", "datenschutz", "barrierefreiheit"),
    }


def test_studies_of_a_project_are_found_on_its_page(saved):
    region = Project.objects.get(slug="innovationsregion-mitteldeutschland")
    assert region.studies.count() == Study.objects.filter(series__contains=region.title).count() > 10
    assert Project.objects.get(slug="mitteldeutschland-monitor").studies.count() == 1


def test_pictures_are_those_drawn_for_others():
    others = [entry for name in ("news", "examples", "events", "properties") for entry in loader._read(name)]
    extra = pages.pictures_of(loader._read("projects")).keys() - loader._pictures_for(others).keys()
    assert extra == set()
