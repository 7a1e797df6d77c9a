import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import OutgoingMail
from publishing.site_version import read_version
from tests.access.people import PASSWORD, is_logged_in, link_in_mail, log_in, make_invited, make_person
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
WRONG = "Die Anmeldung hat nicht geklappt: Name und Passwort passen nicht zusammen."


def errors(response):
    return ParsedPage(response).one("div", css="error-summary").text


# --- Getting in


@pytest.mark.parametrize("login", ["erika", "erika@example.org", "Erika@Example.ORG", " erika "])
def test_people_log_in_by_name_and_by_address(client, person, login):
    response = log_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/jury/")
    assert is_logged_in(client)


def test_staff_land_in_the_admin_and_others_on_their_account(client):
    make_person("redaktion", is_staff=True)
    assert log_in(client, "redaktion")["Location"] == "/admin/"


def test_the_admin_uses_the_same_log_in(client):
    make_person("redaktion", is_staff=True)
    response = client.get("/admin/auth/user/", follow=True)
    assert response.redirect_chain[-1] == ("/konto/anmelden/?next=/admin/auth/user/", 302)
    response = log_in(client, "redaktion", next="/admin/")
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/password_change/")["Location"] == "/konto/passwort/"
    assert client.get("/admin/logout/")["Location"] == "/konto/abmelden/"


def test_an_account_without_admin_rights_is_not_sent_in_circles(client, person):
    log_in(client)
    assert client.get("/admin/", follow=True).status_code == 403


def test_leaving_needs_a_click_and_ends_the_session(client, person):
    log_in(client)
    assert client.get("/konto/abmelden/").status_code == 200
    assert is_logged_in(client)
    response = client.post("/konto/abmelden/", follow=True)
    assert "Sie sind abgemeldet." in response.content.decode()
    assert not is_logged_in(client)


# --- Not getting in


def test_every_wrong_log_in_gets_the_same_answer(client, person):
    make_person("fort", is_active=False)
    make_invited()
    answers = {
        errors(log_in(client, login, password))
        for login, password in (
            ("erika", "falsch"),
            ("erika@example.org", "falsch"),
            ("niemand", PASSWORD),
            ("niemand@example.org", PASSWORD),
            ("fort", "falsch"),
            ("neu", "falsch"),
            ("neu", "!"),
        )
    }
    assert len(answers) == 1
    assert WRONG in answers.pop()
    assert not is_logged_in(client)


def test_a_locked_account_is_told_so_only_with_the_right_password(client):
    make_person("fort", is_active=False)
    response = log_in(client, "fort")
    assert response["Location"] == "/konto/gesperrt/"
    assert "Dieses Konto ist gesperrt" in client.get("/konto/gesperrt/").content.decode()
    assert not is_logged_in(client)


def test_a_page_comes_back_with_what_was_typed_except_the_password(client, person):
    page = ParsedPage(log_in(client, "erika", "falsch-4711"))
    assert page.one("input", name="login").attrs["value"] == "erika"
    assert "falsch-4711" not in page.html


@pytest.mark.parametrize("data", [{}, {"login": ""}, {"login": "\x00", "password": "\x00"}, {"login": "x" * 9000}])
def test_nonsense_gets_a_form_back(client, data):
    assert client.post("/konto/anmelden/", data).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://boese.example/",
        "//boese.example/",
        "/\\boese.example",
        "javascript:alert(1)",
        "https://portal.example.boese.example/",
        "https:boese.example",
        "\thttps://boese.example",
    ],
)
def test_after_the_log_in_nobody_is_sent_to_another_host(client, person, elsewhere):
    assert log_in(client, next=elsewhere)["Location"] == "/jury/"
    assert client.get("/konto/anmelden/", {"next": elsewhere})["Location"] == "/jury/"
    assert client.post("/konto/abmelden/", {"next": elsewhere})["Location"] == "/konto/anmelden/"


def test_after_the_log_in_people_go_on_where_they_wanted_to(client, person):
    assert log_in(client, next="/konto/sitzungen/?a=1")["Location"] == "/konto/sitzungen/?a=1"


