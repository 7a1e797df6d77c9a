"""Decisions as an editor reads them."""

from dataclasses import dataclass

from competition.models import Award
from competition.models.prizes import alphabetical
from competition.result_lines import FINALIST


@dataclass
class Contrast:
    label: str
    theirs: list[str]
    mine: list[str]


def contrasts(edition, theirs, mine):
    """Where two sets of lines differ, prize by prize, in words."""
    label = Labels(edition)
    targets = sorted({one.target for one in theirs ^ mine}, key=label.order)
    return [
        Contrast(label.of(target), label.names(theirs, target) or ["–"], label.names(mine, target) or ["–"])
        for target in targets
    ]


class Labels:
    """Decisions in words. Asks for the names of one edition once."""

    _KINDS = (FINALIST, Award.Kind.CLUSTER, Award.Kind.OVERALL, Award.Kind.LOCAL, Award.Kind.SPECIAL)

    def __init__(self, edition):
        entries = edition.entries.only("organisation", "title", "edition")
        self._entries = {entry.pk: str(entry) for entry in alphabetical(entries)}
        self._categories = {one.pk: one.name for one in edition.categories.select_related("cluster")}
        self._prizes = {one.pk: one.name for one in edition.local_prizes.all()}

    def of(self, target):
        if target.kind == FINALIST:
            return f"Finalisten {self._categories.get(target.where, '')}"
        if target.kind == Award.Kind.CLUSTER:
            return f"Clustersieg {self._categories.get(target.where, '')}"
        if target.kind == Award.Kind.LOCAL:
            prize = self._prizes.get(target.where, "lokaler Preis")
            return prize if target.place == 1 else f"{prize}, {target.place}. Platz"
        return target.name or "Gesamtsieg"

    def names(self, lines, target):
        keys = {one.entry for one in lines if one.target == target}
        return [name for key, name in self._entries.items() if key in keys]

    def order(self, target):
        where = list(self._prizes if target.kind == Award.Kind.LOCAL else self._categories)
        position = where.index(target.where) if target.where in where else len(where)
        return self._KINDS.index(target.kind), position, target.place, target.name


def results_in_words(edition, lines):
    """[(„Clustersieg Automotive“, [„Firma: Erfindung“]), …]."""
    label = Labels(edition)
    targets = sorted({one.target for one in lines}, key=label.order)
    return [(label.of(target), label.names(lines, target)) for target in targets]
