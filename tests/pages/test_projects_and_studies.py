import pytest
from django.core.exceptions import ValidationError

from pages.models import Project, Study
from tests.factories import make_document
from tests.pages.factories import make_full_project, make_full_study, make_project, make_study
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def titles(page):
    return [
        link.text for link in page.all("a", inside=page.one("main")) if link.parent.attrs.get("class") == "card-title"
    ]


def test_running_projects_come_first_then_the_latest(client):
    make_project(title="Alt", status="completed", start_year=2015, end_year=2019)
    make_project(title="Neulich", status="completed", end_year=2024)
    make_project(title="zuletzt im Alphabet")
    make_project(title="Anfang")
    make_project(title="Entwurf", released=False, publish_from=None)
    assert titles(fetch(client, "/projekte/")) == ["Anfang", "zuletzt im Alphabet", "Neulich", "Alt"]
    assert titles(fetch(client, "/projekte/?stand=abgeschlossen")) == ["Neulich", "Alt"]


def test_an_unknown_state_is_ignored_with_a_hint(client):
    make_project()
    page = fetch(client, "/projekte/?stand=quatsch")
    assert "„quatsch“ kennen wir bei „Stand“ nicht." in page.one("div", css="hint").text


def test_a_project_shows_its_public_studies_and_what_is_not_sure(client):
    project = make_full_project(slug="voll", title="Innovationsregion")
    make_study(project=project, title="Geheime Studie", released=False, publish_from=None)
    page = fetch(client, "/projekte/voll/")
    assert page.texts("h1") == ["Innovationsregion"]
    assert len(titles(page)) == 2
    assert "Geheim" not in page.html
    assert "nicht bestätigt" in page.html
    assert [*project.partner_list] == ["Stadt Leipzig", "Stadt Halle (Saale)"]


def test_a_project_that_ends_before_it_begins_is_refused():
    project = make_project()
    project.start_year, project.end_year = 2022, 2021
    with pytest.raises(ValidationError) as refusal:
        project.full_clean()
    assert refusal.value.messages == ["Das Ende liegt vor dem Beginn."]


def test_studies_are_found_by_topic_year_and_words(client):
    make_study(title="Wärme aus Seen", topic="Energie und Wärme", year=2021)
    make_study(title="Fachkräfte 2025", topic="Fachkräfte", year=2022)
    make_study(title="Ohne Jahr", topic="Fachkräfte", year=None)
    make_study(title="Entwurf", topic="Geheimes Thema", released=False, publish_from=None)
    assert titles(fetch(client, "/studien/")) == ["Fachkräfte 2025", "Wärme aus Seen", "Ohne Jahr"]
    assert titles(fetch(client, "/studien/?thema=fachkraefte")) == ["Fachkräfte 2025", "Ohne Jahr"]
    assert titles(fetch(client, "/studien/?jahr=2021")) == ["Wärme aus Seen"]
    assert titles(fetch(client, "/studien/?text=waerme")) == ["Wärme aus Seen"]
    page = fetch(client, "/studien/?thema=geheimes-thema")
    assert "kennen wir bei „Thema“ nicht" in page.one("div", css="hint").text


def test_a_study_offers_its_files_short_before_long_and_how_to_cite_it(client):
    withdrawn = make_document(title="Alte Fassung", is_withdrawn=True)
    study = make_full_study(
        title="Sozio-ökonomische Perspektive", contractor="Prognos AG", year=2021, slug="perspektive"
    )
    assert [one.title for one in study.documents] == ["Kurzfassung", "Langfassung"]
    study.long_version = withdrawn
    study.save()
    page = fetch(client, "/studien/perspektive/")
    assert "Alte Fassung" not in page.html
    assert page.one("p", css="citation").text == (
        "Prognos AG (2021): Sozio-ökonomische Perspektive. "
        "Herausgegeben von: Europäische Metropolregion Mitteldeutschland."
    )


def test_a_study_of_a_secret_project_does_not_name_it(client):
    secret = make_project(title="Geheimprojekt", released=False, publish_from=None)
    make_study(slug="offen", project=secret)
    assert "Geheimprojekt" not in fetch(client, "/studien/offen/").html


def test_year_and_day_of_a_study_agree():
    study = make_study(year=2021)
    study.published_on = "2022-01-01"
    with pytest.raises(ValidationError) as refusal:
        study.full_clean()
    assert refusal.value.message_dict == {"year": ["Das Jahr und „erschienen am“ passen nicht zusammen."]}


@pytest.mark.parametrize(
    ("path", "most"),
    [("/projekte/", 8), ("/studien/", 8), ("/projekte/voll/", 10), ("/studien/voll/", 10)],
)
def test_questions_do_not_grow_with_the_rows(client, django_assert_max_num_queries, path, most):
    make_full_project(slug="voll")
    make_full_study(slug="voll")
    for _ in range(3):
        make_full_project(), make_full_study()
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(("make", "model"), [(make_full_project, Project), (make_full_study, Study)])
def test_full_rows_are_valid_and_can_be_copied(make, model):
    item = make()
    item.full_clean()
    twin = item.copy_as_draft()
    twin.save()
    item.copy_relations_to(twin)
    assert model.objects.get(pk=twin.pk).state.name == "draft"


def test_the_home_page_shows_three_running_projects_or_no_band(client):
    assert "Alle Projekte" not in fetch(client, "/").html
    for number in range(4):
        make_project(title=f"Projekt {number}")
    make_project(title="Zu Ende", status="completed")
    make_project(title="Entwurf", released=False, publish_from=None)
    home = fetch(client, "/")
    band = home.one("section", **{"aria-labelledby": "projekte-der-region"})
    assert home.texts("h3", inside=band) == ["Projekt 0", "Projekt 1", "Projekt 2"]