@pytest.mark.parametrize("path", ["registrieren/", "signup/", "email/", "login/", "password/reset/", "login/code/"])
def test_there_is_no_sign_up_and_no_address_of_the_packages_own(client, path):
    assert client.get(f"/konto/{path}").status_code == 404
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_form_without_its_token_is_refused(person):
    client = Client(enforce_csrf_checks=True)
    assert log_in(client).status_code == 403


# --- How often


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, person):
    for _ in range(5):
        assert WRONG in errors(log_in(client, password="falsch"))
    assert "Zu viele Versuche" in errors(log_in(client))
    assert not is_logged_in(client)


def test_wrong_passwords_of_one_person_keep_nobody_else_out(client, person):
    make_person("otto")
    for _ in range(6):
        log_in(client, password="falsch")
    assert log_in(client, "otto").status_code == 302


def test_too_many_log_ins_from_one_place_get_a_german_page(client, settings, person):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        log_in(client, password="falsch")
    response = log_in(client)
    assert response.status_code == 429
    assert ParsedPage(response).texts("h1") == ["Zu viele Versuche"]


def test_attempts_are_counted_by_the_address_a_trusted_proxy_names(client, settings, person):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    def status(forwarded):
        data = {"login": "x", "password": "y"}
        return client.post("/konto/anmelden/", data, headers={"x-forwarded-for": forwarded}).status_code

    assert [status("1.1.1.1, 7.7.7.7"), status("2.2.2.2, 7.7.7.7"), status("7.7.7.7, 8.8.8.8")] == [200, 429, 200]


def test_the_counters_lie_in_the_database_all_workers_share(client, person):
    log_in(client, password="falsch")
    assert type(caches["default"]).__name__ == "DatabaseCache"
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM portal_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1


# --- Passwords


def test_old_password_hashes_are_renewed_at_the_next_log_in(client, settings, person):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert person.password.startswith("md5$")
    log_in(client)
    person.refresh_from_db()
    assert person.password.startswith("argon2$argon2id$")
    assert is_logged_in(client)


def test_a_password_is_changed_and_the_owner_hears_of_it(client, person, django_capture_on_commit_callbacks):
    log_in(client)
    new = "vier-zufaellige-woerter"
    wrong = {"oldpassword": "falsch", "password1": new, "password2": new}
    assert "Das bisherige Passwort stimmt nicht." in errors(client.post("/konto/passwort/", wrong))
    different = {"oldpassword": PASSWORD, "password1": new, "password2": "anders-anders-anders"}
    assert "Die beiden Passwörter sind nicht gleich." in errors(client.post("/konto/passwort/", different))
    short = {"oldpassword": PASSWORD, "password1": "kurz", "password2": "kurz"}
    assert "12 Zeichen" in errors(client.post("/konto/passwort/", short))
    with django_capture_on_commit_callbacks(execute=True):
        right = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert client.post("/konto/passwort/", right)["Location"] == "/konto/"
    person.refresh_from_db()
    assert person.check_password(new)
    assert is_logged_in(client)
    assert "Das Passwort wurde geändert." in mail.outbox[-1].body


def ask_for_reset(client, address, callbacks):
    with callbacks(execute=True):
        return client.post("/konto/passwort/vergessen/", {"email": address})


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, person, django_capture_on_commit_callbacks):
    ask_for_reset(client, "ERIKA@example.org", django_capture_on_commit_callbacks)
    (arrived,) = mail.outbox
    assert arrived.to == ["erika@example.org"]
    link = link_in_mail()
    for _ in range(3):
        # A mail scanner opens it first, without a session.
        assert Client().get(link).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD), "opening the link changes nothing"

    response = client.get(link, follow=True)
    form_address = response.redirect_chain[-1][0]
    assert form_address.endswith("-festlegen/"), "the key is out of the address"
    new = {"password1": "vier-zufaellige-woerter", "password2": "vier-zufaellige-woerter"}
    assert client.post(form_address, new).status_code == 302
    person.refresh_from_db()
    assert person.check_password("vier-zufaellige-woerter")
    assert is_logged_in(client)
    assert "Dieser Link gilt nicht mehr" in Client().get(link).content.decode()


def test_nobody_learns_which_addresses_have_an_account(client, person, django_capture_on_commit_callbacks):
    make_invited()
    make_person("fort", is_active=False)
    seen = set()
    for address in ("erika@example.org", "niemand@example.org", "neu@example.org", "fort@example.org"):
        response = ask_for_reset(client, address, django_capture_on_commit_callbacks)
        assert response["Location"] == "/konto/passwort/vergessen/gesendet/"
        seen.add(client.get(response["Location"]).content)
    assert len(seen) == 1
    assert [one.to for one in mail.outbox] == [["erika@example.org"]]


