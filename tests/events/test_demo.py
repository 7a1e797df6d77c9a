"""The demo data as visitors meet it: through the models' own rules, never empty, its dates counted from today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo import events, loader
from demo.clusters import save_clusters
from events.models import Category, Event, Organiser, Series, Venue
from tests.module_rows import kept_for_the_module

read = loader._read
ENTRIES = [entry | {"picture": None} for entry in read("events")]
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        clusters = save_clusters(read("clusters"))
        for entry in ENTRIES:
            events.save_event(entry, clusters, {})
        yield


def test_every_event_of_the_file_is_public(loaded, client):
    assert Event.objects.published().count() == len(ENTRIES) == 39
    assert {one.slug for one in Event.objects.filter(is_example=True)} == {
        entry["slug"] for entry in ENTRIES if entry["example"]
    }
    for entry in ENTRIES:
        assert client.get(f"/termine/{entry['slug']}/").status_code == 200, entry["slug"]
        assert client.get(f"/termine/{entry['slug']}.ics").status_code == 200, entry["slug"]


def test_the_calendar_is_not_empty_and_what_is_invented_says_so(loaded):
    upcoming, past = Event.objects.upcoming(), Event.objects.past()
    assert (upcoming.count(), past.count()) == (16, 23)
    assert all(event.is_example for event in upcoming)
    assert not any(event.is_example for event in past)
    assert all(venue.is_example for venue in Venue.objects.filter(events__is_example=True))
    assert all(one.is_example for one in Organiser.objects.filter(events__is_example=True))


def test_example_dates_count_from_the_day_of_loading(loaded):
    today = timezone.localdate()
    for entry in ENTRIES:
        event = Event.objects.get(slug=entry["slug"])
        if entry["example"]:
            assert event.starts_on == today + timedelta(days=entry["days_from_today"])
            assert event.last_day == today + timedelta(days=entry["ends_days_from_today"])
        else:
            assert (event.starts_on.isoformat(), event.last_day.isoformat()) == (entry["starts_on"], entry["ends_on"])
        assert event.is_all_day is entry["all_day"]
        assert event.publish_from < timezone.now()


def test_statuses_deadlines_prices_and_series_are_taken_over(loaded):
    today = timezone.localdate()
    moved = Event.objects.get(slug="beispiel-regionalforum-verschoben")
    assert (moved.status, moved.former_starts_on) == (Event.Status.MOVED, today + timedelta(days=84))
    assert Event.objects.get(slug="beispiel-logistiktag").status == Event.Status.CANCELLED
    assert Event.objects.get(slug="beispiel-gruenderpitch").registration == Event.Registration.FULL
    fair = Event.objects.get(slug="beispiel-fachtag-kreislaufwirtschaft")
    assert (fair.cost, fair.registration, fair.registration_until) == ("paid", "open", today + timedelta(days=28))
    assert [(one.label, one.amount) for one in fair.price_groups.all()] == [("Teilnahme", 120), ("Studierende", 30)]
    assert Series.objects.get().events.count() == 2
    meeting = Event.objects.get(slug="expertentreffen-energiemetropole-leipzig-2018")
    assert [one.slug for one in meeting.clusters.all()] == [
        "energie-umwelt-solarwirtschaft",
        "informationstechnologie",
    ]
    assert [one.name for one in meeting.supporters.all()] == ["Amt für Wirtschaftsförderung der Stadt Leipzig"]


def test_venues_organisers_and_categories_are_there_once(loaded):
    assert Venue.objects.filter(name="Kulturhaus Leuna").count() == 1
    assert Venue.objects.filter(name="", town="Jena").count() == 1
    assert Category.objects.count() == len({entry["category"] for entry in ENTRIES})
    assert Organiser.objects.count() == len(
        {name for entry in ENTRIES for name in (*entry["organisers"], *entry["supporters"])}
    )


def test_no_address_of_the_source_s_dummies_is_left(loaded):
    for event in Event.objects.all():
        assert "/beispiel/" not in event.body
        assert event.registration_url in ("", "https://www.example.org/anmeldung")
