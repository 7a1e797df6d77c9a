from dataclasses import dataclass

from django.db.models import Count, Sum

from properties.kinds import PAGES, PagesOfKind
from properties.models import Listing
from properties.words import M2_PER_HECTARE


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


def pool_band():
    """How much land and how many halls are on offer, in one question; empty where there is nothing."""
    rows = Listing.objects.published().on_offer().order_by().values_list("kind")
    sums = {kind: figures for kind, *figures in rows.annotate(Count("pk"), Sum("area_available"))}
    return [PoolOfKind(PAGES[kind], sums[kind][0], sums[kind][1] / M2_PER_HECTARE) for kind in PAGES if kind in sums]
