"""What calendar programs fetch: one event as a file, and every filter address of the list as a calendar."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events import ical
from events.filters import EventFilters
from events.models import Event
from publishing.models import Redirect
from publishing.redirects import Gone
from publishing.views import PublishedDetail, absolute

NAME = "Termine – Metropolregion Mitteldeutschland"
KEPT_AFTERWARDS = timedelta(days=30)
LOOKS_AHEAD = timedelta(days=548)  # 18 months
LARGEST_FEED = 3000


def subscribed_events(filters):
    """The soonest first, so that a calendar that is full loses what is farthest away."""
    # Called off: long enough for every program to learn of it. An event that never had another status has no such date.
    still_news = Q(schedule_changed_at__isnull=True) | Q(schedule_changed_at__gt=Now() - KEPT_AFTERWARDS)
    events = filters.apply(_calendar_events()).filter(
        ~Q(status__in=Event.CALLED_OFF) | still_news,
        over_at__gt=Now() - KEPT_AFTERWARDS,
        begins_at__lt=Now() + LOOKS_AHEAD,
    )
    return events.soonest_first()[:LARGEST_FEED]


def _calendar_events():
    events = Event.objects.published().select_related("venue", "category", "contact")
    return events.prefetch_related("organisers", "clusters").defer("body", "recap")


@require_safe
def subscription(request):
    """The same parameters as the list. What the list does not know is left out here as there."""
    filters = EventFilters(request.GET)
    request.understood_parameters = filters.understood
    query = filters.address()
    page = absolute(reverse("events:list") + (f"?{query}" if query else ""))
    return _file(ical.calendar(subscribed_events(filters), _name(filters), page), "termine.ics", saved=False)


def _name(filters):
    chosen = ", ".join(label for label, _ in filters.summary)
    return f"{NAME}: {chosen}" if chosen else NAME


class EventFile(PublishedDetail):
    """One event to add to a calendar: for its visitors, so it has no name and no window of its own."""

    queryset = _calendar_events()
    http_method_names = ("get", "head")

    def get(self, request, *args, **kwargs):
        try:
            event = self.get_object()
        except Gone:
            raise
        except Http404:
            return self._moved_like_its_page()
        return _file(ical.calendar([event]), f"{event.slug}.ics", saved=True)

    def _moved_like_its_page(self):
        moved = Redirect.objects.filter(old_path=reverse("events:detail", args=[self.kwargs["slug"]])).first()
        if moved is None:
            raise Http404
        if not moved.new_path:
            raise Gone
        return HttpResponsePermanentRedirect(f"{moved.new_path.rstrip('/')}.ics")


def _file(content, name, *, saved):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(saved, name)
    response["X-Robots-Tag"] = "noindex"
    return response
