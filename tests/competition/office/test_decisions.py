"""The software ranks, the jury decides, and only then there are results."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from competition import jury_decisions
from competition.jury_decisions import decide, revoke
from competition.models import Award, Decision, Finalist, LogEntry, Round
from competition.results import close_results
from tests.competition.factories import make_award, make_category, make_entry, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    make_criteria,
    make_juror,
    make_panel,
    make_rated_category,
    make_round,
    reopen,
    state,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(db):
    round_, category, _, entries = make_rated_category()
    return round_, category, entries


@pytest.fixture
def final(db):
    """Two finalists; the first has five votes, the second two."""
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    cast_votes(round_, {finalists[0]: 5, finalists[1]: 2}, [make_juror() for _ in range(7)])
    return round_, finalists


def decide_on(round_, category, first, second=None, **values):
    defaults = {
        "reason": "Die beste Idee.",
        "present": "Anna\nBernd",
        "decided_on": timezone.localdate(),
    }
    return decide(round_, category, first=first, second=second, **defaults | values)


def results():
    return Finalist.objects.count(), Award.objects.count(), Decision.objects.count()


def refused(code, round_, category, *entries, by, **values):
    before = results()
    with pytest.raises(ValidationError) as refusal:
        decide_on(round_, category, *entries, by=by, **values)
    assert refusal.value.code == code
    assert results() == before
    return refusal.value.messages


def test_both_become_finalists_and_the_first_the_cluster_winner(rated, office):
    round_, category, (first, second, _third) = rated
    decision = decide_on(round_, category, first, second, by=office, statement="<p>Großartig.</p>", statement_by="Rita")
    assert {one.entry for one in Finalist.objects.all()} == {first, second}
    award = Award.objects.get()
    assert (award.kind, award.entry, award.category) == ("cluster", first, category)
    assert (award.statement, award.statement_by) == ("<p>Großartig.</p>", "Rita")
    assert (decision.first, decision.second, decision.entered_by) == (first, second, "Olga Office")
    assert not decision.departs_from_ranking


def test_the_results_stay_secret(rated, office):
    round_, category, (first, second, _) = rated
    decide_on(round_, category, first, second, by=office)
    assert not Award.objects.announced().exists()
    assert not type(first).objects.public().exists()


def test_the_log_notes_the_decision_without_names(rated, office):
    round_, category, (first, second, _) = rated
    decide_on(round_, category, first, second, by=office)
    line = LogEntry.objects.get(act=LogEntry.Act.DECIDED)
    assert (line.text, line.user) == (f"Clusterrunde 2026, {category}", office)


def test_the_decision_keeps_the_ranking_of_that_day(rated, office):
    round_, category, (first, second, third) = rated
    decision = decide_on(round_, category, first, second, by=office)
    assert [(row["entry"], row["place"], row["mean"], row["sheets"]) for row in decision.ranking] == [
        (first.pk, 1, "5.00", 3),
        (second.pk, 2, "4.00", 3),
        (third.pk, 3, "3.00", 3),
    ]


def test_the_jury_may_depart_from_the_ranking_and_this_is_kept(rated, office):
    round_, category, (first, _second, third) = rated
    assert decide_on(round_, category, third, first, by=office).departs_from_ranking
    assert Award.objects.get().entry == third


def test_nothing_is_decided_while_the_round_is_running(rated, office):
    round_, category, (first, second, _) = rated
    reopen(round_)
    assert refused("still_running", round_, category, first, second, by=office) == [jury_decisions.STILL_RUNNING]


def test_nothing_is_decided_before_the_round_begins(office):
    round_, category, _, (first, second, _) = make_rated_category(round_=make_round(opens=1, closes=5))
    refused("still_running", round_, category, first, second, by=office)


def test_a_second_decision_is_refused(rated, office):
    round_, category, (first, second, third) = rated
    decide_on(round_, category, first, second, by=office)
    assert refused("results_exist", round_, category, first, third, by=office) == [jury_decisions.RESULTS_EXIST]


def test_results_entered_by_hand_are_not_overwritten(rated, office):
    round_, category, (first, second, third) = rated
    Finalist.objects.create(entry=third)
    refused("results_exist", round_, category, first, second, by=office)


def test_closed_results_are_not_touched(rated, office):
    round_, category, (first, second, _) = rated
    other = make_category(round_.edition)
    make_award(Award.Kind.CLUSTER, make_finalist(other).entry)
    close_results(round_.edition, office)
    messages = refused("results_closed", round_, category, first, second, by=office)
    assert "geschlossen" in messages[0]


def test_the_two_are_different_entries_of_the_cluster(rated, office):
    round_, category, (first, _second, _) = rated
    elsewhere = make_entry(make_category(round_.edition))
    refused("twice_the_same", round_, category, first, first, by=office)
    refused("two_needed", round_, category, first, by=office)
    refused("other_category", round_, category, first, elsewhere, by=office)
    refused("other_category", round_, category, elsewhere, first, by=office)


def test_a_cluster_with_a_single_entry_has_a_single_finalist(office):
    round_, category, _, (only,) = make_rated_category(entries=1)
    decide_on(round_, category, only, by=office)
    assert Finalist.objects.get().entry == only


def test_only_clusters_of_the_round_that_go_to_the_final_are_decided(rated, office):
    round_, _category, _ = rated
    elsewhere = make_category(round_.edition)
    entries = make_entry(elsewhere), make_entry(elsewhere)
    refused("not_in_this_round", round_, elsewhere, *entries, by=office)
    local = make_category(round_.edition, is_local_only=True)
    make_panel(round_, local)
    refused("not_in_this_round", round_, local, make_entry(local), make_entry(local), by=office)


def test_a_cluster_round_decides_no_overall_winner_and_a_final_no_cluster(rated, office):
    round_, category, (first, second, _) = rated
    refused("not_in_this_round", round_, None, first, by=office)
    final = make_round(round_.edition, kind=Round.Kind.FINAL)
    refused("not_in_this_round", final, category, first, second, by=office)


def test_a_reason_and_names_are_needed(rated, office):
    round_, category, (first, second, _) = rated
    for name in ("reason", "present"):
        with pytest.raises(ValidationError) as refusal:
            decide_on(round_, category, first, second, by=office, **{name: " "})
        assert name in refusal.value.error_dict
    assert results() == (0, 0, 0)


def test_who_is_recused_of_any_entry_of_the_cluster_does_not_enter_its_decision(rated, office):
    round_, category, (first, second, third) = rated
    state(office, third, conflicted=True)
    assert refused("recused", round_, category, first, second, by=office) == [jury_decisions.RECUSED]


# --- The final


def test_the_final_makes_the_overall_winner(final, office):
    round_, (one, other) = final
    decision = decide_on(round_, None, one.entry, by=office, statement="<p>Ein Sprung.</p>")
    award = Award.objects.get()
    assert (award.kind, award.entry, award.statement) == ("overall", one.entry, "<p>Ein Sprung.</p>")
    assert (decision.category, decision.second, decision.departs_from_ranking) == (None, None, False)
    assert [(row["entry"], row["votes"]) for row in decision.ranking] == [(one.entry.pk, 5), (other.entry.pk, 2)]


def test_the_final_may_depart_from_the_votes(final, office):
    round_, (_, other) = final
    assert decide_on(round_, None, other.entry, by=office).departs_from_ranking


def test_the_overall_winner_is_a_finalist(final, office):
    round_, (one, _) = final
    refused("no_finalist", round_, None, make_entry(one.category), by=office)


def test_the_final_is_decided_once_and_after_its_end(final, office):
    round_, (one, other) = final
    reopen(round_)
    refused("still_running", round_, None, one.entry, by=office)
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    decide_on(round_, None, one.entry, by=office)
    refused("results_exist", round_, None, other.entry, by=office)


def test_who_is_recused_of_a_finalist_does_not_enter_the_overall_winner(final, office):
    round_, (one, other) = final
    state(office, other.entry, conflicted=True)
    refused("recused", round_, None, one.entry, by=office)


# --- Revoking


def test_revoking_takes_the_results_back_and_keeps_the_decision(rated, office):
    round_, category, (first, second, third) = rated
    decision = decide_on(round_, category, first, second, by=office)
    revoke(decision, reason="Zählfehler", by=office)
    assert results() == (0, 0, 1)
    decision.refresh_from_db()
    assert decision.revoked_because == "Zählfehler"
    line = LogEntry.objects.get(act=LogEntry.Act.DECISION_REVOKED)
    assert line.text == f"Clusterrunde 2026, {category}: Zählfehler"
    assert decide_on(round_, category, second, third, by=office).pk != decision.pk


def test_revoking_leaves_other_clusters_alone(rated, office):
    round_, category, (first, second, _) = rated
    _, other, _, others = make_rated_category(round_=round_)
    decide_on(round_, other, *others[:2], by=office)
    revoke(decide_on(round_, category, first, second, by=office), reason="Zählfehler", by=office)
    assert {one.entry for one in Finalist.objects.all()} == set(others[:2])
    assert Award.objects.get().entry == others[0]


def not_revoked(code, decision, *, by, reason="Zählfehler"):
    before = results()
    with pytest.raises(ValidationError) as refusal:
        revoke(decision, reason=reason, by=by)
    assert refusal.value.code == code
    assert results() == before
    assert Decision.objects.get(pk=decision.pk).revoked_at is None


def test_revoking_needs_a_reason_and_happens_once(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    not_revoked("reason_needed", decision, by=office, reason="  ")
    revoke(decision, reason="Zählfehler", by=office)
    with pytest.raises(ValidationError, match="schon aufgehoben"):
        revoke(decision, reason="noch einmal", by=office)


def test_closed_results_are_not_revoked(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    close_results(round_.edition, office)
    not_revoked("results_closed", decision, by=office)


def test_a_finalist_of_whom_the_final_has_voted_is_not_taken_back(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    final = make_round(round_.edition, kind=Round.Kind.FINAL)
    cast_votes(final, {first.finalist: 1}, [make_juror()])
    not_revoked("results_in_use", decision, by=office)


def test_a_finalist_who_has_won_the_overall_prize_is_not_taken_back(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    make_award(Award.Kind.OVERALL, second)
    not_revoked("results_in_use", decision, by=office)


def test_who_is_recused_does_not_revoke(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    state(office, first, conflicted=True)
    not_revoked("recused", decision, by=office)


def test_the_overall_winner_is_revoked_and_stays_a_finalist(final, office):
    round_, (one, _) = final
    revoke(decide_on(round_, None, one.entry, by=office), reason="Zählfehler", by=office)
    assert results() == (2, 0, 1)


def test_an_old_ranking_is_read_from_the_decision_when_sheets_change_later(rated, office):
    round_, category, (first, second, _) = rated
    decision = decide_on(round_, category, first, second, by=office)
    round_.panels.get().members.update(removed_at=timezone.now())
    decision.refresh_from_db()
    assert [row["sheets"] for row in decision.ranking] == [3, 3, 3]


def test_criteria_of_the_edition_are_needed_for_no_decision(office):
    """An edition may be decided on paper: without criteria there is no ranking to depart from."""
    round_ = make_round()
    category = make_category(round_.edition)
    make_panel(round_, category)
    first, second = make_entry(category), make_entry(category)
    assert not decide_on(round_, category, first, second, by=office).departs_from_ranking
    assert make_criteria(round_.edition)
