from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client

from access import second_factor
from access.mails import NOTICES
from publishing.groups import ADMINISTRATORS
from tests.access.people import (
    PASSWORD,
    code_of,
    give_app,
    give_passkey,
    give_recovery_codes,
    is_logged_in,
    log_in,
    make_person,
)
from tests.factories import make_editor
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db

START_OF_A_STEP = datetime(2026, 7, 1, 10, tzinfo=UTC)


def secret_on(page):
    return ParsedPage(page).texts("code")[0]


def errors(response):
    return ParsedPage(response).one("div", css="error-summary").text


# --- A code app


def test_a_code_app_is_set_up_right_after_the_log_in_and_then_asked_for(person):
    client = Client()
    log_in(client)
    page = client.get("/konto/code-app/")
    assert page.status_code == 200, "the log-in a moment ago is confirmation enough"
    secret = secret_on(page)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "Dieser Code stimmt nicht" in errors(client.post("/konto/code-app/", {"code": "000000"}))
    response = client.post("/konto/code-app/", {"code": code_of(secret)})
    assert response["Location"] == "/konto/notfallcodes/"
    codes = ParsedPage(client.get("/konto/notfallcodes/")).texts("code")
    assert len(set(codes)) == 10

    other = Client()
    assert log_in(other)["Location"] == "/konto/anmelden/bestaetigen/"
    assert not is_logged_in(other)
    assert "Dieser Code stimmt nicht" in errors(other.post("/konto/anmelden/bestaetigen/", {"code": "000000"}))
    assert not is_logged_in(other)
    response = other.post("/konto/anmelden/bestaetigen/", {"code": code_of(secret)})
    assert response["Location"] == "/jury/"
    assert is_logged_in(other)


def test_a_recovery_code_works_once(person):
    give_app(person)
    code = give_recovery_codes(person)[0]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post("/konto/anmelden/bestaetigen/", {"code": code})
    assert (is_logged_in(first), is_logged_in(second)) == (True, False)


@pytest.mark.parametrize("seconds_later", [0, 35, 59])
def test_a_code_seen_by_somebody_else_is_worthless(person, seconds_later):
    """As long as a slow clock may show it; after that it is refused for its age."""
    secret = give_app(person)
    first, second, third = Client(), Client(), Client()
    with time_machine.travel(START_OF_A_STEP, tick=False) as clock:
        code = code_of(secret)
        log_in(first)
        first.post("/konto/anmelden/bestaetigen/", {"code": code})
        clock.shift(seconds_later)
        log_in(second)
        assert "Dieser Code stimmt nicht" in errors(second.post("/konto/anmelden/bestaetigen/", {"code": code}))
        second.post("/konto/anmelden/bestaetigen/", {"code": f"{code[:3]} {code[3:]}"})
        third.force_login(person)
        third.post("/konto/bestaetigen/code/?next=/konto/code-app/entfernen/", {"code": code})
        assert (is_logged_in(first), is_logged_in(second)) == (True, False)
        assert third.get("/konto/code-app/entfernen/").status_code == 302


def test_a_code_that_appeared_just_before_the_app_showed_the_next_still_opens(person):
    secret = give_app(person)
    client = Client()
    with time_machine.travel(START_OF_A_STEP, tick=False) as clock:
        code = code_of(secret)
        log_in(client)
        clock.shift(59)
        client.post("/konto/anmelden/bestaetigen/", {"code": code})
        assert is_logged_in(client)


def test_codes_cannot_be_tried_out(person):
    secret = give_app(person)
    client = Client()
    log_in(client)
    for _ in range(5):
        client.post("/konto/anmelden/bestaetigen/", {"code": "000000"})
    assert "Zu viele Versuche" in errors(client.post("/konto/anmelden/bestaetigen/", {"code": code_of(secret)}))
    assert not is_logged_in(client)


