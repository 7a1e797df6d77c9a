"""From dates and clock times as people write them to the moments the database compares. All times are Berlin's."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = time(0)


def exists(day, clock):
    """False for the hour that the night to summer time skips."""
    there_and_back = datetime.combine(day, clock, BERLIN).astimezone(UTC).astimezone(BERLIN)
    return there_and_back.replace(tzinfo=None) == datetime.combine(day, clock)


def moment(day, clock, *, fold=0):
    """In UTC: Python compares times of one zone by their clocks, so the second 2:15 would be before the first 2:30."""
    return datetime.combine(day, clock, BERLIN).replace(fold=fold).astimezone(UTC)


def end_of(day):
    """The midnight after the day: not 24 hours later in the nights the clock changes."""
    return moment(day + timedelta(days=1), MIDNIGHT)


def begins_at(starts_on, start_time):
    return moment(starts_on, start_time or MIDNIGHT)


def over_at(starts_on, start_time, ends_on, end_time):
    """When the event is past. A missing end is not invented: such an event runs until its day is over."""
    last_day = ends_on or starts_on
    if end_time is None:
        return end_of(last_day)
    end = moment(last_day, end_time)
    if start_time is not None and end <= moment(starts_on, start_time):
        # From 2:30 to 2:15 in the night the clock goes back: the second 2:15.
        end = moment(last_day, end_time, fold=1)
    return end
