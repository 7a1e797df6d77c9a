"""Pages of the account: kept by nobody, German, and the only ones that look at who is there."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.people import (
    give_app,
    give_passkey,
    give_recovery_codes,
    log_in,
    make_person,
    seem_to_have_just_logged_in,
)
from tests.emmd.public_pages import CLOSED_PAGES
from tests.factories import make_article
from tests.kept_pages import kept_pages

pytestmark = pytest.mark.django_db


def paths(pk=1):
    for name, kwargs in CLOSED_PAGES.items():
        yield reverse(name, kwargs={"pk": pk} if "pk" in kwargs else kwargs)


def test_every_closed_address_is_german_and_below_konto():
    for path in paths():
        assert path.startswith(settings.ACCOUNT_AREA), path
        for word in ("login", "logout", "password", "reset", "totp", "webauthn", "session", "recovery"):
            assert word not in path, path


@pytest.mark.parametrize("logged_in", [False, True])
def test_no_closed_page_is_kept_by_anybody_or_found_by_search_engines(client, person, logged_in):
    passkey = give_passkey(person)
    if logged_in:
        client.force_login(person)
    for path in paths(passkey.pk):
        response = client.get(path)
        assert response.status_code in (200, 302, 404, 410), path
        assert response["Cache-Control"] == "no-store, private", path
        assert response["X-Robots-Tag"] == "noindex, nofollow", path
        assert "Cookie" in response["Vary"], path
    assert kept_pages() == 0


def test_what_belongs_to_somebody_opens_for_nobody_else(client, person):
    passkey = give_passkey(person)
    give_app(person)
    open_to_all = {"account_login", "account_inactive", "account_reset_password", "account_reset_password_done"}
    open_to_all |= {"account_reset_password_from_key", "access-invitation", "access-invitation-form"}
    for name, path in zip(CLOSED_PAGES, paths(passkey.pk), strict=True):
        response = client.get(path)
        if name in open_to_all:
            assert response.status_code in (200, 410), path
        else:
            assert response.status_code == 302, path
            assert response["Location"].startswith("/konto/anmelden/"), path


def test_nobody_changes_the_passkey_of_somebody_else(client, person):
    passkey = give_passkey(person)
    make_person("otto")
    log_in(client, "otto")
    for page in ("", "entfernen/"):
        address = f"/konto/passkeys/{passkey.pk}/{page}"
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Meins"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Tablet"


def test_the_jurys_area_is_shut_before_anybody_looks_whether_a_page_exists(client):
    response = client.get("/jury/2026/beitrag/7/?a=b")
    assert (response.status_code, response["Location"]) == (
        302,
        "/konto/anmelden/?next=/jury/2026/beitrag/7/%3Fa%3Db",
    )
    client.force_login(make_person())
    assert client.get("/jury/2026/beitrag/7/").status_code == 404


def test_public_pages_do_not_notice_who_is_logged_in(client, person):
    article = make_article()
    log_in(client)
    for path in ("/", article.get_absolute_url(), "/aktuelles/?unbekannt=1", "/gibt-es-nicht/"):
        response = client.get(path)
        assert response.cookies == {}, path
        assert "cookie" not in response.get("Vary", "").lower(), path
        assert response.content == Client().get(path).content, path


def test_public_pages_ask_not_one_question_more(person):
    article = make_article()
    visitor, member = Client(), Client()
    log_in(member)
    visitor.get(f"{article.get_absolute_url()}?x=first")
    counts = []
    for client in (visitor, member):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{article.get_absolute_url()}?x={len(counts)}")
        counts.append(len(queries))
        assert not [one for one in queries if "session" in one["sql"] or "auth_user" in one["sql"]]
    assert counts[0] == counts[1]


def test_recovery_codes_come_as_a_german_file(client, person):
    give_app(person)
    codes = give_recovery_codes(person)
    client.force_login(person)
    seem_to_have_just_logged_in(client)
    response = client.get("/konto/notfallcodes/datei/")
    assert response["Content-Disposition"] == 'attachment; filename="notfallcodes.txt"'
    text = response.content.decode()
    assert text.startswith("Notfallcodes für das Portal")
    assert all(code in text for code in codes)
