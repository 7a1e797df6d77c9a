"""Pictures and documents as editors handle them."""

import pytest
from playwright.sync_api import expect

from news.models import ArticleImage
from publishing.models import Document, Image
from tests.browser.test_admin_writing import message, press
from tests.factories import make_article, make_document, make_image, make_rubric, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def as_upload(file, kind="image/png"):
    return {"name": file.name, "mimeType": kind, "buffer": file.read()}


def test_a_click_in_the_picture_moves_its_middle(editor_page, open_page):
    image = make_image(original=picture_file(width=400, height=200))
    article = make_article(image=image, rubric=make_rubric())
    page = editor_page
    page.goto(f"/admin/publishing/image/{image.pk}/change/")
    picture = page.locator(".focal-picker img")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.8})
    assert page.locator("#id_focal_x").input_value() == "25"
    assert page.locator("#id_focal_y").input_value() == "80"
    press(page, "Speichern")
    visitor = open_page()
    visitor.goto(article.get_absolute_url())
    shown = visitor.locator(".article-picture img")
    assert shown.get_attribute("class").split()[:2] == ["fx-25", "fy-80"]
    assert shown.evaluate("one => getComputedStyle(one).objectPosition") == "25% 80%"


def test_a_used_picture_says_where_and_cannot_be_deleted(editor_page):
    image = make_image(alternative_text="Kran über der Halle")
    article = make_article(title="Richtfest", image=image)
    ArticleImage.objects.create(article=article, image=image)
    page = editor_page
    page.goto(f"/admin/publishing/image/{image.pk}/change/")
    expected = ["Beitrag: Richtfest (Bild)", "Beitrag: Richtfest (weiteres Bild)"]
    assert page.locator(".used-in li").all_inner_texts() == expected
    page.get_by_role("link", name="Löschen").click()
    expect(page.locator("#content")).to_contain_text("wird noch verwendet und kann deshalb nicht gelöscht werden")
    expect(page.locator(".used-in li")).to_have_text(expected)
    assert page.get_by_role("button", name="Ja, ich bin sicher").count() == 0
    page.get_by_role("link", name="Zurück").click()
    assert page.locator("#id_alternative_text").input_value() == "Kran über der Halle"


def test_a_document_of_a_wrong_kind_is_refused_with_a_sentence(editor_page):
    page = editor_page
    page.goto("/admin/publishing/document/add/")
    page.locator("#id_title").fill("Programm der Tagung")
    page.locator("#id_file").set_input_files(
        {"name": "programm.exe", "mimeType": "application/octet-stream", "buffer": b"MZ..."}
    )
    press(page, "Speichern")
    assert "Dateien dieser Art können nicht angeboten werden." in page.locator(".errorlist").first.inner_text()
    assert page.locator("#id_title").input_value() == "Programm der Tagung"
    page.locator("#id_file").set_input_files(
        {"name": "programm.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n...\n%%EOF\n"}
    )
    press(page, "Speichern")
    document = Document.objects.get()
    assert page.locator(".field-address a").inner_text() == document.get_absolute_url()


def test_a_document_is_found_by_typing_in_the_article(editor_page):
    make_document(title="Studie zur Wasserstoffwirtschaft")
    article = make_article(title="Studie erschienen", rubric=make_rubric())
    page = editor_page
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.get_by_role("button", name="Download hinzufügen").click()
    page.locator("#downloads-0 .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill("Wasserstoff")
    page.locator(".select2-results__option", has_text="Studie zur Wasserstoffwirtschaft").click()
    press(page, "Speichern")
    assert str(article.downloads.get()) == "Studie zur Wasserstoffwirtschaft"


def test_dropped_pictures_are_sent_one_by_one_and_each_says_what_became_of_it(editor_page):
    page = editor_page
    page.goto("/admin/publishing/image/hochladen/")
    page.get_by_label("Bildnachweis").fill("Foto: Erika Beispiel")
    files = [picture_file(name="eins.png").read(), picture_file(name="zwei.png").read()]
    files.append(picture_file(width=400, height=300).read()[:120])
    page.evaluate(
        """(contents) => {
          const carried = new DataTransfer();
          for (const [name, bytes] of contents)
            carried.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
          const form = document.querySelector("[data-upload-many]");
          for (const name of ["dragenter", "dragover", "drop"])
            form.dispatchEvent(new DragEvent(name, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        [[name, list(data)] for name, data in zip(("eins.png", "zwei.png", "kaputt.png"), files, strict=True)],
    )
    status = page.locator("[data-upload-status]")
    assert status.inner_text() == "3 Bilder sind gewählt."
    page.get_by_role("button", name="Hochladen").click()
    page.get_by_text("2 von 3 Bildern übernommen.").wait_for()
    results = page.locator("[data-upload-results] .upload-result").all_inner_texts()
    assert results[:2] == ["übernommen", "übernommen"]
    assert results[2].startswith("nicht übernommen: Das Bild ist beschädigt")
    assert page.locator("[data-upload-results] progress").count() == 0
    assert Image.objects.count() == 2
    page.get_by_role("link", name="Bilder ohne Alternativtext ansehen").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_without_script_many_pictures_are_sent_at_once(open_page, editor):
    page = open_page(editor, java_script_enabled=False)
    page.goto("/admin/publishing/image/hochladen/")
    assert not page.locator("[data-drop-hint]").is_visible()
    good, cut = picture_file(name="eins.png"), picture_file(name="abgeschnitten.png", width=400, height=300)
    broken = {"name": cut.name, "mimeType": "image/png", "buffer": cut.read()[:120]}
    page.get_by_label("Bilder").set_input_files([as_upload(good), broken])
    page.get_by_label("Bildnachweis").fill("Foto: Erika Beispiel")
    press(page, "Hochladen")
    assert Image.objects.count() == 1
    assert "„abgeschnitten.png“ wurde nicht übernommen. Das Bild ist beschädigt oder unvollständig." in message(page)
    assert "Ein Bild ist hochgeladen." in message(page)
