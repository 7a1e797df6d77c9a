from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import urlencode

from properties.filter_fields import STATES
from properties.geometry import MAPPING
from properties.kinds import HALL, LAND
from properties.map import LocationMap
from properties.section import PARAMETER, WHOLE, Section
from properties.views.lists import ListingList
from publishing.views import HOME

NO_SUCH_SECTION = "Diesen Kartenausschnitt gibt es nicht. Er wurde weggelassen."
#: (sign, what it does, how it leads on from a section)
WAYS = (
    ("wider", "Weiter weg", Section.wider),
    ("north", "Nach Norden", lambda section: section.moved(0, -1)),
    ("closer", "Näher heran", Section.closer),
    ("west", "Nach Westen", lambda section: section.moved(-1, 0)),
    ("whole", "Ganze Karte", lambda section: WHOLE),
    ("east", "Nach Osten", lambda section: section.moved(1, 0)),
    ("south", "Nach Süden", lambda section: section.moved(0, 1)),
)


class LocationMapPage(ListingList):
    """The same listings as on the list page, and beside the map a short list of what this part of it shows."""

    template_name = "properties/map.html"
    further = (PARAMETER,)

    def get_queryset(self):
        rows = super().get_queryset().prefetch_related(None)
        self.map = LocationMap(self.listing_filters.pool(), pages=self.pages, address=self.map_address)
        self.look_at_what_is_asked_for()
        self.section = self.section_from_address()
        if self.section is None:
            return rows
        self.map.section = self.section
        return rows.within(*self.section.degrees)

    def look_at_what_is_asked_for(self):
        filters = self.listing_filters
        if filters.place:
            self.map.look_around(filters.place, filters.radius)
        elif filters.value("ort"):
            self.map.look_at_points()
        elif chosen := filters.value("kreis"):
            self.map.look_at_districts(lambda district: district.slug == chosen.value)
        elif chosen := filters.value("land"):
            self.map.look_at_districts(lambda district: district.state == STATES[chosen.value])

    def section_from_address(self):
        raw = self.request.GET.get(PARAMETER, "").strip()
        section = Section.from_address(raw)
        if raw and section is None:
            self.hints.append(NO_SUCH_SECTION)
        return section

    def map_address(self, **changes):
        query = self.listing_filters.address(**changes)
        return f"{self.request.path}?{query}" if query else self.request.path

    def get_paginator(self, queryset, per_page, **kwargs):
        """The map has read how many there are."""
        paginator = self.paginator_class(queryset, per_page, **kwargs)
        paginator.count = len(self.map.points_in_section) if self.section else self.map.count
        self.hectares = self.map.hectares
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self.map.listed = {listing.pk for listing in context["listings"]}
        return context | {
            "title": f"{self.pages.title} auf der Karte",
            "breadcrumbs": [HOME, (self.pages.title, self.pages.path("list")), ("Karte", self.request.path)],
            "map": self.map,
            "section": self.section,
            "ways": self.ways(),
            "tiles": tile_server(),
            "mapping": MAPPING,
            "filter_query": self.listing_filters.address(**self.section_in_address()),
            "structured_data": None,
        }

    def section_in_address(self):
        return {PARAMETER: self.section.address} if self.section else {}

    def ways(self):
        """Buttons to other parts of the map; those that lead nowhere have no address."""
        here = self.map.section
        for sign, label, way in WAYS:
            there = way(here)
            address = "" if there == here else self.map_address(**{PARAMETER: there.address})
            yield {"sign": sign, "label": label, "address": address}

    def canonical_query(self, page):
        """Parts of the map are no pages of their own."""
        return urlencode(self.chosen) if self.section else super().canonical_query(page)


def tile_server():
    """What a visitor is told before anything is loaded from there; None without one."""
    if not settings.MAP_TILE_URL:
        return None
    text, _, link = settings.MAP_TILE_ATTRIBUTION.partition("https://")
    return {
        "url": settings.MAP_TILE_URL,
        "host": urlsplit(settings.MAP_TILE_URL).hostname,
        "attribution": text.strip() or link,
        "attribution_link": f"https://{link.strip()}" if link else "",
    }


class LandMap(LocationMapPage):
    pages = LAND


class HallMap(LocationMapPage):
    pages = HALL
