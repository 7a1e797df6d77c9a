"""How days, times, prices and deadlines are written."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import dates
from events.models import Event
from events.templatetags.events import when

NB, NARROW = "\u00a0", "\u202f"


def event(starts_on, start_time=None, ends_on=None, end_time=None, **values):
    one = Event(
        title="Termin", starts_on=starts_on, start_time=start_time, ends_on=ends_on, end_time=end_time, **values
    )
    one._complete()
    return one


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 11, 26), date(2025, 11, 26), f"Mittwoch, 26.{NB}November 2025"),
        (date(2025, 11, 26), date(2025, 11, 27), f"26.–27.{NB}November 2025"),
        (date(2025, 11, 30), date(2025, 12, 2), f"30.{NB}November{NB}– 2.{NB}Dezember 2025"),
        (date(2025, 12, 30), date(2026, 1, 2), f"30.{NB}Dezember 2025{NB}– 2.{NB}Januar 2026"),
        (date(2024, 11, 26), date(2025, 11, 26), f"26.{NB}November 2024{NB}– 26.{NB}November 2025"),
        (date(2026, 3, 1), date(2026, 3, 1), f"Sonntag, 1.{NB}März 2026"),
    ],
)
def test_ranges_of_days_repeat_only_what_differs(first, last, words):
    assert dates.days_in_words(first, last) == words


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        (time(10), time(12, 30), f"10–12.30{NB}Uhr"),
        (time(9, 5), time(10), f"9.05–10{NB}Uhr"),
        (time(10), None, f"10{NB}Uhr"),
        (time(0), time(1), f"0–1{NB}Uhr"),
        (time(19), time(0), f"19–24{NB}Uhr"),
    ],
)
def test_clock_times_have_no_needless_zeros_and_one_uhr(begin, end, words):
    assert dates.clocks_in_words(begin, end) == words


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (event(date(2025, 11, 26)), f"Mittwoch, 26.{NB}November 2025"),
        (event(date(2025, 11, 26), ends_on=date(2025, 11, 27)), f"26.–27.{NB}November 2025"),
        (event(date(2025, 11, 26), time(10)), f"Mittwoch, 26.{NB}November 2025, 10{NB}Uhr"),
        (
            event(date(2025, 11, 26), time(10), end_time=time(12, 30)),
            f"Mittwoch, 26.{NB}November 2025, 10–12.30{NB}Uhr",
        ),
        (
            event(date(2025, 11, 26), time(10), date(2025, 11, 27)),
            f"26.–27.{NB}November 2025, Beginn 10{NB}Uhr",
        ),
        (
            event(date(2025, 11, 26), time(10), date(2025, 11, 27), time(16)),
            f"26.{NB}November, 10{NB}Uhr{NB}– 27.{NB}November 2025, 16{NB}Uhr",
        ),
        (
            event(date(2025, 12, 31), time(20), date(2026, 1, 1), time(2)),
            f"31.{NB}Dezember 2025, 20{NB}Uhr{NB}– 1.{NB}Januar 2026, 2{NB}Uhr",
        ),
    ],
)
def test_an_event_says_when_it_is_and_nothing_nobody_announced(one, words):
    assert dates.when_in_words(one) == words


def test_an_evening_until_midnight_does_not_reach_into_the_next_day():
    one = event(date(2025, 11, 26), time(19), date(2025, 11, 27), time(0))
    assert dates.shown_days(one) == (date(2025, 11, 26), date(2025, 11, 26))
    assert dates.when_in_words(one) == f"Mittwoch, 26.{NB}November 2025, 19–24{NB}Uhr"
    two_days = event(date(2025, 11, 26), time(19), date(2025, 11, 28), time(0))
    assert dates.when_in_words(two_days) == f"26.{NB}November, 19{NB}Uhr{NB}– 27.{NB}November 2025, 24{NB}Uhr"


@pytest.mark.parametrize(("day", "zone"), [(date(2026, 1, 10), "MEZ"), (date(2026, 7, 10), "MESZ")])
def test_the_zone_is_named_where_visitors_may_be_elsewhere(day, zone):
    hours = f"10–12{NB}Uhr"
    online = event(day, time(10), end_time=time(12), attendance=Event.Attendance.ONLINE)
    hybrid = event(day, time(10), end_time=time(12), attendance=Event.Attendance.HYBRID)
    on_site = event(day, time(10), end_time=time(12))
    moved = event(day, time(10), end_time=time(12), status=Event.Status.MOVED_ONLINE)
    assert [
        dates.times_in_words(one, with_zone=one.takes_place_online) for one in (online, hybrid, on_site, moved)
    ] == [f"{hours} ({zone})", f"{hours} ({zone})", hours, f"{hours} ({zone})"]


def test_an_event_that_runs_into_winter_time_names_both_zones_at_their_ends():
    one = event(date(2026, 10, 24), time(22), date(2026, 10, 25), time(6))
    assert (
        dates.when_in_words(one, with_zone=True)
        == f"24.{NB}Oktober, 22{NB}Uhr (MESZ){NB}– 25.{NB}Oktober 2026, 6{NB}Uhr (MEZ)"
    )


def test_in_the_night_with_the_hour_that_comes_twice_the_zone_is_always_named():
    one = event(date(2026, 10, 25), time(2, 30), end_time=time(2, 15))
    assert dates.when_in_words(one) == f"Sonntag, 25.{NB}Oktober 2026, 2.30{NB}Uhr (MESZ){NB}– 2.15{NB}Uhr (MEZ)"


def test_a_whole_day_adds_nothing_to_the_day_it_stands_under():
    assert dates.times_in_words(event(date(2025, 11, 26))) == ""
    assert dates.times_in_words(event(date(2025, 11, 26), ends_on=date(2025, 11, 27))) == f"26.–27.{NB}November 2025"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("60.00", f"60{NARROW}€"),
        ("12.50", f"12,50{NARROW}€"),
        ("7500", f"7.500{NARROW}€"),
        ("123456.05", f"123.456,05{NARROW}€"),
        ("0.00", "kostenfrei"),
        ("0.50", f"0,50{NARROW}€"),
    ],
)
def test_prices_are_written_as_german_readers_expect(amount, words):
    assert dates.price_in_words(Decimal(amount)) == words


def test_a_deadline_names_its_day_so_that_no_stored_page_is_wrong_tomorrow():
    assert dates.deadline_in_words(date(2026, 12, 4)) == f"bis Freitag, 4.{NB}Dezember 2026"


def test_a_page_keeps_each_range_on_one_line_and_escapes_nothing_twice():
    one = event(date(2025, 11, 26), time(10), end_time=time(12, 30))
    range_in_html = f'<span class="keep-together">10–12.30{NB}Uhr</span>'
    assert when(one) == f"Mittwoch, 26.{NB}November 2025, {range_in_html}"


@given(
    first=st.dates(date(1990, 1, 1), date(2100, 12, 1)),
    length=st.integers(0, 400),
    start=st.none() | st.times(),
    end=st.none() | st.times(),
)
def test_every_event_can_be_said_without_a_line_break_before_a_dash(first, length, start, end):
    last = date.fromordinal(min(first.toordinal() + length, date(2100, 12, 31).toordinal()))
    one = event(first, start, last if length else None, end if start else None)
    for words in (dates.when_in_words(one, with_zone=True), dates.when_in_words(one), dates.times_in_words(one)):
        assert " –" not in words
        assert words == words.strip()
    assert str(first.year) in dates.when_in_words(one) or str(last.year) in dates.when_in_words(one)
