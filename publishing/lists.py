"""Lists with filters in the address: German names, combinable, shareable, forgiving."""

import re
from dataclasses import dataclass, field
from typing import ClassVar

from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.views.generic import ListView

from publishing import name_search
from publishing.site_version import kept
from publishing.text import without_control_characters

#: Added to addresses by others on the way here: no filter was meant.
NOT_MEANT_FOR_US = re.compile(r"utm_.*|mtm_.*|pk_.*|_ga|.*clk?id|mc_[ce]id")
LONGEST_LIST_OF_HINTS = 5


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int | None = None


@dataclass
class Filter:
    """One parameter of the address. `choices` are all values it can take; any other is ignored with a hint."""

    name: str
    label: str
    choices: list[Choice]
    everything_label: str = "Alle"
    takes_any_words: ClassVar[bool] = False
    chosen: Choice | None = field(default=None, init=False)

    def choose(self, value):
        self.chosen = next((choice for choice in self.choices if choice.value == value), None)
        return self.chosen is not None


@dataclass
class NameFilter(Filter):
    """Words of the visitor's own, to be looked for in names with publishing.name_search."""

    choices: list[Choice] = field(default_factory=list)
    takes_any_words: ClassVar[bool] = True

    def choose(self, value):
        words = name_search.cleaned(value)
        self.chosen = Choice(words, f"„{words}“") if words else None
        return True


class GermanPaginator(Paginator):
    def page_from_address(self, raw):
        """The page asked for, and whether the number was one of this list's. Out of range: the nearest page."""
        if not raw:
            return self.page(1), True
        # Nine digits are more pages than any list has; int() refuses thousands of them.
        number = int(raw.lstrip("0")[:9] or 0) if raw.isascii() and raw.isdigit() else 0
        nearest = min(max(number, 1), self.num_pages)
        return self.page(nearest), raw == str(nearest)


class FilteredList(ListView):
    """A ListView whose filters and page number come from the address.

    Subclasses name their filters in `get_filters()` and apply the chosen values in `filter_queryset()`.
    """

    paginator_class = GermanPaginator
    page_kwarg = "seite"

    def get_filters(self):
        return []

    def filter_queryset(self, queryset, chosen):
        """`chosen` maps filter names to known values; filters without a value are absent."""
        return queryset

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if any(one.takes_any_words for one in self.filters if one.chosen):
            return paginator
        address = f"{self.request.path}?{urlencode(self.chosen)}"
        paginator.count = kept(self.request, f"count of {address}", queryset.count)
        return paginator

    def get_queryset(self):
        self.hints = []
        self.filters = self.get_filters()
        for one in self.filters:
            raw = self.request.GET.get(one.name, "")
            if raw and not one.choose(raw):
                self.hints.append(
                    f"„{shortened(raw)}“ kennen wir bei „{one.label}“ nicht. Dieser Filter wurde weggelassen."
                )
        self.chosen = {one.name: one.chosen.value for one in self.filters if one.chosen}
        return self.filter_queryset(super().get_queryset(), self.chosen)

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page, was_known = paginator.page_from_address(self.request.GET.get(self.page_kwarg, ""))
        if not was_known:
            self.hints.append(
                f"Diese Seitenzahl gibt es hier nicht. Sie sehen Seite {page.number} von {paginator.num_pages}."
            )
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.hints:
            # Only addresses with known values are kept in the page cache, so that invented ones cannot fill it.
            asked = {name for name, value in self.request.GET.items() if value}
            known = {one.name for one in self.filters if not (one.takes_any_words and one.name in asked)}
            self.request.understood_parameters = known | {self.page_kwarg}
        page = context["page_obj"]
        return context | {
            "filters": self.filters,
            "filter_labels": [one.chosen.label for one in self.filters if one.chosen],
            "is_filtered": bool(self.chosen),
            "hints": self.hints,
            "count": page.paginator.count,
            "filter_query": urlencode(self.chosen),
            "page_links": [
                number if isinstance(number, int) else None
                for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
            ],
            "canonical_query": self.canonical_query(page),
        }

    def canonical_query(self, page):
        pages = {self.page_kwarg: page.number} if page.number > 1 else {}
        return urlencode(self.chosen | pages)


def hints_about_names(parameters, known):
    """Of filters that do not exist here, as far as somebody has meant one."""
    unknown = [name for name in parameters if name not in known and not NOT_MEANT_FOR_US.fullmatch(name)]
    return [f"Einen Filter „{shortened(name)}“ gibt es hier nicht." for name in unknown[:LONGEST_LIST_OF_HINTS]]


def hints_about_repeated(parameters, labels):
    """`labels` are the names that may stand in an address once, as visitors read them."""
    return [
        f"„{label}“ steht mehrmals in der Adresse. Es gilt die letzte Angabe."
        for name, label in labels.items()
        if len(parameters.getlist(name)) > 1
    ]


def shortened(text, limit=40):
    text = without_control_characters(text)
    return text if len(text) <= limit else f"{text[:limit]}…"
