"""The next events on the home page."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events.factories import (
    make_event,
    make_event_draft,
    make_expired_event,
    make_full_event,
    make_organiser,
    make_scheduled_event,
    make_venue,
    make_withdrawn_event,
)
from tests.factories import make_full_article, make_press_office

pytestmark = pytest.mark.django_db


def band(client):
    caches["pages"].clear()
    html = client.get("/").content.decode()
    found = re.search(r'<section[^>]*aria-labelledby="naechste-termine">.*?</section>', html, re.DOTALL)
    return found and found[0]


def titles(html):
    return re.findall(r'<h3 class="card-title[^"]*"><a href="[^"]*">([^<]*)</a>', html)


def test_the_home_page_shows_the_six_next_events_soonest_first(client):
    for days in (8, 3, 5, 4, 9, 7, 6):
        make_event(title=f"in {days} Tagen", days=days)
    make_event(title="vorbei", days=-1)
    make_event(title="läuft", days=-1, ends_on=timezone.localdate() + timedelta(days=1), end_time=None)
    for make in (make_event_draft, make_scheduled_event, make_expired_event, make_withdrawn_event):
        make(title="verborgen", days=1)
    html = band(client)
    assert titles(html) == ["läuft", *(f"in {days} Tagen" for days in (3, 4, 5, 6, 7))]


def test_each_has_a_big_day_its_month_place_and_organiser(client):
    day = timezone.localdate() + timedelta(days=10)
    make_event(
        title="Forum",
        starts_on=day,
        venue=make_venue(name="Villa Ida", town="Leipzig"),
        organisers=[make_organiser(name="Kammer")],
    )
    html = band(client)
    assert f'<span class="event-date-number" aria-hidden="true">{day.day}</span>' in html
    assert re.search(r'<span class="event-date-word" aria-hidden="true">[A-ZÄ][a-zä]{2}</span>', html)
    assert "<span>Villa Ida, Leipzig</span>" in html
    assert "<span>Kammer</span>" in html
    assert '<a class="more" href="/termine/">' in html


def test_what_is_called_off_says_so_in_words(client):
    make_event(title="A", status="cancelled")
    assert '<strong class="event-status">abgesagt</strong>' in band(client)


def test_without_events_the_band_disappears(client):
    make_event(days=-3)
    assert band(client) is None


def test_the_home_page_stays_within_its_budget(client):
    make_press_office()
    for _ in range(8):
        make_full_article()
        make_full_event()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 14


def test_the_navigation_leads_to_the_events_after_the_news(client):
    html = client.get("/termine/").content.decode()
    entries = re.findall(r'<nav class="main-navigation".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r">([^<]+)</a>", entries)[:2] == ["Aktuelles", "Termine"]
    assert re.search(r'<a href="/termine/" class="is-current" aria-current="page">Termine</a>', entries)


def test_the_sitemap_lists_public_events_and_their_lists(client):
    shown, past = make_event(slug="gezeigt"), make_event(slug="vorbei", days=-400)
    for make in (make_event_draft, make_scheduled_event, make_expired_event, make_withdrawn_event):
        make(slug=make.__name__.replace("_", "-"))
    events = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap-termine.xml").content.decode())
    assert events == [f"https://portal.example{one.get_absolute_url()}" for one in (shown, past)]
    lists = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap-kalender.xml").content.decode())
    today = timezone.localdate()
    assert lists == [
        "https://portal.example/termine/",
        f"https://portal.example/termine/monat/{today.year}/{today.month}/",
        f"https://portal.example/termine/archiv/{past.starts_on.year}/",
    ]
