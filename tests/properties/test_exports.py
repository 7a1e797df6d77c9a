"""The pool as open data."""

import csv
import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.kept_pages import kept_pages
from tests.properties.factories import make_full_hall, make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db
FILES = [f"/{kind}/daten.{ending}" for kind in ("flaechen", "hallen") for ending in ("csv", "xlsx", "geojson")]


def csv_rows(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def xlsx_rows(client, address):
    sheet = load_workbook(io.BytesIO(client.get(address).content)).active
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def features(client, address):
    return json.loads(client.get(address).content)["features"]


@pytest.mark.parametrize("address", FILES)
def test_a_file_says_what_it_is_and_under_what_it_may_be_used(client, address):
    make_full_land()
    make_full_hall()
    response = client.get(address)
    assert response.status_code == 200
    assert response["Link"] == '<https://www.govdata.de/dl-de/by-2-0>; rel="license"'
    assert response["X-Robots-Tag"] == "noindex"
    name = "gewerbeflaechen" if "flaechen" in address else "hallen"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.{address.rpartition(".")[2]}"'


@pytest.mark.parametrize("address", FILES)
def test_what_is_not_on_offer_is_in_no_file(client, address):
    for make in (make_land, make_hall):
        make(title="öffentlich")
        make(title="Geheim", released=False)
        make(title="Geheim", confirmed_days_ago=366)
        make(title="Geheim", availability="taken")
    read = {"csv": csv_rows, "xlsx": xlsx_rows}.get(address.rpartition(".")[2])
    if read:
        assert [row["Titel"] for row in read(client, address)] == ["öffentlich"]
    else:
        assert [one["properties"]["titel"] for one in features(client, address)] == ["öffentlich"]


def test_a_row_of_land_holds_the_facts_and_the_licence(client):
    land = make_full_land(number="GF-1", title="Am Fluss", price_per_m2=Decimal("26.00"), is_example=True)
    (row,) = csv_rows(client, "/flaechen/daten.csv")
    expected = {
        "Objektnummer": "GF-1",
        "Titel": "Am Fluss",
        "Exposé": f"https://portal.example{land.get_absolute_url()}",
        "Land": "Sachsen",
        "Landkreis oder Stadt": "Landkreis Leipzig",
        "Amtlicher Schlüssel": "14729",
        "Breite (WGS 84)": "51,145600",
        "Verfügbar in m²": "42500",
        "Gebietsart": "GE",
        "Kaufpreis in €/m²": "26,00",
        "Miete in €/m² im Monat": "",
        "GFZ": "2,40",
        "Nächste Autobahn": "A72, Anschlussstelle Borna-Nord",
        "Autobahn in km": "3,0",
        "Beispiel": "ja",
        "Lizenz": "https://www.govdata.de/dl-de/by-2-0",
        "Quelle": "Europäische Metropolregion Mitteldeutschland",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_row_of_halls_holds_theirs(client):
    make_full_hall(clear_height=Decimal("8.4"))
    (row,) = xlsx_rows(client, "/hallen/daten.xlsx")
    assert (row["Lichte Höhe in m"], row["Tore mit Rampe"], row["Hallenfläche in m²"]) == (8.4, 8, 7300)
    assert "GFZ" not in row


def test_the_same_filters_as_the_list_and_what_they_cannot_mean_is_left_out(client):
    make_land(title="A", town="Borna")
    make_land(title="B", town="Grimma", area_available=90_000, area_total=90_000)
    for ending, read in (("csv", csv_rows), ("xlsx", xlsx_rows)):
        assert [row["Titel"] for row in read(client, f"/flaechen/daten.{ending}?flaeche-von=5ha&farbe=rot")] == ["B"]
    assert [one["properties"]["titel"] for one in features(client, "/flaechen/daten.geojson?ort=borna")] == ["A"]
    assert features(client, "/flaechen/daten.geojson?q=gibtesnicht") == []


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", ' =HYPERLINK("x")'])
def test_no_cell_is_a_formula(client, title):
    make_land(title=title, confirmed_by="=2+2", street="=3+3")
    (row,) = csv_rows(client, "/flaechen/daten.csv")
    assert (row["Titel"][0], row["Bestätigt durch"], row["Straße"]) == ("'", "'=2+2", "'=3+3")
    (row,) = xlsx_rows(client, "/flaechen/daten.xlsx")
    assert (row["Titel"][0], row["Bestätigt durch"]) == ("'", "'=2+2")


def test_geojson_holds_points_plain_values_and_the_licence(client):
    make_full_land(number="GF-1", price_per_m2=Decimal("26.50"))
    make_land(number="GF-2", latitude=None, longitude=None, confirmed_days_ago=20)
    response = client.get("/flaechen/daten.geojson")
    assert response["Content-Type"] == "application/geo+json"
    data = json.loads(response.content)
    assert data["license"]["url"] == "https://www.govdata.de/dl-de/by-2-0"
    assert data["attribution"] == "Europäische Metropolregion Mitteldeutschland"
    first, second = data["features"]
    assert (first["id"], first["geometry"]) == ("GF-1", {"type": "Point", "coordinates": [12.5021, 51.1456]})
    assert first["properties"]["kaufpreis_euro_m2"] == 26.5
    assert "genauigkeit" in first["properties"]
    assert (second["id"], second["geometry"]) == ("GF-2", None)
    assert "miete_euro_m2_monat" not in second["properties"]


@pytest.mark.parametrize("address", FILES)
def test_an_empty_pool_is_a_valid_file(client, address):
    response = client.get(address)
    assert response.status_code == 200
    if address.endswith("geojson"):
        assert json.loads(response.content)["features"] == []


@pytest.mark.parametrize("address", FILES)
def test_a_file_asks_the_same_for_two_rows_and_for_many(client, address, django_assert_max_num_queries):
    for make in (make_full_land, make_full_hall):
        for _ in range(5):
            make()
    with django_assert_max_num_queries(4):
        client.get(address)


def test_files_of_known_choices_are_kept(client):
    make_land()
    client.get("/flaechen/daten.csv?land=sachsen")
    assert kept_pages() == 1
    client.get("/flaechen/daten.csv?q=irgendwas")
    assert kept_pages() == 1


@pytest.mark.parametrize("address", FILES)
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405