def test_the_mail_server_is_asked_only_after_the_answer(client, person, monkeypatch):
    """Otherwise the seconds it takes would tell which addresses have an account."""
    order = []
    monkeypatch.setattr("access.mails.send_password_reset", lambda *args: order.append("mail"))
    monkeypatch.setattr(
        "django.http.HttpResponseRedirect.close", lambda self: (order.append("closed"), super(type(self), self).close())
    )
    from django.test import RequestFactory

    from access.middleware import ClosedAreasMiddleware

    request = RequestFactory().get("/konto/passwort/vergessen/")

    def view(request):
        from django.http import HttpResponse

        request.after_response.append(lambda: order.append("mail"))
        order.append("answer")
        return HttpResponse()

    response = ClosedAreasMiddleware(view)(request)
    assert order == ["answer"]
    response.close()
    assert order == ["answer", "mail"]


def test_a_failing_mail_server_changes_no_answer(client, person, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "publishing.outbox.NoMailServer"
    response = ask_for_reset(client, "erika@example.org", django_capture_on_commit_callbacks)
    assert response["Location"] == "/konto/passwort/vergessen/gesendet/"
    assert OutgoingMail.objects.get().state == OutgoingMail.State.FAILED


def test_the_kept_copy_of_a_reset_mail_has_no_link(client, person, django_capture_on_commit_callbacks):
    ask_for_reset(client, "erika@example.org", django_capture_on_commit_callbacks)
    kept = OutgoingMail.objects.get()
    assert (kept.state, kept.purpose, kept.sealed_link) == (OutgoingMail.State.SENT, "Passwort vergessen", "")
    assert link_in_mail() not in kept.text


@pytest.mark.parametrize("link", ["1-falsch", "zzzzzzzzzzzzz-falsch", "0-x", "1-festlegen", "-", "1-"])
def test_a_made_up_reset_link_opens_nothing(client, person, link):
    response = client.get(f"/konto/passwort/neu/{link}/")
    assert response.status_code in (200, 404)
    assert "password1" not in response.content.decode()


def test_the_reset_link_names_the_portals_own_address_whatever_host_was_asked(
    client, person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/passwort/vergessen/", {"email": person.email}, headers={"host": "localhost"})
    assert "https://portal.example/konto/passwort/neu/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


# --- What stays out of the way


def test_the_packages_own_address_book_stays_empty(client, person, django_capture_on_commit_callbacks):
    """Otherwise an address the office has replaced would still log in."""
    log_in(client, "erika@example.org")
    ask_for_reset(Client(), "erika@example.org", django_capture_on_commit_callbacks)
    assert not EmailAddress.objects.exists()
    User.objects.update(email="neu@example.org")
    assert WRONG in errors(log_in(Client(), "erika@example.org"))
    assert log_in(Client(), "neu@example.org").status_code == 302


def test_a_log_in_is_no_change_of_content(client, person):
    before = read_version()
    log_in(client)
    assert read_version() == before


def test_sessions_are_listed_and_all_others_can_be_ended(person):
    tablet, office = Client(headers={"user-agent": "Mozilla/5.0 (iPad) Safari/604"}), Client()
    log_in(tablet)
    log_in(office)
    page = office.get("/konto/sitzungen/").content.decode()
    assert "Safari auf iPad" in page
    assert page.count("diese Sitzung") == 1
    response = office.post("/konto/sitzungen/", follow=True)
    assert "Alle anderen Sitzungen sind beendet." in response.content.decode()
    assert is_logged_in(office)
    assert not is_logged_in(tablet)
    assert Session.objects.count() <= 2


def test_nobody_ends_the_sessions_of_others(person):
    make_person("otto")
    erika, otto = Client(), Client()
    log_in(erika)
    log_in(otto, "otto")
    otto.post("/konto/sitzungen/")
    assert is_logged_in(erika)


def test_the_log_in_page_asks_few_questions(client):
    client.get("/konto/anmelden/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/konto/anmelden/")
    assert len(queries) <= 2
