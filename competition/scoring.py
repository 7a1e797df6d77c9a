"""From rating sheets to a ranking. Only arithmetic: which sheets count, and who may see what, is said elsewhere.

One rule of rounding: a figure is one division, rounded once, half up, to two places. Entries are compared by these
figures and by nothing finer: a difference nobody can see decides nothing.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

SMALLEST = Decimal("0.01")
FINALISTS = 2
# Weights are counted in tenths, so that a tenth more or less is still a whole number.
TENTHS, A_TENTH_LESS, A_TENTH_MORE = 10, 9, 11


@dataclass(frozen=True)
class RatedSheet:
    """`points` maps criteria to points. A sheet that leaves one out does not count: nothing is taken as zero."""

    entry: Hashable
    juror: Hashable
    points: Mapping


@dataclass(frozen=True)
class Standing:
    """`place` is None where nobody has rated the entry. Equal means share a place, and `is_tied` says so."""

    entry: Hashable
    sheets: int = 0
    mean: Decimal | None = None
    median: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    criterion_means: Mapping = field(default_factory=dict)
    place: int | None = None
    is_tied: bool = False


@dataclass(frozen=True)
class Stability:
    """Whether the first, and the two finalists, stay the same without one juror or with one weight a tenth apart."""

    first_is_stable: bool
    pair_is_stable: bool
    jurors: int
    jurors_who_decide_first: int
    jurors_who_decide_pair: int
    criteria_that_decide_first: tuple
    criteria_that_decide_pair: tuple


def rounded(numerator, denominator):
    return (Decimal(numerator) / Decimal(denominator)).quantize(SMALLEST, ROUND_HALF_UP)


def rank(entries, sheets, weights):
    """Best first, then what nobody has rated; entries of one place in the order in which they came."""
    counting = _by_entry(entries, sheets, weights)
    measured = [_standing(entry, counting[entry], weights) for entry in entries]
    means = Counter(one.mean for one in measured if one.mean is not None)
    placed = [_placed(one, means) for one in measured]
    return sorted(placed, key=lambda one: (one.place is None, one.place or 0))


def check_stability(entries, sheets, weights):
    sheets = list(sheets)
    before = rank(entries, sheets, weights)
    jurors = {one.juror for one in sheets if _is_complete(one, weights)}
    without = [rank(entries, [one for one in sheets if one.juror != juror], weights) for juror in jurors]
    moved = [
        (criterion, rank(entries, sheets, _with_weight_moved(weights, criterion, tenths)))
        for criterion in weights
        for tenths in (A_TENTH_LESS, A_TENTH_MORE)
    ]

    def jurors_changing(group):
        return sum(group(after) != group(before) for after in without)

    def criteria_changing(group):
        # Once each, in their order, whichever way the weight has moved.
        return tuple(dict.fromkeys(criterion for criterion, after in moved if group(after) != group(before)))

    first_jurors, pair_jurors = jurors_changing(first_of), jurors_changing(pair_of)
    first_criteria, pair_criteria = criteria_changing(first_of), criteria_changing(pair_of)
    return Stability(
        first_is_stable=len(first_of(before)) == 1 and not first_jurors and not first_criteria,
        pair_is_stable=len(pair_of(before)) == min(FINALISTS, len(entries)) and not pair_jurors and not pair_criteria,
        jurors=len(jurors),
        jurors_who_decide_first=first_jurors,
        jurors_who_decide_pair=pair_jurors,
        criteria_that_decide_first=first_criteria,
        criteria_that_decide_pair=pair_criteria,
    )


def first_of(standings):
    """More than one where the best are equal."""
    return frozenset(one.entry for one in standings if one.place == 1)


def pair_of(standings):
    """The two best; more where the second place is shared."""
    return frozenset(one.entry for one in standings if one.place is not None and one.place <= FINALISTS)


def _by_entry(entries, sheets, weights):
    counting = {entry: [] for entry in entries}
    for sheet in sheets:
        if sheet.entry in counting and _is_complete(sheet, weights):
            counting[sheet.entry].append(sheet)
    return counting


def _is_complete(sheet, weights):
    return bool(weights) and all(criterion in sheet.points for criterion in weights)


def _standing(entry, sheets, weights):
    if not sheets:
        return Standing(entry)
    total_weight = sum(weights.values())
    sums = sorted(_weighted_sum(sheet, weights) for sheet in sheets)
    middle_sums = sums[(len(sums) - 1) // 2], sums[len(sums) // 2]
    return Standing(
        entry,
        sheets=len(sums),
        mean=rounded(sum(sums), len(sums) * total_weight),
        median=rounded(sum(middle_sums), 2 * total_weight),
        lowest=rounded(sums[0], total_weight),
        highest=rounded(sums[-1], total_weight),
        criterion_means=_criterion_means(sheets, weights),
    )


def _weighted_sum(sheet, weights):
    return sum(weight * sheet.points[criterion] for criterion, weight in weights.items())


def _criterion_means(sheets, weights):
    sums = {criterion: sum(sheet.points[criterion] for sheet in sheets) for criterion in weights}
    return {criterion: rounded(points, len(sheets)) for criterion, points in sums.items()}


def _placed(standing, means):
    if standing.mean is None:
        return standing
    better = sum(number for mean, number in means.items() if mean > standing.mean)
    return replace(standing, place=better + 1, is_tied=means[standing.mean] > 1)


def _with_weight_moved(weights, moved, tenths):
    return {criterion: weight * (tenths if criterion == moved else TENTHS) for criterion, weight in weights.items()}
