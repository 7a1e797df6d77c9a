"""A juror's own word about conflicts of interest, before the papers open."""

import pytest
from django.test import Client

from competition.models import ConflictStatement, LogEntry
from tests.competition.jury.factories import (
    declare,
    end,
    make_cluster_round,
    make_final,
    make_full_entry,
    make_sheet,
    remove_seats_of,
    sheet_data,
)
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_cluster_round(declared=False)


@pytest.fixture
def juror_client(client, site):
    client.force_login(site.juror)
    return client


def form_of(site):
    return f"/jury/runden/{site.round.pk}/befangenheit/"


def chosen(*pairs, **more):
    data = dict(more)
    for entry, choice, *reason in pairs:
        data |= {f"erklaerung-{entry.pk}": choice, f"grund-{entry.pk}": reason[0] if reason else ""}
    return data


def test_papers_stay_shut_until_the_juror_has_spoken(site, juror_client):
    entry = make_full_entry(site.category)
    paper = entry.papers.first()
    address = f"/jury/beitraege/{entry.pk}/"
    assert juror_client.get(address)["Location"] == f"{address}befangenheit/"
    assert juror_client.get(f"{address}bewertung/")["Location"] == f"{address}befangenheit/"
    assert juror_client.get(f"/jury/unterlagen/{paper.token}/").status_code == 404
    form = fetch(juror_client, f"{address}befangenheit/")
    assert entry.organisation in form.html
    assert entry.summary not in form.html
    folder = fetch(juror_client, f"/jury/runden/{site.round.pk}/lesemappe/")
    assert entry.organisation not in folder.html
    response = juror_client.post(f"{address}befangenheit/", chosen((entry, "frei")))
    assert response["Location"] == address
    assert entry.summary in fetch(juror_client, address).html


def test_all_entries_of_a_round_are_declared_in_one_form(site, juror_client):
    one, two, three = site.entries
    form = fetch(juror_client, form_of(site))
    assert len(form.all("fieldset")) == 3
    juror_client.post(form_of(site), chosen((one, "frei"), (two, "frei")))
    assert set(ConflictStatement.objects.free().values_list("entry", flat=True)) == {one.pk, two.pk}
    assert [three.organisation in field.text for field in fetch(juror_client, form_of(site)).all("fieldset")] == [True]


def test_nobody_is_recused_without_being_asked_once_more(site, juror_client):
    one, two, _ = site.entries
    data = chosen((one, "befangen", "Meine Schwester\narbeitet dort."), (two, "frei"))
    question = juror_client.post(form_of(site), data)
    assert question.status_code == 200
    assert "Nur die Geschäftsstelle kann das aufheben." in question.content.decode()
    assert not ConflictStatement.objects.exists()
    page = ParsedPage(question)
    hidden = {one.attrs["name"]: one.attrs["value"] for one in page.all("input", type="hidden")}
    response = juror_client.post(form_of(site), hidden | {"bestaetigt": "1"})
    assert response["Location"] == f"/jury/runden/{site.round.pk}/"
    assert ConflictStatement.objects.recused().get().reason == "Meine Schwester\narbeitet dort."
    assert ConflictStatement.objects.free().get().entry == two
    assert LogEntry.objects.get().act == LogEntry.Act.RECUSED
    assert one.organisation not in fetch(juror_client, f"/jury/runden/{site.round.pk}/").html


def test_the_way_back_from_the_question_keeps_what_was_typed(site, juror_client):
    data = chosen((site.entry, "befangen", "Meine Schwester"), zurueck="1")
    page = ParsedPage(juror_client.post(form_of(site), data))
    assert "Meine Schwester" in page.one("textarea", id=f"grund-{site.entry.pk}").text
    assert len(page.all("input", type="radio", checked="")) == 1
    assert page.all("div", css="error-summary") == []
    assert not ConflictStatement.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 601])
def test_a_recusal_without_a_usable_reason_is_asked_for_it_and_loses_nothing(site, juror_client, reason):
    one, two, _ = site.entries
    page = ParsedPage(juror_client.post(form_of(site), chosen((one, "befangen", reason), (two, "frei"), bestaetigt=1)))
    assert page.one("div", css="error-summary").attrs["role"] == "alert"
    assert f"#grund-{one.pk}" in page.links()
    assert page.one("textarea", id=f"grund-{one.pk}").attrs["aria-invalid"] == "true"
    assert {one.attrs["value"] for one in page.all("input", type="radio", checked="")} == {"befangen", "frei"}
    assert not ConflictStatement.objects.exists()


