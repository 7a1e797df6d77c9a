"""The filters as they stand in an address."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from properties.amounts import read_area, read_number
from properties.filters import ListingFilters
from tests.properties.factories import add_rows, make_hall, make_land, the_district

pytestmark = pytest.mark.django_db


def land_filters(query, **options):
    return ListingFilters(QueryDict(query), kind="land", **options)


def hall_filters(query):
    return ListingFilters(QueryDict(query), kind="hall")


def found(query, filters=land_filters):
    return {one.title for one in filters(query).pool()}


def labels(query, filters=land_filters):
    return [with_plain_spaces(label) for label, _ in filters(query).summary]


def with_plain_spaces(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_empty_address_leaves_out_nothing_and_says_nothing():
    make_land(title="A")
    filters = land_filters("")
    assert (filters.chosen, filters.hints, filters.address(), filters.summary) == ({}, [], "", [])
    assert found("") == {"A"}
    assert found("q=&land=&kreis=&um=&radius=&flaeche-von=&gebiet=&verfuegbar=") == {"A"}


def test_what_visitors_must_not_find_is_in_no_pool():
    make_land(title="A")
    make_hall(title="Halle")
    make_land(title="Entwurf", released=False)
    make_land(title="vergeben", availability="taken")
    make_land(title="veraltet", confirmed_days_ago=366)
    make_land(title="reserviert", availability="reserved")
    assert found("") == {"A", "reserviert"}
    assert found("", hall_filters) == {"Halle"}


def test_words_are_looked_for_in_title_town_number_and_teaser():
    make_land(title="Am Güterbahnhof", town="Borna", number="GF-901", teaser="Mit Blick auf den See.")
    make_land(title="Andere", town="Halle (Saale)", number="GF-902", teaser="Nichts.")
    assert found("q=gueterbahnhof+borna") == {"Am Güterbahnhof"}
    assert found("q=gf-902") == {"Andere"}
    assert found("q=see") == {"Am Güterbahnhof"}
    assert found("q=(saale)") == {"Andere"}
    assert found("q=atlantis") == set()
    assert labels("q=%20Borna%20%20Nord%00") == ["„Borna Nord“"]


def test_state_district_and_town_find_theirs():
    make_land(title="Borna", town="Borna", district="landkreis-leipzig")
    make_land(title="Leuna", town="Leuna", district="saalekreis")
    make_land(title="Gera", town="Gera", district="gera")
    assert found("land=sachsen") == {"Borna"}
    assert found("land=thueringen") == {"Gera"}
    assert found("kreis=saalekreis") == {"Leuna"}
    assert found("ort=leuna") == {"Leuna"}
    assert found("land=sachsen&kreis=saalekreis") == set()


def test_only_what_is_in_the_pool_is_offered_and_each_town_once():
    make_land(town="Borna", zoning="GI", plan_status="preparing", for_lease=True, rail_siding="possible")
    make_land(town="Borna", zoning="GI", for_sale=False, price_per_m2=None, for_rent=True)
    make_land(title="Entwurf", town="Gera", district="gera", released=False, zoning="MI", for_ground_lease=True)
    make_hall(town="Jena", district="jena", zoning="SO")
    filters = land_filters("")
    values = {name: [one.value for one in filters.field(name).options] for name in ("land", "kreis", "ort", "gebiet")}
    assert values == {
        "land": ["sachsen"],
        "kreis": ["landkreis-leipzig"],
        "ort": ["borna"],
        "gebiet": ["GI"],
    }
    assert [one.value for one in filters.field("angebot").options] == ["kauf", "miete", "pacht"]
    assert [one.value for one in filters.field("planung").options] == ["rechtskraeftig", "in-aufstellung"]
    assert [one.value for one in filters.field("gleis").options] == ["moeglich"]


def test_what_exists_but_is_not_on_offer_today_is_understood_and_finds_nothing():
    make_land(title="A")
    assert found("kreis=gera") == set()
    assert land_filters("kreis=gera&gebiet=MI&planung=kein-baurecht").hints == []
    assert "gera" in [one.value for one in land_filters("kreis=gera").field("kreis").options]


def test_around_a_town_in_km():
    make_land(title="Borna")  # 25 km from Leipzig
    make_land(title="Gera", latitude=50.88, longitude=12.08, district="gera")
    make_land(title="ohne Punkt", latitude=None, longitude=None)
    assert found("um=leipzig") == {"Borna"}
    assert found("um=leipzig&radius=20") == set()
    assert found("um=leipzig&radius=60") == {"Borna", "Gera"}
    assert labels("um=leipzig&radius=60") == ["bis 60 km um Leipzig"]
    assert labels("um=leipzig") == ["bis 25 km um Leipzig"]


def test_the_usual_radius_has_one_address_and_removing_the_town_removes_it():
    assert land_filters("um=leipzig&radius=25").address() == "um=leipzig"
    assert land_filters("radius=60&um=leipzig&land=sachsen").summary[1][1] == "land=sachsen"


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("flaeche-von=42500", True),
        ("flaeche-von=42501", False),
        ("flaeche-von=4,25+ha", True),
        ("flaeche-von=4.25ha", True),
        ("flaeche-von=42.500+m²", True),
        ("flaeche-bis=3000", True),
        ("flaeche-bis=0,29ha", False),
        ("flaeche-von=1ha&flaeche-bis=2ha", True),
    ],
)
def test_areas_are_asked_against_what_can_be_had(query, fits):
    make_land(title="A", area_available=42_500, divisible_from=3_000)
    assert land_filters(query).hints == []
    assert found(query) == ({"A"} if fits else set())


def test_offer_zoning_plan_price_and_rail():
    make_land(title="A", for_sale=True, zoning="GE", price_per_m2=Decimal("26.00"), rail_siding="existing")
    make_land(
        title="B",
        for_sale=False,
        for_ground_lease=True,
        zoning="GI",
        price_per_m2=None,
        plan_status="preparing",
        rail_siding="possible",
    )
    assert found("angebot=kauf") == {"A"}
    assert found("angebot=erbbaurecht") == {"B"}
    assert found("gebiet=GE") == {"A"}
    assert found("gebiet=GE&gebiet=GI") == found("gebiet=GI,GE") == {"A", "B"}
    assert found("gebiet=SO") == set()
    assert found("preis-bis=26") == {"A"}
    assert found("preis-bis=25,99") == set()
    assert found("planung=in-aufstellung") == {"B"}
    assert found("gleis=vorhanden") == {"A"}
    assert found("gleis=moeglich") == {"A", "B"}


def test_the_motorway_by_way_or_by_time():
    add_rows(make_land(title="A"))  # 3 km, 4 minutes
    make_land(title="B")
    assert found("autobahn-km=3") == {"A"}
    assert found("autobahn-km=2,9") == set()
    assert found("autobahn-min=4") == {"A"}
    assert found("autobahn-min=3") == set()


def test_available_at_once_or_by_a_day():
    make_land(title="sofort")
    make_land(title="Juni", readiness="from_date", available_on=date(2027, 6, 1))
    make_land(title="irgendwann", readiness="long_term")
    assert found("verfuegbar=2027-05-31") == {"sofort"}
    assert found("verfuegbar=2027-06-01") == found("verfuegbar=1.6.2027") == {"sofort", "Juni"}
    assert land_filters("verfuegbar=1.6.2027").address() == "verfuegbar=2027-06-01"


def test_halls_by_height_crane_gates_and_floor():
    make_hall(title="groß", clear_height=10, crane_load=20, floor_load=8, gates_ground=2, gates_ramp=8, rent_per_m2=5)
    make_hall(title="klein", clear_height=4, crane_load=0, floor_load=2, gates_ground=3, gates_ramp=None, rent_per_m2=3)
    make_hall(title="?", clear_height=None, crane_load=None, floor_load=None, gates_ground=None, gates_ramp=None)
    assert found("hoehe=8", hall_filters) == {"groß"}
    assert found("kran=5", hall_filters) == {"groß"}
    assert found("tore=3", hall_filters) == {"groß", "klein"}
    assert found("tore=10", hall_filters) == {"groß"}
    assert found("bodenlast=2,5", hall_filters) == {"groß"}
    assert found("miete-bis=4", hall_filters) == {"klein"}
    assert labels("tore=3&hoehe=8&miete-bis=4,5", hall_filters) == [
        "Miete bis 4,5 €/m²",
        "lichte Höhe ab 8 m",
        "Tore: mindestens 3",
    ]
    assert land_filters("hoehe=8").hints == ["Einen Filter „hoehe“ gibt es hier nicht."]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("flaeche-von=5ha&flaeche-bis=2ha", "„Fläche von“ (5 ha) ist mehr als „Fläche bis“ (2 ha). Beide Angaben"),
        ("flaeche-von=-5", "„Fläche von“ wurde weggelassen: „-5“ ist keine Zahl, die wir lesen können."),
        ("flaeche-von=NaN", "„NaN“ ist keine Zahl"),
        ("flaeche-von=1e400", "„1e400“ ist keine Zahl"),
        ("flaeche-von=1e4", "„1e4“ ist keine Zahl"),
        ("flaeche-von=Infinity", "„Infinity“ ist keine Zahl"),
        ("flaeche-von=0", "Möglich ist 1 m² bis 200.000 ha."),
        ("flaeche-von=0ha", "Möglich ist 1 m² bis"),
        ("flaeche-bis=99999999999999999999", "Möglich ist 1 m² bis"),
        ("flaeche-bis=999999ha", "Möglich ist 1 m² bis"),
        ("flaeche-bis=" + "9" * 400, "ist keine Zahl"),
        ("flaeche-von=zwei+ha", "„zwei ha“ ist keine Zahl"),
        ("flaeche-von=2+km", "„2 km“ ist keine Zahl"),
        ("flaeche-von=1,5", "Bitte eine ganze Zahl angeben."),
        ("flaeche-von=٢", "ist keine Zahl"),
        ("flaeche-von=²", "ist keine Zahl"),
        ("um=leipzig&radius=10000", "„Umkreis (km)“ wurde weggelassen: Möglich ist 1 km bis 400 km."),
        ("um=leipzig&radius=0", "Möglich ist 1 km bis 400 km."),
        ("um=leipzig&radius=weit", "„weit“ ist keine Zahl"),
        ("radius=60", "Zum Umkreis fehlt der Ort, um den gesucht wird."),
        ("um=atlantis", "„Im Umkreis von“ wurde weggelassen: „atlantis“ kennen wir nicht."),
        ("kreis=atlantis", "„Landkreis oder Stadt“ wurde weggelassen: „atlantis“ kennen wir nicht."),
        ("land=bayern", "„Land“ wurde weggelassen: „bayern“ kennen wir nicht."),
        ("ort=%00", "„Ort“ wurde weggelassen: „“ kennen wir nicht."),
        ("angebot=geschenkt", "„Angebot“ wurde weggelassen"),
        ("gebiet=GE,XX", "„Gebietsart“ wurde weggelassen: „XX“ kennen wir nicht."),
        ("planung=' OR 1=1", "„Planungsrecht“ wurde weggelassen"),
        ("preis-bis=1,234", "Bitte höchstens 2 Stellen nach dem Komma angeben."),
        ("preis-bis=-1", "„-1“ ist keine Zahl"),
        ("autobahn-km=500", "Möglich ist 0,1 km bis 200 km."),
        ("autobahn-min=2,5", "Bitte eine ganze Zahl angeben."),
        ("verfuegbar=2027-02-30", "„2027-02-30“ ist kein Tag, den es gibt."),
        ("verfuegbar=31.2.2027", "ist kein Tag, den es gibt."),
        ("verfuegbar=0001-01-01", "Der Kalender reicht von 1990 bis 2100."),
        ("verfuegbar=bald", "„bald“ ist kein Tag"),
        ("farbe=rot", "Einen Filter „farbe“ gibt es hier nicht."),
        ("land=sachsen&land=thueringen", "„Land“ steht mehrmals in der Adresse."),
    ],
)
def test_what_an_address_cannot_mean_is_left_out_with_a_sentence_and_the_rest_is_kept(query, sentence):
    make_land(title="A")
    filters = land_filters(f"angebot=kauf&{query}" if "angebot" not in query else query)
    assert len([hint for hint in filters.hints if sentence in with_plain_spaces(hint)]) == 1
    assert len(filters.hints) == 1
    assert filters.understood == frozenset()
    assert filters.pool().count() <= 1
    if "angebot" not in query:
        assert filters.chosen["angebot"] == "kauf"


def test_what_was_refused_stays_in_the_form():
    filters = land_filters("flaeche-von=5ha&flaeche-bis=zwei&radius=weit&um=leipzig")
    assert filters.field("flaeche-bis").shown == "zwei"
    assert filters.field("radius").shown == "weit"
    filters = land_filters("flaeche-von=5ha&flaeche-bis=2ha")
    assert [with_plain_spaces(filters.field(name).shown) for name in ("flaeche-von", "flaeche-bis")] == ["5 ha", "2 ha"]
    assert filters.chosen == {}


def test_a_chip_says_what_is_chosen_and_leads_to_the_address_without_it():
    make_land()
    filters = land_filters("gebiet=GI&gebiet=GE&flaeche-von=2ha&verfuegbar=2027-06-01&land=sachsen")
    assert filters.address() == "land=sachsen&flaeche-von=20000&verfuegbar=2027-06-01&gebiet=GE%2CGI"
    assert [(with_plain_spaces(label), address) for label, address in filters.summary] == [
        ("Sachsen", "flaeche-von=20000&verfuegbar=2027-06-01&gebiet=GE%2CGI"),
        ("ab 2 ha", "land=sachsen&verfuegbar=2027-06-01&gebiet=GE%2CGI"),
        ("verfügbar bis 1. Juni 2027", "land=sachsen&flaeche-von=20000&gebiet=GE%2CGI"),
        ("GE oder GI", "land=sachsen&flaeche-von=20000&verfuegbar=2027-06-01"),
    ]


def test_what_is_carried_goes_with_every_address_but_is_no_filter():
    filters = land_filters("land=sachsen&gemerkt=GF-001", carried={"gemerkt": "GF-001", "je-seite": ""})
    assert filters.hints == []
    assert filters.chosen == {"land": "sachsen"}
    assert filters.address() == "land=sachsen&gemerkt=GF-001"
    assert filters.summary == [("Sachsen", "gemerkt=GF-001")]
    assert filters.address_of_twin() == "land=sachsen&gemerkt=GF-001"


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("land=sachsen&um=leipzig&radius=50", True),
        ("flaeche-von=20000&gebiet=GE,GI&autobahn-km=5", True),
        ("land=sachsen&flaeche-von=&q=", True),
        ("flaeche-von=20001", False),
        ("flaeche-von=2ha", False),
        ("flaeche-von=020000", False),
        ("flaeche-von=%20", False),
        ("radius=50.0&um=leipzig", False),
        ("gebiet=GI,GE", False),
        ("gebiet=GE&gebiet=GI", False),
        ("gebiet=,", False),
        ("verfuegbar=2027-06-01", False),
        ("q=borna", False),
    ],
)
def test_the_page_cache_keeps_choices_and_suggested_numbers_in_their_one_spelling(query, is_kept):
    make_land()
    filters = land_filters(query)
    assert filters.hints == []
    assert (QueryDict(query).keys() <= filters.understood) == is_kept


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1500", "1500"),
        ("1.500", "1500"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("0.500", "0.5"),
        ("12.345.678,9", "12345678.9"),
        ("12 345", "12345"),
        ("1\u00a0000", "1000"),
        ("1,234.5", None),
        ("1.23.456", None),
        ("+5", None),
        ("-5", None),
        (".5", None),
        ("5,", None),
        ("", None),
        ("0x10", None),
        ("1_000", None),
    ],
)
def test_numbers_are_read_as_germans_and_machines_write_them(raw, number):
    assert read_number(raw) == (number and Decimal(number))


@pytest.mark.parametrize(
    ("raw", "area"),
    [("2 ha", 20_000), ("1,5ha", 15_000), ("2 HA", 20_000), ("20.000 m²", 20_000), ("500 qm", 500), ("500m2", 500)],
)
def test_areas_are_read_with_their_unit(raw, area):
    assert read_area(raw) == area


def test_an_area_that_hectares_do_not_tell_stays_exact():
    assert labels("flaeche-von=20001") == ["ab 20.001 m²"]
    assert labels("flaeche-von=42500") == ["ab 4,25 ha"]


def test_both_kinds_know_where_their_towns_are():
    make_land(town="Borna", district="landkreis-leipzig")
    make_land(town="Bórna", district="saalekreis")
    assert land_filters("um=leipzig").place.name == "Leipzig"
    assert land_filters("").place is None
    assert the_district("gera").slug not in [one.value for one in land_filters("").field("kreis").options]
