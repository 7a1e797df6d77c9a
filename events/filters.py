"""The filters of the list of events, as they stand in the address: the same for the page and for the calendar."""

import calendar
import re
from datetime import date, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.http import urlencode

from clusters.models import Cluster
from events.dates import day_in_figures
from events.models import Category, Event, Organiser, Venue
from events.models.event import FIRST_YEAR, LAST_YEAR
from publishing.lists import Choice, Filter, hints_about_names, hints_about_repeated, shortened
from publishing.slugs import LONGEST_SLUG
from publishing.text import without_control_characters

SHORTCUTS = [
    Choice("heute", "Heute"),
    Choice("diese-woche", "Diese Woche"),
    Choice("dieses-wochenende", "Dieses Wochenende"),
    Choice("dieser-monat", "Dieser Monat"),
]
FORMATS = [
    Choice("vor-ort", "vor Ort"),
    Choice("online", "online"),
    Choice("hybrid", "vor Ort und online"),
]
FREE = [Choice("ja", "nur kostenfreie")]

PERIOD = ("zeitraum", "von", "bis")
#: Whose values are rows of the database, named by their slug.
ROWS = ("art", "cluster", "ort", "veranstalter")
SUBJECT = (*ROWS, "format", "kostenfrei")
EVERYTHING = (*PERIOD, *SUBJECT)
LABELS = {
    "zeitraum": "Zeitraum",
    "von": "Von",
    "bis": "Bis",
    "art": "Art",
    "cluster": "Cluster",
    "ort": "Ort",
    "veranstalter": "Veranstalter",
    "format": "Teilnahme",
    "kostenfrei": "Kosten",
}
EVERYTHING_LABELS = {
    "zeitraum": "Alle Tage",
    "art": "Alle Arten",
    "cluster": "Alle Cluster",
    "ort": "Alle Orte",
    "veranstalter": "Alle Veranstalter",
    "format": "Vor Ort oder online",
    "kostenfrei": "Mit und ohne Kosten",
}
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLUG = re.compile(rf"[a-z0-9_-]{{1,{LONGEST_SLUG}}}", re.IGNORECASE)


class EventFilters:
    """What an address asks for. What it cannot mean is left out, with a hint, and the rest is kept.

    `names` are the filters of this page. `offered` are the events whose values a visitor may choose from; without it
    only the values of this address are looked up, which is all that a calendar needs.
    """

    def __init__(self, parameters, *, names=EVERYTHING, offered=None, page_parameter="seite"):
        self.names = names
        self.hints = []
        self.hints += hints_about_names(parameters, {*names, page_parameter})
        self.hints += hints_about_repeated(parameters, {name: LABELS[name] for name in names})
        self._raw = {name: parameters.get(name, "").strip() for name in names}
        self.first_day, self.last_day = self._asked_days()
        self._rows = self._read_rows(offered)
        self.fields = [
            Filter(name, LABELS[name], self._choices(name), EVERYTHING_LABELS[name]) for name in self._selects()
        ]
        for field in self.fields:
            self._choose(field)
        self.chosen = self._chosen_values()

    @property
    def understood(self):
        """The parameters this address may hold and still be kept in the page cache."""
        return frozenset() if self.hints else frozenset(self.names)

    def address(self, **changes):
        """The query string of exactly this choice, always in the same order. `art=None` leaves out one filter."""
        values = self.chosen | changes
        return urlencode({name: values[name] for name in EVERYTHING if values.get(name)})

    def field(self, name):
        return next((field for field in self.fields if field.name == name), None)

    @property
    def summary(self):
        """[(„ab 1. Dezember 2026“, the address without it), …]"""
        return [(self._in_words(name), self.address(**{name: None})) for name in self.chosen]

    @property
    def asks_for_past_days(self):
        today = timezone.localdate()
        return any(day is not None and day < today for day in (self.first_day, self.last_day))

    def apply(self, events):
        events = self._apply_period(events)
        chosen_rows = {name: pk for name in ROWS if (pk := self._chosen_pk(name))}
        if "art" in chosen_rows:
            events = events.filter(category=chosen_rows["art"])
        if "ort" in chosen_rows:
            events = events.filter(venue__in=Venue.objects.filter(town_slug=self.chosen["ort"]).values("pk"))
        # Joins would repeat an event and make counting slow.
        for name, relation in (("cluster", Event.clusters), ("veranstalter", Event.organisers)):
            if name in chosen_rows:
                target = "cluster" if name == "cluster" else "organiser"
                rows = relation.through.objects.filter(**{"event": OuterRef("pk"), target: chosen_rows[name]})
                events = events.filter(Exists(rows))
        if "format" in self.chosen:
            events = events.filter(takes_place(self.chosen["format"]))
        if "kostenfrei" in self.chosen:
            events = events.filter(cost=Event.Cost.FREE)
        return events

    # --- period

    def _apply_period(self, events):
        if "zeitraum" in self.chosen:
            return events.touching(*days_of_shortcut(self.chosen["zeitraum"], timezone.localdate()))
        if self.first_day or self.last_day:
            return events.touching(
                self.first_day or date(FIRST_YEAR, 1, 1),
                self.last_day or date(LAST_YEAR, 12, 31),
            )
        return events

    def _asked_days(self):
        first, last = (self._day(name) for name in ("von", "bis"))
        if first and last and first > last:
            self.hints.append(
                f"„Von“ ({day_in_figures(first)}) liegt nach „Bis“ ({day_in_figures(last)}). "
                "Beide Tage wurden weggelassen."
            )
            return None, None
        return first, last

    def _day(self, name):
        raw = self._raw.get(name)
        if not raw:
            return None
        day = None
        if _ISO_DAY.fullmatch(raw):
            try:
                day = date.fromisoformat(raw)
            except ValueError:
                day = None
        if day is None:
            self._hint(name, f"„{_shown(raw)}“ ist kein Tag, den es gibt. Bitte in der Form 2026-12-31 angeben.")
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._hint(name, f"Der Kalender reicht von {FIRST_YEAR} bis {LAST_YEAR}.")
            day = None
        return day

    # --- values

    def _selects(self):
        return [name for name in self.names if name in EVERYTHING_LABELS]

    def _choices(self, name):
        fixed = {"zeitraum": SHORTCUTS, "format": FORMATS, "kostenfrei": FREE}
        if name in fixed:
            return fixed[name]
        rows = sorted(
            (order, label.casefold(), slug, label) for kind, _, slug, label, order in self._rows if kind == name
        )
        # Two venues of one town are one choice.
        return list({slug: Choice(slug, label) for _, _, slug, label in rows}.values())

    def _choose(self, field):
        raw = self._raw[field.name]
        if not raw:
            return
        if not field.choose(raw):
            self._hint(field.name, f"„{_shown(raw)}“ kennen wir nicht.")
        elif field.name == "zeitraum" and (self.first_day or self.last_day):
            field.chosen = None
            self.hints.append("Es gelten die genauen Tage („Von“ und „Bis“). Der Zeitraum wurde weggelassen.")

    def _chosen_values(self):
        values = {field.name: field.chosen.value for field in self.fields if field.chosen}
        days = {"von": self.first_day, "bis": self.last_day}
        values |= {name: day.isoformat() for name, day in days.items() if day}
        return {name: values[name] for name in EVERYTHING if name in values}

    def _chosen_pk(self, name):
        if name not in self.chosen:
            return None
        return next(pk for kind, pk, slug, *_ in self._rows if (kind, slug) == (name, self.chosen[name]))

    def _in_words(self, name):
        if name == "von":
            return f"ab {day_in_figures(self.first_day)}"
        if name == "bis":
            return f"bis {day_in_figures(self.last_day)}"
        if name == "kostenfrei":
            return "kostenfrei"
        return self.field(name).chosen.label

    def _read_rows(self, offered):
        """(name, pk, slug, label, order) of every value that may be chosen: one query for all filters together."""
        parts = []
        for name, rows in _row_querysets().items():
            raw = self._raw.get(name, "")
            slug = raw if _SLUG.fullmatch(raw) else None
            if name not in self.names or not (slug or offered is not None):
                continue
            wanted = Q(slug_in_address=slug) if slug else Q(pk__in=())
            if offered is not None:
                rows = rows.annotate(an_event=_an_event_of(name, offered))
                wanted |= Q(an_event__isnull=False)
            parts.append(
                rows.filter(wanted).order_by().values_list(Value(name), "pk", "slug_in_address", *LABEL_FIELDS[name])
            )
        if not parts:
            return []
        return list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])

    # --- hints

    def _hint(self, name, sentence):
        self.hints.append(f"„{LABELS[name]}“ wurde weggelassen: {sentence}")


