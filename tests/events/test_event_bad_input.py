"""Nothing a stranger types, and nothing an editor or an import stores, breaks a page of events."""

from datetime import date, time
from urllib.parse import quote

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event, EventLink, PriceGroup
from tests.events.factories import (
    event_values,
    make_category,
    make_cluster,
    make_event,
    make_full_event,
    make_organiser,
    make_series,
    make_venue,
)

pytestmark = pytest.mark.django_db
NAMES = ("zeitraum", "von", "bis", "art", "cluster", "ort", "veranstalter", "format", "kostenfrei", "seite")
VALUES = (
    *("0", "-1", "9" * 30, "9" * 400, "abc", "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%C0%AF", "%F0%9F%98%80"),
    *("0000-01-01", "99999-01-01", "2026-02-30", "2026-13-01", "1989-12-31", "2101-01-01", "9999-12-31", "2100-12-31"),
    *("1990-01-01", "2026-1-1", "+2026-01-01", "%D9%A2", "'", "%22%3E%3Cscript%3E", "../..", "1e9", "NaN", "null"),
    *("%20", "x" * 300, "a&b=c", "[]", "{}"),
)
PAGES = ("/termine/", "/termine/archiv/2019/", "/termine/monat/2031/5/", "/termine/kalender.ics")


def ask(client, address, method="get"):
    caches["pages"].clear()
    return getattr(client, method)(address)


@pytest.mark.parametrize("path", PAGES)
def test_no_value_of_any_filter_is_an_error(client, path):
    make_event(title="kommt")
    make_event(title="war", starts_on=date(2019, 5, 5))
    for value in VALUES:
        together = "&".join(f"{name}={value}" for name in NAMES)
        assert ask(client, f"{path}?{together}").status_code == 200, value
    for name in NAMES:
        assert ask(client, f"{path}?{name}={'x' * 3500}").status_code == 200, name
        assert ask(client, f"{path}?{name}=%00&{name}=%FF&{name}[]=x&{name}").status_code == 200, name


def test_an_invented_value_never_reaches_the_page_as_markup(client):
    for name in NAMES:
        html = ask(client, f"/termine/?{name}=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
        assert "<script>alert" not in html
        html = ask(client, f"/termine/?%3Cscript%3E{name}=1").content.decode()
        assert f"<script>{name}" not in html


def test_page_numbers_that_do_not_exist_show_the_nearest_page_with_a_sentence(client):
    for _ in range(31):
        make_event()
    for raw, number in (("0", 1), ("-1", 1), ("abc", 1), ("3", 2), ("9" * 30, 2)):
        html = ask(client, f"/termine/?seite={raw}").content.decode()
        assert f"Sie sehen Seite {number} von 2." in html, raw


def test_more_parameters_than_anybody_needs_are_refused_and_not_an_error(client):
    assert ask(client, "/termine/?" + "&".join(["a"] * 1500)).status_code == 400
    assert ask(client, "/termine/?art=" + "x" * 50_000).status_code == 414


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_methods_are_refused(client, method):
    event = make_event(slug="forum")
    make_event(starts_on=date(2019, 5, 5))
    for path in (*PAGES, event.get_absolute_url(), "/termine/forum.ics"):
        assert ask(client, path, method).status_code == 405, path


@pytest.mark.parametrize("method", ["head", "options"])
def test_questions_about_a_page_are_answered(client, method):
    event = make_event(slug="forum")
    for path in ("/termine/", "/termine/monat/2031/5/", event.get_absolute_url()):
        assert ask(client, path, method).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    [
        *("monat/", "monat/2026/", "archiv/", "archiv/2026/12/", "monat/2026/05/01/", "kalender/"),
        *("%00/", "a%00b/", "%FF/", "%F0%9F%98%80/", "x" * 3000 + "/", "..%2F..%2Fetc/", "monat/%00/1/", "x.ics"),
        *("%00.ics", "%FF.ics", "archiv/%00/", "archiv/-2026/", "monat/2026/1.5/", "' OR 1=1/", "kalender.ics/"),
    ],
)
def test_invented_addresses_are_not_found(client, path):
    assert ask(client, f"/termine/{quote(path, safe='%/')}").status_code in (400, 404), path


# --- what is stored

