"""An editor who knows no Django writes an article: from the log-in to the copy of the published page."""

import contextlib
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from news.models import Article
from publishing.models import Image
from tests.factories import make_article, make_draft, make_image, make_rubric, make_scheduled, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name):
    """A button that saves: waits for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def press_until_closed(window, target):
    # It may be gone before the click is reported; one that stays open ends the wait with an error.
    with window.expect_event("close"), contextlib.suppress(PlaywrightError):
        target.click()


def message(page):
    return " ".join(page.locator(".messagelist li").all_inner_texts())


def text_field(page):
    return page.locator(".field-body .ProseMirror[contenteditable]")


def tool(page, name):
    return page.locator(".prose-menubar").get_by_role("button", name=name, exact=True)


def test_an_editor_logs_in_and_sees_what_is_due_today(open_page, editor):
    make_draft(title="Noch nicht fertig")
    make_scheduled(title="Kommt morgen heraus")
    make_article(title="Endet übermorgen", publish_until=timezone.now() + timedelta(days=2))
    make_article(title="Einfach öffentlich")
    make_image(alternative_text="", caption="Bild vom Richtfest")
    page = open_page()
    page.goto("/admin/")
    page.get_by_label("Benutzername").fill(editor.username)
    page.get_by_label("Passwort").fill("falsch-geraten")
    press(page, "Anmelden")
    assert "Name und Passwort passen nicht zusammen." in page.get_by_role("alert").inner_text()
    page.get_by_label("Passwort").fill("geheim-genug-123")
    press(page, "Anmelden")
    assert page.get_by_role("heading", level=1).inner_text() == "Heute"
    panels = {
        panel.locator("h2").inner_text().split("\n")[0].strip(): panel.locator("a").all_inner_texts()
        for panel in page.locator(".today-panel").all()
    }
    assert {re.sub(r"\s*\d+$", "", title): tasks for title, tasks in panels.items()} == {
        "Beiträge: Entwürfe": ["Noch nicht fertig"],
        "Beiträge: geplant": ["Kommt morgen heraus"],
        "Beiträge: enden bald": ["Endet übermorgen"],
        "Bilder ohne Alternativtext": ["Bild vom Richtfest"],
    }
    page.get_by_role("link", name="Noch nicht fertig").click()
    assert page.locator("#id_title").input_value() == "Noch nicht fertig"


def test_what_is_typed_into_the_text_is_stored_as_clean_html(editor_page):
    page = editor_page
    page.goto("/admin/news/article/add/")
    page.locator("#id_title").fill("Neues Kraftwerk")
    text_field(page).click()
    page.keyboard.type("Zwei Worte und ")
    page.keyboard.press("Control+b")
    page.keyboard.type("fett")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.locator(".prose-menubar__selected").click()
    tool(page, "Zwischentitel").click()
    page.keyboard.type("Kraftwerk am Fluss")
    page.keyboard.press("Enter")
    tool(page, "Liste mit Punkten").click()
    page.keyboard.type("erster Punkt")
    page.keyboard.press("Enter")
    page.keyboard.type("zweiter Punkt")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    tool(page, "Tabelle einfügen").click()
    assert page.get_by_label("Inklusive Kopfzeile").locator("option").all_inner_texts() == ["Ja", "Nein"]
    page.get_by_label("Inklusive Kopfzeile").select_option("Ja")
    page.locator("dialog").get_by_role("button", name="Tabelle einfügen").click()
    text_field(page).locator("th").first.click()
    page.keyboard.type("Zelle")
    text_field(page).get_by_text("zweiter Punkt").dblclick(position={"x": 10, "y": 8})
    tool(page, "Link setzen").click()
    page.get_by_label("URL").fill("https://www.example.org/mehr")
    page.get_by_role("button", name="Aktualisieren").click()
    text_field(page).locator("a").wait_for()
    press(page, "Entwurf speichern")
    body = Article.objects.get().body
    assert body.startswith("<p>Zwei Worte und <strong>fett</strong></p><h2>Kraftwerk am Fluss</h2>")
    assert '<ul><li><p>erster Punkt</p></li><li><p><a href="https://www.example.org/mehr"' in body
    assert "<table><tbody><tr><th><p>Zelle</p></th>" in body
    assert "\xa0" not in body
    assert "&nbsp;" not in body


def test_a_picture_is_chosen_by_eye_and_a_new_one_is_uploaded_from_within_the_form(editor_page):
    chosen = make_image(alternative_text="Kran über der Halle")
    make_image(alternative_text="Ein anderes Bild")
    page = editor_page
    page.goto("/admin/news/article/add/")
    page.locator("#id_title").fill("Richtfest")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Bild wählen").click()
    wall = opened.value
    expect(wall.locator("#result_list .thumbnail")).to_have_count(2)
    press_until_closed(wall, wall.locator(".field-text_label a", has_text="Kran über der Halle"))
    thumbnail = page.locator(".form-row.field-image .image-chooser-thumbnail")
    thumbnail.wait_for()
    assert thumbnail.get_attribute("src") == chosen.thumbnail_url
    assert page.locator(".form-row.field-image .image-chooser-label").inner_text() == "Kran über der Halle"

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Neues Bild hochladen").click()
    upload = opened.value
    picture = picture_file(name="richtfest.png")
    upload.locator("#id_original").set_input_files(
        {"name": picture.name, "mimeType": "image/png", "buffer": picture.read()}
    )
    upload.locator("#id_alternative_text").fill("Der Richtkranz wird hochgezogen")
    upload.locator("#id_credit").fill("Foto: Erika Beispiel")
    press_until_closed(upload, upload.get_by_role("button", name="Speichern"))
    page.get_by_text("Der Richtkranz wird hochgezogen").wait_for()
    new = Image.objects.get(alternative_text="Der Richtkranz wird hochgezogen")
    assert page.locator("#id_image").input_value() == str(new.pk)
    press(page, "Entwurf speichern")
    assert Article.objects.get().image == new

    page.get_by_role("button", name="Bild entfernen").first.click()
    assert page.locator("#id_image").input_value() == ""
    press(page, "Entwurf speichern")
    assert Article.objects.get().image is None


def test_from_a_draft_to_the_public_page_and_back(editor_page, open_page):
    make_rubric(name="Energie")
    page = editor_page
    page.goto("/admin/news/article/add/")
    page.locator("#id_title").fill("Wasserstoff für die Region")
    press(page, "Entwurf speichern")
    assert page.locator(".publication-box .state").inner_text() == "Entwurf"
    assert page.locator(".missing li").all_inner_texts() == ["der Vorspann", "der Text", "die Rubrik"]

    press(page, "Veröffentlichen")
    assert "Vor der Veröffentlichung fehlt noch: der Vorspann, der Text, die Rubrik." in page.content()
    assert page.locator(".publication-box .state").inner_text() == "Entwurf"
    assert not Article.objects.get().released

    page.locator("#id_teaser").fill("Ein Netz aus Leitungen entsteht.")
    text_field(page).click()
    page.keyboard.type("Die Leitung ist fertig.")
    page.locator("#id_rubric").select_option(label="Energie")
    press(page, "Speichern und Vorschau")
    bar = page.get_by_role("complementary", name="Vorschau")
    assert bar.inner_text().startswith("Vorschau – Entwurf.")
    assert page.get_by_role("heading", level=1).inner_text() == "Wasserstoff für die Region"
    bar.get_by_role("link", name="Weiter bearbeiten").click()

    press(page, "Vorschau-Link erstellen")
    link = page.locator(".messagelist a").get_attribute("href")
    reader = open_page()
    path = "/" + link.split("/", 3)[3]
    assert path.startswith("/vorschau/")
    response = reader.goto(path)
    assert response.headers["cache-control"] == "no-store, private"
    assert reader.get_by_text("Die Leitung ist fertig.").is_visible()
    assert reader.get_by_role("link", name="Weiter bearbeiten").count() == 0

    address = Article.objects.get().get_absolute_url()
    reader.watch.expect_status(404, 410)
    assert reader.goto(address).status == 404

    press(page, "Veröffentlichen")
    assert message(page) == "„Wasserstoff für die Region“ ist öffentlich: Seite ansehen"
    assert page.locator(".publication-box .state").inner_text() == "öffentlich"
    assert reader.goto(address).status == 200
    reader.goto("/aktuelles/")
    assert reader.get_by_role("link", name="Wasserstoff für die Region").is_visible()

    page.get_by_text("Korrektur", exact=True).click()
    page.locator("#id_correction").fill("Die Leitung ist 30 Kilometer lang, nicht 20.")
    press(page, "Speichern")
    reader.goto(address)
    assert "30 Kilometer lang" in reader.get_by_role("complementary", name="Korrektur").inner_text()

    press(page, "Kopieren")
    assert page.locator("#id_title").input_value() == "Kopie von Wasserstoff für die Region"
    assert page.locator(".publication-box .state").inner_text() == "Entwurf"

    page.goto(f"/admin/news/article/{Article.objects.get(released=True).pk}/change/")
    press(page, "Zurückziehen")
    assert page.locator(".publication-box .state").inner_text() == "zurückgezogen"
    assert reader.goto(address).status == 410

    page.get_by_role("link", name="Löschen").click()
    press(page, "Ja, ich bin sicher")
    assert reader.goto(address).status == 410
    assert Article.objects.get().title.startswith("Kopie von")


def test_an_article_is_planned_for_tomorrow_and_nobody_sees_it_today(editor_page, open_page):
    draft = make_draft(title="Morgen mehr wissen", rubric=make_rubric())
    page = editor_page
    page.goto(f"/admin/news/article/{draft.pk}/change/")
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.locator("#id_publish_from_0").fill(f"{tomorrow:%d.%m.%Y}")
    page.locator("#id_publish_from_1").fill("09:30")
    press(page, "Veröffentlichen")
    assert message(page) == f"„Morgen mehr wissen“ erscheint am {tomorrow:%d.%m.%Y}, 09:30 Uhr."
    assert page.locator(".publication-box .state").inner_text() == "geplant"
    visitor = open_page()
    visitor.watch.expect_status(404)
    assert visitor.goto(draft.get_absolute_url()).status == 404


def test_leaving_a_changed_form_asks_first_and_a_saved_one_does_not(editor_page):
    draft = make_draft(title="Ungespeichert", rubric=make_rubric())
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page = editor_page
    page.on("dialog", stay)
    page.goto(f"/admin/news/article/{draft.pk}/change/")
    page.get_by_role("link", name="Beiträge").click()
    page.wait_for_url("**/admin/news/article/")
    assert asked == []

    page.goto(f"/admin/news/article/{draft.pk}/change/")
    text_field(page).click()
    page.keyboard.type("Wichtige neue Worte. ")
    for leave in (
        page.get_by_role("link", name="Beiträge"),
        page.get_by_role("button", name="Kopieren"),
        page.get_by_role("button", name="Vorschau-Link erstellen"),
    ):
        before = len(asked)
        leave.click(no_wait_after=True)
        page.wait_for_timeout(150)
        assert asked[before:] == ["beforeunload"]
    assert "Wichtige neue Worte." in text_field(page).inner_text()
    press(page, "Entwurf speichern")
    page.get_by_role("link", name="Beiträge").click()
    page.wait_for_url("**/admin/news/article/")
    assert asked == ["beforeunload"] * 3
    assert "Wichtige neue Worte." in Article.objects.get().body

    # Ticking a row of the list is no text that could be lost.
    page.locator("#result_list input[type=checkbox]").last.check()
    page.goto("/admin/")
    assert asked == ["beforeunload"] * 3
