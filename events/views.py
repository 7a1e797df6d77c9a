from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView

from events import dates, filters, moments, status
from events.filters import EventFilters
from events.models import Event, EventDownload, EventImage, EventLink, Organiser
from events.models.event import FIRST_YEAR
from events.months import Month, by_month_and_day
from events.structured_data import event_json_ld
from publishing.connections import connected_ends, connected_with
from publishing.links import links_by_kind
from publishing.lists import FilteredList
from publishing.views import HOME, PublishedDetail, absolute, description

ON_HOME = 6
MORE_EVENTS = 4
MORE_CANDIDATES = 30
FURTHER_DATES = 12
#: A month with more than this is read in the list, which has pages.
LARGEST_MONTH = 300


class EventList(FilteredList):
    queryset = Event.objects.published().with_list_parts().defer("body", "recap").soonest_first()
    context_object_name = "events"
    paginate_by = 30

    title = "Termine"
    description = (
        "Konferenzen, Messen, Workshops und Netzwerktreffen in der Europäischen Metropolregion Mitteldeutschland."
    )
    filter_names = filters.EVERYTHING

    def get_queryset(self):
        self.event_filters = EventFilters(self.request.GET, names=self.filter_names, offered=self.offered_events())
        self.hints, self.filters = self.event_filters.hints, self.event_filters.fields
        self.chosen = self.event_filters.chosen
        return self.event_filters.apply(self.events_of_page())

    def offered_events(self):
        return Event.objects.published().upcoming()

    def events_of_page(self):
        """Who asks for past days gets them; the list itself begins now."""
        events = self.queryset.all()
        return events if self.event_filters.asks_for_past_days else events.upcoming()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.hints:
            self.request.understood_parameters = self.event_filters.understood | {self.page_kwarg}
        today = timezone.localdate()
        return context | {
            "title": self.title,
            "description": self.description,
            "breadcrumbs": self.get_breadcrumbs(),
            "months": by_month_and_day(context["events"], today),
            "today": today,
            "event_filters": self.event_filters,
            "shortcuts": self.shortcuts(),
            "subscription": subscription_addresses(self.event_filters),
            "subject_query": subject_query(self.event_filters),
        }

    def get_breadcrumbs(self):
        return [HOME, ("Termine", reverse("events:list"))]

    def shortcuts(self):
        """(label, query, is chosen): one press each, the other filters stay."""
        chosen = self.chosen.get("zeitraum", "")
        is_any_day = not any(name in self.chosen for name in filters.PERIOD)
        return [
            ("Alle Tage", self._with_shortcut(None), is_any_day),
            *((one.label, self._with_shortcut(one.value), one.value == chosen) for one in filters.SHORTCUTS),
        ]

    def _with_shortcut(self, value):
        return self.event_filters.address(zeitraum=value, von=None, bis=None)


class EventArchive(EventList):
    """The past events of one year, under one stable address."""

    queryset = Event.objects.published().past().with_list_parts().defer("body", "recap").latest_first()
    template_name = "events/event_archive.html"
    paginate_by = 60
    filter_names = filters.SUBJECT

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.year = kwargs["year"]
        self.years = years_of_past_events()
        # The year we are in has an archive from its first day: other pages link to it. /archiv/02024/ would be the
        # same page under a second address.
        if self.year not in {*self.years, timezone.localdate().year} or request.path != self._path():
            raise Http404
        self.title = f"Termine {self.year}"
        self.description = f"Was {self.year} in der Metropolregion Mitteldeutschland stattgefunden hat."

    def offered_events(self):
        return self.events_of_page().select_related(None).prefetch_related(None)

    def events_of_page(self):
        return self.queryset.filter(begins_in(self.year))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"year": self.year, "years": self.years}

    def get_breadcrumbs(self):
        return [*super().get_breadcrumbs(), (f"Archiv {self.year}", self._path())]

    def _path(self):
        return reverse("events:archive", args=[self.year])


class EventMonth(ListView):
    queryset = Event.objects.published().select_related("venue").defer("body", "recap").soonest_first()
    template_name = "events/event_month.html"
    context_object_name = "events"

    def get(self, request, *args, **kwargs):
        self.month = Month(kwargs["year"], kwargs["month"])
        if not self.month.exists:
            raise Http404
        if request.path != (path := month_path(self.month)):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
        response = super().get(request, *args, **kwargs)
        if self.month.is_far_away:
            response["X-Robots-Tag"] = "noindex"
        return response

    def get_queryset(self):
        of_month = Event.objects.published().touching(self.month.first_day, self.month.last_day)
        self.event_filters = EventFilters(self.request.GET, names=filters.SUBJECT, offered=of_month)
        events = self.queryset.touching(self.month.first_day, self.month.last_day)
        # One more than are shown, to know whether there are more.
        return self.event_filters.apply(events)[: LARGEST_MONTH + 1]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self.request.understood_parameters = self.event_filters.understood
        events = list(context["events"])
        month, today = self.month, timezone.localdate()
        return context | {
            "title": f"Termine im {month.title}",
            "description": f"Kalender der Metropolregion Mitteldeutschland: alle Termine im {month.title}.",
            "breadcrumbs": [
                HOME,
                ("Termine", reverse("events:list")),
                (month.title, month_path(month)),
            ],
            "month": month,
            "weekdays": [(weekday[:2], weekday) for weekday in dates.WEEKDAYS],
            "weeks": month.weeks(events[:LARGEST_MONTH], today),
            "today": today,
            "count": len(events[:LARGEST_MONTH]),
            "has_more": len(events) > LARGEST_MONTH,
            "neighbours": [(rel, label, one) for rel, label, one in self._neighbours() if one],
            "event_filters": self.event_filters,
            "filters": self.event_filters.fields,
            "hints": self.event_filters.hints,
            "is_filtered": bool(self.event_filters.chosen),
            "canonical_query": self.event_filters.address(),
            "list_query": self.event_filters.address(von=month.first_day.isoformat(), bis=month.last_day.isoformat()),
            "subscription": subscription_addresses(self.event_filters),
            "subject_query": subject_query(self.event_filters),
        }

    def _neighbours(self):
        return ("prev", "Voriger Monat", self.month.previous), ("next", "Nächster Monat", self.month.next)


