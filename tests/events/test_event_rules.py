from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Category, Event, Organiser, PriceGroup, Venue
from tests.events.factories import (
    event_values,
    make_category,
    make_event,
    make_full_event,
    make_organiser,
    make_series,
    make_venue,
)

DAY = date(2027, 5, 4)
SPRING_NIGHT, AUTUMN_NIGHT = date(2027, 3, 28), date(2027, 10, 31)
RANGE = "Bitte ein Jahr von 1990 bis 2100 angeben."


def complaints(**values):
    """{field: [sentence, …]} of a draft with these values, as a form shows them: it leaves the moments to the model."""
    try:
        Event(**event_values(released=False, publish_from=None, **values)).full_clean(exclude=["begins_at", "over_at"])
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"starts_on": DAY, "ends_on": DAY - timedelta(days=1)}, "ends_on", "Der letzte Tag liegt vor dem ersten."),
        ({"start_time": time(12), "end_time": time(10)}, "end_time", "Das Ende liegt vor dem Beginn."),
        ({"start_time": time(12), "end_time": time(12)}, "end_time", "Das Ende liegt vor dem Beginn."),
        (
            {"start_time": None, "end_time": time(12)},
            "start_time",
            "Zur Uhrzeit des Endes gehört eine Uhrzeit des Beginns.",
        ),
        ({"starts_on": date(1, 1, 1)}, "starts_on", RANGE),
        ({"starts_on": date(9999, 12, 31)}, "starts_on", RANGE),
        ({"starts_on": DAY, "ends_on": date(9999, 12, 31)}, "ends_on", RANGE),
        (
            {"starts_on": DAY, "registration": "open", "registration_until": DAY + timedelta(days=1)},
            "registration_until",
            "Der Anmeldeschluss liegt nach der Veranstaltung.",
        ),
        (
            {"starts_on": SPRING_NIGHT, "start_time": time(2, 30), "end_time": None},
            "start_time",
            "Diese Uhrzeit gibt es an diesem Tag nicht: In der Nacht beginnt die Sommerzeit.",
        ),
        (
            {"starts_on": SPRING_NIGHT, "start_time": time(1), "end_time": time(2, 30)},
            "end_time",
            "Diese Uhrzeit gibt es an diesem Tag nicht: In der Nacht beginnt die Sommerzeit.",
        ),
        (
            {"registration_url": "https://www.example.org/"},
            "registration",
            "Mit Link oder Anmeldeschluss ist eine Anmeldung nötig: bitte auswählen.",
        ),
        ({"slug": "monat"}, "slug", "„monat“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."),
    ],
)
def test_each_mistake_has_its_own_sentence_at_its_own_field(values, field, sentence):
    assert complaints(**values) == {field: [sentence]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"starts_on": DAY, "start_time": None, "end_time": None},
        {"starts_on": DAY, "start_time": time(18), "end_time": None},
        {"starts_on": DAY, "ends_on": DAY + timedelta(days=1), "start_time": time(18), "end_time": time(2)},
        {"starts_on": DAY, "registration": "open", "registration_until": DAY},
        {"starts_on": AUTUMN_NIGHT, "start_time": time(2, 30), "end_time": time(2, 15)},
        {"starts_on": date(1990, 1, 1)},
        {"starts_on": date(2100, 12, 31)},
    ],
)
def test_what_is_unusual_but_right_is_accepted(values):
    assert complaints(**values) == {}


@pytest.mark.django_db
def test_an_online_event_has_no_venue_and_a_hybrid_one_has():
    venue = make_venue()
    assert complaints(attendance="online", venue=venue) == {
        "venue": ["Ein reiner Online-Termin hat keinen Ort. Sonst: „vor Ort und online“."]
    }
    assert complaints(attendance="hybrid", venue=venue) == {}


@pytest.mark.django_db
def test_the_database_refuses_what_the_form_would_have_refused():
    bad_moments = Event(**event_values(), slug="a")
    bad_moments._complete()
    bad_moments.over_at = bad_moments.begins_at
    bad_days = Event(**event_values(), slug="b")
    bad_days._complete()
    bad_days.ends_on = bad_days.starts_on - timedelta(days=1)
    for event in (bad_moments, bad_days):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.bulk_create([event])
    event = make_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceGroup.objects.create(event=event, label="alle", amount="-5.00")
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_price_below_zero_is_refused_with_a_sentence():
    price = PriceGroup(event=make_event(), label="alle", amount="-5.00")
    with pytest.raises(ValidationError) as refused:
        price.full_clean()
    assert refused.value.messages == ["Ein Preis kann nicht kleiner als 0 Euro sein."]


@pytest.mark.django_db
def test_the_same_identifier_of_a_source_is_taken_once_and_events_without_a_source_are_free():
    make_event(), make_event()
    make_event(source="ihk", source_identifier="7")
    make_event(source="hwk", source_identifier="7")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(source="ihk", source_identifier="7")
    assert Event.objects.count() == 4


@pytest.mark.django_db
def test_publication_needs_text_kind_and_place_and_for_a_moved_event_its_former_day():
    event = Event(**event_values(teaser="", body="<p> </p>", status=Event.Status.MOVED))
    assert event.missing_for_publication() == [
        "der Vorspann",
        "der Text",
        "die Art",
        "der Ort",
        "der ursprüngliche Tag",
    ]
    event = Event(**event_values(attendance="online", category=make_category()))
    assert event.missing_for_publication() == []


