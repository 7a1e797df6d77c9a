"""One month as a table."""

import re
from datetime import date, time, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.utils import timezone

from events import views
from events.models import Event
from events.months import Month
from tests.events.factories import (
    make_category,
    make_event,
    make_event_draft,
    make_expired_event,
    make_scheduled_event,
    make_venue,
    make_withdrawn_event,
)

pytestmark = pytest.mark.django_db


def page(client, address):
    caches["pages"].clear()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cells(html):
    """{„2031-05-10“: [titles]} of the days that have events."""
    table = ElementTree.fromstring(re.search(r'<table class="month-table.*?</table>', html, re.DOTALL)[0])
    days = {}
    for cell in table.iter("td"):
        for moment in cell.iter("time"):
            days[moment.get("datetime")] = [link.text for link in cell.iter("a")]
    return days


def busy(html):
    return {day: titles for day, titles in cells(html).items() if titles}


def test_a_month_is_a_table_with_a_caption_weekdays_and_full_dates(client):
    html = page(client, "/termine/monat/2031/5/")
    table = re.search(r"<table.*?</table>", html, re.DOTALL)[0]
    assert re.search(r"<caption[^>]*>Termine im Mai 2031", table)
    assert re.findall(r'<th scope="col"><abbr title="(\w+)">', table) == [
        *("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    ]
    assert list(cells(html)) == [f"2031-05-{day:02}" for day in range(1, 32)]
    assert "Samstag, 10.\u00a0Mai 2031" in table
    assert [table.count("<tr>"), table.count("<td")] == [6, 35]
    assert "In diesem Monat ist kein Termin eingetragen." in html


def test_an_event_stands_on_each_of_its_days_and_on_no_other(client):
    make_event(title="eintägig", starts_on=date(2031, 5, 10))
    make_event(title="dreitägig", starts_on=date(2031, 5, 10), ends_on=date(2031, 5, 12), end_time=None)
    make_event(title="bis Mitternacht", starts_on=date(2031, 5, 14), start_time=time(19), ends_on=date(2031, 5, 15),
               end_time=time(0))  # fmt: skip
    make_event(title="hinein", starts_on=date(2031, 4, 1), ends_on=date(2031, 5, 2), end_time=None)
    make_event(title="hinaus", starts_on=date(2031, 5, 31), ends_on=date(2031, 6, 30), end_time=None)
    make_event(title="am Monatsende bis Mitternacht", starts_on=date(2031, 4, 30), ends_on=date(2031, 5, 1),
               end_time=time(0))  # fmt: skip
    make_event(title="April", starts_on=date(2031, 4, 30))
    make_event(title="Juni", starts_on=date(2031, 6, 1))
    html = page(client, "/termine/monat/2031/5/")
    assert busy(html) == {
        "2031-05-01": ["hinein"],
        "2031-05-02": ["hinein"],
        "2031-05-10": ["eintägig", "dreitägig"],
        "2031-05-11": ["dreitägig"],
        "2031-05-12": ["dreitägig"],
        "2031-05-14": ["bis Mitternacht"],
        "2031-05-31": ["hinaus"],
    }
    assert '<p class="count">5 Termine</p>' in html


def test_a_month_shows_past_events_too_and_nothing_that_is_not_public(client):
    day = timezone.localdate().replace(day=1) - timedelta(days=40)
    for title, make in (
        ("öffentlich", make_event),
        ("Entwurf", make_event_draft),
        ("geplant", make_scheduled_event),
        ("abgelaufen", make_expired_event),
        ("zurückgezogen", make_withdrawn_event),
    ):
        make(title=title, starts_on=day)
    assert busy(page(client, f"/termine/monat/{day.year}/{day.month}/")) == {day.isoformat(): ["öffentlich"]}


def test_filters_work_and_are_kept_on_the_way_to_the_neighbours(client):
    fair = make_category(name="Messe")
    make_event(title="A", starts_on=date(2031, 12, 10), category=fair)
    make_event(title="B", starts_on=date(2031, 12, 10), category=make_category())
    html = page(client, "/termine/monat/2031/12/?art=messe")
    assert busy(html) == {"2031-12-10": ["A"]}
    assert re.search(r'rel="prev[^"]*" href="/termine/monat/2031/11/\?art=messe"', html)
    assert re.search(r'rel="next[^"]*" href="/termine/monat/2032/1/\?art=messe"', html)
    assert 'href="/termine/?art=messe"' in html
    assert "Einen Filter „von“ gibt es hier nicht." in page(client, "/termine/monat/2031/12/?von=2031-12-01")


def test_the_calendar_of_months_ends_in_1990_and_2100(client):
    assert (Month(1990, 1).previous, Month(2100, 12).next) == (None, None)
    assert (Month(1990, 1).next, Month(2100, 12).previous) == (Month(1990, 2), Month(2100, 11))
    first, last = page(client, "/termine/monat/1990/1/"), page(client, "/termine/monat/2100/12/")
    assert "/termine/monat/1989/" not in first
    assert "/termine/monat/2101/" not in last


@pytest.mark.parametrize(
    "path",
    ["2026/0", "2026/13", "2026/99999", "0/1", "1989/12", "2101/1", "99999/1", "9" * 5000 + "/1", "2026/-1", "2026/x"],
)
def test_months_that_do_not_exist_are_not_found(client, path):
    assert client.get(f"/termine/monat/{path}/").status_code == 404


def test_one_month_has_one_address(client):
    response = client.get("/termine/monat/2031/05/?art=x")
    assert (response.status_code, response["Location"]) == (301, "/termine/monat/2031/5/?art=x")


def test_search_engines_are_not_sent_through_empty_decades(client):
    today = timezone.localdate()
    near = client.get(f"/termine/monat/{today.year}/{today.month}/")
    far = client.get(f"/termine/monat/{today.year + 4}/1/")
    assert "X-Robots-Tag" not in near
    assert far["X-Robots-Tag"] == "noindex"
    assert client.get(f"/termine/monat/{today.year + 4}/1/")["X-Robots-Tag"] == "noindex"
    assert 'rel="next nofollow"' in far.content.decode()
    assert 'rel="next"' in near.content.decode()


def test_a_month_too_full_for_a_sheet_says_so_and_leads_to_the_list(client, monkeypatch):
    monkeypatch.setattr(views, "LARGEST_MONTH", 3)
    for number in range(4):
        make_event(title=f"E{number}", starts_on=date(2031, 5, 10), venue=make_venue(town="Jena"))
    html = page(client, "/termine/monat/2031/5/?ort=jena")
    assert busy(html) == {"2031-05-10": ["E0", "E1", "E2"]}
    assert 'href="/termine/?von=2031-05-01&amp;bis=2031-05-31&amp;ort=jena"' in html


@pytest.mark.parametrize("year", [2024, 2026, 2027])
def test_every_day_of_a_year_stands_in_its_month_once_under_its_weekday(year):
    for month in (Month(year, number) for number in range(1, 13)):
        weeks = month.weeks([], timezone.localdate())
        assert all(len(week) == 7 for week in weeks)
        days = [(position, cell.day) for week in weeks for position, cell in enumerate(week) if cell]
        assert [day.weekday() for _, day in days] == [position for position, _ in days]
        assert [day.day for _, day in days] == list(range(1, month.last_day.day + 1))


def test_touching_finds_the_same_events_as_looking_at_each_of_their_days():
    first, last = date(2031, 3, 28), date(2031, 4, 2)
    for begin in range(-3, 9):
        for length in range(5):
            starts_on = first + timedelta(days=begin)
            make_event(starts_on=starts_on, ends_on=starts_on + timedelta(days=length) if length else None)
    found = set(Event.objects.touching(first, last).values_list("pk", flat=True))
    by_days = {event.pk for event in Event.objects.all() if event.starts_on <= last and event.last_day >= first}
    assert found == by_days
