"""Every public function by keyboard alone: each stop is seen, in the order of the page, and nobody is caught."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Pages whose every stop is visited. What they are made of stands on the others, too.
WALKED = (
    "/",
    "/termine/termin-mit-allen-teilen/",
    "/flaechen/flaeche-mit-allen-teilen/",
    "/flaechen/karte/",
    "/iq/preistraeger/",
)
MOST_STOPS = 160
EXPOSE = "/flaechen/flaeche-mit-allen-teilen/"

NAME = """() => {
  const one = document.activeElement;
  const words = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
  return words.replace(/\\s+/g, " ").trim();
}"""
#: One stop: what is wrong with it, and whether the walk is over.
STOP = """() => {
  const one = document.activeElement;
  const before = [...(window.stops ??= new Set())].at(-1);
  // Some browsers begin again without a stop at the window itself.
  if (one === document.body || window.stops.has(one)) return null;
  window.stops.add(one);
  const said = one.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  const isRinged = [one, one.closest(".card"), ...one.querySelectorAll("circle, path")].some((ring) => {
    const style = ring && getComputedStyle(ring);
    const isDrawn = ring instanceof SVGElement && ring.localName !== "a" && parseFloat(style.strokeWidth) >= 2;
    return style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || isDrawn);
  });
  const box = [...one.getClientRects()].find((part) => part.width && part.height) ?? one.getBoundingClientRect();
  // What is higher than the window need not begin in it.
  const top = box.y < 0 && box.bottom > 20 ? 0 : box.y;
  const [x, y] = [box.x + Math.min(box.width / 2, 40), top + Math.min((box.bottom - top) / 2, 20)];
  const above = document.elementFromPoint(x, y);
  const isInView = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  // A shape with holes has a middle that is not its own.
  const isFree = one instanceof SVGElement || (above && (one.contains(above) || above.contains(one)));
  const follows = !before || !!(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const facts = Object.entries({ isRinged, isInView, isFree, follows });
  return { said, faults: facts.filter((fact) => !fact[1]).map(String) };
}"""
#: What can be used and was never stopped at.
PASSED_BY = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && one.type !== "hidden")
  .filter((one) => !one.disabled && one.getBoundingClientRect().width && !window.stops.has(one))
  .map((one) => one.outerHTML.slice(0, 110))"""


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, name):
    """As somebody does who knows what is looked for, and is lost when it never comes."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).startswith(name):
            return
    raise AssertionError(f"no stop is called {name}")


def follow(page, name):
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_every_stop_is_seen_in_the_order_of_the_page_and_nobody_is_caught(open_page, addresses):
    page = open_page()
    faults = []
    for address in WALKED:
        page.goto(address)
        stops = []
        page.keyboard.press("Tab")
        while (stop := page.evaluate(STOP)) and len(stops) < MOST_STOPS:
            stops.append(stop)
            page.keyboard.press("Tab")
        assert "Zum Inhalt springen" in stops[0]["said"]
        assert "Barriere melden" in stops[-1]["said"], address
        assert page.evaluate(PASSED_BY) == [], address
        faults += [(address, stop["said"], stop["faults"]) for stop in stops if stop["faults"]]
    assert faults == []


def test_a_phone_opens_the_menu_follows_it_and_closes_it(open_page, addresses):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/")
    tab_to(page, "Menü")
    press(page, "Enter", "Tab")
    assert page.evaluate(NAME) == "Aktuelles"
    press(page, "Shift+Tab", "Enter")
    expect(page.get_by_role("navigation", name="Menü")).to_be_hidden()
    press(page, "Enter")
    follow(page, "Termine")
    assert page.url.endswith("/termine/")


# address, what opens the form, field and its keys, what is asked then, the chip or link that takes it back
FILTERS = (
    ("/aktuelles/", None, "Rubrik", "E", "rubrik=energie", "Filter zurücksetzen"),
    ("/termine/", "Auswahl eingrenzen", "Ort", "L", "ort=leipzig", "Leipzig"),
    ("/flaechen/", None, "GE –", "Space", "gebiet=GE", "Filter zurücksetzen"),
    ("/iq/preistraeger/", None, "Jahr", "2", "jahr=2024", "Filter zurücksetzen"),
    ("/studien/", None, "Thema", "E", "thema=energie", "Filter zurücksetzen"),
)


def test_lists_are_narrowed_and_widened_again(open_page, addresses):
    page = open_page()
    for address, opener, field, key, asked, back in FILTERS:
        page.goto(address)
        if opener and not page.get_by_label(field, exact=True).is_visible():
            tab_to(page, opener)
            press(page, "Enter")
        tab_to(page, field)
        press(page, key)
        follow(page, "Anzeigen")
        assert asked in page.url
        follow(page, back)
        assert asked not in page.url


def test_the_calendar_is_turned_and_an_event_is_taken_home(open_page, addresses):
    page = open_page()
    page.goto("/termine/")
    follow(page, "Monat")
    month = page.url
    follow(page, "Nächster Monat")
    follow(page, "Voriger Monat")
    assert page.url == month
    page.goto("/termine/termin-mit-allen-teilen/")
    tab_to(page, "In den Kalender")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".ics")


def test_a_site_is_remembered_compared_and_asked_for(open_page, addresses):
    page = open_page()
    page.goto("/flaechen/")
    follow(page, "Merken: Fläche mit")
    assert "gemerkt=GF-1" in page.url
    follow(page, "Vergleichen")
    follow(page, "Fläche mit")
    assert page.url.endswith(EXPOSE)
    follow(page, "Anfrage stellen")
    follow(page, "Anfrage senden")
    # The summary of what is missing has the focus, and leads to each field.
    expect(page.locator(".error-summary")).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.get_by_label("Ihr Name")).to_be_focused()


def test_the_map_is_passed_by_or_entered(open_page, addresses):
    page = open_page()
    page.goto("/flaechen/karte/")
    tab_to(page, "Karte überspringen")
    press(page, "Enter", "Tab")
    assert page.evaluate("!!document.activeElement.closest('#liste')")
    page.goto("/flaechen/karte/")
    tab_to(page, "Karte überspringen")
    for _ in range(MOST_STOPS):
        press(page, "Tab")
        if page.evaluate("document.activeElement.matches('a.mark')"):
            break
    with page.expect_navigation():
        press(page, "Enter")
    assert "/flaechen/" in page.url


def test_a_search_is_typed_chosen_from_and_left(open_page, addresses):
    page = open_page()
    page.goto("/")
    tab_to(page, "Portal durchsuchen")
    page.keyboard.type("termin")
    expect(page.get_by_role("option").first).to_be_visible()
    press(page, "ArrowDown", "Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    press(page, "Tab")
    assert page.evaluate(NAME) == "Suchen"
    with page.expect_navigation():
        press(page, "Enter")
    assert page.url.endswith("/suche/?q=termin")
    tab_to(page, "Termin mit")
