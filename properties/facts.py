"""What is known of a listing, as grouped lines of words. Read by the exposé, its PDF and the comparison.

Costs no query where `lots`, `utilities` and `distances` were prefetched and `district` selected.
"""

from typing import NamedTuple

from properties import words
from publishing.days import day_in_words
from publishing.numbers import decimal, grouped, with_unit


class Fact(NamedTuple):
    label: str
    value: str
    hint: str = ""


def facts(listing):
    """[(„Lage“, [Fact, …]), …]: lines nobody has filled are left out, and groups without a line."""
    groups = [
        ("Lage", _location(listing)),
        ("Flächen", _areas(listing)),
        *([("Halle", _building(listing))] if listing.kind == listing.Kind.HALL else []),
        ("Planungsrecht", _planning(listing)),
        ("Angebot und Preis", _offer(listing)),
        ("Ver- und Entsorgung", _supply(listing)),
        ("Verkehr", _traffic(listing)),
        *([("Energieausweis", _energy(listing))] if listing.kind == listing.Kind.HALL else []),
        ("Eigentum", _ownership(listing)),
    ]
    filled = [(heading, [fact for fact in lines if fact.value]) for heading, lines in groups]
    return [(heading, lines) for heading, lines in filled if lines]


def _location(listing):
    is_land = listing.kind == listing.Kind.LAND
    precision = "" if listing.precision == listing.Precision.EXACT else f"Karte: {listing.get_precision_display()}"
    return [
        Fact("Adresse", words.address(listing), precision if listing.has_point else ""),
        Fact("Landkreis oder Stadt", listing.district.name),
        Fact("Land", listing.district.get_state_display()),
        Fact("Flurstück", listing.parcel if is_land else ""),
    ]


def _areas(listing):
    divisible = f"ab {words.area(listing.smallest_piece)}" if listing.is_divisible else "nur im Ganzen"
    areas = [
        Fact("Grundstück", words.area(listing.area_total), words.rounded_away(listing.area_total)),
        Fact("Verfügbar", words.area(listing.area_available), words.rounded_away(listing.area_available)),
        Fact("Teilbar", divisible),
        Fact("Größte zusammenhängende Fläche", words.area(listing.largest_lot)),
    ]
    if listing.kind == listing.Kind.HALL:
        areas += [
            Fact("Hallenfläche", words.area(listing.hall_area)),
            Fact("Bürofläche", words.area(listing.office_area)),
            Fact("Lagerfläche", words.area(listing.storage_area)),
        ]
    return areas + [
        Fact(lot.label or f"Teilfläche {number}", words.area(lot.area), "vergeben" if lot.is_taken else "")
        for number, lot in enumerate(listing.lots.all(), start=1)
    ]


def _building(hall):
    return [
        Fact("Lichte Höhe", _measure(hall.clear_height, "m")),
        Fact("Stützenraster", hall.column_grid),
        Fact("Bodenlast", _measure(hall.floor_load, "t/m²")),
        Fact("Tore ebenerdig", _count(hall.gates_ground)),
        Fact("Tore mit Rampe", _count(hall.gates_ramp)),
        Fact("Kran", _crane(hall.crane_load)),
        Fact("Sprinkleranlage", hall.get_sprinkler_display()),
        Fact("Heizung", hall.heating),
        Fact("Baujahr", str(hall.year_built or "")),
        Fact("Letzte Sanierung", str(hall.year_renovated or "")),
    ]


def _planning(listing):
    is_land = listing.kind == listing.Kind.LAND
    return [
        Fact("Gebietsart", listing.get_zoning_display()),
        Fact("Planungsrecht", listing.get_plan_status_display()),
        Fact("Grundflächenzahl (GRZ)", _decimal(listing.site_coverage)),
        *(
            [
                Fact("Geschossflächenzahl (GFZ)", _decimal(listing.floor_area_ratio)),
                Fact("Baumassenzahl (BMZ)", _decimal(listing.building_mass)),
                Fact("Zulässige Höhe", _measure(listing.max_height, "m")),
                Fact("Emissionen", listing.emission_limits),
            ]
            if is_land
            else []
        ),
        Fact("Betrieb rund um die Uhr", listing.get_operation_24h_display()),
        _noted("Altlasten", listing.get_contamination_display(), listing.contamination_note),
        Fact("Hochwasser", listing.get_flood_display()),
        Fact("Denkmalschutz", listing.get_heritage_display()),
    ]


def _offer(listing):
    prices = words.prices(listing)
    return [
        Fact("Angebot", words.offers(listing)),
        *(
            # The note is about the price as a whole: it stands below the last of them.
            Fact(label, price, listing.price_note if (label, price) == prices[-1] else "")
            for label, price in prices
        ),
        Fact("Provision", listing.commission),
        Fact("Status", listing.get_availability_display()),
        Fact("Verfügbarkeit", _readiness(listing), listing.availability_note),
        Fact("Gewerbesteuer, Hebesatz", _measure(listing.trade_tax_rate, "%")),
        Fact("Förderung", listing.funding_area),
    ]


def _readiness(listing):
    return "" if listing.availability == listing.Availability.TAKEN else words.availability(listing)


def _supply(listing):
    development = listing.get_development_display() if listing.kind == listing.Kind.LAND else ""
    return [Fact("Erschließung", development)] + [
        Fact(
            one.get_medium_display(),
            ", ".join(part for part in (one.get_status_display(), one.capacity) if part),
            ". ".join(part for part in (one.supplier, one.note) if part),
        )
        for one in listing.utilities.all()
    ]


def _traffic(listing):
    return [
        *(Fact(way.get_kind_display(), words.distance(way), way.name) for way in listing.distances.all()),
        Fact("Gleisanschluss", listing.get_rail_siding_display()),
    ]


def _energy(hall):
    valid_until = day_in_words(hall.energy_valid_until) if hall.energy_valid_until else ""
    return [
        Fact("Art", hall.get_energy_certificate_display()),
        Fact("Wärme", _measure(hall.energy_heat, "kWh/(m²·a)")),
        Fact("Strom", _measure(hall.energy_power, "kWh/(m²·a)")),
        Fact("Energieträger", hall.energy_carrier),
        Fact("Gültig bis", valid_until, "abgelaufen" if hall.energy_certificate_has_expired else ""),
        Fact("Kein Ausweis", hall.energy_reason),
    ]


def _ownership(listing):
    return [
        Fact("Eigentum", listing.get_ownership_display()),
        Fact("Nummer beim Anbieter", listing.provider_number),
    ]


def _noted(label, value, note):
    """A note nobody gave a value to is the value."""
    return Fact(label, value, note) if value else Fact(label, note)


def _crane(load):
    if load is None:
        return ""
    return f"bis {with_unit(load, 't')}" if load else "kein Kran"


def _measure(number, unit):
    return "" if number is None else with_unit(number, unit)


def _decimal(number):
    return "" if number is None else decimal(number)


def _count(number):
    return "" if number is None else grouped(number)
