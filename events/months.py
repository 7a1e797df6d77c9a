"""Events on the days they touch: the list by month and day, and the weeks of one month."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone

from events.dates import month_in_words, shown_days
from events.models.event import FIRST_YEAR, LAST_YEAR

_WEEKS_FROM_MONDAY = calendar.Calendar(firstweekday=calendar.MONDAY)
#: Farther away there is hardly anything: search engines need not walk through eighty years of empty months.
MONTHS_FOR_SEARCH_ENGINES = 24


@dataclass
class Day:
    day: date
    events: list = field(default_factory=list)
    is_today: bool = False


@dataclass
class MonthOfEvents:
    title: str
    days: list
    first_day: date | None = None


RUNNING = "Läuft bereits"


def by_month_and_day(events, today):
    """Groups what is already sorted by its beginning. What began before today stands first, not under a past month."""
    groups = groupby(events, lambda event: _month_of(event, today))
    return [
        MonthOfEvents(
            title=month_in_words(first_day) if first_day else RUNNING,
            first_day=first_day,
            days=[
                Day(day, list(of_day), day == today) for day, of_day in groupby(of_month, lambda event: event.starts_on)
            ],
        )
        for first_day, of_month in groups
    ]


def _month_of(event, today):
    is_running = event.starts_on < today and not event.is_past
    return None if is_running else event.starts_on.replace(day=1)


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @property
    def exists(self):
        return FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12

    @property
    def first_day(self):
        return date(self.year, self.month, 1)

    @property
    def last_day(self):
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def title(self):
        return month_in_words(self.first_day)

    @property
    def is_far_away(self):
        today = timezone.localdate()
        return abs(self._number - Month(today.year, today.month)._number) > MONTHS_FOR_SEARCH_ENGINES

    @property
    def previous(self):
        return self._neighbour(-1)

    @property
    def next(self):
        return self._neighbour(1)

    @property
    def _number(self):
        return self.year * 12 + self.month - 1

    def _neighbour(self, step):
        year, month = divmod(self._number + step, 12)
        neighbour = Month(year, month + 1)
        return neighbour if neighbour.exists else None

    def weeks(self, events, today):
        """Weeks from Monday to Sunday; None stands for a day of the neighbouring month. Events as they are sorted."""
        days = {number: [] for number in range(1, self.last_day.day + 1)}
        for event in events:
            first, last = shown_days(event)
            day, last = max(first, self.first_day), min(last, self.last_day)
            while day <= last:
                days[day.day].append(event)
                day += timedelta(days=1)
        weeks = _WEEKS_FROM_MONDAY.monthdayscalendar(self.year, self.month)
        return [[self._day(number, days, today) for number in week] for week in weeks]

    def _day(self, number, days, today):
        if not number:
            return None
        day = date(self.year, self.month, number)
        return Day(day, days[number], day == today)
