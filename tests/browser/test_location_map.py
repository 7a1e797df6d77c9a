"""The location map in a browser: keys, buttons, circles, what belongs together, the street map, and without scripts."""

import importlib.util

import pytest
from playwright.sync_api import expect

from properties.section import Section
from tests.browser.reach import faults
from tests.properties.factories import make_land

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/flaechen/karte/"
WHOLE = "0-0-1000"
TILE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def pool():
    """A crowd in the middle, one on its own far away, one without a point."""
    for number in range(4):
        make_land(title=f"Park {number}", latitude=51.3 + number / 50, longitude=12.3 + number / 40)
    make_land(title="Fernab", town="Zittau", latitude=50.9, longitude=14.8, district="landkreis-goerlitz")
    make_land(title="Ohne Punkt", latitude=None, longitude=None)


def section_of(page):
    return page.locator("svg.map").get_attribute("data-section")


def wait_for_another(page, before):
    page.wait_for_function("before => document.querySelector('svg.map').dataset.section !== before", arg=before)
    return section_of(page)


def width(section):
    return Section.from_address(section).width


@pytest.mark.usefixtures("pool")
def test_buttons_lead_closer_and_keep_the_focus(visitor_page):
    visitor_page.goto(ADDRESS)
    visitor_page.get_by_role("link", name="Näher heran").focus()
    visitor_page.keyboard.press("Enter")
    assert width(wait_for_another(visitor_page, WHOLE)) == 500
    assert "ausschnitt=250-224-500" in visitor_page.url
    assert visitor_page.evaluate("document.activeElement.textContent") == "Näher heran"
    visitor_page.go_back()
    assert wait_for_another(visitor_page, "250-224-500") == WHOLE


@pytest.mark.usefixtures("pool")
def test_keys_move_the_map_once_it_has_the_focus(visitor_page):
    visitor_page.goto(ADDRESS)
    visitor_page.keyboard.press("+")
    visitor_page.wait_for_timeout(600)
    assert section_of(visitor_page) == WHOLE
    visitor_page.locator("svg.map").focus()
    visitor_page.keyboard.press("+")
    closer = wait_for_another(visitor_page, WHOLE)
    assert width(closer) == 500
    visitor_page.keyboard.press("ArrowRight")
    moved = wait_for_another(visitor_page, closer)
    assert Section.from_address(moved).x == Section.from_address(closer).x + 125
    visitor_page.keyboard.press("-")
    assert wait_for_another(visitor_page, moved) == WHOLE
    assert visitor_page.evaluate("document.activeElement.matches('svg.map')")


@pytest.mark.usefixtures("pool")
def test_the_wheel_scrolls_the_page_until_the_map_has_the_focus(visitor_page):
    visitor_page.goto(ADDRESS)
    visitor_page.locator("svg.map").hover()
    visitor_page.mouse.wheel(0, 200)
    visitor_page.wait_for_function("() => scrollY > 0")
    assert section_of(visitor_page) == WHOLE
    visitor_page.locator("svg.map").focus()
    visitor_page.locator("svg.map").hover()
    visitor_page.mouse.wheel(0, -200)
    assert width(wait_for_another(visitor_page, WHOLE)) < 1000


@pytest.mark.usefixtures("pool")
def test_a_circle_opens_in_place_and_the_list_follows(visitor_page):
    visitor_page.goto(ADDRESS)
    assert visitor_page.locator(".map-row").count() == 6
    visitor_page.locator(".map-wide .mark text").click()
    assert width(wait_for_another(visitor_page, WHOLE)) < 100
    assert visitor_page.locator(".map-row").count() == 4
    assert visitor_page.get_by_role("heading", name="In diesem Ausschnitt").is_visible()
    visitor_page.reload()
    assert visitor_page.locator(".map-row").count() == 4


@pytest.mark.usefixtures("pool")
def test_a_row_and_its_point_show_each_other(visitor_page):
    visitor_page.goto(ADDRESS)
    visitor_page.locator(".map-row", has_text="Fernab").get_by_role("link").focus()
    lit = visitor_page.locator(".map-wide .mark.is-listed title")
    assert lit.all_text_contents() == ["Fernab, Zittau, 4,25\u202fha"]
    visitor_page.locator(".map-wide .mark:not(:has(text))").hover()
    assert visitor_page.locator(".map-row.is-marked h3").all_text_contents() == ["Fernab"]
    assert visitor_page.locator(".map-name").inner_text() == "Fernab, Zittau, 4,25\u202fha"


