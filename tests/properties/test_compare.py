"""Up to four side by side, without a cookie."""

import pytest

from properties.comparison import compare
from tests.kept_pages import kept_pages
from tests.parsed_page import fetch
from tests.properties.factories import make_full_hall, make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db


def numbers(page):
    heads = [one for one in page.all("th", scope="col") if "visually-hidden" not in "".join(one.classes)]
    return [one.text.split()[0] for one in heads[1:]]


def rows_of(comparison):
    return {
        (heading, row.label): ([cell and cell.value for cell in row.cells], row.differs)
        for heading, rows in comparison.groups
        for row in rows
    }


def test_they_stand_side_by_side_in_the_order_of_the_address(client):
    make_land(number="GF-1")
    make_land(number="GF-2")
    make_land(number="GF-3")
    page = fetch(client, "/flaechen/vergleich/?objekte=GF-3,gf-1")
    assert numbers(page) == ["GF-3", "GF-1"]
    assert page.all("div", css="hint") == []


def test_rows_are_facts_and_say_where_they_differ():
    make_full_land(number="GF-1", zoning="GE")
    make_land(number="GF-2", zoning="GI")
    rows = rows_of(compare(["GF-1", "GF-2"], "land"))
    assert rows["Planungsrecht", "Gebietsart"] == (["GE – Gewerbegebiet", "GI – Industriegebiet"], True)
    assert rows["Lage", "Landkreis oder Stadt"] == (["Landkreis Leipzig", "Landkreis Leipzig"], False)
    assert rows["Verkehr", "Gleisanschluss"] == (["möglich", None], True)
    assert rows["Verkehr", "Autobahn"][0] == ["3\u202fkm, 4\u202fMin.", None]


def test_two_ways_of_one_kind_are_two_rows():
    land = make_land(number="GF-1")
    for km in (3, 9):
        land.distances.create(kind="motorway", name=f"A{km}", km=km)
    groups = dict(compare(["GF-1"], "land").groups)
    assert [(row.label, row.cells[0].hint) for row in groups["Verkehr"]] == [("Autobahn", "A3"), ("Autobahn", "A9")]


def test_headings_stand_once_whoever_begins():
    make_land(number="GF-1")
    make_full_land(number="GF-2")
    headings = [heading for heading, _ in compare(["GF-1", "GF-2"], "land").groups]
    assert len(headings) == len(set(headings))
    assert headings[0] == "Lage"


def test_differences_are_marked_by_a_sign_and_in_words(client):
    make_land(number="GF-1", zoning="GE")
    make_land(number="GF-2", zoning="GI")
    page = fetch(client, "/flaechen/vergleich/?objekte=GF-1,GF-2")
    heads = page.texts("th", scope="row")
    assert "≠ Gebietsart (verschieden)" in heads
    assert "Landkreis oder Stadt" in heads


def test_at_most_four_and_the_fifth_moves_up(client):
    for number in range(1, 7):
        make_land(number=f"GF-{number}")
    page = fetch(client, "/flaechen/vergleich/?objekte=" + ",".join(f"GF-{number}" for number in range(1, 7)))
    assert numbers(page) == ["GF-1", "GF-2", "GF-3", "GF-4"]
    assert "Noch nicht dabei: GF-5, GF-6." in page.one("div", css="hint").text
    out = next(one.attrs["href"] for one in page.all("a", css="compare-forget"))
    assert numbers(fetch(client, out)) == ["GF-2", "GF-3", "GF-4", "GF-5"]


def test_what_is_not_public_is_as_unknown_as_what_never_was(client):
    make_land(number="GF-1")
    make_land(number="GF-2", title="Geheim", released=False)
    make_land(number="GF-3", title="Geheim", confirmed_days_ago=366)
    page = fetch(client, "/flaechen/vergleich/?objekte=GF-1,GF-2,GF-3,GF-99")
    assert numbers(page) == ["GF-1"]
    assert "Nicht (mehr) im Angebot oder unbekannt: GF-2, GF-3, GF-99." in page.one("div", css="hint").text
    assert "Geheim" not in page.html


def test_what_was_taken_meanwhile_stays_and_says_so(client):
    make_land(number="GF-1", availability="taken")
    page = fetch(client, "/flaechen/vergleich/?objekte=GF-1")
    assert numbers(page) == ["GF-1"]
    assert "vergeben" in page.texts("span", css="tag")


def test_halls_are_compared_with_halls(client):
    make_full_hall(number="HO-1", title="Halle A")
    make_hall(number="HO-2")
    make_land(number="GF-1")
    page = fetch(client, "/hallen/vergleich/?objekte=HO-1,GF-1,HO-2")
    assert numbers(page) == ["HO-1", "HO-2"]
    other = next(one for one in page.all("a") if "GF-1" in one.text)
    assert other.attrs["href"] == "/flaechen/vergleich/?objekte=HO-1%2CGF-1%2CHO-2"
    assert numbers(fetch(client, other.attrs["href"])) == ["GF-1"]


@pytest.mark.parametrize("query", ["", "?objekte=", "?objekte=%00", "?objekte=,,,", "?objekte=GF-99", "?x=y"])
def test_nothing_to_compare_is_a_friendly_page(client, query):
    page = fetch(client, f"/flaechen/vergleich/{query}")
    assert "Noch ist nichts zu vergleichen" in page.one("main").text
    assert page.all("table") == []


def test_a_comparison_is_nobodys_page_but_the_readers(client):
    make_land(number="GF-1")
    response = client.get("/flaechen/vergleich/?objekte=GF-1")
    assert response["X-Robots-Tag"] == "noindex"
    assert kept_pages() == 0
    fetch(client, "/flaechen/vergleich/")
    assert kept_pages() == 1


def test_the_way_back_keeps_what_was_remembered(client):
    make_land(number="GF-1")
    page = fetch(client, "/flaechen/vergleich/?objekte=GF-1,HO-2")
    assert "/flaechen/?gemerkt=GF-1%2CHO-2" in page.links()
