from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.factories import make_article, make_draft, make_rubric, make_scheduled, make_withdrawn
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def berlin(*parts):
    return timezone.make_aware(datetime(*parts))  # noqa: DTZ001


def test_the_archive_lists_one_year_by_month_newest_first(client):
    make_article(title="Januar", publish_from=berlin(2023, 1, 1, 0, 0))
    make_article(title="Dezember", publish_from=berlin(2023, 12, 31, 23, 59))
    make_article(title="Juli A", publish_from=berlin(2023, 7, 3))
    make_article(title="Juli B", publish_from=berlin(2023, 7, 4))
    make_article(title="Davor", publish_from=berlin(2022, 12, 31, 23, 59))
    make_article(title="Danach", publish_from=berlin(2024, 1, 1, 0, 0))
    page = fetch(client, "/aktuelles/archiv/2023/")
    assert page.texts("h1") == ["Archiv 2023"]
    months = {
        page.one("h2", inside=section).text: page.texts("a", inside=section)
        for section in page.all("section", css="month")
    }
    assert list(months.items()) == [
        ("Dezember 2023", ["Dezember"]),
        ("Juli 2023", ["Juli B", "Juli A"]),
        ("Januar 2023", ["Januar"]),
    ]
    assert page.texts("p", css="count") == ["4 Beiträge"]


def test_the_archive_follows_the_clock_of_berlin_at_midnight(client):
    make_article(title="Neujahr", publish_from=datetime(2022, 12, 31, 23, 30, tzinfo=UTC))
    page = fetch(client, "/aktuelles/archiv/2023/")
    assert page.texts("h2", inside=page.one("section", css="month")) == ["Januar 2023"]
    assert page.one("time").attrs["datetime"] == "2023-01-01"
    fetch(client, "/aktuelles/archiv/2022/", status=404)


def test_the_archive_links_every_year_that_holds_something(client):
    for year in (2019, 2021, 2024):
        make_article(publish_from=berlin(year, 5, 1))
    make_draft(publish_from=berlin(2020, 5, 1))
    page = fetch(client, "/aktuelles/archiv/2021/")
    years = page.one("nav", css="years")
    assert page.texts("a", inside=years) == ["2024", "2021", "2019"]
    assert page.texts("a", inside=years, **{"aria-current": "page"}) == ["2021"]
    assert page.links(inside=years)[0] == "/aktuelles/archiv/2024/"


@pytest.mark.parametrize("year", ["0", "1", "2020", "99999", "9" * 30, "02023", "-1", "２０２３"])
def test_a_year_without_public_articles_is_not_found(client, year):
    make_article(publish_from=berlin(2023, 5, 1))
    make_draft(publish_from=berlin(2020, 5, 1))
    make_withdrawn(publish_from=berlin(2020, 5, 1))
    make_scheduled()
    assert client.get(f"/aktuelles/archiv/{year}/").status_code == 404


def test_an_empty_portal_has_no_archive(client):
    fetch(client, "/aktuelles/archiv/2024/", status=404)


def test_the_archive_is_filtered_by_rubric_and_kind(client):
    rubric = make_rubric(slug="energie")
    make_article(title="Richtig", rubric=rubric, kind="study", publish_from=berlin(2023, 5, 1))
    make_article(rubric=rubric, kind="news", publish_from=berlin(2023, 5, 1))
    make_article(kind="study", publish_from=berlin(2023, 5, 1))
    page = fetch(client, "/aktuelles/archiv/2023/?rubrik=energie&art=study")
    assert page.texts("a", inside=page.one("ul", css="dated-list")) == ["Richtig"]
    assert [select.attrs["name"] for select in page.all("select")] == ["rubrik", "art"]


def test_an_empty_choice_in_the_archive_offers_ways_out(client):
    make_article(kind="news", publish_from=berlin(2023, 5, 1))
    page = fetch(client, "/aktuelles/archiv/2023/?art=study")
    assert page.links(inside=page.one("div", css="nothing")) == ["/aktuelles/archiv/2023/", "/aktuelles/"]


def test_a_full_year_is_paginated(client):
    for number in range(61):
        make_article(publish_from=berlin(2023, 1 + number % 12, 1 + number % 28))
    first, second = (fetch(client, f"/aktuelles/archiv/2023/?seite={number}") for number in (1, 2))
    assert first.texts("p", css="count") == ["61 Beiträge, Seite 1 von 2"]
    entries = [len(page.all("time", inside=page.one("main"))) for page in (first, second)]
    assert entries == [60, 1]


def test_the_list_leads_to_the_archive(client):
    make_article(publish_from=berlin(2023, 5, 1))
    assert "/aktuelles/archiv/2023/" in fetch(client, "/aktuelles/").links()
