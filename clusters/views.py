from django.urls import reverse
from django.views.generic import DetailView

from clusters.models import Cluster, Network
from publishing import json_ld
from publishing.lists import Choice, Filter, FilteredList
from publishing.rich_text import plain_text
from publishing.site_version import kept
from publishing.slugs import german_slug
from publishing.views import HOME, PublishedDetail, absolute, description, picture_address

LATEST_NEWS = 4
NEXT_EVENTS = 4
#: The value of the filter for networks that belong to no single cluster.
ACROSS = Choice("uebergreifend", "Clusterübergreifend")


def current_clusters():
    """For the home page and wherever the clusters of today stand in a row."""
    return Cluster.objects.current().defer("description", "subfields")


class ClusterList(FilteredList):
    """What clusters are, the clusters of today, and the list of all networks with its filters."""

    queryset = Network.objects.published().with_list_parts().in_order()
    template_name = "clusters/cluster_list.html"
    context_object_name = "networks"
    paginate_by = 24

    title = "Cluster"
    description = (
        "Die Branchen, in denen Mitteldeutschland stark ist, und die Netzwerke, in denen Unternehmen, Institute "
        "und Hochschulen zusammenarbeiten."
    )

    def get_filters(self):
        self.clusters = list(Cluster.objects.current().with_network_count().defer("description"))
        self.seats = kept(self.request, "clusters.seats", seats_by_slug)
        with_networks = [Choice(one.slug, one.name) for one in self.clusters if one.network_count]
        kinds = [Choice(value, label) for value, label in Network.Kind.choices]
        seats = [Choice(slug, names[0]) for slug, names in self.seats.items()]
        return [
            Filter("cluster", "Cluster", [*with_networks, ACROSS], "Alle Cluster"),
            Filter("art", "Art", kinds, "Makro und Mikro"),
            Filter("sitz", "Sitz", seats, "Alle Orte"),
        ]

    def filter_queryset(self, queryset, chosen):
        if chosen.get("cluster") == ACROSS.value:
            queryset = queryset.filter(cluster=None)
        elif "cluster" in chosen:
            queryset = queryset.filter(cluster__slug=chosen["cluster"])
        if "art" in chosen:
            queryset = queryset.filter(kind=chosen["art"])
        if "sitz" in chosen:
            queryset = queryset.filter(seat__in=self.seats[chosen["sitz"]])
        return queryset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "title": self.title,
            "description": self.description,
            "breadcrumbs": [HOME, list_crumb()],
            "clusters": self.clusters,
            "historic_clusters": Cluster.objects.historic().select_related("successor").order_by("award_from", "name"),
            "filter_anchor": "#netzwerke",
        }


def seats_by_slug():
    """{„halle-saale“: [„Halle (Saale)“], …}: every spelling of a place is found under the one address it has."""
    seats = {}
    for seat in Network.objects.published().exclude(seat="").order_by("seat").values_list("seat", flat=True).distinct():
        seats.setdefault(german_slug(seat), []).append(seat)
    return seats


class ClusterDetail(DetailView):
    """What belongs to the cluster comes up through reverse relations: this room knows no other."""

    queryset = Cluster.objects.all()

    def get_context_data(self, **kwargs):
        cluster = self.object
        # A dozen rows: asked once, they are neighbours, predecessors and successor.
        others = list(Cluster.objects.exclude(pk=cluster.pk).defer("description", "subfields"))
        news = cluster.articles.published().with_list_parts().newest_first()
        events = cluster.events.published().upcoming().select_related("venue").defer("body", "recap").soonest_first()
        return super().get_context_data(**kwargs) | {
            "title": cluster.name,
            "description": description_of(cluster),
            "breadcrumbs": [HOME, list_crumb(), (cluster.name, cluster.get_absolute_url())],
            "successor": next((one for one in others if one.pk == cluster.successor_id), None),
            "predecessors": [one for one in others if one.successor_id == cluster.pk],
            "other_clusters": [one for one in others if one.is_current],
            "networks": cluster.networks.published().with_list_parts().in_order(),
            "results": cluster.award_categories.with_public_results(),
            "news": news[:LATEST_NEWS],
            "events": events[:NEXT_EVENTS],
        }


def description_of(cluster):
    words = cluster.summary or plain_text(cluster.description)
    return description(words) or f"{cluster.name}: ein Cluster in Mitteldeutschland."


class NetworkDetail(PublishedDetail):
    queryset = Network.objects.published().select_related("cluster", "image", "logo")
    context_object_name = "network"

    def get_context_data(self, **kwargs):
        network = self.object
        crumbs = [HOME, list_crumb()]
        if network.cluster:
            crumbs.append((network.cluster.name, network.cluster.get_absolute_url()))
        return super().get_context_data(**kwargs) | {
            "title": network.title,
            "description": description(network.teaser),
            "breadcrumbs": [*crumbs, (network.title, network.get_absolute_url())],
            "siblings": siblings_of(network),
            "structured_data": network_json_ld(network),
        }


def siblings_of(network):
    """The other networks of the same cluster."""
    others = Network.objects.published().exclude(pk=network.pk).with_list_parts().in_order()
    return others.filter(cluster=network.cluster_id) if network.cluster_id else others.none()


def list_crumb():
    return "Cluster", reverse("clusters:list")


def network_json_ld(network):
    seat = {"@type": "PostalAddress", "addressLocality": network.seat, "addressCountry": "DE"}
    return json_ld.without_empty(
        {
            "@type": "Organization",
            "name": network.title,
            "alternateName": network.abbreviation,
            "description": network.teaser,
            "url": network.website,
            "mainEntityOfPage": absolute(network.get_absolute_url()),
            "address": seat if network.seat else None,
            "foundingDate": network.founded_year and str(network.founded_year),
            "logo": picture_address(network.logo),
            "knowsAbout": network.topic_list,
        }
    )
