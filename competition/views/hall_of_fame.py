import math
from dataclasses import dataclass, field

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Subquery, Value, When
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from competition.booklet import public_editions
from competition.charts import large_chart, small_charts
from competition.figures import as_csv, read_figures
from competition.models import Award, Edition, Entry
from competition.structured_data import figures_json_ld
from competition.views.edition import award_crumb
from publishing import name_search
from publishing.licence import DATA_LICENCE, with_licence
from publishing.lists import Choice, Filter, FilteredList, NameFilter
from publishing.site_version import kept
from publishing.slugs import german_slug
from publishing.views import HOME

KINDS = {
    "gesamtsieg": Award.Kind.OVERALL,
    "clustersieg": Award.Kind.CLUSTER,
    "lokaler-preis": Award.Kind.LOCAL,
    "sonderpreis": Award.Kind.SPECIAL,
}
KIND_CHOICES = [
    Choice("gesamtsieg", "Gesamtsieg"),
    Choice("clustersieg", "Clustersieg"),
    Choice("lokaler-preis", "Lokale Preise"),
    Choice("sonderpreis", "Sonderpreise"),
]


@dataclass
class Year:
    """A year of the wall; without winners where none are known or nothing was awarded."""

    edition: Edition
    entries: list[Entry] = field(default_factory=list)


def winners():
    """By year, the overall winner first; each with `announced_awards`."""
    weight = Case(*(When(kind=kind, then=Value(number)) for number, kind in enumerate(Award.Kind)))
    heaviest = Award.objects.filter(entry=OuterRef("pk")).annotate(weight=weight).order_by("weight")
    awards = Award.objects.announced().annotate(weight=weight).order_by("weight", "place", "pk")
    return (
        Entry.objects.winners()
        .select_related("edition", "category__cluster")
        .prefetch_related(Prefetch("awards", awards.select_related("local_prize"), to_attr="announced_awards"))
        .defer("body", "team", "edition__body", "edition__participation", "category__cluster__description")
        .annotate(
            weight=Subquery(heaviest.values("weight")[:1], output_field=IntegerField()),
            local_order=Subquery(heaviest.values("local_prize__order")[:1]),
            local_city=Subquery(heaviest.values("local_prize__city")[:1]),
            place=Subquery(heaviest.values("place")[:1]),
        )
        .order_by(
            *("-edition__year", "weight", "local_order", "local_city", "place", "category__cluster__order", "slug")
        )
    )


class HallOfFame(FilteredList):
    """A wall by year of everybody who ever won, and the figures over the years."""

    queryset = winners()
    template_name = "competition/hall_of_fame.html"
    context_object_name = "winners"
    paginate_by = 100

    title = "Preisträger seit 2005"
    description = (
        "Alle Preisträger des IQ Innovationspreises Mitteldeutschland nach Jahr, Cluster, Ort und Preis, "
        "dazu die Bewerbungen über die Jahre."
    )

    def get_filters(self):
        self.editions = list(public_editions())
        facets = kept(self.request, "competition.facets of winners", facets_of_winners)
        self.towns = facets["towns"]
        years = [Choice(str(one.year), str(one.year)) for one in self.editions if one.winners_are_public]
        return [
            NameFilter("q", "Name"),
            Filter("cluster", "Cluster", [Choice(*one) for one in facets["clusters"]], "Alle Cluster"),
            Filter("stadt", "Ort", [Choice(slug, names[0]) for slug, names in self.towns.items()], "Alle Orte"),
            Filter("preis", "Preis", KIND_CHOICES, "Alle Preise"),
            Filter("jahr", "Jahr", years, "Alle Jahre"),
        ]

    def filter_queryset(self, queryset, chosen):
        if "q" in chosen:
            queryset = queryset.filter(name_search.named(chosen["q"], "organisation", "further_organisations", "title"))
        if "cluster" in chosen:
            queryset = queryset.filter(category__cluster__slug=chosen["cluster"])
        if "stadt" in chosen:
            queryset = queryset.filter(town__in=self.towns[chosen["stadt"]])
        if "preis" in chosen:
            of_kind = Award.objects.filter(entry=OuterRef("pk"), kind=KINDS[chosen["preis"]])
            queryset = queryset.filter(Exists(of_kind))
        if "jahr" in chosen:
            queryset = queryset.filter(edition__year=int(chosen["jahr"]))
        return queryset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shows_figures = not self.chosen and context["page_obj"].number == 1
        return context | {
            "title": self.title,
            "description": self.description,
            "breadcrumbs": [HOME, award_crumb(), (self.title, reverse("competition:hall-of-fame"))],
            "feeds": [("Atom", reverse("competition:atom"))],
            "years": self.years_of(context["page_obj"]),
            "figures": figures_context(self.editions) if shows_figures else None,
            "structured_data": figures_json_ld(self.title, self.description) if shows_figures else None,
        }

    def years_of(self, page):
        """The page's winners by year. The whole wall also has the years that left none."""
        years = {}
        for entry in page.object_list:
            years.setdefault(entry.edition.year, Year(entry.edition)).entries.append(entry)
            for award in entry.announced_awards:
                award.edition, award.category = entry.edition, award.category_id and entry.category
        for edition in self._years_without_winners(page, years):
            years[edition.year] = Year(edition)
        return [years[year] for year in sorted(years, reverse=True)]

    def _years_without_winners(self, page, years):
        if set(self.chosen) - {"jahr"}:
            return []
        if "jahr" in self.chosen:
            return [one for one in self.editions if not years and str(one.year) == self.chosen["jahr"]]
        after = min(years, default=0) if page.has_next() else 0
        before = last_year_above(page) if page.has_previous() else math.inf
        return [
            one
            for one in self.editions
            if after < one.year < before and one.year not in years and (one.is_suspended or one.winners_are_public)
        ]


def last_year_above(page):
    """The last year of the page before: a year without winners between two pages stands on the later one."""
    years = page.paginator.object_list.prefetch_related(None).values_list("edition__year", flat=True)
    return years[page.start_index() - 2]


def facets_of_winners():
    """Clusters and towns to choose from: {„halle-saale“: [„Halle (Saale)“], …} finds every spelling of a town."""
    rows = Entry.objects.winners().order_by("category__cluster__order", "category__cluster__name", "town")
    fields = ("category__cluster__slug", "category__cluster__name", "town")
    clusters, towns = {}, {}
    for slug, name, town in rows.values_list(*fields).distinct():
        if slug:
            clusters[slug] = name
        if town and town not in (spellings := towns.setdefault(german_slug(town), [])):
            spellings.append(town)
    return {"clusters": list(clusters.items()), "towns": dict(sorted(towns.items()))}


def figures_context(editions):
    figures = read_figures(editions)
    return {
        "all": figures,
        "total": large_chart(figures.total_rows, "Bewerbungen je Wettbewerbsjahr"),
        "clusters": small_charts(figures.cluster_rows, figures.clusters),
        "states": small_charts(figures.state_rows, figures.states),
        "as_of": timezone.localdate(),
        "licence": DATA_LICENCE,
    }


@require_safe
def figures_csv(request):
    response = HttpResponse(as_csv(read_figures(public_editions())), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="iq-innovationspreis-zahlen.csv"'
    return with_licence(response)
