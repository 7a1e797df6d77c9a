"""competition/jury.py itself: who may see and do what, in which phase."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from competition import jury
from competition.models import ConflictStatement, LogEntry, Participation, Round, Score, Sheet, VoteCount
from tests.competition.factories import make_category, make_edition, make_entry, make_finalist
from tests.competition.jury.factories import (
    declare,
    end,
    make_cluster_round,
    make_criteria,
    make_final,
    make_juror,
    make_panel,
    make_round,
    make_sheet,
    remove_seats_of,
)

pytestmark = pytest.mark.django_db
PHASES = {"before": {"opens": 1, "closes": 5}, "running": {}, "over": {"opens": -9, "closes": -1}}


def steps_of(entry, *values):
    criteria = entry.edition.criteria.all()
    return {
        criterion: criterion.steps.get(value=value) for criterion, value in zip(criteria, values, strict=True) if value
    }


def save(user, entry, values=(3, 3, 3), *, notes="", seen=0, submit=False):
    return jury.save_sheet(
        user, entry, steps=steps_of(entry, *values), notes=notes, seen_edit_number=seen, submit=submit
    )


def code_of(act):
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.code if hasattr(refused.value, "code") else "fields"


# --- roles and phases


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("role", ["juror", "removed", "of another cluster", "of another year", "stranger", "recused"])
def test_who_sees_and_does_what_in_a_cluster_round(phase, role):
    site = make_cluster_round(declared=False, **PHASES[phase])
    user = make_juror()
    other_category, other_year = make_category(site.edition), make_edition(2023)
    if role in ("juror", "removed", "recused"):
        site.panel.members.create(user=user)
    if role == "of another cluster":
        make_panel(site.round, other_category, members=[user])
    if role == "of another year":
        make_panel(make_round(other_year), make_category(other_year), members=[user])
    if role == "removed":
        remove_seats_of(user)
    declare(user, site.entry, conflicted=role == "recused")
    may = role == "juror" and phase == "running"
    others = 2 if may or (role == "recused" and phase == "running") else 0
    assert site.entry in jury.entries_assigned_to(user) if may else site.entry not in jury.entries_assigned_to(user)
    assert jury.entries_assigned_to(user).count() == others + may
    assert list(jury.entries_open_to(user)) == ([site.entry] if may else [])
    if may:
        assert save(user, site.entry, submit=True).is_submitted
        assert jury.state_conflict(user, site.entry, is_conflicted=True, reason="Doch.")
    else:
        assert code_of(lambda: save(user, site.entry)) in ("closed", "conflict_not_stated")
        assert code_of(lambda: jury.state_conflict(user, site.entry, is_conflicted=False)) == "not_assigned"
        assert not Sheet.objects.exists()


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("role", ["juror", "removed", "of the cluster round", "stranger", "recused", "undeclared"])
def test_who_sees_and_does_what_in_the_final(phase, role):
    site = make_final(declared=False, **PHASES[phase])
    user, entry = make_juror(), site.entries[0]
    if role in ("juror", "removed", "recused", "undeclared"):
        site.panel.members.create(user=user)
    if role == "of the cluster round":
        make_panel(make_round(site.edition, **PHASES[phase]), make_category(site.edition), members=[user])
    if role == "removed":
        remove_seats_of(user)
    if role != "undeclared":
        declare(user, *site.entries)
    if role == "recused":
        declare(user, entry, conflicted=True)
    runs = phase == "running"
    seen = {"juror": 4, "undeclared": 4, "recused": 3}.get(role, 0) if runs else 0
    assert jury.entries_assigned_to(user).count() == seen
    assert jury.ballot_choices(user, site.round).count() == seen
    if role == "juror" and runs:
        jury.vote(user, site.round, entry)
        assert code_of(lambda: jury.vote(user, site.round, entry)) == "voted_already"
        assert VoteCount.objects.get(finalist=entry.finalist).votes == 1
    else:
        expected = "closed" if not runs else "conflict_not_stated" if role == "undeclared" else "not_assigned"
        assert code_of(lambda: jury.vote(user, site.round, entry)) == expected
        assert not VoteCount.objects.exists()
        assert not Participation.objects.exists()


def test_the_final_hears_finalists_only():
    site = make_final()
    other = make_entry(site.entries[0].category)
    declare(site.juror, other)
    assert set(jury.entries_open_to(site.juror)) == set(site.entries)
    assert code_of(lambda: jury.vote(site.juror, site.round, other)) == "not_assigned"


def test_rounds_do_not_lend_each_other_their_entries():
    cluster = make_cluster_round()
    final = make_final(year=2023)
    final.panel.members.create(user=cluster.juror)
    assert set(jury.entries_assigned_to(cluster.juror, cluster.round)) == set(cluster.entries)
    assert set(jury.entries_assigned_to(cluster.juror, final.round)) == set(final.entries)
    assert jury.entries_assigned_to(cluster.juror).count() == 7


def test_the_final_does_not_vote_in_a_cluster_round():
    site = make_cluster_round()
    assert code_of(lambda: jury.vote(site.juror, site.round, site.entry)) == "closed"


# --- conflicts of interest


def test_nobody_takes_back_their_own_recusal():
    site = make_cluster_round()
    jury.state_conflict(site.juror, site.entry, is_conflicted=True, reason="Verwandt.")
    assert code_of(lambda: jury.state_conflict(site.juror, site.entry, is_conflicted=False)) == "not_assigned"
    assert ConflictStatement.objects.recused().get().reason == "Verwandt."
    assert LogEntry.objects.get().act == LogEntry.Act.RECUSED


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 601, "\x00"])
def test_a_recusal_needs_a_reason_of_sensible_length(reason):
    site = make_cluster_round(declared=False)
    assert code_of(lambda: jury.state_conflict(site.juror, site.entry, is_conflicted=True, reason=reason))
    assert not ConflictStatement.objects.exists()
    assert not LogEntry.objects.exists()


def test_several_statements_are_saved_all_or_none():
    site = make_cluster_round(declared=False)
    good, bad, _ = site.entries
    with pytest.raises(ValidationError):
        jury.state_conflicts(site.juror, [(good, False, ""), (bad, True, "")])
    assert not ConflictStatement.objects.exists()


# --- sheets


def test_a_draft_may_have_gaps_a_submitted_sheet_never_again():
    site = make_cluster_round()
    sheet = save(site.juror, site.entry, (3, None, None))
    assert (sheet.is_submitted, sheet.scores.count()) == (False, 1)
    assert code_of(lambda: save(site.juror, site.entry, (3, 4, None), seen=1, submit=True)) == "incomplete"
    save(site.juror, site.entry, (3, 4, 5), seen=1, submit=True)
    assert code_of(lambda: save(site.juror, site.entry, (3, 4, None), seen=2)) == "incomplete"
    save(site.juror, site.entry, (1, 1, 1), seen=2)
    assert sorted(Score.objects.values_list("step__value", flat=True)) == [1, 1, 1]


def test_the_record_says_that_a_submitted_sheet_was_changed_but_not_how():
    site = make_cluster_round()
    save(site.juror, site.entry, submit=True)
    save(site.juror, site.entry, seen=1, notes="Nur eine Notiz.")
    save(site.juror, site.entry, (4, 3, 3), seen=2)
    texts = LogEntry.objects.order_by("pk").values_list("act", "text")
    assert list(texts) == [("submitted", str(site.entry)), ("submitted", f"{site.entry} (geändert)")]


@pytest.mark.parametrize("seen", [0, 1, 3, -1])
def test_a_save_over_a_newer_one_is_refused_and_changes_nothing(seen):
    site = make_cluster_round()
    save(site.juror, site.entry, notes="eins")
    save(site.juror, site.entry, notes="zwei", seen=1)
    assert code_of(lambda: save(site.juror, site.entry, (1, 1, 1), notes="drei", seen=seen)) == "newer_save"
    sheet = Sheet.objects.get()
    assert (sheet.notes, sheet.edit_number) == ("zwei", 2)
    assert set(sheet.scores.values_list("step__value", flat=True)) == {3}


def test_a_criterion_of_another_year_is_refused():
    site = make_cluster_round()
    stranger = make_criteria(make_edition(2023))[0]
    steps = steps_of(site.entry, 3, 3, 3) | {stranger: stranger.steps.first()}
    act = lambda: jury.save_sheet(site.juror, site.entry, steps=steps, notes="", seen_edit_number=0, submit=True)  # noqa: E731
    assert code_of(act) == "strange_criterion"
    assert not Sheet.objects.exists()


def test_a_step_of_another_criterion_is_refused():
    site = make_cluster_round()
    one, other, _ = site.criteria
    act = lambda: jury.save_sheet(  # noqa: E731
        site.juror, site.entry, steps={one: other.steps.first()}, notes="", seen_edit_number=0, submit=False
    )
    with pytest.raises(ValidationError, match="anderen Kriterium"):
        act()
    assert not Sheet.objects.exists()


def test_notes_too_long_or_with_control_characters_break_nothing():
    site = make_cluster_round()
    assert code_of(lambda: save(site.juror, site.entry, notes="x" * 10_001)) == "fields"
    assert save(site.juror, site.entry, notes="a\x00b\ud800c").notes == "abc"


def test_nothing_is_submitted_where_no_criterion_stands():
    site = make_cluster_round()
    site.edition.criteria.all().delete()
    act = lambda: jury.save_sheet(site.juror, site.entry, steps={}, notes="", seen_edit_number=0, submit=True)  # noqa: E731
    assert code_of(act) == "incomplete"


def test_who_sat_here_is_told_what_has_ended_and_nobody_else():
    site = make_cluster_round()
    removed, recused, stranger = make_juror(), make_juror(), make_juror()
    for user in (removed, recused):
        site.panel.members.create(user=user)
    remove_seats_of(removed)
    remove_seats_of(recused)
    declare(recused, site.entry, conflicted=True)
    assert jury.why_no_seat(site.juror, site.entry) is None
    assert jury.why_no_seat(removed, site.entry) == jury.SEAT_GONE
    assert jury.why_no_seat(recused, site.entry) is None
    assert jury.why_no_seat(stranger, site.entry) is None
    end(site.round)
    assert jury.why_no_seat(site.juror, site.entry) == jury.CLOSED


def test_the_personal_order_is_each_ones_own_and_stays():
    site = make_cluster_round(entries=8)
    orders = {tuple(one.pk for one in jury.in_personal_order(site.entries, make_juror())) for _ in range(5)}
    assert len(orders) > 1
    again = [jury.in_personal_order(reversed(site.entries), site.juror) for _ in range(2)]
    assert again[0] == again[1] == jury.in_personal_order(site.entries, site.juror)


# --- means


def with_colleagues(site, *points):
    for values in points:
        colleague = make_juror()
        site.panel.members.create(user=colleague)
        make_sheet(colleague, site.entry, values)


@pytest.mark.parametrize(
    ("setting", "is_over", "is_shown"),
    [
        (Round.Aggregates.NEVER, False, False),
        (Round.Aggregates.NEVER, True, False),
        (Round.Aggregates.AFTER_OWN, False, True),
        (Round.Aggregates.AFTER_OWN, True, False),
        (Round.Aggregates.AFTER_CLOSING, False, False),
        (Round.Aggregates.AFTER_CLOSING, True, True),
    ],
)
def test_means_are_seen_as_the_round_allows(setting, is_over, is_shown):
    site = make_cluster_round(aggregates=setting)
    make_sheet(site.juror, site.entry, (5, 5, 5))
    with_colleagues(site, (1, 3, 3), (3, 3, 3))
    if is_over:
        end(site.round)
    means = jury.means_for(site.juror, site.round)
    assert {entry: str(one.mean) for entry, one in means.items()} == ({site.entry: "3.33"} if is_shown else {})
    assert jury.means_for(make_juror(), site.round) == {}


def test_no_mean_of_fewer_than_three_sheets():
    site = make_cluster_round(aggregates=Round.Aggregates.AFTER_OWN)
    make_sheet(site.juror, site.entry)
    with_colleagues(site, (3, 3, 3))
    assert jury.means_for(site.juror, site.round) == {}
    with_colleagues(site, (3, 3, 3))
    assert list(jury.means_for(site.juror, site.round)) == [site.entry]


def test_means_count_only_sheets_that_count_and_only_after_ones_own():
    site = make_cluster_round(aggregates=Round.Aggregates.AFTER_OWN)
    with_colleagues(site, (1, 1, 1), (1, 1, 1), (5, 5, 5))
    assert jury.means_for(site.juror, site.round) == {}
    make_sheet(site.juror, site.entry, submitted=False)
    assert jury.means_for(site.juror, site.round) == {}
    Sheet.objects.update(submitted_at=timezone.now())
    assert jury.means_for(site.juror, site.round)[site.entry].sheets == 4
    recused, removed = Sheet.objects.exclude(member__user=site.juror)[:2]
    declare(recused.member.user, site.entry, conflicted=True)
    remove_seats_of(removed.member.user)
    assert jury.means_for(site.juror, site.round) == {}


def test_a_recused_juror_never_sees_a_mean_of_the_entry():
    site = make_cluster_round(aggregates=Round.Aggregates.AFTER_CLOSING)
    make_sheet(site.juror, site.entry)
    with_colleagues(site, (3, 3, 3), (3, 3, 3), (3, 3, 3))
    end(site.round)
    assert list(jury.means_for(site.juror, site.round)) == [site.entry]
    declare(site.juror, site.entry, conflicted=True)
    assert jury.means_for(site.juror, site.round) == {}
    assert site.entry not in jury.entries_with_means(site.juror, site.round)


def test_looking_back_ends_after_a_fortnight_and_with_the_seat():
    site = make_cluster_round(aggregates=Round.Aggregates.AFTER_CLOSING)
    assert not jury.rounds_to_look_back_on(site.juror).exists()
    end(site.round, days_ago=13)
    assert jury.rounds_to_look_back_on(site.juror).exists()
    assert jury.is_juror(site.juror)
    end(site.round, days_ago=15)
    assert not jury.is_juror(site.juror)
    end(site.round, days_ago=1)
    remove_seats_of(site.juror)
    assert not jury.is_juror(site.juror)
    assert timedelta(days=14) == jury.LOOK_BACK


def test_a_finalist_added_during_the_vote_gets_a_count_too():
    site = make_final(jurors=2)
    jury.vote(site.jurors[0], site.round, site.entries[0])
    late = make_finalist(make_category(site.edition)).entry
    declare(site.jurors[1], late)
    jury.vote(site.jurors[1], site.round, late)
    counts = dict(VoteCount.objects.values_list("finalist__entry", "votes"))
    assert counts == {site.entries[0].pk: 1, late.pk: 1} | {entry.pk: 0 for entry in site.entries[1:]}
