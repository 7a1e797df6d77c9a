"""The street map: only where the operator names a tile server, and nothing of it before a visitor asks."""

from types import SimpleNamespace

import pytest

from emmd import tile_server
from publishing.csp import build_policy
from tests.emmd.test_settings import DEVELOPMENT, PRODUCTION, read, refusal  # noqa: F401
from tests.parsed_page import ParsedPage
from tests.properties.factories import make_land

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
NAMED = {"MAP_TILE_URL": TILES, "MAP_TILE_ATTRIBUTION": "© Beispielkarten https://tiles.example.org/rechte"}


@pytest.fixture
def leaflet(monkeypatch):
    """As if it were there, or not, whatever is installed."""

    def pretend(is_there):
        package = SimpleNamespace(submodule_search_locations=["/leaflet"]) if is_there else None
        monkeypatch.setattr(tile_server, "find_spec", {"leaflet": package}.get)

    pretend(True)
    return pretend


@pytest.mark.usefixtures("leaflet")
def test_a_named_tile_server_may_send_pictures_and_nothing_else(read):  # noqa: F811
    values = read(PRODUCTION, **NAMED)
    assert values["MAP_TILE_URL"] == TILES
    policy = build_policy(values["SECURE_CSP"])
    assert policy.count("tiles.example.org") == 1
    assert "img-src 'self' data: https://tiles.example.org;" in policy


@pytest.mark.parametrize("environment", [PRODUCTION, DEVELOPMENT], ids=["production", "development"])
def test_without_a_tile_server_no_other_host_is_allowed(read, environment):  # noqa: F811
    values = read(environment, MAP_TILE_URL="")
    assert (values["MAP_TILE_URL"], values["SECURE_CSP"]["img-src"]) == ("", ["'self'", "data:"])


@pytest.mark.parametrize(
    "url",
    [
        *("http://tiles.example.org/{z}/{x}/{y}.png", "//tiles.example.org/{z}/{x}/{y}.png", "tiles"),
        *("https://{s}.tiles.example.org/{z}/{x}/{y}.png", "https://user:key@tiles.example.org/{z}/{x}/{y}.png"),
        *("https://tiles.example.org; script-src */{z}/{x}/{y}", "https://tiles.example.org/{z}/{x}/{y};img-src *"),
    ],
)
@pytest.mark.usefixtures("leaflet")
def test_an_address_of_tiles_that_is_none_is_refused(refusal, url):  # noqa: F811
    assert refusal(PRODUCTION, **NAMED | {"MAP_TILE_URL": url}).startswith(f"MAP_TILE_URL is “{url}”.")


@pytest.mark.parametrize(("url", "missing"), [("{x}/{y}", "{z}"), ("{z}/{x}", "{y}"), ("", "{z} and {x} and {y}")])
@pytest.mark.usefixtures("leaflet")
def test_an_address_without_a_place_for_the_tile_is_refused(refusal, url, missing):  # noqa: F811
    sentence = refusal(PRODUCTION, **NAMED | {"MAP_TILE_URL": f"https://tiles.example.org/{url}"})
    assert sentence.startswith(f"MAP_TILE_URL lacks {missing}:")


@pytest.mark.parametrize("attribution", ["", " "])
@pytest.mark.usefixtures("leaflet")
def test_tiles_without_an_attribution_are_refused(refusal, attribution):  # noqa: F811
    sentence = refusal(PRODUCTION, **NAMED | {"MAP_TILE_ATTRIBUTION": attribution})
    assert sentence.startswith("MAP_TILE_ATTRIBUTION is missing.")


def test_tiles_without_the_software_to_show_them_are_refused(refusal, leaflet):  # noqa: F811
    leaflet(False)
    assert refusal(PRODUCTION, **NAMED).startswith("MAP_TILE_URL is set, but Leaflet is missing.")


@pytest.mark.django_db
def test_without_a_tile_server_the_page_knows_of_no_street_map(client):
    make_land()
    html = client.get("/flaechen/karte/").content.decode()
    assert "Straßenkarte" not in html
    assert "street-map" not in html
    assert "leaflet" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attribution", "text", "link"),
    [
        ("© Beispielkarten https://tiles.example.org/rechte", "© Beispielkarten", "https://tiles.example.org/rechte"),
        ("© <b>Beispielkarten</b>", "© <b>Beispielkarten</b>", ""),
    ],
)
def test_the_page_says_what_goes_where_before_anything_does(client, settings, attribution, text, link):
    make_land()
    settings.MAP_TILE_URL, settings.MAP_TILE_ATTRIBUTION = TILES, attribution
    page = ParsedPage(client.get("/flaechen/karte/"))
    box = page.one("div", css="street-map")
    assert "hidden" in box.attrs
    assert (box.attrs["data-tiles"], box.attrs["data-attribution"], box.attrs["data-attribution-link"]) == (
        *(TILES, text, link),
    )
    assert page.one("button", inside=box).text == "Straßenkarte laden"
    sentence = page.one("p", inside=box).text
    assert sentence.startswith("Die Straßenkarte kommt von tiles.example.org. Dorthin gehen Ihre IP-Adresse")
    loaded = [one.attrs.get("src") or one.attrs.get("href") for one in page.all("script", "link", "img", "image")]
    assert [address for address in loaded if address and "tiles.example.org" in address] == []
    assert [address for address in loaded if address and "leaflet" in address] == []
