"""What the stylesheets and the few scripts promise, seen by a real browser."""

import brotli
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Page, style sheets and scripts, compressed: as measured, with a reserve of a fifth.
FIRST_VIEW_BYTES = {
    "/": 23_000,
    "/aktuelles/": 13_000,
    "/aktuelles/beitrag-mit-allen-teilen/": 15_000,
    "/flaechen/karte/": 37_000,
}


def test_a_phone_without_javascript_opens_the_menu_and_follows_it(open_page, addresses):
    page = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/")
    entry = page.get_by_role("navigation", name="Menü").get_by_role("link", name="Aktuelles")
    assert not entry.is_visible()
    page.locator("summary", has_text="Menü").click()
    entry.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aktuelles"


def test_filters_work_without_javascript(open_page, addresses):
    page = open_page(java_script_enabled=False)
    page.goto("/aktuelles/")
    page.get_by_label("Jahr", exact=True).select_option(label="2024")
    page.get_by_role("button", name="Anzeigen").click()
    assert "jahr=2024" in page.url
    expect(page.locator(".rows .card-title")).to_have_text(["Aus dem Archiv"])
    page.get_by_role("link", name="Aus dem Archiv").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aus dem Archiv"


def focused(page):
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          // A card shows the ring around itself for the link inside.
          const ring = [element, element.closest(".card")].some((one) => {
            const style = one && getComputedStyle(one);
            return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          });
          const box = element.getBoundingClientRect();
          return {
            name: element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60),
            tag: element.tagName,
            id: element.id,
            ring,
            seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            insideMain: !!element.closest("main"),
          };
        }"""
    )


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_keyboard_finds_the_skip_link_first_and_always_shows_where_it_is(open_page, addresses, options):
    page = open_page(**options)
    page.goto("/aktuelles/")
    stops = []
    page.keyboard.press("Tab")
    while (stop := focused(page))["tag"] != "BODY" and len(stops) < 60:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert stops[-1]["name"] == "Barriere melden"
    assert stops[0]["name"] == "Zum Inhalt springen"
    assert [stop["name"] for stop in stops[1:3]] == ["Leichte Sprache", "Gebärdensprache"]
    assert stops[3]["name"].startswith("Metropolregion Mitteldeutschland")
    # The field of the search, which has a label but no text, and its button.
    assert [stop["name"] for stop in stops[4:7]] == ["", "Suchen", "Aktuelles"]
    assert [stop for stop in stops if not stop["ring"]] == []
    assert [stop for stop in stops if not stop["seen"]] == []
    first_inside = next(index for index, stop in enumerate(stops) if stop["insideMain"])
    assert all(stop["insideMain"] for stop in stops[first_inside : first_inside + 8])


def test_the_skip_link_leads_into_the_content(open_page, addresses):
    page = open_page()
    page.goto("/aktuelles/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "inhalt"
    page.keyboard.press("Tab")
    assert focused(page)["insideMain"]


def test_the_first_view_of_a_page_is_light(open_page, addresses):
    page = open_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    weights = {}
    for address in FIRST_VIEW_BYTES:
        responses.clear()
        page.goto(address, wait_until="networkidle")
        # The live server sends style sheets as they are; in production they come as they are weighed here.
        texts = [one for one in responses if one.request.resource_type in ("document", "stylesheet", "script")]
        assert texts
        weights[address] = sum(len(brotli.compress(one.body(), quality=5)) for one in texts)
    assert {page: weight for page, weight in weights.items() if weight > FIRST_VIEW_BYTES[page]} == {}
