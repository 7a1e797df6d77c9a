"""Whether everybody is reached by a page as it stands: by axe's rules, in both colour schemes, at every width."""

from axe_playwright_python.sync_playwright import Axe

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
#: All that a colour scheme can break.
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
#: Of a small and a usual phone, a tablet and a desk.
WIDTHS = (320, 360, 768, 1440)
HEIGHT = 900
_AXE = Axe().axe_script


def violations(page, rules=WCAG):
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_AXE)
    found = page.evaluate("(rules) => axe.run(rules)", rules)["violations"]
    return [(page.url, one["id"], node["target"], node["html"][:160]) for one in found for node in one["nodes"]]


def faults(page):
    """In one visit, whatever state the page is in. Nothing is pressed; the window keeps its size."""
    # After a click the answer has begun, but need not have arrived.
    page.wait_for_load_state()
    size, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((page.url, width, "wider than the screen"))
        found += [(width, *one) for one in violations(page)]
        _show(page, "dark")
        found += [(width, "dark", *one) for one in violations(page, CONTRAST)]
        _show(page, "light")
    page.set_viewport_size(size)
    return found


def _show(page, scheme):
    page.emulate_media(color_scheme=scheme)
    # Colours that are on their way from one to the next are no colours of the page.
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
