"""Every page in one visit: as seen, heard, enlarged, spaced, in dark, in the reader's own colours, and on paper."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.reach import CONTRAST, WCAG, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTIONS = Path(__file__).with_name("every_page.js")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
# A window of 1,280 pixels at 400 %.
ENLARGED = {"width": 320, "height": 256}
PAPER = {"width": 800, "height": 1100}
#: In how many portions the pages are visited: a process that is free takes the next.
PORTIONS = 4

FIRST_SIGHT = ("moved", "badPictures", "blockingScripts", "smallTargets", "neighbouringLinks")
FITTING = ("tooWide", "cutText", "overlappingText")
LANDMARKS_IN_ORDER = ["banner", "main", "contentinfo"]
NAMED_ROLES = {"link", "button", "image", "img", "textbox", "searchbox", "combobox", "checkbox", "radio", "navigation"}
NAMED_ROLES |= {"region", "form", "search", "dialog", "table"}


class Visit:
    """One page on the screen, and all that was found wrong with it."""

    def __init__(self, page):
        self.page, self.found, self.address = page, [], None
        self.tree = page.context.new_cdp_session(page)

    def open(self, address):
        self.address = address
        self.page.set_viewport_size(DESK)
        self.page.goto(address)
        self.page.evaluate("everyPage.scrolledThrough()")

    def note(self, where, promise, faults):
        self.found += [(self.address, where, promise, fault) for fault in faults]

    def ask(self, where, *questions):
        for question in questions:
            self.note(where, question, self.page.evaluate(f"everyPage.{question}()"))

    def ask_axe(self, where, rules):
        self.note(where, "axe", violations(self.page, rules))

    def listen(self):
        self.note("heard", "order", faults_in_order(self.tree.send("Accessibility.getFullAXTree")["nodes"]))

    def show(self, size=None, *, spaced=None, **media):
        if size:
            self.page.set_viewport_size(size)
        if spaced is not None:
            self.page.evaluate("(isOn) => everyPage.spaceText(isOn)", spaced)
        if media:
            self.page.emulate_media(**media)


def look_at(visit, address):
    visit.open(address)
    visit.ask("at a desk", *FIRST_SIGHT, *FITTING)
    visit.listen()
    # Colours that are on their way from one to the next are no colours of the page.
    visit.show(reduced_motion="reduce")
    visit.ask("in motion", "moving")
    visit.ask_axe("at a desk", WCAG)
    visit.show(spaced=True)
    visit.ask("spaced", *FITTING)
    visit.show(spaced=False, forced_colors="active")
    visit.ask("in own colours", "goneInForcedColours")
    visit.show(forced_colors="none", color_scheme="dark")
    visit.ask_axe("dark", CONTRAST)
    visit.show(PHONE)
    visit.ask_axe("dark on a phone", CONTRAST)
    visit.show(color_scheme="light")
    visit.ask_axe("on a phone", WCAG)
    visit.ask("on a phone", "smallTargets")
    visit.show(ENLARGED)
    visit.ask("enlarged", *FITTING)
    visit.show(spaced=True)
    visit.ask("enlarged and spaced", *FITTING)
    visit.show(PAPER, spaced=False, media="print")
    visit.ask("on paper", "printed")
    visit.show(media="screen", reduced_motion="no-preference")


def in_reading_order(nodes):
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [nodes[0]]
    while waiting:
        node = waiting.pop()
        waiting += [by_id[one] for one in reversed(node.get("childIds", ())) if one in by_id]
        if not node.get("ignored"):
            yield node


def faults_in_order(nodes):
    """What somebody who hears the page would miss, told by the browser's own accessibility tree."""
    heard = in_reading_order(nodes)
    spoken = [(node["role"]["value"], node.get("name", {}).get("value", "").strip(), node) for node in heard]
    landmarks = [role for role, _, _ in spoken if role in LANDMARKS_IN_ORDER]
    if landmarks != LANDMARKS_IN_ORDER:
        yield f"landmarks are {landmarks}"
    ways = Counter(name for role, name, _ in spoken if role == "navigation")
    yield from (f"{times} navigations are called „{name}“" for name, times in ways.items() if times > 1)
    yield from (f"a {role} has no name" for role, name, _ in spoken if role in NAMED_ROLES - {"table"} and not name)
    yield from (f"a heading is empty: {node}" for role, name, node in spoken if role == "heading" and not name)
    headings = [node["properties"] for role, _, node in spoken if role == "heading"]
    levels = [one["value"]["value"] for properties in headings for one in properties if one["name"] == "level"]
    yield from (
        f"a heading of level {below} follows one of {above}" for above, below in pairwise(levels) if below > above + 1
    )


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_every_page_keeps_its_promises_in_a_browser(open_page, addresses, portion):
    page = open_page()
    page.watch.expect_status(404, 410)
    page.context.add_init_script(path=QUESTIONS)
    visit = Visit(page)
    for address in addresses[portion::PORTIONS]:
        look_at(visit, address)
    assert visit.found == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