@pytest.mark.django_db
def test_calendars_learn_of_a_new_date_and_not_of_a_new_comma():
    event = make_event()
    assert (event.sequence, event.schedule_changed_at) == (0, None)
    event.title = "Mit Komma, jetzt"
    event.save()
    assert (event.sequence, event.schedule_changed_at) == (0, None)
    event.start_time = time(9)
    event.save()
    first_change = event.schedule_changed_at
    assert (event.sequence, first_change is not None) == (1, True)
    event.status = Event.Status.CANCELLED
    event.save()
    assert event.sequence == 2
    assert event.schedule_changed_at > first_change
    assert event.modified_at == event.schedule_changed_at


@pytest.mark.django_db
def test_a_copy_is_a_new_event_for_calendars_and_forgets_what_happened_to_the_old_one():
    event = make_full_event(
        status=Event.Status.MOVED,
        former_starts_on=DAY,
        status_note="Der Saal war belegt.",
        source="ihk",
        source_identifier="7",
    )
    event.start_time = time(9)
    event.save()
    twin = event.copy_as_draft()
    twin.save()
    assert (twin.title, twin.released, twin.status) == (f"Kopie von {event.title}", False, Event.Status.CONFIRMED)
    assert twin.uid != event.uid
    assert (twin.sequence, twin.schedule_changed_at, twin.source_identifier) == (0, None, "")
    assert (twin.former_starts_on, twin.status_note) == (None, "")


@pytest.mark.django_db
def test_registration_is_open_by_word_date_and_status():
    today = timezone.localdate()
    assert make_event(registration="open").registration_is_open
    assert make_event(registration="open", registration_until=today).registration_is_open
    for closed in (
        {"registration": "open", "registration_until": today - timedelta(days=1)},
        {"registration": "none"},
        {"registration": "full"},
        {"registration": "closed"},
        {"registration": "open", "status": Event.Status.CANCELLED},
        {"registration": "open", "status": Event.Status.POSTPONED},
        {"registration": "open", "days": -2},
    ):
        assert not make_event(**closed).registration_is_open, closed


@pytest.mark.django_db
def test_where_an_event_takes_place_follows_from_attendance_and_status():
    places = {
        (attendance, status): (event.takes_place_on_site, event.takes_place_online)
        for attendance in ("onsite", "online", "hybrid")
        for status in ("confirmed", "moved_online")
        for event in [Event(attendance=attendance, status=status)]
    }
    assert places == {
        ("onsite", "confirmed"): (True, False),
        ("online", "confirmed"): (False, True),
        ("hybrid", "confirmed"): (True, True),
        ("onsite", "moved_online"): (False, True),
        ("online", "moved_online"): (False, True),
        ("hybrid", "moved_online"): (False, True),
    }


# --- venues, organisers, categories


@pytest.mark.django_db
def test_a_venue_takes_over_the_events_of_its_duplicates_and_calendars_learn_of_it():
    kept, double, other = make_venue(), make_venue(), make_venue()
    moved, stays, elsewhere = make_event(venue=double), make_event(venue=kept), make_event(venue=other)
    kept.absorb([double])
    assert set(Venue.objects.all()) == {kept, other}
    assert set(kept.events.all()) == {moved, stays}
    assert list(other.events.all()) == [elsewhere]
    moved.refresh_from_db()
    stays.refresh_from_db()
    assert (moved.sequence, stays.sequence) == (1, 0)


@pytest.mark.django_db
def test_the_same_venue_is_not_stored_twice():
    venue = make_venue()
    twin = Venue(name=venue.name, street=venue.street, town=venue.town)
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert refused.value.messages == ["Diesen Ort gibt es schon."]


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"latitude": None}, {"longitude": None}, {"latitude": "91"}, {"longitude": "181"}])
def test_coordinates_come_as_a_pair_on_this_earth(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_venue(**values)
    assert not Venue.objects.exists()


@pytest.mark.django_db
def test_addresses_of_venues_leave_out_what_is_unknown():
    assert make_venue(name="", street="", postcode="", town="Böhlen").address == "Böhlen"
    venue = make_venue(name="Villa Ida", street="Poetenweg 28", postcode="04155", town="Leipzig")
    assert (str(venue), venue.address) == ("Villa Ida, Leipzig", "Poetenweg 28, 04155 Leipzig")
    assert make_venue(town="Köthen (Anhalt)").town_slug == "koethen-anhalt"


@pytest.mark.django_db
def test_slugs_of_categories_and_organisers_are_german_and_unique():
    assert [make_category(name=name).slug for name in ("Größe", "Groesse", "!!!")] == [
        "groesse",
        "groesse-2",
        "terminart",
    ]
    assert [make_organiser(name=name).slug for name in ("Übung e. V.", "Uebung e.V.")] == ["uebung-e-v", "uebung-e-v-2"]
    assert (Category.objects.count(), Organiser.objects.count()) == (3, 2)


@pytest.mark.django_db
def test_an_event_outlives_its_series_but_holds_on_to_its_venue():
    series, venue = make_series(), make_venue()
    event = make_event(series=series, venue=venue)
    series.delete()
    event.refresh_from_db()
    assert event.series is None
    with pytest.raises(IntegrityError), transaction.atomic():
        venue.delete()
    assert Event.objects.get() == event
