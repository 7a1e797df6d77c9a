"""Letters to jurors: the right people, the right words, and nothing sent by itself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from competition import reminders
from competition.models import LogEntry, PanelMember, Round
from competition.progress import progress_of
from publishing.models.outgoing_mail import OutgoingMail
from tests.competition.factories import make_category, make_entry, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    close,
    make_criteria,
    make_panel,
    make_round,
    make_seat,
    rate,
    state,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(db):
    """Four jurors: one has done everything, one rates, one has not begun, one has left."""
    round_ = make_round(opens=-1, closes=5)
    make_criteria(round_.edition)
    category = make_category(round_.edition)
    panel = make_panel(round_, category, name="Jury IT")
    done, rating, idle, gone = (make_seat(panel, last_name=name) for name in ("Fertig", "Halb", "Säumig", "Weg"))
    PanelMember.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    first, second = make_entry(category), make_entry(category)
    for seat in (done, rating):
        state(seat.user, first)
        state(seat.user, second, conflicted=seat == done)
        rate(seat, first, 4)
    return round_, idle


def letters(round_, reader, write=reminders.reminders):
    return {one.name: one for one in write(round_, progress_of(round_, reader=reader))}


def address(round_, name="reminders"):
    return reverse(f"admin:competition_round_{name}", args=[round_.pk])


def moment(value):
    return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"


def test_only_those_with_something_left_to_do_are_reminded(running, office):
    assert letters(running[0], office).keys() == {"Jutta Halb", "Jutta Säumig"}


def test_a_reminder_says_what_is_missing_until_when_and_where(running, office):
    round_, _ = running
    letter = letters(round_, office)["Jutta Säumig"]
    assert (letter.to, letter.purpose) == ("saeumig@example.org", "Erinnerung an die Jury")
    assert letter.subject == f"Jury: noch offen bis {moment(round_.closes_at)}"
    assert letter.text == (
        "Guten Tag Jutta Säumig,\n\n"
        "in der Runde „Clusterrunde“ (22. IQ Innovationspreis Mitteldeutschland) fehlt von Ihnen noch:\n\n"
        "– die Erklärung zur Befangenheit bei 2 Beiträgen\n"
        "– 2 Bewertungsbögen\n\n"
        f"Das Portal nimmt bis {moment(round_.closes_at)} an, danach nichts mehr:\n"
        "https://portal.example/jury/\n\n"
        "Mit freundlichen Grüßen\nIhre Geschäftsstelle\nEuropäische Metropolregion Mitteldeutschland\n"
    )


def test_one_is_counted_as_one(running, office):
    assert "– 1 Bewertungsbogen\n" in letters(running[0], office)["Jutta Halb"].text
    assert "Erklärung" not in letters(running[0], office)["Jutta Halb"].text


def test_no_letter_names_an_entry(running, office):
    round_, _ = running
    names = [entry.organisation for entry in round_.edition.entries.all()]
    texts = [
        one.text
        for write in (reminders.reminders, reminders.invitations)
        for one in letters(round_, office, write).values()
    ]
    assert [(name, text) for name in names for text in texts if name in text] == []


def test_in_the_final_who_has_not_voted_is_reminded(office):
    round_ = make_round(kind=Round.Kind.FINAL, opens=-1, closes=1)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    panel = make_panel(round_)
    voted, missing, recused = (make_seat(panel, last_name=name) for name in ("Fertig", "Fehlt", "Befangen"))
    for seat in (voted, missing, recused):
        for finalist in finalists:
            state(seat.user, finalist.entry, conflicted=seat == recused)
    cast_votes(round_, {}, [voted.user])
    found = letters(round_, office)
    assert found.keys() == {"Jutta Fehlt"}
    assert "– Ihre Stimme\n" in found["Jutta Fehlt"].text


def test_before_and_after_the_round_nobody_is_reminded(running, office, office_client):
    round_, _ = running
    close(round_)
    assert letters(round_, office) == {}
    assert "nur, solange die Runde läuft" in office_client.get(address(round_)).content.decode()
    planned = make_round(round_.edition, kind=Round.Kind.FINAL, opens=1, closes=2)
    make_finalist(make_category(round_.edition))
    make_seat(make_panel(planned))
    assert letters(planned, office) == {}


def test_everybody_with_a_seat_is_invited(running, office):
    round_, _ = running
    found = letters(round_, office, reminders.invitations)
    assert found.keys() == {"Jutta Fertig", "Jutta Halb", "Jutta Säumig"}
    letter = found["Jutta Halb"]
    assert letter.subject == "Einladung zur Jury: 22. IQ Innovationspreis Mitteldeutschland, Clusterrunde"
    assert "Sie gehören zur Jury „Jury IT“" in letter.text
    assert f"von {moment(round_.opens_at)} bis {moment(round_.closes_at)}" in letter.text
    assert "https://portal.example/jury/" in letter.text


def test_who_has_no_address_is_named_to_the_office(running, office_client):
    round_, idle = running
    idle.user.email = ""
    idle.user.save()
    page = office_client.get(address(round_)).content.decode()
    assert "bitte anders erreichen: Jutta Säumig." in page
    assert page.count("<article") == 1


# --- The outbox


def kept():
    return list(OutgoingMail.objects.order_by("pk"))


def test_letters_are_put_into_the_outbox_and_this_is_noted(running, office, office_client):
    round_, _ = running
    response = office_client.post(address(round_), follow=True)
    assert "2 Schreiben liegen im Postausgang" in response.content.decode()
    assert [mail.to for mail in kept()] == ["halb@example.org", "saeumig@example.org"]
    assert {mail.purpose for mail in kept()} == {"Erinnerung an die Jury"}
    assert {mail.prepared_by for mail in kept()} == {office}
    line = LogEntry.objects.get(act=LogEntry.Act.REMINDED)
    assert line.text == "Clusterrunde 2026: Erinnerung an 2 Mitglieder"


def test_whose_letter_waits_already_gets_no_second_one(running, office_client):
    round_, idle = running
    idle.user.email = ""
    idle.user.save()
    office_client.post(address(round_))
    idle.user.email = "saeumig@example.org"
    idle.user.save()
    page = office_client.get(address(round_)).content.decode()
    assert "dort senden oder verwerfen: Jutta Halb." in page
    assert page.count("<article") == 1
    office_client.post(address(round_))
    assert [mail.to for mail in kept()] == ["halb@example.org", "saeumig@example.org"]
    assert {mail.related_label for mail in kept()} == {"Clusterrunde 2026"}
    page = office_client.get(address(round_)).content.decode()
    assert "Niemand hat mehr etwas zu tun" not in page
    OutgoingMail.objects.update(state="discarded")
    assert office_client.get(address(round_)).content.decode().count("<article") == 2


def test_invitations_too(running, office_client):
    office_client.post(address(running[0], "invitations"))
    assert [mail.purpose for mail in kept()] == ["Einladung zur Jury"] * 3
    assert LogEntry.objects.get(act=LogEntry.Act.REMINDED).text == "Clusterrunde 2026: Einladung an 3 Mitglieder"


def test_an_address_nobody_gets_mail_at_is_named_and_holds_nobody_else_up(running, office_client):
    round_, idle = running
    idle.user.email = "säumig bei example"
    idle.user.save()
    page = office_client.post(address(round_, "invitations"), follow=True).content.decode()
    assert "Jutta Säumig: An „säumig bei example“ kommt keine E-Mail an." in page
    assert "2 Schreiben liegen im Postausgang" in page
    assert [mail.to for mail in kept()] == ["fertig@example.org", "halb@example.org"]
    assert LogEntry.objects.get(act=LogEntry.Act.REMINDED).text == "Clusterrunde 2026: Einladung an 2 Mitglieder"


def test_who_has_no_address_is_named_again_when_the_others_are_prepared(running, office_client):
    round_, idle = running
    idle.user.email = ""
    idle.user.save()
    page = office_client.post(address(round_), follow=True).content.decode()
    assert "Jutta Säumig hat keine E-Mail-Adresse." in page
    assert [mail.to for mail in kept()] == ["halb@example.org"]


def test_where_no_letter_can_be_written_nothing_is_noted(office_client):
    round_ = make_round(opens=-1, closes=1)
    make_seat(make_panel(round_), last_name="Ohne", email="")
    page = office_client.post(address(round_, "invitations"), follow=True).content.decode()
    assert "Jutta Ohne hat keine E-Mail-Adresse." in page
    assert "im Postausgang" not in page
    assert not LogEntry.objects.exists()


def test_the_longest_title_of_an_edition_still_fits_a_subject(running, office_client):
    round_, _ = running
    round_.edition.title = "Titel " * 33
    round_.edition.save()
    office_client.post(address(round_, "invitations"))
    assert len(kept()) == 3
    assert {mail.subject.endswith("…, Clusterrunde") for mail in kept()} == {True}


def test_who_may_read_the_outbox_is_led_there_and_who_may_not_hears_who_does(running, office_client, admin_client):
    round_, _ = running
    page = office_client.post(address(round_), follow=True).content.decode()
    assert "Die Administration liest sie dort" in page
    assert "/admin/publishing/outgoingmail/" not in page
    OutgoingMail.objects.all().delete()
    page = admin_client.post(address(round_), follow=True).content.decode()
    link = '<a href="/admin/publishing/outgoingmail/?state__exact=prepared">Postausgang („E-Mails“)</a>'
    assert f"2 Schreiben liegen im {link}. Bitte lesen Sie dort" in page


def test_looking_prepares_nothing(running, office_client):
    assert "In den Postausgang legen" in office_client.get(address(running[0])).content.decode()
    assert kept() == []
    assert not LogEntry.objects.exists()


def test_where_nobody_is_missing_nothing_is_prepared(office_client):
    round_ = make_round(opens=-1, closes=1)
    response = office_client.post(address(round_), follow=True)
    assert "niemanden, an den" in response.content.decode()
    assert not LogEntry.objects.exists()


def test_reading_is_not_enough_to_prepare(client, running, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("liest", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_round"))
    client.force_login(reader)
    assert client.get(address(running[0])).status_code == 403
    assert client.get(reverse("admin:competition_round_overview", args=[running[0].pk])).status_code == 200