class EventDetail(PublishedDetail):
    queryset = Event.objects.published().select_related("image", "category", "venue", "series", "contact__photo")

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .annotate(connected_ends=connected_ends("termine"))
            .prefetch_related(
                "clusters",
                "price_groups",
                "links",
                Prefetch("downloads", EventDownload.objects.select_related("document")),
                Prefetch("gallery", EventImage.objects.select_related("image")),
            )
        )

    def get_context_data(self, **kwargs):
        event = self.object
        organisers, supporters = organisers_and_supporters(event)
        further_dates, more_events = events_to_come(event)
        crumbs = [HOME, ("Termine", reverse("events:list")), (event.title, event.get_absolute_url())]
        return super().get_context_data(**kwargs) | {
            "title": event.title,
            "description": description(event.teaser),
            "breadcrumbs": crumbs,
            "bands": status.bands(event),
            "organisers": organisers,
            "supporters": supporters,
            "price_groups": event.price_groups.all(),
            "links_by_kind": links_by_kind(event.links.all(), EventLink.Kind),
            "downloads": [one.document for one in event.downloads.all() if not one.document.is_withdrawn],
            "gallery": [one.image for one in event.gallery.all() if one.image],
            "contact": event.contact if event.contact and event.contact.is_current else None,
            "connected": connected_with(event),
            "further_dates": further_dates,
            "more_events": more_events,
            "file_path": reverse("events:event-ics", args=[event.slug]),
            "structured_data": event_json_ld(event, organisers, event.price_groups.all()),
        }


def next_events():
    """For the home page."""
    events = Event.objects.published().upcoming().select_related("venue").prefetch_related("organisers")
    return events.defer("body", "recap").soonest_first()[:ON_HOME]


def organisers_and_supporters(event):
    """One query for both."""
    organises = Event.organisers.through.objects.filter(event=event, organiser=OuterRef("pk"))
    supports = Event.supporters.through.objects.filter(event=event, organiser=OuterRef("pk"))
    involved = (
        Organiser.objects.annotate(organises=Exists(organises), supports=Exists(supports))
        .filter(Q(organises=True) | Q(supports=True))
        .select_related("logo")
    )
    rows = list(involved)
    return [one for one in rows if one.organises], [one for one in rows if one.supports]


def events_to_come(event):
    """Further dates of its series, and of the next other ones those of the same kind, filled up with the soonest.

    One query for both, by key: each is read from the index in its order.
    """
    others = Event.objects.published().upcoming().exclude(pk=event.pk).soonest_first()
    of_series = others.filter(series=event.series_id) if event.series_id else others.none()
    soonest = others.values("pk")[: MORE_CANDIDATES + FURTHER_DATES]
    by_key = Event.objects.filter(Q(pk__in=soonest) | Q(pk__in=of_series.values("pk")[:FURTHER_DATES]))
    found = list(by_key.select_related("venue").defer("body", "recap").soonest_first())
    further = [one for one in found if event.series_id and one.series_id == event.series_id][:FURTHER_DATES]
    candidates = [one for one in found if one not in further][:MORE_CANDIDATES]
    more = sorted(candidates, key=lambda one: one.category_id != event.category_id)[:MORE_EVENTS]
    return further, sorted(more, key=lambda one: (one.begins_at, one.pk))


def begins_in(year):
    return Q(begins_at__gte=_new_year(year), begins_at__lt=_new_year(year + 1))


def _new_year(year):
    return moments.moment(date(year, 1, 1), moments.MIDNIGHT)


def years_of_past_events():
    """Newest first, only years that hold something. One row with a column a year: each stops at its first event."""
    past = Event.objects.published().past().order_by("begins_at")
    years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
    columns = {f"y{year}": Subquery(past.filter(begins_in(year)).values("pk")[:1]) for year in years}
    found = past.annotate(**columns).values(*columns).first() or {}
    return [year for year in years if found.get(f"y{year}")]


def month_path(month):
    return reverse("events:month", args=[month.year, month.month])


def subject_query(event_filters):
    """What the list and the months have in common."""
    return event_filters.address(zeitraum=None, von=None, bis=None)


def subscription_addresses(event_filters):
    query = event_filters.address()
    path = reverse("events:calendar") + (f"?{query}" if query else "")
    return {"path": path, "address": absolute(path)}
