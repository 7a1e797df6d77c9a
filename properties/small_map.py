"""Maps of a fixed size: where one listing lies, and the drawing on which its point is set."""

import math

from properties.geometry import HEIGHT, MAPPING, WIDTH, Box, outlines, state_borders, to_map
from properties.labels import Name, placed
from properties.models import Place
from properties.models.terms import Precision
from properties.section import Section, km_per_unit

#: In pixels, as drawn.
PICTURE_WIDTH, PICTURE_HEIGHT = 400, 358
#: About 50 km: a small town on its own shows nobody where it lies.
NARROWEST, WIDER = 140, 1.25
#: How far around “somewhere here” is meant, in km; where the place is known there is a dot.
RADIUS_KM = {Precision.QUARTER: 1, Precision.TOWN: 3}
DOT, SMALLEST_RINGS = 6, {Precision.QUARTER: 9, Precision.TOWN: 18}


def small_map(listing):
    """What templates/properties/_small_map.html draws, or None where nobody has set a point. Costs one query."""
    if not listing.has_point:
        return None
    x, y = to_map(listing.latitude, listing.longitude)
    towns = [(place, *to_map(place.latitude, place.longitude)) for place in Place.objects.all()]
    section = _section_around(outlines()[listing.district.ags].box, x, y, towns)
    scale = PICTURE_WIDTH / section.width
    here = (x - section.x) * scale, (y - section.y) * scale
    radius = _radius(listing, scale)
    return {
        "width": PICTURE_WIDTH,
        "height": PICTURE_HEIGHT,
        "transform": f"scale({scale:.4f}) translate({-section.x} {-section.y})",
        # A line one pixel wide, where the style sheet does not reach.
        "line": f"{1 / scale:.3f}",
        "outlines": [
            {"path": one.path, "is_own": one.ags == listing.district.ags}
            for one in outlines().values()
            if one.box.meets(section.box)
        ],
        "borders": state_borders(),
        "labels": _town_labels(towns, section, scale, square(*here, radius)),
        "x": f"{here[0]:.1f}",
        "y": f"{here[1]:.1f}",
        "radius": f"{radius:.1f}",
        "is_exact": listing.precision == Precision.EXACT,
        "precision": listing.get_precision_display(),
        "title": f"Karte: {listing.title}, {listing.town}, {listing.district}",
    }


def outlines_for_picking():
    """What templates/properties/_map_outlines.html draws: the whole map, and how its units become degrees."""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "outlines": outlines().values(),
        "borders": state_borders(),
        **MAPPING,
        "towns": [
            {"name": place.name, "x": f"{x:.1f}", "y": f"{y:.1f}", "is_on_map": place.is_on_map}
            for place in Place.objects.all()
            for x, y in [to_map(place.latitude, place.longitude)]
        ],
    }


def _section_around(district, x, y, towns):
    """All of the district and the point, which by mistake may lie outside, and so much more that a town is seen."""
    right, bottom = max(district.right, x), max(district.bottom, y)
    left, top = min(district.x, x), min(district.y, y)
    section = Section.around(Box(left, top, right - left, bottom - top))
    if section.width < NARROWEST:
        section = Section.at(*section.middle, NARROWEST)
    while not any(section.box.holds(*where) for _, *where in towns) and not section.is_whole:
        section = Section.at(*section.middle, section.width * WIDER)
    return section


def _radius(listing, scale):
    km = RADIUS_KM.get(listing.precision)
    return max(km / km_per_unit(listing.latitude) * scale, SMALLEST_RINGS[listing.precision]) if km else DOT


def _town_labels(towns, section, scale, point):
    """The large towns first, then whatever lies nearest to the point."""
    names = [
        Name(place.name, (x - section.x) * scale, (y - section.y) * scale, is_needed=place.is_on_map)
        for place, x, y in towns
    ]
    names.sort(key=lambda name: (not name.is_needed, math.dist((name.x, name.y), (point.x, point.y))))
    labels = placed(names, PICTURE_WIDTH, PICTURE_HEIGHT, [point])
    return [
        {
            "text": label.name.text,
            "x": f"{label.name.x:.1f}",
            "y": f"{label.name.y:.1f}",
            "text_x": f"{label.name.x + label.dx:.1f}",
            "text_y": f"{label.name.y + label.dy:.1f}",
            "anchor": label.anchor,
            "is_large": label.name.is_needed,
        }
        for label in labels
    ]


def square(x, y, radius):
    return Box(x - radius, y - radius, 2 * radius, 2 * radius)
