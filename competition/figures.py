"""Applications over the years, as announced: in all, by cluster, by state. Read from the archive, never typed."""

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from competition.models import Category, Edition, StateFigure
from publishing import tables

UNKNOWN, SUSPENDED, NOT_YET = "nicht überliefert", "ausgesetzt", "noch offen"


@dataclass(frozen=True)
class Row:
    """A year, with one number or None for each series of the table."""

    edition: Edition
    values: list

    @property
    def missing_word(self):
        if self.edition.is_suspended:
            return SUSPENDED
        return UNKNOWN if self.edition.winners_are_public else NOT_YET


@dataclass
class Series:
    """The numbers of one cluster or state by year. `sign` is that of the cluster."""

    name: str
    sign: str = ""
    by_edition: dict = field(default_factory=dict)


@dataclass
class Figures:
    """Of every public edition that took place or was suspended, oldest first."""

    editions: list[Edition]
    clusters: list[Series]
    states: list[Series]

    @cached_property
    def applications(self):
        return Series("Bewerbungen", by_edition={one.pk: one.applications for one in self.editions})

    @property
    def total(self):
        return sum(one.applications or 0 for one in self.editions)

    @property
    def known_years(self):
        return sum(one.applications is not None for one in self.editions)

    @property
    def years(self):
        return len(self.editions)

    def table(self, series):
        return [Row(one, [each.by_edition.get(one.pk) for each in series]) for one in self.editions]

    @property
    def total_rows(self):
        return self.table([self.applications])

    @property
    def cluster_rows(self):
        return self.table(self.clusters)

    @property
    def state_rows(self):
        return self.table(self.states)


def read_figures(editions):
    """Of public editions, in two queries. Invented ones are no figures anybody should count or cite."""
    editions = sorted((one for one in editions if not one.is_example), key=attrgetter("year"))
    public = {"edition__in": [one.pk for one in editions]}
    return Figures(editions, _by_cluster(public), _by_state(public))


def _by_cluster(public):
    """Clusters as they are called today, those of the past after them."""
    counted = Category.objects.filter(applications__isnull=False, **public).select_related("cluster")
    series = {}
    for category in sorted(counted, key=_order_of_cluster):
        cluster = category.cluster
        one = series.setdefault(category.cluster_id, Series(cluster.name if cluster else category.name))
        one.sign = cluster.sign if cluster else ""
        one.by_edition[category.edition_id] = category.applications
    return list(series.values())


def _order_of_cluster(category):
    cluster = category.cluster
    return (not cluster.is_current, cluster.order, cluster.pk) if cluster else (True, 0, 0)


def _by_state(public):
    """The state with most applications first."""
    series = {}
    for figure in StateFigure.objects.filter(**public):
        series.setdefault(figure.state, Series(figure.state)).by_edition[figure.edition_id] = figure.applications
    return sorted(series.values(), key=lambda one: (-sum(one.by_edition.values()), one.name))


def as_csv(figures):
    """As German spreadsheets open it by themselves. Empty cells: nothing is known."""
    columns = [("Bewerbungen", figures.applications)]
    columns += [(f"Cluster {one.name}", one) for one in figures.clusters]
    columns += [(f"Land {one.name}", one) for one in figures.states]
    rows = [["Jahr", "Wettbewerb", "Stand", *(heading for heading, _ in columns)]]
    for row in figures.table([series for _, series in columns]):
        state = SUSPENDED if row.edition.is_suspended else ""
        rows.append([row.edition.year, row.edition.number, state, *row.values])
    return tables.as_csv(rows)