@pytest.mark.parametrize("data", [{}, {"erklaerung-1": "\x00"}, {"erklaerung-x": "frei"}, {"bestaetigt": "1"}])
def test_an_empty_or_senseless_form_is_shown_again(site, juror_client, data):
    response = juror_client.post(form_of(site), data)
    assert response.status_code == 200
    assert "Bitte wählen Sie bei mindestens einem Beitrag aus." in response.content.decode()
    assert not ConflictStatement.objects.exists()


def test_entries_of_others_cannot_be_declared(site, juror_client):
    foreign = make_final(year=2023, declared=False).entries[0]
    juror_client.post(form_of(site), chosen((foreign, "frei"), (site.entry, "frei")))
    assert ConflictStatement.objects.get().entry == site.entry


def test_whoever_notices_later_can_still_say_so(site, juror_client):
    declare(site.juror, site.entry)
    make_sheet(site.juror, site.entry)
    data = chosen((site.entry, "befangen", "Jetzt gemerkt."), bestaetigt=1)
    juror_client.post(f"/jury/beitraege/{site.entry.pk}/befangenheit/", data)
    assert ConflictStatement.objects.recused().get().reason == "Jetzt gemerkt."


def test_a_recused_juror_finds_nothing_of_the_entry_anywhere(site, juror_client):
    declare(site.juror, *site.entries)
    hidden = make_full_entry(site.category, organisation="Verborgen GmbH", title="Geheimsache")
    make_sheet(site.juror, hidden)
    declare(site.juror, hidden, conflicted=True)
    key, base = hidden.pk, f"/jury/runden/{site.round.pk}/"
    for address in ("", "befangenheit/", "bewertung/"):
        assert juror_client.get(f"/jury/beitraege/{key}/{address}").status_code == 404
        data = sheet_data(hidden, notes="x") | chosen((hidden, "frei"))
        assert juror_client.post(f"/jury/beitraege/{key}/{address}", data).status_code in (404, 405)
    assert juror_client.post(f"/jury/beitraege/{key}/entwurf/", sheet_data(hidden)).status_code == 404
    assert juror_client.get(f"/jury/unterlagen/{hidden.papers.first().token}/").status_code == 404
    for address in ("/jury/", base, f"{base}befangenheit/", f"{base}uebersicht/", f"{base}lesemappe/"):
        page = fetch(juror_client, address)
        assert "Verborgen" not in page.html
        assert "Geheimsache" not in page.html
    start = fetch(juror_client, "/jury/")
    assert "0 von 3 bewertet" in start.one("p", css="progress").text


def test_a_form_still_open_after_the_end_says_so_and_keeps_its_text(site, juror_client):
    end(site.round)
    response = juror_client.post(form_of(site), chosen((site.entry, "befangen", "Meine Schwester")))
    assert response.status_code == 403
    assert "Die Runde ist beendet." in response.content.decode()
    assert "Meine Schwester" in ParsedPage(response).one("textarea").text
    one = f"/jury/beitraege/{site.entry.pk}/befangenheit/"
    assert (
        "Meine Schwester"
        in juror_client.post(one, chosen((site.entry, "befangen", "Meine Schwester"))).content.decode()
    )
    remove_seats_of(site.juror)
    assert "Ihr Zugang zu dieser Jury ist beendet." in juror_client.post(one, {}).content.decode()


def test_a_form_whose_token_has_expired_keeps_its_text(site):
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.juror)
    response = client.post(form_of(site), chosen((site.entry, "befangen", "Meine Schwester"), bestaetigt=1))
    page = ParsedPage(response)
    assert response.status_code == 403
    assert "Ihre Eingaben sind noch da" in page.html
    assert "Meine Schwester" in page.one("textarea", id=f"grund-{site.entry.pk}").text
    assert not ConflictStatement.objects.exists()


def test_a_form_sent_after_the_session_has_expired_can_be_sent_again(site, client):
    data = chosen((site.entry, "befangen", "Meine <Schwester>"))
    response = client.post(form_of(site), data)
    page = ParsedPage(response)
    assert response.status_code == 403
    assert page.one("textarea").text == "Meine <Schwester>"
    assert page.one("form", action=form_of(site))
    again = {one.attrs["name"]: one.attrs["value"] for one in page.all("input", type="hidden")}
    again |= {one.attrs["name"]: one.text for one in page.all("textarea")}
    client.force_login(site.juror)
    client.post(form_of(site), again | {"bestaetigt": "1"})
    assert ConflictStatement.objects.recused().get().reason == "Meine <Schwester>"
