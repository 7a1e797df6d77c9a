"""Entries: found among 150, completed, registered for local prizes of their own edition, not deleted in use."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from competition.models import Award, Entry, EntryImage, LocalRegistration
from publishing.models import Redirect
from tests.competition.edition_form import shown
from tests.competition.factories import (
    make_award,
    make_category,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)
from tests.factories import make_image

pytestmark = pytest.mark.django_db
LIST = "/admin/competition/entry/"


@pytest.fixture
def edition():
    return make_edition(2026)


@pytest.fixture
def category(edition):
    return make_category(edition, label="Auto")


def change(entry):
    return f"{LIST}{entry.pk}/change/"


def texts(response):
    return [str(message) for message in response.context["messages"]]


def results_in(response):
    return {row.organisation for row in response.context["cl"].result_list}


# --- the list


def test_the_list_is_narrowed_by_edition_cluster_state_and_gaps(editor_client, edition, category):
    other = make_category(edition, label="Bio")
    make_entry(category, organisation="A", state="Sachsen", image=make_image(), summary="Ein Satz.")
    make_entry(category, organisation="B", state="Thüringen", summary="Ein Satz.")
    make_entry(other, organisation="C", state="Sachsen")
    make_entry(make_category(make_edition(2024), label="Alt"), organisation="D")
    of_edition = f"edition__id__exact={edition.pk}"
    for query, expected in (
        ("", "ABCD"),
        (of_edition, "ABC"),
        (f"{of_edition}&category__id__exact={category.pk}", "AB"),
        (f"{of_edition}&state__exact=Sachsen", "AC"),
        (f"{of_edition}&angaben=bild", "BC"),
        (f"{of_edition}&angaben=satz", "C"),
        (f"{of_edition}&angaben=fehlen", "BC"),
        ("q=A", "A"),
    ):
        assert results_in(editor_client.get(f"{LIST}?{query}")) == set(expected), query
    page = editor_client.get(f"{LIST}?{of_edition}").content.decode()
    assert f"/admin/competition/edition/{edition.pk}/steuern/" in page
    assert "Bio" in page.split('id="changelist-filter"')[1]
    assert "Alt" not in page.split('id="changelist-filter"')[1]


def test_the_list_needs_as_many_queries_for_150_entries_as_for_ten(
    editor_client, django_assert_max_num_queries, category
):
    for _ in range(10):
        make_entry(category)
    editor_client.get(LIST)
    with django_assert_max_num_queries(15) as few:
        editor_client.get(LIST)
    for _ in range(140):
        make_entry(category)
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(LIST).status_code == 200


# --- the form


def test_an_entry_is_entered_from_the_steering_page_with_the_choices_of_its_edition(editor_client, edition, category):
    foreign = make_category(make_edition(2027), label="Fremd")
    prize, elsewhere = make_local_prize(edition), make_local_prize(foreign.edition, "Jena")
    path = f"{LIST}add/?edition={edition.pk}"
    page = editor_client.get(path).content.decode()
    assert (f">{prize}<" in page, "Jena" in page) == (True, False)
    assert (">Auto<" in page, "Fremd" in page) == (True, False)
    data = shown(editor_client, path) | {
        "category": category.pk,
        "organisation": "Muster GmbH",
        "title": "Erfindung",
        "local_registrations-TOTAL_FORMS": "1",
        "local_registrations-0-local_prize": prize.pk,
    }
    assert str(data["edition"]) == str(edition.pk)
    bad = (
        {"category": foreign.pk},
        {"local_registrations-0-local_prize": elsewhere.pk},
        {"edition": "99999999999999999999999"},
        {"edition": "abc"},
        {"edition": ""},
    )
    for wrong in bad:
        response = editor_client.post(f"{LIST}add/", data | wrong)
        assert response.status_code == 200
        assert 'value="Muster GmbH"' in response.content.decode()
    assert not Entry.objects.exists()
    assert editor_client.post(f"{LIST}add/", data).status_code == 302
    entry = Entry.objects.get()
    assert (entry.edition, entry.category, entry.slug) == (edition, category, "muster-gmbh-erfindung")
    assert entry.local_registrations.get().local_prize == prize


def test_the_edition_of_the_filtered_list_is_the_one_of_the_new_entry(editor_client, edition, category):
    make_edition(2027)
    path = f"{LIST}add/?_changelist_filters=edition__id__exact%3D{edition.pk}"
    assert editor_client.get(path).context["adminform"].form.initial["edition"] == edition


@pytest.mark.parametrize(
    "query", ["edition=abc", "edition=99999999999999999999999", "_changelist_filters=%00", "edition="]
)
def test_a_made_up_edition_in_the_address_is_no_error(editor_client, edition, query):
    assert editor_client.get(f"{LIST}add/?{query}").status_code == 200


def test_choosing_another_edition_brings_its_clusters_and_loses_nothing(editor_client, edition, category):
    other = make_category(make_edition(2027), label="Anderes")
    data = shown(editor_client, f"{LIST}add/?edition={edition.pk}") | {
        "edition": other.edition_id,
        "category": category.pk,
        "organisation": "Muster GmbH",
    }
    page = editor_client.post(f"{LIST}add/", data).content.decode()
    assert "Anderes" in page
    assert 'value="Muster GmbH"' in page
    assert editor_client.post(f"{LIST}add/", data | {"category": other.pk}).status_code == 302


def test_the_edition_of_an_entry_stays_and_a_finalist_keeps_its_cluster(editor_client, edition, category):
    other, foreign = make_category(edition, label="Bio"), make_edition(2027)
    entry = make_finalist(category).entry
    data = shown(editor_client, change(entry)) | {"edition": foreign.pk}
    assert editor_client.post(change(entry), data).status_code == 302
    response = editor_client.post(change(entry), data | {"category": other.pk, "note": "Getippt"})
    page = response.content.decode()
    assert "Der Beitrag ist Finalist seines Clusters" in page
    assert "Getippt" in page
    entry.refresh_from_db()
    assert (entry.edition, entry.category) == (edition, category)


def test_a_registration_that_has_won_stays_when_its_row_is_ticked(editor_client, edition, category):
    entry, prize = make_entry(category), make_local_prize(edition)
    register(entry, prize)
    make_award(Award.Kind.LOCAL, entry, local_prize=prize)
    data = shown(editor_client, change(entry)) | {"local_registrations-0-DELETE": "on", "note": "Getippt"}
    page = editor_client.post(change(entry), data).content.decode()
    assert "bleibt, denn es wird verwendet: Preis IQ Innovationspreis Leipzig" in page
    assert "Getippt" in page
    assert LocalRegistration.objects.exists()


def test_pictures_are_rows_of_the_entry(editor_client, category):
    entry, image = make_entry(category), make_image()
    data = shown(editor_client, change(entry)) | {
        "gallery-TOTAL_FORMS": "1",
        "gallery-0-image": image.pk,
        "gallery-0-order": "0",
    }
    assert editor_client.post(change(entry), data).status_code == 302
    assert EntryImage.objects.get().image == image


def test_the_form_needs_as_many_queries_among_150_entries_as_among_a_few(
    editor_client, django_assert_max_num_queries, edition, category
):
    entry = make_entry(category)
    register(entry, make_local_prize(edition))
    editor_client.get(change(entry))
    with django_assert_max_num_queries(30) as few:
        editor_client.get(change(entry))
    for _ in range(150):
        make_entry(category)
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(change(entry)).status_code == 200


def test_earlier_words_of_an_entry_come_back_and_its_place_stays(editor_client, edition, category):
    entry = make_entry(category, summary="Alt.")
    version = entry.history.first()
    other = make_category(edition, label="Bio")
    entry.summary, entry.category = "Neu.", other
    entry.save()
    path = f"{LIST}{entry.pk}/history/{version.pk}/"
    assert editor_client.post(path, shown(editor_client, path)).status_code == 302
    entry.refresh_from_db()
    assert (entry.summary, entry.category) == ("Alt.", other)
    assert entry.history.first().history_user.username == "erika"


# --- deleting


def test_a_judged_entry_is_not_deleted_one_or_several(editor_client, category):
    finalist, plain = make_finalist(category).entry, make_entry(category)
    page = editor_client.post(f"{LIST}{finalist.pk}/delete/", {"post": "yes"}).content.decode()
    assert "wird noch verwendet und kann deshalb nicht gelöscht werden" in page
    data = {"action": "delete_selected", "_selected_action": [finalist.pk, plain.pk], "post": "yes"}
    page = editor_client.post(LIST, data, follow=True).content.decode()
    assert "Von den Ausgewählten ist nichts gelöscht" in page
    assert Entry.objects.count() == 2


def test_entries_that_visitors_knew_leave_a_trace_when_several_are_deleted(editor_client, edition, category):
    edition.shortlist_public_at = edition.publish_from + timedelta(days=1)
    edition.save()
    known, unknown = make_entry(category, is_shortlisted=True), make_entry(category)
    data = {"action": "delete_selected", "_selected_action": [known.pk, unknown.pk], "post": "yes"}
    editor_client.post(LIST, data)
    assert not Entry.objects.exists()
    assert [one.old_path for one in Redirect.objects.all()] == [known.get_absolute_url()]


def test_what_the_models_refuse_while_deleting_becomes_a_message(editor_client, category, monkeypatch):
    entry = make_entry(category)

    def refuse(self, **kwargs):
        raise ValidationError("Die Ergebnisse sind geschlossen.")

    monkeypatch.setattr(Entry, "delete", refuse)
    for path, data in (
        (f"{LIST}{entry.pk}/delete/", {"post": "yes"}),
        (LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}),
    ):
        response = editor_client.post(path, data, follow=True)
        assert texts(response) == ["Die Ergebnisse sind geschlossen."]
