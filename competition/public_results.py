"""Finalists and prizes of one edition, as far as they are public at this moment: what every page of it shows."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from competition.models import Award, Category, Entry, Finalist
from competition.models.prizes import alphabetical


@dataclass
class Panel:
    """A cluster of the edition, with its finalists in alphabetical order and, once announced, its winner."""

    category: Category
    finalists: list[Entry] = field(default_factory=list)
    award: Award | None = None


class PublicResults:
    """Three queries, whatever the number of entries."""

    def __init__(self, edition):
        self.edition = edition
        # Before the entries: should the moment come in between, no prize misses its entry.
        self.awards = list(announced_awards(edition))
        self.entries = {entry.pk: entry for entry in public_entries(edition)}
        # „Cluster nicht überliefert“ comes last on every database.
        categories = edition.categories.select_related("cluster")
        self.categories = sorted(categories, key=lambda one: one.cluster_id is None)
        self._put_together()

    def _put_together(self):
        categories = {one.pk: one for one in self.categories}
        for one in (*self.categories, *self.entries.values(), *self.awards):
            one.edition = self.edition
        for entry in self.entries.values():
            entry.category = categories[entry.category_id]
            entry.announced_awards = []
        for award in self.awards:
            award.entry = self.entries[award.entry_id]
            award.category = categories.get(award.category_id)
            award.entry.announced_awards.append(award)

    @property
    def panels(self):
        """One for each cluster with a final, whether or not anything is known of it."""
        winners = {award.category_id: award for award in self._of_kind(Award.Kind.CLUSTER)}
        panels = [
            Panel(category, alphabetical(self._finalists_of(category)), winners.get(category.pk))
            for category in self.categories
            if not category.is_local_only
        ]
        return [panel for panel in panels if panel.category.cluster or panel.finalists]

    @property
    def finalists(self):
        return [entry for entry in self.entries.values() if entry.is_public_finalist]

    @property
    def shortlisted(self):
        """Who is on the public shortlist and no finalist."""
        entries = self.entries.values()
        return alphabetical(one for one in entries if one.is_shortlisted and not one.is_public_finalist)

    @property
    def without_prize(self):
        return alphabetical(entry for entry in self.finalists if not entry.announced_awards)

    @property
    def overall(self):
        return next(iter(self._of_kind(Award.Kind.OVERALL)), None)

    @property
    def local(self):
        return by_weight(self._of_kind(Award.Kind.LOCAL))

    @property
    def special(self):
        return by_weight(self._of_kind(Award.Kind.SPECIAL))

    def _of_kind(self, kind):
        return [award for award in self.awards if award.kind == kind]

    def _finalists_of(self, category):
        return [entry for entry in self.finalists if entry.category_id == category.pk]


def by_weight(awards):
    """The overall winner first, then clusters, cities and special prizes, each in the order of the edition."""
    return sorted(awards, key=_weight)


def _weight(award):
    cluster = award.category.cluster if award.category_id else None
    local_prize = award.local_prize if award.local_prize_id else None
    return (
        list(Award.Kind).index(award.kind),
        (cluster.order, cluster.name) if cluster else (0, ""),
        (local_prize.order, local_prize.city, award.place) if local_prize else (0, "", 0),
        award.special_name,
        award.entry.sort_key,
    )


def announced_awards(edition):
    return Award.objects.announced().filter(edition=edition).select_related("local_prize", "image")


def public_entries(edition):
    is_finalist = Exists(Finalist.objects.public().filter(entry=OuterRef("pk")))
    entries = Entry.objects.public().filter(edition=edition).annotate(is_public_finalist=is_finalist)
    return entries.select_related("image").defer("body", "team").order_by("slug")
