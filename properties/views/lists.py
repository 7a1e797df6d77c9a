from django.db.models import Count, Prefetch, Sum
from django.utils.http import urlencode

from properties.amounts import plain
from properties.dataset import FORMATS, dataset_json_ld
from properties.filters import ListingFilters
from properties.kinds import HALL, LAND
from properties.models import Distance, Hall, Listing
from properties.models.selection import LARGEST_RADIUS_KM
from properties.models.terms import Kind
from properties.remembered import Remembered, can_be_remembered
from properties.sorting import FRESHEST, in_order, sort_choices
from properties.words import M2_PER_HECTARE
from publishing.licence import DATA_LICENCE
from publishing.lists import Choice, Filter, FilteredList
from publishing.numbers import with_unit
from publishing.site_version import kept
from publishing.views import HOME

PAGE_SIZES = ("20", "50", "100")
SORT, PAGE_SIZE, REMEMBERED = "sortierung", "je-seite", "gemerkt"

#: After the object itself.
COLUMNS = {
    Kind.LAND: ("Fläche", "Gebiet", "Preis", "Autobahn", "Verfügbar", "Stand"),
    Kind.HALL: ("Fläche", "Ausstattung", "Miete", "Autobahn", "Verfügbar", "Stand"),
}

SHOWN_OF_HALLS = ("hall_area", "clear_height", "crane_load", "gates_ground", "gates_ramp")


