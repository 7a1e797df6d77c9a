"""Mails are stored first: no mail server, slow or broken, can lose one."""

import smtplib
import socket
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from publishing import outbox
from publishing.models import OutgoingMail
from publishing.models.outgoing_mail import LINK_MARK
from publishing.site_version import read_version
from tests.factories import make_editor

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
SECRET = "https://portal.example/konto/passwort/neu/1-geheim/"


def make_mail(**values):
    return outbox.prepare(
        **{
            "to": "erika@example.org",
            "subject": "Ihre Unterlagen",
            "text": "Guten Tag,\n\nhier ist etwas.",
            "purpose": "Test",
        }
        | values
    )


class Broken(locmem.EmailBackend):
    error = smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    return settings


def repaired(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def row(mail):
    return OutgoingMail.objects.get(pk=mail.pk)


def time_has_passed(mail):
    OutgoingMail.objects.filter(pk=mail.pk).update(next_attempt_at=timezone.now() - timedelta(seconds=1))


# --- Preparing and sending


def test_a_prepared_mail_is_kept_and_not_sent():
    mail = make_mail(by=make_editor("anna"), related_label="Beitrag 7", reply_to="buero@example.org")
    assert row(mail).state == State.PREPARED
    assert (row(mail).prepared_by.username, row(mail).related_label) == ("anna", "Beitrag 7")
    assert outbox.send_what_is_due() == (0, 0), "the timer leaves alone what nobody has released"
    assert django_mail.outbox == []


def test_a_sent_mail_arrives_as_written_and_stays_as_a_copy():
    anna = make_editor("anna")
    mail = make_mail(reply_to="buero@example.org")
    assert outbox.send(mail, by=anna) is True
    (arrived,) = django_mail.outbox
    assert (arrived.to, arrived.reply_to, arrived.subject, arrived.body, arrived.from_email) == (
        ["erika@example.org"],
        ["buero@example.org"],
        "Ihre Unterlagen",
        "Guten Tag,\n\nhier ist etwas.",
        settings.DEFAULT_FROM_EMAIL,
    )
    assert arrived.extra_headers["Auto-Submitted"] == "auto-generated"
    kept = row(mail)
    assert (kept.state, kept.sent_by, kept.attempts, kept.last_error) == (State.SENT, anna, 1, "")
    assert kept.sent_at is not None
    assert kept.text == "Guten Tag,\n\nhier ist etwas."


def test_a_mail_is_sent_once_however_often_it_is_asked_for():
    mail = make_mail()
    assert [outbox.send(mail), outbox.send(mail), outbox.send(row(mail))] == [True, False, False]
    assert outbox.discard(mail) is False
    assert outbox.send_what_is_due() == (0, 0)
    assert len(django_mail.outbox) == 1


def test_a_discarded_mail_is_never_sent():
    mail = make_mail()
    assert outbox.discard(mail) is True
    assert outbox.send(mail) is False
    assert (row(mail).state, row(mail).attempts) == (State.DISCARDED, 0)
    assert django_mail.outbox == []


def test_a_mail_sent_at_once_waits_for_its_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mail = outbox.send_now(to="erika@example.org", subject="Danke", text="Angekommen.", purpose="Formular")
        assert django_mail.outbox == []
    assert len(django_mail.outbox) == 1
    assert row(mail).state == State.SENT


def test_a_mail_whose_process_died_before_sending_is_sent_by_the_timer():
    mail = outbox.send_now(to="erika@example.org", subject="Danke", text="Angekommen.", purpose="Formular")
    assert django_mail.outbox == []
    assert outbox.send_what_is_due() == (1, 0)
    assert row(mail).state == State.SENT


def test_a_line_break_in_the_subject_begins_no_header():
    mail = make_mail(subject="Hallo\r\nBcc: alle@example.org")
    outbox.send(mail)
    assert django_mail.outbox[0].subject == "Hallo Bcc: alle@example.org"
    assert "\nBcc:" not in django_mail.outbox[0].message().as_string()


@pytest.mark.parametrize("to", ["", "niemand", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_an_address_nobody_has_is_refused(to):
    with pytest.raises(ValidationError):
        make_mail(to=to)
    assert not OutgoingMail.objects.exists()


def test_mails_are_no_content_so_pages_stay_cached():
    before = read_version()
    outbox.send(make_mail())
    assert read_version() == before


# --- Failing servers


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPRecipientsRefused({"erika@example.org": (550, b"No such user")}),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 no"),
        TimeoutError("timed out"),
        ConnectionRefusedError(111, "Connection refused"),
        socket.gaierror(-2, "Name or service not known"),
        UnicodeError("label too long"),
        RuntimeError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_mail_server_does_the_mail_stays_and_says_why(broken_server, monkeypatch, error):
    monkeypatch.setattr(Broken, "error", error)
    mail = make_mail()
    assert outbox.send(mail) is False
    kept = row(mail)
    assert (kept.state, kept.attempts, kept.sent_at) == (State.FAILED, 1, None)
    assert kept.last_error == (str(error) or "RuntimeError")[:300]
    assert kept.text == "Guten Tag,\n\nhier ist etwas."


def test_the_timer_repeats_what_failed_after_ever_longer_pauses(broken_server):
    mail = make_mail()
    outbox.send(mail)
    for number, pause in enumerate(outbox.PAUSES[:-1], start=2):
        left = row(mail).next_attempt_at - timezone.now()
        assert pause - timedelta(seconds=20) < left <= pause
        assert outbox.send_what_is_due() == (0, 0), "not before the pause is over"
        time_has_passed(mail)
        assert outbox.send_what_is_due() == (0, 1)
        assert row(mail).attempts == number
    time_has_passed(mail)
    outbox.send_what_is_due()
    assert row(mail).next_attempt_at is None, "after the last pause a person has to decide"
    assert outbox.send_what_is_due() == (0, 0)

    repaired(broken_server)
    assert outbox.send(mail) is True, "a person may send it at any time"


def test_the_command_for_the_timer_does_its_work_once(broken_server):
    mails = [make_mail(to=f"a{number}@example.org") for number in range(3)]
    for mail in mails:
        outbox.send(mail)
        time_has_passed(mail)
    repaired(broken_server)
    out = StringIO()
    call_command("send_mail_again", stdout=out)
    call_command("send_mail_again", stdout=out)
    assert out.getvalue() == "3 sent, 0 not sent.\n"
    assert [one.to for one in django_mail.outbox] == [["a0@example.org"], ["a1@example.org"], ["a2@example.org"]]


def test_every_attempt_has_the_same_message_id(monkeypatch, settings):
    seen = []
    monkeypatch.setattr(Broken, "send_messages", lambda self, messages: seen.append(messages[0]) or 1 / 0)
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    mail = make_mail()
    outbox.send(mail)
    outbox.send(mail)
    first, second = (message.extra_headers["Message-ID"] for message in seen)
    assert first == second
    assert first.endswith("@portal.example>")


def test_without_a_mail_server_mails_wait_and_go_out_once_there_is_one(settings):
    settings.EMAIL_BACKEND = "publishing.outbox.NoMailServer"
    mail = make_mail()
    assert outbox.send(mail) is False
    assert row(mail).last_error == "Es ist kein Mailserver eingerichtet (EMAIL_URL)."
    repaired(settings)
    time_has_passed(mail)
    assert outbox.send_what_is_due() == (1, 0)


def test_who_is_sending_a_mail_holds_it_and_a_dead_sender_lets_go():
    mail = make_mail()
    outbox.release(mail)
    OutgoingMail.objects.filter(pk=mail.pk).update(held_until=timezone.now() + timedelta(minutes=4))
    assert outbox.send(mail) is False
    assert outbox.send_what_is_due() == (0, 1)
    assert django_mail.outbox == []
    OutgoingMail.objects.filter(pk=mail.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert outbox.send_what_is_due() == (1, 0)


def test_a_silent_server_is_given_up_after_seconds(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        mail = make_mail()
        began = timezone.now()
        assert outbox.send(mail) is False
    assert timezone.now() - began < timedelta(seconds=5)
    assert row(mail).last_error.endswith("timed out")


def test_one_attempt_ends_long_before_somebody_else_may_begin_the_next():
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) * 10 < outbox.LONGEST_ATTEMPT


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_mail_at_the_same_moment_send_it_once():
    mail = make_mail()
    results = []

    def send():
        results.append(outbox.send(mail))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, False, True]
    assert len(django_mail.outbox) == 1


# --- Links that open something


def mail_with_link(**values):
    return make_mail(
        text=f"Ihr Link:\n\n{LINK_MARK}\n",
        **{"link": SECRET, "link_ends_at": timezone.now() + timedelta(hours=1)} | values,
    )


def everything_stored(mail):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM publishing_outgoingmail WHERE id = %s", [mail.pk])
        return " ".join(map(str, cursor.fetchone()))


def test_the_link_is_in_the_mail_that_arrives_and_nowhere_else():
    mail = mail_with_link()
    assert SECRET not in everything_stored(mail), "sealed while it waits"
    assert "geheim" not in everything_stored(mail)
    outbox.send(mail)
    assert django_mail.outbox[0].body == f"Ihr Link:\n\n{SECRET}\n"
    assert row(mail).text == f"Ihr Link:\n\n{LINK_MARK}\n"
    assert row(mail).sealed_link == ""
    assert SECRET not in everything_stored(mail)


def test_a_failed_mail_keeps_its_link_for_the_next_attempt(broken_server):
    mail = mail_with_link()
    outbox.send(mail)
    assert row(mail).state == State.FAILED
    repaired(broken_server)
    time_has_passed(mail)
    assert outbox.send_what_is_due() == (1, 0)
    assert SECRET in django_mail.outbox[0].body


def test_a_link_that_has_ended_is_not_sent_any_more(broken_server):
    mail = mail_with_link()
    outbox.send(mail)
    repaired(broken_server)
    OutgoingMail.objects.filter(pk=mail.pk).update(link_ends_at=timezone.now(), next_attempt_at=timezone.now())
    assert outbox.send_what_is_due() == (0, 1)
    assert django_mail.outbox == []
    kept = row(mail)
    assert (kept.state, kept.sealed_link, kept.last_error) == (State.DISCARDED, "", outbox.LINK_ENDED)


def test_a_link_sealed_with_another_key_is_given_up_instead_of_breaking_the_timer(settings):
    mail = mail_with_link()
    settings.SECRET_KEY = "z" * 50
    assert outbox.send(mail) is False
    assert (row(mail).state, row(mail).last_error) == (State.DISCARDED, outbox.LINK_LOST)


def test_a_key_that_was_replaced_in_good_order_still_opens_the_link(settings):
    mail = mail_with_link()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "z" * 50, [settings.SECRET_KEY]
    assert outbox.send(mail) is True
    assert SECRET in django_mail.outbox[0].body


def test_a_text_without_the_place_for_its_link_is_refused():
    with pytest.raises(ValidationError, match="im Text stehen"):
        make_mail(link=SECRET)


def test_the_database_refuses_a_sent_mail_that_keeps_its_link():
    mail = mail_with_link()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=timezone.now())


# --- The outbox in the admin


@pytest.fixture
def office(client):
    client.force_login(User.objects.create_superuser("chefin"))
    return client


LIST = "/admin/publishing/outgoingmail/"


def confirm(client, *mails):
    """As the page sends it that has shown them as they are in hand."""
    read = {f"gelesen-{mail.pk}": mail.fingerprint for mail in mails}
    return choose(client, "send_after_reading", *mails, confirmed="ja", **read)


def choose(client, action, *mails, **values):
    data = {"action": action, "_selected_action": [mail.pk for mail in mails]} | values
    return client.post(LIST, data, follow=True)


def test_sending_shows_the_real_texts_first_and_sends_after_a_second_click(office):
    first, second = make_mail(text="Erster <Text>"), make_mail(to="otto@example.org", text="Zweiter Text")
    page = choose(office, "send_after_reading", first, second).content.decode()
    assert "Erster &lt;Text&gt;" in page
    assert "Zweiter Text" in page
    assert "otto@example.org" in page
    assert django_mail.outbox == []
    page = confirm(office, first, second).content.decode()
    assert "2 E-Mails gesendet." in page
    assert [one.body for one in django_mail.outbox] == ["Erster <Text>", "Zweiter Text"]
    assert row(first).sent_by.username == "chefin"


def test_a_mail_changed_after_it_was_shown_is_not_sent_but_shown_again(office):
    read, corrected = make_mail(subject="Gleich geblieben"), make_mail(subject="Geändert", text="Alt")
    page = choose(office, "send_after_reading", read, corrected).content.decode()
    assert f'name="gelesen-{corrected.pk}" value="{corrected.fingerprint}"' in page
    new = {"to": corrected.to, "reply_to": "", "subject": corrected.subject, "text": "Neu und noch nicht gelesen"}
    assert office.post(f"{LIST}{corrected.pk}/change/", new).status_code == 302
    page = confirm(office, read, corrected).content.decode()
    assert "Inzwischen hat jemand den Text geändert." in page
    assert "Neu und noch nicht gelesen" in page
    assert page.count("inzwischen geändert</span>") == 1
    assert page.index("Neu und noch nicht gelesen") < page.index("Gleich geblieben")
    assert django_mail.outbox == []
    assert confirm(office, read, row(corrected)).status_code == 200
    assert sorted(one.body for one in django_mail.outbox) == sorted([read.text, "Neu und noch nicht gelesen"])


@pytest.mark.parametrize("name", ["to", "reply_to", "subject", "text"])
def test_every_part_of_the_wording_counts(office, name):
    mail = make_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(**{name: "anders@example.org"})
    assert "inzwischen geändert</span>" in confirm(office, mail).content.decode()
    assert outbox.send(mail) is False
    assert django_mail.outbox == []
    assert row(mail).attempts == 0


def test_a_confirmation_that_says_not_what_was_read_sends_nothing(office):
    mail = make_mail()
    for values in ({}, {f"gelesen-{mail.pk}": ""}, {f"gelesen-{mail.pk}": "\x00"}):
        assert (
            "Es ist nichts gesendet"
            in choose(office, "send_after_reading", mail, confirmed="ja", **values).content.decode()
        )
    assert django_mail.outbox == []


def test_a_mail_being_sent_is_not_corrected(office):
    mail = make_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(held_until=timezone.now() + timedelta(minutes=1))
    new = {"to": mail.to, "reply_to": "", "subject": mail.subject, "text": "Zu spät"}
    page = office.post(f"{LIST}{mail.pk}/change/", new, follow=True).content.decode()
    assert "wird gerade gesendet" in page
    assert row(mail).text == mail.text


def test_what_was_sent_is_offered_for_sending_no_more(office):
    mail = make_mail()
    outbox.send(mail)
    page = confirm(office, mail).content.decode()
    assert "nicht noch einmal gesendet" in page
    assert len(django_mail.outbox) == 1


def test_a_failure_is_told_and_shown_on_the_start_page(office, broken_server):
    mail = make_mail()
    page = confirm(office, mail).content.decode()
    assert "Eine E-Mail ging nicht hinaus." in page
    start = office.get("/admin/").content.decode()
    assert "E-Mails: nicht hinausgegangen" in start
    assert "Connection unexpectedly closed" in start


def test_a_prepared_mail_can_be_corrected_and_a_sent_one_cannot(office):
    mail = make_mail()
    address = f"{LIST}{mail.pk}/change/"
    new = {"to": "neu@example.org", "reply_to": "", "subject": "Neu", "text": "Neuer Text", "state": "sent"}
    assert office.post(address, new).status_code == 302
    assert (row(mail).to, row(mail).text, row(mail).state) == ("neu@example.org", "Neuer Text", State.PREPARED)
    outbox.send(row(mail))
    assert office.post(address, new | {"text": "Gefälscht"}).status_code == 403
    assert row(mail).text == "Neuer Text"
    assert "Neuer Text" in office.get(address).content.decode()


def test_a_correction_that_comes_after_the_sending_changes_nothing(office, monkeypatch):
    mail = make_mail()
    stale = row(mail)
    outbox.send(mail)
    monkeypatch.setattr("publishing.admin.outgoing_mail.OutgoingMailAdmin.get_object", lambda *args, **kwargs: stale)
    page = office.post(
        f"{LIST}{mail.pk}/change/", {"to": mail.to, "subject": "x", "text": "Gefälscht"}, follow=True
    ).content.decode()
    assert "inzwischen gesendet" in page
    assert (row(mail).text, row(mail).state) == ("Guten Tag,\n\nhier ist etwas.", State.SENT)


def test_nothing_is_added_or_deleted_by_hand(office):
    mail = make_mail()
    assert office.get(f"{LIST}add/").status_code == 403
    assert office.post(f"{LIST}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    choose(office, "delete_selected", mail, post="yes")
    assert OutgoingMail.objects.count() == 1


def test_discarding_takes_a_mail_out_of_the_way(office):
    mail = mail_with_link()
    assert "Eine E-Mail verworfen." in choose(office, "discard", mail).content.decode()
    assert (row(mail).state, row(mail).sealed_link) == (State.DISCARDED, "")


def test_no_admin_page_shows_a_link_that_opens_something(office, broken_server):
    mail = mail_with_link()
    outbox.send(mail)
    pages = [office.get(LIST), office.get(f"{LIST}{mail.pk}/change/"), choose(office, "send_after_reading", mail)]
    for page in pages:
        assert page.status_code == 200
        assert "geheim" not in page.content.decode()
        assert row(mail).sealed_link not in page.content.decode()


def test_editors_do_not_read_other_peoples_mail(editor_client):
    mail = make_mail()
    for address in (LIST, f"{LIST}{mail.pk}/change/"):
        assert editor_client.get(address).status_code == 403
    assert confirm(editor_client, mail).status_code == 403
    assert django_mail.outbox == []


# --- Forgetting


def make_closed(state, days_ago, **values):
    mail = make_mail(**values)
    moment = timezone.now() - timedelta(days=days_ago)
    sent = {"sent_at": moment} if state == State.SENT else {}
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, prepared_at=moment, **sent)
    return mail


def test_copies_of_mails_are_forgotten_after_half_a_year():
    gone = [make_closed(state, 181) for state in (State.SENT, State.DISCARDED)]
    kept = [make_closed(state, 179) for state in (State.SENT, State.DISCARDED)]
    kept += [make_closed(state, 400) for state in (State.PREPARED, State.FAILED)]
    kept.append(make_closed(State.SENT, 400, related_key="competition/1/2"))
    late = make_closed(State.SENT, 1)
    OutgoingMail.objects.filter(pk=late.pk).update(prepared_at=timezone.now() - timedelta(days=400))

    out = StringIO()
    call_command("forget_mails", "--dry-run", stdout=out)
    assert OutgoingMail.objects.count() == len([*gone, *kept, late])
    call_command("forget_mails", stdout=out)
    assert {mail.pk for mail in OutgoingMail.objects.all()} == {mail.pk for mail in [*kept, late]}
    assert out.getvalue() == f"{len(gone)} mails would be deleted.\n{len(gone)} mails deleted.\n"
