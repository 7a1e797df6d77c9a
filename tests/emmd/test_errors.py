import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connections
from django.test import Client

from emmd.home import Home
from tests.factories import make_withdrawn
from tests.parsed_page import ParsedPage


def raising(error):
    def view(self, *args, **kwargs):
        raise error

    return view


def answer(monkeypatch, error):
    monkeypatch.setattr(Home, "get_context_data", raising(error))
    return Client(raise_request_exception=False).get("/")


def assert_is_a_helpful_page(response, status, heading):
    assert response.status_code == status
    page = ParsedPage(response)
    assert page.faults == []
    assert page.texts("h1") == [heading]
    assert page.one("html").attrs["lang"] == "de"
    assert len(page.all("header", css="masthead")) == 1
    assert len(page.all("footer")) == 1
    ways_out = page.links(inside=page.one("ul", css="way-out"))
    assert page.one("form", css="search-form-error").attrs["action"] == "/suche/"
    assert ways_out[:3] == ["/", "/aktuelles/", "/termine/"]
    assert page.title.startswith(heading)
    assert page.all("link", rel="canonical") == []
    assert page.all("style") == []
    assert page.all("script") == []
    assert response.cookies == {}
    assert "Content-Security-Policy" in response
    return page


@pytest.mark.django_db
def test_an_unknown_address_is_explained(client):
    assert_is_a_helpful_page(client.get("/gibt/es/nicht/"), 404, "Diese Seite gibt es nicht")


@pytest.mark.django_db
def test_a_withdrawn_article_is_explained(client):
    response = client.get(make_withdrawn(title="Geheim").get_absolute_url())
    assert_is_a_helpful_page(response, 410, "Dieser Inhalt wurde zurückgezogen")


@pytest.mark.django_db
def test_a_broken_request_is_explained(monkeypatch):
    response = answer(monkeypatch, SuspiciousOperation("inside"))
    assert_is_a_helpful_page(response, 400, "Diese Anfrage haben wir nicht verstanden")


@pytest.mark.django_db
def test_an_unknown_host_name_gets_the_page_for_broken_requests():
    response = Client(raise_request_exception=False).get("/", headers={"Host": "böse.example"})
    assert response.status_code == 400
    response = Client(raise_request_exception=False).get("/", headers={"Host": "other.example"})
    page = assert_is_a_helpful_page(response, 400, "Diese Anfrage haben wir nicht verstanden")
    assert "other.example" not in page.html


@pytest.mark.django_db
def test_a_forbidden_page_is_explained(monkeypatch):
    page = assert_is_a_helpful_page(answer(monkeypatch, PermissionDenied("inside")), 403, "Das ist hier nicht erlaubt")
    assert "Für diese Seite fehlt Ihnen die Berechtigung." in page.one("main").text
    assert "inside" not in page.html


@pytest.mark.django_db
def test_an_expired_form_tells_how_to_save_what_was_typed():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    page = assert_is_a_helpful_page(response, 403, "Das ist hier nicht erlaubt")
    advice = page.one("main").text
    assert "Das Formular ist abgelaufen oder Ihr Browser hat kein Cookie angenommen." in advice
    assert "Kopieren Sie längere Texte vorher." in advice


@pytest.mark.django_db
def test_a_fault_of_ours_is_admitted_without_showing_it(monkeypatch):
    page = assert_is_a_helpful_page(
        answer(monkeypatch, RuntimeError("inside")), 500, "Bei uns ist etwas schiefgegangen"
    )
    assert "inside" not in page.html


def no_database(*args, **kwargs):
    raise OperationalError("connection refused")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/aktuelles/", "/gibt/es/nicht/", "/aktuelles/atom/", "/admin/"])
def test_the_page_for_our_faults_works_while_the_database_is_down(monkeypatch, path):
    monkeypatch.setattr(type(connections["default"]), "cursor", no_database)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    assert_is_a_helpful_page(client.get(path), 500, "Bei uns ist etwas schiefgegangen")


@pytest.mark.django_db
def test_an_error_page_is_never_kept_as_the_page_of_that_address(monkeypatch):
    with monkeypatch.context() as broken:
        response = answer(broken, RuntimeError("inside"))
    assert response.status_code == 500
    assert "ETag" not in response
    assert Client().get("/").status_code == 200


@pytest.mark.django_db
def test_a_template_that_breaks_does_not_show_half_a_page(monkeypatch):
    monkeypatch.setattr(Home, "template_name", "missing.html")
    response = Client(raise_request_exception=False).get("/")
    assert_is_a_helpful_page(response, 500, "Bei uns ist etwas schiefgegangen")
