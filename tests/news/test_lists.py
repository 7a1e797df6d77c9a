import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from tests.factories import (
    make_article,
    make_draft,
    make_expired,
    make_image,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
LIST = "/aktuelles/"


def titles(page):
    return page.texts("h2", css="card-title")


def featured(**values):
    return make_article(featured_until=timezone.now() + timedelta(days=1), **values)


def berlin(*parts):
    return timezone.make_aware(datetime(*parts))  # noqa: DTZ001


def test_the_newest_article_comes_first(client):
    old, new, middle = make_article(days_ago=9), make_article(days_ago=1), make_article(days_ago=4)
    assert titles(fetch(client, LIST)) == [new.title, middle.title, old.title]


def test_articles_of_the_same_moment_keep_an_order_over_all_pages(client):
    moment = timezone.now() - timedelta(days=1)
    articles = [make_article(publish_from=moment) for _ in range(25)]
    listed = [title for number in (1, 2, 3) for title in titles(fetch(client, f"{LIST}?seite={number}"))]
    assert listed == [article.title for article in reversed(articles)]


def test_featured_articles_stand_first_and_nothing_stands_twice(client):
    plain = [make_article(days_ago=number + 1) for number in range(14)]
    lead = featured(days_ago=30)
    second = featured(days_ago=40)
    first_page = fetch(client, LIST)
    assert titles(first_page) == [lead.title, second.title, *(article.title for article in plain[:12])]
    highlighted = first_page.one("section", css="featured")
    assert first_page.texts("h2", inside=highlighted) == [lead.title, second.title]
    assert titles(fetch(client, f"{LIST}?seite=2")) == [article.title for article in plain[12:]]


def test_more_featured_articles_than_places_are_listed_in_order_of_date(client):
    articles = [featured(days_ago=number) for number in range(1, 6)]
    page = fetch(client, LIST)
    assert titles(page) == [article.title for article in articles]
    assert page.texts("h2", inside=page.one("section", css="featured")) == [one.title for one in articles[:3]]


def test_what_was_featured_until_yesterday_is_a_plain_article_again(client):
    make_article(days_ago=5, featured_until=timezone.now() - timedelta(days=1), title="Alt")
    make_article(days_ago=1, title="Neu")
    page = fetch(client, LIST)
    assert titles(page) == ["Neu", "Alt"]
    assert page.all("section", css="featured") == []


def test_a_filtered_list_has_no_featured_part(client):
    rubric = make_rubric(slug="energie")
    make_article(days_ago=1, rubric=rubric, title="Neu")
    featured(days_ago=9, rubric=rubric, title="Hervorgehoben")
    page = fetch(client, f"{LIST}?rubrik=energie")
    assert page.all("section", css="featured") == []
    assert titles(page) == ["Neu", "Hervorgehoben"]


@pytest.mark.parametrize(
    ("plain", "featured_ones", "query", "expected"),
    [
        (0, 0, "", "0 Beiträge"),
        (1, 0, "", "Ein Beitrag"),
        (0, 1, "", "Ein Beitrag"),
        (12, 0, "", "12 Beiträge"),
        (13, 0, "", "13 Beiträge, Seite 1 von 2"),
        (31, 0, "", "31 Beiträge, Seite 1 von 3"),
        (28, 3, "", "31 Beiträge, Seite 1 von 3"),
        (28, 3, "?seite=3", "31 Beiträge, Seite 3 von 3"),
        (28, 3, "?art=news", "31 Beiträge, Seite 1 von 3"),
    ],
)
def test_the_list_says_how_many_there_are(client, plain, featured_ones, query, expected):
    for _ in range(plain):
        make_article()
    for _ in range(featured_ones):
        featured()
    make_draft()
    make_scheduled()
    assert fetch(client, f"{LIST}{query}").texts("p", css="count") == [expected]


def test_only_what_is_public_is_listed_and_counted(client):
    public = make_article()
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make()
        make(featured_until=timezone.now() + timedelta(days=1))
    page = fetch(client, LIST)
    assert titles(page) == [public.title]
    assert page.texts("p", css="count") == ["Ein Beitrag"]


# --- Filters -------------------------------------------------------------------------------------------


def test_filters_narrow_each_other(client):
    energy, sites = make_rubric(slug="energie"), make_rubric(slug="standort")
    year, before = timezone.localdate().year - 1, timezone.localdate().year - 2
    wanted = make_article(rubric=energy, kind="press", publish_from=berlin(year, 6, 1))
    make_article(rubric=sites, kind="press", publish_from=berlin(year, 6, 1))
    make_article(rubric=energy, kind="news", publish_from=berlin(year, 6, 1))
    make_article(rubric=energy, kind="press", publish_from=berlin(before, 6, 1))
    page = fetch(client, f"{LIST}?art=press&jahr={year}&rubrik=energie")
    assert titles(page) == [wanted.title]
    chosen = [option.attrs["value"] for option in page.all("option") if "selected" in option.attrs]
    assert chosen == ["energie", str(year), "press"]
    assert fetch(client, f"{LIST}?rubrik=energie").texts("p", css="count") == ["3 Beiträge"]
    assert page.texts("a", css="filters-reset") == ["Filter zurücksetzen"]
    assert page.one("a", css="filters-reset").attrs["href"] == LIST


def test_pagination_keeps_the_filters_and_drops_what_it_does_not_know(client):
    rubric = make_rubric(slug="energie")
    for _ in range(30):
        make_article(rubric=rubric, kind="press")
    page = fetch(client, f"{LIST}?rubrik=energie&art=press&seite=2&utm_source=brief&fremd=1")
    navigation = page.one("nav", css="pagination")
    base = f"{LIST}?rubrik=energie&art=press"
    assert page.links(inside=navigation) == [base, base, f"{base}&seite=2", f"{base}&seite=3", f"{base}&seite=3"]
    assert page.texts("a", inside=navigation) == ["Zurück", "Seite 1", "Seite 2", "Seite 3", "Weiter"]
    assert page.texts("a", inside=navigation, **{"aria-current": "page"}) == ["Seite 2"]
    assert page.one("link", rel="canonical").attrs["href"] == f"https://portal.example{base}&seite=2"


def test_a_short_list_has_no_pagination(client):
    make_article()
    assert fetch(client, LIST).all("nav", css="pagination") == []


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("rubrik=gibtsnicht", "„gibtsnicht“ kennen wir bei „Rubrik“ nicht. Dieser Filter wurde weggelassen."),
        ("jahr=1850", "„1850“ kennen wir bei „Jahr“ nicht. Dieser Filter wurde weggelassen."),
        ("art=Press", "„Press“ kennen wir bei „Art“ nicht. Dieser Filter wurde weggelassen."),
        ("art=%3Cb%3E", "„<b>“ kennen wir bei „Art“ nicht. Dieser Filter wurde weggelassen."),
        (f"art={'x' * 99}", f"„{'x' * 40}…“ kennen wir bei „Art“ nicht. Dieser Filter wurde weggelassen."),
        ("seite=99", "Diese Seitenzahl gibt es hier nicht. Sie sehen Seite 1 von 1."),
    ],
)
def test_an_unknown_value_is_left_out_and_said_so(client, query, hint):
    article = make_article()
    page = fetch(client, f"{LIST}?{query}")
    assert page.texts("p", inside=page.one("div", css="hint", role="status")) == [hint]
    assert titles(page) == [article.title]


