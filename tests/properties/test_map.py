"""Parts of the map, circles that do not touch, names that do not cover each other, and what a map knows of listings."""

import itertools
import math
import random

import pytest

from properties.geometry import HEIGHT, WIDTH, Box, to_map
from properties.kinds import LAND
from properties.labels import Name, placed
from properties.map import NAMED_WITHOUT_POINT, LocationMap
from properties.marks import SINGLE_RADIUS, Mark, Point, gathered
from properties.models import Listing, Place
from properties.section import SMALLEST_WIDTH, WHOLE, Section
from tests.properties.factories import make_hall, make_land

# --- parts of the map

HOSTILE = (
    *("", "1", "1-2", "1-2-3-4", "a-b-c", "-5-0-100", "0-0-0", "0-0-11", "0-0-1001", "901-0-100", "0-880-100"),
    *("1e3-0-100", "0.5-0-100", "٠-٠-١٠٠", "99999-0-100", "0-0-1000\x00", "0-0-NaN", " 0-0-100"),
)


@pytest.mark.parametrize("raw", HOSTILE)
def test_an_address_that_names_no_part_of_the_map_is_none(raw):
    assert Section.from_address(raw) is None


def test_every_section_leads_back_to_itself_by_its_address():
    rng = random.Random(3)
    for _ in range(500):
        section = Section.at(rng.uniform(-99, 1099), rng.uniform(-99, 999), rng.uniform(0, 1500))
        assert Section.from_address(section.address) == section
        assert 0 <= section.x <= WIDTH - section.width
        assert 0 <= section.y <= HEIGHT - section.height
        assert SMALLEST_WIDTH <= section.width <= WIDTH


def test_a_section_around_a_box_holds_all_of_it():
    rng = random.Random(4)
    for _ in range(200):
        x, y = rng.uniform(0, 900), rng.uniform(0, 800)
        box = Box(x, y, rng.uniform(0, WIDTH - x), rng.uniform(0, HEIGHT - y))
        section = Section.around(box)
        assert section.box.holds(box.x, box.y)
        assert section.box.holds(box.right, box.bottom)


def test_ways_lead_closer_and_back_and_not_beyond_the_map():
    section = Section.at(500, 400, 200)
    assert (section.closer().width, section.wider().width) == (100, 400)
    assert section.moved(-1, 0).x == section.x - 100
    assert WHOLE.wider() == WHOLE.moved(1, 0) == WHOLE.moved(0, -1) == WHOLE
    smallest = Section.at(500, 400, SMALLEST_WIDTH)
    assert smallest.closer() == smallest


def test_the_scale_is_a_round_number_of_kilometres():
    assert WHOLE.scale() == (50, pytest.approx(13.9, abs=0.3))
    assert Section.at(500, 500, 100).scale()[0] == 5


# --- circles


def points_at(*places):
    return [Point(number, *place) for number, place in enumerate(places, 1)]


def test_what_lies_apart_stays_apart():
    marks = gathered(points_at((100, 100), (200, 100)), units_per_pixel=1)
    assert [[point.pk for point in mark.points] for mark in marks] == [[1], [2]]
    assert [(mark.x, mark.y) for mark in marks] == [(100, 100), (200, 100)]


def test_what_would_touch_becomes_one_circle_between_them():
    (mark,) = gathered(points_at((100, 100), (120, 100)), units_per_pixel=1)
    assert (mark.count, mark.x, mark.y) == (2, 110, 100)


def test_closer_up_the_circle_falls_apart():
    assert len(gathered(points_at((100, 100), (120, 100)), units_per_pixel=0.5)) == 2