def test_the_step_after_the_password_opens_nothing_by_itself(client, person):
    give_app(person)
    assert client.get("/konto/anmelden/bestaetigen/")["Location"] == "/konto/anmelden/"
    log_in(client)
    assert client.get("/konto/anmelden/bestaetigen/").status_code == 200
    assert client.post("/konto/abmelden/").status_code == 302
    assert client.get("/konto/anmelden/bestaetigen/")["Location"] == "/konto/anmelden/"


def test_a_later_change_asks_for_the_password_again(person):
    secret = give_app(person)
    client = Client()
    client.force_login(person)
    assert client.get("/konto/code-app/entfernen/")["Location"].startswith("/konto/bestaetigen/?next=")
    assert second_factor.has_one(person)
    page = client.get("/konto/bestaetigen/?next=/konto/code-app/entfernen/")
    assert "Mit einem Code" in page.content.decode()
    assert "Das Passwort stimmt nicht." in errors(client.post("/konto/bestaetigen/", {"password": "falsch"}))
    response = client.post("/konto/bestaetigen/code/?next=/konto/code-app/entfernen/", {"code": code_of(secret)})
    assert response["Location"] == "/konto/code-app/entfernen/"
    assert client.get("/konto/code-app/entfernen/").status_code == 200


def test_a_change_that_was_interrupted_by_the_question_goes_on_after_it(person):
    secret = give_app(person)
    client = Client()
    client.force_login(person)
    response = client.post("/konto/code-app/entfernen/")
    assert second_factor.has_one(person)
    question = response["Location"]
    assert question.startswith("/konto/bestaetigen/?next=")
    client.post(question.replace("bestaetigen/", "bestaetigen/code/"), {"code": code_of(secret)})
    assert not second_factor.has_one(person)


@pytest.mark.django_db(transaction=True)
def test_the_owner_hears_of_every_change(person):
    client = Client()
    log_in(client)
    secret = secret_on(client.get("/konto/code-app/"))
    client.post("/konto/code-app/", {"code": code_of(secret)})
    client.post("/konto/notfallcodes/neu/")
    client.post("/konto/code-app/entfernen/")
    words = " ".join(one.body for one in mail.outbox)
    events = ("mfa/email/totp_activated", "mfa/email/recovery_codes_generated", "mfa/email/totp_deactivated")
    assert [words.count(NOTICES[event]) for event in events] == [1, 1, 1]
    assert len(mail.outbox) == 3
    assert {tuple(one.to) for one in mail.outbox} == {("erika@example.org",)}
    assert secret not in words


