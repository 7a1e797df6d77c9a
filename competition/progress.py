"""How far a round is: who has stated conflicts, rated, voted. Never how."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from competition.jury import finalists_of, without_recused
from competition.models import (
    ConflictStatement,
    Entry,
    Panel,
    PanelCategory,
    PanelMember,
    Participation,
    Round,
    Sheet,
)


@dataclass(frozen=True)
class SeatProgress:
    """One juror's. Entries of which they are recused belong to what they have stated, not to what they rate."""

    seat: PanelMember
    entries: int
    stated: int
    recused: int
    submitted: int
    is_final: bool
    has_voted: bool = False

    @property
    def to_state(self):
        return self.entries - self.stated

    @property
    def to_rate(self):
        return self.entries - self.recused

    @property
    def unrated(self):
        return 0 if self.is_final else self.to_rate - self.submitted

    @property
    def vote_is_missing(self):
        return self.is_final and not self.has_voted and self.to_rate > 0

    @property
    def is_done(self):
        return not (self.to_state or self.unrated or self.vote_is_missing)


@dataclass(frozen=True)
class PanelProgress:
    panel: Panel
    entries: int
    seats: list[SeatProgress]
    former: list[PanelMember]

    @property
    def to_rate(self):
        return sum(one.to_rate for one in self.seats)

    @property
    def submitted(self):
        return sum(one.submitted for one in self.seats)

    @property
    def voted(self):
        return sum(one.has_voted for one in self.seats)

    @property
    def done(self):
        return sum(one.is_done for one in self.seats)


def progress_of(round_, *, reader):
    """Panel by panel, of the entries the reader may know of."""
    panels = round_.panels.prefetch_related(
        Prefetch("panel_categories", PanelCategory.objects.select_related("category__cluster")),
        Prefetch("members", PanelMember.objects.select_related("user")),
    )
    entries = without_recused(_judged_in(round_), reader)
    categories = dict(entries.values_list("pk", "category"))
    stated, recused = _statements(round_, categories)
    submitted = _submitted(round_, categories)
    voted = set(Participation.objects.filter(round=round_).values_list("user", flat=True))
    progress = []
    for panel in panels:
        own = {one.category_id for one in panel.panel_categories.all()}
        keys = {entry for entry, category in categories.items() if round_.is_final or category in own}
        members = panel.members.all()
        seats = [
            SeatProgress(
                seat,
                entries=len(keys),
                stated=len(stated[seat.user_id] & keys),
                recused=len(recused[seat.user_id] & keys),
                submitted=len((submitted[seat.pk] & keys) - recused[seat.user_id]),
                is_final=round_.is_final,
                has_voted=seat.user_id in voted,
            )
            for seat in members
            if seat.removed_at is None
        ]
        progress.append(PanelProgress(panel, len(keys), seats, [one for one in members if one.removed_at]))
    return progress


def _judged_in(round_):
    if round_.kind == Round.Kind.FINAL:
        return finalists_of(round_)
    return Entry.objects.filter(category__panel_categories__round=round_)


def _statements(round_, entries):
    stated, recused = defaultdict(set), defaultdict(set)
    seats = PanelMember.objects.filter(panel__round=round_)
    rows = ConflictStatement.objects.filter(user__in=seats.values("user"), entry__edition=round_.edition_id)
    for user, entry, is_conflicted in rows.values_list("user", "entry", "is_conflicted"):
        if entry in entries:
            stated[user].add(entry)
            if is_conflicted:
                recused[user].add(entry)
    return stated, recused


def _submitted(round_, entries):
    submitted = defaultdict(set)
    sheets = Sheet.objects.submitted().filter(member__panel__round=round_)
    for seat, entry in sheets.values_list("member", "entry"):
        if entry in entries:
            submitted[seat].add(entry)
    return submitted