HOSTILE = "\U0001f600\u202e\u0007‮<script>alert('x')</script>&amp;\"' \\;,: „Öl“ \u2028\ufeff{{ 1 }}{% now %}"


def hostile(limit):
    return (HOSTILE * 60)[:limit]


def hostile_event(**values):
    event = make_full_event(
        title=hostile(200),
        slug="boese",
        teaser=hostile(600),
        body=f"<p>{HOSTILE}</p><img src=x onerror=alert(1)><script>alert(2)</script>",
        recap=f"<p>{HOSTILE}</p>",
        audience=hostile(200),
        patron=hostile(200),
        status_note=hostile(200),
        category=make_category(name=hostile(60), slug="art"),
        series=make_series(title=hostile(200)),
        venue=make_venue(
            name=hostile(160), street=hostile(160), postcode="0<9", town=hostile(120), access_notes=hostile(600)
        ),
        clusters=[make_cluster(name=hostile(120), short_name=hostile(40), slug="clu")],
        organisers=[make_organiser(name=hostile(200), slug="wer", website="https://x.example/?a='\"<b>")],
        supporters=[make_organiser(name=hostile(190), slug="wer-noch")],
        starts_on=date(2031, 5, 10),
        is_example=True,
        **values,
    )
    PriceGroup.objects.create(event=event, label=hostile(120), amount="999999.99")
    EventLink.objects.create(event=event, kind="info", label=hostile(120), url="https://x.example/?'\"<>")
    return event


@pytest.mark.parametrize("status", Event.Status.values)
def test_hostile_words_in_every_field_are_shown_as_words(client, status):
    event = hostile_event(status=status, former_starts_on=date(2031, 5, 1))
    pages = (
        event.get_absolute_url(),
        "/termine/boese.ics",
        "/termine/",
        "/termine/?art=art&cluster=clu&veranstalter=wer",
        "/termine/monat/2031/5/",
        "/termine/kalender.ics",
        "/",
        "/sitemap-termine.xml",
    )
    for path in pages:
        response = ask(client, path)
        assert response.status_code == 200, path
        body = response.content.decode()
        if "html" in response["Content-Type"]:
            assert "<script>alert" not in body, path
            assert "onerror" not in body, path


def test_a_title_of_5000_characters_that_an_import_forced_in_still_has_its_pages(client):
    """Beyond what the form takes: SQLite does not enforce lengths."""
    values = event_values(title="Ö" * 200, slug="lang", starts_on=date(2031, 5, 10))
    event = Event(**values)
    event.save()
    try:
        Event.objects.filter(pk=event.pk).update(title="Ö" * 5000 if _lengths_are_free() else "Ö" * 200)
    finally:
        for path in ("/termine/lang/", "/termine/", "/termine/monat/2031/5/", "/termine/lang.ics"):
            assert ask(client, path).status_code == 200, path


def _lengths_are_free():
    from django.db import connection

    return connection.vendor == "sqlite"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=6))
def test_no_combination_of_values_is_an_error(client, query):
    address = "/termine/?" + "&".join(f"{name}={quote(value.encode(errors='replace'))}" for name, value in query)
    assert ask(client, address).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dates(), last=st.dates())
def test_no_pair_of_days_is_an_error_on_the_page_or_in_the_calendar(client, first, last):
    for path in ("/termine/", "/termine/kalender.ics"):
        assert ask(client, f"{path}?von={first}&bis={last}").status_code == 200


def test_events_at_the_ends_of_time_have_their_pages(client):
    first = make_event(slug="erster", starts_on=date(1990, 1, 1), start_time=time(0), end_time=None)
    last = make_event(slug="letzter", starts_on=date(2100, 12, 31), start_time=time(23), end_time=None)
    longest = make_event(slug="laengster", starts_on=date(1990, 1, 1), ends_on=date(2100, 12, 31), end_time=None)
    paths = [one.get_absolute_url() for one in (first, last, longest)]
    months = ["/termine/monat/1990/1/", "/termine/monat/2100/12/", "/termine/archiv/1990/", "/termine/"]
    for path in (*paths, *months, "/termine/?von=1990-01-01&bis=2100-12-31", "/termine/kalender.ics"):
        assert ask(client, path).status_code == 200, path
