"""Galleries in a real browser: the viewer by keyboard, the way without scripts, reach."""

import pytest
from playwright.sync_api import expect

from pages.models import PhotoReport
from tests.browser.reach import faults
from tests.factories import make_image, picture_file
from tests.pages.factories import make_gallery, make_partner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(live_server):
    images = [make_image(alternative_text=f"Bild {one}", caption=f"Unterschrift {one}") for one in (1, 2, 3)]
    return make_gallery(*images, title="Im Dom", slug="dom")


def test_the_viewer_goes_by_keyboard_and_gives_the_focus_back(open_page, gallery):
    page = open_page()
    page.goto("/galerien/dom/")
    page.get_by_role("link", name="Foto 2 groß ansehen").focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Fotos groß")
    status = viewer.get_by_role("status")
    assert status.inner_text() == "Foto 2 von 3"
    page.keyboard.press("ArrowRight")
    assert status.inner_text() == "Foto 3 von 3"
    assert viewer.get_by_role("img").get_attribute("alt") == "Bild 3"
    assert "Unterschrift 3" in viewer.inner_text()
    page.keyboard.press("ArrowRight")
    assert status.inner_text() == "Foto 1 von 3"
    page.keyboard.press("ArrowLeft")
    assert viewer.get_by_role("link", name="Foto melden").get_attribute("href") == "/galerien/dom/3/melden/"
    page.keyboard.press("Escape")
    assert not viewer.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/galerien/dom/3/"
    assert page.url.endswith("/galerien/dom/")


def test_the_viewer_has_labelled_buttons(open_page, gallery):
    page = open_page()
    page.goto("/galerien/dom/")
    page.get_by_role("link", name="Foto 1 groß ansehen").click()
    page.get_by_role("button", name="Nächstes Foto").click()
    page.get_by_role("button", name="Voriges Foto").click()
    assert page.get_by_role("status").inner_text() == "Foto 1 von 3"
    page.get_by_role("button", name="Schließen").click()
    assert not page.get_by_role("dialog").is_visible()


def test_without_scripts_a_photo_is_reported_from_its_own_page(open_page, gallery):
    page = open_page(java_script_enabled=False)
    page.goto("/galerien/dom/")
    page.get_by_role("link", name="Foto 1 groß ansehen").click()
    page.get_by_role("link", name="Nächstes Foto").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Foto 2 von 3"
    page.get_by_role("link", name="Foto melden").click()
    page.get_by_label("Warum melden Sie dieses Foto?").select_option("Rechte verletzt")
    page.get_by_role("button", name="Foto melden").click()
    page.wait_for_url("**/danke/")
    assert PhotoReport.objects.get().reason == "rights"
    page.get_by_role("link", name="Zurück zur Galerie").click()
    expect(page.get_by_role("link", name="groß ansehen")).to_have_count(2)


def test_every_page_reaches_everybody_in_every_state(open_page, gallery):
    make_partner(name="Deutsches Biomasseforschungszentrum", website="https://partner.example/", is_example=True)
    page = open_page()
    found = []
    for path in ("/galerien/", "/galerien/dom/", "/galerien/dom/2/", "/galerien/dom/2/melden/", "/partner/"):
        page.goto(path)
        found += faults(page)
    page.goto("/galerien/dom/2/melden/")
    page.get_by_role("button", name="Foto melden").click()
    expect(page.locator(".error-summary a")).to_have_count(1)
    found += faults(page)
    page.goto("/galerien/dom/")
    page.get_by_role("link", name="Foto 1 groß ansehen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    assert found == []


@pytest.mark.parametrize("size", [(400, 1200), (1600, 900)])
def test_a_photo_on_its_way_keeps_its_place_free(open_page, live_server, size):
    make_gallery(make_image(original=picture_file(*size)), title="Im Dom", slug="dom")
    page, held = open_page(), []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto("/galerien/dom/1/", wait_until="commit")
    photo, below = page.locator(".photo-large img"), page.get_by_role("link", name="Alle Fotos")
    page.wait_for_function("document.readyState === 'interactive'")
    before = [one.bounding_box() for one in (photo, below)]
    for one in held:
        one.continue_()
    page.wait_for_load_state()
    assert photo.evaluate("(one) => one.naturalWidth") > 0
    assert [one.bounding_box() for one in (photo, below)] == before
    assert before[0]["height"] <= 0.8 * 900
