"""Contacts are asked whether a listing still holds: once a month at most, by a mail that a person sends."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from properties import asking
from properties.asking import CannotAsk, ask
from properties.models import ChangeReport, Listing
from publishing import outbox
from publishing.models import OutgoingMail
from publishing.models.outgoing_mail import LINK_MARK
from publishing.sealed import unseal
from tests.factories import make_contact
from tests.properties.factories import make_hall, make_land
from tests.properties.listing_form import page_path

pytestmark = pytest.mark.django_db


def make_due(**values):
    return make_land(**{"confirmed_days_ago": 160, "contact": make_contact(email="land@example.org")} | values)


def run(*arguments):
    out, refused = StringIO(), StringIO()
    call_command("ask_for_confirmation", *arguments, stdout=out, stderr=refused)
    return out.getvalue().strip(), refused.getvalue().strip()


def test_the_mail_waits_in_the_outbox_with_its_link_sealed(editor):
    land = make_due(title="Nordpark")
    ask(land, by=editor)
    prepared = OutgoingMail.objects.get()
    assert (prepared.to, prepared.state, prepared.prepared_by, prepared.related_label) == (
        *("land@example.org", "prepared", editor, land.number),
    )
    assert prepared.subject == f"Stimmt noch alles? {land.number} Nordpark"
    assert LINK_MARK in prepared.text
    assert mail.outbox == []
    assert unseal(prepared.sealed_link).startswith("https://portal.example/flaechen/stand/")
    assert unseal(prepared.sealed_link) not in prepared.text


def test_the_link_in_the_sent_mail_leads_to_the_page_that_confirms(client):
    land = make_due()
    outbox.send(ask(land))
    (sent,) = mail.outbox
    link = next(line for line in sent.body.splitlines() if "/flaechen/stand/" in line)
    page = client.get(link.removeprefix("https://portal.example"))
    assert page.status_code == 200
    assert land.title in page.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"contact": None}, "hat keinen Kontakt."),
        ({"contact": "phone"}, "Der Kontakt „Presse und Kommunikation“ hat keine E-Mail-Adresse."),
        ({"contact": "former"}, "Der Kontakt „Presse und Kommunikation“ gilt nicht mehr."),
        ({"released": False, "publish_from": None}, "nicht veröffentlicht, also gibt es nichts zu bestätigen."),
        ({"availability": "taken"}, "schon vergeben."),
        ({"asked_at": timezone.now() - timedelta(days=29)}, "vor weniger als 30 Tagen abgefragt."),
    ],
)
def test_who_cannot_be_asked_is_named_with_the_reason(values, sentence):
    contacts = {
        "phone": {"email": "", "phone": "0341 600160"},
        "former": {"valid_until": timezone.localdate() - timedelta(days=1)},
    }
    if isinstance(values.get("contact"), str):
        values = values | {"contact": make_contact(**contacts[values["contact"]])}
    land = make_due(number="GF-7", title="Nordpark", **values)
    with pytest.raises(CannotAsk) as refusal:
        ask(land)
    assert str(refusal.value) == f"GF-7 „Nordpark“: {sentence}"
    assert not OutgoingMail.objects.exists()


def test_a_contact_whose_address_nobody_can_write_to_is_told_and_not_marked_as_asked():
    contact = make_contact()
    type(contact).objects.filter(pk=contact.pk).update(email="kaputt")
    contact.refresh_from_db()
    land = make_due(contact=contact)
    with pytest.raises(CannotAsk, match="Bitte gültige E-Mail-Adresse eingeben"):
        ask(land)
    land.refresh_from_db()
    assert (land.asked_at, OutgoingMail.objects.count()) == (None, 0)


def test_the_timer_asks_each_contact_once_in_thirty_days():
    due = make_due()
    make_due(confirmed_days_ago=100)
    make_due(availability="taken")
    make_due(released=False, publish_from=None)
    make_due(contact=None)
    hall = make_hall(confirmed_days_ago=200, contact=make_contact(email="halle@example.org"))
    assert run() == ("2 mails prepared in the outbox.", "")
    assert run() == ("0 mails prepared in the outbox.", "")
    assert {one.related_label for one in OutgoingMail.objects.all()} == {due.number, hall.number}
    Listing.objects.update(asked_at=timezone.now() - timedelta(days=31))
    assert run() == ("2 mails prepared in the outbox.", "")


def test_who_has_reported_a_change_is_not_asked_until_the_office_has_taken_it_in():
    report = ChangeReport.objects.create(listing_id=make_due().pk, text="Der Kran ist weg.")
    assert run() == ("0 mails prepared in the outbox.", "")
    ChangeReport.objects.filter(pk=report.pk).update(handled_at=timezone.now())
    assert run() == ("1 mails prepared in the outbox.", "")


def test_the_timer_names_whom_it_could_not_ask():
    make_due(
        number="GF-7", title="Nordpark", contact=make_contact(valid_until=timezone.localdate() - timedelta(days=1))
    )
    assert run() == (
        "0 mails prepared in the outbox.",
        "GF-7 „Nordpark“: Der Kontakt „Presse und Kommunikation“ gilt nicht mehr.",
    )


def test_the_timer_sends_at_once_where_it_is_told_to(django_capture_on_commit_callbacks):
    make_due()
    with django_capture_on_commit_callbacks(execute=True):
        assert run("--send")[0] == "1 mails handed to the mail server."
    assert [one.to for one in mail.outbox] == [["land@example.org"]]


def test_of_two_who_ask_at_the_same_moment_one_does():
    land = make_due()
    same = Listing.objects.get(pk=land.pk)
    ask(land)
    with pytest.raises(CannotAsk, match="vor weniger als 30 Tagen abgefragt"):
        ask(same)
    assert OutgoingMail.objects.count() == 1


def test_asking_is_no_edit():
    land = make_due()
    before = (land.edit_number, land.history.count())
    ask(land)
    land.refresh_from_db()
    assert (land.edit_number, land.history.count()) == before
    assert land.copy_as_draft().asked_at is None


def test_the_office_asks_from_the_list_and_from_the_form(editor_client):
    land, nobody = make_due(), make_due(number="GF-7", title="Nordpark", contact=None)
    data = {"action": "ask_selected", "_selected_action": [land.pk, nobody.pk]}
    page = editor_client.post("/admin/properties/land/", data, follow=True).content.decode()
    assert "Nicht abgefragt: GF-7 „Nordpark“: hat keinen Kontakt." in page
    assert "Eine E-Mail liegt im Postausgang." in page
    answer = editor_client.post(page_path(land, "abfragen"), follow=True).content.decode()
    assert "vor weniger als 30 Tagen abgefragt." in answer
    assert OutgoingMail.objects.count() == 1
    assert OutgoingMail.objects.get().purpose == asking.PURPOSE
