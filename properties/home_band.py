from collections import Counter
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, Sum

from properties.geometry import HEIGHT, WIDTH, outlines, state_borders
from properties.kinds import PAGES, PagesOfKind
from properties.models import Listing
from properties.words import M2_PER_HECTARE

#: In units of the drawing, which is 1000 wide.
SMALLEST_CIRCLE = 16


@dataclass(frozen=True)
class PoolOfKind:
    pages: PagesOfKind
    count: int
    hectares: float

    @property
    def list_path(self):
        return self.pages.path("list")

    @property
    def map_path(self):
        return self.pages.path("map")


@dataclass(frozen=True)
class Pool:
    kinds: list[PoolOfKind]
    #: {official key of the district: how many}
    in_districts: dict[str, int]

    def __bool__(self):
        return bool(self.kinds)

    @property
    def count(self):
        return sum(one.count for one in self.kinds)

    @property
    def hectares(self):
        return sum(one.hectares for one in self.kinds)

    @property
    def map(self):
        """What templates/properties/_home.html draws: a circle for each district, its area as many as there are."""
        circles = [
            {"x": round(x), "y": round(y), "radius": round(SMALLEST_CIRCLE * sqrt(number))}
            for ags, number in sorted(self.in_districts.items())
            for x, y in [outlines()[ags].label]
        ]
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "districts": outlines(),
            "borders": state_borders(),
            "circles": circles,
            "number": len(circles),
        }


def pool_band():
    """How much land and how many halls are on offer, and where, in one question; false where there is nothing."""
    rows = Listing.objects.published().on_offer().order_by().values_list("kind", "district__ags")
    counts, areas, in_districts = Counter(), Counter(), Counter()
    for kind, ags, number, area in rows.annotate(Count("pk"), Sum("area_available")):
        counts[kind] += number
        areas[kind] += area
        in_districts[ags] += number
    kinds = [PoolOfKind(PAGES[kind], counts[kind], areas[kind] / M2_PER_HECTARE) for kind in PAGES if counts[kind]]
    return Pool(kinds, dict(in_districts))
