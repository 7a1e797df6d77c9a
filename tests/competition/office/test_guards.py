"""What cannot be changed any more once it has been used, and what is noted when it can."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from competition.jury_decisions import decide
from competition.models import Criterion, LogEntry, Round, Score, Step
from tests.competition.factories import make_category, make_edition, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    make_criteria,
    make_juror,
    make_rated_category,
    make_round,
    reopen,
)

pytestmark = pytest.mark.django_db


def round_path(round_):
    return f"/admin/competition/round/{round_.pk}/change/"


def criterion_path(criterion):
    return f"/admin/competition/criterion/{criterion.pk}/change/"


def round_form(round_, **values):
    data = {"aggregates": round_.aggregates, "second_factor_required": "on"}
    for name in ("opens_at", "closes_at"):
        moment = timezone.localtime(values.pop(name, getattr(round_, name)))
        data |= {f"{name}_0": moment.strftime("%d.%m.%Y"), f"{name}_1": moment.strftime("%H:%M:%S")}
    return data | values


# --- Criteria and steps


@pytest.fixture
def rated_criterion(db):
    round_, _, _, _ = make_rated_category()
    return round_.edition.criteria.first()


@pytest.mark.parametrize(("name", "value"), [("weight", 3), ("name", "Anderes")])
def test_a_criterion_keeps_its_meaning_after_the_first_sheet(rated_criterion, name, value):
    setattr(rated_criterion, name, value)
    for refuse in (rated_criterion.full_clean, rated_criterion.save):
        with pytest.raises(ValidationError, match="schon bewertet"):
            refuse()


def test_its_explanation_may_still_be_mended(rated_criterion):
    rated_criterion.description = "Wie neu ist es?"
    rated_criterion.full_clean()
    rated_criterion.save()


def test_no_criterion_comes_in_after_the_first_sheet(rated_criterion):
    late = Criterion(edition=rated_criterion.edition, name="Nachhaltigkeit")
    for refuse in (late.full_clean, late.save):
        with pytest.raises(ValidationError, match="kommt zu spät"):
            refuse()
    Criterion.objects.create(edition=make_edition(2020), name="Nachhaltigkeit")


@pytest.mark.parametrize(("name", "value"), [("value", 9), ("label", "gut")])
def test_steps_keep_their_meaning_after_the_first_sheet(rated_criterion, name, value):
    step = rated_criterion.steps.first()
    setattr(step, name, value)
    for refuse in (step.full_clean, step.save):
        with pytest.raises(ValidationError, match="Stufen bleiben"):
            refuse()


def test_no_step_comes_or_goes_after_the_first_sheet(rated_criterion):
    new = Step(criterion=rated_criterion, value=9, label="grandios")
    unused = rated_criterion.steps.get(value=1)
    assert not Score.objects.filter(step=unused).exists()
    for refuse in (new.full_clean, new.save, unused.delete):
        with pytest.raises(ValidationError, match="Stufen bleiben"):
            refuse()


def test_before_that_everything_may_change():
    criterion = make_criteria(make_edition(2026))[0]
    criterion.weight = 3
    criterion.save()
    step = criterion.steps.first()
    step.label = "gut"
    step.save()
    step.delete()
    assert criterion.steps.count() == 4


def test_a_weight_of_zero_is_refused_in_words(office_client):
    criterion = make_criteria(make_edition(2026))[0]
    with pytest.raises(ValidationError):
        Criterion(edition=criterion.edition, name="Leer", weight=0).full_clean()
    data = {"name": criterion.name, "weight": "0", "order": "0", "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0}
    response = office_client.post(criterion_path(criterion), data)
    assert response.status_code == 200
    assert "mindestens 1" in response.content.decode() or "größer oder gleich 1" in response.content.decode()
    criterion.refresh_from_db()
    assert criterion.weight == 2


def test_the_office_writes_steps_until_the_first_sheet_and_then_reads_them(office_client):
    criterion = Criterion.objects.create(edition=make_edition(2026), name="Innovationsgrad")
    data = {"name": "Innovationsgrad", "weight": "2", "order": "0", "steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0}
    data |= {"steps-0-value": "4", "steps-0-label": "überzeugend", "_continue": "1"}
    assert office_client.post(criterion_path(criterion), data).status_code == 302
    assert str(criterion.steps.get()) == "4 – überzeugend"


def test_the_form_of_a_rated_criterion_offers_nothing_that_would_be_refused(office_client, rated_criterion):
    page = office_client.get(criterion_path(rated_criterion)).content.decode()
    assert "Name, Gewicht und Stufen bleiben" in page
    assert 'name="weight"' not in page
    assert 'name="steps-0-value"' not in page
    data = {"description": "Neu", "order": "0", "weight": "9", "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0}
    assert office_client.post(criterion_path(rated_criterion), data).status_code == 302
    rated_criterion.refresh_from_db()
    assert (rated_criterion.weight, rated_criterion.description) == (2, "Neu")
    assert (
        office_client.post(criterion_path(rated_criterion).replace("change", "delete"), {"post": "yes"}).status_code
        == 403
    )


# --- Rounds


@pytest.fixture
def running(db):
    return make_round(opens=-1, closes=5)


def log_lines():
    return list(LogEntry.objects.filter(act=LogEntry.Act.ROUND_CHANGED).values_list("text", flat=True))


def test_a_round_is_made_and_leads_to_its_overview(office_client):
    edition = make_edition(2026)
    new = Round(
        edition=edition, opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=9), aggregates="never"
    )
    data = round_form(new, edition=edition.pk, kind="cluster")
    response = office_client.post("/admin/competition/round/add/", data)
    round_ = Round.objects.get()
    assert response.headers["Location"] == f"/admin/competition/round/{round_.pk}/uebersicht/"
    again = office_client.post("/admin/competition/round/add/", data)
    assert "gibt es in diesem Wettbewerbsjahr schon" in again.content.decode()


def test_a_round_that_ends_before_it_begins_is_refused_in_words(office_client, running):
    data = round_form(running, closes_at=running.opens_at - timedelta(days=1))
    assert "endet vor ihrem Beginn" in office_client.post(round_path(running), data).content.decode()


def test_a_new_end_of_a_running_round_is_noted_with_before_and_after(office_client, running):
    later = running.closes_at + timedelta(days=2)
    assert office_client.post(round_path(running), round_form(running, closes_at=later)).status_code == 302
    old, new = (f"{timezone.localtime(one):%d.%m.%Y, %H:%M} Uhr" for one in (running.closes_at, later))
    assert f"Clusterrunde 2026, offen bis: {old} → {new}" in log_lines()


def test_a_rule_changed_in_a_running_round_is_noted_too(office_client, running):
    office_client.post(round_path(running), round_form(running, aggregates="after_own"))
    assert "Clusterrunde 2026, Jurymitglieder sehen Mittelwerte: nie → nach dem eigenen Bogen" in log_lines()


def test_before_its_beginning_a_round_is_changed_without_a_note(office_client):
    planned = make_round(opens=2, closes=5)
    later = planned.closes_at + timedelta(days=2)
    assert office_client.post(round_path(planned), round_form(planned, closes_at=later)).status_code == 302
    assert log_lines() == []


def test_edition_and_kind_stay(office_client, running):
    data = round_form(running, edition=make_edition(2020).pk, kind="final")
    assert office_client.post(round_path(running), data).status_code == 302
    running.refresh_from_db()
    assert (running.edition.year, running.kind) == (2026, "cluster")


def later_end(round_):
    round_.closes_at = timezone.now() + timedelta(days=3)
    return round_


def test_a_round_that_is_over_may_be_prolonged_and_that_is_noted(office_client):
    round_, _, _, _ = make_rated_category()
    data = round_form(round_, closes_at=timezone.now() + timedelta(days=3))
    assert office_client.post(round_path(round_), data).status_code == 302
    assert Round.objects.running().exists()
    assert any("offen bis" in line for line in log_lines())


def test_a_decided_round_is_not_opened_again(office, office_client):
    round_, category, _, (first, second, _) = make_rated_category()
    decide(
        round_,
        category,
        first=first,
        second=second,
        by=office,
        reason="x",
        present="y",
        decided_on=timezone.localdate(),
    )
    data = round_form(round_, closes_at=timezone.now() + timedelta(days=3))
    assert "schon entschieden" in office_client.post(round_path(round_), data).content.decode()
    assert not Round.objects.running().exists()


def test_a_ballot_whose_counts_could_be_seen_is_not_opened_again():
    """Else the end could be drawn forward for a look and put back."""
    round_ = make_round(kind=Round.Kind.FINAL)
    finalist = make_finalist(make_category(round_.edition))
    later_end(round_).full_clean()
    cast_votes(round_, {finalist: 1}, [make_juror()])
    with pytest.raises(ValidationError, match="kann nicht wieder geöffnet werden"):
        later_end(round_).full_clean()


def test_a_running_ballot_may_still_be_prolonged():
    round_ = make_round(kind=Round.Kind.FINAL)
    cast_votes(round_, {}, [make_juror()])
    reopen(round_)
    later_end(round_).full_clean()


def test_a_round_whose_sheets_were_deleted_stays_over():
    round_ = make_round(statistics=[{"sheets": 9}])
    with pytest.raises(ValidationError, match="gelöscht worden"):
        later_end(round_).full_clean()


def test_a_round_in_use_is_not_deleted_and_the_page_says_why(office_client):
    round_, _, _, _ = make_rated_category()
    final = make_round(round_.edition, kind=Round.Kind.FINAL)
    cast_votes(final, {}, [make_juror()])
    for one in (round_, final):
        response = office_client.post(f"/admin/competition/round/{one.pk}/delete/", {"post": "yes"}, follow=True)
        assert "Sie bleibt bestehen" in response.content.decode()
    assert Round.objects.count() == 2


def test_an_empty_round_is_deleted(office_client, running):
    assert office_client.post(f"/admin/competition/round/{running.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Round.objects.exists()


def test_the_list_of_rounds_says_which_are_running(office_client, running):
    with time_machine.travel(timezone.now(), tick=False):
        page = office_client.get("/admin/competition/round/").content.decode()
    assert f'/admin/competition/round/{running.pk}/uebersicht/">Clusterrunde 2026' in page
    assert ">läuft<" in page
