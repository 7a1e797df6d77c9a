"""The ratings of a round as the office, the minutes and the exports see them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from competition.jury import finalists_of, without_recused
from competition.models import Category, Entry, Round, Sheet, VoteCount
from competition.models.prizes import alphabetical
from competition.recusals import is_recused_of_any, recused_categories
from competition.scoring import Stability, Standing, check_stability, first_of, pair_of, rank

# Of an entry, what a ranking shows: the long texts stay in the database.
SHOWN = ("organisation", "further_organisations", "title", "town", "category", "edition", "slug")


@dataclass(frozen=True)
class Ranking:
    """Of one cluster. `is_partial` for a reader who is recused of an entry: then without places, and alphabetical."""

    category: Category
    criteria: list
    standings: list[Standing]
    stability: Stability | None
    is_partial: bool

    @property
    def sheets(self):
        return sum(one.sheets for one in self.standings)

    @property
    def has_ties(self):
        return any(one.is_tied for one in self.standings)

    @property
    def rows(self):
        """[(standing, its mean in each criterion)], as a table shows them."""
        keys = [criterion.pk for criterion in self.criteria]
        return [(one, [one.criterion_means.get(key) for key in keys]) for one in self.standings]

    @property
    def criteria_that_decide_first(self):
        return [one for one in self.criteria if one.pk in self.stability.criteria_that_decide_first]

    @property
    def criteria_that_decide_pair(self):
        return [one for one in self.criteria if one.pk in self.stability.criteria_that_decide_pair]

    def departs(self, first, second):
        """Whether the ranking would have had others. To choose among equals is no departure."""
        best = first_of(self.standings)
        is_ranked = bool(best)
        return is_ranked and (first not in best or not {first, second} - {None} <= pair_of(self.standings))

    def as_record(self):
        """As a decision keeps it."""
        return [
            {
                "entry": one.entry.pk,
                "name": str(one.entry),
                "place": one.place,
                "is_tied": one.is_tied,
                "mean": str(one.mean) if one.mean is not None else None,
                "sheets": one.sheets,
            }
            for one in self.standings
        ]


def read_record(record):
    """A ranking as a decision has kept it; numbers are numbers again."""
    return [row | {"mean": Decimal(row["mean"])} if row.get("mean") else row for row in record]


def categories_of(round_):
    return list(
        Category.objects.filter(panel_categories__round=round_).select_related("cluster").order_by("cluster__order")
    )


def rankings_of(round_, *, reader=None, categories=None):
    """Every cluster's ranking of a cluster round, or those asked for. Without a reader: all of it, for the record."""
    categories = categories_of(round_) if categories is None else categories
    criteria = list(round_.edition.criteria.all())
    entries = Entry.objects.filter(category__in=categories)
    visible = without_recused(entries, reader) if reader else entries
    partial = recused_categories(reader, entries) if reader else set()
    by_category = defaultdict(list)
    for entry in alphabetical(visible.only(*SHOWN)):
        by_category[entry.category_id].append(entry)
    sheets = rated_sheets(round_, categories)
    return [
        _ranking(category, criteria, by_category[category.pk], sheets[category.pk], category.pk in partial)
        for category in categories
    ]


def ranking_of(round_, category, *, reader=None):
    return rankings_of(round_, reader=reader, categories=[category])[0]


def rated_sheets(round_, categories):
    """By category: the sheets that count, as numbers."""
    counting = Sheet.objects.counting().filter(member__panel__round=round_, entry__category__in=categories)
    return counting.rated_by_category()


def _ranking(category, criteria, entries, sheets, is_partial):
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    by_key = {entry.pk: entry for entry in entries}
    standings = [_with_entry(one, by_key) for one in rank(list(by_key), sheets, weights)]
    if is_partial:
        order = list(by_key)
        standings = [_without_place(one) for one in sorted(standings, key=lambda one: order.index(one.entry.pk))]
    stability = None if is_partial else check_stability(list(by_key), sheets, weights)
    return Ranking(category, criteria, standings, stability, is_partial)


def _with_entry(standing, by_key):
    return Standing(**vars(standing) | {"entry": by_key[standing.entry]})


def _without_place(standing):
    # The gap would name the place of the entry that is not shown.
    return Standing(**vars(standing) | {"place": None, "is_tied": False})


# --- the secret ballot


@dataclass(frozen=True)
class VoteStanding:
    entry: Entry
    votes: int
    place: int
    is_tied: bool


def vote_result(round_, *, reader=None):
    """Most votes first. None before the end, by the database's clock, and for who is recused of a finalist.

    How many have voted is known, so the votes of all others would tell those of the one.
    """
    is_over = Round.objects.over().filter(pk=round_.pk, kind=Round.Kind.FINAL).exists()
    finalists = finalists_of(round_)
    if not is_over or (reader and is_recused_of_any(reader, finalists)):
        return None
    entries = alphabetical(finalists.only(*SHOWN))
    counted = VoteCount.objects.filter(round=round_).values_list("finalist__entry", "votes")
    votes = dict.fromkeys((entry.pk for entry in entries), 0) | dict(counted)
    numbers = [votes[entry.pk] for entry in entries]
    standings = [
        VoteStanding(
            entry,
            votes[entry.pk],
            place=1 + sum(number > votes[entry.pk] for number in numbers),
            is_tied=numbers.count(votes[entry.pk]) > 1,
        )
        for entry in entries
    ]
    return sorted(standings, key=lambda one: one.place)
