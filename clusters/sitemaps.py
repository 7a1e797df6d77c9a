from functools import cached_property

from django.urls import reverse

from clusters.models import Cluster, Network
from publishing.sitemaps import PortalSitemap


class ClusterSitemap(PortalSitemap):
    """The overview, clusters of all times and public networks: some dozen addresses, read once."""

    @cached_property
    def pages(self):
        clusters = Cluster.objects.only("slug", "order", "name")
        networks = Network.objects.published().only("slug", "changed_at").in_order()
        return [
            (reverse("clusters:list"), None),
            *((cluster.get_absolute_url(), None) for cluster in clusters),
            *((network.get_absolute_url(), network.changed_at) for network in networks),
        ]

    def items(self):
        return self.pages

    def location(self, page):
        return page[0]

    def lastmod(self, page):
        return page[1]

    def get_latest_lastmod(self):
        return max((changed for _, changed in self.pages if changed), default=None)
