"""The rating sheet: drafts, submitting, two windows, the end of the round, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from competition.jury_area.work import work_of
from competition.models import Round, Score, Sheet
from publishing.site_version import read_version
from tests.competition.jury.factories import (
    declare,
    end,
    make_cluster_round,
    make_juror,
    make_sheet,
    remove_seats_of,
    sheet_data,
)
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db
AS_SCRIPT = {"accept": "application/json"}


@pytest.fixture
def site():
    return make_cluster_round()


@pytest.fixture
def juror_client(client, site):
    client.force_login(site.juror)
    return client


def sheet_page(entry):
    return f"/jury/beitraege/{entry.pk}/bewertung/"


def draft_address(entry):
    return f"/jury/beitraege/{entry.pk}/entwurf/"


def stored(entry):
    sheet = Sheet.objects.get(entry=entry)
    return sheet.notes, [score.step.value for score in sheet.scores.order_by("criterion__order")], sheet.is_submitted


def notes_in(page):
    return page.one("textarea", id="notizen").text


def chosen_steps(page):
    checked = [int(one.attrs["value"]) for one in page.all("input", type="radio", checked="")]
    return [Score.step.field.related_model.objects.get(pk=pk).value for pk in checked]


def test_the_sheet_shows_each_criterion_with_weight_help_and_labelled_steps(site, juror_client):
    page = fetch(juror_client, sheet_page(site.entry))
    groups = page.all("fieldset")
    assert [group.text.split(" schwach")[0] for group in groups] == [
        "Innovationsgrad Gewicht 2 Zu: Innovationsgrad. 1",
        "Wirtschaftlichkeit Gewicht 1 Zu: Wirtschaftlichkeit. 1",
        "Marktfähigkeit Gewicht 1 Zu: Marktfähigkeit. 1",
    ]
    assert [len(page.all("input", type="radio", inside=group)) for group in groups] == [5, 5, 5]
    assert chosen_steps(page) == []
    assert page.one("form", css="sheet").attrs["autocomplete"] == "off"


def test_a_draft_is_saved_as_it_is_and_shown_again(site, juror_client):
    data = sheet_data(site.entry, (4, None, 2), notes="Erste\r\nZeile <b>", action="entwurf")
    response = juror_client.post(sheet_page(site.entry), data)
    assert response["Location"] == sheet_page(site.entry)
    assert stored(site.entry) == ("Erste\nZeile <b>", [4, 2], False)
    page = fetch(juror_client, sheet_page(site.entry))
    assert (notes_in(page), chosen_steps(page)) == ("Erste Zeile <b>", [4, 2])
    assert "ist als Entwurf gespeichert." in page.one("p", css="jury-message").text
    assert page.one("p", css="jury-message").attrs["data-saved-copy"] == f"jury:{site.juror.pk}:{site.entry.pk}"


def test_saving_leads_on_in_personal_order_to_what_is_left(site, juror_client):
    first, second, third = [task.entry for task in work_of(site.juror, site.round).tasks]
    make_sheet(site.juror, second)
    response = juror_client.post(sheet_page(first), sheet_data(first, action="weiter"))
    assert response["Location"] == sheet_page(third)
    response = juror_client.post(sheet_page(third), sheet_data(third, action="abgeben"))
    assert response["Location"] == sheet_page(first)
    response = juror_client.post(sheet_page(first), sheet_data(first, action="abgeben", edit_number=1))
    assert response["Location"] == f"/jury/runden/{site.round.pk}/"
    assert Sheet.objects.submitted().count() == 3


def test_an_incomplete_sheet_is_not_submitted_and_loses_nothing(site, juror_client):
    data = sheet_data(site.entry, (4, None, 2), notes="Lange gedacht", action="abgeben")
    page = ParsedPage(juror_client.post(sheet_page(site.entry), data))
    missing = site.criteria[1]
    assert f"#stufe-{missing.steps.first().pk}" in page.links()
    assert page.one("p", id=f"fehler-{missing.pk}").text == "Hier fehlt Ihre Bewertung."
    assert (notes_in(page), chosen_steps(page)) == ("Lange gedacht", [4, 2])
    assert not Sheet.objects.exists()


def test_notes_too_long_come_back_with_a_message(site, juror_client):
    response = juror_client.post(sheet_page(site.entry), sheet_data(site.entry, notes="x" * 10_001))
    page = ParsedPage(response)
    assert "Das sind mehr als 10.000 Zeichen." in page.html
    assert "#notizen" in page.links()
    assert len(notes_in(page)) == 10_001
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("value", ["999999999", "x", "-1", "\x00", "9" * 5000])
def test_a_senseless_step_is_refused_and_the_notes_stay(site, juror_client, value):
    data = sheet_data(site.entry, notes="Getippt") | {f"stufe-{site.criteria[0].pk}": value}
    page = ParsedPage(juror_client.post(sheet_page(site.entry), data))
    assert "Bitte wählen Sie eine der Stufen." in page.html
    assert notes_in(page) == "Getippt"
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 5000, "²"])
def test_a_senseless_edit_number_shows_the_text_beside_what_is_stored(site, juror_client, number):
    make_sheet(site.juror, site.entry, (1, 1, 1), notes="Gespeichert")
    data = sheet_data(site.entry, notes="Getippt") | {"fassung": number}
    response = juror_client.post(sheet_page(site.entry), data)
    assert response.status_code == 409
    assert notes_in(ParsedPage(response)) == "Getippt"
    assert stored(site.entry)[0] == "Gespeichert"


def test_a_newer_save_from_another_window_keeps_both_texts(site, juror_client):
    juror_client.post(sheet_page(site.entry), sheet_data(site.entry, (1, 1, 1), notes="Tablet"))
    response = juror_client.post(sheet_page(site.entry), sheet_data(site.entry, (5, 5, 5), notes="Rechner"))
    page = ParsedPage(response)
    assert response.status_code == 409
    assert "an anderer Stelle gespeichert" in page.one("div", css="error-summary").text
    assert (notes_in(page), page.one("textarea", id="andere-notizen").text) == ("Rechner", "Tablet")
    assert chosen_steps(page) == [5, 5, 5]
    assert "1 – schwach" in page.one("section", css="other-version").text
    assert stored(site.entry) == ("Tablet", [1, 1, 1], False)
    number = page.one("input", name="fassung").attrs["value"]
    juror_client.post(sheet_page(site.entry), sheet_data(site.entry, (5, 5, 5), notes="Rechner", edit_number=number))
    assert stored(site.entry) == ("Rechner", [5, 5, 5], False)


def test_after_the_end_nothing_is_saved_and_the_text_is_shown_once_more(site, juror_client):
    make_sheet(site.juror, site.entry, (1, 1, 1), notes="Rechtzeitig")
    end(site.round)
    data = sheet_data(site.entry, (5, 5, 5), notes="Zu <spät>", edit_number=1, action="abgeben")
    response = juror_client.post(sheet_page(site.entry), data)
    page = ParsedPage(response)
    assert response.status_code == 403
    assert "Die Runde ist beendet. Ihre letzte gespeicherte Fassung bleibt erhalten." in page.html
    assert page.one("textarea").text == "Zu <spät>"
    assert site.entry.organisation not in page.html
    assert stored(site.entry) == ("Rechtzeitig", [1, 1, 1], True)
    assert juror_client.get(sheet_page(site.entry)).status_code == 404


def test_who_leaves_the_jury_meanwhile_is_told_and_the_sheet_stays(site, juror_client):
    make_sheet(site.juror, site.entry, (1, 1, 1), notes="Vorher")
    remove_seats_of(site.juror)
    response = juror_client.post(sheet_page(site.entry), sheet_data(site.entry, notes="Nachher", edit_number=1))
    page = ParsedPage(response)
    assert "Ihr Zugang zu dieser Jury ist beendet." in page.html
    assert page.one("textarea").text == "Nachher"
    assert stored(site.entry) == ("Vorher", [1, 1, 1], True)


def test_a_stranger_who_sends_a_form_finds_nothing(site, client):
    client.force_login(make_juror())
    for address in (sheet_page(site.entry), draft_address(site.entry)):
        assert client.post(address, sheet_data(site.entry)).status_code == 404
    assert not Sheet.objects.exists()


def test_an_expired_token_keeps_the_text_and_gives_a_new_one(site):
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.juror)
    response = client.post(sheet_page(site.entry), sheet_data(site.entry, (5, 4, 3), notes="Getippt"))
    page = ParsedPage(response)
    assert response.status_code == 403
    assert (notes_in(page), chosen_steps(page)) == ("Getippt", [5, 4, 3])
    assert not Sheet.objects.exists()
    tokens = {one.attrs["value"] for one in page.all("input", name="csrfmiddlewaretoken")}
    data = sheet_data(site.entry, (5, 4, 3), notes="Getippt") | {"csrfmiddlewaretoken": tokens.pop()}
    client.post(sheet_page(site.entry), data)
    assert stored(site.entry) == ("Getippt", [5, 4, 3], False)


def test_an_expired_session_shows_the_text_and_sends_it_again_after_log_in(site, client):
    data = sheet_data(site.entry, (5, 4, 3), notes="Zeile eins\r\nZeile zwei", action="abgeben")
    response = client.post(sheet_page(site.entry), data)
    page = ParsedPage(response)
    assert response.status_code == 403
    assert "Ihre Anmeldung ist abgelaufen" in page.one("h1").text
    fields = {one.attrs["name"]: one.attrs["value"] for one in page.all("input", type="hidden")}
    fields |= {one.attrs["name"]: "".join(one.parts).removeprefix("\n") for one in page.all("textarea")}
    client.force_login(site.juror)
    client.post(page.one("form").attrs["action"], fields)
    assert stored(site.entry) == ("Zeile eins\nZeile zwei", [5, 4, 3], True)


# --- what the script says and hears


def test_the_script_saves_a_draft_and_learns_the_time_and_the_number(site, juror_client):
    data = sheet_data(site.entry, (None, 4, None), notes="Halb")
    response = juror_client.post(draft_address(site.entry), data, headers=AS_SCRIPT)
    answer = response.json()
    assert (answer["state"], answer["edit_number"]) == ("saved", 1)
    assert len(answer["at"].split(":")) == 2
    assert stored(site.entry) == ("Halb", [4], False)


def test_the_script_never_submits_nor_changes_what_is_submitted(site, juror_client):
    data = sheet_data(site.entry, action="abgeben")
    juror_client.post(draft_address(site.entry), data, headers=AS_SCRIPT)
    assert stored(site.entry)[2] is False
    juror_client.post(sheet_page(site.entry), sheet_data(site.entry, action="abgeben", edit_number=1))
    data = sheet_data(site.entry, (1, 1, 1), edit_number=2)
    response = juror_client.post(draft_address(site.entry), data, headers=AS_SCRIPT)
    assert (response.status_code, response.json()["state"]) == (409, "submitted")
    assert stored(site.entry) == ("", [3, 3, 3], True)
    assert "data-autosave" not in fetch(juror_client, sheet_page(site.entry)).one("form", css="sheet").attrs


def test_the_script_is_told_why_nothing_was_saved(site, juror_client):
    address, data = draft_address(site.entry), sheet_data(site.entry, notes="x")

    def state(client=juror_client, **changes):
        return client.post(address, data | changes, headers=AS_SCRIPT).json()["state"]

    assert state(fassung=7) == "newer_save"
    assert state(notizen="x" * 10_001) == "too_long"
    assert state(**{f"stufe-{site.criteria[0].pk}": "x"}) == "no_such_step"
    assert state(Client()) == "signed_out"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(site.juror)
    answer = strict.post(address, data, headers=AS_SCRIPT).json()
    assert answer["state"] == "expired"
    saved = strict.post(address, data | {"csrfmiddlewaretoken": answer["token"]}, headers=AS_SCRIPT).json()
    assert saved["state"] == "saved"
    end(site.round)
    assert state(fassung=1) == "ended"


# --- one's own ratings, and means


def test_the_overview_shows_own_ratings_sorted_as_wished(site, juror_client):
    one, two, three = site.entries
    for entry, name in zip(site.entries, ("B", "A", "C"), strict=True):
        entry.title, entry.organisation = name, name
        entry.save()
    (
        make_sheet(site.juror, one, (5, 1, 1)),
        make_sheet(site.juror, two, (4, 4, 4)),
        make_sheet(site.juror, three, (5, None, None), submitted=False),
    )
    address = f"/jury/runden/{site.round.pk}/uebersicht/"
    page = fetch(juror_client, f"{address}?sortierung=mittel")
    assert [(row.text[0], *page.texts("td", inside=row)[:4]) for row in page.all("tr")[1:]] == [
        ("A", "4", "4", "4", "4,00"),
        ("B", "5", "1", "1", "3,00"),
        ("C", "5", "–", "–", "–"),
    ]
    rows = fetch(juror_client, f"{address}?sortierung=name").all("tr")[1:]
    assert [row.text[0] for row in rows] == ["A", "B", "C"]
    own = [task.entry.title for task in work_of(site.juror, site.round).tasks]
    for query in ("", "?sortierung=%00", "?sortierung=x&seite=abc"):
        assert [row.text[0] for row in fetch(juror_client, f"{address}{query}").all("tr")[1:]] == own


def test_nobody_sees_the_sheets_or_notes_of_others(site, juror_client):
    other = make_juror()
    site.panel.members.create(user=other)
    declare(other, *site.entries)
    make_sheet(other, site.entry, (5, 5, 5), notes="Fremde Notiz")
    pages = ["/jury/", sheet_page(site.entry), f"/jury/beitraege/{site.entry.pk}/"]
    base = f"/jury/runden/{site.round.pk}/"
    for address in (*pages, base, f"{base}uebersicht/", f"{base}lesemappe/"):
        page = fetch(juror_client, address)
        assert "Fremde Notiz" not in page.html
        assert "abgegeben" not in page.one("main").text.replace("abgegebene", "").replace("Nur", "")
    assert chosen_steps(fetch(juror_client, sheet_page(site.entry))) == []


def test_means_stand_on_their_page_only_as_the_round_allows(site, juror_client):
    address = f"/jury/runden/{site.round.pk}/mittelwerte/"
    assert juror_client.get(address).status_code == 404
    Round.objects.update(aggregates=Round.Aggregates.AFTER_OWN)
    make_sheet(site.juror, site.entry), make_sheet(site.juror, site.entries[1])
    for _ in range(2):
        other = make_juror()
        site.panel.members.create(user=other)
        make_sheet(other, site.entry, (5, 5, 5))
    rows = {row.text for row in fetch(juror_client, address).all("tr")[1:]}
    one, two = site.entries[:2]
    assert rows == {
        f"{one.title} {one.organisation}4,333",
        f"{two.title} {two.organisation}weniger als 3 Bögen",
    }


# --- what a jury's work does not touch


def test_the_jurys_work_makes_no_public_page_anew(site, juror_client):
    before = read_version()
    juror_client.post(draft_address(site.entry), sheet_data(site.entry), headers=AS_SCRIPT)
    juror_client.post(sheet_page(site.entry), sheet_data(site.entry, edit_number=1, action="abgeben"))
    juror_client.post(
        reverse("jury:declare-one", args=[site.entry.pk]),
        {f"erklaerung-{site.entry.pk}": "befangen", f"grund-{site.entry.pk}": "x", "bestaetigt": 1},
    )
    assert Sheet.objects.submitted().count() == 1
    assert read_version() == before
