"""What else happens around the days of an event: for editors, before two dates compete for the same people."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from events.models import Event
from events.models.event import FIRST_YEAR, LAST_YEAR

DAYS_AROUND = timedelta(days=3)
SHOWN = 10


def neighbours(first_day, last_day, *, town_slug="", clusters=(), except_for=None):
    """In the same town or for the same cluster. Drafts, too: editors plan with what is not public yet."""
    if not FIRST_YEAR < first_day.year <= last_day.year < LAST_YEAR or first_day > last_day:
        return Event.objects.none()
    same_town = Q(venue__town_slug=town_slug) if town_slug else Q(pk__in=())
    shared = Event.clusters.through.objects.filter(event=OuterRef("pk"), cluster__in=clusters)
    return (
        Event.objects.filter(same_town | Exists(shared) if clusters else same_town)
        .exclude(status__in=Event.CALLED_OFF)
        .exclude(released=False, withdrawn_at__isnull=False)
        .exclude(pk=except_for)
        .touching(first_day - DAYS_AROUND, last_day + DAYS_AROUND)
        .select_related("venue")
        .soonest_first()[:SHOWN]
    )
