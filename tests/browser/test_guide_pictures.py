"""Takes the pictures of „So geht’s“ (UPDATE_GUIDE=1), or sees that what they show can still be pictured."""

import io
import os

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from demo.drawings import draw
from emmd.guide import PICTURE_SIZE, TASKS
from tests.browser.reach import faults
from tests.emmd.guide_scene import make_guide_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT = PICTURE_SIZE
#: The admin at this width, made smaller: its words stay readable.
SCREEN = (1200, 750)
#: Without a window the browser speaks English: editors see these words.
GERMAN_FILE_FIELDS = """() => {
  for (const field of document.querySelectorAll("input[type=file]")) {
    const button = document.createElement("button");
    button.textContent = field.multiple ? "Dateien auswählen" : "Datei auswählen";
    field.replaceWith(button, " Keine ausgewählt");
  }
}"""
PICTURED = [step for task in TASKS for step in task.steps if step.picture]


def test_every_picture_of_the_guide_can_be_taken(open_page, transactional_db):
    person, address_of = make_guide_scene(_drawn())
    page = open_page(person, viewport={"width": SCREEN[0], "height": SCREEN[1]}, color_scheme="light")
    for step in PICTURED:
        page.goto(address_of(step.page))
        top = page.locator(step.picture.top).first
        assert top.is_visible(), (step.page, step.picture.top)
        if os.environ.get("UPDATE_GUIDE") == "1":
            top.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
            page.evaluate("document.activeElement?.blur()")
            page.evaluate(GERMAN_FILE_FIELDS)
            page.wait_for_load_state("networkidle")
            _keep(page.screenshot(), settings.BASE_DIR / "static" / step.picture.file)


def _drawn():
    if os.environ.get("UPDATE_GUIDE") != "1":
        return None
    buffer = io.BytesIO()
    draw("schiene", 0).save(buffer, "JPEG")
    return ContentFile(buffer.getvalue(), name="bild.jpg")


def _keep(png, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Pillow.open(io.BytesIO(png)).convert("RGB").resize(PICTURE_SIZE, Pillow.Resampling.LANCZOS)
    picture.save(path, "WEBP", quality=62, method=6)


def test_the_guide_reaches_everybody(open_page, transactional_db):
    person, _ = make_guide_scene()
    page = open_page(person)
    for address in ("/admin/so-gehts/", "/admin/so-gehts/bild-hochladen/"):
        page.goto(address)
        assert faults(page) == []
