"""Which sheets count, and what a reader who is recused gets to see."""

from decimal import Decimal

import pytest
from django.utils import timezone

from competition.models import PanelCategory, PanelMember, Round
from competition.rankings import ranking_of, rankings_of, vote_result
from tests.competition.factories import make_category, make_entry, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    close,
    make_criteria,
    make_juror,
    make_panel,
    make_rated_category,
    make_round,
    make_seat,
    rate,
    reopen,
    state,
)

pytestmark = pytest.mark.django_db


def means(ranking):
    return {one.entry.pk: one.mean for one in ranking.standings}


def test_the_ranking_is_the_weighted_mean_of_the_sheets():
    round_ = make_round()
    make_criteria(round_.edition, Innovationsgrad=2, Marktfähigkeit=1)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    one, other, entry = make_seat(panel), make_seat(panel), make_entry(category)
    rate(one, entry, 5, 4)
    rate(other, entry, 2, 1)
    standing = ranking_of(round_, category).standings[0]
    assert (standing.mean, standing.sheets, standing.place) == (Decimal("3.17"), 2, 1)
    assert list(standing.criterion_means.values()) == [Decimal("3.50"), Decimal("2.50")]


def test_only_submitted_sheets_of_seats_still_held_by_jurors_not_recused_count():
    round_, category, _, (entry,) = make_rated_category(jurors=1, entries=1)
    panel = round_.panels.get()
    draft, gone, recused, recused_by_office = (make_seat(panel) for _ in range(4))
    rate(draft, entry, 1, submitted=False)
    for seat in (gone, recused, recused_by_office):
        rate(seat, entry, 1)
    PanelMember.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    state(recused.user, entry, conflicted=True)
    state(recused_by_office.user, entry, conflicted=True, by_office=True)
    standing = ranking_of(round_, category).standings[0]
    assert (standing.mean, standing.sheets) == (Decimal("5.00"), 1)


def test_a_statement_that_there_is_no_conflict_keeps_the_sheet():
    round_, category, (seat,), (entry,) = make_rated_category(jurors=1, entries=1)
    state(seat.user, entry, conflicted=False)
    assert ranking_of(round_, category).standings[0].sheets == 1


def test_a_juror_recused_of_one_entry_still_counts_for_the_others():
    round_, category, seats, (first, second, _) = make_rated_category()
    state(seats[0].user, first, conflicted=True)
    sheets = {one.entry.pk: one.sheets for one in ranking_of(round_, category).standings}
    assert (sheets[first.pk], sheets[second.pk]) == (2, 3)


def test_a_seat_taken_up_again_counts_again():
    round_, category, seats, _entries = make_rated_category(jurors=2, entries=1)
    PanelMember.objects.filter(pk=seats[0].pk).update(removed_at=timezone.now())
    assert ranking_of(round_, category).standings[0].sheets == 1
    PanelMember.objects.filter(pk=seats[0].pk).update(removed_at=None)
    assert ranking_of(round_, category).standings[0].sheets == 2


def test_sheets_of_another_round_or_for_a_cluster_the_panel_does_not_judge_do_not_count():
    round_, category, (seat, *_), (_entry, *_) = make_rated_category()
    elsewhere = make_category(round_.edition)
    stray = make_entry(elsewhere)
    make_panel(round_, elsewhere)
    rate(seat, stray, 5)
    assert ranking_of(round_, elsewhere).standings[0].sheets == 0
    PanelCategory.objects.filter(category=category).delete()
    assert ranking_of(round_, category).standings[0].sheets == 0


def test_several_clusters_are_ranked_each_for_itself():
    round_, first, _, entries = make_rated_category()
    _, second, _, others = make_rated_category(round_=round_)
    by_category = {one.category: [row.entry for row in one.standings] for one in rankings_of(round_)}
    assert by_category == {first: entries, second: others}


def test_a_reader_recused_of_one_entry_sees_neither_it_nor_any_place_of_its_cluster(office):
    round_, category, _, (first, second, third) = make_rated_category()
    state(office, first, conflicted=True)
    ranking = ranking_of(round_, category, reader=office)
    assert ranking.is_partial
    assert ranking.stability is None
    assert {one.entry for one in ranking.standings} == {second, third}
    assert {(one.place, one.is_tied) for one in ranking.standings} == {(None, False)}
    assert means(ranking) == {second.pk: Decimal("4.00"), third.pk: Decimal("3.00")}


def test_the_others_stand_in_an_order_that_says_nothing(office):
    round_, category, seats, (first, *_) = make_rated_category(entries=1)
    worse, better = make_entry(category, organisation="Alpha"), make_entry(category, organisation="Zeta")
    for seat in seats:
        rate(seat, better, 5)
        rate(seat, worse, 1)
    state(office, first, conflicted=True)
    assert [one.entry for one in ranking_of(round_, category, reader=office).standings] == [worse, better]


def test_the_same_reader_sees_other_clusters_in_full(office):
    round_, _category, _, (first, *_) = make_rated_category()
    _, other, _, entries = make_rated_category(round_=round_)
    state(office, first, conflicted=True)
    assert [one.is_partial for one in rankings_of(round_, reader=office)] == [True, False]
    assert [one.entry for one in ranking_of(round_, other, reader=office).standings] == entries


# --- Departure from the ranking


def test_the_jury_departs_where_it_decides_otherwise():
    round_, category, _, (first, second, third) = make_rated_category()
    ranking = ranking_of(round_, category)
    assert not ranking.departs(first, second)
    assert ranking.departs(second, first)
    assert ranking.departs(first, third)
    assert ranking.departs(first, None) is False


def test_to_choose_among_equals_is_no_departure():
    round_, category, seats, entries = make_rated_category(entries=1)
    equal = make_entry(category)
    for seat in seats:
        rate(seat, equal, 5)
    ranking = ranking_of(round_, category)
    assert not ranking.departs(equal, entries[0])
    assert not ranking.departs(entries[0], equal)


def test_where_nothing_was_rated_there_is_nothing_to_depart_from():
    round_ = make_round()
    make_criteria(round_.edition)
    category = make_category(round_.edition)
    make_panel(round_, category)
    entries = [make_entry(category), make_entry(category)]
    assert not ranking_of(round_, category).departs(*entries)


# --- The ballot


@pytest.fixture
def final(db):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    cast_votes(round_, {finalists[0]: 2, finalists[1]: 5}, [make_juror() for _ in range(7)])
    return round_, finalists


def test_most_votes_come_first(final):
    round_, (one, other) = final
    result = vote_result(round_)
    assert [(row.entry, row.votes, row.place, row.is_tied) for row in result] == [
        (other.entry, 5, 1, False),
        (one.entry, 2, 2, False),
    ]


def test_equal_votes_are_a_tie():
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    cast_votes(round_, {finalists[0]: 3, finalists[1]: 3}, [])
    assert [(row.place, row.is_tied) for row in vote_result(round_)] == [(1, True), (1, True)]


def test_before_the_end_there_is_no_result(final):
    round_, _ = final
    reopen(round_)
    assert vote_result(round_) is None
    close(round_)
    assert vote_result(round_)


def test_a_cluster_round_has_no_votes():
    assert vote_result(make_round()) is None


def test_who_is_recused_of_a_finalist_sees_no_votes_at_all(final, office):
    round_, (one, _) = final
    assert vote_result(round_, reader=office)
    state(office, one.entry, conflicted=True)
    assert vote_result(round_, reader=office) is None
