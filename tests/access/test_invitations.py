from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from access import invitation
from publishing import outbox
from publishing.groups import ADMINISTRATORS
from publishing.models import OutgoingMail
from tests.access.people import give_passkey, is_logged_in, link_in_mail, log_in, make_invited, make_person
from tests.factories import make_editor
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
FORM = "/konto/einladung/"
NEW = {"password1": "vier-zufaellige-woerter", "password2": "vier-zufaellige-woerter"}


@pytest.fixture
def invited(django_capture_on_commit_callbacks):
    user = make_invited()
    with django_capture_on_commit_callbacks(execute=True):
        invitation.invite(user)
    return user


def ended(response):
    return response.status_code == 410 and "Diese Einladung gilt nicht mehr" in response.content.decode()


def test_an_invitation_arrives_and_its_kept_copy_has_no_link(invited):
    (arrived,) = mail.outbox
    assert arrived.to == ["neu@example.org"]
    assert "Guten Tag Erika Beispiel," in arrived.body
    assert "„neu“" in arrived.body
    kept = OutgoingMail.objects.get()
    assert (kept.state, kept.purpose, kept.related_label) == ("sent", "Einladung", "Konto neu")
    assert link_in_mail() not in kept.text


def test_opening_the_link_changes_nothing_however_often_scanners_do(client, invited):
    link = link_in_mail()
    for _ in range(3):
        response = Client().get(link)
        assert (response.status_code, response["Location"]) == (302, FORM), "the secret leaves the address"
        Client().head(link)
    invited.refresh_from_db()
    assert not invited.has_usable_password()
    assert client.get(link, follow=True).status_code == 200
    assert not is_logged_in(client)


def test_a_password_is_set_once_and_lets_its_owner_in(client, invited):
    link = link_in_mail()
    client.get(link)
    bad = client.post(FORM, NEW | {"password2": "anders-anders-anders"})
    assert "Die beiden Passwörter sind nicht gleich." in bad.content.decode()
    assert client.post(FORM, NEW)["Location"] == "/jury/"
    assert is_logged_in(client)
    other = Client()
    assert ended(other.get(link))
    assert ended(client.post(FORM, NEW))
    assert log_in(other, "neu", NEW["password1"]).status_code == 302


def test_the_way_to_a_passkey_begins_with_a_click_and_leaves_the_link_good_until_there_is_one(client, invited):
    link = link_in_mail()
    client.get(link)
    assert client.post(FORM, {"passkey": "1"})["Location"] == "/konto/passkeys/neu/"
    page = client.get("/konto/passkeys/neu/")
    assert page.status_code == 200, "nobody asks for a password there is none of"
    assert Client().get(link).status_code == 302
    give_passkey(invited)
    assert ended(Client().get(link))


def test_who_set_a_password_goes_on_to_the_second_factor(client, invited, strict):
    User.objects.filter(pk=invited.pk).update(is_staff=True)
    client.get(link_in_mail())
    response = client.post(FORM, NEW, follow=True)
    assert response.redirect_chain[-1][0] == "/konto/zweiter-faktor/?next=%2Fadmin%2F"
    assert client.get("/konto/passkeys/neu/").status_code == 200
    assert client.get("/konto/code-app/").status_code == 200


def test_an_invitation_ends_after_two_weeks(invited):
    link = link_in_mail()
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=-5), tick=False):
        assert Client().get(link).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=5), tick=False):
        assert ended(Client().get(link))


def test_a_page_left_open_for_too_long_says_so(client, invited):
    client.get(link_in_mail())
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert ended(client.post(FORM, NEW))


@pytest.mark.parametrize(
    "forge",
    [
        lambda token, user: token[:-3] + "abc",
        lambda token, user: "",
        lambda token, user: "x" * 3000,
        lambda token, user: signing.dumps([user.pk, "0" * 24], salt=invitation.SALT),
        lambda token, user: signing.dumps([user.pk + 99, "0" * 24], salt=invitation.SALT),
        lambda token, user: signing.dumps([user.pk, invitation._state(user)], salt="publishing.preview"),
    ],
    ids=["changed", "empty", "long", "other state", "nobody", "other purpose"],
)
def test_a_forged_invitation_opens_nothing(client, invited, forge):
    response = client.get(f"{FORM}{forge(invitation.make_token(invited), invited) or '%20'}/")
    assert ended(response)
    assert ended(client.post(FORM, NEW))


