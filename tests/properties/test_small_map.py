import re

import pytest
from django.template.loader import render_to_string

from properties.geometry import WIDTH, outlines, to_degrees
from properties.models import District, Land, Place
from properties.small_map import DOT, PICTURE_HEIGHT, PICTURE_WIDTH, outlines_for_picking, small_map
from tests.properties.factories import make_hall, make_land

pytestmark = pytest.mark.django_db

ATTRIBUTION = '© GeoBasis-DE / <a href="https://www.bkg.bund.de">BKG</a> 2017 (Daten verändert)'


def drawn(listing):
    return render_to_string("properties/_small_map.html", {"map": small_map(listing)})


def test_a_listing_without_a_point_has_no_map():
    assert drawn(make_land(latitude=None, longitude=None)) == "\n"


def test_the_map_shows_the_point_in_its_district_and_names_towns():
    land = make_land(title="Gewerbepark Süd", town="Borna")
    picture = small_map(land)
    assert [one["path"] for one in picture["outlines"] if one["is_own"]] == [outlines()["14729"].path]
    assert {"Leipzig", "Grimma"} < {label["text"] for label in picture["labels"]}
    assert picture["title"] == "Karte: Gewerbepark Süd, Borna, Landkreis Leipzig"
    html = drawn(land)
    assert ATTRIBUTION in html
    assert 'aria-label="Karte: Gewerbepark Süd, Borna, Landkreis Leipzig"' in html


@pytest.mark.parametrize("slug", [*("leipzig", "jena", "weimar"), *("altmarkkreis-salzwedel", "landkreis-goerlitz")])
def test_every_point_lies_within_its_picture(slug):
    district = District.objects.get(slug=slug)
    place = Place.objects.filter(district=district).first() or Place.objects.get(slug="leipzig")
    picture = small_map(make_land(district=district, latitude=place.latitude, longitude=place.longitude))
    assert 0 < float(picture["x"]) < PICTURE_WIDTH
    assert 0 < float(picture["y"]) < PICTURE_HEIGHT


def test_a_point_outside_its_district_by_mistake_is_still_seen():
    picture = small_map(make_land(district="jena", latitude=52.12, longitude=11.63))
    assert 0 < float(picture["x"]) < PICTURE_WIDTH
    assert 0 < float(picture["y"]) < PICTURE_HEIGHT


@pytest.mark.parametrize("district", [*outlines()])
def test_some_town_is_named_whatever_the_district(district):
    middle = to_degrees(*outlines()[district].label)
    land = Land(latitude=middle[0], longitude=middle[1], district=District.objects.get(ags=district))
    assert small_map(land)["labels"] != []


def test_the_less_is_known_of_the_place_the_wider_is_the_ring():
    exact, quarter, town = (small_map(make_hall(precision=one)) for one in ("exact", "quarter", "town"))
    assert (exact["is_exact"], quarter["is_exact"], town["is_exact"]) == (True, False, False)
    assert DOT == float(exact["radius"]) < float(quarter["radius"]) < float(town["radius"])
    assert [one["precision"] for one in (exact, quarter, town)] == [
        *("genaue Lage", "Straße oder Quartier", "Ortsmitte"),
    ]


def test_no_number_of_the_drawing_has_a_german_comma():
    for template, picture in (
        ("properties/_small_map.html", small_map(make_land())),
        ("properties/_map_outlines.html", outlines_for_picking()),
    ):
        html = render_to_string(template, {"map": picture} | picture)
        assert re.findall(r'(?:\b[xyr]|c[xy]|transform|stroke-width|data-\w+)="[^"]*\d,\d', html) == []


def test_a_small_map_costs_one_query(django_assert_num_queries):
    land = make_land()
    with django_assert_num_queries(1):
        small_map(land)


def test_the_drawing_for_editors_says_how_its_units_become_degrees():
    html = render_to_string("properties/_map_outlines.html", {"map": outlines_for_picking()})
    assert html.count("<path id=") == 49
    assert html.count("<text") == Place.objects.count() == 62
    assert f'viewBox="0 0 {WIDTH} 895"' in html
    assert 'data-units-per-radian="11097.25" data-left="-1913.389" data-top="12163.173"' in html
    assert ATTRIBUTION in html
