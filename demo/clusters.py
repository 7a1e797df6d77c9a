"""Clusters of today and of earlier years, and the networks: real, with what is not certain marked as such."""

from django.utils import timezone
from django.utils.html import linebreaks

from clusters.models import Cluster, Network
from demo.saving import clean_and_save

CLUSTER_FACTS = (
    *("slug", "name", "short_name", "sign", "summary"),
    *("is_award_category", "local_only", "award_from", "award_until"),
)
NETWORK_FACTS = ("slug", "kind", "status", "founded_year", "is_uncertain")
NETWORK_WORDS = ("abbreviation", "legal_form", "seat", "founded_text", "members_text", "members_as_of", "website")


def save_clusters(entries):
    """Returns {slug: cluster}. A successor stands in the file before those it follows."""
    clusters = {}
    for order, entry in enumerate(entries, start=1):
        clusters[entry["slug"]] = clean_and_save(
            Cluster(
                **{name: entry[name] for name in CLUSTER_FACTS},
                description=linebreaks(entry["description_de"], autoescape=True),
                subfields="\n".join(entry["subfields"]),
                award_years_text=entry["award_years_text"] or "",
                successor=clusters[entry["successor"]] if entry["successor"] else None,
                order=order,
            )
        )
    return clusters


def save_network(entry, clusters):
    return clean_and_save(
        Network(
            **{name: entry[name] for name in NETWORK_FACTS},
            **{name: entry[name] or "" for name in NETWORK_WORDS},
            title=entry["name"],
            cluster=clusters.get(entry["cluster"]),
            teaser=entry["teaser_de"],
            body=linebreaks(entry["text_de"], autoescape=True),
            topics="\n".join(entry["topics"]),
            released=True,
            publish_from=timezone.now(),
        )
    )