@pytest.mark.parametrize(("count", "units_per_pixel"), [(2, 0.1), (24, 1.67), (500, 0.1), (5_000, 1.67), (5_000, 3.47)])
def test_no_two_circles_touch_and_no_point_is_lost(count, units_per_pixel):
    rng = random.Random(count)
    points = [Point(pk, rng.gauss(500, 200), rng.gauss(450, 150)) for pk in range(count)]
    marks = gathered(points, units_per_pixel)
    assert sorted(point.pk for mark in marks for point in mark.points) == [*range(count)]
    for one, other in itertools.combinations(marks, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= (one.radius + other.radius) * units_per_pixel


def test_many_points_at_one_place_are_one_circle():
    (mark,) = gathered(points_at(*[(300, 300)] * 400), units_per_pixel=0.01)
    assert mark.count == 400


def test_what_is_pressed_is_at_least_24_pixels_wide():
    assert 2 * SINGLE_RADIUS >= 24
    radii = [Mark.of(points_at(*[(0, 0)] * number)).radius for number in (1, 2, 10, 100, 1_000, 10_000)]
    assert radii == sorted(radii)
    assert radii[0] >= SINGLE_RADIUS


# --- names


def test_names_do_not_cover_each_other():
    rng = random.Random(5)
    names = [Name(f"Ort {number}", rng.uniform(0, 400), rng.uniform(0, 300)) for number in range(60)]
    labels = placed(names, 400, 300)
    assert labels
    for one, other in itertools.combinations(labels, 2):
        assert not one.box.meets(other.box)
    for label in labels:
        assert 0 <= label.box.x < label.box.right <= 400
        assert 0 <= label.box.y < label.box.bottom <= 300


def test_a_name_goes_out_of_the_way_of_a_circle():
    (alone,) = placed([Name("Borna", 200, 100)], 400, 300)
    (evading,) = placed([Name("Borna", 200, 100)], 400, 300, [Box(206, 90, 40, 20)])
    assert (alone.anchor, evading.anchor) == ("start", "end")


def test_where_circles_are_everywhere_only_needed_names_are_written():
    everywhere = [Box(0, 0, 400, 300)]
    assert placed([Name("Borna", 200, 100)], 400, 300, everywhere) == []
    assert len(placed([Name("Leipzig", 200, 100, is_needed=True)], 400, 300, everywhere)) == 1


def test_what_lies_outside_is_not_named():
    assert placed([Name("Borna", -1, 100)], 400, 300) == []


# --- listings

LEIPZIG, JENA = (51.3397, 12.3731), (50.9272, 11.5861)
pytestmark = pytest.mark.django_db


def address(**changes):
    return "?" + "&".join(f"{name}={value}" for name, value in changes.items())


def map_of():
    return LocationMap(Listing.objects.pool("land"), pages=LAND, address=address)


def at(place, **values):
    return make_land(latitude=place[0], longitude=place[1], **values)


def all_marks(location_map):
    return [mark for drawing in location_map.drawings for mark in drawing["marks"]]


def test_only_what_the_list_shows_is_a_point_a_number_or_a_district():
    shown = at(LEIPZIG, title="Nordpark", town="Leipzig", district="leipzig", area_available=42_500)
    at(JENA, district="jena", released=False, publish_from=None)
    at(JENA, district="jena", confirmed_days_ago=500)
    at(JENA, district="jena", availability="taken")
    make_hall(latitude=JENA[0], longitude=JENA[1], district="jena")
    found = map_of()
    assert [*found.rows] == [shown.pk]
    assert (found.counted_all, found.hectares) == ("1 Fläche", pytest.approx(4.25))
    assert [mark["title"] for mark in all_marks(found)] == ["Nordpark, Leipzig, 4,25\u202fha"] * 2
    assert [(one["slug"], one["href"]) for one in found.land if one["href"]] == [("leipzig", "?kreis=leipzig")]
    assert [one["title"] for one in found.land if one["href"]] == ["Leipzig: 1 Fläche, 4,25\u202fha"]


def test_a_single_point_leads_to_its_listing():
    land = at(LEIPZIG, precision="town", availability="reserved")
    mark, _ = all_marks(map_of())
    assert (mark["href"], mark["precision"]) == (f"/flaechen/{land.slug}/", "town")
    assert mark["title"].endswith(", reserviert")
    x, y = to_map(*LEIPZIG)
    assert (float(mark["x"][:-1]), float(mark["y"][:-1])) == pytest.approx((x / 10, y / 8.95), abs=0.01)


def test_a_circle_says_how_many_and_where_and_leads_closer():
    at(LEIPZIG, district="leipzig", area_available=10_000)
    at(LEIPZIG, district="leipzig", area_available=10_000)
    at((51.30, 12.40), district="landkreis-leipzig", area_available=10_000)
    mark, _ = all_marks(map_of())
    assert mark["title"] == "3 Flächen, zusammen 3\u202fha, Leipzig, Landkreis Leipzig"
    section = Section.from_address(mark["href"].removeprefix("?ausschnitt=").removesuffix("#karte"))
    assert section.width < WIDTH / 2
    assert section.box.holds(*to_map(*LEIPZIG))
    assert section.box.holds(*to_map(51.30, 12.40))


def test_a_circle_that_never_falls_apart_leads_to_the_list():
    at(LEIPZIG), at(LEIPZIG)
    mark, _ = all_marks(map_of())
    assert mark["href"].endswith(f"-{SMALLEST_WIDTH}#liste")


def test_a_circle_that_holds_all_of_the_view_leads_to_its_middle():
    section = map_of().opening(Mark.of(points_at((100, 100), (900, 800))))
    assert (section.width, section.middle) == (WIDTH / 2, pytest.approx((500, 450), abs=1))


def test_circles_always_lead_to_a_smaller_part_until_the_list():
    rng = random.Random(6)
    for _ in range(40):
        at((LEIPZIG[0] + rng.gauss(0, 0.3), LEIPZIG[1] + rng.gauss(0, 0.5)))
    location_map = map_of()
    for _ in range(12):
        circles = [mark for mark in location_map.drawings[1]["marks"] if "count" in mark]
        if not circles or circles[0]["href"].endswith("#liste"):
            break
        section = Section.from_address(circles[0]["href"].partition("=")[2].removesuffix("#karte"))
        assert section.width < location_map.section.width
        location_map = map_of()
        location_map.section = section
    else:
        pytest.fail("The map led closer for ever.")


def test_only_points_of_the_section_are_drawn():
    at(LEIPZIG), at(JENA)
    location_map = map_of()
    location_map.section = Section.at(*to_map(*JENA), 50)
    assert len(all_marks(location_map)) == 2
    assert (location_map.counted_in_section, location_map.counted_all) == ("1 Fläche", "2 Flächen")


def test_who_has_no_point_is_counted_and_named():
    lands = [make_land(latitude=None, longitude=None) for _ in range(NAMED_WITHOUT_POINT + 2)]
    location_map = map_of()
    assert location_map.count == len(lands)
    assert all_marks(location_map) == []
    assert len(location_map.without_point) == NAMED_WITHOUT_POINT
    assert location_map.more_without_point == 2
    assert next(one["title"] for one in location_map.land if one["href"]).startswith("Landkreis Leipzig: 26 Flächen")


def test_a_mark_says_which_rows_of_the_list_it_holds():
    one, _, far = at(LEIPZIG), at(LEIPZIG), at(JENA)
    location_map = map_of()
    location_map.listed = {one.pk, far.pk}
    listed = {mark["listed"] for mark in location_map.drawings[1]["marks"]}
    assert listed == {str(one.pk), str(far.pk)}


def test_looking_around_a_town_shows_the_circle():
    location_map = map_of()
    location_map.look_around(Place.objects.get(slug="leipzig"), 25)
    x, y, radius = location_map.circle
    assert (x, y) == to_map(*LEIPZIG)
    assert radius == pytest.approx(25 / 0.3587, rel=0.01)
    assert location_map.section.box.holds(x - radius, y - radius)


def test_looking_at_districts_shows_all_of_them_and_marks_them():
    location_map = map_of()
    location_map.look_at_districts(lambda district: district.state == "14")
    assert {"landkreis-leipzig", "dresden"} < {one["slug"] for one in location_map.land if one["is_own"]}
    assert sum(one["is_own"] for one in location_map.land) == 13


def test_a_map_costs_four_queries_at_most(django_assert_max_num_queries):
    at(LEIPZIG), at(JENA), make_land(latitude=None, longitude=None)
    with django_assert_max_num_queries(4):
        location_map = map_of()
        assert location_map.drawings
        assert [*location_map.land]
        assert location_map.without_point


def test_large_towns_are_named_from_afar_and_small_ones_from_near():
    location_map = map_of()
    wide = {label["text"] for label in location_map.drawings[1]["labels"]}
    assert wide == set(Place.objects.filter(is_on_map=True).values_list("name", flat=True))
    location_map = map_of()
    location_map.section = Section.at(*to_map(*LEIPZIG), 150)
    labels = location_map.drawings[1]["labels"]
    assert {"Leipzig", "Borna", "Grimma"} < {label["text"] for label in labels}
    # The town's name says it for the city of the same name.
    assert [label["text"] for label in labels].count("Leipzig") == 1


def test_from_near_there_is_room_for_names_of_districts():
    location_map = map_of()
    location_map.section = Section.at(850, 600, 300)
    districts = {label["text"] for label in location_map.drawings[1]["labels"] if label["kind"] == "district"}
    assert {"Landkreis Bautzen", "Landkreis Görlitz"} <= districts
