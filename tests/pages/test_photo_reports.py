"""„Foto melden“: stored, hidden at once, told to the editors, decided, forgotten."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from pages.models import GalleryPhoto, PhotoReport
from pages.photo_reports import receive
from publishing.models import Image
from tests.factories import make_article, make_editor, make_image
from tests.kept_pages import kept_pages
from tests.pages.factories import make_full_gallery, make_gallery, make_photo
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db
PATH = "/galerien/dom/2/melden/"
TYPED = {"reason": "person", "message": "Ganz links,\nmit Hut.", "email": "paula@muster.example"}


@pytest.fixture(autouse=True)
def _nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def gallery():
    return make_full_gallery(title="Im Dom", slug="dom")


@pytest.fixture
def photo(gallery):
    return gallery.photos.get(number=2)


@pytest.fixture
def editor_client():
    client = Client()
    client.force_login(make_editor(email="erika@example.org"))
    return client


def report(client, **values):
    return client.post(PATH, TYPED | values)


def errors_of(response):
    page = ParsedPage(response)
    return page.texts("li", inside=page.one("div", css="error-summary"))


def is_shown(photo):
    return GalleryPhoto.objects.shown().filter(pk=photo.pk).exists()


# --- reporting


def test_the_form_says_until_when_it_is_kept_and_is_kept_by_nobody(client, photo):
    response = client.get(PATH)
    page = ParsedPage(response)
    end = timezone.localdate() + timedelta(days=180)
    assert page.one("time", inside=page.one("p", css="form-consent")).attrs["datetime"] == end.isoformat()
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert kept_pages() == 0
    assert page.texts("option") == [
        *("Bitte wählen", "Ich bin zu sehen und möchte das nicht", "Rechte verletzt", "Anderes")
    ]


def test_a_report_hides_the_picture_everywhere_and_is_confirmed(client, photo):
    article = make_article(image=photo.image)
    address = photo.image.largest_url
    assert address in fetch(client, article.get_absolute_url()).html
    response = report(client)
    assert (response.status_code, response["Location"]) == (302, f"{PATH}danke/")
    assert fetch(client, response["Location"]).one("h1").text == "Ihre Meldung ist angekommen"
    stored = PhotoReport.objects.get()
    assert {name: getattr(stored, name) for name in TYPED} == TYPED
    assert (stored.photo, stored.subject, stored.has_hidden) == (photo, "Im Dom, Foto 2", True)
    assert not is_shown(photo)
    for path in (article.get_absolute_url(), "/galerien/dom/", "/aktuelles/", "/"):
        assert address not in fetch(client, path).html
    assert client.get(address).status_code == 410


def test_every_editor_is_told_without_what_was_written(client, photo, django_capture_on_commit_callbacks):
    make_editor("erika", email="erika@example.org"), make_editor("otto", email="otto@example.org")
    make_editor("ohne"), make_editor("fort", email="fort@example.org", is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        report(client)
    assert sorted(one.to for one in mail.outbox) == [["erika@example.org"], ["otto@example.org"]]
    text = mail.outbox[0].body
    assert f"https://portal.example/admin/pages/photoreport/{PhotoReport.objects.get().pk}/change/" in text
    assert "Im Dom, Foto 2" in text
    assert "Hut" not in text
    assert "paula" not in text


def test_without_editors_or_a_mail_server_nothing_is_lost(client, photo, django_capture_on_commit_callbacks):
    make_editor(email="erika@example.org")
    refused = patch("django.core.mail.EmailMessage.send", side_effect=ConnectionError("aus"))
    with refused, django_capture_on_commit_callbacks(execute=True):
        assert report(client).status_code == 302
    assert PhotoReport.objects.count() == 1
    assert not is_shown(photo)


def test_only_the_reason_must_be_given(client, photo):
    assert report(client, message="", email="").status_code == 302
    assert PhotoReport.objects.get().reason == "person"


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"reason": ""}, "Warum melden Sie dieses Foto?: Bitte wählen Sie einen Grund."),
        (
            {"reason": "quatsch"},
            "Warum melden Sie dieses Foto?: Bitte wählen Sie einen der Gründe aus der Liste.",
        ),
        (
            {"email": "paula@"},
            "E-Mail (freiwillig): Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.",
        ),
        (
            {"message": "x" * 4001},
            "Ihre Nachricht (freiwillig): Bitte fassen Sie sich kürzer: Hier passen 4000 Zeichen hinein.",
        ),
    ],
)
def test_wrong_input_gets_a_sentence_hides_nothing_and_loses_nothing(client, photo, values, error):
    response = report(client, **values)
    assert errors_of(response) == [error]
    typed = TYPED | values
    page = ParsedPage(response)
    assert page.one("input", name="email").attrs.get("value", "") == typed["email"]
    assert is_shown(photo)
    assert not PhotoReport.objects.exists()


def test_control_characters_are_left_out(client, photo):
    report(client, message="Ganz\x00 links\x1b")
    assert PhotoReport.objects.get().message == "Ganz links"


def test_a_program_that_fills_in_everything_changes_nothing(client, photo):
    assert report(client, webseite="https://spam.example/").status_code == 302
    assert is_shown(photo)
    assert not PhotoReport.objects.exists()


def test_the_same_report_sent_twice_is_one_and_another_one_counts(client, photo):
    report(client), report(client)
    assert PhotoReport.objects.count() == 1
    report(client, message="Noch etwas.")
    assert [*PhotoReport.objects.values_list("has_hidden", flat=True)] == [False, True]


def test_very_many_reports_from_one_place_are_refused_with_everything_still_there(client, gallery):
    for number in range(10):
        make_photo(gallery)
        assert client.post(f"/galerien/dom/{number + 1}/melden/", TYPED).status_code == 302
    last = make_photo(gallery)
    response = client.post(f"/galerien/dom/{last.number}/melden/", TYPED)
    assert response.status_code == 429
    assert "sehr viele Anfragen" in errors_of(response)[0]
    assert "mit Hut." in response.content.decode()
    assert is_shown(last)


def test_an_expired_form_keeps_what_was_typed(photo):
    response = Client(enforce_csrf_checks=True).post(PATH, TYPED)
    assert response.status_code == 403
    assert "Das Formular war abgelaufen" in errors_of(response)[0]
    assert "mit Hut." in response.content.decode()
    assert is_shown(photo)


@pytest.mark.parametrize("path", ["/galerien/dom/9/melden/", "/galerien/nichts/1/melden/", "/galerien/dom/0/melden/"])
def test_there_is_nothing_to_report_where_there_is_no_photo(client, gallery, path):
    assert client.get(path).status_code == client.post(path, TYPED).status_code == 404


def test_the_gallery_itself_sets_no_cookie(client, gallery):
    for path in ("/galerien/dom/", "/galerien/dom/2/"):
        response = client.get(path)
        assert not response.cookies
        assert "csrf" not in response.content.decode()


# --- deciding


def decide(client, report, button, note="Mit der Abgebildeten gesprochen."):
    return client.post(f"/admin/pages/photoreport/{report.pk}/change/", {button: "x", "decision_note": note})


def test_open_reports_stand_on_the_first_page_of_the_editors(editor_client, photo):
    receive(photo, TYPED)
    assert "Gemeldete Fotos 1" in fetch(editor_client, "/admin/").texts("h2")
    page = fetch(editor_client, f"/admin/pages/photoreport/{PhotoReport.objects.get().pk}/change/")
    assert f"/admin/publishing/image/{photo.image_id}/verborgen/" in page.html
    assert "mit Hut." in page.html


def test_a_kept_picture_is_back_and_not_hidden_by_later_reports(client, editor_client, photo):
    first, second = receive(photo, TYPED), receive(photo, TYPED | {"message": "Noch jemand."})
    decide(editor_client, first, "_keep")
    assert is_shown(photo)
    for one in (first, second):
        one.refresh_from_db()
        assert (one.decision, one.decision_note, one.decided_by) == (
            "kept",
            "Mit der Abgebildeten gesprochen.",
            "erika",
        )
    report(client, message="Schon wieder.")
    assert is_shown(photo)
    assert PhotoReport.objects.open().get().has_hidden is False
    assert "wird gezeigt" in fetch(editor_client, "/admin/pages/photoreport/?offen=ja").one("table").text


def test_a_removed_photo_leaves_every_gallery_and_stays_hidden(client, editor_client, photo):
    image = Image.objects.get(pk=photo.image_id)
    other = make_gallery(image, title="Zweite Galerie")
    stored = receive(photo, TYPED)
    decide(editor_client, stored, "_remove")
    assert not GalleryPhoto.objects.filter(image=image).exists()
    image.refresh_from_db()
    assert image.is_hidden
    assert client.get("/galerien/dom/2/").status_code == 410
    assert client.get(f"{other.get_absolute_url()}1/").status_code == 410
    stored.refresh_from_db()
    assert (stored.decision, stored.photo, stored.subject) == ("removed", None, "Im Dom, Foto 2")
    # From here the file itself can be deleted from the library.
    image.delete()
    assert fetch(editor_client, f"/admin/pages/photoreport/{stored.pk}/change/").one("h1")


def test_a_kept_picture_can_still_be_removed_after_a_later_report(editor_client, photo):
    decide(editor_client, receive(photo, TYPED), "_keep")
    later = receive(photo, TYPED | {"message": "Bitte doch."})
    decide(editor_client, later, "_remove")
    assert Image.objects.get(pk=photo.image_id).is_hidden


def test_a_decision_is_made_once(editor_client, photo):
    stored = receive(photo, TYPED)
    decide(editor_client, stored, "_keep")
    answer = decide(editor_client, stored, "_remove")
    assert answer.status_code == 302
    assert is_shown(photo)
    assert PhotoReport.objects.get().decision == "kept"


def test_nobody_writes_a_report_in_the_admin(editor_client, photo):
    assert editor_client.get("/admin/pages/photoreport/add/").status_code == 403
    stored = receive(photo, TYPED)
    editor_client.post(f"/admin/pages/photoreport/{stored.pk}/change/", {"message": "Anders", "decision_note": "x"})
    stored.refresh_from_db()
    assert (stored.message, stored.decision, stored.decision_note) == (TYPED["message"], "", "")


# --- forgetting


def test_reports_are_forgotten_in_time_and_an_open_one_loses_its_words(editor_client, photo, gallery):
    decide(editor_client, receive(photo, TYPED), "_keep")
    waiting = receive(gallery.photos.get(number=1), TYPED)
    PhotoReport.objects.update(forgotten_on=timezone.localdate())
    young = receive(gallery.photos.get(number=3), TYPED)
    call_command("forget_photo_reports", "--dry-run")
    assert PhotoReport.objects.count() == 3
    call_command("forget_photo_reports")
    waiting.refresh_from_db(), young.refresh_from_db()
    assert {*PhotoReport.objects.all()} == {waiting, young}
    assert (waiting.message, waiting.email, young.email) == ("", "", TYPED["email"])
    assert not is_shown(gallery.photos.get(number=1))
    assert is_shown(photo)


def test_what_is_not_due_stays(photo, capsys):
    receive(photo, TYPED)
    call_command("forget_photo_reports", "--dry-run")
    call_command("forget_photo_reports")
    assert capsys.readouterr().out.splitlines() == [
        "0 photo reports would be deleted.",
        "0 photo reports deleted.",
    ]


def test_a_picture_without_report_is_not_touched(client, photo):
    other = make_image()
    report(client)
    other.refresh_from_db()
    assert not other.is_hidden