class ListingList(FilteredList):
    """Land or halls that fit the address, with their key facts in columns."""

    pages = None
    context_object_name = "listings"
    template_name = "properties/listing_list.html"
    paginate_by = int(PAGE_SIZES[0])
    #: What else an address of this page may hold.
    further = ()

    def get_queryset(self):
        parameters = self.request.GET
        self.remembered = Remembered.from_address(parameters.get(REMEMBERED, ""))
        self.page_size = Filter(PAGE_SIZE, "Je Seite", [Choice(size, size) for size in PAGE_SIZES])
        self.listing_filters = ListingFilters(
            parameters,
            kind=self.pages.kind,
            request=self.request,
            carried={PAGE_SIZE: "", SORT: "", REMEMBERED: self.remembered.parameter},
            further=(self.page_kwarg, *self.further),
        )
        self.sort = Filter(SORT, "Sortierung", sort_choices(self.listing_filters))
        self.hints = [*self.listing_filters.hints, *self.remembered.hints]
        for field, usual in ((self.page_size, PAGE_SIZES[0]), (self.sort, FRESHEST)):
            self._carry(field, usual)
        self.filters, self.chosen = [], self.listing_filters.chosen
        listings = self.listing_filters.apply(list_rows(self.pages.kind))
        return in_order(listings, self.sort.chosen and self.sort.chosen.value, self.pages.kind)

    def _carry(self, field, usual):
        raw = self.request.GET.get(field.name, "")
        if raw and not field.choose(raw):
            self.hints.append(f"„{field.label}“ wurde weggelassen: {self._why_not(field)}")
        if field.chosen and field.chosen.value != usual:
            self.listing_filters.carried[field.name] = field.chosen.value

    def _why_not(self, field):
        if field.name == SORT and self.request.GET[SORT] == "entfernung":
            return "Nach Entfernung geht es, sobald ein Ort für den Umkreis gewählt ist."
        labels = ", ".join(choice.label for choice in field.choices)
        return f"Möglich ist {labels}."

    def get_paginate_by(self, queryset):
        return int(self.page_size.chosen.value) if self.page_size.chosen else self.paginate_by

    def get_paginator(self, queryset, per_page, **kwargs):
        """Count and area in one question, kept where many ask it."""
        paginator = super(FilteredList, self).get_paginator(queryset, per_page, **kwargs)
        filters = self.listing_filters
        if filters.is_common:
            name = f"totals of {filters.kind}?{filters.canonical_address()}"
            totals = kept(self.request, name, lambda: totals_of(filters))
        else:
            totals = totals_of(filters)
        paginator.count, self.hectares = totals
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        filters = self.listing_filters
        understood = {*filters.understood, self.page_kwarg, PAGE_SIZE, SORT}
        self.request.understood_parameters = understood if not self.hints else frozenset()
        for listing in context["listings"]:
            listing.can_be_remembered = can_be_remembered(listing.number)
            listing.is_remembered = listing.number in self.remembered
            listing.remember_query = self._page_address(gemerkt=self.remembered.toggled(listing.number))
        return context | {
            "title": self.pages.title,
            "description": self.pages.description,
            "breadcrumbs": [HOME, (self.pages.title, self.pages.path("list"))],
            "pages": self.pages,
            **self.pages.paths,
            "columns": COLUMNS[self.pages.kind],
            "hectares": self.hectares,
            "listing_filters": filters,
            "is_filtered": bool(filters.chosen),
            "filter_query": filters.address(),
            "data_query": filters.canonical_address(),
            "reset_query": urlencode(filters.carried),
            "form_carries": [(name, filters.carried[name]) for name in (REMEMBERED,) if name in filters.carried],
            "page_size": self.page_size,
            "sort": self.sort,
            "remembered": self.remembered,
            "forgetting": [
                (number, self._page_address(gemerkt=self.remembered.toggled(number)))
                for number in self.remembered.numbers
            ],
            "forget_query": self._page_address(gemerkt=None),
            "feeds": [("Atom", self._feed_address())],
            "data_paths": [(name, self.pages.path(page)) for page, name, _ in FORMATS],
            "wider": self._wider(),
            "licence": DATA_LICENCE,
            "structured_data": None if self._is_part() else dataset_json_ld(self.pages),
        }

    def _page_address(self, **changes):
        """Of this page with other things remembered: whoever remembers something stays where he reads."""
        page = self.request.GET.get(self.page_kwarg, "")
        query = self.listing_filters.address(**changes)
        return f"{query}{'&' if query else ''}{urlencode({self.page_kwarg: page})}" if page.isdecimal() else query

    def _wider(self):
        """Around the same town, but twice as far: for who finds nothing."""
        filters = self.listing_filters
        radius = filters.radius and min(filters.radius * 2, LARGEST_RADIUS_KM)
        if not radius or radius == filters.radius:
            return None
        label = f"bis {with_unit(radius, 'km')} um {filters.place.name} suchen"
        return {"label": label, "query": filters.address(radius=plain(radius))}

    def _feed_address(self):
        query = self.listing_filters.canonical_address()
        return self.pages.path("atom") + (f"?{query}" if query else "")

    def _is_part(self):
        return bool(self.request.GET)

    def canonical_query(self, page):
        """The choice and its page; in which order, how many a page and what is remembered is each reader's own."""
        own = {PAGE_SIZE, SORT} & self.listing_filters.carried.keys()
        pages = {self.page_kwarg: page.number} if page.number > 1 and not own else {}
        return urlencode(self.chosen | pages)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.remembered:
            response["X-Robots-Tag"] = "noindex"
        return response


class LandList(ListingList):
    pages = LAND


class HallList(ListingList):
    pages = HALL


def list_rows(kind):
    """What a row shows, and no more: the way to the nearest motorway is the first of `motorways`."""
    ways = Distance.objects.filter(kind=Distance.Kind.MOTORWAY).order_by("km", "pk")
    parts = [Prefetch("distances", ways, to_attr="motorways")]
    if kind == Kind.HALL:
        # Joined, all halls would be read to find those of one page.
        parts.append(Prefetch("hall", Hall.objects.only(*SHOWN_OF_HALLS)))
    return Listing.objects.pool(kind).select_related("district").defer("body", "teaser").prefetch_related(*parts)


def totals_of(filters):
    """(how many, how many hectares are free)"""
    totals = filters.pool().aggregate(count=Count("pk"), area=Sum("area_available"))
    return totals["count"], (totals["area"] or 0) / M2_PER_HECTARE