def test_an_unknown_value_does_not_switch_off_the_known_ones(client):
    rubric = make_rubric(slug="energie")
    wanted = make_article(rubric=rubric)
    make_article()
    page = fetch(client, f"{LIST}?rubrik=energie&jahr=1850")
    assert titles(page) == [wanted.title]
    assert page.one("link", rel="canonical").attrs["href"] == f"https://portal.example{LIST}?rubrik=energie"


def test_an_empty_filter_is_no_filter(client):
    article = make_article()
    page = fetch(client, f"{LIST}?rubrik=&jahr=&art=&seite=")
    assert titles(page) == [article.title]
    assert page.all("div", css="hint") == []


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("0", 1),
        ("-1", 1),
        ("abc", 1),
        ("irgendein-langes-wort", 1),
        ("4", 3),
        ("9" * 19, 3),
        ("9" * 4000, 3),
        ("1.5", 1),
    ],
)
def test_a_page_number_out_of_range_shows_the_nearest_page(client, raw, shown):
    for _ in range(30):
        make_article()
    page = fetch(client, f"{LIST}?seite={raw}")
    assert page.texts("p", css="count") == [f"30 Beiträge, Seite {shown} von 3"]
    assert page.texts("p", inside=page.one("div", css="hint")) == [
        f"Diese Seitenzahl gibt es hier nicht. Sie sehen Seite {shown} von 3."
    ]


def test_an_empty_portal_says_so_kindly(client):
    page = fetch(client, LIST)
    nothing = page.one("div", css="nothing")
    assert page.texts("p", inside=nothing) == ["Noch ist hier nichts erschienen. Alle Beiträge ansehen."]


