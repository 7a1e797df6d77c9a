"""In which order a list of land or halls stands."""

from django.db.models import F, OuterRef, Subquery

from properties.models import Distance
from properties.models.terms import Kind
from publishing.lists import Choice

FRESHEST = "stand"


def sort_choices(filters):
    """Those that mean something for this choice; the first is the usual one."""
    price = "Preis" if filters.kind == Kind.LAND else "Miete"
    return [
        Choice(FRESHEST, "Stand, neueste zuerst"),
        Choice("flaeche-ab", "Fläche, größte zuerst"),
        Choice("flaeche-auf", "Fläche, kleinste zuerst"),
        Choice("preis", f"{price}, niedrigster zuerst" if filters.kind == Kind.LAND else f"{price}, niedrigste zuerst"),
        Choice("autobahn", "Nähe zur Autobahn"),
        *([Choice("entfernung", f"Entfernung von {filters.place.name}")] if filters.place else []),
    ]


def in_order(listings, order, kind):
    """Every order ends with the freshest, so that pages never overlap."""
    if order == "autobahn":
        ways = Distance.objects.filter(listing=OuterRef("pk"), kind=Distance.Kind.MOTORWAY)
        listings = listings.annotate(motorway_km=Subquery(ways.order_by("km").values("km")[:1]))
    amount = "price_per_m2" if kind == Kind.LAND else "rent_per_m2"
    first = {
        "flaeche-ab": [F("area_available").desc()],
        "flaeche-auf": [F("area_available").asc()],
        "preis": [F(amount).asc(nulls_last=True)],
        "autobahn": [F("motorway_km").asc(nulls_last=True)],
        "entfernung": [F("distance_km").asc()],
    }.get(order, [])
    return listings.order_by(*first, "-confirmed_at", "-pk")
