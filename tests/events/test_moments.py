from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import moments

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
clocks = st.times() | st.times(time(1), time(4))


def in_utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (SPRING, time(1, 59), True),
        (SPRING, time(2), False),
        (SPRING, time(2, 59, 59), False),
        (SPRING, time(3), True),
        (AUTUMN, time(2, 30), True),
        (date(2026, 7, 1), time(2, 30), True),
    ],
)
def test_only_the_hour_skipped_in_spring_does_not_exist(day, clock, expected):
    assert moments.exists(day, clock) is expected


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 7, 1), 24), (SPRING, 23), (AUTUMN, 25)], ids=["usual", "spring", "autumn"]
)
def test_a_day_ends_at_midnight_in_berlin_however_long_it_is(day, hours):
    begin = moments.begins_at(day, None)
    assert begin == moments.moment(day, time(0))
    assert (moments.end_of(day).astimezone(UTC) - begin.astimezone(UTC)) == timedelta(hours=hours)


def test_without_a_clock_the_event_is_over_at_the_midnight_after_its_last_day():
    assert moments.over_at(date(2026, 7, 1), None, None, None) == in_utc(2026, 7, 1, 22)
    assert moments.over_at(date(2026, 7, 1), None, date(2026, 7, 3), None) == in_utc(2026, 7, 3, 22)
    assert moments.over_at(date(2026, 12, 31), None, None, None) == in_utc(2026, 12, 31, 23)


def test_a_missing_end_lasts_until_the_day_is_over():
    assert moments.over_at(date(2026, 7, 1), time(18), None, None) == in_utc(2026, 7, 1, 22)


def test_an_event_of_several_days_is_over_at_the_clock_time_of_the_last_one():
    assert moments.over_at(date(2026, 7, 1), time(9), date(2026, 7, 2), time(16)) == in_utc(2026, 7, 2, 14)


def test_in_the_long_night_an_earlier_clock_time_means_the_second_of_its_kind():
    assert moments.over_at(AUTUMN, time(2, 30), None, time(2, 15)) == in_utc(2026, 10, 25, 1, 15)
    assert moments.over_at(AUTUMN, time(1, 30), None, time(2, 15)) == in_utc(2026, 10, 25, 0, 15)


@given(day=days, start=st.none() | clocks, later=st.none() | st.integers(0, 400), end=st.none() | clocks)
def test_without_an_end_of_its_own_an_event_is_always_over_at_a_midnight(day, start, later, end):
    last_day = day + timedelta(days=later) if later is not None else None
    over = moments.over_at(day, start, last_day, None)
    assert over.astimezone(moments.BERLIN).time() == time(0)
    assert over > moments.begins_at(day, start)
    with_end = moments.over_at(day, start, last_day, end)
    assert with_end == over if end is None else with_end <= over


@given(day=days, clock=clocks)
def test_what_exists_comes_back_from_the_database_as_it_was_written(day, clock):
    back = moments.moment(day, clock).astimezone(UTC).astimezone(moments.BERLIN)
    assert (back.date() == day and back.time() == clock) is moments.exists(day, clock)
