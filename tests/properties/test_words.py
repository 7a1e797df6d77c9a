from datetime import date
from decimal import Decimal

import pytest
import time_machine

from properties import words
from properties.facts import facts
from properties.models import Distance, Land, Listing, Lot, Utility
from publishing.numbers import decimal
from tests.properties.factories import add_rows, make_full_hall, make_full_land, make_hall, make_land

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("m2", "in_words"),
    [
        (None, ""),
        (1, "1 m²"),
        (8_500, "8.500 m²"),
        (9_999, "9.999 m²"),
        (10_000, "1 ha"),
        (42_500, "4,25 ha"),
        (42_550, "4,26 ha"),
        (45_000, "4,5 ha"),
        (2_000_000_000, "200.000 ha"),
    ],
)
def test_an_area_is_told_in_hectares_from_one_on(m2, in_words):
    assert words.area(m2) == in_words.replace(" ", NARROW)


def test_what_hectares_round_away_is_told_in_full():
    assert words.rounded_away(42_512) == f"42.512{NARROW}m²"
    assert [words.rounded_away(m2) for m2 in (42_500, 9_999)] == ["", ""]


@pytest.mark.parametrize(
    ("number", "in_words"),
    [("0.80", "0,8"), ("12.0", "12"), ("1234.50", "1.234,5"), ("0", "0"), ("-3.40", "-3,4"), ("1000", "1.000")],
)
def test_decimals_have_a_comma_and_no_zeros_at_the_end(number, in_words):
    assert decimal(Decimal(number)) == in_words


def test_a_price_keeps_its_cents():
    assert words.per_m2(Decimal("26.00")) == f"26,00{NARROW}€/m²"
    assert words.per_m2(Decimal("1234.5")) == f"1.234,50{NARROW}€/m²"
    assert words.per_m2_and_month(Decimal("4.40")) == f"4,40{NARROW}€/m² im{NO_BREAK}Monat"


def offered(**values):
    return Land(**{"for_sale": False} | values)


@pytest.mark.parametrize(
    ("values", "in_a_line", "lines"),
    [
        ({}, "auf Anfrage", []),
        ({"for_sale": True}, "auf Anfrage", [("Kaufpreis", "auf Anfrage")]),
        (
            {"for_sale": True, "price_per_m2": Decimal(26), "for_rent": True},
            f"26,00{NARROW}€/m²",
            [("Kaufpreis", f"26,00{NARROW}€/m²"), ("Miete", "auf Anfrage")],
        ),
        (
            {"for_rent": True, "for_lease": True, "rent_per_m2": Decimal("4.4"), "for_ground_lease": True},
            f"4,40{NARROW}€/m² im{NO_BREAK}Monat",
            [("Miete oder Pacht", f"4,40{NARROW}€/m² im{NO_BREAK}Monat"), ("Erbbauzins", "auf Anfrage")],
        ),
        (
            {"for_sale": True, "price_per_m2": Decimal(26), "for_lease": True, "rent_per_m2": Decimal("4.4")},
            f"26,00{NARROW}€/m² · 4,40{NARROW}€/m² im{NO_BREAK}Monat",
            [("Kaufpreis", f"26,00{NARROW}€/m²"), ("Pacht", f"4,40{NARROW}€/m² im{NO_BREAK}Monat")],
        ),
    ],
)
def test_every_way_to_have_it_has_its_price(values, in_a_line, lines):
    assert (words.price(offered(**values)), words.prices(offered(**values))) == (in_a_line, lines)


@pytest.mark.parametrize(
    ("names", "in_words"),
    [([], ""), (["Kauf"], "Kauf"), (["Kauf", "Miete"], "Kauf oder Miete"), (list("ABC"), "A, B oder C")],
)
def test_offers_are_a_choice(names, in_words):
    assert words.any_of(names) == in_words


@time_machine.travel("2026-11-22 12:00+01:00")
@pytest.mark.parametrize(
    ("readiness", "day", "in_words"),
    [
        ("immediate", None, "sofort"),
        ("from_date", date(2027, 3, 1), "ab_1._März 2027"),
        ("from_date", date(2026, 11, 22), "sofort"),
        ("short_term", None, "kurzfristig"),
        ("short_term", date(2027, 3, 1), "kurzfristig, etwa ab_1._März 2027"),
        ("long_term", date(2030, 1, 31), "langfristig, etwa ab_31._Januar 2030"),
    ],
)
def test_when_it_can_be_had(readiness, day, in_words):
    listing = Land(readiness=readiness, available_on=day)
    assert words.availability(listing) == in_words.replace("_", NO_BREAK)


def test_a_way_is_told_in_km_and_minutes():
    assert words.distance(Distance(km=Decimal("3.0"), minutes=4)) == f"3{NARROW}km, 4{NARROW}Min."
    assert words.distance(Distance(km=Decimal("0.4"))) == f"0,4{NARROW}km"


def test_an_address_has_what_is_known_of_it():
    assert words.address(Land(street="Am Bahnhof 1", postcode="04552", town="Borna")) == "Am Bahnhof 1, 04552 Borna"
    assert words.address(Land(town="Borna")) == "Borna"


