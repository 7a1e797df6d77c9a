import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from publishing.models import Redirect
from tests.factories import make_article, make_document, make_draft

pytestmark = pytest.mark.django_db

OUTSIDE = "Die neue Adresse liegt in diesem Portal und beginnt mit genau einem Schrägstrich."


def test_an_old_address_leads_to_the_new_one(client):
    Redirect.objects.create(old_path="/de/presse/", new_path="/presse/")
    response = client.get("/de/presse/")
    assert (response.status_code, response["Location"], response.content) == (301, "/presse/", b"")


def test_an_old_address_without_a_new_one_says_that_its_content_is_gone(client):
    Redirect.objects.create(old_path="/de/shop/")
    response = client.get("/de/shop/")
    assert response.status_code == 410
    assert "Dieser Inhalt wurde zurückgezogen" in response.content.decode()


def test_old_addresses_with_umlauts_spaces_and_file_endings_are_found(client):
    Redirect.objects.create(old_path="/de/über uns.html", new_path="/aktuelles/")
    assert client.get("/de/%C3%BCber%20uns.html")["Location"] == "/aktuelles/"


def test_a_new_address_may_carry_a_query_and_a_fragment(client):
    Redirect.objects.create(old_path="/alt/", new_path="/aktuelles/?art=press#liste")
    assert client.get("/alt/")["Location"] == "/aktuelles/?art=press#liste"


def test_a_page_that_exists_wins_over_a_redirect(client):
    article = make_article()
    Redirect.objects.create(old_path=article.get_absolute_url(), new_path="/presse/")
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_redirect_does_not_answer_for_what_is_withdrawn(client):
    document = make_document(is_withdrawn=True)
    Redirect.objects.create(old_path=document.get_absolute_url(), new_path="/presse/")
    assert client.get(document.get_absolute_url()).status_code == 410


def test_a_changed_redirect_counts_at_once_and_browsers_ask_again(client):
    redirect = Redirect.objects.create(old_path="/alt/", new_path="/presse/")
    assert client.get("/alt/")["Cache-Control"] == "public, max-age=0, must-revalidate"
    redirect.new_path = "/aktuelles/"
    redirect.save()
    assert client.get("/alt/")["Location"] == "/aktuelles/"
    redirect.delete()
    assert client.get("/alt/").status_code == 404


def test_a_draft_behind_an_old_address_stays_hidden(client):
    draft = make_draft(title="Noch geheim")
    Redirect.objects.create(old_path="/alt/", new_path=draft.get_absolute_url())
    response = client.get("/alt/", follow=True)
    assert response.status_code == 404
    assert "Noch geheim" not in response.content.decode()


def test_only_pages_that_do_not_exist_cost_the_question_for_a_redirect(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/robots.txt")


# --- what editors may enter


def refusal_of(**values):
    with pytest.raises(ValidationError) as refusal:
        Redirect(**values).full_clean()
    return refusal.value.message_dict


@pytest.mark.parametrize(
    "new_path",
    [
        "//boese.example/",
        "///boese.example",
        "/\\boese.example/",
        "\\\\boese.example",
        "/\t/boese.example",
        "https://boese.example/",
        "javascript:alert(1)",
        "boese.example",
        "presse/",
        "?x=1",
    ],
)
def test_another_host_is_refused_as_a_new_address(new_path):
    assert refusal_of(old_path="/alt/", new_path=new_path) == {"new_path": [OUTSIDE]}


@pytest.mark.parametrize("old_path", ["presse/", "https://portal.example/presse/", "?x=1"])
def test_an_old_address_begins_with_a_slash(old_path):
    assert refusal_of(old_path=old_path, new_path="/presse/") == {
        "old_path": ["Die alte Adresse beginnt mit einem Schrägstrich."]
    }


@pytest.mark.parametrize("old_path", ["/de/presse/?id=7", "/de/presse/#kontakt"])
def test_an_old_address_without_effect_is_refused(old_path):
    assert refusal_of(old_path=old_path, new_path="/presse/") == {
        "old_path": ["Bitte geben Sie die alte Adresse ohne „?“ und „#“ an: Was danach steht, wird nicht verglichen."]
    }


def test_an_address_cannot_lead_to_itself():
    assert refusal_of(old_path="/a/", new_path="/a/") == {
        "new_path": ["Diese Weiterleitung führt im Kreis: /a/ → /a/."]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(old_path="/a/", new_path="/a/")


@pytest.mark.parametrize("ending", ["", "?von=alt", "#oben"])
def test_redirects_that_lead_in_a_circle_are_refused(ending):
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    Redirect.objects.create(old_path="/c/", new_path="/a/" + ending)
    assert refusal_of(old_path="/a/", new_path="/b/") == {
        "new_path": ["Diese Weiterleitung führt im Kreis: /a/ → /b/ → /c/ → /a/."]
    }


def test_a_circle_elsewhere_does_not_hang_the_form():
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    Redirect.objects.create(old_path="/c/", new_path="/b/")
    Redirect(old_path="/a/", new_path="/b/").full_clean()


def test_chains_and_changes_of_an_existing_redirect_are_accepted():
    redirect = Redirect.objects.create(old_path="/a/", new_path="/b/")
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    redirect.full_clean()
    Redirect(old_path="/neu/", new_path="/a/").full_clean()
    # The old direction of this very redirect is no obstacle to its new one.
    Redirect.objects.filter(old_path="/b/").delete()
    redirect.old_path, redirect.new_path = "/b/", "/a/"
    redirect.full_clean()


def test_a_second_redirect_of_one_address_is_refused_in_german():
    Redirect.objects.create(old_path="/a/", new_path="/b/")
    assert refusal_of(old_path="/a/", new_path="/c/") == {
        "old_path": ["Weiterleitung mit diesem Wert für das Feld Alte Adresse existiert bereits."]
    }


def test_a_hand_made_circle_never_becomes_one_request(client):
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    Redirect.objects.create(old_path="/c/", new_path="/b/")
    assert client.get("/b/")["Location"] == "/c/"


ADD = "/admin/publishing/redirect/add/"


def test_an_editor_is_told_that_a_redirect_of_a_public_page_would_do_nothing(editor_client):
    public, draft = make_article(), make_draft()
    for path in ("/presse/", public.get_absolute_url()):
        form = editor_client.post(ADD, {"old_path": path, "new_path": "/iq/"}).context["adminform"].form
        sentence = "Unter der alten Adresse steht eine öffentliche Seite. Die Weiterleitung hätte keine Wirkung."
        assert (form.errors, form["old_path"].value()) == ({"old_path": [sentence]}, path)
    for path in ("/de/presse/", draft.get_absolute_url()):
        assert editor_client.post(ADD, {"old_path": path, "new_path": "/iq/"}).status_code == 302
    assert {one.old_path for one in Redirect.objects.all()} == {"/de/presse/", draft.get_absolute_url()}


def test_a_redirect_whose_address_has_got_a_page_meanwhile_can_still_be_changed(editor_client):
    redirect = Redirect.objects.create(old_path=make_article().get_absolute_url(), new_path="/iq/")
    values = {"old_path": redirect.old_path, "new_path": "/presse/"}
    assert editor_client.post(f"/admin/publishing/redirect/{redirect.pk}/change/", values).status_code == 302
    redirect.refresh_from_db()
    assert redirect.new_path == "/presse/"
