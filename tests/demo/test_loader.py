import io
import json
import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from demo import loader, pictures
from demo.drawings import MOTIFS
from news.models import Article, ArticleLink, PressOffice, Rubric
from publishing.models import Contact, Document, Image
from tests.demo.tiny_pictures import tiny_pictures
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
REAL, EXAMPLES = 30, 3


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The command's output; what it loaded stays for this module."""
    with kept_for_the_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw_all", tiny_pictures)
        out = io.StringIO()
        call_command("load_demo", stdout=out, verbosity=0)
        yield out.getvalue()


def accounts(output):
    return re.findall(r"^  (\S+)\s+(\S+)\s+(\S+)$", output, re.MULTILINE)


# --- What is loaded ------------------------------------------------------------------------------------


def test_real_news_and_marked_examples_are_loaded_in_their_states(loaded):
    real, invented = Article.objects.filter(is_example=False), Article.objects.filter(is_example=True)
    assert (real.count(), invented.count()) == (REAL, EXAMPLES)
    assert {article.state.name for article in real} == {"public"}
    assert {article.slug: article.state.name for article in invented} == {
        "beispiel-beitrag-mit-allen-teilen": "public",
        "beispiel-geplanter-aufruf": "scheduled",
        "beispiel-entwurf": "draft",
    }


def test_an_invented_article_says_so_itself(loaded):
    for article in Article.objects.filter(is_example=True, released=True):
        assert "erfunden" in article.teaser
    assert {contact.is_example for contact in Contact.objects.all()} == {True}


def test_no_dummy_address_is_left(loaded):
    bodies = "".join(Article.objects.values_list("body", flat=True))
    assert "/beispiel/" not in bodies
    assert not ArticleLink.objects.filter(url__contains="/beispiel/").exists()
    assert ArticleLink.objects.count() > REAL / 2


def test_everything_passes_the_checks_an_editor_meets(loaded):
    rows = [*Article.objects.all(), *Rubric.objects.all(), *Contact.objects.all(), *Image.objects.all()]
    rows += [*Document.objects.all(), *ArticleLink.objects.all(), *PressOffice.objects.all()]
    assert len(rows) > 100
    for row in rows:
        row.full_clean()
    for article in Article.objects.filter(released=True):
        assert article.missing_for_publication() == [], article.slug


def test_the_draft_shows_what_is_still_missing(loaded):
    draft = Article.objects.get(slug="beispiel-entwurf")
    assert draft.missing_for_publication() == ["der Vorspann", "die Rubrik"]


def test_one_example_uses_every_part(loaded, client):
    article = Article.objects.get(slug="beispiel-beitrag-mit-allen-teilen")
    assert article.is_press_release
    assert article.release_statement
    assert article.gallery.count() == 3
    assert {link.kind for link in article.links.all()} == {"info", "programme", "registration"}
    page = fetch(client, article.get_absolute_url())
    assert len(page.all("aside", css="correction")) == 1
    assert len(page.all("ul", css="downloads")) == 1
    assert len(page.all("table")) == len(page.all("blockquote")) == 1
    assert page.texts("p", css="contact-role") == ["Presse und Kommunikation"]


def test_every_picture_has_text_and_credit_and_none_is_used_for_two_articles(loaded):
    motifs = json.loads((loader.CONTENT / "motifs.json").read_text())
    assert set(motifs) == set(MOTIFS)
    images = list(Image.objects.all())
    assert {image.alternative_text for image in images} <= set(motifs.values())
    assert {image.credit for image in images} == {"Illustration: Beispielbild des Portals"}
    leads = list(Article.objects.exclude(image=None).values_list("image", flat=True))
    assert len(leads) == len(set(leads)) >= REAL
    assert Image.objects.for_press().count() == len(motifs)


def test_the_newest_article_is_featured_and_every_rubric_has_something(loaded):
    newest = Article.objects.published().newest_first().first()
    assert [one for one in Article.objects.all() if one.is_featured] == [newest]
    assert Rubric.objects.with_public_articles().count() == Rubric.objects.count() == 8


def test_every_page_of_the_loaded_portal_answers_and_all_its_own_links_lead_somewhere(loaded, client):
    pages = ["/", "/aktuelles/", "/aktuelles/?seite=2", "/presse/"]
    pages += [article.get_absolute_url() for article in Article.objects.published()]
    links = {link.partition("#")[0] for path in pages for link in fetch(client, path).links() if link.startswith("/")}
    others = sorted(links - set(pages))
    assert len(others) > 20
    assert [path for path in others if client.get(path).status_code != 200] == []


def test_texts_are_free_of_words_that_age_where_they_are_ours(loaded):
    for article in Article.objects.filter(is_example=True):
        assert article.ageing_words() == [], article.slug


# --- Accounts ------------------------------------------------------------------------------------------


def test_the_passwords_shown_work_and_lead_into_the_right_group(loaded, client):
    assert "https://portal.example/admin/, jurors at https://portal.example/jury/" in loaded
    found = accounts(loaded)
    assert [(purpose, name) for purpose, name, _ in found] == [
        ("Redaktion", "redaktion"),
        ("Administration", "verwaltung"),
        ("Landkreis", "landkreis"),
        ("Clusterjury", "jury-cluster"),
        ("Finaljury", "jury-final"),
    ]
    groups = {}
    for _, name, password in found[:3]:
        user = authenticate(username=name, password=password)
        assert user is not None
        assert (user.is_staff, user.is_superuser) == (True, False)
        groups[name] = [group.name for group in user.groups.all()]
        assert len(password) >= 16
        client.force_login(user)
        assert client.get("/admin/").status_code == 200
    assert len(set(map(tuple, groups.values()))) == 3
    assert len({password for *_, password in found}) == 5


# --- When it may run -----------------------------------------------------------------------------------


def test_a_second_run_refuses_and_changes_nothing(loaded):
    before = (Article.objects.count(), User.objects.count(), Image.objects.count())
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("load_demo", verbosity=0)
    assert (Article.objects.count(), User.objects.count(), Image.objects.count()) == before


def test_if_empty_is_quiet_where_there_is_content(loaded):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_demo", "--if-empty", stdout=out, stderr=err)
    assert (out.getvalue(), err.getvalue()) == ("", "")
