"""„So geht’s“ fits the portal: each word it quotes stands on the page it names."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.defaultfilters import striptags
from PIL import Image as Pillow

from emmd.guide import PICTURE_SIZE, TASKS
from tests.emmd.guide_scene import make_guide_scene
from tests.module_rows import kept_for_the_module
from tests.properties.factories import make_district_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
QUOTED = re.compile(r"„([^“]+)“")
LARGEST_PICTURE = 40_000
PICTURES = [step.picture for task in TASKS for step in task.steps if step.picture]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        yield make_guide_scene()


@pytest.fixture
def office(client, scene):
    client.force_login(scene[0])
    return client


def words_on(page):
    """What somebody can read on it: also on buttons and in front of fields."""
    without_code = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    attributes = re.findall(r'(?:value|aria-label|title|alt)="([^"]*)"', without_code)
    return " ".join(unescape(" ".join([striptags(without_code), *attributes])).split())


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.slug)
def test_what_a_step_quotes_stands_on_its_page(office, scene, task):
    address_of, pages, missing = scene[1], {}, []
    for step in task.steps:
        if step.page not in pages:
            response = office.get(address_of(step.page))
            assert response.status_code == 200, step.page
            pages[step.page] = words_on(response.content.decode())
        missing += [(step.page, word) for word in QUOTED.findall(step.text) if word not in pages[step.page]]
    assert missing == []


def test_every_task_says_how_and_most_show_it():
    assert len({task.slug for task in TASKS}) == len(TASKS) == 12
    assert all(QUOTED.search(step.text) for task in TASKS for step in task.steps[:1])
    assert 8 <= len(PICTURES) <= 12


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_a_picture_is_small_and_as_large_as_its_place(picture):
    path = finders.find(picture.file)
    assert path, "UPDATE_GUIDE=1 pytest tests/browser/test_guide_pictures.py takes it"
    with Pillow.open(path) as opened:
        assert (opened.format, opened.size) == ("WEBP", PICTURE_SIZE)
    with open(path, "rb") as file:
        assert len(file.read()) <= LARGEST_PICTURE
    assert len(picture.text) > 20


def test_the_guide_leads_to_every_task_and_is_found_from_everywhere(office):
    for address in ("/admin/", "/admin/news/article/"):
        assert 'href="/admin/so-gehts/"' in office.get(address).content.decode()
    page = office.get("/admin/so-gehts/").content.decode()
    for task in TASKS:
        assert f'href="/admin/so-gehts/{task.slug}/"' in page
        shown = office.get(f"/admin/so-gehts/{task.slug}/").content.decode()
        assert shown.count("<h1") == 1
        assert unescape(shown).count(task.steps[0].text) == 1


def test_a_task_somebody_may_not_do_is_not_explained_to_them(client, editor):
    client.force_login(editor)
    assert client.get("/admin/so-gehts/meldung-schreiben/").status_code == 200
    client.force_login(make_district_user("landkreis-leipzig"))
    assert client.get("/admin/so-gehts/meldung-schreiben/").status_code == 404
    shown = re.findall(r"/admin/so-gehts/([a-z-]+)/", client.get("/admin/so-gehts/").content.decode())
    assert set(shown) == {"flaeche-bestaetigen", "anfragen-beantworten", "bild-hochladen"} & set(shown)
    assert "flaeche-bestaetigen" in shown


def test_the_guide_is_for_those_who_work_here(client):
    assert client.get("/admin/so-gehts/").status_code == 302
    assert client.get(f"{settings.ADMIN_AREA}so-gehts/gibt-es-nicht/").status_code == 302


def test_nobody_changes_it_and_an_unknown_task_is_not_found(office):
    assert office.post("/admin/so-gehts/").status_code == 405
    assert office.get("/admin/so-gehts/gibt-es-nicht/").status_code == 404
