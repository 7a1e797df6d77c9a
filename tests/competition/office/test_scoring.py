"""Worked by hand, and true of any sheets whatever."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from competition.scoring import RatedSheet, check_stability, first_of, pair_of, rank, rounded

TWO_TO_ONE = {"innovation": 2, "market": 1}


def sheet(entry, juror, *points, names=("innovation", "market")):
    return RatedSheet(entry, juror, dict(zip(names, points, strict=True)))


def by_entry(standings):
    return {one.entry: one for one in standings}


# --- By hand


def test_a_worked_example():
    """Weights 2 and 1. A: (2·5+4)/3 = 4,666…, (2·4+3)/3 = 3,666…, (2·2+2)/3 = 2; B: (2·4+4)/3 = 4."""
    sheets = [sheet("A", 1, 5, 4), sheet("A", 2, 4, 3), sheet("A", 3, 2, 2), sheet("B", 1, 4, 4)]
    best, second = rank(["A", "B"], sheets, TWO_TO_ONE)
    assert (best.entry, best.place, best.mean, best.sheets) == ("B", 1, Decimal("4.00"), 1)
    # (14 + 11 + 6) / 9 = 3,444…
    assert (second.entry, second.place, second.mean, second.sheets) == ("A", 2, Decimal("3.44"), 3)
    assert (second.lowest, second.median, second.highest) == (Decimal("2.00"), Decimal("3.67"), Decimal("4.67"))
    # (5+4+2)/3 and (4+3+2)/3
    assert second.criterion_means == {"innovation": Decimal("3.67"), "market": Decimal("3.00")}


def test_the_median_of_an_even_number_of_sheets_lies_between_the_two_in_the_middle():
    sheets = [sheet("A", juror, points, points) for juror, points in enumerate((1, 2, 5, 5))]
    assert rank(["A"], sheets, TWO_TO_ONE)[0].median == Decimal("3.50")


def test_halves_are_rounded_up_and_once():
    # 4,125 → 4,13. From single sheets rounded before, 4,12 or 4,14 could come out.
    assert rounded(33, 8) == Decimal("4.13")
    assert rounded(1, 3) * 3 == Decimal("0.99")
    weights = {"a": 1, "b": 1, "c": 1}
    sheets = [
        sheet("A", 1, 5, 5, 4, names="abc"),
        sheet("A", 2, 5, 5, 4, names="abc"),
        sheet("A", 3, 5, 5, 4, names="abc"),
    ]
    assert rank(["A"], sheets, weights)[0].mean == Decimal("4.67")


def test_what_is_shown_as_equal_is_a_tie_even_where_a_thousandth_lies_between():
    weights = {"a": 200, "b": 1}
    sheets = [sheet("A", 1, 4, 4, names="ab"), sheet("B", 1, 4, 5, names="ab"), sheet("C", 1, 1, 1, names="ab")]
    standings = rank(["A", "B", "C"], sheets, weights)
    assert [(one.entry, one.place, one.is_tied) for one in standings] == [
        ("A", 1, True),
        ("B", 1, True),
        ("C", 3, False),
    ]
    assert standings[0].mean == standings[1].mean == Decimal("4.00")


def test_who_was_not_rated_has_no_place_and_no_zero():
    standings = rank(["A", "B"], [sheet("B", 1, 1, 1)], TWO_TO_ONE)
    assert [(one.entry, one.place, one.mean, one.sheets) for one in standings] == [
        ("B", 1, Decimal("1.00"), 1),
        ("A", None, None, 0),
    ]


def test_an_incomplete_sheet_does_not_count():
    half = RatedSheet("A", 1, {"innovation": 5})
    assert rank(["A"], [half, sheet("A", 2, 3, 3)], TWO_TO_ONE)[0].mean == Decimal("3.00")


def test_without_criteria_nothing_is_ranked():
    assert rank(["A"], [RatedSheet("A", 1, {})], {})[0].place is None


def test_a_clear_ranking_is_stable():
    sheets = [sheet(entry, juror, *points) for juror in range(4) for entry, points in CLEAR.items()]
    check = check_stability(list(CLEAR), sheets, TWO_TO_ONE)
    assert (check.first_is_stable, check.pair_is_stable, check.jurors) == (True, True, 4)
    assert (check.jurors_who_decide_first, check.criteria_that_decide_first) == (0, ())


CLEAR = {"A": (5, 5), "B": (4, 4), "C": (2, 2)}


def test_one_juror_may_decide_the_first():
    """A: 5 and 2 from two jurors = 3,5; B: 3 and 3. Without the first juror B leads, without the second A."""
    sheets = [sheet("A", 1, 5, 5), sheet("A", 2, 2, 2), sheet("B", 1, 3, 3), sheet("B", 2, 3, 3)]
    check = check_stability(["A", "B"], sheets, TWO_TO_ONE)
    assert (check.first_is_stable, check.jurors_who_decide_first) == (False, 1)
    assert (check.pair_is_stable, check.jurors_who_decide_pair) == (True, 0)


def test_a_tenth_of_a_weight_may_decide_the_first():
    """Weights 10 and 11. B leads with (30 + 55)/21 = 4,05 before A with (50 + 33)/21 = 3,95.

    With 11 and 11 they are equal, with 10 and 9,9 A leads.
    """
    weights = {"innovation": 10, "market": 11}
    sheets = [sheet("A", one, 5, 3) for one in range(5)] + [sheet("B", one, 3, 5) for one in range(5)]
    sheets += [sheet("C", one, 1, 1) for one in range(5)]
    assert first_of(rank(["A", "B", "C"], sheets, weights)) == {"B"}
    check = check_stability(["A", "B", "C"], sheets, weights)
    assert (check.first_is_stable, check.jurors_who_decide_first) == (False, 0)
    assert check.criteria_that_decide_first == ("innovation", "market")
    assert (check.pair_is_stable, check.criteria_that_decide_pair) == (True, ())


def test_the_second_place_may_hang_on_one_juror_while_the_first_does_not():
    """B: 5 and 1 = 3; C: 2 and 2 = 2. Without the first juror C is second."""
    sheets = [
        *(sheet("A", one, 5, 5) for one in (1, 2)),
        *(sheet("B", 1, 5, 4), sheet("B", 2, 1, 1)),
        *(sheet("C", one, 2, 2) for one in (1, 2)),
    ]
    check = check_stability(["A", "B", "C"], sheets, TWO_TO_ONE)
    assert (check.first_is_stable, check.pair_is_stable) == (True, False)
    assert (check.jurors_who_decide_first, check.jurors_who_decide_pair) == (0, 1)


def test_a_tie_is_never_stable():
    sheets = [sheet(entry, one, 4, 4) for entry in "ABC" for one in range(3)]
    check = check_stability(["A", "B", "C"], sheets, TWO_TO_ONE)
    assert (check.first_is_stable, check.pair_is_stable) == (False, False)
    assert check.jurors_who_decide_first == 0


def test_an_only_juror_decides_everything():
    check = check_stability(["A", "B"], [sheet("A", 1, 5, 5), sheet("B", 1, 1, 1)], TWO_TO_ONE)
    assert (check.first_is_stable, check.jurors_who_decide_first, check.jurors) == (False, 1, 1)


def test_nothing_rated_is_not_stable():
    check = check_stability(["A", "B"], [], TWO_TO_ONE)
    assert (check.first_is_stable, check.pair_is_stable, check.jurors) == (False, False, 0)


# --- Of any sheets

# A busy machine is no reason to fail.
unhurried = settings(deadline=None)

ENTRIES, JURORS, CRITERIA = "ABCDE", range(4), "xyz"
weights_of_three = st.fixed_dictionaries({name: st.integers(1, 9) for name in CRITERIA})
points_of_three = st.fixed_dictionaries({name: st.integers(1, 10) for name in CRITERIA})
#: (entry, juror) → points: a juror has one sheet for an entry, or none.
rated = st.dictionaries(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(JURORS)), points_of_three, max_size=20)


def sheets_of(table):
    return [RatedSheet(entry, juror, points) for (entry, juror), points in table.items()]


@unhurried
@given(rated, weights_of_three)
def test_every_entry_stands_in_the_ranking_once(table, weights):
    standings = rank(ENTRIES, sheets_of(table), weights)
    assert sorted(one.entry for one in standings) == sorted(ENTRIES)
    assert sum(one.sheets for one in standings) == len(table)


@unhurried
@given(rated, weights_of_three)
def test_the_figures_of_an_entry_agree_with_each_other(table, weights):
    for one in rank(ENTRIES, sheets_of(table), weights):
        if one.sheets:
            assert Decimal(1) <= one.lowest <= one.median <= one.highest <= Decimal(10)
            assert one.lowest <= one.mean <= one.highest
            assert min(one.criterion_means.values()) <= one.mean <= max(one.criterion_means.values())


@unhurried
@given(rated, weights_of_three)
def test_a_mean_is_the_exact_one_rounded_half_up(table, weights):
    total = sum(weights.values())
    for one in rank(ENTRIES, sheets_of(table), weights):
        own = [points for (entry, _), points in table.items() if entry == one.entry]
        if own:
            exact = sum(Fraction(sum(weights[name] * points[name] for name in CRITERIA), total) for points in own)
            hundredths = exact / len(own) * 100
            assert one.mean == Decimal(int(hundredths + Fraction(1, 2))) / 100


@unhurried
@given(rated, weights_of_three)
def test_places_follow_the_means_and_equal_means_share_one(table, weights):
    standings = [one for one in rank(ENTRIES, sheets_of(table), weights) if one.place]
    for one in standings:
        for other in standings:
            assert (one.mean > other.mean) == (one.place < other.place)
            assert (one.mean == other.mean) == (one.place == other.place)
        assert one.is_tied == (sum(one.place == other.place for other in standings) > 1)
        assert one.place == 1 + sum(other.mean > one.mean for other in standings)


@unhurried
@given(rated, weights_of_three, st.randoms(use_true_random=False), st.integers(2, 7))
def test_neither_the_order_of_sheets_nor_the_unit_of_weights_matters(table, weights, random, factor):
    sheets = sheets_of(table)
    shuffled = random.sample(sheets, len(sheets))
    larger = {name: weight * factor for name, weight in weights.items()}
    assert rank(ENTRIES, sheets, weights) == rank(ENTRIES, shuffled, larger)
    assert check_stability(ENTRIES, sheets, weights) == check_stability(ENTRIES, shuffled, larger)


@unhurried
@given(rated, weights_of_three, st.sampled_from(ENTRIES))
def test_better_points_for_an_entry_never_cost_it_its_place(table, weights, entry):
    assume(any(key[0] == entry for key in table))
    better = {
        key: {name: min(10, value + 1) for name, value in points.items()} if key[0] == entry else points
        for key, points in table.items()
    }
    before, after = (by_entry(rank(ENTRIES, sheets_of(one), weights))[entry] for one in (table, better))
    assert after.place <= before.place


@unhurried
@given(rated, weights_of_three)
def test_the_stability_check_says_what_leaving_out_a_juror_really_changes(table, weights):
    sheets = sheets_of(table)
    before, check = rank(ENTRIES, sheets, weights), check_stability(ENTRIES, sheets, weights)
    rankings = [rank(ENTRIES, [one for one in sheets if one.juror != juror], weights) for juror in JURORS]
    assert check.jurors_who_decide_first == sum(first_of(one) != first_of(before) for one in rankings)
    assert check.jurors_who_decide_pair == sum(pair_of(one) != pair_of(before) for one in rankings)


@unhurried
@given(rated, weights_of_three)
def test_with_weights_that_do_not_matter_no_weight_decides(table, weights):
    """Where a juror gives the same points in every criterion, means do not depend on weights."""
    level = {key: dict.fromkeys(CRITERIA, points["x"]) for key, points in table.items()}
    check = check_stability(ENTRIES, sheets_of(level), weights)
    assert (check.criteria_that_decide_first, check.criteria_that_decide_pair) == ((), ())


@pytest.mark.parametrize("weights", [{"a": 1}, {"a": 3, "b": 2}])
def test_a_hundred_and_fifty_entries_are_ranked_at_once(weights):
    entries = range(150)
    sheets = [
        RatedSheet(entry, juror, dict.fromkeys(weights, entry * juror % 5 + 1))
        for entry in entries
        for juror in range(12)
    ]
    assert len(rank(entries, sheets, weights)) == 150
    assert check_stability(entries, sheets, weights).jurors == 12
