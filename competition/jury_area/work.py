"""What a juror has before them in a round: each entry with its state, how much is done, and what comes next."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from competition import jury
from competition.models import Entry, Round, Score, Sheet
from competition.models.prizes import alphabetical


@dataclass(frozen=True)
class Task:
    entry: Entry
    is_declared: bool
    sheet: Sheet | None = None

    @property
    def is_submitted(self):
        return self.sheet is not None and self.sheet.is_submitted

    @property
    def is_draft(self):
        return self.sheet is not None and not self.sheet.is_submitted


@dataclass(frozen=True)
class Step:
    label: str
    path: str


@dataclass
class Work:
    round: Round
    tasks: list[Task]
    has_voted: bool = False
    to_declare: list[Task] = field(init=False)
    drafts: list[Task] = field(init=False)
    submitted: list[Task] = field(init=False)

    def __post_init__(self):
        self.to_declare = [task for task in self.tasks if not task.is_declared]
        self.drafts = [task for task in self.tasks if task.is_declared and task.is_draft]
        self.submitted = [task for task in self.tasks if task.is_declared and task.is_submitted]

    @property
    def total(self):
        return len(self.tasks)

    @property
    def declared_number(self):
        return self.total - len(self.to_declare)

    @property
    def done(self):
        """Of `total`: rated, or in the final declared."""
        return self.declared_number if self.round.is_final else len(self.submitted)

    @property
    def position_of(self):
        return {task.entry.pk: number for number, task in enumerate(self.tasks, 1)}

    @property
    def is_finished(self):
        return self.has_voted if self.round.is_final else self.total > 0 and self.done == self.total

    @property
    def next_step(self):
        """The one thing to do now, or None."""
        if self.to_declare:
            return Step("Weiter mit den Erklärungen", reverse("jury:declare", args=[self.round.pk]))
        if self.round.is_final:
            can_vote = self.tasks and not self.has_voted
            return Step("Weiter zur Abstimmung", reverse("jury:ballot", args=[self.round.pk])) if can_vote else None
        task = self.next_to_rate()
        return Step("Weiter mit dem Bewerten", reverse("jury:rate", args=[task.entry.pk])) if task else None

    def next_to_rate(self, after=None):
        """In personal order, from the entry just rated onwards, then from the beginning."""
        start = self.position_of.get(after.pk, 0) if after else 0
        ahead = self.tasks[start:] + self.tasks[:start]
        waiting = (task for task in ahead if task.is_declared and not task.is_submitted)
        return next((task for task in waiting if task.entry != after), None)


def work_of(user, round):
    entries = jury.entries_assigned_to(user, round).annotate(is_declared=jury.declared_free(user))
    entries = entries.select_related("category__cluster", "edition")
    sheets = {} if round.is_final else _own_sheets(user, round)
    tasks = [Task(entry, entry.is_declared, sheets.get(entry.pk)) for entry in in_order(entries, user, round)]
    return Work(round, tasks, has_voted=round.is_final and jury.has_voted(user, round))


def in_order(entries, user, round):
    return alphabetical(entries) if round.is_final else jury.in_personal_order(entries, user)


def _own_sheets(user, round):
    sheets = Sheet.objects.filter(member__user=user, member__panel__round=round, member__removed_at__isnull=True)
    scores = Prefetch("scores", Score.objects.select_related("step"))
    return {sheet.entry_id: sheet for sheet in sheets.prefetch_related(scores)}


def rounds_of(user):
    return Round.objects.for_juror(user).select_related("edition").order_by("closes_at", "pk")


def round_of(user, entry):
    """The running round in which this juror has the entry before them."""
    rounds = (one for one in rounds_of(user) if jury.entries_assigned_to(user, one).filter(pk=entry.pk).exists())
    found = next(rounds, None)
    if found is None:
        raise Http404
    return found


def days_left(moment):
    """„noch 5 Tage“; by the calendar, as people count."""
    days = (timezone.localdate(moment) - timezone.localdate()).days
    if days <= 0:
        return "endet heute"
    return "noch 1 Tag" if days == 1 else f"noch {days} Tage"
