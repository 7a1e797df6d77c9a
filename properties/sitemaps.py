from django.db.models import Max
from django.db.models.functions import Greatest

from properties.kinds import HALL, LAND
from properties.models import Listing
from publishing.sitemaps import PortalSitemap

PAGES = ("list", "map")


class ListingSitemap(PortalSitemap):
    """The exposés of what is on offer."""

    def items(self):
        rows = Listing.objects.published().on_offer().annotate(updated_at=Greatest("publish_from", "changed_at"))
        return rows.select_related("image").only("slug", "kind", "image", *self.picture_fields).order_by("kind", "slug")

    def picture_of(self, listing):
        return listing.image

    def lastmod(self, listing):
        return listing.updated_at

    def get_latest_lastmod(self):
        newest = Listing.objects.published().on_offer().aggregate(Max("publish_from"), Max("changed_at"))
        return max(filter(None, newest.values()), default=None)


class ListingPageSitemap(PortalSitemap):
    def items(self):
        return [pages.path(page) for pages in (LAND, HALL) for page in PAGES]

    def location(self, path):
        return path
