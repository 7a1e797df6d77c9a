"""The published pool as open data: one table for CSV and Excel, the same columns for GeoJSON."""

import json
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from properties.models import Distance
from properties.models.terms import Kind
from publishing.licence import DATA_LICENCE, attribution
from publishing.views import absolute

ROWS_AT_A_TIME = 1000

#: (key in GeoJSON, heading of the table, attribute or function of a listing)
PLACE = (
    ("nummer", "Objektnummer", "number"),
    ("titel", "Titel", "title"),
    ("adresse_im_netz", "Exposé", lambda one: absolute(one.get_absolute_url())),
    ("land", "Land", lambda one: one.district.get_state_display()),
    ("kreis", "Landkreis oder Stadt", "district.name"),
    ("kreis_ags", "Amtlicher Schlüssel", "district.ags"),
    ("plz", "Postleitzahl", "postcode"),
    ("ort", "Ort", "town"),
    ("strasse", "Straße", "street"),
    ("breite", "Breite (WGS 84)", lambda one: _degrees(one.latitude)),
    ("laenge", "Länge (WGS 84)", lambda one: _degrees(one.longitude)),
    ("genauigkeit", "Genauigkeit der Lage", lambda one: one.get_precision_display() if one.has_point else ""),
)
SIZE = (
    ("grundstueck_m2", "Grundstück in m²", "area_total"),
    ("verfuegbar_m2", "Verfügbar in m²", "area_available"),
    ("teilbar_ab_m2", "Teilbar ab in m²", "divisible_from"),
    ("groesste_teilflaeche_m2", "Größte zusammenhängende Fläche in m²", "largest_lot"),
)
OFFER = (
    ("gebietsart", "Gebietsart", "zoning"),
    ("planungsrecht", "Planungsrecht", lambda one: one.get_plan_status_display()),
    ("grz", "GRZ", "site_coverage"),
    ("angebot", "Angebot", lambda one: ", ".join(one.offers)),
    ("kaufpreis_euro_m2", "Kaufpreis in €/m²", "price_per_m2"),
    ("miete_euro_m2_monat", "Miete in €/m² im Monat", "rent_per_m2"),
    ("status", "Status", lambda one: one.get_availability_display()),
    ("verfuegbarkeit", "Verfügbarkeit", lambda one: one.get_readiness_display()),
    ("verfuegbar_ab", "Verfügbar ab", "available_on"),
    ("gleisanschluss", "Gleisanschluss", lambda one: one.get_rail_siding_display()),
    ("autobahn", "Nächste Autobahn", "motorway_name"),
    ("autobahn_km", "Autobahn in km", lambda one: _tenths(one.motorway_km)),
    ("autobahn_minuten", "Autobahn in Minuten", "motorway_minutes"),
)
OF_LAND = (
    ("erschliessung", "Erschließung", lambda one: one.land.get_development_display()),
    ("gfz", "GFZ", "land.floor_area_ratio"),
    ("bmz", "BMZ", "land.building_mass"),
)
OF_HALL = (
    ("hallenflaeche_m2", "Hallenfläche in m²", "hall.hall_area"),
    ("bueroflaeche_m2", "Bürofläche in m²", "hall.office_area"),
    ("lagerflaeche_m2", "Lagerfläche in m²", "hall.storage_area"),
    ("lichte_hoehe_m", "Lichte Höhe in m", "hall.clear_height"),
    ("bodenlast_t_m2", "Bodenlast in t/m²", "hall.floor_load"),
    ("tore_ebenerdig", "Tore ebenerdig", "hall.gates_ground"),
    ("tore_rampe", "Tore mit Rampe", "hall.gates_ramp"),
    ("kran_t", "Kran, Traglast in t", "hall.crane_load"),
    ("baujahr", "Baujahr", "hall.year_built"),
)
ORIGIN = (
    ("stand", "Stand", lambda one: timezone.localtime(one.confirmed_at).date()),
    ("bestaetigt_durch", "Bestätigt durch", "confirmed_by"),
    ("beispiel", "Beispiel", lambda one: "ja" if one.is_example else "nein"),
)


def columns_of(kind):
    return (*PLACE, *SIZE, *(OF_LAND if kind == Kind.LAND else OF_HALL), *OFFER, *ORIGIN)


def table(filters):
    """Heading and rows; each row says under what it may be used, wherever it is copied to."""
    columns = columns_of(filters.kind)
    yield [*(heading for _, heading, _ in columns), "Lizenz", "Quelle"]
    for listing in exported(filters):
        yield [*(_value(listing, source) for *_, source in columns), DATA_LICENCE["url"], attribution()]


def geojson(filters, title):
    """RFC 7946. What is on no map has no geometry."""
    head = {
        "type": "FeatureCollection",
        "name": title,
        "license": DATA_LICENCE,
        "attribution": attribution(),
        "created": timezone.localdate().isoformat(),
    }
    columns = columns_of(filters.kind)
    features = ",\n".join(_to_json(_feature(listing, columns)) for listing in exported(filters))
    return f'{_to_json(head)[:-1]},"features":[\n{features}\n]}}\n'


def exported(filters):
    """One question, answered a thousand rows at a time."""
    ways = Distance.objects.filter(listing=OuterRef("pk"), kind=Distance.Kind.MOTORWAY).order_by("km", "pk")
    nearest = {f"motorway_{name}": Subquery(ways.values(name)[:1]) for name in ("name", "km", "minutes")}
    rows = filters.pool().select_related("district", str(filters.kind)).defer("body", "teaser")
    return rows.annotate(**nearest).freshest_first().iterator(chunk_size=ROWS_AT_A_TIME)


def _value(listing, source):
    if callable(source):
        return source(listing)
    value = listing
    for name in source.split("."):
        value = getattr(value, name)
    return value


def _feature(listing, columns):
    values = {key: _value(listing, source) for key, _, source in columns if key not in ("breite", "laenge")}
    return {
        "type": "Feature",
        "id": listing.number,
        "geometry": _point(listing) if listing.has_point else None,
        "properties": {key: _plain(value) for key, value in values.items() if value not in (None, "")},
    }


def _point(listing):
    return {"type": "Point", "coordinates": [round(listing.longitude, 6), round(listing.latitude, 6)]}


def _plain(value):
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tenths(value):
    return None if value is None else round(value, 1)


def _degrees(value):
    return None if value is None else round(Decimal(value), 6)


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
