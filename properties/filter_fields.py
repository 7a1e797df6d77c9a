"""Which filters there are for land and for halls, and what the form offers."""

from decimal import Decimal

from properties.facets import OFFER_FIELDS
from properties.filter_inputs import Amount, Area, Day, OneOf, SomeOf, Words
from properties.models import Listing, State
from properties.models.listing import LARGEST_AREA
from properties.models.selection import LARGEST_RADIUS_KM
from properties.models.terms import Kind, PlanStatus, RailSiding, Zoning
from publishing.lists import Choice

OFFERS = dict(zip(("kauf", "miete", "pacht", "erbbaurecht"), OFFER_FIELDS, strict=True))
STATES = {"sachsen": State.SAXONY, "sachsen-anhalt": State.SAXONY_ANHALT, "thueringen": State.THURINGIA}
PLANS = {
    "rechtskraeftig": PlanStatus.BINDING,
    "in-aufstellung": PlanStatus.IN_PREPARATION,
    "paragraf-34": PlanStatus.BUILT_UP_AREA,
    "kein-baurecht": PlanStatus.NONE,
}
#: Who can do with a siding that is yet to be built can also do with one that is there.
RAIL = {"vorhanden": [RailSiding.EXISTING], "moeglich": [RailSiding.EXISTING, RailSiding.POSSIBLE]}
RAIL_LABELS = {"vorhanden": "Gleisanschluss vorhanden", "moeglich": "Gleisanschluss vorhanden oder möglich"}
LAND_STEPS = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
HALL_STEPS = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)


def filter_groups(kind, facets):
    """[(„Lage“, [Field, …]), …]"""
    return [
        ("Lage", place_fields(facets)),
        ("Größe und Preis", size_fields(kind, facets)),
        *([("Halle", hall_fields())] if kind == Kind.HALL else []),
        ("Planungsrecht", planning_fields(facets)),
        ("Verkehr", way_fields(facets)),
    ]


def place_fields(facets):
    states = {state for slug, (_, state) in facets.districts.items() if slug in facets.offered_districts}
    districts = sorted((name, slug) for slug, (name, _) in facets.districts.items())
    return [
        Words(name="q", label="Stichwort"),
        OneOf(
            name="land",
            label="Land",
            everything_label="Alle drei Länder",
            choices=[Choice(slug, state.label) for slug, state in STATES.items() if state in states],
            known={slug: state.label for slug, state in STATES.items()},
        ),
        OneOf(
            name="kreis",
            label="Landkreis oder Stadt",
            everything_label="Alle Kreise",
            choices=[Choice(slug, name) for name, slug in districts if slug in facets.offered_districts],
            known={slug: name for slug, (name, _) in facets.districts.items()},
        ),
        OneOf(
            name="ort",
            label="Ort",
            everything_label="Alle Orte",
            choices=[Choice(*one) for one in facets.towns],
        ),
        OneOf(
            name="um",
            label="Im Umkreis von",
            everything_label="Überall",
            choices=[Choice(slug, place.name) for slug, place in sorted(facets.places.items())],
        ),
        Amount(
            name="radius",
            label="Umkreis (km)",
            unit="km",
            smallest=Decimal(1),
            largest=Decimal(LARGEST_RADIUS_KM),
            steps=(5, 10, 25, 50, 75, 100),
        ),
    ]


def size_fields(kind, facets):
    steps = LAND_STEPS if kind == Kind.LAND else HALL_STEPS
    return [
        Area(
            name="flaeche-von",
            label="Fläche von",
            phrase="ab {}",
            smallest=Decimal(1),
            largest=Decimal(LARGEST_AREA),
            steps=steps,
            example="2 ha oder 20.000 m²",
        ),
        Area(
            name="flaeche-bis",
            label="Fläche bis",
            phrase="bis {}",
            smallest=Decimal(1),
            largest=Decimal(LARGEST_AREA),
            steps=steps,
            example="5 ha oder 50.000 m²",
        ),
        OneOf(
            name="angebot",
            label="Angebot",
            everything_label="Kauf, Miete, Pacht",
            choices=[Choice(name, offer_label(name)) for name in OFFERS if OFFERS[name] in facets.offers],
            known={name: offer_label(name) for name in OFFERS},
        ),
        price_field(kind),
        Day(name="verfuegbar", label="Verfügbar bis spätestens", phrase="verfügbar bis {}"),
    ]


def planning_fields(facets):
    return [
        SomeOf(
            name="gebiet",
            label="Gebietsart",
            choices=[Choice(one.value, one.label) for one in Zoning if one in facets.zonings],
            known=dict(Zoning.choices),
        ),
        OneOf(
            name="planung",
            label="Planungsrecht",
            everything_label="Jeder Stand",
            choices=[Choice(slug, plan.label) for slug, plan in PLANS.items() if plan in facets.plan_statuses],
            known={slug: plan.label for slug, plan in PLANS.items()},
        ),
    ]


def price_field(kind):
    if kind == Kind.LAND:
        return Amount(
            name="preis-bis",
            label="Preis bis (€/m²)",
            phrase="bis {}",
            unit="€/m²",
            largest=Decimal(100_000),
            places=2,
            steps=(10, 20, 30, 50, 75, 100),
        )
    return Amount(
        name="miete-bis",
        label="Miete bis (€/m² im Monat)",
        phrase="Miete bis {}",
        unit="€/m²",
        largest=Decimal(10_000),
        places=2,
        steps=(3, 4, 5, 6, 8, 10),
    )


def way_fields(facets):
    return [
        Amount(
            name="autobahn-km",
            label="Autobahn bis (km)",
            phrase="Autobahn bis {}",
            unit="km",
            smallest=Decimal("0.1"),
            largest=Decimal(200),
            places=1,
            steps=(1, 2, 5, 10, 15, 20),
        ),
        Amount(
            name="autobahn-min",
            label="Autobahn bis (Min.)",
            phrase="Autobahn bis {}",
            unit="Minuten",
            smallest=Decimal(1),
            largest=Decimal(240),
            steps=(2, 5, 10, 15, 20, 30),
        ),
        OneOf(
            name="gleis",
            label="Gleisanschluss",
            everything_label="Mit und ohne Gleis",
            choices=[Choice(name, label) for name, label in RAIL_LABELS.items() if facets.rail_sidings & {*RAIL[name]}],
            known=RAIL_LABELS,
        ),
    ]


def hall_fields():
    return [
        Amount(
            name="hoehe",
            label="Lichte Höhe ab (m)",
            phrase="lichte Höhe ab {}",
            unit="m",
            largest=Decimal(100),
            places=1,
            steps=(4, 6, 8, 10, 12),
        ),
        Amount(
            name="kran",
            label="Kran ab (t)",
            phrase="Kran ab {}",
            unit="t",
            largest=Decimal(1000),
            places=1,
            smallest=Decimal("0.1"),
            steps=(1, 5, 10, 20, 50),
        ),
        Amount(
            name="tore",
            label="Tore mindestens",
            phrase="Tore: mindestens {}",
            unit="",
            smallest=Decimal(1),
            largest=Decimal(500),
            steps=(1, 2, 5, 10, 20),
        ),
        Amount(
            name="bodenlast",
            label="Bodenlast ab (t/m²)",
            phrase="Bodenlast ab {}",
            unit="t/m²",
            smallest=Decimal("0.1"),
            largest=Decimal(500),
            places=1,
            steps=(2, 3, 5, 8, 10),
        ),
    ]


def offer_label(name):
    return str(Listing._meta.get_field(OFFERS[name]).verbose_name)
