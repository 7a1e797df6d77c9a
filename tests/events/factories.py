"""Events, upcoming and public unless told otherwise; `make_full_event` fills every relation a page can show."""

import itertools
from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone

from events.models import (
    Category,
    Event,
    EventDownload,
    EventImage,
    EventLink,
    Organiser,
    PriceGroup,
    Series,
    Venue,
)
from tests.clusters.factories import make_cluster
from tests.factories import make_contact, make_document, make_image

_numbers = itertools.count(1)


def make_category(**values):
    return Category.objects.create(**{"name": f"Terminart {next(_numbers)}"} | values)


def make_organiser(**values):
    number = next(_numbers)
    defaults = {"name": f"Veranstalter {number}", "website": f"https://veranstalter-{number}.example/"}
    return Organiser.objects.create(**defaults | values)


def make_series(**values):
    return Series.objects.create(**{"title": f"Reihe {next(_numbers)}"} | values)


def make_venue(**values):
    defaults = {
        "name": f"Haus {next(_numbers)}",
        "street": "Hauptstraße 1",
        "postcode": "04109",
        "town": "Leipzig",
        "latitude": Decimal("51.33970"),
        "longitude": Decimal("12.37310"),
    }
    return Venue.objects.create(**defaults | values)


def event_values(**values):
    """What a complete event needs, without saving it: for forms, bulk_create and direct functions."""
    number = next(_numbers)
    days = values.pop("days", 10)
    defaults = {
        "title": f"Termin {number}",
        "teaser": f"Vorspann zum Termin {number}.",
        "body": f"<p>Text zum Termin {number}.</p>",
        "starts_on": timezone.localdate() + timedelta(days=days),
        "start_time": time(10),
        "end_time": time(12),
        "released": True,
        "publish_from": timezone.now() - timedelta(days=1),
    }
    return defaults | values


def make_event(**values):
    """`days=10`: in ten days, from 10 to 12. `clusters`, `organisers` and `supporters` take lists."""
    relations = {name: values.pop(name, ()) for name in ("clusters", "organisers", "supporters")}
    event = Event.objects.create(**event_values(**values))
    for name, rows in relations.items():
        getattr(event, name).set(rows)
    return event


def make_full_event(**values):
    """`venue=None` leaves out the venue, and so for each relation."""
    makers = {
        "image": make_image,
        "category": make_category,
        "venue": make_venue,
        "contact": make_contact,
        "series": make_series,
    }
    values = {name: make() for name, make in makers.items() if name not in values} | values
    image = values["image"]
    defaults = {
        "attendance": Event.Attendance.HYBRID,
        "online_url": "https://www.example.org/stream",
        "audience": "kleine und mittlere Betriebe",
        "patron": "Oberbürgermeisteramt der Stadt Leipzig",
        "cost": Event.Cost.PAID,
        "registration": Event.Registration.OPEN,
        "registration_url": "https://www.example.org/anmeldung",
        "recap": "<p>So war es.</p>",
        "clusters": [make_cluster(), make_cluster()],
        "organisers": [make_organiser(logo=image), make_organiser()],
        "supporters": [make_organiser(logo=image)],
    }
    event = make_event(**defaults | values)
    PriceGroup.objects.create(event=event, label="Mitglieder", amount="60.00", until=event.starts_on, order=1)
    PriceGroup.objects.create(event=event, label="Gäste", amount="90.00", order=2)
    for kind in EventLink.Kind:
        EventLink.objects.create(event=event, kind=kind, label=kind.label, url="https://www.example.org/")
    EventImage.objects.create(event=event, image=image)
    EventDownload.objects.create(event=event, document=make_document())
    return event


def make_event_draft(**values):
    return make_event(**{"released": False, "publish_from": None} | values)


def make_scheduled_event(**values):
    return make_event(**{"publish_from": timezone.now() + timedelta(days=1)} | values)


def make_expired_event(**values):
    now = timezone.now()
    return make_event(**{"publish_from": now - timedelta(days=2), "publish_until": now - timedelta(days=1)} | values)


def make_withdrawn_event(**values):
    event = make_event(**values)
    event.withdraw()
    event.save()
    return event
