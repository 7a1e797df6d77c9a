"""Plain functions that make complete rows of the award."""

import itertools
from datetime import timedelta

from django.utils import timezone

from clusters.models import Cluster
from competition.models import Award, Category, Edition, Entry, Finalist, LocalPrize, LocalRegistration

_numbers = itertools.count(1)


def make_cluster(**values):
    number = next(_numbers)
    defaults = {"name": f"Cluster {number}", "short_name": f"C{number}", "slug": f"cluster-{number}", "order": number}
    return Cluster.objects.create(**defaults | {"is_award_category": True} | values)


def make_edition(year=2024, *, finalists=None, winners=None, **values):
    """Public, with nothing of its results. `finalists` and `winners` are days from now: -1 was yesterday."""
    now = timezone.now()
    defaults = {
        "year": year,
        "number": year - 2004,
        "title": f"{year - 2004}. IQ Innovationspreis Mitteldeutschland",
        "teaser": f"Der Wettbewerb des Jahres {year}.",
        "released": True,
        "publish_from": now - timedelta(days=60),
        "finalists_public_at": None if finalists is None else now + timedelta(days=finalists),
        "winners_public_at": None if winners is None else now + timedelta(days=winners),
    }
    return Edition.objects.create(**defaults | values)


def make_category(edition, **values):
    return Category.objects.create(
        edition=edition, **{"cluster": values.pop("cluster", None) or make_cluster()} | values
    )


def make_entry(category, **values):
    number = next(_numbers)
    defaults = {"organisation": f"Firma {number} GmbH", "title": f"Erfindung {number}", "town": "Leipzig"}
    return Entry.objects.create(edition=category.edition, category=category, **defaults | values)


def make_finalist(category, **values):
    return Finalist.objects.create(entry=make_entry(category, **values))


def make_local_prize(edition, city="Leipzig", **values):
    return LocalPrize.objects.create(edition=edition, city=city, **values)


def register(entry, local_prize):
    return LocalRegistration.objects.create(entry=entry, local_prize=local_prize)


def make_award(kind, entry, **values):
    return Award.objects.create(kind=kind, entry=entry, **values)


def make_decided_edition(year=2024, *, clusters=2, **values):
    """Two finalists a cluster, cluster winners, one overall winner, one local prize won by nobody's finalist."""
    edition = make_edition(year, **values)
    for _ in range(clusters):
        category = make_category(edition)
        first, _second = make_finalist(category), make_finalist(category)
        make_award(Award.Kind.CLUSTER, first.entry)
    make_award(Award.Kind.OVERALL, first.entry)
    local_prize = make_local_prize(edition)
    local_entry = make_entry(category)
    register(local_entry, local_prize)
    make_award(Award.Kind.LOCAL, local_entry, local_prize=local_prize)
    return edition
