"""When demo data may be loaded: into an empty portal, completely or not at all."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from competition.models.papers import papers_storage
from demo import jury as demo_jury
from demo import loader, pictures
from news.models import Article, Rubric
from publishing.models import Image, SiteVersion
from publishing.rich_text import plain_text
from tests.competition.factories import make_edition
from tests.demo.tiny_pictures import tiny_pictures
from tests.factories import make_article

pytestmark = pytest.mark.django_db
FEW, LONG = 5, ("news", "events", "iq_editions", "properties", "networks", "studies", "partners")


@pytest.fixture
def quick_pictures(monkeypatch):
    monkeypatch.setattr(pictures, "draw_all", tiny_pictures)


@pytest.fixture(autouse=True)
def _few_entries(monkeypatch):
    """All of them are loaded in test_loader.py; here a handful will do."""
    read = loader._read
    monkeypatch.setattr(loader, "_read", lambda name: read(name)[:FEW] if name in LONG else read(name))


@pytest.mark.parametrize(
    "make",
    [make_article, make_edition, lambda: User.objects.create_user("chefin")],
    ids=["article", "edition", "account"],
)
def test_nothing_is_loaded_beside_anything_of_the_operators(quick_pictures, make):
    make()
    with pytest.raises(CommandError):
        call_command("load_demo", verbosity=0)
    assert not Image.objects.exists()


def test_a_load_that_fails_leaves_nothing_behind(quick_pictures, monkeypatch):
    def fail():
        raise RuntimeError("broken off")

    monkeypatch.setattr(loader, "_feature_newest", fail)
    with pytest.raises(RuntimeError):
        loader.load(show_progress=False)
    assert loader.is_empty()
    assert not Image.objects.exists()
    assert not Rubric.objects.exists()


def test_a_load_that_fails_at_its_end_leaves_no_paper_behind(quick_pictures, monkeypatch):
    written = []
    store = papers_storage().save

    def save(name, content, **values):
        written.append(store(name, content, **values))
        return written[-1]

    def fail(*args):
        raise RuntimeError("broken off")

    monkeypatch.setattr(papers_storage(), "save", save)
    monkeypatch.setattr(demo_jury, "_let_work", fail)
    with pytest.raises(RuntimeError):
        loader.load(show_progress=False)
    assert len(written) == 21
    assert [name for name in written if papers_storage().exists(name)] == []
    assert loader.is_empty()


def changed(monkeypatch, change):
    """The loader reads its content as it is, but for one entry."""
    read = loader._read

    def read_changed(name):
        entries = read(name)
        if name == "news":
            change(entries[0])
        return entries

    monkeypatch.setattr(loader, "_read", read_changed)


def test_content_an_editor_could_not_publish_is_refused(quick_pictures, monkeypatch):
    changed(monkeypatch, lambda entry: entry.update(lead_de=""))
    with pytest.raises(ValidationError, match="Vor der Veröffentlichung fehlt noch: der Vorspann"):
        loader.load(show_progress=False)
    assert loader.is_empty()


def test_a_dummy_address_loses_its_link_and_keeps_its_words(quick_pictures, monkeypatch):
    link = {"kind": "info", "label": "Beispiel", "url": "/beispiel/mehr"}
    body = '<p>Mehr <a href="/beispiel/a">dazu</a> und <a href="https://www.example.org/">dort</a>.</p>'
    changed(monkeypatch, lambda entry: entry.update(body_html=body, links=[link]))
    loader.load(show_progress=False)
    article = Article.objects.get(slug=loader._read("news")[0]["slug"])
    assert plain_text(article.body) == "Mehr dazu und dort."
    assert "beispiel" not in article.body
    assert article.body.count("<a ") == 1
    assert not article.links.exists()


def test_loading_changes_the_site_version(quick_pictures):
    before = list(SiteVersion.objects.values_list("token", flat=True))
    loader.load(show_progress=False)
    assert list(SiteVersion.objects.values_list("token", flat=True)) != before


def test_an_operator_who_loads_into_production_is_warned(quick_pictures, settings):
    settings.IN_PRODUCTION = True
    err = io.StringIO()
    call_command("load_demo", stdout=io.StringIO(), stderr=err, verbosity=0)
    assert "Delete them before opening it." in err.getvalue()
