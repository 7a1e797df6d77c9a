"""Reports of what somebody could not use: about which page, and who gets them."""

import re
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from pages.addresses import LONGEST_PATH
from pages.contact_messages import office_contact
from pages.models import BarrierReport, Office, Page
from publishing import incoming
from publishing.models import SearchDocument
from publishing.page_cache import NOT_PAGES
from publishing.public_forms import email_field, message_field, name_field
from publishing.views import absolute

#: Of the address: which page it is about.
PAGE = "seite"
_PATH = re.compile(r"/(?:[A-Za-z0-9._~%-]+/)*[A-Za-z0-9._~%-]*")
#: What an address of one person only is made with: nobody else may read it.
_PERSONAL = {"token", "key", "uidb36"}


def own_path(text):
    """The path of a page that everybody may read, or nothing."""
    if len(text) > LONGEST_PATH or not _PATH.fullmatch(text):
        return ""
    try:
        match = resolve(text)
    except Resolver404:
        return ""
    return "" if _is_closed(text, match) else text


def reporting_path(request):
    """Where visitors report a barrier of the page they read."""
    match = request.resolver_match
    path = reverse("pages:barrier")
    return path if match is None or _is_closed(request.path, match) else f"{path}?{PAGE}={quote(request.path)}"


def _is_closed(path, match):
    return path.startswith(NOT_PAGES) or bool(_PERSONAL & match.kwargs.keys())


def title_of(path):
    """As the search shows it to everybody at this moment: never that of a draft."""
    document = SearchDocument.objects.visible().filter(path=path).first() if path else None
    return document.title if document else ""


class OwnPathField(forms.Field):
    """Comes along hidden: whatever is wrong with it is nothing the visitor could mend."""

    widget = forms.HiddenInput

    def clean(self, value):
        return own_path(str(value or ""))


class BarrierForm(forms.Form):
    page = OwnPathField(required=False)
    message = message_field(
        label="Was können Sie nicht lesen, hören oder bedienen?",
        help_text="Wenn Sie mögen: Mit welchem Gerät und welchem Hilfsmittel?",
        error_messages={"required": "Bitte beschreiben Sie, was Sie hindert."},
    )
    name = name_field(label="Ihr Name (freiwillig)", required=False)
    email = email_field(label="E-Mail (freiwillig)", required=False, help_text="Nur, wenn Sie eine Antwort möchten.")


def responsible_contact():
    """Of the page that tells of accessibility; else the office."""
    pages = Page.objects.published().filter(part=Page.Part.BARRIERS, contact__isnull=False)
    page = pages.select_related("contact").order_by("pk").first()
    return page.contact if page and page.contact.is_current and page.contact.email else office_contact()


def receive(values):
    """None where the same report lies there already."""
    values = {"path": values["page"], **{name: values[name] for name in ("message", "name", "email")}}
    return incoming.receive(BarrierReport(**values), letter=_letter(values), is_same=values, lock=Office.objects.all())


def _letter(values):
    given = (("Name", values["name"]), ("E-Mail", values["email"]))
    return incoming.Letter(
        contact=responsible_contact(),
        subject=f"Barriere gemeldet: {values['path'] or 'ohne Angabe der Seite'}",
        lines=(
            "jemand konnte etwas im Portal nicht nutzen.",
            f"Seite: {absolute(values['path']) if values['path'] else 'nicht angegeben'}",
            "",
            *(f"{label}: {value}" for label, value in given if value),
            "",
            values["message"],
        ),
        purpose="Meldung einer Barriere",
        related_label=values["path"][:200],
    )


def enforcement_body():
    """To whom visitors turn who get no good answer; None until the operator has set it."""
    return settings.ENFORCEMENT_BODY if settings.ENFORCEMENT_BODY["name"] else None