def test_an_empty_choice_offers_ways_out(client):
    make_article(kind="news")
    page = fetch(client, f"{LIST}?art=study")
    nothing = page.one("div", css="nothing")
    assert page.links(inside=nothing) == [LIST, LIST]
    assert page.texts("a", inside=nothing) == ["Filter zurücksetzen", "alle Beiträge ansehen"]


# --- Choices offered -----------------------------------------------------------------------------------


def offered(page, name):
    select = page.one("select", name=name)
    return [option.attrs["value"] for option in page.all("option", inside=select)][1:]


def test_the_year_filter_offers_only_years_with_public_content_newest_first(client):
    for year in (2019, 2022, 2022):
        make_article(publish_from=berlin(year, 3, 1))
    make_draft(publish_from=berlin(2020, 3, 1))
    make_withdrawn(publish_from=berlin(2021, 3, 1))
    make_expired(publish_from=berlin(2018, 3, 1))
    make_scheduled(publish_from=berlin(timezone.localdate().year + 2, 3, 1))
    assert offered(fetch(client, LIST), "jahr") == ["2022", "2019"]


def test_new_years_eve_follows_the_clock_of_berlin(client):
    make_article(title="Silvester", publish_from=datetime(2023, 12, 31, 22, 59, 59, tzinfo=UTC))
    make_article(title="Neujahr", publish_from=datetime(2023, 12, 31, 23, 0, 0, tzinfo=UTC))
    assert offered(fetch(client, LIST), "jahr") == ["2024", "2023"]
    assert titles(fetch(client, f"{LIST}?jahr=2023")) == ["Silvester"]
    assert titles(fetch(client, f"{LIST}?jahr=2024")) == ["Neujahr"]
    assert fetch(client, f"{LIST}?jahr=2024").all("time")[0].attrs["datetime"] == "2024-01-01"


def test_a_year_typed_wrongly_by_two_thousand_does_not_stop_the_lists(client):
    make_article(title="Vertippt", publish_from=datetime(1, 6, 1, tzinfo=UTC))
    make_article(title="Richtig", publish_from=berlin(2024, 6, 1))
    assert "2024" in offered(fetch(client, LIST), "jahr")
    assert titles(fetch(client, f"{LIST}?jahr=2024")) == ["Richtig"]
    fetch(client, reverse("news:archive", args=[2024]))
    fetch(client, "/sitemap-aktuelles.xml")


def test_the_rubric_filter_offers_only_rubrics_with_public_content_in_the_editors_order(client):
    second, first = make_rubric(name="A", slug="a", order=2), make_rubric(name="B", slug="b", order=1)
    make_article(rubric=second)
    make_article(rubric=first)
    make_rubric(slug="leer")
    make_draft(rubric=make_rubric(slug="nur-entwurf"))
    make_scheduled(rubric=make_rubric(slug="nur-geplant"))
    assert offered(fetch(client, LIST), "rubrik") == ["b", "a"]


def test_the_kind_filter_offers_every_kind(client):
    assert offered(fetch(client, LIST), "art") == Article.Kind.values


# --- What a row shows ----------------------------------------------------------------------------------


def test_a_row_says_what_when_and_of_which_kind(client):
    make_article(
        title="Titel & <Zeichen>",
        teaser="Vorspann",
        kicker="Dachzeile",
        kind="study",
        is_example=True,
        publish_from=berlin(2024, 11, 26, 0, 30),
    )
    page = fetch(client, LIST)
    row = page.one("li", css="row")
    assert page.texts("p", inside=row)[:2] == ["Dachzeile", "Vorspann"]
    meta = page.one("p", css="meta", inside=row).text
    assert [word for word in ("Studie", "26. November 2024", "Beispiel") if word not in meta] == []
    assert page.texts("h2", inside=row) == ["Titel & <Zeichen>"]
    assert page.one("time", inside=row).attrs["datetime"] == "2024-11-26"


def test_the_bodies_stay_in_the_database(client):
    make_article(body="<p>Langer Text</p>")
    assert "body" in Article.objects.with_list_parts().get().get_deferred_fields()


def test_what_a_list_fetches_is_all_its_rows_need(client):
    """A deferred field that a template asks for costs one query a row."""
    rubric = make_rubric(slug="energie")
    for _ in range(3):
        make_article(rubric=rubric, image=make_image(), is_example=True)
    for path in ("/aktuelles/", "/aktuelles/rubrik/energie/", "/"):
        with CaptureQueriesContext(connection) as captured:
            fetch(client, path)
        late = [query["sql"] for query in captured if re.search(r'WHERE "news_article"."id" = \d+', query["sql"])]
        assert late == [], path
