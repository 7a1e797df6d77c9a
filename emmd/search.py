"""The page `/suche/` and what belongs to it. What is found, and what may be, is the business of publishing.search."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from publishing import name_search
from publishing.lists import Choice, Filter, FilteredList, NameFilter
from publishing.models import SearchDocument
from publishing.models.published import FIRST_YEAR, LAST_YEAR
from publishing.search import spelling
from publishing.search.query import Search
from publishing.search.snippets import marked, snippet
from publishing.search.sources import SOURCES
from publishing.views import HOME, absolute

WORDS, KIND, YEAR = "q", "art", "jahr"
LONGEST, MOST_WORDS = 200, 12
SUGGESTIONS, SHORTEST_SUGGESTED = 8, 2
SHOWN = ("path", "title", "label", "text", "day", "year")


def cleaned(text):
    return name_search.cleaned(text, longest=LONGEST, most_words=MOST_WORDS)


@dataclass
class WordsFilter(NameFilter):
    was_shortened: bool = field(default=False, init=False)

    def choose(self, value):
        words = cleaned(value)
        self.was_shortened = len(value) > LONGEST or len(value.split()) > MOST_WORDS
        self.chosen = Choice(words, f"„{words}“") if words else None
        return True


@dataclass(frozen=True)
class FilterLink:
    label: str
    count: int
    query: str
    is_chosen: bool


class SearchPage(FilteredList):
    """At most eight questions: site version, vocabulary, counts and documents; three more where nothing is found."""

    template_name = "search/page.html"
    queryset = SearchDocument.objects.none()
    paginate_by = 10

    def get_filters(self):
        kinds = [Choice(source.name, source.label) for source in SOURCES.values()]
        years = [Choice(str(year), str(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
        return [WordsFilter(WORDS, "Suche"), Filter(KIND, "Art", kinds), Filter(YEAR, "Jahr", years)]

    def filter_queryset(self, queryset, chosen):
        self.search = Search(chosen.get(WORDS, ""))
        self.kind, self.year = chosen.get(KIND), int(chosen[YEAR]) if YEAR in chosen else None
        if self.filters[0].was_shortened:
            self.hints.append("Ihre Eingabe war sehr lang. Gesucht wurde mit ihrem Anfang.")
        if not self.search.terms:
            return queryset
        documents = self.search.documents()
        if self.kind:
            documents = documents.filter(source=self.kind)
        if self.year:
            documents = documents.filter(year=self.year)
        return self.search.best_first(documents).only(*SHOWN)

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if self.search.terms:
            # Known from the counts of the filters.
            paginator.count = self.search.counts.total(self.kind, self.year)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words = self.chosen.get(WORDS, "")
        return (
            context
            | {
                "title": f"Suche nach „{words}“" if words else "Suche",
                "description": "Nachrichten, Termine, Wettbewerb, Cluster, Netzwerke und Dokumente der Metropolregion.",
                "breadcrumbs": [HOME, ("Suche", reverse("search"))],
                "words": words,
                "results": [self.shown(document) for document in context["page_obj"]],
                "kinds": self.kind_links(),
                "years": self.year_links(),
            }
            | (self.other_ways() if words and not context["count"] else {})
        )

    def shown(self, document):
        stems = self.search.all_stems
        return {
            "document": document,
            "title": marked(document.title, stems),
            "snippet": snippet(document.text, stems),
        }

    # --- filters

    def kind_links(self):
        if not self.search.terms:
            return []
        numbers = self.search.counts.by_source(self.year)
        labels = {source.name: source.label for source in SOURCES.values()}
        return self.links(KIND, self.kind, [(name, label, numbers.get(name, 0)) for name, label in labels.items()])

    def year_links(self):
        if not self.search.terms:
            return []
        numbers = self.search.counts.by_year(self.kind)
        return self.links(YEAR, self.year, [(year, str(year), number) for year, number in numbers.items()])

    def links(self, name, chosen, values):
        """Each value that has something, and the chosen one, whose link leads back to all."""
        shown = [one for one in values if one[2] or one[0] == chosen]
        return [
            FilterLink(label, number, self.query_with(**{name: None if value == chosen else value}), value == chosen)
            for value, label, number in shown
        ]

    def query_with(self, **changed):
        return urlencode({name: value for name, value in (self.chosen | changed).items() if value is not None})

    # --- where nothing is found

    def other_ways(self):
        if without_filters := self.search.counts.total():
            return {"unfiltered": {"query": urlencode({WORDS: self.chosen[WORDS]}), "count": without_filters}}
        numbers = self.search.counts_of_single_terms()
        corrected = spelling.correction(self.search, numbers)
        single = [(term.typed, number) for term, number in numbers.items() if number] if len(numbers) > 1 else []
        return {
            "corrected": corrected and {"words": corrected, "query": urlencode({WORDS: corrected})},
            "single_words": [
                {"words": typed, "count": number, "query": urlencode({WORDS: typed})} for typed, number in single
            ],
        }


@require_safe
def suggestions(request):
    """Titles of visible pages, in the form browsers know from OpenSearch: words, titles, kinds, addresses."""
    words = cleaned(request.GET.get(WORDS, ""))
    search, found = Search(words), {}
    if search.terms and len(words) >= SHORTEST_SUGGESTED:
        for document in search.best_first(search.documents(in_title=True)).only(*SHOWN)[: 2 * SUGGESTIONS]:
            found.setdefault(document.title, document)
    documents = list(found.values())[:SUGGESTIONS]
    columns = ("title", "label", "path")
    answer = [words, *([getattr(document, name) for document in documents] for name in columns)]
    response = JsonResponse(answer, safe=False, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def opensearch(request):
    context = {
        "search_address": absolute(reverse("search")),
        "suggestions_address": absolute(reverse("search-suggestions")),
        "own_address": absolute(reverse("opensearch")),
        "icon_address": absolute(static("img/favicon.svg")),
    }
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def search_action():
    """For the WebSite of structured data."""
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.SITE_URL}{reverse('search')}?{WORDS}={{words}}"},
        "query-input": "required name=words",
    }
