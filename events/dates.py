"""Days, times, prices and deadlines as German typography writes them: pure functions, no database."""

from datetime import time, timedelta

from events import moments
from publishing.days import MONTHS, NO_BREAK, WEEKDAYS, day_and_month, day_in_words, weekday_and_day
from publishing.numbers import euros

DASH = "–"

ZONES = {"CET": "MEZ", "CEST": "MESZ"}


# --- days


def month_in_words(day):
    """„November 2025“"""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_in_figures(day):
    """„26.11.2025“"""
    return f"{day:%d.%m.}{day.year}"


def weekday_in_letters(day):
    """„Mi“"""
    return WEEKDAYS[day.weekday()][:2]


def month_in_letters(day):
    """„Nov“"""
    return MONTHS[day.month - 1][:3]


def days_in_words(first, last):
    """„Mittwoch, 26. November 2025“, „26.–27. November 2025“, „30. November – 2. Dezember 2025“"""
    if first == last:
        return weekday_and_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.{DASH}{day_in_words(last)}"
    begin = day_and_month(first) if first.year == last.year else day_in_words(first)
    return f"{begin}{NO_BREAK}{DASH} {day_in_words(last)}"


# --- times


def clock_in_words(clock):
    """„10“, „12.30“"""
    return f"{clock.hour}.{clock.minute:02}" if clock.minute else str(clock.hour)


def clocks_in_words(begin, end=None):
    """„10–12.30 Uhr“, or „10 Uhr“ where no end is known. Midnight at the end is 24."""
    hours = clock_in_words(begin)
    if end is not None:
        hours += DASH + (clock_in_words(end) if end != time(0) else "24")
    return f"{hours}{NO_BREAK}Uhr"


def zone_of(moment):
    """„MEZ“ or „MESZ“"""
    return ZONES[moment.astimezone(moments.BERLIN).tzname()]


# --- an event


def shown_days(event):
    """First and last day on which something happens: an evening until midnight does not reach into the next day."""
    first, last = event.starts_on, event.last_day
    if event.end_time == time(0) and last > first:
        last -= timedelta(days=1)
    return first, last


def when_in_words(event, *, with_zone=False):
    """Days and clock times as one phrase. Nothing is said about an end that nobody announced.

    The zone is named where visitors may be elsewhere, and in the night in which an hour comes twice.
    """
    first, last = shown_days(event)
    if event.start_time is None:
        return days_in_words(first, last)
    begin_zone, end_zone = _zones(event)
    with_zone = with_zone or (first == last and event.end_time is not None and begin_zone != end_zone)
    if first == last:
        return f"{weekday_and_day(first)}, {_times_of_a_day(event, begin_zone, end_zone, with_zone)}"
    begin = f"{clocks_in_words(event.start_time)}{_in_brackets(begin_zone, with_zone)}"
    if event.end_time is None:
        return f"{days_in_words(first, last)}, Beginn {begin}"
    end = clocks_in_words(event.end_time) if event.end_time != time(0) else f"24{NO_BREAK}Uhr"
    first_in_words = day_and_month(first) if first.year == last.year else day_in_words(first)
    return f"{first_in_words}, {begin}{NO_BREAK}{DASH} {day_in_words(last)}, {end}{_in_brackets(end_zone, with_zone)}"


def times_in_words(event, *, with_zone=False):
    """For a list that has already named the day: „10–12.30 Uhr“, „26.–27. November 2025“, or nothing to add."""
    first, last = shown_days(event)
    if first != last:
        return when_in_words(event, with_zone=with_zone)
    if event.start_time is None:
        return ""
    begin_zone, end_zone = _zones(event)
    with_zone = with_zone or (event.end_time is not None and begin_zone != end_zone)
    return _times_of_a_day(event, begin_zone, end_zone, with_zone)


def _times_of_a_day(event, begin_zone, end_zone, with_zone):
    if with_zone and event.end_time is not None and begin_zone != end_zone:
        begin, end = clocks_in_words(event.start_time), clocks_in_words(event.end_time)
        return f"{begin}{_in_brackets(begin_zone, True)}{NO_BREAK}{DASH} {end}{_in_brackets(end_zone, True)}"
    return f"{clocks_in_words(event.start_time, event.end_time)}{_in_brackets(begin_zone, with_zone)}"


def _zones(event):
    return zone_of(event.begins_at), zone_of(event.over_at)


def _in_brackets(zone, is_shown):
    return f" ({zone})" if is_shown else ""


# --- registration and prices


def deadline_in_words(day):
    """„bis Freitag, 4. Dezember 2026“: a countdown would be wrong in every stored copy of the page."""
    return f"bis {weekday_and_day(day)}"


def price_in_words(amount):
    """„60 €“, „12,50 €“, „7.500 €“"""
    if amount == 0:
        return "kostenfrei"
    return euros(amount)
