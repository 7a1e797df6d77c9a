"""What an edition's page tells beside its results: prizes and who gives them, the jury, the other years."""

from dataclasses import dataclass, field

from django.db.models import CharField, Value

from competition.models import Award, Category, Edition, LocalPrize, Sponsor
from publishing.slugs import german_slug


@dataclass
class PrizeRow:
    name: str
    amount: int | None
    sponsors: list = field(default_factory=list)
    note: str = ""


@dataclass
class Prizes:
    rows: list[PrizeRow]
    announced: int | None

    @property
    def total(self):
        """Computed: the announced figure may be rounded."""
        return sum(row.amount or 0 for row in self.rows)

    @property
    def is_complete(self):
        return all(row.amount is not None for row in self.rows)


class Sponsors:
    """Everybody who gives a prize of the edition, in two queries."""

    def __init__(self, edition):
        links = list(_links_of(edition))
        found = Sponsor.objects.select_related("logo").filter(pk__in={sponsor for *_, sponsor in links})
        self.all = sorted(found, key=_by_name)
        known = {one.pk: one for one in self.all}
        self._by_prize = {}
        for kind, prize, sponsor in links:
            self._by_prize.setdefault((kind, prize), []).append(known[sponsor])

    def of(self, kind, pk):
        return sorted(self._by_prize.get((kind, pk), []), key=_by_name)


def _by_name(sponsor):
    """„envia TEL“ stands between D and F, on every database."""
    return sponsor.order, german_slug(sponsor.name)


def _links_of(edition):
    """(kind of prize, its key, key of the sponsor)"""
    parts = (
        (Award.Kind.OVERALL, Edition.sponsors.through.objects.filter(edition=edition), "edition"),
        (Award.Kind.CLUSTER, Category.sponsors.through.objects.filter(category__edition=edition), "category"),
        (Award.Kind.LOCAL, LocalPrize.sponsors.through.objects.filter(localprize__edition=edition), "localprize"),
    )
    rows = [
        links.order_by().values_list(Value(kind.value, output_field=CharField()), f"{prize}_id", "sponsor_id")
        for kind, links, prize in parts
    ]
    return rows[0].union(*rows[1:], all=True)


def prizes_of(edition, categories, local_prizes, sponsors):
    rows = []
    if edition.overall_prize is not None:
        rows.append(PrizeRow("Gesamtsieg", edition.overall_prize, sponsors=sponsors.of(Award.Kind.OVERALL, edition.pk)))
    rows += [
        PrizeRow(f"Clustersieg {one.name}", one.prize, sponsors=sponsors.of(Award.Kind.CLUSTER, one.pk))
        for one in categories
        if not one.is_local_only and one.prize is not None
    ]
    rows += [
        PrizeRow(one.name, one.prize, sponsors=sponsors.of(Award.Kind.LOCAL, one.pk), note=one.note)
        for one in local_prizes
    ]
    return Prizes(rows, edition.announced_total)


def juries_of(edition, categories):
    """[(name of the jury, cluster or None, members), …]: the final jury first, then those of the clusters."""
    members = list(edition.jury_members.select_related("photo"))
    panels = [("Gesamtjury", None, None), *((one.name, one.cluster, one.pk) for one in categories)]
    juries = [
        (name, cluster, [member for member in members if member.category_id == pk]) for name, cluster, pk in panels
    ]
    return [jury for jury in juries if jury[2]]


def public_editions():
    """For lists of years and figures: newest first, without the long texts."""
    return (
        Edition.objects.published()
        .newest_first()
        .only(
            *("year", "number", "title", "slug", "is_suspended", "is_example", "ceremony_place", "ceremony_town"),
            *("ceremony_is_online", "finalists_public_at", "winners_public_at", "call_opens_on", "call_closes_on"),
            "applications",
        )
    )
