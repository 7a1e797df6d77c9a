"""A question to the index. What is visible is asked of the rooms with every query; hidden rows change no answer.

The order is the same on both databases and can be said in a sentence: the title that is the question, then its words in
the title, parts of words in the title, its words in the text; then what has no date, then the newest.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, F, Q, Value, When

from publishing.models import SearchDocument, SearchWord
from publishing.search import backends
from publishing.search.words import SHORTEST_BEGINNING, SHORTEST_PART, Question

MOST_ALTERNATIVES = 300
WHOLE_TITLE, WORDS_IN_TITLE, PARTS_IN_TITLE, WORDS_IN_TEXT = 8, 4, 2, 1


class Search:
    """One query for the vocabulary, one for the counts, one for a page of documents."""

    def __init__(self, text):
        self.question = Question.read(text)

    @property
    def terms(self):
        return self.question.terms

    @cached_property
    def alternatives(self):
        """{term: stems of which one must be found}: the word itself, what begins with it, compounds with it."""
        candidates = Q(pk__in=[])
        for term in self.terms:
            if len(term.folded) >= SHORTEST_PART:
                candidates |= Q(stem__contains=term.stem) | Q(folded__contains=term.folded)
            elif len(term.folded) >= SHORTEST_BEGINNING:
                candidates |= Q(folded__startswith=term.folded)
        words = sorted(SearchWord.objects.filter(candidates).values_list("stem", "folded"), key=_shortest_first)
        return {term: self._stems_for(term, words) for term in self.terms}

    def _stems_for(self, term, words):
        found = (stem for stem, folded in words if term.is_in(folded, stem))
        return list(dict.fromkeys([term.stem, *found]))[:MOST_ALTERNATIVES]

    @property
    def all_stems(self):
        return frozenset(stem for stems in self.alternatives.values() for stem in stems)

    # --- documents

    def documents(self, *, in_title=False):
        """Visible ones with every term and phrase, in no order."""
        if not self.terms:
            return SearchDocument.objects.none()
        groups = list(self.alternatives.values())
        found = SearchDocument.objects.visible().filter(pk__in=backends.matching(groups, in_title=in_title))
        for phrase in self.question.phrases:
            found = found.filter(folded__contains=f" {phrase} ")
        return found

    def best_first(self, documents):
        parts = list(self.alternatives.values())
        words = [[term.stem] for term in self.terms]
        asked = " ".join(term.folded for term in self.terms)
        weights = (
            (Q(folded__startswith=f" {asked} |"), WHOLE_TITLE),
            (Q(pk__in=backends.matching(words, in_title=True)), WORDS_IN_TITLE),
            (Q(pk__in=backends.matching(parts, in_title=True)), PARTS_IN_TITLE),
            (Q(pk__in=backends.matching(words)), WORDS_IN_TEXT),
        )
        rank = sum(Case(When(condition, then=Value(weight)), default=Value(0)) for condition, weight in weights)
        return documents.annotate(rank=rank).order_by(
            "-rank", F("year").desc(nulls_first=True), F("day").desc(nulls_first=True), "path"
        )

    @cached_property
    def counts(self):
        """How many documents of each source and year."""
        rows = self.documents().values_list("source", "year").annotate(number=Count("pk")).order_by()
        return Counts({(source, year): number for source, year, number in rows})

    def counts_of_single_terms(self):
        """{term: number of visible documents}; says which of several words is found nowhere."""
        conditions = {
            f"term_{number}": Q(pk__in=backends.matching([stems]))
            for number, stems in enumerate(self.alternatives.values())
        }
        counted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
        numbers = SearchDocument.objects.visible().aggregate(**counted) if counted else {}
        return dict(zip(self.terms, numbers.values(), strict=True))


@dataclass(frozen=True)
class Counts:
    of: dict

    def total(self, source=None, year=None):
        return sum(self._matching(source, year).values())

    def by_source(self, year=None):
        return self._summed(0, self._matching(None, year))

    def by_year(self, source=None):
        """Newest first; what has no year is counted in no year."""
        numbers = self._summed(1, self._matching(source, None))
        return {year: numbers[year] for year in sorted(filter(None, numbers), reverse=True)}

    def _matching(self, source, year):
        return {key: number for key, number in self.of.items() if source in (None, key[0]) and year in (None, key[1])}

    def _summed(self, position, numbers):
        sums = Counter()
        for key, number in numbers.items():
            sums[key[position]] += number
        return sums


def _shortest_first(word):
    stem, folded = word
    return len(stem), stem, folded
