from functools import cached_property

from django.urls import reverse

from clusters.models import Cluster, Network
from publishing.sitemaps import PagesReadOnce


class ClusterSitemap(PagesReadOnce):
    """The overview, clusters of all times and public networks: some dozen addresses."""

    @cached_property
    def pages(self):
        clusters = Cluster.objects.only("slug", "order", "name")
        fields = ("slug", "changed_at", "image", *self.picture_fields)
        networks = Network.objects.published().select_related("image").only(*fields).in_order()
        return [
            (reverse("clusters:list"), None),
            *((cluster.get_absolute_url(), None) for cluster in clusters),
            *((network.get_absolute_url(), network.changed_at, network.image) for network in networks),
        ]