@pytest.mark.usefixtures("pool")
def test_dragging_moves_the_map_and_opens_nothing(visitor_page):
    visitor_page.goto(f"{ADDRESS}?ausschnitt=400-300-200")
    box = visitor_page.locator("svg.map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor_page.mouse.move(x, y)
    visitor_page.mouse.down()
    visitor_page.mouse.move(x + box["width"] / 4, y, steps=5)
    visitor_page.mouse.up()
    assert Section.from_address(wait_for_another(visitor_page, "400-300-200")).x == pytest.approx(350, abs=2)
    assert visitor_page.url.partition("?")[0].endswith(ADDRESS)


@pytest.mark.usefixtures("pool")
def test_without_scripts_the_same_buttons_and_circles_are_links(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Näher heran").click()
    page.wait_for_url("**ausschnitt=250-224-500**")
    page.locator(".map-wide .mark text").click()
    expect(page.locator(".map-row")).to_have_count(4)
    assert not page.locator(".map-hint").is_visible()


@pytest.mark.usefixtures("pool")
def test_the_map_reaches_everybody(visitor_page):
    for address in (ADDRESS, f"{ADDRESS}?kreis=landkreis-leipzig", f"{ADDRESS}?ausschnitt=0-0-100"):
        visitor_page.goto(address)
        assert faults(visitor_page) == []


@pytest.mark.usefixtures("pool")
def test_what_is_pressed_is_24_pixels_wide_and_apart(visitor_page):
    for size in (320, 1440):
        visitor_page.set_viewport_size({"width": size, "height": 900})
        visitor_page.goto(ADDRESS)
        boxes = visitor_page.evaluate(
            "[...document.querySelectorAll('.mark')].filter(m => m.checkVisibility())"
            ".map(m => m.getBoundingClientRect()).filter(b => b.width).map(b => [b.x, b.y, b.right, b.bottom])"
        )
        assert len(boxes) >= 2
        for left, top, right, bottom in boxes:
            assert (right - left, bottom - top) >= (24, 24)


@pytest.mark.usefixtures("pool")
def test_where_motion_is_not_wanted_nothing_glides(open_page):
    page = open_page(reduced_motion="reduce")
    page.goto(ADDRESS)
    page.locator("svg.map").focus()
    page.keyboard.press("+")
    assert page.locator(".map-land").get_attribute("viewBox") == "250 224 500 447.5"


@pytest.mark.skipif(importlib.util.find_spec("leaflet") is None, reason="the extra “tiles” is not installed")
@pytest.mark.usefixtures("pool")
def test_the_street_map_asks_its_host_only_after_the_click(open_page, settings):
    settings.MAP_TILE_URL = TILES
    settings.MAP_TILE_ATTRIBUTION = "© Beispielkarten https://tiles.example.org/rechte"
    page = open_page()
    # The server has made its policy before this test said so.
    page.route(f"**{ADDRESS}", lambda route: allow_tiles(route))
    page.route("https://tiles.example.org/**", lambda route: route.fulfill(content_type="image/svg+xml", body=TILE))
    page.goto(ADDRESS)
    page.locator("svg.map").hover()
    assert page.watch.complaints == []
    page.get_by_role("button", name="Straßenkarte laden").click()
    page.locator(".leaflet-tile-loaded").first.wait_for()
    assert page.get_by_role("link", name="© Beispielkarten").get_attribute("href") == "https://tiles.example.org/rechte"
    assert page.locator(".street-mark").count() == 2
    assert not page.locator("svg.map").is_visible()
    page.locator(".street-mark", has_text="4").press("Enter")
    page.locator(".map-row", has_text="Fernab").wait_for(state="detached")
    asked = {
        one for one in page.watch.complaints if one.startswith("request to another host: https://tiles.example.org/")
    }
    assert asked
    page.watch.complaints[:] = [one for one in page.watch.complaints if one not in asked]


def allow_tiles(route):
    response = route.fetch()
    policy = response.headers["content-security-policy"]
    allowed = policy.replace("img-src 'self' data:", "img-src 'self' data: https://tiles.example.org")
    route.fulfill(response=response, headers=response.headers | {"content-security-policy": allowed})
