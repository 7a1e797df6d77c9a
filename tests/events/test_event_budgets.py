"""How many questions the public pages ask, and that a hundred thousand events do not make them slow."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from publishing.connections import connect
from tests.events.factories import (
    make_category,
    make_cluster,
    make_event,
    make_full_event,
    make_organiser,
    make_series,
    make_venue,
)
from tests.kept_pages import own_questions

pytestmark = pytest.mark.django_db
LIST, PAGE, HOME = 8, 10, 14
MANY = 100_000
DAYS_BACK, DAYS_AHEAD = 3650, 540


def queries_of(client, address):
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return own_questions(queries)


def full_events(number, **values):
    category, venue, series = make_category(), make_venue(town="Halle (Saale)"), make_series()
    cluster, organiser = make_cluster(slug="energie"), make_organiser(name="Kammer")
    return [
        make_full_event(
            category=category,
            venue=venue,
            series=series,
            clusters=[cluster, make_cluster()],
            organisers=[organiser, make_organiser()],
            days=3 + position,
            **values,
        )
        for position in range(number)
    ]


def month_address(day):
    return reverse("events:month", args=[day.year, day.month])


LISTS = (
    "/termine/",
    "/termine/?art={art}&cluster=energie&ort=halle-saale&veranstalter=kammer&format=hybrid&von=2020-01-01&bis=2099-12-31",
    "/termine/?zeitraum=dieser-monat&kostenfrei=ja",
    "/termine/archiv/{year}/",
    "/termine/archiv/{year}/?cluster=energie&veranstalter=kammer",
    "/termine/monat/{year}/{month}/",
    "/termine/monat/{year}/{month}/?cluster=energie&ort=halle-saale&art={art}&veranstalter=kammer",
)


@pytest.mark.parametrize("template", LISTS)
def test_lists_ask_at_most_eight_questions_whatever_the_number_of_events(client, template):
    first, *_ = full_events(2)
    soon = timezone.localdate() + timedelta(days=3)
    address = template.format(art=first.category.slug, year=soon.year, month=soon.month)
    few = len(queries_of(client, address))
    full_events_more = [
        make_event(
            days=3 + number % 5,
            category=first.category,
            venue=first.venue,
            clusters=first.clusters.all(),
            organisers=first.organisers.all(),
        )
        for number in range(20)
    ]
    assert len(full_events_more) == 20
    assert few <= LIST
    assert len(queries_of(client, address)) <= LIST


def test_a_page_of_an_event_asks_at_most_ten_questions(client):
    first, *others = full_events(8)
    connect(first, *others)
    queries = queries_of(client, first.get_absolute_url())
    assert len(queries) <= PAGE


def test_a_page_of_a_past_event_asks_at_most_ten_questions(client):
    event = make_full_event(days=-30, series=make_series())
    connect(event, make_full_event(days=5, series=event.series))
    assert len(queries_of(client, event.get_absolute_url())) <= PAGE


# --- a hundred thousand


def fill(number):
    """As a calendar grows: most of it is past. Copied within the database, which takes seconds instead of a minute."""
    categories, clusters = [make_category() for _ in range(7)], [make_cluster() for _ in range(5)]
    venues = [make_venue(town=f"Stadt {one}") for one in range(60)]
    organisers = [make_organiser(name=f"Haus {one}") for one in range(80)]
    model = make_event(category=categories[0], venue=venues[0])
    day = "n, current_date + (n * 7919 %% %(span)s)::int - %(back)s AS day"
    changed = {
        "slug": "'massentermin-' || n",
        "uid": "gen_random_uuid()",
        "starts_on": "day",
        "ends_on": "CASE WHEN n %% 8 = 0 THEN day + 1 + n %% 5 END",
        "begins_at": "day + time '10:00'",
        "over_at": "day + time '12:00' + CASE WHEN n %% 8 = 0 THEN 1 + n %% 5 ELSE 0 END * interval '1 day'",
        "category_id": "(%(categories)s::int[])[1 + n %% 7]",
        "venue_id": "(%(venues)s::int[])[1 + n %% 60]",
        "cost": "CASE WHEN n %% 3 = 0 THEN 'free' ELSE 'paid' END",
    }
    columns = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    parameters = {
        "span": DAYS_BACK + DAYS_AHEAD,
        "back": DAYS_BACK,
        "number": number,
        "model": model.pk,
        "categories": [one.pk for one in categories],
        "venues": [one.pk for one in venues],
        "clusters": [one.pk for one in clusters],
        "organisers": [one.pk for one in organisers],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO events_event ({names}) SELECT {values} FROM events_event AS model, "
            f"(SELECT {day} FROM generate_series(1, %(number)s) AS n) AS numbers WHERE model.id = %(model)s",
            parameters,
        )
        for relation, target in (("clusters", "cluster"), ("organisers", "organiser")):
            cursor.execute(
                f"INSERT INTO events_event_{relation} (event_id, {target}_id) "
                f"SELECT id, (%({relation})s::int[])[1 + id %% {len(parameters[relation])}] FROM events_event",
                parameters,
            )
        cursor.execute("ANALYZE")
    assert Event.objects.published().count() > number
    return categories[0], clusters[0], venues[0], organisers[0]


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="reads the plans of PostgreSQL")
def test_lists_and_months_of_a_hundred_thousand_events_walk_along_an_index(client):
    category, cluster, venue, organiser = fill(MANY)
    today = timezone.localdate()
    addresses = [
        "/termine/",
        "/termine/?seite=40",
        f"/termine/?art={category.slug}",
        f"/termine/?cluster={cluster.slug}",
        f"/termine/?ort={venue.town_slug}",
        f"/termine/?veranstalter={organiser.slug}",
        "/termine/?zeitraum=dieser-monat",
        "/termine/?format=vor-ort",
        "/termine/?kostenfrei=ja",
        f"/termine/?von={today + timedelta(days=100)}&bis={today + timedelta(days=130)}",
        f"/termine/?von={today - timedelta(days=900)}&bis={today - timedelta(days=870)}",
        f"/termine/?art={category.slug}&cluster={cluster.slug}&ort={venue.town_slug}&veranstalter={organiser.slug}",
        month_address(today),
        month_address(today - timedelta(days=1500)),
        f"{month_address(today + timedelta(days=200))}?cluster={cluster.slug}&veranstalter={organiser.slug}",
        reverse("events:archive", args=[today.year - 3]),
        reverse("events:archive", args=[today.year - 3]) + f"?cluster={cluster.slug}",
        "/",
    ]
    for address in addresses:
        queries = queries_of(client, address)
        assert len(queries) <= (HOME if address == "/" else LIST), address
        plans = {sql: plan_of(sql) for sql in queries if "events_event" in sql}
        assert plans, address
        scanned = [f"{address}\n{sql}\n{plan}" for sql, plan in plans.items() if "Seq Scan on events_event " in plan]
        assert scanned == []
    page = Event.objects.get(slug="massentermin-5").get_absolute_url()
    assert [sql for sql in queries_of(client, page) if "Seq Scan on events_event " in plan_of(sql)] == []
