"""Past events by year."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from events.views import years_of_past_events
from tests.events.factories import (
    make_category,
    make_event,
    make_event_draft,
    make_expired_event,
    make_scheduled_event,
    make_withdrawn_event,
)

pytestmark = pytest.mark.django_db


def page(client, address):
    caches["pages"].clear()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    return re.findall(r'<h4 class="card-title[^"]*"><a href="[^"]*">([^<]*)</a>', html)


def test_the_archive_of_a_year_holds_its_past_events_latest_first(client):
    make_event(title="März", starts_on=date(2019, 3, 4))
    make_event(title="Neujahr", starts_on=date(2019, 1, 1), start_time=None, end_time=None)
    make_event(title="Silvester", starts_on=date(2019, 12, 31), ends_on=date(2020, 1, 1), end_time=None)
    make_event(title="2018", starts_on=date(2018, 12, 31))
    make_event(title="2020", starts_on=date(2020, 1, 1), start_time=None, end_time=None)
    for make in (make_event_draft, make_scheduled_event, make_expired_event, make_withdrawn_event):
        make(title="verborgen", starts_on=date(2019, 5, 5))
    html = page(client, "/termine/archiv/2019/")
    assert titles(html) == ["Silvester", "März", "Neujahr"]
    assert "verborgen" not in html
    assert re.findall(r'<h2 id="gruppe-\d+">([^<]*)</h2>', html) == ["Dezember 2019", "März 2019", "Januar 2019"]
    assert re.findall(r'<a href="/termine/archiv/(\d+)/"[^>]*>\d+</a>', html) == ["2020", "2019", "2018"]
    assert re.search(r'<a href="/termine/archiv/2019/" aria-current="page">2019</a>', html)


def test_what_is_still_ahead_or_running_is_not_in_the_archive(client):
    today = timezone.localdate()
    make_event(title="läuft", days=-1, ends_on=today + timedelta(days=1), end_time=None)
    make_event(title="kommt", days=1)
    assert titles(page(client, f"/termine/archiv/{today.year}/")) == []


def test_years_are_those_with_public_past_events_newest_first():
    make_event(starts_on=date(2012, 5, 1))
    make_event(starts_on=date(2015, 5, 1))
    make_event(starts_on=date(2015, 6, 1))
    make_event_draft(starts_on=date(2013, 5, 1))
    make_withdrawn_event(starts_on=date(2014, 5, 1))
    make_event(days=400)
    assert years_of_past_events() == [2015, 2012]


def test_without_events_there_are_no_years_and_this_year_still_has_an_archive(client):
    assert years_of_past_events() == []
    assert "Aus diesem Jahr ist noch kein Termin vorbei." in page(
        client, f"/termine/archiv/{timezone.localdate().year}/"
    )


@pytest.mark.parametrize("year", ["0", "1", "02012", "1989", "1995", "2099", "99999", "9" * 5000, "x", "-1"])
def test_a_year_without_events_is_not_found(client, year):
    make_event(starts_on=date(2012, 5, 1))
    assert client.get(f"/termine/archiv/{year}/").status_code == 404


def test_the_archive_can_be_filtered(client):
    make_event(title="A", starts_on=date(2019, 3, 4), category=make_category(name="Messe"))
    make_event(title="B", starts_on=date(2019, 3, 4), category=make_category(name="Kultur"))
    make_event(title="C", starts_on=date(2018, 3, 4), category=make_category(name="Workshop"))
    html = page(client, "/termine/archiv/2019/?art=messe")
    assert titles(html) == ["A"]
    assert re.findall(r'<option value="(kultur|messe|workshop)"', html) == ["kultur", "messe"]
    assert "abonnieren" not in html
