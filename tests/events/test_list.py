"""The list of events: what is in it, in which order and under which headings."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone

from events.models import Event
from events.months import RUNNING, by_month_and_day
from tests.events.factories import (
    make_category,
    make_cluster,
    make_event,
    make_event_draft,
    make_expired_event,
    make_organiser,
    make_scheduled_event,
    make_venue,
    make_withdrawn_event,
)

pytestmark = pytest.mark.django_db


def page(client, address="/termine/"):
    caches["pages"].clear()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    return re.findall(r'<h4 class="card-title[^"]*"><a href="[^"]*">([^<]*)</a>', html)


def headings(html):
    return re.findall(r'<h2 id="gruppe-\d+">([^<]*)</h2>', html)


def count(html):
    return re.search(r'<p class="count">([^<]*)</p>', html)[1]


def is_kept(client, query):
    page(client, f"/termine/?{query}")
    return bool(caches["pages"]._cache)


def test_the_list_shows_what_is_public_and_not_over_soonest_first(client):
    make_event(title="in zwei Wochen", days=14)
    make_event(title="morgen", days=1)
    make_event(title="gestern", days=-1)
    make_event(title="seit gestern", days=-1, ends_on=timezone.localdate() + timedelta(days=1), end_time=None)
    make_event_draft(title="Entwurf")
    make_scheduled_event(title="geplant")
    make_expired_event(title="abgelaufen")
    make_withdrawn_event(title="zurückgezogen")
    html = page(client)
    assert titles(html) == ["seit gestern", "morgen", "in zwei Wochen"]
    assert count(html) == "3 Termine"
    for hidden in ("Entwurf", "geplant<", "abgelaufen", "zurückgezogen", "gestern</a>"):
        assert hidden not in html.replace("seit gestern</a>", "")


def test_cancelled_and_postponed_events_stay_and_say_so_in_words(client):
    make_event(title="A", status="cancelled")
    make_event(title="B", status="postponed", former_starts_on=timezone.localdate())
    make_event(title="C", registration="full")
    make_event(title="D")
    html = page(client)
    assert titles(html) == ["A", "B", "C", "D"]
    assert re.findall(r'<strong class="event-status">([^<]*)</strong>', html) == [
        "abgesagt",
        "verschoben",
        "ausgebucht",
    ]


def test_days_of_one_month_stand_together_under_one_heading_each_day_once():
    today = date(2026, 11, 22)
    events = [
        Event(
            title=title, starts_on=day, start_time=time(10), begins_at=None, over_at=timezone.now() + timedelta(days=9)
        )
        for title, day in (
            ("läuft", date(2026, 10, 30)),
            ("a", date(2026, 11, 22)),
            ("b", date(2026, 11, 30)),
            ("c", date(2026, 11, 30)),
            ("d", date(2026, 12, 1)),
            ("e", date(2027, 12, 1)),
        )
    ]
    months = by_month_and_day(events, today)
    assert [
        (month.title, [(day.day, [one.title for one in day.events]) for day in month.days]) for month in months
    ] == [
        (RUNNING, [(date(2026, 10, 30), ["läuft"])]),
        ("November 2026", [(date(2026, 11, 22), ["a"]), (date(2026, 11, 30), ["b", "c"])]),
        ("Dezember 2026", [(date(2026, 12, 1), ["d"])]),
        ("Dezember 2027", [(date(2027, 12, 1), ["e"])]),
    ]
    assert [day.is_today for month in months for day in month.days] == [False, True, False, False, False]


def test_what_has_begun_stands_first_under_its_own_heading(client):
    make_event(title="läuft", days=-40, ends_on=timezone.localdate() + timedelta(days=3), end_time=None)
    assert headings(page(client)) == [RUNNING]


def test_a_row_says_when_where_who_and_what_it_costs(client):
    make_event(
        title="Forum",
        category=make_category(name="Konferenz"),
        venue=make_venue(name="Villa Ida", town="Leipzig"),
        organisers=[make_organiser(name="Kammer"), make_organiser(name="Stadt")],
        clusters=[make_cluster(slug="automotive", short_name="Auto")],
        cost="free",
        start_time=time(9, 30),
        end_time=time(12),
        attendance="hybrid",
        starts_on=date(2031, 1, 10),
    )
    text = re.sub(r"<[^>]+>", "|", page(client))
    for part in (
        "Konferenz",
        "9.30–12\u00a0Uhr",
        "Villa Ida, Leipzig",
        "online",
        "Kammer",
        "Stadt",
        "Auto",
        "kostenfrei",
    ):
        assert f"|{part}|" in text or part in text, part
    assert "(MEZ)" in text
    assert "Freitag, 10.\u00a0Januar 2031" in text


def test_filters_combine_and_are_kept_by_pages_chips_months_and_the_calendar(client):
    fair, venue = make_category(name="Messe"), make_venue(town="Jena")
    for number in range(31):
        make_event(title=f"M{number}", category=fair, venue=venue)
    make_event(title="anderswo", category=fair, venue=make_venue(town="Gera"))
    html = page(client, "/termine/?ort=jena&art=messe")
    assert count(html) == "31 Termine, Seite 1 von 2"
    assert "anderswo" not in html
    assert 'href="/termine/?art=messe&amp;ort=jena&amp;seite=2"' in html
    assert 'href="/termine/?ort=jena">Messe' in html
    assert "<title>Termine: Messe, Jena · Metropolregion Mitteldeutschland</title>" in html
    assert re.search(r'href="/termine/monat/\d+/\d+/\?art=messe&amp;ort=jena"', html)
    assert 'href="/termine/kalender.ics?art=messe&amp;ort=jena"' in html
    assert 'href="webcal://portal.example/termine/kalender.ics?art=messe&amp;ort=jena"' in html
    assert "https://portal.example/termine/kalender.ics?art=messe&amp;ort=jena</code>" in html
    assert '<link rel="canonical" href="https://portal.example/termine/?art=messe&amp;ort=jena">' in html
    assert '<option value="messe" selected>' in html
    assert 'href="/termine/?zeitraum=heute&amp;art=messe&amp;ort=jena">Heute' in html
    assert len(titles(page(client, "/termine/?art=messe&ort=jena&seite=2"))) == 1


def test_the_calendar_of_a_choice_holds_the_events_of_the_choice(client):
    make_event(title="Hier", venue=make_venue(town="Jena"))
    make_event(title="Dort", venue=make_venue(town="Gera"))
    path = re.search(r'href="(/termine/kalender\.ics[^"]*)"', page(client, "/termine/?ort=jena"))[1]
    calendar = client.get(path.replace("&amp;", "&")).content.decode()
    assert "SUMMARY:Hier" in calendar
    assert "Dort" not in calendar


def test_who_asks_for_past_days_gets_them(client):
    make_event(title="vorbei", days=-20)
    make_event(title="kommt", days=20)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert titles(page(client, f"/termine/?bis={yesterday}")) == ["vorbei"]
    assert titles(page(client, f"/termine/?von={yesterday - timedelta(days=30)}")) == ["vorbei", "kommt"]
    assert titles(page(client, f"/termine/?von={timezone.localdate()}")) == ["kommt"]


def test_an_unknown_value_is_left_out_with_a_visible_sentence_and_not_kept_in_the_page_cache(client):
    make_event(title="A", cost="free")
    make_event(title="B", cost="paid")
    html = page(client, "/termine/?ort=atlantis&kostenfrei=ja")
    assert "„Ort“ wurde weggelassen: „atlantis“ kennen wir nicht." in html
    assert titles(html) == ["A"]
    known = "kostenfrei=ja"
    unknown = ("ort=atlantis&kostenfrei=ja", "seite=99", "seite=abc", "von=2026-02-30", "kostenfrei=ja&kostenfrei=ja")
    assert is_kept(client, known)
    assert [query for query in unknown if is_kept(client, query)] == []


def test_an_empty_choice_says_so_and_shows_the_way_out(client):
    make_event(title="A", cost="paid")
    html = page(client, "/termine/?kostenfrei=ja")
    assert count(html) == "0 Termine"
    assert "Zu dieser Auswahl gibt es keinen Termin." in html
    assert '<a href="/termine/">Filter zurücksetzen</a>' in html
    assert f'<a href="/termine/archiv/{timezone.localdate().year}/">' in html
    Event.objects.all().delete()
    assert "Zurzeit ist kein Termin angekündigt." in page(client)


def test_one_event_is_counted_in_words(client):
    make_event()
    assert count(page(client)) == "Ein Termin"


def test_an_event_that_ends_leaves_the_stored_list_within_a_minute(client):
    now = timezone.now()
    event = make_event(title="endet gleich", days=0)
    Event.objects.filter(pk=event.pk).update(over_at=now + timedelta(days=1), begins_at=now - timedelta(hours=1))
    assert titles(page(client)) == ["endet gleich"]
    Event.objects.filter(pk=event.pk).update(over_at=now - timedelta(seconds=1))
    with time_machine.travel(now + timedelta(seconds=61), tick=True):
        assert titles(client.get("/termine/").content.decode()) == []


def test_the_list_sets_no_cookie_and_is_the_same_for_everybody(client, editor_client):
    make_event(title="A")
    stranger, editor = client.get("/termine/"), editor_client.get("/termine/")
    assert stranger.content == editor.content
    assert stranger.cookies == {}
    assert "Cookie" not in stranger.get("Vary", "")