def test_only_the_newest_invitation_works(invited, django_capture_on_commit_callbacks):
    old = link_in_mail()
    with django_capture_on_commit_callbacks(execute=True):
        invitation.invite(User.objects.get(pk=invited.pk))
    assert ended(Client().get(old))
    assert Client().get(link_in_mail()).status_code == 302


def test_a_changed_address_or_a_locked_account_ends_the_invitation(invited):
    link = link_in_mail()
    User.objects.update(email="anders@example.org")
    assert ended(Client().get(link))
    User.objects.update(email=invited.email, is_active=False)
    assert ended(Client().get(link))


def test_an_invitation_in_a_browser_of_somebody_else_does_not_become_theirs(client, invited):
    make_person("otto")
    log_in(client, "otto")
    client.get(link_in_mail())
    client.post(FORM, NEW)
    assert "neu" in ParsedPage(client.get("/konto/")).texts("dd")[0]
    assert not User.objects.get(username="otto").check_password(NEW["password1"])


def test_a_prepared_invitation_waits_in_the_outbox_for_somebody_to_read_it():
    user = make_invited()
    kept = invitation.prepare_invitation(user, by=make_editor("anna"))
    assert (kept.state, kept.prepared_by.username) == ("prepared", "anna")
    assert invitation.SALT not in kept.text
    assert outbox.send(kept)
    assert Client().get(link_in_mail()).status_code == 302


def test_an_invitation_that_could_not_be_sent_for_two_weeks_is_given_up(settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "publishing.outbox.NoMailServer"
    with django_capture_on_commit_callbacks(execute=True):
        invitation.invite(make_invited())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert outbox.send_what_is_due() == (0, 1)
    assert OutgoingMail.objects.get().state == "discarded"


# --- In the admin


@pytest.fixture
def office(client):
    user = make_editor("anna")
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    client.force_login(user)
    return client


def choose(client, *users):
    data = {"action": "send_invitation", "_selected_action": [user.pk for user in users]}
    return client.post("/admin/auth/user/", data, follow=True).content.decode()


def test_a_new_account_is_made_without_password_and_invited(office, django_capture_on_commit_callbacks):
    data = {"username": "neu", "first_name": "Erika", "last_name": "B", "email": "Neu@Example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post("/admin/auth/user/add/", data | {"send_invitation": "on"}, follow=True)
    assert "Die Einladung an neu@example.org ist unterwegs." in response.content.decode()
    user = User.objects.get(username="neu")
    assert (user.has_usable_password(), user.email, user.is_staff) == (False, "neu@example.org", False)
    assert Client().get(link_in_mail()).status_code == 302
    assert OutgoingMail.objects.get().sent_by.username == "anna"


def test_an_invitation_needs_an_address_and_an_address_belongs_to_one_account(office):
    page = office.post("/admin/auth/user/add/", {"username": "neu", "send_invitation": "on"}).content.decode()
    assert "Für die Einladung fehlt die E-Mail-Adresse." in page
    make_person("otto")
    data = {"username": "neu", "email": "OTTO@example.org"}
    assert "gehört schon zu einem anderen Konto" in office.post("/admin/auth/user/add/", data).content.decode()
    data = {"username": "neu", "password1": "vier-zufaellige-woerter"}
    assert "nicht gleich" in office.post("/admin/auth/user/add/", data).content.decode()
    assert not User.objects.filter(username="neu").exists()


def test_invitations_go_to_those_who_have_no_way_in_yet(office, django_capture_on_commit_callbacks):
    new, no_address = make_invited(), make_invited("stumm", email="")
    known, with_passkey = make_person("otto"), make_invited("karla")
    give_passkey(with_passkey)
    with django_capture_on_commit_callbacks(execute=True):
        page = choose(office, new, no_address, known, with_passkey)
    assert page.count("Eingeladen wird, wer") == 3
    assert [one.to for one in mail.outbox] == [["neu@example.org"]]
    known.refresh_from_db()
    assert known.has_usable_password()
    assert "Einladung gesendet." in office.get(f"/admin/auth/user/{new.pk}/history/").content.decode()


def test_administrators_invite_nobody_who_is_all_powerful(office):
    root = User.objects.create_superuser("root", email="root@example.org")
    assert "dürfen Sie nicht ändern" in choose(office, root)
    assert not OutgoingMail.objects.exists()
