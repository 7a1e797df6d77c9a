"""The form of an edition: a year entered, copied, previewed, its moments moved on record, and never deleted in use."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from competition import results
from competition.models import (
    Award,
    Category,
    Edition,
    EditionImage,
    Finalist,
    JuryMember,
    LogEntry,
    ResultRecord,
    Sponsor,
    StateFigure,
)
from publishing.models import Testimonial
from publishing.models.published import DRAFT
from tests.competition.edition_form import shown
from tests.competition.factories import (
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
)
from tests.factories import make_contact, make_image

pytestmark = pytest.mark.django_db
LIST = "/admin/competition/edition/"


def change(edition):
    return f"{LIST}{edition.pk}/change/"


def typed(name, moment):
    local = timezone.localtime(moment)
    return {f"{name}_0": f"{local:%d.%m.%Y}", f"{name}_1": f"{local:%H:%M}"}


def texts(response):
    return [str(message) for message in response.context["messages"]]


def full_edition(**values):
    edition = make_decided_edition(2024, **values)
    category = edition.categories.first()
    sponsor = Sponsor.objects.create(name="Sparkasse")
    category.sponsors.add(sponsor)
    edition.sponsors.add(sponsor)
    edition.local_prizes.get().sponsors.add(sponsor)
    edition.testimonials.add(Testimonial.objects.create(quote="Gut.", role="Gründerin"))
    edition.criteria.create(name="Innovationsgrad", weight=2)
    JuryMember.objects.create(edition=edition, name="Anna Muster", category=category)
    StateFigure.objects.create(edition=edition, state="Sachsen", applications=40)
    EditionImage.objects.create(edition=edition, image=make_image())
    return edition


# --- saving


def test_a_full_form_sent_as_it_was_shown_changes_nothing_and_logs_nothing(editor_client):
    edition = full_edition(finalists=-3, winners=3, contact=make_contact())
    before = Edition.objects.values().get()
    assert editor_client.post(change(edition), shown(editor_client, change(edition))).status_code == 302
    after = Edition.objects.values().get()
    for name in ("changed_at", "edit_number"):
        before.pop(name), after.pop(name)
    assert after == before
    assert (edition.categories.count(), edition.jury_members.count(), edition.gallery.count()) == (2, 1, 1)
    assert not edition.log.exists()


def test_a_year_is_entered_with_its_clusters_and_prizes_on_one_screen(editor_client):
    cluster, sponsor = make_cluster(), Sponsor.objects.create(name="Sparkasse")
    data = shown(editor_client, f"{LIST}add/") | {
        "year": "2026",
        "number": "22",
        "title": "22. IQ Innovationspreis",
        "teaser": "Vorspann",
        "_release": "1",
        "categories-TOTAL_FORMS": "1",
        "categories-0-cluster": cluster.pk,
        "categories-0-prize": "7500",
        "categories-0-sponsors": [sponsor.pk],
        "local_prizes-TOTAL_FORMS": "1",
        "local_prizes-0-city": "Leipzig",
        "local_prizes-0-order": "0",
        "criteria-TOTAL_FORMS": "1",
        "criteria-0-name": "Innovationsgrad",
        "criteria-0-weight": "2",
        "criteria-0-order": "0",
    }
    assert editor_client.post(f"{LIST}add/", data).status_code == 302
    edition = Edition.objects.published().get()
    assert list(edition.categories.get().sponsors.all()) == [sponsor]
    assert (edition.local_prizes.get().city, edition.criteria.get().weight) == ("Leipzig", 2)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "2004", "2005"),
        ("year", "2023", "Jahr"),
        ("year", "abc", "ganze Zahl"),
        ("call_closes_on", "01.01.2020", "Die Bewerbungsfrist endet vor ihrem Beginn."),
        ("ceremony_on", "01.02.2024", "liegt vor"),
        ("kickoff_on", "31.02.2026", "gültiges Datum"),
        ("kickoff_on", "01.01.0001", "Bitte prüfen Sie das Jahr"),
        ("winners_public_at_0", "01.01.0001", "Bitte prüfen Sie das Jahr"),
        ("finalists_public_at_0", "nie", "gültiges Datum"),
        ("is_suspended", "on", "Zur Aussetzung gehört ein Grund."),
        ("contact", "99999999999999999999999", "gültige Auswahl"),
        ("title", "Titel\x00", "Null"),
        ("categories-TOTAL_FORMS", "abc", "errornote"),
    ],
)
def test_bad_input_is_refused_in_german_and_what_was_typed_is_kept(editor_client, field, value, sentence):
    make_edition(2023)
    today = timezone.localdate()
    edition = make_edition(2024, finalists=3, winners=5, call_opens_on=today, call_closes_on=today + timedelta(days=2))
    data = shown(editor_client, change(edition)) | {"motto": "Getipptes Motto", field: value}
    response = editor_client.post(change(edition), data)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert 'value="Getipptes Motto"' in page
    assert Edition.objects.get(year=2024).motto == ""


def test_rows_choose_only_among_the_clusters_of_the_same_edition(editor_client):
    edition, other = make_edition(2024), make_edition(2023)
    own, foreign = make_category(edition, label="Eigenes"), make_category(other, label="Fremdes")
    JuryMember.objects.create(edition=edition, name="Anna Muster", category=own)
    page = editor_client.get(change(edition)).content.decode()
    assert f'<option value="{own.pk}" selected>Eigenes</option>' in page
    assert "Fremdes" not in page
    data = shown(editor_client, change(edition)) | {"jury_members-0-category": foreign.pk}
    assert "gültige Auswahl" in editor_client.post(change(edition), data).content.decode()
    assert JuryMember.objects.get().category == own


def test_the_form_needs_as_many_queries_for_150_entries_as_for_a_few(editor_client, django_assert_max_num_queries):
    edition = full_edition()
    editor_client.get(change(edition))
    with django_assert_max_num_queries(70) as few:
        editor_client.get(change(edition))
    for _ in range(150):
        make_entry(edition.categories.first())
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(change(edition)).status_code == 200


def test_the_list_needs_as_many_queries_for_many_years_as_for_two(editor_client, django_assert_max_num_queries):
    def make(year):
        make_entry(make_category(make_edition(year)))

    make(2010), make(2011)
    editor_client.get(LIST)
    with django_assert_max_num_queries(20) as few:
        editor_client.get(LIST)
    for year in range(2012, 2022):
        make(year)
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(LIST).status_code == 200


def test_a_newer_save_of_the_form_is_asked_about_rows_included(editor_client):
    edition = full_edition()
    mine = shown(editor_client, change(edition)) | {"motto": "Meines"}
    edition.motto = "Ihres"
    edition.save()
    response = editor_client.post(change(edition), mine)
    assert response.status_code == 200
    assert Edition.objects.get().motto == "Ihres"
    overwrite = {"overwrite": response.context["adminform"].form.edit_number_to_overwrite}
    assert editor_client.post(change(edition), mine | overwrite).status_code == 302


# --- moments


def test_moving_a_moment_is_logged_with_who_and_from_when_to_when(editor_client, editor):
    edition = make_edition(2026, finalists=3, winners=5)
    later = edition.winners_public_at + timedelta(days=1)
    data = shown(editor_client, change(edition)) | typed("winners_public_at", later) | {"motto": "Neu"}
    assert editor_client.post(change(edition), data).status_code == 302
    line = edition.log.get()
    assert (line.act, line.user) == (LogEntry.Act.MOMENT_CHANGED, editor)
    local = [timezone.localtime(moment) for moment in (edition.winners_public_at, later)]
    assert line.text == "Preisträger öffentlich ab: {:%d.%m.%Y, %H:%M} Uhr → {:%d.%m.%Y, %H:%M} Uhr".format(*local)
    editor_client.post(change(edition), shown(editor_client, change(edition)) | {"motto": "Noch neuer"})
    assert edition.log.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [(None, -1, "Preisträger öffentlich"), (3, -1, "Preisträger öffentlich"), (-1, 3, "Preisträger öffentlich")],
)
def test_showing_or_hiding_winners_at_once_by_the_form_is_asked_about(editor_client, before, after, label):
    edition = make_decided_edition(2024, finalists=-5, winners=before)
    data = shown(editor_client, change(edition)) | typed("winners_public_at", timezone.now() + timedelta(days=after))
    was = Award.objects.announced().count()
    response = editor_client.post(change(edition), data)
    page = response.content.decode()
    assert "Damit ändert sich sofort, was Besucher von den Ergebnissen sehen." in page
    assert f"Ja, das soll sich sofort ändern: {label}" in page
    assert (Award.objects.announced().count(), LogEntry.objects.count()) == (was, 0)
    assert editor_client.post(change(edition), data | {"change_at_once": "1"}).status_code == 302
    assert Award.objects.announced().count() == (4 if after < 0 else 0)
    assert edition.log.get().act == "moment_changed"


def test_an_old_version_brings_back_words_but_no_moment(editor_client):
    edition = make_edition(2024, motto="Alt", finalists=-3)
    first = edition.history.last()
    edition.motto, edition.winners_public_at = "Neu", timezone.now() - timedelta(days=1)
    edition.save()
    path = f"{LIST}{edition.pk}/history/{first.pk}/"
    data = shown(editor_client, path)
    assert data["motto"] == "Alt"
    assert editor_client.post(path, data).status_code == 302
    edition.refresh_from_db()
    assert edition.motto == "Alt"
    assert edition.winners_are_public
    assert not edition.log.exists()


# --- preview


def test_a_draft_is_previewed_as_its_real_page(editor_client):
    edition = make_edition(2026, released=False, publish_from=None, motto="Noch geheimes Motto")
    response = editor_client.get(f"{LIST}{edition.pk}/vorschau/")
    assert response.status_code == 200
    assert "2026" in response.content.decode()
    assert "<strong>Vorschau</strong> – Entwurf." in response.content.decode()
    assert Client().get("/iq/2026/").status_code == 404


def test_a_preview_that_leaves_the_house_tells_nothing_of_the_results(editor_client):
    edition = make_decided_edition(2026)
    shared = editor_client.post(f"{LIST}{edition.pk}/vorschau-link/", follow=True).content.decode()
    link = shared.split("href='http://testserver")[1].split("'")[0]
    page = Client().get(link).content.decode()
    for entry in edition.entries.all():
        assert entry.organisation not in page


# --- the next year


def test_the_next_year_is_a_draft_with_the_prizes_of_the_last_and_nothing_of_its_results(editor_client):
    edition = full_edition(finalists=-9, winners=-8, overall_prize=15000, motto="Damals", body="<p>Text.</p>")
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Neuausrichtung")
    category = edition.categories.first()
    category.prize, category.applications = 7500, 33
    category.save()
    response = editor_client.post(f"{LIST}naechstes-jahr/", follow=True)
    twin = Edition.objects.order_by("pk").last()
    assert response.redirect_chain[-1][0] == change(twin)
    this_year = timezone.localdate().year
    assert (twin.year, twin.number, twin.state) == (max(2025, this_year) + 1, edition.number + 1, DRAFT)
    assert twin.title == f"{twin.number}. IQ Innovationspreis Mitteldeutschland"
    assert (twin.overall_prize, twin.body, twin.motto) == (15000, "<p>Text.</p>", "")
    assert (twin.finalists_public_at, twin.winners_public_at, twin.is_suspended) == (None, None, False)
    assert {(one.cluster, one.prize, one.applications) for one in twin.categories.all()} == {
        (one.cluster, one.prize, None) for one in edition.categories.all()
    }
    assert [one.name for one in twin.categories.get(cluster=category.cluster).sponsors.all()] == ["Sparkasse"]
    assert [one.city for one in twin.local_prizes.all()] == ["Leipzig"]
    assert [one.name for one in twin.local_prizes.get().sponsors.all()] == ["Sparkasse"]
    assert [(one.name, one.weight) for one in twin.criteria.all()] == [("Innovationsgrad", 2)]
    assert [twin.sponsors.count(), twin.testimonials.count()] == [1, 1]
    relations = ("entries", "finalists", "awards", "result_records", "log", "jury_members", "state_figures", "gallery")
    assert [getattr(twin, name).count() for name in relations] == [0] * len(relations)
    assert twin.history.first().history_user.username == "erika"
    assert edition.entries.count() == 5


def test_a_second_press_leads_to_the_draft_that_is_there(editor_client):
    make_edition(2024)
    editor_client.post(f"{LIST}naechstes-jahr/")
    draft = Edition.objects.newest_first().first()
    response = editor_client.post(f"{LIST}naechstes-jahr/", follow=True)
    assert Edition.objects.count() == 2
    assert response.redirect_chain[-1][0] == change(draft)
    assert "gibt es schon als Entwurf" in texts(response)[-1]


def test_the_first_year_is_entered_by_hand(editor_client):
    assert editor_client.post(f"{LIST}naechstes-jahr/")["Location"] == f"{LIST}add/"


def test_the_next_year_needs_a_post_and_the_right(editor_client, client):
    assert editor_client.get(f"{LIST}naechstes-jahr/").status_code == 405
    client.force_login(User.objects.create_user("neu", password="geheim-genug-123", is_staff=True))
    make_edition(2024)
    assert client.post(f"{LIST}naechstes-jahr/").status_code == 403
    assert Edition.objects.count() == 1


# --- deleting


def test_an_empty_draft_is_deleted_with_its_clusters_and_prizes(editor_client):
    edition = make_edition(2026, released=False, publish_from=None)
    make_category(edition), make_local_prize(edition), edition.criteria.create(name="Innovationsgrad")
    assert editor_client.post(f"{LIST}{edition.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Edition.objects.exists()
    assert not Category.objects.exists()


@pytest.mark.parametrize("make", [make_decided_edition, lambda: make_entry(make_category(make_edition(2024))).edition])
def test_an_edition_with_entries_is_not_deleted_one_or_several(editor_client, make):
    edition = make()
    for ask in (editor_client.get, lambda path: editor_client.post(path, {"post": "yes"})):
        page = ask(f"{LIST}{edition.pk}/delete/").content.decode()
        assert "wird noch verwendet und kann deshalb nicht gelöscht werden" in page
        assert edition.entries.first().organisation in page
    data = {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"}
    page = editor_client.post(LIST, data, follow=True).content.decode()
    assert "denn etwas davon wird noch verwendet" in page
    assert Edition.objects.exists()


def test_what_came_into_use_between_question_and_answer_is_not_deleted(editor_client, monkeypatch):
    edition = make_decided_edition()
    monkeypatch.setattr("competition.admin.edition.EditionAdmin.get_deleted_objects", lambda *args: ([], {}, set(), []))
    for path, data in (
        (f"{LIST}{edition.pk}/delete/", {"post": "yes"}),
        (LIST, {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"}),
    ):
        response = editor_client.post(path, data, follow=False)
        assert response.status_code == 302
        assert "Nichts ist gelöscht" in editor_client.get("/admin/").content.decode()
    assert Edition.objects.exists()


def test_a_cluster_or_prize_in_use_stays_when_its_row_is_ticked_and_nothing_typed_is_lost(editor_client):
    edition = make_decided_edition(2024)
    data = shown(editor_client, change(edition)) | {"motto": "Getippt"}
    for prefix, words in (("categories", "Beitrag Firma"), ("local_prizes", "Preis")):
        response = editor_client.post(change(edition), data | {f"{prefix}-0-DELETE": "on"})
        page = response.content.decode()
        assert response.status_code == 200
        assert "bleibt, denn es wird verwendet: " in page
        assert words in page
        assert 'value="Getippt"' in page
    assert (edition.categories.count(), edition.local_prizes.count()) == (2, 1)


# --- records and log


RECORDS = "/admin/competition/resultrecord/"
LOG = "/admin/competition/logentry/"


@pytest.fixture
def closed(editor):
    edition = make_decided_edition(2024, finalists=-1)
    results.close_results(edition, editor)
    return edition


def test_nobody_changes_the_record_or_the_log_not_even_a_superuser(client, closed):
    client.force_login(User.objects.create_superuser("root", password="geheim-genug-123"))
    record, line = closed.result_records.get(), closed.log.get()
    for path, row in ((RECORDS, record), (LOG, line)):
        assert client.get(path).status_code == 200
        assert client.get(f"{path}{row.pk}/change/").status_code == 200
        assert client.get(f"{path}add/").status_code == 403
        assert client.post(f"{path}{row.pk}/change/", {"text": "gefälscht", "sha256": "0"}).status_code == 403
        assert client.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        client.post(path, data)
        assert "_selected_action" not in client.get(path).content.decode()
    assert ResultRecord.objects.values().get() == {**ResultRecord.objects.values().get(), "sha256": record.sha256}
    assert LogEntry.objects.get().text == line.text


def test_the_record_is_downloaded_byte_for_byte_by_whoever_may_see_it(editor_client, client, closed):
    record = closed.result_records.get()
    path = f"{RECORDS}{record.pk}/protokoll.json"
    response = editor_client.get(path)
    assert hashlib.sha256(response.content).hexdigest() == record.sha256
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="iq-ergebnisprotokoll-2024-')
    assert "no-store" in response["Cache-Control"]
    assert (
        "Die Ergebnisse stimmen mit diesem Protokoll überein."
        in editor_client.get(f"{RECORDS}{record.pk}/change/").content.decode()
    )
    assert editor_client.get(f"{RECORDS}999/protokoll.json").status_code == 404
    assert editor_client.post(path).status_code == 405


@pytest.mark.parametrize("page", ["", "{pk}/change/", "{pk}/protokoll.json"])
def test_the_record_stays_closed_to_strangers_and_staff_without_the_right(client, closed, page):
    path = RECORDS + page.format(pk=closed.result_records.get().pk)
    assert client.get(path).status_code == 302
    client.force_login(User.objects.create_user("neu", password="geheim-genug-123", is_staff=True))
    assert client.get(path).status_code == 403


# --- statement and picture of a prize


def award_path(award):
    return f"/admin/competition/award/{award.pk}/change/"


def test_statement_and_picture_are_added_after_closing_and_nothing_else(editor_client, closed):
    award, other = closed.awards.get(kind="overall"), closed.finalists.filter(awards__isnull=True).first()
    data = {"statement": "<p>Großartig.</p>", "statement_by": "Erika", "image": make_image().pk}
    forged = {"entry": other.entry_id, "kind": "special", "special_name": "Gefälscht", "place": "9"}
    assert editor_client.post(award_path(award), data | forged).status_code == 302
    after = Award.objects.get(pk=award.pk)
    assert (after.statement, after.statement_by, after.image_id) == ("<p>Großartig.</p>", "Erika", data["image"])
    assert (after.entry_id, after.kind, after.place) == (award.entry_id, "overall", 1)
    assert after.history.first().history_user.username == "erika"


def test_prizes_are_not_added_or_deleted_past_the_steering_page(editor_client, closed):
    award = closed.awards.first()
    assert editor_client.get("/admin/competition/award/add/").status_code == 403
    assert editor_client.post(f"/admin/competition/award/{award.pk}/delete/", {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [award.pk], "post": "yes"}
    editor_client.post("/admin/competition/award/", data)
    assert closed.awards.count() == 4


def test_an_old_version_of_a_prize_brings_back_its_words_not_its_winner(editor_client, editor):
    edition = make_decided_edition(2024)
    award = edition.awards.get(kind="overall")
    winner, other = award.entry, edition.finalists.filter(awards__isnull=True).first().entry
    award.statement = "<p>Alt.</p>"
    award.save()
    version = award.history.first()
    award.entry, award.statement = other, "<p>Neu.</p>"
    award.save()
    path = f"/admin/competition/award/{award.pk}/history/{version.pk}/"
    assert editor_client.get(path).status_code == 200
    assert editor_client.post(path, {"statement": "<p>Alt.</p>", "statement_by": "", "image": ""}).status_code == 302
    after = Award.objects.get(pk=award.pk)
    assert (after.statement, after.entry) == ("<p>Alt.</p>", other)
    assert winner != other


def test_a_prize_that_is_gone_does_not_come_back_from_its_history(editor_client):
    edition = make_decided_edition(2024)
    award = edition.awards.get(kind="overall")
    key, version = award.pk, award.history.first()
    award.delete()
    path = f"/admin/competition/award/{key}/history/{version.pk}/"
    assert editor_client.get(path).status_code == 200
    response = editor_client.post(path, {"statement": "", "statement_by": "", "image": ""}, follow=True)
    assert "Diesen Preis gibt es nicht mehr." in response.content.decode()
    assert not Award.objects.filter(kind="overall").exists()


# --- sponsors and voices


def test_a_sponsor_says_where_it_is_used_and_is_not_deleted_there(editor_client):
    edition = full_edition()
    sponsor = Sponsor.objects.get()
    page = editor_client.get(f"/admin/competition/sponsor/{sponsor.pk}/change/").content.decode()
    for words in ("Cluster des Wettbewerbs", "lokaler Preis", "Stifter des Gesamtpreises", change(edition)):
        assert words in page, words
    path = "/admin/competition/sponsor/"
    data = {"action": "delete_selected", "_selected_action": [sponsor.pk], "post": "yes"}
    for response in (
        editor_client.get(f"{path}{sponsor.pk}/delete/"),
        editor_client.post(f"{path}{sponsor.pk}/delete/", {"post": "yes"}),
        editor_client.post(path, data),
    ):
        assert "verwendet" in response.content.decode()
        assert edition.title in response.content.decode()
    assert Sponsor.objects.exists()
    unused = Sponsor.objects.create(name="Niemand")
    assert editor_client.post(f"{path}{unused.pk}/delete/", {"post": "yes"}).status_code == 302


def test_a_voice_is_written_and_says_where_it_is_used(editor_client):
    data = {"quote": "Der Preis hat uns Türen geöffnet.", "role": "Gründer", "name": "Max", "photo": ""}
    assert editor_client.post("/admin/publishing/testimonial/add/", data).status_code == 302
    voice = Testimonial.objects.get()
    edition = make_edition(2024)
    edition.testimonials.add(voice)
    page = editor_client.get(f"/admin/publishing/testimonial/{voice.pk}/change/").content.decode()
    assert change(edition) in page
    assert "Max, Gründer" in editor_client.get("/admin/publishing/testimonial/?q=Türen").content.decode()


# --- addresses


@pytest.mark.parametrize("model", ["edition", "entry", "award", "sponsor", "resultrecord", "logentry"])
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=x",
        "edition__id__exact=abc",
        "edition__id__exact=%00",
        "p=abc",
        "o=99",
        "angaben=unsinn",
        "category__id__exact=99999999999999999999999",
        "edition__id__exact=99999999999999999999999",
        "nichts__dergleichen=1",
    ],
)
def test_the_lists_survive_any_query(editor_client, closed, model, query):
    response = editor_client.get(f"/admin/competition/{model}/?{query}", follow=True)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("model", ["edition", "entry", "award", "sponsor"])
@pytest.mark.parametrize("key", ["99999999999999999999999", "abc", "_00", "0"])
@pytest.mark.parametrize("page", ["change/", "delete/", "history/", "history/1/"])
def test_addresses_of_rows_that_do_not_exist_say_so(editor_client, model, key, page):
    response = editor_client.get(f"/admin/competition/{model}/{key}/{page}", follow=True)
    assert response.status_code in (200, 404, 403)


def test_finalists_are_entered_on_the_steering_page_only(editor_client):
    finalist = make_finalist(make_category(make_edition(2024)))
    assert editor_client.get(f"/admin/competition/finalist/{finalist.pk}/change/").status_code == 404
    assert Finalist.objects.exists()
