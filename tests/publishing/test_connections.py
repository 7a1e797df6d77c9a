"""What belongs together is shown from both sides, and never before it is public."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pages.models import Project
from publishing.connections import connect, connected_with, ends_connected_with
from publishing.models import Connection, SearchDocument
from publishing.search import index
from tests.competition.factories import make_category, make_edition, make_entry
from tests.events.factories import make_event
from tests.factories import make_article, make_draft, make_editor, make_scheduled, make_withdrawn
from tests.pages.factories import make_gallery, make_project, make_study
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client(client):
    client.force_login(make_editor())
    return client


def shown_at(client, item):
    """{heading: titles} of „Dazu gehört“"""
    page = fetch(client, item.get_absolute_url())
    parts = page.all("section", css="connected")
    if not parts:
        return {}
    return {
        page.one("h3", inside=one).text: page.texts("a", inside=one)
        for one in page.all("div", inside=page.one("div", css="connected-kinds"))
    }


def test_a_connection_is_shown_from_both_sides_by_kind(client):
    project, gallery = make_project(title="Revierpionier"), make_gallery(title="Bilder vom Start")
    article, event, study = make_article(title="Es geht los"), make_event(title="Auftakt"), make_study(title="Zahlen")
    edition = make_edition(2024)
    connect(project, gallery, article, event, study, edition)
    assert shown_at(client, project) == {
        "Aktuelles": ["Es geht los"],
        "Termine": ["Auftakt"],
        "Wettbewerbsjahre": [edition.title],
        "Studien": ["Zahlen"],
        "Galerien": ["Bilder vom Start"],
    }
    for other in (gallery, article, event, study, edition):
        assert shown_at(client, other) == {"Projekte": ["Revierpionier"]}, other


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
def test_what_is_not_public_is_not_named(client, make):
    project = make_project()
    connect(project, make(title="Geheimes Vorhaben"), make_article(title="Offenes"))
    assert shown_at(client, project) == {"Aktuelles": ["Offenes"]}
    assert "Geheim" not in fetch(client, project.get_absolute_url()).html


def test_an_entry_is_not_named_before_the_finalists_are_announced(client):
    edition = make_edition(2027, finalists=20, winners=40)
    project = make_project()
    connect(project, make_entry(make_category(edition), title="Geheimer Beitrag"))
    assert "Geheim" not in fetch(client, project.get_absolute_url()).html
    assert shown_at(client, project) == {}


def test_it_appears_with_the_publication_of_the_other_end(client):
    project, article = make_project(), make_draft(title="Bald öffentlich")
    connect(project, article)
    assert shown_at(client, project) == {}
    article.release()
    article.save()
    assert shown_at(client, project) == {"Aktuelles": ["Bald öffentlich"]}


def test_a_pair_is_stored_once_whichever_side_says_it():
    project, article = make_project(), make_article()
    connect(project, article)
    connect(article, project)
    assert Connection.objects.count() == 1
    (source, key), (other_source, other_key) = Connection.objects.get().ends
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection(one_source=other_source, one_id=other_key, other_source=source, other_id=key).save()


def test_nothing_is_connected_with_itself():
    project = make_project()
    connection = Connection(one_source="projekte", one_id=project.pk, other_source="projekte", other_id=project.pk)
    with pytest.raises(ValidationError, match="mit sich selbst"):
        connection.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.save()


def test_a_deleted_row_takes_its_connections_along():
    project, article, event = make_project(), make_article(), make_event()
    connect(project, article, event)
    article.delete()
    assert ends_connected_with(project) == {("termine", event.pk)}
    project.delete()
    assert not Connection.objects.exists()


def test_a_rebuilt_index_keeps_the_connections():
    project, article = make_project(), make_article(title="Bleibt")
    connect(project, article)
    SearchDocument.objects.all().delete()
    index.rebuild()
    assert [one.label for one in connected_with(as_on_its_page(project))] == ["Aktuelles"]


def as_on_its_page(project):
    return Project.objects.with_page_parts().get(pk=project.pk)


def test_many_connections_cost_one_question_and_none_costs_none(django_assert_num_queries):
    project, lonely = make_project(), make_project()
    connect(project, *(make_article() for _ in range(4)), *(make_event() for _ in range(4)), make_study())
    project, lonely = as_on_its_page(project), as_on_its_page(lonely)
    with django_assert_num_queries(1):
        assert [len(kind.documents) for kind in connected_with(project)] == [4, 4, 1]
    with django_assert_num_queries(0):
        assert connected_with(lonely) == []


# --- in the admin


def form_of(client, item):
    page = fetch(client, f"/admin/pages/{item._meta.model_name}/{item.pk}/change/")
    select = page.one("select", name="connected_with")
    return page, [(one.attrs["value"], one.text) for one in page.all("option", inside=select)]


def save(client, item, **values):
    data = {
        "title": item.title,
        "teaser": item.teaser,
        "body": "<p>Text.</p>",
        "status": "running",
        "period_text": "seit 2022",
        "seen_edit_number": item.edit_number,
        "publish_from_0": "",
        "publish_from_1": "",
        "_continue": "",
    }
    return client.post(f"/admin/pages/{item._meta.model_name}/{item.pk}/change/", data | values)


def test_editors_choose_from_everything_by_title_drafts_with_their_state(editor_client):
    make_draft(title="Über Wärme")
    make_event(title="Wärmetag")
    make_article(title="Anderes")
    entry = make_entry(make_category(make_edition(2027, finalists=20)), title="Wärmepumpe")
    found = editor_client.get("/admin/pages/project/verknuepfbar/", {"term": "waerme"}).json()
    assert sorted(one["text"] for one in found["results"]) == [
        f"IQ-Beitrag 2027: {entry} (nicht öffentlich)",
        "Meldung: Über Wärme (Entwurf)",
        "Termin: Wärmetag",
    ]
    assert found["pagination"] == {"more": False}


@pytest.mark.parametrize("query", [{"page": "abc"}, {"page": "9" * 40}, {"term": "\x00%_\\"}, {"page": "-1"}])
def test_made_up_questions_get_an_answer(editor_client, query):
    make_article()
    assert editor_client.get("/admin/pages/gallery/verknuepfbar/", query).status_code == 200


def test_nobody_without_the_right_is_told_of_drafts(client):
    make_draft(title="Geheim")
    assert client.get("/admin/pages/project/verknuepfbar/").status_code == 302


def test_the_form_connects_and_separates(editor_client):
    project, article, event = make_project(), make_article(title="Eins"), make_event(title="Zwei")
    answer = save(editor_client, project, connected_with=[f"aktuelles:{article.pk}", f"termine:{event.pk}"])
    assert answer.status_code == 302
    assert ends_connected_with(project) == {("aktuelles", article.pk), ("termine", event.pk)}
    assert sorted(value for value, _ in form_of(editor_client, project)[1]) == [
        f"aktuelles:{article.pk}",
        f"termine:{event.pk}",
    ]
    project.refresh_from_db()
    save(editor_client, project, connected_with=[f"termine:{event.pk}"])
    assert ends_connected_with(project) == {("termine", event.pk)}


@pytest.mark.parametrize("value", ["quatsch", "aktuelles:0", "aktuelles:", "erfunden:1", f"aktuelles:{'9' * 30}"])
def test_what_does_not_exist_is_refused_with_a_sentence(editor_client, value):
    project = make_project()
    answer = save(editor_client, project, connected_with=[value])
    assert answer.status_code == 200
    assert "Einen dieser Inhalte gibt es nicht (mehr)." in answer.content.decode()
    assert not Connection.objects.exists()


def test_a_project_is_not_connected_with_itself_in_the_form(editor_client):
    project = make_project()
    answer = save(editor_client, project, connected_with=[f"projekte:{project.pk}"])
    assert "Nichts wird mit sich selbst verknüpft." in answer.content.decode()


def test_two_editors_who_both_connect_are_shown_no_error(editor_client):
    project, article = make_project(), make_article()
    project.save()
    answer = save(editor_client, project, seen_edit_number=1, connected_with=[f"aktuelles:{article.pk}"], title="Neu")
    assert answer.status_code == 200
    assert "Jemand anderes hat diesen Inhalt gespeichert" in answer.content.decode()
