import math
import random

import pytest

from properties.models import Hall, Land
from properties.models.selection import EARTH_RADIUS_KM
from tests.properties.factories import make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db

LEIPZIG = (51.3397, 12.3731)


def haversine(here, there):
    """In km; written another way than the query, which uses the law of cosines."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def test_distances_and_radii_agree_with_haversine_to_a_hundredth():
    rng = random.Random(7)
    points = [(rng.uniform(50.2, 53.0), rng.uniform(9.9, 15.0)) for _ in range(60)] + [LEIPZIG]
    for latitude, longitude in points:
        make_land(latitude=latitude, longitude=longitude)
    for here in [LEIPZIG, (50.2, 9.9), (53.0, 15.0)]:
        measured = {(one.latitude, one.longitude): one.distance_km for one in Land.objects.with_distance_from(*here)}
        for there in points:
            assert measured[there] == pytest.approx(haversine(here, there), rel=0.01, abs=0.01)
        for radius in (0.5, 7, 30, 120, 400):
            found = {(one.latitude, one.longitude) for one in Land.objects.around(*here, radius)}
            assert found == {there for there in points if haversine(here, there) <= radius}


def test_a_site_without_a_point_is_in_no_radius():
    make_land(latitude=None, longitude=None)
    assert [*Land.objects.around(*LEIPZIG, 400)] == []


@pytest.mark.parametrize(
    ("smallest", "largest", "fits"),
    [
        (None, None, True),
        (20_000, None, True),
        (42_500, None, True),
        (42_501, None, False),
        (None, 3_000, True),
        (None, 2_999, False),
        (5_000, 10_000, True),
    ],
)
def test_an_area_fits_between_the_smallest_piece_and_all_that_is_free(smallest, largest, fits):
    land = make_land(area_available=42_500, divisible_from=3_000)
    assert [*Land.objects.fitting_area(smallest, largest)] == ([land] if fits else [])


def test_what_is_not_divided_fits_only_as_a_whole():
    make_land(area_available=42_500, divisible_from=None)
    assert [*Land.objects.fitting_area(None, 42_499)] == []
    assert Land.objects.fitting_area(None, 42_500).count() == 1


def test_near_the_motorway_by_way_or_by_time():
    land = make_full_land()
    land.distances.filter(kind="motorway").update(km=3, minutes=None)
    make_land()
    assert [*Land.objects.near("motorway", km=3)] == [land]
    assert [*Land.objects.near("motorway", km=2)] == []
    assert [*Land.objects.near("motorway", minutes=99)] == []


def test_what_is_taken_is_not_on_offer():
    make_land(availability="taken")
    reserved = make_land(availability="reserved")
    assert [*Land.objects.on_offer()] == [reserved]


def test_hectares_are_those_of_the_selection():
    make_land(area_available=42_500)
    make_land(area_available=10_000)
    make_land(area_available=5_000, town="Grimma")
    assert Land.objects.filter(town="Borna").hectares() == pytest.approx(5.25)
    assert Land.objects.none().hectares() == 0


def test_a_hall_of_unknown_height_is_not_high_enough():
    high = make_hall(clear_height=8)
    make_hall(clear_height=7)
    make_hall(clear_height=None)
    assert [*Hall.objects.at_least(clear_height=8)] == [high]
