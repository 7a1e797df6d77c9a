"""The status of an edition is derived from dates and moments, and stored nowhere."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from competition.models import Edition
from competition.models.edition import (
    ANNOUNCED,
    CALL_OPEN,
    FINALISTS,
    JURY_MEETS,
    STATUSES,
    SUSPENDED,
    WINNERS,
)
from publishing.models import PlannedChange
from tests.competition.factories import make_edition

OPENS, CLOSES = date(2026, 12, 1), date(2027, 3, 15)
SECOND = timedelta(seconds=1)


def berlin(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


FINALISTS_AT, WINNERS_AT = berlin(2027, 5, 20, 10), berlin(2027, 6, 24, 20, 30)


def edition(**values):
    defaults = {"call_opens_on": OPENS, "call_closes_on": CLOSES}
    return Edition(**defaults | {"finalists_public_at": FINALISTS_AT, "winners_public_at": WINNERS_AT} | values)


def status_at(moment, **values):
    with time_machine.travel(moment, tick=False):
        return edition(**values).status


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (berlin(2026, 7, 1), ANNOUNCED),
        (berlin(2026, 12, 1) - SECOND, ANNOUNCED),
        (berlin(2026, 12, 1), CALL_OPEN),
        (berlin(2027, 3, 16) - SECOND, CALL_OPEN),
        (berlin(2027, 3, 16), JURY_MEETS),
        (FINALISTS_AT - SECOND, JURY_MEETS),
        (FINALISTS_AT, FINALISTS),
        (WINNERS_AT - SECOND, FINALISTS),
        (WINNERS_AT, WINNERS),
        (berlin(2040, 1, 1), WINNERS),
    ],
)
def test_the_status_follows_the_year_of_the_award(moment, status):
    assert status_at(moment) is status


def test_days_begin_and_end_at_midnight_in_berlin_not_elsewhere():
    # An hour before midnight in London it is the first of December in Berlin.
    assert status_at(datetime(2026, 11, 30, 23, 0, tzinfo=UTC)) is CALL_OPEN
    assert status_at(datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)) is ANNOUNCED


def test_a_suspended_edition_is_suspended_whatever_its_dates_say():
    for moment in (berlin(2026, 7, 1), berlin(2027, 1, 1), FINALISTS_AT, WINNERS_AT):
        assert status_at(moment, is_suspended=True) is SUSPENDED
        with time_machine.travel(moment, tick=False):
            suspended = edition(is_suspended=True, shortlist_public_at=FINALISTS_AT)
            public = (suspended.shortlist_is_public, suspended.finalists_are_public, suspended.winners_are_public)
            assert public == (False, False, False)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"call_opens_on": None, "call_closes_on": None}, ANNOUNCED),
        ({"call_opens_on": None}, ANNOUNCED),
        ({"call_closes_on": None}, CALL_OPEN),
        ({}, CALL_OPEN),
    ],
)
def test_what_is_not_known_is_not_guessed(values, status):
    assert status_at(berlin(2027, 1, 10), **values) is status
    assert status_at(berlin(2027, 4, 10), call_opens_on=None) is JURY_MEETS
    assert status_at(berlin(2040, 1, 1), finalists_public_at=None, winners_public_at=None) is JURY_MEETS


def test_every_status_has_its_german_word():
    assert [one.label for one in STATUSES] == [
        "angekündigt",
        "Bewerbung läuft",
        "Jury tagt",
        "Finalisten",
        "Preisträger",
        "ausgesetzt",
    ]


def test_each_stage_can_be_public_without_the_next():
    now = berlin(2027, 5, 1)
    with time_machine.travel(now, tick=False):
        only_shortlist = edition(shortlist_public_at=now)
        assert only_shortlist.shortlist_is_public
        assert not only_shortlist.finalists_are_public
        assert only_shortlist.status is JURY_MEETS


@pytest.mark.django_db
def test_saving_plans_every_moment_still_to_come():
    made = make_edition(shortlist_public_at=timezone.now() + timedelta(days=1), finalists=2, winners=3)
    moments = {made.shortlist_public_at, made.finalists_public_at, made.winners_public_at}
    assert set(PlannedChange.objects.values_list("moment", flat=True)) == moments
    made.winners_public_at += timedelta(days=1)
    made.save()
    assert made.winners_public_at in set(PlannedChange.objects.values_list("moment", flat=True))


@pytest.mark.django_db
def test_moments_that_have_passed_are_not_planned():
    make_edition(finalists=-2, winners=-1)
    assert not PlannedChange.objects.exists()


@pytest.mark.django_db
def test_an_edition_scheduled_for_later_plans_its_own_beginning():
    begins = timezone.now() + timedelta(days=5)
    make_edition(publish_from=begins)
    assert list(PlannedChange.objects.values_list("moment", flat=True)) == [begins]
