"""What the stylesheets and the few scripts promise, seen by a real browser."""

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe

from publishing import preview
from tests.emmd.public_pages import PUBLIC_PAGES, make_public_site
from tests.factories import make_draft, make_withdrawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
#: All that a colour scheme can break.
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
WIDTHS = (360, 1440)
FIRST_VIEW_BYTES = 60_000


@pytest.fixture
def addresses(live_server):
    """Every page a visitor can meet, the unhappy ones included."""
    make_public_site()
    gone = make_withdrawn(title="Zurückgezogener Beitrag")
    draft = make_draft(title="Entwurf in der Vorschau")
    return [
        *(page.address for page in PUBLIC_PAGES),
        "/gibt-es-nicht/",
        gone.get_absolute_url(),
        preview.make_link(draft),
        "/aktuelles/?rubrik=unbekannt",
        "/suche/?q=Energie",
        "/suche/?q=Enrgie+und+ein+sehrlangeswortdasesnirgendwogibtundnichtumbrechenkannoderdoch",
    ]


def open_unhappy_pages_too(page):
    page.watch.expect_status(404, 410)
    return page


@pytest.mark.parametrize(("scheme", "rules"), [("light", WCAG), ("dark", CONTRAST)], ids=["light", "dark"])
def test_no_page_has_an_accessibility_violation(open_page, addresses, scheme, rules):
    page = open_unhappy_pages_too(open_page(color_scheme=scheme))
    page.context.add_init_script(Axe().axe_script)
    found = []
    for address in addresses:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            violations = page.evaluate("(rules) => axe.run(rules)", rules)["violations"]
            found += [
                (address, width, one["id"], node["target"], node["html"][:120])
                for one in violations
                for node in one["nodes"]
            ]
    assert found == []


# A window of 1,280 pixels at 400 % leaves 320 × 256.
@pytest.mark.parametrize("viewport", [(320, 640), (320, 256)])
def test_no_page_scrolls_sideways_on_the_smallest_screen(open_page, addresses, viewport):
    page = open_unhappy_pages_too(open_page(viewport={"width": viewport[0], "height": viewport[1]}))
    too_wide = []
    for address in addresses:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport[0]:
            too_wide.append((address, width))
    assert too_wide == []


def test_nothing_moves_while_pictures_arrive(open_page, addresses):
    page = open_unhappy_pages_too(open_page())
    page.context.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    moved = []
    for address in addresses:
        page.goto(address, wait_until="load")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(150)
        shift = page.evaluate("window.shift")
        if shift > 0.01:
            moved.append((address, shift))
    assert moved == []


def test_a_visitor_gets_no_cookie_and_leaves_nothing_in_the_browser(open_page, addresses):
    page = open_unhappy_pages_too(open_page())
    for address in addresses:
        page.goto(address)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


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
    assert page.locator(".rows .card-title").all_inner_texts() == ["Aus dem Archiv"]
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
    assert stops[-1]["name"] == "Impressum"
    assert stops[0]["name"] == "Zum Inhalt springen"
    assert stops[1]["name"].startswith("Metropolregion Mitteldeutschland")
    # The field of the search, which has a label but no text, and its button.
    assert [stop["name"] for stop in stops[2:5]] == ["", "Suchen", "Aktuelles"]
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


def test_whoever_asks_for_less_motion_gets_none(open_page, addresses):
    page = open_page(reduced_motion="reduce")
    moving = []
    for address in ("/", "/aktuelles/", "/aktuelles/beitrag-mit-allen-teilen/"):
        page.goto(address)
        moving += page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((one) => {
              const style = getComputedStyle(one);
              const longest = (text) => Math.max(...text.split(",").map(parseFloat));
              return longest(style.transitionDuration) > 0.01 || longest(style.animationDuration) > 0.01
                || style.scrollBehavior === "smooth";
            }).map((one) => one.outerHTML.slice(0, 80))"""
        )
    assert moving == []


def test_the_first_view_of_the_home_page_is_light(open_page, addresses):
    page = open_page()
    weights = {}

    def weigh(response):
        if response.request.resource_type in ("document", "stylesheet", "script"):
            # The live server sends style sheets as they are; in production they come as they are weighed here.
            weights[response.url] = len(brotli.compress(response.body(), quality=5))

    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto("/", wait_until="networkidle")
    for response in responses:
        weigh(response)
    assert len(weights) >= 4
    assert sum(weights.values()) <= FIRST_VIEW_BYTES
