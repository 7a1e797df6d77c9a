"""The demo data obeys the same rules as what editors enter."""

from datetime import date, datetime, time

from django.utils import timezone

HOUR_OF_PUBLICATION = time(9)


def clean_and_save(obj):
    obj.full_clean()
    obj.save()
    return obj


def morning_of(iso_day):
    return timezone.make_aware(datetime.combine(date.fromisoformat(iso_day), HOUR_OF_PUBLICATION))
