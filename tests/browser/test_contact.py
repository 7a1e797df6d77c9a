"""The two forms of the contact page, in a real browser: with every mistake, by keyboard alone, without scripts."""

import pytest

from pages.models import BarrierReport, ContactMessage
from tests.browser.reach import faults
from tests.factories import make_contact
from tests.pages.factories import make_office, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORMS = ("/kontakt/nachricht/", "/kontakt/barriere/?seite=/kontakt/")


@pytest.fixture
def office(live_server):
    make_contact(role="Flächenpool", email="flaechen@example.org", topics="Flächen\nHallen")
    make_page(title="Barrierefreiheit", slug="barrierefreiheit", part="barriers")
    return make_office()


def test_the_forms_reach_everybody_with_and_without_mistakes(open_page, office):
    page = open_page()
    found = []
    for address in FORMS:
        page.goto(address)
        found += faults(page)
        page.locator("form.form-fields button").click()
        page.get_by_role("alert").wait_for()
        found += faults(page)
    assert found == []


def test_a_message_is_written_by_keyboard_alone_and_without_scripts(open_page, office):
    page = open_page(java_script_enabled=False)
    page.goto("/kontakt/")
    page.get_by_role("link", name="Nachricht schreiben zum Thema Flächen").press("Enter")
    assert page.get_by_label("Worum geht es?").input_value() == "Flächen"
    page.get_by_label("Ihr Name").focus()
    page.keyboard.type("Paula Muster")
    page.keyboard.press("Tab")
    page.keyboard.type("paula@muster")
    page.keyboard.press("Tab")
    page.keyboard.type("Gibt es noch etwas?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="E-Mail: Diese E-Mail-Adresse ist nicht vollständig").press("Enter")
    assert page.url.endswith("#id_email")
    page.get_by_label("E-Mail", exact=True).fill("paula@muster.example")
    page.get_by_role("button", name="Nachricht senden").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Ihre Nachricht ist angekommen"
    message = ContactMessage.objects.get()
    assert (message.topic, message.email, message.contact.role) == ("Flächen", "paula@muster.example", "Flächenpool")


def test_the_footer_leads_to_a_form_that_knows_the_page(open_page, office):
    page = open_page()
    page.goto("/barrierefreiheit/")
    page.get_by_role("contentinfo").get_by_role("link", name="Barriere melden").click()
    assert "Es geht um die Seite „Barrierefreiheit“." in page.locator("main").inner_text()
    page.get_by_label("Was können Sie nicht lesen").fill("Der Kontrast.")
    page.get_by_role("button", name="Barriere melden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ihre Meldung ist angekommen"
    assert BarrierReport.objects.get().path == "/barrierefreiheit/"
