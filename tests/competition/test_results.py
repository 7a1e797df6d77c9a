"""From decided to announced: closing, the record, opening again, the one moment."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from competition import results
from competition.models import AppendOnlyError, Award, Edition, Entry, LogEntry, ResultRecord
from competition.models.results_lock import CLOSED
from tests.competition.factories import (
    make_award,
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)
from tests.factories import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_decided_edition(2024, finalists=-3)


def acts(edition):
    return [entry.act for entry in edition.log.order_by("pk")]


# --- what is missing


def test_a_decided_edition_lacks_nothing(edition):
    assert results.missing_results(edition) == []


def test_what_is_missing_is_said_cluster_by_cluster_and_prize_by_prize():
    edition = make_edition()
    empty, half = make_category(edition, label="Leer"), make_category(edition, label="Halb")
    make_category(edition, label="Nur lokal", is_local_only=True)
    make_award(Award.Kind.CLUSTER, make_finalist(half).entry)
    prize, given = make_local_prize(edition, "Halle"), make_local_prize(edition, "Leipzig")
    second, first = make_entry(empty), make_entry(empty)
    register(second, prize), register(first, given)
    make_award(Award.Kind.LOCAL, second, local_prize=prize, place=2)
    make_award(Award.Kind.LOCAL, first, local_prize=given)
    assert results.missing_results(edition) == [
        "Leer: 2 von 2 Finalisten",
        "Leer: Clustersieg",
        "Halb: 1 von 2 Finalisten",
        "Gesamtsieg",
        "IQ Innovationspreis Halle",
    ]


# --- closing


def test_closing_records_the_results_with_a_checksum_of_exactly_that_text(edition, editor):
    record = results.close_results(edition, editor)
    assert record.sha256 == hashlib.sha256(record.text.encode()).hexdigest()
    closed = json.loads(record.text)
    assert closed["edition"] == 2024
    assert len(closed["finalists"]) == 4
    assert sorted(row[0] for row in closed["awards"]) == ["cluster", "cluster", "local", "overall"]
    assert record.text == results.canonical_json(closed)
    assert (record.closed_by, record.reopened_at) == ("erika", None)
    assert [(one.act, one.text, one.user, one.user_name) for one in edition.log.all()] == [
        ("closed", f"SHA-256 {record.sha256}", editor, "erika")
    ]


def test_the_same_results_closed_twice_have_different_checksums(edition, editor):
    first = results.close_results(edition, editor)
    results.reopen_results(edition, editor, "Zur Probe")
    second = results.close_results(edition, editor)
    one, two = json.loads(first.text), json.loads(second.text)
    assert one["awards"] == two["awards"]
    assert one["salt"] != two["salt"]
    assert len(bytes.fromhex(one["salt"])) == results.SALT_BYTES
    assert first.sha256 != second.sha256


def test_nothing_decided_is_nothing_to_close(editor):
    with pytest.raises(ValidationError, match="nichts zu schließen"):
        results.close_results(make_edition(), editor)
    assert not ResultRecord.objects.exists()
    assert not LogEntry.objects.exists()


def test_closed_results_are_not_closed_again(edition, editor):
    results.close_results(edition, editor)
    with pytest.raises(ValidationError, match="geschlossen"):
        results.close_results(edition, editor)
    assert ResultRecord.objects.count() == 1


def test_closed_results_cannot_be_changed_by_any_way_of_the_models(edition, editor):
    results.close_results(edition, editor)
    overall = edition.awards.get(kind="overall")
    loser = edition.finalists.filter(awards__isnull=True).first()
    category = edition.categories.first()
    attempts = (
        overall.save,
        overall.delete,
        loser.save,
        loser.delete,
        lambda: make_award(Award.Kind.SPECIAL, loser.entry, special_name="Publikumspreis"),
        lambda: make_finalist(category),
    )
    for attempt in attempts:
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert refused.value.messages == [CLOSED]
    assert edition.awards.count() == 4
    assert edition.finalists.count() == 4


def test_statement_and_picture_come_after_closing(edition, editor):
    results.close_results(edition, editor)
    award = edition.awards.get(kind="overall")
    award.statement, award.image = "<p>Großartig.</p>", make_image()
    award.save(update_fields=["statement", "image"])
    award.refresh_from_db()
    assert award.statement == "<p>Großartig.</p>"
    for fields in (["statement", "entry"], ["entry"], [], None):
        with pytest.raises(ValidationError, match="geschlossen"):
            award.save(update_fields=fields)


def test_closing_one_edition_leaves_the_others_open(edition, editor):
    other = make_decided_edition(2023)
    results.close_results(edition, editor)
    other.awards.get(kind="overall").delete()
    assert other.awards.count() == 3


# --- does it still agree?


def test_the_record_agrees_until_a_result_moves(edition, editor):
    record = results.close_results(edition, editor)
    assert results.agrees_with_today(record)
    results.reopen_results(edition, editor, "Falscher Gesamtsieger")
    overall = edition.awards.get(kind="overall")
    other = edition.finalists.exclude(entry=overall.entry_id).first()
    overall.entry = other.entry
    overall.save()
    assert not results.agrees_with_today(record)


@pytest.mark.parametrize(
    "move",
    [
        lambda edition: edition.awards.filter(kind="local").update(place=2),
        lambda edition: Entry.objects.filter(finalist__edition=edition).update(organisation="Andere GmbH"),
        lambda edition: edition.criteria.create(name="Innovationsgrad", weight=2),
        lambda edition: edition.local_prizes.update(own_name="Anderer Preis"),
    ],
    ids=["place", "name of a finalist", "criteria", "name of a prize"],
)
def test_what_moves_behind_the_models_back_is_found(edition, editor, move):
    record = results.close_results(edition, editor)
    move(edition)
    assert not results.agrees_with_today(record)


def test_what_says_nothing_of_the_results_leaves_the_record_in_agreement(edition, editor):
    record = results.close_results(edition, editor)
    entry = edition.awards.get(kind="overall").entry
    entry.summary = "Ein neuer Satz."
    entry.save()
    make_entry(entry.category)
    assert results.agrees_with_today(record)


# --- opening again


def test_opening_again_keeps_the_record_with_name_and_reason(edition, editor):
    record = results.close_results(edition, editor)
    results.reopen_results(edition, editor, "  Schreibfehler  ")
    record.refresh_from_db()
    assert (record.reopened_by, record.reopened_because) == ("erika", "Schreibfehler")
    assert results.record_in_force(edition) is None
    edition.awards.get(kind="local").delete()
    assert acts(edition) == ["closed", "reopened"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_opening_again_needs_a_reason(edition, editor, reason):
    results.close_results(edition, editor)
    with pytest.raises(ValidationError, match="Grund"):
        results.reopen_results(edition, editor, reason)
    assert results.record_in_force(edition)


def test_what_is_open_is_not_opened(edition, editor):
    with pytest.raises(ValidationError, match="nicht geschlossen"):
        results.reopen_results(edition, editor, "Warum auch immer")


# --- records stay


def test_a_record_is_neither_changed_nor_deleted(edition, editor):
    record = results.close_results(edition, editor)
    for name, value in (("text", "{}"), ("sha256", "0" * 64), ("closed_by", "otto")):
        changed = ResultRecord.objects.get(pk=record.pk)
        setattr(changed, name, value)
        with pytest.raises(AppendOnlyError):
            changed.save()
    with pytest.raises(AppendOnlyError):
        record.delete()
    results.reopen_results(edition, editor, "Einmal")
    again = ResultRecord.objects.get(pk=record.pk)
    again.reopened_because = "Ein anderer Grund"
    with pytest.raises(AppendOnlyError):
        again.save()


def test_a_line_of_the_log_is_neither_changed_nor_deleted(edition, editor):
    line = results.log(edition, LogEntry.Act.CLOSED, editor, "Text")
    line.text = "Anders"
    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        line.delete()


def test_the_log_keeps_the_name_when_the_account_goes(edition, editor):
    results.close_results(edition, editor)
    editor.delete()
    line = edition.log.get()
    assert (line.user, line.user_name) == (None, "erika")


# --- the one moment


def test_revealing_needs_closed_results(edition, editor):
    with pytest.raises(ValidationError, match="zuerst die Ergebnisse"):
        results.reveal(edition, editor)
    assert not Award.objects.announced().exists()


@pytest.mark.parametrize(
    "values",
    [
        {"released": False},
        {"is_suspended": True, "suspension_reason": "Neuausrichtung"},
        {"publish_until": timezone.now() - timedelta(days=1)},
        {"publish_from": timezone.now() + timedelta(days=1)},
    ],
    ids=["draft", "suspended", "expired", "scheduled"],
)
def test_revealing_needs_a_public_edition(edition, editor, values):
    results.close_results(edition, editor)
    Edition.objects.filter(pk=edition.pk).update(**values)
    with pytest.raises(ValidationError, match="nicht öffentlich"):
        results.reveal(edition, editor)
    assert acts(edition) == ["closed"]


def test_revealing_shows_every_winner_at_once_and_records_who_and_when(edition, editor):
    results.close_results(edition, editor)
    before = timezone.now()
    results.reveal(edition, editor)
    edition.refresh_from_db()
    assert before <= edition.winners_public_at <= timezone.now()
    assert Award.objects.announced().count() == 4
    line = edition.log.get(act="revealed")
    assert (line.user, line.user_name) == (editor, "erika")
    assert before <= line.moment


def test_revealing_twice_is_refused_and_keeps_the_first_moment(edition, editor):
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    moment = Edition.objects.get().winners_public_at
    with pytest.raises(ValidationError, match="schon öffentlich"):
        results.reveal(edition, editor)
    assert Edition.objects.get().winners_public_at == moment
    assert acts(edition) == ["closed", "revealed"]


@pytest.mark.parametrize("planned", [None, 3], ids=["never", "in three days"])
def test_revealing_brings_the_finalists_and_the_shortlist_with_it(editor, planned):
    edition = make_decided_edition(2024, finalists=planned)
    Edition.objects.filter(pk=edition.pk).update(
        shortlist_public_at=edition.finalists_public_at and edition.finalists_public_at - timedelta(days=1)
    )
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    edition.refresh_from_db()
    assert edition.finalists_public_at == edition.winners_public_at
    assert edition.shortlist_public_at in (None, edition.winners_public_at)


def test_revealing_leaves_finalists_that_are_public_as_they_are(edition, editor):
    moment = edition.finalists_public_at
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    assert Edition.objects.get().finalists_public_at == moment


def test_revealing_before_the_planned_moment_replaces_it(editor):
    edition = make_decided_edition(2024, finalists=-3, winners=3)
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    assert Edition.objects.get().winners_are_public
