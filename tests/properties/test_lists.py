"""The pages /flaechen/ and /hallen/."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from properties.models import Listing
from tests.kept_pages import kept_pages
from tests.parsed_page import fetch
from tests.properties.factories import add_rows, make_full_hall, make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def titles(page):
    return page.texts("a", css="pool-title")


def texts_of_row(page, number=0):
    row = [one for one in page.all("tr") if one.is_inside(page.one("tbody"))][number]
    return [plain(cell.text) for cell in page.all("th", "td", inside=row)]


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def heading(page):
    return plain(page.one("h2", css="pool-count").text)


def link(page, text):
    return next(one.attrs["href"] for one in page.all("a") if one.text.startswith(text))


# --- which


@pytest.mark.parametrize(("path", "make"), [("/flaechen/", make_land), ("/hallen/", make_hall)])
def test_what_is_not_on_offer_is_in_no_list(client, path, make):
    other = make_hall if make is make_land else make_land
    make(title="öffentlich")
    make(title="Geheim", released=False)
    make(title="Geheim", publish_from=NOW + timedelta(days=9))
    make(title="Geheim", publish_from=NOW - timedelta(days=9), publish_until=NOW - timedelta(days=1))
    make(title="Geheim", confirmed_days_ago=366)
    make(title="Geheim", availability="taken")
    other(title="Geheim")
    page = fetch(client, path)
    assert titles(page) == ["öffentlich"]
    assert "Geheim" not in page.html


def test_the_heading_says_how_many_and_how_many_hectares(client):
    make_land(area_available=42_500)
    assert heading(fetch(client, "/flaechen/")) == "Eine Fläche, 4,25 ha"
    make_land(area_available=1_000_000, area_total=2_000_000)
    make_land(area_available=86_000, confirmed_days_ago=366)
    assert heading(fetch(client, "/flaechen/")) == "2 Flächen, zusammen 104 ha"
    assert heading(fetch(client, "/flaechen/?flaeche-von=50ha")) == "Eine Fläche, 100 ha"
    make_hall(area_available=9_000)
    make_hall(area_available=9_000)
    assert heading(fetch(client, "/hallen/")) == "2 Hallen, zusammen 1,8 ha"


def test_a_row_of_land_says_the_key_facts(client):
    land = make_full_land(title="Am Fluss", number="GF-7", is_example=True, availability="reserved")
    page = fetch(client, "/flaechen/")
    assert page.texts("th", scope="col") == ["Objekt", "Fläche", "Gebiet", "Preis", "Autobahn", "Verfügbar", "Stand"]
    facts = texts_of_row(page)
    assert facts[0].startswith("GF-7 Beispiel reserviert Am Fluss Borna, Landkreis Leipzig")
    assert facts[1:4] == ["4,25 hateilbar ab 3.000 m²", "GEB-Plan rechtskräftig", "26,00 €/m²Kauf"]
    assert facts[4:6] == ["3 km, 4 Min.A72, Anschlussstelle Borna-Nord", "sofort"]
    assert link(page, "Am Fluss") == land.get_absolute_url()


def test_a_row_of_halls_says_what_halls_are_asked_for(client):
    make_full_hall()
    make_hall(clear_height=None, crane_load=None, gates_ground=None, gates_ramp=None, confirmed_days_ago=20)
    page = fetch(client, "/hallen/")
    assert page.texts("th", scope="col")[:4] == ["Objekt", "Fläche", "Ausstattung", "Miete"]
    assert texts_of_row(page)[1:4] == [
        "4,25 hateilbar ab 3.000 m²Halle 7.300 m²",
        "8,4 m hochKran 8 t13 Tore",
        "4,40 €/m² im MonatMiete",
    ]
    assert texts_of_row(page, 1)[2] == "keine Angabe"


def test_the_nearest_motorway_is_shown(client):
    land = make_land()
    land.distances.create(kind="motorway", name="A9", km=12)
    land.distances.create(kind="motorway", name="A72", km=Decimal("3.5"))
    land.distances.create(kind="airport", name="Flughafen", km=1)
    assert texts_of_row(fetch(client, "/flaechen/"))[4] == "3,5 kmA72"


def test_old_details_are_marked_in_words(client):
    make_land(title="alt", confirmed_days_ago=181)
    make_land(title="frisch", confirmed_days_ago=179)
    page = fetch(client, "/flaechen/")
    assert "Angaben seit über sechs Monaten nicht bestätigt" in texts_of_row(page, 1)[6]
    assert "nicht bestätigt" not in texts_of_row(page, 0)[6]


# --- in which order, how many a page


def test_orders(client):
    near = make_land(title="nah", area_available=5_000, price_per_m2=30, confirmed_days_ago=9)
    near.distances.create(kind="motorway", name="A9", km=1)
    make_land(title="fern", area_available=80_000, price_per_m2=None, confirmed_days_ago=3, latitude=51.3)
    far = make_land(title="weit", area_available=20_000, price_per_m2=9, confirmed_days_ago=6, latitude=50.9)
    far.distances.create(kind="motorway", name="A4", km=20)

    def order(query):
        return titles(fetch(client, f"/flaechen/?{query}"))

    assert order("") == order("sortierung=stand") == ["fern", "weit", "nah"]
    assert order("sortierung=flaeche-ab") == ["fern", "weit", "nah"]
    assert order("sortierung=flaeche-auf") == ["nah", "weit", "fern"]
    assert order("sortierung=preis") == ["weit", "nah", "fern"]
    assert order("sortierung=autobahn") == ["nah", "weit", "fern"]
    assert order("um=leipzig&radius=100&sortierung=entfernung") == ["fern", "nah", "weit"]


def test_halls_by_rent(client):
    make_hall(title="auf Anfrage", rent_per_m2=None)
    make_hall(title="teuer", rent_per_m2=9)
    make_hall(title="günstig", rent_per_m2=3)
    assert titles(fetch(client, "/hallen/?sortierung=preis")) == ["günstig", "teuer", "auf Anfrage"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sortierung=entfernung", "Nach Entfernung geht es, sobald ein Ort für den Umkreis gewählt ist."),
        ("sortierung=zufall", "„Sortierung“ wurde weggelassen: Möglich ist Stand, neueste zuerst"),
        ("je-seite=1000000", "„Je Seite“ wurde weggelassen: Möglich ist 20, 50, 100."),
        ("je-seite=abc", "„Je Seite“ wurde weggelassen"),
        ("seite=99", "Diese Seitenzahl gibt es hier nicht."),
        ("gemerkt=%3Cb%3E", "ist keine Objektnummer. Sie wurde weggelassen."),
        ("gemerkt=" + ",".join(f"GF-{number:03}" for number in range(13)), "Merken lassen sich 12 Objekte auf einmal."),
    ],
)
def test_what_the_page_cannot_mean_is_said(client, query, sentence):
    make_land(title="A")
    page = fetch(client, f"/flaechen/?{query}")
    assert [hint for hint in page.texts("p", inside=page.one("div", css="hint")) if sentence in hint]
    assert titles(page) == ["A"]


def test_pages_keep_filters_order_size_and_what_is_remembered(client):
    for _ in range(60):
        make_land()
    page = fetch(client, "/flaechen/?je-seite=50&sortierung=preis&land=sachsen&gemerkt=GF-001")
    assert len(titles(page)) == 50
    assert link(page, "Weiter") == ("/flaechen/?land=sachsen&gemerkt=GF-001&je-seite=50&sortierung=preis&seite=2")
    assert len(titles(fetch(client, link(page, "Weiter")))) == 10
    assert len(titles(fetch(client, "/flaechen/"))) == 20


def test_the_form_shows_what_was_chosen_and_loses_nothing_that_was_typed(client):
    make_land()
    page = fetch(client, "/flaechen/?flaeche-von=viel&flaeche-bis=5ha&gebiet=GE&um=leipzig&verfuegbar=2027-06-01")
    values = {one.attrs["name"]: one.attrs.get("value") for one in page.all("input") if one.attrs["type"] != "checkbox"}
    assert values["flaeche-von"] == "viel"
    assert plain(values["flaeche-bis"]) == "5 ha"
    assert values["verfuegbar"] == "2027-06-01"
    assert [one.attrs["value"] for one in page.all("input", name="gebiet") if "checked" in one.attrs] == ["GE"]
    chosen = [one for one in page.all("option") if "selected" in one.attrs]
    assert [one.attrs["value"] for one in chosen] == ["leipzig"]


def test_chips_lead_to_the_address_without_them(client):
    make_land()
    page = fetch(client, "/flaechen/?land=sachsen&gebiet=GE,GI&gemerkt=GF-9")
    chips = page.all("a", css="chip", inside=page.one("ul", **{"aria-label": "Gewählte Filter"}))
    assert [(chip.text, chip.attrs["href"]) for chip in chips] == [
        ("Sachsen weglassen", "/flaechen/?gebiet=GE%2CGI&gemerkt=GF-9"),
        ("GE oder GI weglassen", "/flaechen/?land=sachsen&gemerkt=GF-9"),
    ]


def test_who_finds_nothing_is_told_what_to_leave_out(client):
    make_land()
    page = fetch(client, "/flaechen/?um=dresden&radius=10&angebot=pacht")
    nothing = page.one("div", css="nothing")
    assert [(plain(one.text), one.attrs["href"]) for one in page.all("a", inside=nothing)] == [
        ("ohne „bis 10 km um Dresden“", "/flaechen/?angebot=pacht"),
        ("ohne „Pacht“", "/flaechen/?um=dresden&radius=10"),
        ("bis 20 km um Dresden suchen", "/flaechen/?um=dresden&radius=20&angebot=pacht"),
        ("Alle Gewerbeflächen", "/flaechen/"),
        ("Hallen ansehen", "/hallen/"),
    ]
    assert page.all("table") == []


def test_an_empty_pool_is_friendly(client):
    assert "Zurzeit ist nichts im Angebot" in fetch(client, "/hallen/").one("main").text


def test_ways_to_the_twin_the_map_the_data_and_the_feed(client):
    make_land()
    page = fetch(client, "/flaechen/?land=sachsen&flaeche-von=2ha&gemerkt=GF-1&sortierung=preis")
    assert link(page, "Hallen") == "/hallen/?land=sachsen&gemerkt=GF-1&sortierung=preis"
    assert link(page, "Karte").startswith("/flaechen/karte/?land=sachsen&flaeche-von=20000")
    assert link(page, "CSV") == "/flaechen/daten.csv?land=sachsen&flaeche-von=20000"
    assert link(page, "Neues und Geändertes") == "/flaechen/atom/?land=sachsen&flaeche-von=20000"
    feed = page.one("link", rel="alternate")
    assert feed.attrs["href"] == "/flaechen/atom/?land=sachsen&flaeche-von=20000"
    assert page.one("a", rel="license noopener noreferrer").attrs["href"] == "https://www.govdata.de/dl-de/by-2-0"


# --- remembered


def test_remembering_and_forgetting_are_plain_links_that_stay_on_the_page(client):
    for number in range(25):
        make_land(number=f"GF-{number:03}", confirmed_days_ago=number + 1)
    page = fetch(client, "/flaechen/?land=sachsen&seite=2")
    address = link(page, "Merken")
    assert address == "/flaechen/?land=sachsen&gemerkt=GF-020&seite=2#gf-020-" + address.rpartition("#gf-020-")[2]
    page = fetch(client, address)
    bar = page.one("section", **{"aria-label": "Gemerkte Objekte"})
    assert "1 gemerkt" in bar.text
    assert link(page, "Vergleichen") == "/flaechen/vergleich/?objekte=GF-020"
    assert link(page, "Nicht mehr merken").startswith("/flaechen/?land=sachsen&seite=2#")
    assert link(page, "Merkliste leeren") == "/flaechen/?land=sachsen&seite=2"


def test_remembered_numbers_are_tidied_and_at_most_twelve(client):
    make_land(number="GF-100")
    page = fetch(client, "/flaechen/?gemerkt=gf-1,%20GF-1,,HO-2")
    assert page.texts("a", css="chip") == ["GF-1 nicht mehr merken", "HO-2 nicht mehr merken"]
    full = ",".join(f"GF-{number}" for number in range(12))
    page = fetch(client, f"/flaechen/?gemerkt={full}")
    assert page.texts("span", css="pool-remember") == ["Merkliste voll"]


def test_what_somebody_remembers_is_nobody_elses_page(client):
    make_land()
    response = client.get("/flaechen/?gemerkt=GF-001")
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}
    assert '<link rel="canonical" href="https://portal.example/flaechen/">' in response.content.decode()
    assert kept_pages() == 0
    assert all("nofollow" in one.attrs["rel"] for one in fetch(client, "/flaechen/").all("a") if one.text == "Merken")


# --- kept and described


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("land=sachsen&seite=1", 1),
        ("sortierung=preis&je-seite=50", 1),
        ("flaeche-von=20000&radius=50&um=leipzig", 1),
        ("je-seite=%2050", 0),
        ("flaeche-von=20001", 0),
        ("q=borna", 0),
        ("farbe=rot", 0),
        ("seite=77", 0),
        ("verfuegbar=2027-06-01", 0),
    ],
)
def test_only_addresses_of_known_values_are_kept(client, query, number):
    make_land()
    fetch(client, f"/flaechen/?{query}")
    assert kept_pages() == number


def test_the_address_of_a_choice_is_one_for_search_engines(client):
    make_land()
    page = fetch(client, "/flaechen/?gebiet=GI&gebiet=GE&flaeche-von=2+ha&sortierung=preis&je-seite=50&utm_source=x")
    canonical = urlsplit(page.one("link", rel="canonical").attrs["href"])
    assert parse_qs(canonical.query) == {"flaeche-von": ["20000"], "gebiet": ["GE,GI"]}
    assert page.title.startswith("Gewerbeflächen: ab 2 ha, GE oder GI")


def test_the_whole_list_describes_its_open_data_to_machines(client):
    make_land()
    data = fetch(client, "/flaechen/").json_ld("Dataset")
    assert data["license"] == "https://www.govdata.de/dl-de/by-2-0"
    assert [one["contentUrl"] for one in data["distribution"]] == [
        "https://portal.example/flaechen/daten.csv",
        "https://portal.example/flaechen/daten.xlsx",
        "https://portal.example/flaechen/daten.geojson",
    ]
    assert fetch(client, "/flaechen/?land=sachsen").json_ld("Dataset") is None


def test_a_change_is_seen_at_once(client):
    land = make_land(title="vorher")
    fetch(client, "/flaechen/?land=sachsen")
    land.title = "nachher"
    land.save()
    assert titles(fetch(client, "/flaechen/?land=sachsen")) == ["nachher"]
    land.availability = "taken"
    land.save()
    assert titles(fetch(client, "/flaechen/?land=sachsen")) == []


@pytest.mark.parametrize("path", ["/flaechen/", "/hallen/"])
def test_hostile_addresses_are_answered(client, path):
    make_land(available_on=date(2027, 6, 1), readiness="short_term")
    make_hall()
    names = ("q", "land", "kreis", "ort", "um", "radius", "flaeche-von", "preis-bis", "miete-bis", "gebiet", "tore")
    names += ("verfuegbar", "autobahn-km", "autobahn-min", "hoehe", "gemerkt", "sortierung", "je-seite", "seite")
    values = ("NaN", "1e400", "-1", "%00", "%FF%FE", "9" * 300, "[(*+?{1}\\", "٣", "<script>", "'--", ",,,")
    for value in values:
        # One at a time each may be refused before the next is read: so also all at once.
        for query in ("&".join(f"{name}={value}" for name in names), *(f"{name}={value}" for name in names[::3])):
            response = client.get(f"{path}?{query[:4000]}")
            assert response.status_code == 200, query
            assert b"<script>" not in response.content
    assert Listing.objects.count() == 2


# --- home


def test_the_home_page_counts_what_is_on_offer(client):
    make_land(area_available=42_500)
    make_land(area_available=10_000)
    for hidden in ({"released": False}, {"availability": "taken"}, {"confirmed_days_ago": 366}):
        make_land(**hidden)
    add_rows(make_hall(area_available=9_000))
    page = fetch(client, "/")
    band = page.one("section", **{"aria-labelledby": "flaechen-und-hallen"})
    assert page.texts("p", css="pool-band-figure", inside=band) == ["2 Flächen", "1 Halle"]
    assert "5,25 ha" in plain(band.text)
    assert "9.000" in plain(band.text) or "0,9 ha" in plain(band.text)
    assert page.links(inside=band)[0] == "/flaechen/"


def test_an_empty_pool_has_no_band_on_the_home_page(client):
    make_land(released=False)
    assert fetch(client, "/").all(id="flaechen-und-hallen") == []
