"""The four or five figures somebody decides by whether to read on."""

from properties import words
from properties.facts import Fact
from properties.models import Distance
from publishing.numbers import with_unit


def key_facts(listing):
    chosen = _of_hall(listing) if listing.kind == listing.Kind.HALL else _of_land(listing)
    return [fact for fact in [*chosen, *_price(listing), _motorway(listing)] if fact and fact.value]


def _of_land(land):
    divisible = f"teilbar ab {words.area(land.smallest_piece)}" if land.is_divisible else "nur im Ganzen"
    return [
        Fact("Verfügbare Fläche", words.area(land.area_available), divisible),
        Fact("Gebietsart", land.zoning, land.get_plan_status_display()),
    ]


def _of_hall(hall):
    height = "" if hall.clear_height is None else with_unit(hall.clear_height, "m")
    load = "" if hall.floor_load is None else f"Bodenlast {with_unit(hall.floor_load, 't/m²')}"
    area = hall.hall_area or hall.area_available
    return [
        Fact("Hallenfläche" if hall.hall_area else "Verfügbare Fläche", words.area(area)),
        Fact("Lichte Höhe", height, load),
    ]


def _price(listing):
    return [Fact(label, price, listing.commission) for label, price in words.prices(listing)[:1]]


def _motorway(listing):
    motorways = [way for way in listing.distances.all() if way.kind == Distance.Kind.MOTORWAY]
    if not motorways:
        return None
    nearest = min(motorways, key=lambda way: way.km)
    return Fact("Autobahn", words.distance(nearest), nearest.name)
