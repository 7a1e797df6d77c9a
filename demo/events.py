"""Events: real ones of the past, and examples whose dates count from the day of loading."""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from demo.saving import clean_and_save, morning_of
from events.models import Category, Event, Organiser, PriceGroup, Series, Venue

ANNOUNCED_BEFORE = timedelta(days=60)
# The addresses of the examples lead nowhere: example.org is reserved for that.
EXAMPLE_REGISTRATION, EXAMPLE_STREAM = "https://www.example.org/anmeldung", "https://www.example.org/teilnahme"
STATUS = {
    "scheduled": Event.Status.CONFIRMED,
    "sold_out": Event.Status.CONFIRMED,
    "planned": Event.Status.PLANNED,
    "cancelled": Event.Status.CANCELLED,
    # Its new date is known.
    "postponed": Event.Status.MOVED,
}
COST = {True: Event.Cost.FREE, False: Event.Cost.PAID, None: Event.Cost.UNKNOWN}


def save_event(entry, clusters, images):
    day = _day(entry, "starts_on", "days_from_today")
    event = Event(
        slug=entry["slug"],
        title=entry["title"],
        teaser=entry["summary_de"],
        body=entry["description_html"],
        category=_category(entry["category"]),
        image=images.get(entry["picture"]),
        starts_on=day,
        start_time=_clock(entry["starts_at"]),
        ends_on=_last_day(entry, day),
        end_time=_clock(entry["ends_at"]),
        attendance=entry["attendance"],
        venue=_venue(entry),
        online_url=EXAMPLE_STREAM if entry["example"] and entry["attendance"] != Event.Attendance.ON_SITE else "",
        status=STATUS[entry["status"]],
        former_starts_on=_day(entry, "former_starts_on", "former_days_from_today"),
        cost=COST[entry["is_free"]],
        registration=_registration(entry),
        registration_url=EXAMPLE_REGISTRATION if entry["registration_url"] else "",
        registration_until=_day(entry, "registration_deadline", "registration_deadline_days_from_today"),
        expected_guests=entry["expected_guests"],
        actual_guests=entry["actual_guests"],
        series=_series(entry["series"]),
        released=True,
        publish_from=_announced(day),
        is_example=entry["example"],
    )
    clean_and_save(event)
    event.clusters.set([clusters[slug] for slug in entry["clusters"]])
    event.organisers.set([_organiser(name, entry) for name in entry["organisers"]])
    event.supporters.set([_organiser(name, entry) for name in entry["supporters"]])
    for order, price in enumerate(entry["price_groups"]):
        group = PriceGroup(event=event, label=price["label"], amount=Decimal(str(price["eur"])), order=order)
        clean_and_save(group)
    return event


def _day(entry, name, days_from_today):
    if entry.get(name):
        return date.fromisoformat(entry[name])
    days = entry[days_from_today]
    return None if days is None else timezone.localdate() + timedelta(days=days)


def _last_day(entry, first_day):
    last_day = _day(entry, "ends_on", "ends_days_from_today")
    return last_day if last_day != first_day else None


def _clock(text):
    return time.fromisoformat(text) if text else None


def _announced(first_day):
    yesterday = timezone.localdate() - timedelta(days=1)
    return morning_of(min(first_day - ANNOUNCED_BEFORE, yesterday).isoformat())


def _registration(entry):
    if entry["status"] == "sold_out":
        return Event.Registration.FULL
    return Event.Registration.OPEN if entry["registration_url"] else Event.Registration.NONE


def _venue(entry):
    if entry["attendance"] == Event.Attendance.ONLINE:
        return None
    place = entry["venue"]
    words = {name: place[name] or "" for name in ("name", "street", "town")}
    found = Venue.objects.filter(**words).first()
    return found or clean_and_save(
        Venue(
            **words,
            postcode=place["postcode"] or "",
            latitude=Decimal(str(place["lat"])),
            longitude=Decimal(str(place["lon"])),
            is_example=entry["example"],
        )
    )


def _organiser(name, entry):
    found = Organiser.objects.filter(name=name).first()
    return found or clean_and_save(Organiser(name=name, is_example=entry["example"]))


def _category(name):
    found = Category.objects.filter(name=name).first()
    return found or clean_and_save(Category(name=name, order=Category.objects.count() + 1))


def _series(entry):
    if entry is None:
        return None
    return Series.objects.filter(title=entry["title"]).first() or clean_and_save(Series(title=entry["title"]))
