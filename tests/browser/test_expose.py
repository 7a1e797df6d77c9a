"""Exposé, enquiry and confirmation in a real browser: reach, what is printed, and a form that is sent."""

import io
import re

import pytest
from PIL import Image as Pillow
from PIL import ImageChops
from playwright.sync_api import expect

from properties.confirmation import make_link
from properties.models import Enquiry, Land
from tests.browser.reach import faults
from tests.properties.factories import make_full_hall, make_full_land

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def land(live_server):
    return make_full_land(title="Industriepark Nord", confirmed_days_ago=200, availability="reserved")


def test_the_forms_reach_everybody_with_and_without_mistakes(open_page, land):
    page = open_page()
    found = []
    for path, button in (
        (f"{land.get_absolute_url()}anfrage/", "Anfrage senden"),
        (make_link(land), "Änderung melden"),
    ):
        page.goto(path)
        found += faults(page)
        page.get_by_role("button", name=button).click()
        page.locator(".error-summary a").first.wait_for()
        found += faults(page)
    assert found == []


def test_an_enquiry_is_sent_by_keyboard_and_without_scripts(open_page, land):
    page = open_page(java_script_enabled=False)
    page.goto(land.get_absolute_url())
    page.get_by_role("link", name="Anfrage stellen").click()
    page.get_by_label("Ihr Name").press_sequentially("Paula Muster")
    for words in ("Muster GmbH", "paula@muster.example", "", "Ist sie noch zu haben?"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/danke/")
    enquiry = Enquiry.objects.get()
    assert (enquiry.email, enquiry.message) == ("paula@muster.example", "Ist sie noch zu haben?")


def test_a_provider_confirms_with_one_press(open_page, land):
    page = open_page()
    page.goto(make_link(land))
    page.get_by_role("button", name="Stimmt noch").click()
    page.get_by_role("heading", name="ist bestätigt").wait_for()
    assert not Land.objects.get().is_doubtful


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_the_print_fits_two_pages(open_page, live_server, maker):
    listing = maker(body="<p>Ein Absatz über die Lage und die Nachbarn des Grundstücks.</p>" * 4)
    page = open_page()
    page.goto(listing.get_absolute_url())
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2


def test_the_print_shows_the_code_and_the_address_and_no_button(open_page, land):
    page = open_page()
    page.goto(land.get_absolute_url())
    assert not page.locator(".expose-print-foot").is_visible()
    page.emulate_media(media="print")
    code = page.get_by_alt_text("QR-Code zu dieser Seite")
    code.scroll_into_view_if_needed()
    expect(code).to_have_js_property("complete", True)
    drawn = Pillow.open(io.BytesIO(code.screenshot())).convert("L")
    assert ImageChops.invert(drawn).getbbox() is not None
    assert page.locator(".expose-print-foot").inner_text().count(land.get_absolute_url()) == 1
    assert not page.get_by_role("link", name="Anfrage stellen").is_visible()
