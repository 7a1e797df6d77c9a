"""Further dates of an event: each is an event of its own, with the texts of the first and under the same series."""

from django.db import transaction

from events.models import Series

#: What an editor enters for each further date.
DATE_FIELDS = ("starts_on", "start_time", "end_time", "ends_on")


@transaction.atomic
def add_dates(event, dates, *, series_title):
    """`dates` are dictionaries with DATE_FIELDS. Returns the drafts."""
    if event.series is None:
        event.series, _ = Series.objects.get_or_create(title=series_title)
        event.save()
    return [_add_date(event, values) for values in dates]


def further_date(event, values):
    """Not saved yet: for checking before anything is written."""
    twin = event.copy_as_draft()
    twin.title = event.title
    for name in DATE_FIELDS:
        setattr(twin, name, values.get(name))
    return twin


def _add_date(event, values):
    twin = further_date(event, values)
    twin.save()
    event.copy_relations_to(twin)
    return twin
