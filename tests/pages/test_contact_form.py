"""Writing to the office: stored, mailed to whoever is there for the topic, answered, forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pages.models import BarrierReport, ContactMessage
from publishing.models import OutgoingMail
from tests.factories import make_contact
from tests.pages.factories import make_office
from tests.pages.public_form import errors_of, typed_in
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db
FORM, THANKS = "/kontakt/nachricht/", "/kontakt/nachricht/danke/"
TYPED = {
    "topic": "Hallen",
    "name": "Paula Muster",
    "email": "paula@muster.example",
    "message": "Gibt es\nnoch Hallen?",
}


@pytest.fixture(autouse=True)
def _nobody_has_written_yet():
    cache.clear()


@pytest.fixture
def pool():
    make_office()
    return make_contact(role="Flächenpool", email="flaechen@example.org", topics="Flächen\nHallen")


def write(client, **values):
    return client.post(FORM, TYPED | values)


# --- the form


def test_the_form_offers_the_topics_of_current_contacts_and_says_how_long_it_is_kept(client, pool):
    make_contact(role="Geheim", topics="Gestern", valid_until=timezone.localdate() - timedelta(days=1))
    page = fetch(client, FORM)
    assert page.texts("option") == ["Etwas anderes", "Flächen", "Hallen"]
    assert [one.attrs["label"] for one in page.all("optgroup")] == ["Flächenpool"]
    end = timezone.localdate() + timedelta(days=180)
    assert page.one("time", inside=page.one("p", css="form-consent")).attrs["datetime"] == end.isoformat()
    for name in TYPED:
        assert page.all("label", **{"for": page.one("input", "textarea", "select", name=name).attrs["id"]})


@pytest.mark.parametrize(("topic", "chosen"), [("Hallen", ["Hallen"]), ("Unbekannt", []), ("<script>", []), ("", [""])])
def test_a_link_may_choose_the_topic(client, pool, topic, chosen):
    page = ParsedPage(client.get(FORM, {"thema": topic}))
    assert [one.attrs["value"] for one in page.all("option") if "selected" in one.attrs] == chosen
    assert "<script>" not in page.one("main").text


def test_the_contact_page_itself_sets_no_cookie(client, pool):
    response = client.get("/kontakt/")
    assert not response.cookies
    assert "csrf" not in response.content.decode()


# --- writing


def test_a_message_is_stored_and_mailed_to_the_contact_of_its_topic(client, pool, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = write(client)
    assert (response.status_code, response["Location"]) == (302, THANKS)
    message = ContactMessage.objects.get()
    assert {name: getattr(message, name) for name in TYPED} == TYPED
    assert (message.contact, message.forgotten_on) == (pool, timezone.localdate() + timedelta(days=180))
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["flaechen@example.org"], ["paula@muster.example"])
    assert sent.subject == "Nachricht über das Portal: Hallen"
    for value in TYPED.values():
        assert value in sent.body
    assert message.mail.state == "sent"
    page = fetch(client, THANKS)
    assert page.one("h1").text == "Ihre Nachricht ist angekommen"
    assert "Paula" not in page.html


@pytest.mark.parametrize("topic", ["", "Abgeschafft", "x" * 5000, "Hallen\nBcc: alle@muster.example"])
def test_what_is_nobody_s_topic_goes_to_the_office(client, pool, topic, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert write(client, topic=topic).status_code == 302
    message = ContactMessage.objects.get()
    assert (message.topic, message.contact.role) == ("", "Geschäftsstelle")
    (sent,) = mail.outbox
    assert sent.recipients() == ["info@example.org"]
    assert sent.subject == "Nachricht über das Portal: Etwas anderes"


def test_the_topic_of_a_contact_that_has_ended_goes_to_the_office(client, pool):
    pool.valid_until = timezone.localdate() - timedelta(days=1)
    pool.save()
    write(client)
    assert ContactMessage.objects.get().contact.role == "Geschäftsstelle"


def test_of_two_contacts_with_the_same_topic_the_first_one_gets_it(client, pool):
    first = make_contact(role="Zuerst", topics="Hallen", order=0)
    pool.order = 1
    pool.save()
    write(client)
    assert ContactMessage.objects.get().contact == first


def test_without_anybody_to_write_to_it_waits_in_the_admin(client):
    assert write(client).status_code == 302
    message = ContactMessage.objects.get()
    assert (message.contact, message.mail) == (None, None)
    assert not OutgoingMail.objects.exists()


def test_a_contact_with_messages_cannot_be_deleted(client, pool):
    write(client)
    with pytest.raises(ProtectedError):
        pool.delete()


# --- what is wrong


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("name", " ", "Bitte nennen Sie Ihren Namen."),
        ("name", "x" * 121, "Hier passen 120 Zeichen hinein"),
        ("email", "paula", "Sie sieht aus wie name@beispiel.de."),
        ("message", "", "Bitte schreiben Sie, was Sie wissen möchten."),
        ("message", "x" * 4001, "Hier passen 4000 Zeichen hinein"),
    ],
)
def test_a_mistake_gets_a_sentence_that_leads_to_its_field_and_loses_nothing(client, pool, name, value, sentence):
    response = write(client, **{name: value})
    ((text, links),) = errors_of(response)
    assert sentence in text
    assert links == [f"#id_{name}"]
    expected = TYPED | {"message": " ".join(TYPED["message"].split())}
    assert typed_in(response) | {name: ""} == expected | {name: ""}
    assert not ContactMessage.objects.exists()


def test_control_characters_and_line_breaks_cannot_reach_a_header(client, pool, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(client, name="Paula\x00\r\nBcc: alle@muster.example", message="Guten\x00 Tag\x1b", topic="Hal\x00len")
    message = ContactMessage.objects.get()
    assert (message.name, message.message) == ("Paula Bcc: alle@muster.example", "Guten Tag")
    (sent,) = mail.outbox
    assert sent.recipients() == ["info@example.org"]


def test_what_fills_in_every_field_is_thanked_and_forgotten(client, pool):
    assert write(client, webseite="https://spam.example/")["Location"] == THANKS
    assert not ContactMessage.objects.exists()


def test_the_same_message_twice_is_one(client, pool):
    for _ in range(2):
        assert write(client)["Location"] == THANKS
    write(client, topic="Flächen")
    assert ContactMessage.objects.count() == OutgoingMail.objects.count() == 2


def test_whoever_writes_very_often_must_wait_and_loses_nothing(client, pool):
    assert {write(client, message=f"Frage {number}").status_code for number in range(10)} == {302}
    response = write(client, message="Frage 11")
    assert response.status_code == 429
    assert typed_in(response)["message"] == "Frage 11"
    assert "Bitte warten Sie etwas" in errors_of(response)[0][0]
    assert ContactMessage.objects.count() == 10


def test_an_expired_form_gives_back_what_was_typed(pool):
    response = write(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert "Ihre Eingaben sind noch da" in errors_of(response)[0][0]
    assert (typed_in(response)["name"], typed_in(response)["topic"]) == ("Paula Muster", "Hallen")
    assert response.cookies["csrftoken"]
    assert not ContactMessage.objects.exists()


# --- the office reads


def test_an_editor_sees_what_is_new_and_ticks_it_off(client, editor_client, pool):
    write(client)
    message = ContactMessage.objects.get()
    today = ParsedPage(editor_client.get("/admin/"))
    assert "Nachrichten aus dem Kontaktformular 1" in today.texts("h2")
    address = reverse("admin:pages_contactmessage_change", args=[message.pk])
    page = ParsedPage(editor_client.get(address))
    assert "Flächenpool" in page.one("main").text
    assert page.one("input", name="_save").attrs["value"] == "Beantwortet"
    assert editor_client.post(address, {"_save": "x", "message": "anders"}).status_code == 302
    message.refresh_from_db()
    assert (message.message, message.handled_at is not None) == (TYPED["message"], True)
    assert "Kontaktformular" not in " ".join(ParsedPage(editor_client.get("/admin/")).texts("h2"))
    rows = ParsedPage(editor_client.get(reverse("admin:pages_contactmessage_changelist") + "?offen=ja"))
    assert rows.all("th", css="field-name") == []


def test_deleting_a_message_deletes_the_copy_of_its_mail(client, editor_client, pool):
    write(client)
    other = OutgoingMail.objects.create(to="a@example.org", subject="Einladung", text="x", purpose="Test")
    message = ContactMessage.objects.get()
    address = reverse("admin:pages_contactmessage_delete", args=[message.pk])
    assert editor_client.post(address, {"post": "yes"}).status_code == 302
    assert not ContactMessage.objects.exists()
    assert [*OutgoingMail.objects.all()] == [other]


# --- forgetting


def test_what_has_reached_its_end_is_forgotten_with_its_mail_and_not_before(client, pool, capsys):
    write(client)
    write(client, message="Bleibt")
    ContactMessage.objects.exclude(message="Bleibt").update(forgotten_on=timezone.localdate())
    BarrierReport.objects.create(message="Zu klein", forgotten_on=timezone.localdate())
    BarrierReport.objects.create(message="Bleibt")
    call_command("forget_messages", dry_run=True)
    assert capsys.readouterr().out == "1 messages would be deleted.\n1 reports of barriers would be deleted.\n"
    assert (ContactMessage.objects.count(), BarrierReport.objects.count(), OutgoingMail.objects.count()) == (2, 2, 2)
    call_command("forget_messages")
    assert capsys.readouterr().out == "1 messages deleted.\n1 reports of barriers deleted.\n"
    assert [one.message for one in (*ContactMessage.objects.all(), *BarrierReport.objects.all())] == ["Bleibt"] * 2
    assert ["Bleibt" in one.text for one in OutgoingMail.objects.all()] == [True]
