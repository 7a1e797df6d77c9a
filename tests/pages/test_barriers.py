"""Reporting a barrier: of which page, to whom; and what the statement on accessibility says."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pages.barriers import own_path
from pages.models import BarrierReport
from publishing.groups import ADMINISTRATORS
from tests.factories import make_article, make_contact, make_draft, make_editor
from tests.pages.factories import make_office, make_page
from tests.pages.public_form import errors_of, typed_in
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db
FORM, THANKS = "/kontakt/barriere/", "/kontakt/barriere/danke/"
BODY = {
    "name": "Durchsetzungsstelle des Landes",
    "address": "Amtsstraße 1, 01067 Dresden",
    "email": "stelle@land.example",
    "website": "https://www.land.example/stelle",
}
HOSTILE = (
    "https://fremd.example/",
    "//fremd.example/",
    "javascript:alert(1)",
    '/"><script>alert(1)</script>',
    "/aktuelles/\r\nBcc: alle@muster.example",
    "/aktuelles/\x00",
    "/admin/",
    "/admin/auth/user/1/change/",
    "/jury/",
    "/vorschau/geheim/",
    "/konto/anmelden/",
    "/flaechen/stand/geheim/",
    "/gibt/es/../nicht/?",
    "/" + "a/" * 500,
    "keine Adresse",
)


@pytest.fixture(autouse=True)
def _nobody_has_reported_yet():
    cache.clear()


def report(client, **values):
    return client.post(FORM, {"page": "/aktuelles/", "message": "Zu wenig Kontrast.", "name": "", "email": ""} | values)


# --- of which page


def footer_link(response):
    page = ParsedPage(response)
    return page.one("a", inside=page.one("nav", css="footer-pages"), rel="nofollow").attrs["href"]


def test_every_page_names_itself_in_its_footer(client):
    article = make_article(slug="beitrag")
    for path in ("/", "/kontakt/", "/termine/?art=konferenz", article.get_absolute_url()):
        assert footer_link(client.get(path)) == f"{FORM}?seite={path.partition('?')[0]}"


def test_pages_that_are_not_there_or_not_everybody_s_name_nothing(editor_client):
    client, draft = Client(), make_draft(slug="geheim")
    for path in ("/gibt-es-nicht/", draft.get_absolute_url(), "/flaechen/stand/geheim/", "/konto/anmelden/"):
        assert footer_link(client.get(path)) == FORM
    assert footer_link(editor_client.get(f"/admin/news/article/{draft.pk}/vorschau/")) == FORM


def test_the_form_names_the_page_by_its_title(client):
    article = make_article(title="Das Werk & der Fluss", slug="werk")
    page = fetch(client, f"{FORM}?seite={article.get_absolute_url()}")
    assert "Es geht um die Seite „Das Werk & der Fluss“." in page.one("main").text
    assert page.one("input", name="page").attrs["value"] == article.get_absolute_url()
    assert "Es geht um die Seite /termine/." in fetch(client, f"{FORM}?seite=/termine/").one("main").text


def test_the_form_names_no_draft(client):
    draft = make_draft(title="Geheimer Titel", slug="entwurf")
    assert "Geheimer Titel" not in fetch(client, f"{FORM}?seite={draft.get_absolute_url()}").html


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_ignored(client, value):
    assert own_path(value) == ""
    page = ParsedPage(client.get(FORM, {"seite": value}))
    assert page.one("input", name="page").attrs.get("value", "") == ""
    assert "Bitte nennen Sie auch die Seite" in page.one("main").text
    assert "fremd.example" not in page.html
    assert "alert(1)" not in page.html
    assert report(client, page=value).status_code == 302
    assert BarrierReport.objects.get().path == ""


# --- reporting


def test_a_report_is_stored_and_mailed_to_whoever_answers_for_accessibility(client, django_capture_on_commit_callbacks):
    make_office()
    make_page(slug="barrierefreiheit", part="barriers", contact=make_contact(role="Technik", email="t@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        response = report(client, name="Paula Muster", email="paula@muster.example")
    assert (response.status_code, response["Location"]) == (302, THANKS)
    stored = BarrierReport.objects.get()
    assert (stored.path, stored.message, stored.name) == ("/aktuelles/", "Zu wenig Kontrast.", "Paula Muster")
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["t@example.org"], ["paula@muster.example"])
    assert sent.subject == "Barriere gemeldet: /aktuelles/"
    assert "https://portal.example/aktuelles/" in sent.body
    assert fetch(client, THANKS).one("h1").text == "Ihre Meldung ist angekommen"


def test_nobody_must_say_who_they_are(client, django_capture_on_commit_callbacks):
    make_office()
    with django_capture_on_commit_callbacks(execute=True):
        assert report(client).status_code == 302
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["info@example.org"], [])
    assert "Es ist keine E-Mail-Adresse genannt" in sent.body


def test_a_mistake_keeps_page_and_words(client):
    response = report(client, email="paula")
    ((text, links),) = errors_of(response)
    assert "Sie sieht aus wie name@beispiel.de." in text
    assert links == ["#id_email"]
    typed = typed_in(response)
    assert (typed["page"], typed["message"]) == ("/aktuelles/", "Zu wenig Kontrast.")
    assert errors_of(report(client, message=""))[0][1] == ["#id_message"]
    assert not BarrierReport.objects.exists()


def test_an_expired_form_gives_back_what_was_typed():
    response = report(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert typed_in(response)["message"] == "Zu wenig Kontrast."
    assert "Es geht um die Seite /aktuelles/." in ParsedPage(response).one("main").text


def test_programs_are_thanked_and_the_same_report_is_stored_once(client):
    report(client, webseite="x")
    assert not BarrierReport.objects.exists()
    report(client), report(client)
    assert BarrierReport.objects.count() == 1


def test_an_editor_sees_reports_on_today(client, editor_client):
    report(client)
    assert "Gemeldete Barrieren 1" in ParsedPage(editor_client.get("/admin/")).texts("h2")


# --- the enforcement body


def test_the_statement_names_the_enforcement_body_of_the_land(client, settings):
    settings.ENFORCEMENT_BODY = BODY
    make_page(slug="barrierefreiheit", part="barriers")
    page = fetch(client, "/barrierefreiheit/")
    part = page.one("section", css="page-part")
    assert BODY["name"] in page.one("address", inside=part).text
    assert BODY["address"] in page.one("address", inside=part).text
    assert page.links(inside=part) == [FORM, "mailto:stelle@land.example", "https://www.land.example/stelle"]


def test_until_it_is_set_the_page_says_so_and_today_reminds_administrators_only(client, settings):
    make_page(slug="barrierefreiheit", part="barriers")
    assert "noch nicht eingetragen" in fetch(client, "/barrierefreiheit/").one("section", css="page-part").text
    administrator = User.objects.create_user("anna", password="geheim-genug-123", is_staff=True)
    administrator.groups.add(Group.objects.get(name=ADMINISTRATORS))

    def panels(user):
        browser = Client()
        browser.force_login(user)
        return " ".join(ParsedPage(browser.get("/admin/")).texts("h2"))

    assert "Durchsetzungsstelle nicht eingetragen" in panels(administrator)
    assert "Durchsetzungsstelle" not in panels(make_editor("redaktion"))
    settings.ENFORCEMENT_BODY = BODY
    assert "Durchsetzungsstelle" not in panels(administrator)
