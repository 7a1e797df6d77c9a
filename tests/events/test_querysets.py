from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db.models import DateTimeField, Value
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from events.moments import BERLIN, end_of
from publishing.models.published import STATES
from tests.events.factories import (
    event_values,
    make_event,
    make_event_draft,
    make_expired_event,
    make_scheduled_event,
    make_withdrawn_event,
)

SWITCHES = [date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)]
days = st.integers(-3, 3) | st.integers(-400, 400)
clocks = st.none() | st.times() | st.times(time(1), time(3, 30))


@st.composite
def unsaved_events(draw):
    """Around now (the database's clock is real) and in the nights the clock changes; only what the admin accepts."""
    starts_on = draw(days.map(lambda one: timezone.localdate() + timedelta(days=one)) | st.sampled_from(SWITCHES))
    start_time = draw(clocks)
    ends_on = draw(st.none() | st.integers(0, 5).map(lambda later: starts_on + timedelta(days=later)))
    end_time = draw(clocks) if start_time else None
    values = event_values(starts_on=starts_on, start_time=start_time, ends_on=ends_on, end_time=end_time)
    event = Event(**values, slug=f"termin-{draw(st.uuids())}")
    event._complete()
    if event.over_at <= event.begins_at:
        event.end_time = None
        event._complete()
    return event


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(unsaved_events(), min_size=1, max_size=12))
def test_every_event_is_in_exactly_one_of_upcoming_and_past(events):
    Event.objects.all().delete()
    Event.objects.bulk_create(events)
    upcoming, past = Event.objects.upcoming(), Event.objects.past()
    assert sorted([*upcoming, *past], key=lambda one: one.pk) == list(Event.objects.order_by("pk"))
    assert all(not event.is_past for event in upcoming)
    assert all(event.is_past for event in past)
    for event in Event.objects.all():
        assert event.is_past is (_over_by_its_own_words(event) <= timezone.now())


def _over_by_its_own_words(event):
    """The rule once more, from what an editor typed and without the code under test."""
    last_day = event.ends_on or event.starts_on
    if event.end_time is None:
        return datetime.combine(last_day + timedelta(days=1), time(0), BERLIN)
    end = datetime.combine(last_day, event.end_time, BERLIN)
    begin = datetime.combine(event.starts_on, event.start_time, BERLIN)
    return end if end.timestamp() > begin.timestamp() else end.replace(fold=1)


@pytest.mark.django_db
def test_a_running_event_counts_as_upcoming():
    now = timezone.localtime()
    event = make_event(
        starts_on=(now - timedelta(days=1)).date(),
        start_time=time(0, 1),
        ends_on=(now + timedelta(days=1)).date(),
        end_time=time(23, 59),
    )
    assert event.begins_at < timezone.now()
    assert list(Event.objects.upcoming()) == [event]
    assert not Event.objects.past().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("day_offset", "is_upcoming"), [(-1, False), (0, True), (1, True)])
def test_an_all_day_event_is_upcoming_until_midnight_in_berlin(day_offset, is_upcoming):
    make_event(starts_on=timezone.localdate() + timedelta(days=day_offset), start_time=None, end_time=None)
    assert Event.objects.upcoming().exists() is is_upcoming
    assert Event.objects.past().exists() is not is_upcoming


@pytest.mark.django_db
def test_an_event_is_past_from_the_very_moment_it_ends(monkeypatch):
    event = make_event()
    for now, is_past in [(event.over_at - timedelta(microseconds=1000), False), (event.over_at, True)]:
        monkeypatch.setattr("events.models.event.Now", lambda now=now: Value(now, DateTimeField()))
        assert (Event.objects.past().exists(), Event.objects.upcoming().exists()) == (is_past, not is_past)
        with time_machine.travel(now, tick=False):
            assert event.is_past is is_past


@pytest.mark.django_db
def test_the_database_s_own_clock_decides():
    make_event()
    Event.objects.update(begins_at=Now() - timedelta(hours=1), over_at=Now() + timedelta(minutes=1))
    with time_machine.travel("2001-01-01"):
        assert Event.objects.upcoming().count() == 1
    Event.objects.update(over_at=Now())
    with time_machine.travel("2001-01-01"):
        assert Event.objects.past().count() == 1


@pytest.mark.django_db
def test_a_missing_end_is_not_stored_as_an_invented_one():
    event = make_event(start_time=time(18), end_time=None)
    stored = Event.objects.get()
    assert (stored.end_time, stored.ends_on) == (None, None)
    assert stored.over_at == end_of(event.starts_on)


@pytest.mark.django_db
def test_touching_finds_every_event_with_a_part_on_one_of_the_days():
    first, last = date(2027, 3, 27), date(2027, 3, 29)
    before = make_event(starts_on=date(2027, 3, 25), ends_on=date(2027, 3, 26), start_time=None, end_time=None)
    into = make_event(starts_on=date(2027, 3, 20), ends_on=first, start_time=None, end_time=None)
    ends_at_midnight = make_event(starts_on=date(2027, 3, 26), start_time=time(20), ends_on=first, end_time=time(0))
    within = make_event(starts_on=date(2027, 3, 28), start_time=time(3), end_time=time(4))
    around = make_event(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), start_time=None, end_time=None)
    at_the_end = make_event(starts_on=last, start_time=time(23, 30), end_time=None)
    after = make_event(starts_on=date(2027, 3, 30), start_time=time(0), end_time=time(1))
    found = set(Event.objects.touching(first, last))
    assert found == {into, within, around, at_the_end}
    assert not found & {before, ends_at_midnight, after}


@pytest.mark.django_db
def test_orders_are_complete_so_that_pages_never_repeat_a_row():
    same = [make_event(days=5) for _ in range(4)]
    first = make_event(days=2)
    assert list(Event.objects.soonest_first()) == [first, *same]
    assert list(Event.objects.latest_first()) == [*reversed(same), first]


@pytest.mark.django_db
def test_upcoming_says_nothing_about_being_public():
    public = make_event()
    hidden = [make_event_draft(), make_scheduled_event(), make_expired_event(), make_withdrawn_event()]
    assert Event.objects.upcoming().count() == 5
    assert list(Event.objects.published().upcoming()) == [public]
    found = [event.pk for state in STATES for event in Event.objects.in_state(state)]
    assert sorted(found) == sorted(one.pk for one in [public, *hidden])
