"""What the portal itself writes below editors' texts: it must be all of it, and what the code does."""

import importlib.metadata
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.db import models
from django.template.loader import render_to_string

from competition.forgetting import MONTHS_KEPT
from demo.pictures import CREDIT
from publishing import incoming, origins
from publishing.personal_data import STORED
from tests.factories import make_image
from tests.pages.factories import make_page
from tests.parsed_page import ParsedPage, fetch

#: Belong to a row that is named, and hold nothing of their own: the groups and rights of an account.
PARTS_OF_AN_ACCOUNT = {"auth.User_groups", "auth.User_user_permissions"}


def has_personal_data(model):
    return any(
        isinstance(field, models.EmailField | models.GenericIPAddressField)
        or (field.is_relation and field.related_model is get_user_model())
        for field in model._meta.concrete_fields
        if field.name != "history_user"
    )


def tracked(model):
    """An older version counts with the row it is of."""
    history = getattr(model, "history_object", None)
    return history.model if history else model


def test_every_model_with_personal_data_is_named():
    named = {label for stored in STORED.values() for label in stored.models}
    found = {
        tracked(model)._meta.label for model in apps.get_models(include_auto_created=True) if has_personal_data(model)
    }
    assert found - PARTS_OF_AN_ACCOUNT == named


def test_the_walk_sees_addresses_accounts_and_older_versions():
    found = {model._meta.label for model in apps.get_models() if has_personal_data(model)}
    assert {"properties.Enquiry", "usersessions.UserSession", "competition.HistoricalEntry"} <= found
    assert "news.Article" not in found
    assert tracked(apps.get_model("competition.HistoricalEntry"))._meta.label == "competition.Entry"


def test_whatever_ends_by_itself_names_the_figures_of_the_code():
    days = f"{incoming.KEPT_FOR.days} Tage"
    assert timedelta(days=180) == incoming.KEPT_FOR
    for what in ("Anfragen zu Flächen und Hallen", "Nachrichten aus dem Kontaktformular", "Gemeldete Barrieren"):
        assert days in STORED[what].how_long
    assert f"Andere E-Mails bleiben {days}." in STORED["Versand von E-Mails"].how_long
    assert f"{MONTHS_KEPT} Monate" in STORED["Arbeit der Jury"].how_long
    assert f"{settings.SESSION_COOKIE_AGE // 3600} Stunden" in STORED["Anmeldungen"].how_long
    assert f"{settings.INVITATION_DAYS} Tage" in STORED["Konten"].how_long
    assert STORED["Versuche bei Anmeldung und Formularen"].how_long == "Höchstens einen Tag."
    assert {"forget_enquiries", "forget_messages", "forget_mails", "forget_edition"} <= get_commands().keys()


@pytest.mark.django_db
def test_the_page_shows_the_list_below_the_editors_text(client):
    make_page(slug="datenschutz", part="stored", body="<h2>Ihre Rechte</h2><p>Auskunft.</p>")
    page = fetch(client, "/datenschutz/")
    assert page.texts("h3", inside=page.one("section", css="page-part")) == list(STORED)
    first = page.all("section", css="stored")[0]
    assert page.texts("dt", inside=first) == ["Wozu", "Grundlage", "Wie lange", "Wer es sieht"]
    assert all(page.texts("dd", inside=page.one("section", css="page-part")))


@pytest.mark.django_db
def test_a_page_without_a_part_has_none(client):
    make_page(slug="impressum")
    assert fetch(client, "/impressum/").all("section", css="page-part") == []


@pytest.mark.django_db
def test_sources_name_geodata_licences_and_the_programs_sent_to_visitors(client):
    make_page(slug="quellen", part="origins")
    make_image(credit=CREDIT)
    page = fetch(client, "/quellen/")
    part = page.one("section", css="page-part")
    assert page.texts("h3", inside=part) == [kind.value for kind in origins.Kind]
    assert {"https://www.bkg.bund.de", "https://www.govdata.de/dl-de/by-2-0"} <= set(page.links(inside=part))
    assert CREDIT in part.text
    assert "Leaflet" not in part.text


@pytest.mark.django_db
def test_what_the_portal_does_not_show_is_not_named(client, settings):
    make_page(slug="quellen", part="origins")
    assert CREDIT not in fetch(client, "/quellen/").html
    settings.MAP_TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert "Leaflet" in "".join(one.what for _, members in origins.shown() for one in members)


def test_the_sources_say_what_the_maps_say():
    on_maps = render_to_string("properties/_map_attribution.html")
    (geodata,) = [one for one in origins.ORIGINS.values() if one.kind is origins.Kind.MAPS and one.is_shown()]
    assert geodata.credit_url in on_maps
    assert ParsedPage(type("Response", (), {"content": on_maps.encode()})()).one("p").text == geodata.credit


def test_licences_of_programs_are_those_they_come_with():
    of_django = importlib.metadata.metadata("Django")
    assert origins.ORIGINS["Django, auf dem das Portal läuft"].licence == of_django["License-Expression"]


@pytest.mark.django_db
def test_easy_language_is_marked_for_eyes_and_ears(client):
    make_page(slug="leicht", language="de-x-leicht", part="origins")
    page = fetch(client, "/leicht/")
    article = page.one("article")
    assert article.attrs["lang"] == "de-simple"
    assert page.texts("p", css="tag", inside=article) == ["Leichte Sprache"]
    assert page.one("section", css="page-part").parent.attrs["lang"] == "de"
