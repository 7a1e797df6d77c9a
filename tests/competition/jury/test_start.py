"""Where a juror stands: rounds, deadlines, what is done and what comes next."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from competition.jury_area.work import days_left, work_of
from competition.models import Participation, Round
from tests.competition.jury.factories import declare, end, make_cluster_round, make_final, make_sheet, remove_seats_of
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def sections(client):
    return [section.text for section in fetch(client, "/jury/").all("section", css="jury-round")]


def test_a_juror_is_led_through_a_cluster_round(client):
    site = make_cluster_round(entries=3, declared=False)
    client.force_login(site.juror)
    (text,) = sections(client)
    assert "0 von 3 bewertet" in text
    assert "Zu 3 Beiträgen fehlt Ihre Erklärung" in text
    assert f"/jury/runden/{site.round.pk}/befangenheit/" in fetch(client, "/jury/").links()
    declare(site.juror, *site.entries)
    first, second, third = [task.entry for task in work_of(site.juror, site.round).tasks]
    make_sheet(site.juror, first)
    make_sheet(site.juror, second, submitted=False)
    (text,) = sections(client)
    assert "1 von 3 bewertet" in text
    assert "Ein Entwurf ist noch nicht abgegeben." in text
    assert "Erklärung" not in text
    assert fetch(client, "/jury/").links(css="button") == [f"/jury/beitraege/{second.pk}/bewertung/"]
    second.sheets.all().delete()
    make_sheet(site.juror, second), make_sheet(site.juror, third)
    (text,) = sections(client)
    assert "3 von 3 bewertet" in text
    assert "Alle Bögen sind abgegeben. Vielen Dank!" in text
    assert fetch(client, "/jury/").links(css="button") == []


def test_a_juror_is_led_through_the_final(client):
    site = make_final(declared=False)
    client.force_login(site.juror)
    (text,) = sections(client)
    assert "0 von 4 Erklärungen gegeben" in text
    assert "Sie haben noch nicht abgestimmt." in text
    declare(site.juror, *site.entries)
    assert fetch(client, "/jury/").links(css="button") == [f"/jury/runden/{site.round.pk}/abstimmung/"]
    Participation.objects.create(round=site.round, user=site.juror)
    (text,) = sections(client)
    assert "4 von 4 Erklärungen gegeben, abgestimmt" in text
    assert "Sie haben abgestimmt. Vielen Dank!" in text
    assert fetch(client, "/jury/").links(css="button") == []


def test_the_round_lists_its_entries_with_their_state(client):
    site = make_cluster_round(entries=4, declared=False)
    one, two, three, _four = site.entries
    declare(site.juror, one, two, three)
    make_sheet(site.juror, one), make_sheet(site.juror, two, submitted=False)
    client.force_login(site.juror)
    page = fetch(client, f"/jury/runden/{site.round.pk}/")
    states = sorted(state.text for state in page.all("p", css="task-state"))
    assert states == ["Entwurf", "Erklärung fehlt", "noch nicht bewertet", "✓ abgegeben"]
    order = [task.entry.display_title for task in work_of(site.juror, site.round).tasks]
    assert page.texts("h3") == order


def test_finalists_stand_in_alphabetical_order(client):
    site = make_final()
    for entry, name in zip(site.entries, ("Zebra AG", "Äpfel GmbH", "Birne KG", "Ähre eG"), strict=True):
        entry.organisation, entry.title = name, ""
        entry.save()
    client.force_login(site.juror)
    page = fetch(client, f"/jury/runden/{site.round.pk}/")
    assert page.texts("h3") == ["Ähre eG", "Äpfel GmbH", "Birne KG", "Zebra AG"]


def test_a_removed_juror_finds_nothing_and_the_sheets_stay(client):
    site = make_cluster_round()
    sheet = make_sheet(site.juror, site.entry, notes="Bleibt.")
    remove_seats_of(site.juror)
    client.force_login(site.juror)
    assert sections(client) == []
    sheet.refresh_from_db()
    assert (sheet.notes, sheet.is_submitted, sheet.scores.count()) == ("Bleibt.", True, 3)


def test_a_round_that_has_ended_is_gone_unless_its_means_may_be_seen(client):
    site = make_cluster_round()
    client.force_login(site.juror)
    end(site.round)
    assert sections(client) == []
    Round.objects.update(aggregates=Round.Aggregates.AFTER_CLOSING)
    (text,) = sections(client)
    assert "Diese Runde ist beendet." in text
    for page in ("", "uebersicht/", "lesemappe/", "befangenheit/"):
        assert client.get(f"/jury/runden/{site.round.pk}/{page}").status_code == 404
    assert client.get(f"/jury/beitraege/{site.entry.pk}/").status_code == 404
    assert client.get(f"/jury/runden/{site.round.pk}/mittelwerte/").status_code == 200


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (datetime(2026, 12, 4, 18, tzinfo=BERLIN), "noch 3 Tage"),
        (datetime(2026, 12, 2, 0, 5, tzinfo=BERLIN), "noch 1 Tag"),
        (datetime(2026, 12, 1, 23, 59, tzinfo=BERLIN), "endet heute"),
    ],
)
def test_days_are_counted_by_the_calendar(closes, words):
    with time_machine.travel(datetime(2026, 12, 1, 22, tzinfo=BERLIN), tick=False):
        assert days_left(closes) == words


def test_the_deadline_stands_with_day_and_time(client):
    site = make_cluster_round()
    closes = datetime(2030, 12, 4, 18, 30, tzinfo=BERLIN)
    Round.objects.update(closes_at=closes, opens_at=closes - timedelta(days=3000))
    client.force_login(site.juror)
    assert "Offen bis Mittwoch, 4. Dezember 2030, 18:30 Uhr" in fetch(client, "/jury/").one("p", css="deadline").text


@pytest.mark.parametrize("number", [2, 12])
def test_pages_ask_the_same_few_questions_whatever_the_number_of_entries(client, django_assert_max_num_queries, number):
    site = make_cluster_round(entries=number)
    for entry in site.entries[:-1]:
        make_sheet(site.juror, entry)
    client.force_login(site.juror)
    base, entry = f"/jury/runden/{site.round.pk}/", f"/jury/beitraege/{site.entry.pk}/"
    for address, most in (
        *(("/jury/", 8), (base, 8), (f"{base}befangenheit/", 8), (f"{base}uebersicht/", 8)),
        *((entry, 10), (f"{entry}bewertung/", 10), (f"{base}lesemappe/", 10)),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