EVENT_FIELDS = {"art": "category", "ort": "venue"}
LABEL_FIELDS = {
    "art": ("name", "order"),
    "cluster": ("name", "order"),
    "ort": ("town", Value(0)),
    "veranstalter": ("name", Value(0)),
}


def _an_event_of(name, offered):
    """Some event of the row, found along an index: a join over all events is what it must not become."""
    if name == "cluster":
        # Few, chosen by hand, and each with very many events: all of today are offered.
        return Case(When(Cluster.CURRENT, then=F("pk")))
    if name == "veranstalter":
        held = Event.organisers.through.objects.filter(organiser=OuterRef("pk"))
        event = offered.filter(pk=OuterRef("event_id")).order_by().values("pk")[:1]
        return Subquery(held.annotate(found=Subquery(event)).filter(found__isnull=False).values("found")[:1])
    # The last one to begin is the likeliest to be still ahead.
    return Subquery(offered.filter(**{EVENT_FIELDS[name]: OuterRef("pk")}).order_by("-begins_at").values("pk")[:1])


def _row_querysets():
    models = {"art": Category, "cluster": Cluster, "ort": Venue, "veranstalter": Organiser}
    return {
        name: model.objects.annotate(slug_in_address=F("town_slug" if model is Venue else "slug"))
        for name, model in models.items()
    }


def takes_place(form):
    """What has moved online is no longer on site. Who asks for one way to take part also sees what offers both."""
    on_site = ~Q(attendance=Event.Attendance.ONLINE) & ~Q(status=Event.Status.MOVED_ONLINE)
    online = ~Q(attendance=Event.Attendance.ON_SITE) | Q(status=Event.Status.MOVED_ONLINE)
    return {"vor-ort": on_site, "online": online, "hybrid": on_site & online}[form]


def days_of_shortcut(shortcut, today):
    """First and last day. The weekend of a Sunday is the one that is ending."""
    monday = today - timedelta(days=today.weekday())
    last_of_month = calendar.monthrange(today.year, today.month)[1]
    return {
        "heute": (today, today),
        "diese-woche": (monday, monday + timedelta(days=6)),
        "dieses-wochenende": (monday + timedelta(days=5), monday + timedelta(days=6)),
        "dieser-monat": (today.replace(day=1), today.replace(day=last_of_month)),
    }[shortcut]


def _shown(raw):
    return shortened(without_control_characters(raw))