def test_a_stolen_database_shows_no_secret(person):
    secret = give_app(person)
    codes = give_recovery_codes(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert not [code for code in codes if code in stored]


def test_another_secret_key_lets_no_code_in_and_breaks_nothing(person, settings):
    secret = give_app(person)
    settings.SECRET_KEY = "z" * 50
    client = Client()
    log_in(client)
    assert "Dieser Code stimmt nicht" in errors(client.post("/konto/anmelden/bestaetigen/", {"code": code_of(secret)}))


# --- Who must have one


def test_staff_without_one_are_led_to_setting_it_up_and_then_where_they_wanted(strict):
    make_person("redaktion", is_staff=True)
    client = Client()
    response = log_in(client, "redaktion", next="/admin/news/article/")
    assert response["Location"] == "/admin/news/article/"
    for path in ("/admin/", "/admin/news/article/", "/admin/jsi18n/", "/admin/gibt-es-nicht/"):
        response = client.get(path)
        assert response.status_code == 302, path
        assert response["Location"].startswith("/konto/zweiter-faktor/?next="), path
    assert client.post("/admin/news/article/add/", {"title": "x"}).status_code == 302

    page = client.get("/konto/zweiter-faktor/?next=/admin/news/article/")
    assert ParsedPage(page).texts("h1") == ["Noch ein Schritt: der zweite Faktor"]
    secret = secret_on(client.get("/konto/code-app/"))
    client.post("/konto/code-app/", {"code": code_of(secret)})
    assert "Codes sind gesichert, weiter" in client.get("/konto/notfallcodes/").content.decode()
    assert client.get("/konto/weiter/")["Location"] == "/admin/news/article/"
    assert client.get("/admin/").status_code == 200


def test_nobody_is_led_to_another_host_by_setting_up_the_second_factor(client, strict, person):
    client.force_login(person)
    client.get("/konto/zweiter-faktor/?next=//boese.example/")
    assert client.get("/konto/weiter/")["Location"] == "/jury/"


@pytest.mark.parametrize("give", [give_app, give_passkey])
def test_one_second_factor_is_enough(strict, give):
    user = make_person("redaktion", is_staff=True)
    give(user)
    client = Client()
    client.force_login(user)
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(strict):
    user = make_person("redaktion", is_staff=True)
    give_recovery_codes(user)
    assert second_factor.is_missing(user)


def test_whoever_loses_the_second_factor_must_set_one_up_before_going_on(strict):
    user = make_person("redaktion", is_staff=True)
    give_app(user)
    client = Client()
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/admin/").status_code == 302


def test_others_need_one_where_the_rule_of_the_house_says_so(strict, person):
    strict.SECOND_FACTOR_RULE = f"{__name__}.everybody"
    assert second_factor.is_required(person)
    strict.SECOND_FACTOR_RULE = f"{__name__}.nobody_else"
    assert not second_factor.is_required(person)
    for values in ({"is_staff": True}, {"is_superuser": True}):
        User.objects.filter(pk=person.pk).update(**values)
        assert second_factor.is_required(User.objects.get(pk=person.pk)), "the rule says nothing about staff"


def everybody(user):
    return True


def nobody_else(user):
    return False


def test_the_demo_on_ones_own_machine_asks_for_none(client, settings):
    assert settings.SECOND_FACTOR_REQUIRED is False
    make_person("redaktion", is_staff=True)
    assert log_in(client, "redaktion")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


# --- A lost device


@pytest.fixture
def office(client):
    from django.contrib.auth.models import Group

    user = make_editor("anna")
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    client.force_login(user)
    return client


def choose(client, action, *users):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    return client.post("/admin/auth/user/", data, follow=True).content.decode()


def test_the_office_takes_a_lost_second_factor_away(office, person, django_capture_on_commit_callbacks):
    give_app(person)
    give_recovery_codes(person)
    thief = Client()
    log_in(thief)
    with django_capture_on_commit_callbacks(execute=True):
        page = choose(office, "take_second_factor_away", person)
    assert "Der zweite Faktor ist entfernt" in page
    assert not Authenticator.objects.exists()
    assert "Zweiter Faktor zurückgesetzt" in office.get(f"/admin/auth/user/{person.pk}/history/").content.decode()
    assert "Das Büro hat den zweiten Faktor entfernt" in mail.outbox[-1].body
    assert log_in(Client())["Location"] == "/jury/"


def test_taking_it_away_ends_the_sessions_on_the_lost_device(office, person):
    device = Client()
    log_in(device)
    give_passkey(person)
    choose(office, "take_second_factor_away", person)
    assert not is_logged_in(device)


def test_administrators_take_nothing_from_whoever_is_all_powerful(office):
    root = User.objects.create_superuser("root", password=PASSWORD)
    give_app(root)
    assert "dürfen Sie nicht ändern" in choose(office, "take_second_factor_away", root)
    assert second_factor.has_one(root)


def test_the_list_says_how_people_log_in(office, person):
    give_app(person)
    give_passkey(make_person("otto", password=None))
    make_person("neu", password=None)
    page = office.get("/admin/auth/user/").content.decode()
    for words in ("Passwort + Code-App", ">Passkey<", "noch nichts: braucht eine Einladung"):
        assert words in page


def test_the_admin_shows_none_of_the_packages_own_tables(client):
    client.force_login(User.objects.create_superuser("root"))
    page = client.get("/admin/").content.decode()
    for name in ("account", "mfa", "usersessions"):
        assert client.get(f"/admin/{name}/").status_code == 404
        assert f"/admin/{name}/" not in page
