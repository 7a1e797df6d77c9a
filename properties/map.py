"""What the location map of any set of listings shows: districts, points, circles, names. Knows no view."""

from collections import Counter
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from properties import words
from properties.geometry import Box, outlines, state_borders, to_map
from properties.labels import Name, placed
from properties.marks import Point, gathered
from properties.models import District, Listing, Place
from properties.models.terms import Availability
from properties.section import WHOLE, Section, km_per_unit
from publishing.numbers import grouped

#: Drawn for a phone and for everything else, each at the least width it has there, in pixels.
DRAWN_WIDTHS = {"narrow": 288, "wide": 600}
#: From here on there is room for the names of small towns and of districts.
CLOSE = 500
#: A circle that fills most of what is seen is opened by going closer: not all of it may fit into less.
MOST = 0.8
NAMED_WITHOUT_POINT = 24
DISTRICTS_NAMED = 2


class Row(NamedTuple):
    """What the map must know of every listing, however many there are."""

    pk: int
    latitude: float | None
    longitude: float | None
    district_id: int
    area: int


class LocationMap:
    """`pages` (properties.kinds) says what they are called, `address` makes addresses: address(kreis="jena").

    Costs one query for all points and counts, and one each for districts, towns and whatever is named.
    """

    def __init__(self, listings, *, pages, address):
        self.pages, self.address = pages, address
        columns = ("pk", "latitude", "longitude", "district_id", "area_available")
        self.rows = {row[0]: Row(*row) for row in listings.order_by().values_list(*columns)}
        self.points = [
            Point(row.pk, *to_map(row.latitude, row.longitude)) for row in self.rows.values() if row.latitude
        ]
        self.section, self.own, self.circle = WHOLE, frozenset(), None
        #: The numbers of those that stand in the list beside the map.
        self.listed = frozenset()

    # --- how many

    @property
    def count(self):
        return len(self.rows)

    @cached_property
    def points_in_section(self):
        return [point for point in self.points if self.section.box.holds(point.x, point.y)]

    @cached_property
    def district_counts(self):
        return Counter(row.district_id for row in self.rows.values())

    @cached_property
    def districts(self):
        return {district.pk: district for district in District.objects.all()}

    # --- which part of the map

    def look_at_districts(self, is_wanted):
        """At those for which `is_wanted(district)`."""
        self.own = {one.pk for one in self.districts.values() if is_wanted(one)}
        self.section = Section.around_all([outlines()[self.districts[pk].ags].box for pk in self.own])

    def look_at_points(self):
        self.section = Section.around_all([Box(point.x, point.y, 0, 0) for point in self.points])

    def look_around(self, place, km):
        """At a circle, which is drawn."""
        (x, y), radius = to_map(place.latitude, place.longitude), float(km) / km_per_unit(place.latitude)
        self.circle = x, y, radius
        self.section = Section.around(Box(x - radius, y - radius, 2 * radius, 2 * radius))

    # --- the drawing

    @property
    def land(self):
        """Districts within the section: those with listings are links."""
        areas = Counter()
        for row in self.rows.values():
            areas[row.district_id] += row.area
        for pk, district in self.districts.items():
            outline = outlines()[district.ags]
            if not outline.box.meets(self.section.box):
                continue
            count = self.district_counts[pk]
            yield {
                "path": outline.path,
                "slug": district.slug,
                "is_own": pk in self.own,
                # Nobody needs a way to where he is.
                "href": self.address(kreis=district.slug) if count and self.own != {pk} else "",
                "title": f"{district.name}: {self.counted(count)}, {words.area(areas[pk])}" if count else district.name,
            }

    @property
    def borders(self):
        return state_borders()

    @property
    def scale(self):
        km, length = self.section.scale()
        return {"km": km, "end": f"{2 + length:.2f}%"}

    @property
    def marks_are_gathered(self):
        return any("count" in mark for mark in self.drawings[-1]["marks"])

    @property
    def circle_drawn(self):
        if self.circle is None:
            return None
        x, y, radius = self.circle
        return {"x": f"{x:.1f}", "y": f"{y:.1f}", "radius": f"{radius:.1f}"}

    @cached_property
    def drawings(self):
        """[{"width": "narrow", "marks": […], "labels": […]}, …]: one of them is seen."""
        marks = {
            name: gathered(self.points_in_section, self.section.width / width) for name, width in DRAWN_WIDTHS.items()
        }
        self._name({mark.points[0].pk for some in marks.values() for mark in some if mark.is_single})
        return [
            {
                "width": name,
                "marks": [self._single(mark) if mark.is_single else self._circle(mark) for mark in marks[name]],
                "labels": self._labels(marks[name], width),
            }
            for name, width in DRAWN_WIDTHS.items()
        ]

    @property
    def without_point(self):
        """The first of those that nobody has put on the map."""
        if not hasattr(self, "_named"):
            self.drawings  # noqa: B018
        return [self._named[pk] for pk in self._pointless[:NAMED_WITHOUT_POINT]]

    @cached_property
    def _pointless(self):
        return [row.pk for row in self.rows.values() if row.latitude is None]

    @property
    def more_without_point(self):
        return max(len(self._pointless) - NAMED_WITHOUT_POINT, 0)

    def _name(self, pks):
        """Reads what is written on the map and below it."""
        wanted = {*pks, *self._pointless[:NAMED_WITHOUT_POINT]}
        fields = ("kind", "title", "slug", "town", "area_available", "precision", "availability", "district")
        self._named = Listing.objects.only(*fields).in_bulk(wanted) if wanted else {}

    def _single(self, mark):
        listing = self._named[mark.points[0].pk]
        x, y = self.section.place(mark.x, mark.y)
        return {
            "x": x,
            "y": y,
            "href": listing.get_absolute_url(),
            "title": named(listing),
            "precision": listing.precision,
            "listed": str(listing.pk) if listing.pk in self.listed else "",
        }

    def _circle(self, mark):
        x, y = self.section.place(mark.x, mark.y)
        pks = [point.pk for point in mark.points]
        area = words.area(sum(self.rows[pk].area for pk in pks))
        section = self.opening(mark)
        return {
            "x": x,
            "y": y,
            "href": f"{self.address(ausschnitt=section.address)}#{'liste' if section.is_smallest else 'karte'}",
            "title": f"{self.counted(len(pks))}, zusammen {area}, {self._districts_of(pks)}",
            "radius": mark.radius,
            "count": grouped(mark.count),
            "listed": " ".join(str(pk) for pk in pks if pk in self.listed),
        }

    def opening(self, mark):
        """Where the circle falls apart, or, if nothing parts its points, the list of them."""
        section = Section.around(mark.box)
        if section.width > self.section.width * MOST:
            return Section.at(mark.x, mark.y, self.section.width / 2)
        return section

    def _districts_of(self, pks):
        """„Landkreis Leipzig, Leipzig und andere“, those with most of the points first."""
        found = Counter(self.rows[pk].district_id for pk in pks).most_common()
        names = ", ".join(self.districts[pk].name for pk, _ in found[:DISTRICTS_NAMED])
        return f"{names} und andere" if len(found) > DISTRICTS_NAMED else names

    @property
    def hectares(self):
        return Decimal(sum(row.area for row in self.rows.values())) / words.M2_PER_HECTARE

    @property
    def counted_in_section(self):
        return self.counted(len(self.points_in_section))

    @property
    def counted_all(self):
        return self.counted(self.count)

    def counted(self, number):
        return f"{grouped(number)} {self.pages.one if number == 1 else self.pages.many}"

    # --- names on it

    @cached_property
    def _towns(self):
        return [(place, *to_map(place.latitude, place.longitude)) for place in Place.objects.all()]

    def _labels(self, marks, width):
        scale = width / self.section.width
        obstacles = [
            Box(
                (mark.x - self.section.x) * scale - mark.radius,
                (mark.y - self.section.y) * scale - mark.radius,
                2 * mark.radius,
                2 * mark.radius,
            )
            for mark in marks
        ]
        labels = placed(self._names(scale), width, self.section.height * scale, obstacles)
        return [self._label(label, scale) for label in labels]

    def _names(self, scale):
        is_close = self.section.width <= CLOSE
        towns = [
            Name(place.name, *self._pixels(x, y, scale), is_needed=place.is_on_map)
            for place, x, y in sorted(self._towns, key=lambda town: not town[0].is_on_map)
            if place.is_on_map or is_close
        ]
        if not is_close:
            return towns
        named = {town.text for town in towns}
        return towns + [
            Name(district.name, *self._pixels(*outlines()[district.ags].label, scale), has_dot=False)
            for district in self.districts.values()
            if district.name not in named
        ]

    def _pixels(self, x, y, scale):
        return (x - self.section.x) * scale, (y - self.section.y) * scale

    def _label(self, label, scale):
        name = label.name
        x, y = self.section.place(self.section.x + name.x / scale, self.section.y + name.y / scale)
        kind = "district" if not name.has_dot else "large" if name.is_needed else "small"
        return {"text": name.text, "x": x, "y": y, "kind": kind, "anchor": label.anchor, "dx": label.dx, "dy": label.dy}


def named(listing):
    """„Gewerbepark Nord, Borna, 4,25 ha, reserviert“"""
    parts = [listing.title, listing.town, words.area(listing.area_available)]
    if listing.availability != Availability.FREE:
        parts.append(listing.get_availability_display())
    return ", ".join(parts)
