"""What the tests of the public forms of the contact page share."""

from tests.parsed_page import ParsedPage


def errors_of(response):
    page = ParsedPage(response)
    return [(one.text, page.links(inside=one)) for one in page.all("li", inside=page.one("div", css="error-summary"))]


def typed_in(response):
    page = ParsedPage(response)
    form = page.one("form", css="form-fields")
    typed = {
        one.attrs["name"]: one.attrs.get("value", one.text)
        for one in page.all("input", "textarea", inside=form)
        if one.attrs["name"] not in ("webseite", "csrfmiddlewaretoken")
    }
    chosen = [one.attrs["value"] for one in page.all("option", inside=form) if "selected" in one.attrs]
    return typed | {"topic": chosen[0]} if page.all("select", inside=form) else typed
