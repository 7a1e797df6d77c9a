from clusters.models import Cluster, Network
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register


def headline_of_cluster(cluster):
    return Headline(cluster.name, "Cluster", cluster.sign)


def headline_of_network(network):
    return Headline(network.full_name, "Netzwerk")


def words_of_cluster(cluster):
    texts = [cluster.summary, plain_text(cluster.description), ", ".join(cluster.subfield_list)]
    shown = headline_of_cluster(cluster)
    return Words(title=shown.title, label=shown.label, text=" ".join(texts))


def words_of_network(network):
    texts = [network.teaser, plain_text(network.body), ", ".join(network.topic_list), network.seat]
    shown = headline_of_network(network)
    return Words(title=shown.title, label=shown.label, text=" ".join(texts))


# Every cluster has its page: there are no drafts of clusters.
register(
    Source(
        "cluster",
        "Cluster",
        Cluster,
        words_of_cluster,
        public=Cluster.objects.all,
        rows=Cluster.objects.all,
        headline=headline_of_cluster,
    )
)
register(
    Source(
        "netzwerke",
        "Netzwerke",
        Network,
        words_of_network,
        public=Network.objects.published,
        rows=Network.objects.all,
        headline=headline_of_network,
    )
)
