"""Getting in with a real browser: passkeys from a virtual authenticator, every page readable, German and quiet."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from access import invitation
from tests.access.people import (
    PASSWORD,
    code_of,
    give_app,
    give_passkey,
    give_recovery_codes,
    make_invited,
    make_person,
)
from tests.browser.reach import faults
from tests.browser.test_admin_language import ALSO_GERMAN, ENGLISH, visible_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_authenticator(page):
    """A device that confirms by itself, as after a fingerprint."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    authenticator = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, authenticator


def fill_log_in(page, login="erika", password=PASSWORD):
    page.goto("/konto/anmelden/")
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill(login)
    page.get_by_label("Passwort").fill(password)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def test_a_passkey_is_registered_and_logs_in_without_a_password(open_page, transactional_db):
    make_person()
    page = open_page()
    session, authenticator = with_authenticator(page)
    fill_log_in(page)
    page.wait_for_url("**/jury/")
    page.get_by_role("link", name="Konto, Passwort und zweiter Faktor").click()
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_label("Name").fill("Mein Tablet")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/konto/notfallcodes/")
    assert page.locator(".recovery-codes li").count() == 10
    (credential,) = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert credential["isResidentCredential"] is True

    page.goto("/konto/abmelden/")
    page.get_by_role("button", name="Jetzt abmelden").click()
    page.get_by_text("Sie sind abgemeldet.").wait_for()
    page.goto("/konto/anmelden/?next=/konto/passkeys/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(re.compile(r":\d+/konto/passkeys/$"))
    assert "Mein Tablet" in page.locator("main").inner_text()
    assert "zuletzt benutzt" in page.locator("main").inner_text()


def test_an_invited_person_needs_nothing_but_a_passkey(open_page, transactional_db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_invited(is_staff=True)
    page = open_page()
    with_authenticator(page)
    page.goto(invitation.make_link(user))
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/konto/passkeys/neu/")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/konto/notfallcodes/")
    page.get_by_role("link", name="Codes sind gesichert, weiter").click()
    page.wait_for_url("**/admin/")
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_a_passkey_also_stands_in_for_the_code_after_the_password_and_for_a_confirmation(open_page, transactional_db):
    make_person()
    page = open_page()
    with_authenticator(page)
    fill_log_in(page)
    page.wait_for_url("**/jury/")
    page.get_by_role("link", name="Konto, Passwort und zweiter Faktor").click()
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/konto/notfallcodes/")
    page.goto("/konto/bestaetigen/passkey/?next=/konto/passkeys/")
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    page.wait_for_url(re.compile(r":\d+/konto/passkeys/$"))
    page.goto("/konto/abmelden/")
    page.get_by_role("button", name="Jetzt abmelden").click()
    fill_log_in(page)
    page.wait_for_url("**/konto/anmelden/bestaetigen/")
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    page.wait_for_url("**/jury/")


def test_an_unknown_passkey_and_a_refusal_are_told_in_german(open_page, transactional_db):
    page = open_page()
    session, authenticator = with_authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/konto/anmelden/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text("Abgebrochen oder zu lange gewartet.").wait_for()


def test_everything_but_passkeys_works_without_javascript(open_page, transactional_db):
    person = make_person()
    secret = give_app(person)
    page = open_page(java_script_enabled=False)
    page.goto("/konto/anmelden/")
    assert not page.get_by_role("button", name="Mit Passkey anmelden").is_visible()
    fill_log_in(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/jury/")
    page.goto("/konto/passkeys/neu/")
    assert page.get_by_text("Passkeys brauchen JavaScript").is_visible()


def test_the_header_of_the_admin_leads_to_the_account_and_out(open_page, transactional_db):
    make_person("redaktion", is_staff=True)
    page = open_page()
    fill_log_in(page, "redaktion")
    page.wait_for_url("**/admin/")
    page.get_by_role("link", name="Mein Konto").click()
    page.wait_for_url("**/konto/")
    page.go_back()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/konto/anmelden/")


OUTSIDE = (
    "/konto/anmelden/",
    "/konto/passwort/vergessen/",
    "/konto/passwort/vergessen/gesendet/",
    "/konto/passwort/neu/1-falsch/",
    "/konto/gesperrt/",
    "/konto/einladung/falsch/",
)
INSIDE = (
    *("mfa_index", "account_change_password", "usersessions_list", "account_logout", "mfa_list_webauthn"),
    *("mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
)


def complaints_about(page, address):
    answer = page.goto(address)
    assert answer.status in (200, 410), address
    found = {word.lower() for word in ENGLISH.findall(visible_words(page))} - ALSO_GERMAN - {"code", "code-app"}
    return [*([(address, "English", sorted(found))] if found else []), *faults(page)]


def test_every_page_is_german_and_reaches_everybody(open_page, transactional_db, settings):
    person, plain = make_person(), make_person("otto")
    passkey = give_passkey(person)
    give_recovery_codes(person)
    stranger, member = open_page(), open_page()
    stranger.watch.expect_status(410)
    complaints = [one for address in OUTSIDE for one in complaints_about(stranger, address)]
    invited = open_page()
    complaints += complaints_about(invited, invitation.make_link(make_invited()))

    fill_log_in(stranger, "otto", "falsch")
    stranger.locator(".error-summary").wait_for()
    complaints += faults(stranger)

    fill_log_in(member, "otto")
    complaints += complaints_about(member, "/konto/code-app/")
    settings.SECOND_FACTOR_REQUIRED = True
    complaints += complaints_about(member, "/konto/zweiter-faktor/")
    member = open_page()
    secret = give_app(person)
    fill_log_in(member)
    complaints += complaints_about(member, "/konto/anmelden/bestaetigen/")
    member.get_by_label("Code").fill(code_of(secret))
    member.get_by_role("button", name="Anmelden").click()
    member.wait_for_url("**/jury/")
    addresses = [reverse(name) for name in INSIDE]
    addresses += [f"/konto/passkeys/{passkey.pk}/", f"/konto/passkeys/{passkey.pk}/entfernen/"]
    addresses += ["/konto/code-app/entfernen/"]
    complaints += [one for address in addresses for one in complaints_about(member, address)]
    assert plain.pk
    assert "\n".join(map(str, complaints)) == ""
