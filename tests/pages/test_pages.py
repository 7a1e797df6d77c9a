import pytest
from django.core.exceptions import ValidationError

from pages.models import Page
from publishing.models import Redirect
from tests.factories import make_contact
from tests.pages.factories import make_full_page, make_page
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def complaints(**values):
    page = Page(**{"title": "Seite", "teaser": "Vorspann.", "body": "<p>Text.</p>"} | values)
    try:
        page.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


# --- addresses


def test_a_page_lies_below_those_it_belongs_to(client):
    above = make_page(title="Über uns", slug="ueber-uns")
    page = make_page(title="Standortprofil", slug="standortprofil", parent=above)
    assert page.get_absolute_url() == "/ueber-uns/standortprofil/"
    read = fetch(client, "/ueber-uns/standortprofil/")
    assert read.texts("h1") == ["Standortprofil"]
    trail = read.one("nav", css="breadcrumbs")
    assert read.links(inside=trail)[:2] == ["/", "/ueber-uns/"]
    assert client.get("/standortprofil/").status_code == 404


def test_pages_move_with_the_one_above_and_leave_redirects(client):
    top = make_page(slug="alt")
    child = make_page(slug="kind", parent=top)
    make_page(slug="enkel", parent=child)
    top.slug = "neu"
    top.save()
    assert sorted(Page.objects.values_list("path", flat=True)) == ["neu", "neu/kind", "neu/kind/enkel"]
    for tail in ("", "kind/", "kind/enkel/"):
        response = client.get(f"/alt/{tail}")
        assert (response.status_code, response["Location"]) == (301, f"/neu/{tail}")


@pytest.mark.parametrize(
    "slug", ["aktuelles", "iq", "admin", "jury", "konto", "projekte", "flaechen", "static", "media", "vorschau"]
)
def test_no_page_takes_an_address_of_a_room(slug):
    assert complaints(slug=slug) == {
        "slug": [f"„/{slug}/“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."]
    }


def test_a_page_is_no_child_of_its_own_children():
    top = make_page()
    child = make_page(parent=top)
    top.parent = child
    with pytest.raises(ValidationError) as refusal:
        top.full_clean()
    assert refusal.value.message_dict == {
        "parent": ["Eine Seite kann nicht zu sich selbst oder zu ihren Unterseiten gehören."]
    }


def test_four_levels_are_one_too_many():
    first = make_page()
    second = make_page(parent=first)
    third = make_page(parent=second)
    sentence = {"parent": ["Mehr als 3 Ebenen findet niemand."]}
    assert complaints(parent=third) == sentence
    assert complaints(parent=second) == {}
    top = make_page()
    first.parent = top
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert refusal.value.message_dict == sentence


@pytest.mark.parametrize("path", ["/gibt/es/nicht/", "/%00/", "/ä/ö/", f"/{'x' * 500}/", "/a//b/", "/.../"])
def test_an_unknown_address_is_not_found(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize("path", ["/aktuelles/a/b", "/termine/a/b", "/static/x", "/admin-nicht/Ä"])
def test_a_wrong_address_of_a_room_leads_nowhere_else(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Location" not in response


def test_a_room_answers_before_any_page(client):
    Page.objects.bulk_create([Page(title="Falsch", slug="aktuelles", path="aktuelles", teaser="x")])
    assert fetch(client, "/aktuelles/").texts("h1") == ["Aktuelles"]


# --- publication


def test_drafts_are_not_found_and_what_was_public_says_so(client):
    make_page(slug="entwurf", released=False, publish_from=None)
    withdrawn = make_page(slug="weg")
    withdrawn.withdraw()
    withdrawn.save()
    make_page(slug="geloescht").delete()
    assert [client.get(f"/{slug}/").status_code for slug in ("entwurf", "weg", "geloescht")] == [404, 410, 410]
    assert Redirect.objects.filter(old_path="/geloescht/", new_path="").exists()


def test_a_page_names_its_public_children_and_neighbours_only(client):
    top = make_page(slug="oben")
    page = make_page(slug="mitte", parent=top)
    make_page(title="Kind", parent=page)
    make_page(title="Geheimes Kind", parent=page, released=False, publish_from=None)
    make_page(title="Nachbar", parent=top)
    make_page(title="Geheimer Nachbar", parent=top, released=False, publish_from=None)
    read = fetch(client, "/oben/mitte/")
    assert read.texts("a", inside=read.one("nav", **{"aria-label": "Mehr dazu"})) == ["Kind"]
    assert read.texts("a", inside=read.one("nav", **{"aria-label": "Nachbarseiten"})) == ["Nachbar"]
    assert "Geheim" not in read.html


def test_an_outdated_contact_is_not_shown(client):
    make_page(slug="mit", contact=make_contact(role="Von gestern", valid_until="2020-01-01"))
    assert "Von gestern" not in fetch(client, "/mit/").html


def test_a_text_in_another_language_says_so(client):
    make_page(slug="about", language="en")
    assert fetch(client, "/about/").one("article").attrs["lang"] == "en"


def test_placeholders_are_found_for_the_editors():
    page = make_page(body="<p>Verantwortlich: [Name der Leitung], [Straße], noch einmal [Straße]</p>")
    assert page.placeholders == ["[Name der Leitung]", "[Straße]"]
    assert make_page(body="<p>Ohne [] und mit [x].</p>").placeholders == []


def test_a_copy_is_a_draft_of_its_own(client):
    page = make_full_page(slug="vorlage")
    twin = page.copy_as_draft()
    twin.save()
    page.copy_relations_to(twin)
    assert (twin.state.name, twin.downloads.count(), page.downloads.count()) == ("draft", 1, 1)
    assert twin.path != page.path


def test_a_full_page_needs_few_questions(client, django_assert_max_num_queries):
    page = make_full_page(slug="voll")
    with django_assert_max_num_queries(10):
        assert client.get(page.get_absolute_url()).status_code == 200
