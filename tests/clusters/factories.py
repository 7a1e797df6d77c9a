"""Clusters and networks, of today and public unless told otherwise; `make_full_network` fills every relation."""

import itertools
from datetime import timedelta

from django.utils import timezone

from clusters.models import Cluster, Network
from tests.factories import make_image

_numbers = itertools.count(1)


def make_cluster(**values):
    number = next(_numbers)
    defaults = {"name": f"Cluster {number}", "short_name": f"C{number}", "slug": f"cluster-{number}"}
    return Cluster.objects.create(**defaults | values)


def make_full_cluster(**values):
    defaults = {
        "sign": Cluster.Sign.ENERGY,
        "summary": "Alles über Netze und Speicher.",
        "description": "<p>Text zum Cluster.</p>",
        "subfields": "Netze\nSpeicher\n",
        "award_from": 2012,
    }
    return make_cluster(**defaults | values)


def make_historic_cluster(**values):
    defaults = {"is_award_category": False, "award_from": 2010, "award_until": 2011}
    return make_cluster(**defaults | values)


def make_network(**values):
    number = next(_numbers)
    defaults = {
        "title": f"Netzwerk {number}",
        "teaser": f"Vorspann zum Netzwerk {number}.",
        "released": True,
        "publish_from": timezone.now() - timedelta(days=1),
    }
    return Network.objects.create(**defaults | values)


def make_full_network(**values):
    values = {"image": values.get("image") or make_image(), "logo": values.get("logo") or make_image()} | values
    defaults = {
        "abbreviation": "NMT",
        "cluster": values.get("cluster") or make_full_cluster(),
        "body": "<p>Text zum Netzwerk.</p>",
        "topics": "Wasserstoff\nSpeicherung",
        "legal_form": "e. V.",
        "seat": "Halle (Saale)",
        "founded_year": 2013,
        "founded_text": "30. Oktober 2013",
        "members_text": "über 170",
        "members_as_of": "November 2023",
        "website": "https://www.netzwerk.example/start",
        "is_uncertain": True,
    }
    return make_network(**defaults | values)


def make_network_draft(**values):
    return make_network(**{"released": False, "publish_from": None} | values)


def make_scheduled_network(**values):
    return make_network(**{"publish_from": timezone.now() + timedelta(days=1)} | values)


def make_expired_network(**values):
    now = timezone.now()
    return make_network(**{"publish_from": now - timedelta(days=2), "publish_until": now - timedelta(days=1)} | values)


def make_withdrawn_network(**values):
    network = make_network(**values)
    network.withdraw()
    network.save()
    return network
