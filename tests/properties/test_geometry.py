import random

import pytest

from properties.geometry import HEIGHT, WHOLE_MAP, WIDTH, district_at, outlines, state_borders, to_degrees, to_map
from properties.models import District, Place
from properties.models.regions import EAST, NORTH, SOUTH, WEST

pytestmark = pytest.mark.django_db

UNITS_PER_KM = 1 / 0.361


def test_every_district_has_its_outline_and_no_other_has():
    assert set(outlines()) == set(District.objects.values_list("ags", flat=True))


def test_every_town_falls_into_the_outline_of_its_district():
    found = {place.slug: district_at(*to_map(place.latitude, place.longitude)) for place in Place.objects.all()}
    assert found == dict(Place.objects.values_list("slug", "district__ags"))
    assert len(found) == 62


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        # The northernmost, southernmost and easternmost corner of the three states.
        (53.042, 11.630, 339, 0),
        (50.172, 12.332, 475, 895),
        (51.274, 15.042, 1000, 558),
    ],
)
def test_the_ends_of_the_region_are_the_ends_of_the_map(latitude, longitude, x, y):
    assert to_map(latitude, longitude) == pytest.approx((x, y), abs=1)


def test_degrees_and_map_lead_back_to_each_other():
    rng = random.Random(7)
    for _ in range(200):
        here = rng.uniform(SOUTH, NORTH), rng.uniform(WEST, EAST)
        assert to_degrees(*to_map(*here)) == pytest.approx(here, abs=1e-9)


def test_a_kilometre_is_as_long_to_the_north_as_to_the_east():
    x, y = to_map(51.3397, 12.3731)
    east, north = to_map(51.3397, 12.3731 + 1 / 69.46), to_map(51.3397 + 1 / 111.19, 12.3731)
    assert east[0] - x == pytest.approx(UNITS_PER_KM, rel=0.01)
    assert y - north[1] == pytest.approx(UNITS_PER_KM, rel=0.01)


def test_the_place_for_a_name_lies_within_the_district_alone():
    for outline in outlines().values():
        assert [one.ags for one in outlines().values() if one.holds(*outline.label)] == [outline.ags]


def test_outlines_lie_within_the_map_and_their_boxes_hold_them():
    for outline in outlines().values():
        assert WHOLE_MAP.holds(outline.box.x, outline.box.y)
        assert WHOLE_MAP.holds(outline.box.right, outline.box.bottom)
        assert all(outline.box.holds(*corner) for ring in outline.rings for corner in ring)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (WIDTH, 0), (0, HEIGHT), (WIDTH, HEIGHT), (-5, 400), (600, 2_000)])
def test_outside_the_states_there_is_no_district(x, y):
    assert district_at(x, y) is None


def test_a_town_within_a_district_is_a_hole_in_it():
    halle, saalekreis = outlines()["15002"], outlines()["15088"]
    assert saalekreis.box.holds(*halle.label)
    assert not saalekreis.holds(*halle.label)


def test_borders_of_states_are_a_small_part_of_all_lines():
    assert 0 < len(state_borders()) < sum(len(one.path) for one in outlines().values()) / 2
