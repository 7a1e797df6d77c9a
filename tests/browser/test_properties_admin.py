"""An editor who knows no Django keeps a site: writes, previews, releases, corrects and withdraws it; sets its point."""

import re

import pytest

from properties.models import Land
from tests.factories import make_contact
from tests.properties.factories import make_district_user, make_full_land, make_land

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name):
    """A button that saves: waits for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def message(page):
    return " ".join(page.locator(".messagelist li").all_inner_texts())


def point(page):
    return [float(page.locator(f"#id_{name}").input_value().replace(",", ".")) for name in ("latitude", "longitude")]


def test_a_site_from_the_first_word_to_its_withdrawal(editor_page):
    make_contact(role="Wirtschaftsförderung")
    page = editor_page
    page.goto("/admin/properties/land/add/")
    page.get_by_label("Titel", exact=False).first.fill("Gewerbegebiet Nord")
    page.locator("#id_teaser").fill("Zwei Sätze über das Gebiet.")
    page.locator(".field-body .ProseMirror[contenteditable]").click()
    page.keyboard.type("Eben und erschlossen.")
    page.locator("#id_district").select_option(label="Landkreis Leipzig")
    page.locator("#id_town").fill("Borna")
    page.locator("#picker-town").select_option(label="Borna")
    page.get_by_role("button", name="Punkt setzen").click()
    page.locator("#id_area_total").fill("8,6 ha")
    page.locator("#id_area_available").fill("42.500")
    page.locator("#id_for_sale").check()
    page.locator("#id_price_per_m2").fill("26,00")
    press(page, "Entwurf speichern")
    assert page.locator(".missing li").all_inner_texts() == [
        "der Kontakt",
        "der Stand: wann und durch wen die Angaben bestätigt sind",
        "der Stand des Planungsrechts",
    ]
    press(page, "Veröffentlichen")
    assert (
        "Vor der Veröffentlichung fehlt noch: der Kontakt" in page.locator(".errornote, .errorlist").last.inner_text()
    )
    page.locator("#id_plan_status").select_option(label="Bebauungsplan rechtskräftig")
    page.locator(".field-contact .select2-selection").click()
    page.locator(".select2-search__field").fill("Wirtschaft")
    page.locator(".select2-results__option", has_text="Wirtschaftsförderung").click()
    press(page, "Entwurf speichern")
    press(page, "Stand heute bestätigen")
    assert "bestätigt durch: Geschäftsstelle der Metropolregion Mitteldeutschland" in message(page)
    press(page, "Speichern und Vorschau")
    assert page.get_by_role("heading", level=1).inner_text() == "Gewerbegebiet Nord"
    page.go_back()
    press(page, "Veröffentlichen")
    assert "ist öffentlich" in message(page)
    land = Land.objects.get()
    assert (land.area_total, land.area_available, land.is_public) == (86_000, 42_500, True)
    page.locator("#id_price_per_m2").fill("29,50")
    press(page, "Speichern")
    assert page.locator("#id_price_per_m2").input_value() == "29,50"
    press(page, "Zurückziehen")
    assert "ist zurückgezogen" in message(page)
    land.refresh_from_db()
    assert (str(land.price_per_m2), land.released) == ("29.50", False)


def test_a_click_on_the_map_sets_the_point_and_nearer_it_sits_better(editor_page):
    land = make_land(released=False, publish_from=None, latitude=None, longitude=None)
    page = editor_page
    page.goto(f"/admin/properties/land/{land.pk}/change/")
    drawing = page.locator(".point-picker svg")
    town = page.locator(".outline-map-towns g", has_text=re.compile("^Leipzig$")).locator("circle")
    drawing.scroll_into_view_if_needed()
    box = town.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert point(page) == pytest.approx([51.3397, 12.3731], abs=0.01)
    assert "Der Punkt liegt jetzt bei 51,3" in page.locator("[data-picker-status]").inner_text()
    for _ in range(4):
        page.get_by_role("button", name="Näher", exact=True).click()
    box = town.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert point(page) == pytest.approx([51.3397, 12.3731], abs=0.001)
    dot, here = page.locator(".point-picker-dot").bounding_box(), town.bounding_box()
    assert dot["x"] + dot["width"] / 2 == pytest.approx(here["x"] + here["width"] / 2, abs=2)
    press(page, "Entwurf speichern")
    assert point(page) == pytest.approx([51.3397, 12.3731], abs=0.001)


def test_the_point_is_set_without_a_mouse(editor_page):
    land = make_land(released=False, publish_from=None, latitude=None, longitude=None)
    page = editor_page
    page.goto(f"/admin/properties/land/{land.pk}/change/")
    page.locator("#picker-town").focus()
    page.keyboard.type("Leipzig")
    page.keyboard.press("Tab")
    page.keyboard.type("11,119")
    page.keyboard.press("Tab")
    page.keyboard.type("-2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert point(page) == pytest.approx([51.4397, 12.3443], abs=0.001)
    page.locator("#id_latitude").fill("51,1")
    page.locator("#id_longitude").fill("12.5")
    assert page.locator(".point-picker-dot").is_visible()
    page.locator("#picker-north").fill("weit")
    page.get_by_role("button", name="Punkt setzen").click()
    assert "als Zahl" in page.locator("[data-picker-status]").inner_text()
    assert point(page) == [51.1, 12.5]


def test_without_script_the_point_is_typed(open_page, editor):
    land = make_land(released=False, publish_from=None, latitude=None, longitude=None)
    page = open_page(editor, java_script_enabled=False)
    page.goto(f"/admin/properties/land/{land.pk}/change/")
    assert not page.locator(".point-picker svg").is_visible()
    page.locator("#id_latitude").fill("51,3397")
    page.locator("#id_longitude").fill("12,3731")
    page.get_by_role("button", name="Entwurf speichern", exact=True).click()
    land.refresh_from_db()
    assert (land.latitude, land.longitude) == (51.3397, 12.3731)


def test_a_district_submits_and_what_the_office_released_is_closed(open_page, editor):
    land = make_full_land(released=False, publish_from=None, title="Zur Prüfung")
    district = open_page(make_district_user("landkreis-leipzig"))
    district.goto(f"/admin/properties/land/{land.pk}/change/")
    assert district.get_by_role("button", name="Veröffentlichen", exact=True).count() == 0
    press(district, "Zur Freigabe vorlegen")
    assert "liegt der Geschäftsstelle zur Freigabe vor" in message(district)
    office = open_page(editor)
    office.goto("/admin/")
    office.locator(".today-panel", has_text="zur Freigabe vorgelegt").get_by_role("link", name="Zur Prüfung").click()
    press(office, "Veröffentlichen")
    district.goto(f"/admin/properties/land/{land.pk}/change/")
    assert district.locator("#id_title").count() == 0
    district.locator("#id_availability").select_option(label="reserviert")
    press(district, "Speichern")
    land.refresh_from_db()
    assert (land.availability, land.is_public) == ("reserved", True)
    press(district, "Zur Überarbeitung zurückziehen")
    assert district.locator("#id_title").input_value() == "Zur Prüfung"
    district.goto("/admin/")
    assert district.locator(".today-panel h2").all_inner_texts() == []


@pytest.mark.parametrize("width", [768, 1440])
def test_the_form_needs_no_scrolling_sideways(open_page, editor, width):
    land = make_full_land()
    page = open_page(editor, viewport={"width": width, "height": 900})
    page.goto(f"/admin/properties/land/{land.pk}/change/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
