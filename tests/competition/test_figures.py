import csv
import io

import pytest
from django.utils import timezone

from competition.charts import large_chart, small_charts
from competition.figures import read_figures
from competition.models import StateFigure
from competition.views.hall_of_fame import public_editions
from tests.competition.factories import make_category, make_cluster, make_edition
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
WALL, CSV = "/iq/preistraeger/", "/iq/zahlen.csv"


@pytest.fixture
def years(db):
    auto = make_cluster(name="Auto", sign="automotive", order=1)
    solar = make_cluster(name="Solar", is_award_category=False, award_until=2011, order=0)
    for year, applications in ((2010, 126), (2011, 142), (2024, 96)):
        edition = make_edition(year, finalists=-9, winners=-8, applications=applications)
        make_category(edition, cluster=auto, applications=applications // 2)
        if year < 2012:
            make_category(edition, cluster=solar, applications=8)
        StateFigure.objects.create(edition=edition, state="Thüringen", applications=10)
    StateFigure.objects.create(edition=edition, state="Sachsen", applications=47)
    make_edition(2008, finalists=-9, winners=-8)
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Darum.")
    make_edition(2026)


def table(page, name):
    found = next(one for one in page.all("table") if page.texts("caption", inside=one) == [name])
    return [page.texts("th", "td", inside=row) for row in page.all("tr", inside=found)]


def chart_values(page, name):
    """{year: value} of a chart whose columns all carry their numbers."""
    chart = next(one for one in page.all("svg", css="chart") if page.texts("title", inside=one) == [name])
    numbers = {one.attrs["x"]: one.text for one in page.all("text", css="chart-value", inside=chart)}
    years = page.all("text", css="chart-year", inside=chart)
    return {one.text: numbers[one.attrs["x"]] for one in years if one.attrs["x"] in numbers}


def test_the_table_says_what_is_known_and_why_the_rest_is_not(client, years):
    assert table(fetch(client, WALL), "Bewerbungen je Wettbewerbsjahr") == [
        ["Jahr", "Bewerbungen"],
        ["2008", "nicht überliefert"],
        ["2010", "126"],
        ["2011", "142"],
        ["2024", "96"],
        ["2025", "ausgesetzt"],
        ["2026", "noch offen"],
    ]


def test_the_chart_and_its_table_have_the_same_numbers(client, years):
    page = fetch(client, WALL)
    rows = table(page, "Bewerbungen je Wettbewerbsjahr")[1:]
    assert chart_values(page, "Bewerbungen je Wettbewerbsjahr") == {year: one for year, one in rows if one.isdigit()}


def test_figures_by_cluster_and_state_have_their_tables(client, years):
    page = fetch(client, WALL)
    assert table(page, "Bewerbungen nach Cluster")[:3] == [
        ["Jahr", "Auto", "Solar"],
        ["2008", "nicht überliefert", "nicht überliefert"],
        ["2010", "63", "8"],
    ]
    assert table(page, "Bewerbungen nach Land")[3:5] == [
        ["2011", "nicht überliefert", "10"],
        ["2024", "47", "10"],
    ]


def test_every_chart_can_be_heard(client, years):
    page = fetch(client, WALL)
    charts = page.all("svg", css="chart")
    assert len(charts) == 1 + 2 + 2
    for chart in charts:
        title, words = chart.attrs["aria-labelledby"].split()
        assert chart.attrs["role"] == "img"
        assert page.one("title", id=title).text
        assert "überliefert" in page.one("desc", id=words).text
    assert page.one("desc", id="gesamt-text").text == (
        "3 Jahre sind überliefert, von 2010 (126) bis 2024 (96); am meisten 2011 (142), am wenigsten 2024 (96)."
    )


def test_columns_are_as_high_as_their_numbers(years):
    figures = read_figures(public_editions())
    chart = large_chart(figures.total_rows, "Bewerbungen")
    known = [one for one in chart.columns if one.value is not None]
    unit = known[0].height / known[0].value
    assert [one.height for one in known] == [pytest.approx(one.value * unit, abs=1) for one in known]
    assert {one.y + one.height for one in known} == {chart.base}
    assert all(one.y >= 0 and one.x + one.width <= chart.width for one in chart.columns)


def test_small_charts_share_one_scale(years):
    figures = read_figures(public_editions())
    charts = small_charts(figures.cluster_rows, figures.clusters)
    assert [(chart.name, chart.sign) for chart in charts] == [("Auto", "automotive"), ("Solar", "")]
    assert charts[0].grid == charts[1].grid
    heights = {one.value: one.height for chart in charts for one in chart.columns if one.value is not None}
    assert heights[8] < heights[48] < heights[71]


def test_drawings_hold_whole_numbers_only(client, years):
    page = fetch(client, WALL)
    for one in page.all("rect", "line"):
        numbers = [value for name, value in one.attrs.items() if name != "class"]
        assert all(value.isdigit() for value in numbers), one.attrs


def test_the_total_is_computed_and_dated(client, years):
    text = fetch(client, WALL).one("section", **{"aria-labelledby": "zahlen"}).text
    assert "364 Bewerbungen in 3 Jahren, deren Zahl überliefert ist, und 0 Preisträger in diesem Archiv" in text
    time = fetch(client, WALL).all("time")[0]
    assert time.attrs["datetime"] == timezone.localdate().isoformat()


def test_invented_figures_are_counted_nowhere(client, years):
    edition = make_edition(2027, applications=5555, is_example=True)
    make_category(edition, applications=4444)
    StateFigure.objects.create(edition=edition, state="Nirgendwo", applications=3333)
    draft = make_edition(2028, applications=2222, released=False)
    make_category(draft, applications=1111)
    for path in (WALL, CSV):
        text = client.get(path).content.decode()
        assert [word for word in ("5.555", "5555", "4444", "Nirgendwo", "2222", "1111") if word in text] == []


def test_without_any_figures_the_page_says_so(client):
    make_edition(2026)
    page = fetch(client, WALL)
    assert "Noch sind keine Zahlen bekannt gegeben." in page.one("main").text
    assert page.all("svg", css="chart") == []


def test_figures_stand_on_the_first_page_of_the_whole_wall_only(client, years):
    assert fetch(client, WALL).all(id="zahlen")
    page = fetch(client, f"{WALL}?jahr=2024")
    assert page.all(id="zahlen") == []
    assert f"{WALL}#zahlen" in page.links()


def test_the_csv_opens_by_itself_in_german_spreadsheets(client, years):
    response = client.get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="iq-innovationspreis-zahlen.csv"'
    assert response["Link"] == '<https://www.govdata.de/dl-de/by-2-0>; rel="license"'
    text = response.content.decode()
    assert text.startswith("\ufeffJahr;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows == [
        [
            "Jahr",
            "Wettbewerb",
            "Stand",
            "Bewerbungen",
            "Cluster Auto",
            "Cluster Solar",
            "Land Sachsen",
            "Land Thüringen",
        ],
        ["2008", "4", "", "", "", "", "", ""],
        ["2010", "6", "", "126", "63", "8", "", "10"],
        ["2011", "7", "", "142", "71", "8", "", "10"],
        ["2024", "20", "", "96", "48", "", "47", "10"],
        ["2025", "", "ausgesetzt", "", "", "", "", ""],
        ["2026", "22", "", "", "", "", "", ""],
    ]


def test_the_licence_is_named_and_linked_beside_the_figures(client, years):
    licence = fetch(client, WALL).one("p", css="licence")
    assert "Datenlizenz Deutschland – Namensnennung – Version 2.0" in licence.text
    assert "Europäische Metropolregion Mitteldeutschland" in licence.text


@pytest.mark.parametrize("applications", [0, 1, 5, 100000])
def test_any_number_can_be_drawn(client, applications):
    make_edition(2024, applications=applications)
    page = fetch(client, WALL)
    assert chart_values(page, "Bewerbungen je Wettbewerbsjahr") == {"2024": str(applications)}
    assert len(page.all("line", css="chart-line")) <= 5