# --- facts


@pytest.mark.django_db
def test_the_facts_of_land_are_grouped_and_have_units():
    groups = dict(facts(make_full_land(largest_lot=18_500, precision="exact")))
    assert list(groups) == [
        *("Lage", "Flächen", "Planungsrecht", "Angebot und Preis", "Ver- und Entsorgung", "Verkehr", "Eigentum"),
    ]
    assert groups["Flächen"] == [
        ("Grundstück", f"8,6{NARROW}ha", ""),
        ("Verfügbar", f"4,25{NARROW}ha", ""),
        ("Teilbar", f"ab 3.000{NARROW}m²", ""),
        ("Größte zusammenhängende Fläche", f"1,85{NARROW}ha", ""),
        ("Teilfläche 1", f"1,85{NARROW}ha", ""),
        ("Teilfläche 2", f"1,4{NARROW}ha", ""),
    ]
    assert ("Grundflächenzahl (GRZ)", "0,8", "") in groups["Planungsrecht"]
    assert ("Gewerbesteuer, Hebesatz", f"400{NARROW}%", "") in groups["Angebot und Preis"]
    assert groups["Ver- und Entsorgung"][:2] == [
        ("Erschließung", "voll erschlossen", ""),
        ("Strom", "liegt an, 20 kV", "Stadtwerke"),
    ]
    assert groups["Verkehr"][0] == ("Autobahn", f"3{NARROW}km, 4{NARROW}Min.", "A72, Anschlussstelle Borna-Nord")


@pytest.mark.django_db
def test_the_facts_of_a_hall_have_the_building_and_its_energy():
    groups = dict(facts(make_full_hall()))
    assert ("Lichte Höhe", f"8,4{NARROW}m", "") in groups["Halle"]
    assert ("Kran", f"bis 8{NARROW}t", "") in groups["Halle"]
    assert ("Wärme", f"79{NARROW}kWh/(m²·a)", "") in groups["Energieausweis"]
    assert "Erschließung" not in [fact.label for fact in groups["Ver- und Entsorgung"]]


@pytest.mark.django_db
def test_no_crane_is_a_fact_and_an_unknown_crane_is_none():
    assert ("Kran", "kein Kran", "") in dict(facts(make_hall(crane_load=0)))["Halle"]
    assert "Kran" not in [fact.label for fact in dict(facts(make_hall(crane_load=None)))["Halle"]]


@pytest.mark.django_db
def test_an_expired_energy_certificate_says_so():
    hall = make_full_hall(energy_valid_until=date(2020, 1, 31))
    assert (f"31.{NO_BREAK}Januar 2020", "abgelaufen") in [one[1:] for one in dict(facts(hall))["Energieausweis"]]


@pytest.mark.django_db
def test_what_nobody_has_filled_is_left_out():
    bare = make_land(zoning="", plan_status="", for_sale=False, price_per_m2=None)
    groups = dict(facts(bare))
    assert list(groups) == ["Lage", "Flächen", "Angebot und Preis"]
    assert all(fact.value for lines in groups.values() for fact in lines)
    assert [fact.label for fact in groups["Angebot und Preis"]] == ["Status", "Verfügbarkeit"]


@pytest.mark.django_db
def test_what_is_taken_is_not_to_be_had_at_any_time():
    labels = [fact.label for fact in dict(facts(make_land(availability="taken")))["Angebot und Preis"]]
    assert ("Status" in labels, "Verfügbarkeit" in labels) == (True, False)


@pytest.mark.django_db
def test_a_note_without_a_value_is_the_value():
    land = make_land(contamination_note="Gutachten von 2019")
    assert ("Altlasten", "Gutachten von 2019", "") in dict(facts(land))["Planungsrecht"]


@pytest.mark.django_db
def test_a_piece_that_is_taken_says_so_and_one_without_a_name_gets_a_number():
    land = make_land()
    Lot.objects.create(listing=land, area=5_000, is_taken=True)
    assert dict(facts(land))["Flächen"][-1] == ("Teilfläche 1", f"5.000{NARROW}m²", "vergeben")


@pytest.mark.django_db
def test_a_medium_tells_its_supplier_and_its_note():
    land = make_land()
    Utility.objects.create(listing=land, medium="gas", status="planned", supplier="Stadtwerke", note="ab 2028")
    assert dict(facts(land))["Ver- und Entsorgung"] == [("Erdgas", "geplant", "Stadtwerke. ab 2028")]


@pytest.mark.django_db
def test_facts_of_rows_read_before_cost_no_query(django_assert_num_queries):
    add_rows(make_land())
    rows = Land.objects.select_related("district").prefetch_related("lots", "utilities", "distances")
    listing = rows.get()
    with django_assert_num_queries(0):
        assert facts(listing)


def test_every_state_of_readiness_has_words():
    for readiness in Listing.Readiness:
        assert words.availability(Land(readiness=readiness, available_on=date(2090, 1, 1)))
