"""What a browser sends when somebody saves the form of a listing: as it was shown, with changes."""

from tests.parsed_page import ParsedPage


def page_path(listing, page="change"):
    return f"/admin/properties/{listing.kind}/{listing.pk}/{page}/"


def shown_form(client, path, form_id=None):
    """{name: value} of the form's fields, the empty rows of its inlines left out."""
    page = ParsedPage(client.get(path))
    (form,) = [
        one
        for one in page.all("form")
        if (one.attrs.get("id") == form_id if form_id else "_form" in one.attrs.get("id", ""))
    ]
    values = {}
    for field in page.elements:
        name = field.attrs.get("name")
        if not name or not field.is_inside(form) or "__prefix__" in name or field.attrs.get("type") == "submit":
            continue
        if field.tag == "select":
            chosen = [
                one.attrs.get("value", "")
                for one in page.all("option")
                if one.is_inside(field) and "selected" in one.attrs
            ]
            values[name] = chosen[0] if chosen else ""
        elif field.tag == "textarea":
            values[name] = "".join(field.parts).lstrip("\n")
        elif field.attrs.get("type") not in ("checkbox", "radio"):
            values[name] = field.attrs.get("value", "")
        elif "checked" in field.attrs:
            values[name] = field.attrs.get("value", "on")
    return values


def save(client, listing, button="_continue", **changes):
    path = page_path(listing)
    return client.post(path, shown_form(client, path) | changes | {button: "1"})


def sentences(response):
    """What the refused form says: of its fields, of itself, of its rows. None: it was accepted."""
    if response.status_code == 302:
        return None
    form = response.context["adminform"].form
    rows = [row for formset in response.context["inline_admin_formsets"] for row in formset.formset.forms]
    found = [text for one in (form, *rows) for texts in one.errors.values() for text in texts]
    return found + [
        str(text) for one in response.context["inline_admin_formsets"] for text in one.formset.non_form_errors()
    ]
