"""Jurors come and go: noted each time, and nothing they have written is lost."""

from django.db import transaction
from django.utils import timezone

from competition.models import LogEntry, PanelMember
from competition.results import log


@transaction.atomic
def assign(seat, *, by):
    """A new seat, or one taken up again: then its sheets count as before."""
    stored = PanelMember.objects.select_for_update().filter(pk=seat.pk).first() if seat.pk else None
    if stored and stored.removed_at is None:
        return seat
    seat.removed_at = None
    seat.save()
    log(seat.panel.round.edition, LogEntry.Act.ASSIGNED, by, _label(seat))
    return seat


@transaction.atomic
def remove(seat, *, by):
    stored = PanelMember.objects.select_for_update().get(pk=seat.pk)
    if stored.removed_at:
        return seat
    seat.removed_at = timezone.now()
    seat.save()
    log(seat.panel.round.edition, LogEntry.Act.UNASSIGNED, by, _label(seat))
    return seat


def _label(seat):
    return f"{seat}, {seat.panel} ({seat.panel.round})"
