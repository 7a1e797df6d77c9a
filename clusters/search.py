from clusters.models import Cluster, Network
from publishing.rich_text import plain_text
from publishing.search.sources import Source, Words, register


def words_of_cluster(cluster):
    texts = [cluster.summary, plain_text(cluster.description), ", ".join(cluster.subfield_list)]
    return Words(title=cluster.name, label="Cluster", text=" ".join(texts))


def words_of_network(network):
    texts = [network.teaser, plain_text(network.body), ", ".join(network.topic_list), network.seat]
    return Words(title=network.full_name, label="Netzwerk", text=" ".join(texts))


# Every cluster has its page: there are no drafts of clusters.
register(Source("cluster", "Cluster", Cluster, words_of_cluster, public=Cluster.objects.all, rows=Cluster.objects.all))
register(
    Source(
        "netzwerke",
        "Netzwerke",
        Network,
        words_of_network,
        public=Network.objects.published,
        rows=Network.objects.all,
    )
)
