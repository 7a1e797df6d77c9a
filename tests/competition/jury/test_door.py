"""Who gets through the door of the closed area, and that nobody keeps what lies behind it."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from competition.models import Round, Sheet
from tests.competition.jury.factories import (
    declare,
    end,
    make_cluster_round,
    make_final,
    make_juror,
    make_paper,
    remove_seats_of,
    sheet_data,
)
from tests.emmd.public_pages import CLOSED_ADDRESSES
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
KEEPS_TEXT = ("jury:rate", "jury:save-draft", "jury:declare", "jury:declare-one")
NOT_FOUND = "Diese Seite gibt es nicht"


@pytest.fixture
def site():
    """One juror of a cluster round and of a final, everything declared, one paper."""
    site = make_cluster_round(aggregates=Round.Aggregates.AFTER_OWN)
    site.final = make_final(year=2023)
    site.final.panel.members.create(user=site.juror)
    declare(site.juror, *site.final.entries)
    site.paper = make_paper(site.entry)
    return site


def addresses(site):
    """{name: address} of everything below /jury/, each with what it needs to exist."""
    keys = {"round": site.round.pk, "final": site.final.round.pk, "entry": site.entry.pk, "paper": site.paper.token}
    values = {"nothing": "gibt/es/nicht/"} | keys
    return {
        name: reverse(name, kwargs={argument: values[value] for argument, value in kwargs.items()})
        for name, kwargs in CLOSED_ADDRESSES.items()
    }


def is_sealed(response):
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Cookie" in response["Vary"]
    return True


def close_files(response):
    if response.streaming:
        b"".join(response.streaming_content)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_a_passer_by_is_sent_to_log_in_and_sees_nothing(site, client, method):
    for name, address in addresses(site).items():
        response = getattr(client, method)(address)
        assert is_sealed(response)
        if name == "jury:log-out":
            continue
        if method == "post" and name in KEEPS_TEXT:
            assert response.status_code == 403, name
            assert site.entry.organisation not in response.content.decode()
        else:
            assert response.status_code == 302, name
            assert response["Location"] == f"/konto/anmelden/?next={address}"


@pytest.mark.parametrize("who", ["stranger", "editor", "removed", "before", "after"])
def test_who_is_no_juror_now_finds_nothing_but_one_sentence(site, client, editor, who):
    if who == "removed":
        remove_seats_of(site.juror)
    if who == "before":
        Round.objects.update(opens_at="2999-01-01T00:00Z", closes_at="2999-01-02T00:00Z")
    if who == "after":
        end(site.round), end(site.final.round)
    client.force_login({"editor": editor, "stranger": make_juror()}.get(who, site.juror))
    for name, address in addresses(site).items():
        response = client.get(address)
        page = response.content.decode()
        assert is_sealed(response)
        assert site.entry.organisation not in page
        if name == "jury:start":
            assert response.status_code == 200
            assert "Für Sie liegt hier nichts vor." in page
            assert ParsedPage(response).all("section", css="jury-round") == []
        elif name == "jury:log-out":
            assert (response.status_code, response["Location"]) == (302, "/jury/")
        else:
            assert response.status_code == 404, name
            assert NOT_FOUND in page


def test_strangers_cannot_tell_what_exists_from_what_does_not(site, client):
    client.force_login(make_juror())
    there = [
        f"/jury/beitraege/{site.entry.pk}/",
        f"/jury/runden/{site.round.pk}/",
        f"/jury/unterlagen/{site.paper.token}/",
    ]
    not_there = ["/jury/beitraege/999999/", "/jury/runden/999999/", f"/jury/unterlagen/{uuid.uuid4()}/", "/jury/x/"]
    pages = {without_token(client.get(address).content.decode()) for address in (*there, *not_there)}
    assert len(pages) == 1
    assert '<a class="button" href="/jury/">Zu meinen Runden</a>' in pages.pop()


def without_token(page):
    """Each answer has another one, whatever it says."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("method", ["get", "head", "post", "put"])
def test_every_answer_to_a_juror_is_sealed_too(site, client, method):
    for address in addresses(site).values():
        client.force_login(site.juror)
        response = getattr(client, method)(address)
        assert response.status_code in (200, 302, 404, 405, 409), (address, response.status_code)
        assert is_sealed(response)
        close_files(response)


def test_no_address_takes_a_form_without_its_token(site):
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.juror)
    data = sheet_data(site.entry, notes="Getippt") | {"wahl": site.final.entries[0].pk, "bestaetigt": 1}
    data |= {f"erklaerung-{site.entry.pk}": "befangen", f"grund-{site.entry.pk}": "x"}
    for name, address in addresses(site).items():
        response = client.post(address, data)
        assert is_sealed(response)
        assert response.status_code == 403, name
    assert not Sheet.objects.exists()
    assert not site.juror.conflict_statements.recused().exists()
    assert not site.juror.participations.exists()
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/jury/beitraege/" + "9" * 5000 + "/",
        "/jury/beitraege/99999999999999999999/",
        "/jury/runden/-1/",
        "/jury/runden/0/lesemappe/",
        "/jury/runden/99999999999999999999/abstimmung/",
        "/jury/unterlagen/%00/",
        "/jury/unterlagen/abc/",
        "/jury/../admin/",
        "/jury/%ff/",
    ],
)
def test_a_hostile_address_is_a_page_that_is_not_there(site, client, address):
    client.force_login(site.juror)
    assert client.get(address).status_code in (400, 404)


def test_an_account_that_was_closed_meanwhile_is_out(site, client):
    client.force_login(site.juror)
    site.juror.is_active = False
    site.juror.save()
    assert client.get(f"/jury/beitraege/{site.entry.pk}/").status_code == 302


@pytest.mark.parametrize(("is_required", "status"), [(True, 403), (False, 200)])
def test_a_round_may_ask_for_the_second_factor(site, client, settings, is_required, status):
    settings.SECOND_FACTOR_REQUIRED = True
    Round.objects.update(second_factor_required=is_required)
    client.force_login(site.juror)
    response = client.get(f"/jury/beitraege/{site.entry.pk}/")
    assert response.status_code == status
    assert (site.entry.organisation in response.content.decode()) == (status == 200)
    assert client.get("/jury/").status_code == status
    assert is_sealed(response)


def test_logging_out_clears_the_device(site, client):
    client.force_login(site.juror)
    response = client.post("/jury/abmelden/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert is_sealed(response)
    assert "_auth_user_id" not in client.session
    assert client.get("/jury/").status_code == 302


def test_the_area_is_in_no_sitemap_and_robots_are_asked_to_stay_out(client):
    assert "Disallow: /jury/" in client.get("/robots.txt").content.decode()
    assert "/jury/" not in client.get("/sitemap.xml").content.decode()
