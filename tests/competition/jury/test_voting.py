"""The ballot: two steps, once, secret."""

import json
import logging
import threading
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from competition import jury
from competition.models import Finalist, LogEntry, Participation, VoteCount
from publishing.site_version import read_version
from tests.competition.jury.factories import declare, end, make_final, make_juror, remove_seats_of
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_final(clusters=3)


@pytest.fixture
def juror_client(client, site):
    client.force_login(site.juror)
    return client


def ballot(site, step=""):
    return f"/jury/runden/{site.round.pk}/abstimmung/{step}"


def counts():
    return {entry: votes for entry, votes in VoteCount.objects.values_list("finalist__entry", "votes") if votes}


def test_the_ballot_lists_all_finalists_in_alphabetical_order_with_none_chosen(site, juror_client):
    for entry, name in zip(site.entries, "FEDCBA", strict=True):
        entry.organisation = name
        entry.save()
    page = fetch(juror_client, ballot(site))
    assert [label.text[0] for label in page.all("label")] == list("ABCDEF")
    assert page.all("input", checked="") == []
    assert page.one("form", action=ballot(site, "bestaetigen/")).attrs["autocomplete"] == "off"
    assert {one.attrs["autocomplete"] for one in page.all("input", type="radio")} == {"off"}


def test_a_vote_takes_two_steps_and_is_then_over(site, juror_client):
    chosen, other = site.entries[:2]
    question = juror_client.post(ballot(site, "bestaetigen/"), {"wahl": chosen.pk})
    assert "Diese Stimme kann nicht geändert werden." in question.content.decode()
    assert chosen.organisation in question.content.decode()
    assert not Participation.objects.exists()
    response = juror_client.post(ballot(site, "abgeben/"), {"wahl": chosen.pk})
    assert (response.status_code, response["Location"]) == (302, ballot(site))
    page = fetch(juror_client, ballot(site))
    assert page.one("h1").text == "Sie haben abgestimmt"
    assert [entry for entry in site.entries if entry.organisation in page.html] == []
    assert counts() == {chosen.pk: 1}
    for step in ("bestaetigen/", "abgeben/"):
        again = juror_client.post(ballot(site, step), {"wahl": other.pk}, follow=True)
        assert ParsedPage(again).one("h1").text == "Sie haben abgestimmt"
        assert [entry for entry in site.entries if entry.organisation in again.content.decode()] == []
    assert counts() == {chosen.pk: 1}


@pytest.mark.parametrize("step", ["bestaetigen/", "abgeben/"])
@pytest.mark.parametrize("value", [None, "", "0", "-1", "x", "\x00", "9" * 5000, "²"])
def test_a_senseless_choice_is_asked_again(site, juror_client, step, value):
    page = ParsedPage(juror_client.post(ballot(site, step), {} if value is None else {"wahl": value}))
    assert "Bitte wählen Sie einen Beitrag." in page.one("div", css="error-summary").text
    assert not Participation.objects.exists()


def test_a_recused_juror_neither_sees_nor_can_choose_the_entry(site, juror_client):
    hidden = site.entries[0]
    declare(site.juror, hidden, conflicted=True)
    page = fetch(juror_client, ballot(site))
    assert len(page.all("input", type="radio")) == 5
    assert hidden.organisation not in page.html
    for step in ("bestaetigen/", "abgeben/"):
        page = ParsedPage(juror_client.post(ballot(site, step), {"wahl": hidden.pk}))
        assert hidden.organisation not in page.html
    assert not Participation.objects.exists()


def test_who_has_not_spoken_of_conflicts_does_not_vote_yet(client):
    site = make_final(declared=False)
    client.force_login(site.juror)
    declare(site.juror, *site.entries[1:])
    page = fetch(client, ballot(site))
    assert "Zu einem Finalisten fehlt noch Ihre Erklärung" in page.html
    assert page.all("input", type="radio") == []
    client.post(ballot(site, "abgeben/"), {"wahl": site.entries[1].pk})
    assert not Participation.objects.exists()


def test_a_ballot_after_the_end_counts_nowhere(site, juror_client):
    end(site.round)
    assert juror_client.post(ballot(site, "abgeben/"), {"wahl": site.entries[0].pk}).status_code == 404
    with pytest.raises(ValidationError, match="beendet"):
        jury.vote(site.juror, site.round, site.entries[0])
    assert counts() == {}


def test_a_juror_removed_meanwhile_does_not_vote(site, juror_client):
    remove_seats_of(site.juror)
    assert juror_client.post(ballot(site, "abgeben/"), {"wahl": site.entries[0].pk}).status_code == 404
    assert not Participation.objects.exists()


# --- secrecy


def test_the_choice_stands_in_no_address_cookie_session_message_log_or_record(site, client, caplog):
    client.force_login(site.juror)
    caplog.set_level(logging.DEBUG)
    before = read_version()
    chosen = site.entries[3]
    answers = [
        client.post(ballot(site, "bestaetigen/"), {"wahl": chosen.pk}),
        client.post(ballot(site, "abgeben/"), {"wahl": chosen.pk}),
    ]
    told = [response.get("Location", "") for response in answers]
    told += [str(cookie) for response in answers for cookie in response.cookies.values()]
    told += [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    told += [record.getMessage() for record in caplog.records]
    assert [text for text in told if chosen.organisation in text or f"wahl={chosen.pk}" in text] == []
    assert all(answer["Cache-Control"] == "no-store, private" for answer in answers)
    assert all(answer["Referrer-Policy"] == "same-origin" for answer in answers)
    assert answers[1]["Location"] == ballot(site)
    assert not LogEntry.objects.exists()
    assert read_version() == before


def test_an_error_report_holds_nothing_of_the_ballot(site, juror_client, monkeypatch):
    def breaks(finalist):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(VoteCount.objects.__class__, "filter", lambda self, **values: breaks(values), raising=False)
    juror_client.raise_request_exception = False
    chosen = site.entries[3]
    response = juror_client.post(ballot(site, "abgeben/"), {"wahl": chosen.pk})
    assert response.status_code == 500
    assert chosen.organisation not in response.content.decode()
    request = response.wsgi_request
    post = SafeExceptionReporterFilter().get_post_parameters(request)
    assert set(post.values()) == {SafeExceptionReporterFilter.cleansed_substitute}
    frames = ExceptionReporter(request, *response.exc_info).get_traceback_frames()
    ours = [frame for frame in frames if frame["filename"].startswith(str(settings.BASE_DIR / "competition"))]
    assert {frame["function"] for frame in ours} >= {"cast", "vote"}
    assert [name for frame in ours for name, value in frame["vars"] if chosen.organisation in str(value)] == []
    assert not Participation.objects.exists()


def rows_of_all_tables():
    """Every row of every table, as what stands in it."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model._meta.label, row


def test_no_row_anywhere_joins_a_juror_and_a_choice():
    site = make_final(clusters=3, jurors=4)
    before = {label: list(rows) for label, rows in _grouped(rows_of_all_tables())}
    for user, entry in zip(
        site.jurors, (site.entries[1], site.entries[1], site.entries[4], site.entries[0]), strict=True
    ):
        client = Client()
        client.force_login(user)
        client.post(ballot(site, "bestaetigen/"), {"wahl": entry.pk})
        client.post(ballot(site, "abgeben/"), {"wahl": entry.pk})
    after = {label: list(rows) for label, rows in _grouped(rows_of_all_tables())}
    changed = {label for label in after if after[label] != before.get(label)}
    # Logging in writes the session and the account; the ballot only these two.
    assert changed - {"sessions.Session", "auth.User"} == {"competition.Participation", "competition.VoteCount"}
    assert [set(row) for row in after["competition.Participation"]] == [{"id", "round_id", "user_id", "voted_on"}] * 4
    columns = {"id", "round_id", "edition_id", "finalist_id", "votes"}
    assert [set(row) for row in after["competition.VoteCount"]] == [columns] * 6
    finalists = Finalist.objects.order_by("pk").values_list("pk", flat=True)
    rows = sorted(after["competition.VoteCount"], key=lambda row: row["id"])
    assert [row["finalist_id"] for row in rows] == list(finalists)
    assert Counter(row["votes"] for row in rows) == {0: 3, 1: 2, 2: 1}


def _grouped(rows):
    groups = {}
    for label, row in rows:
        groups.setdefault(label, []).append(row)
    return groups.items()


def test_no_history_is_kept_of_ballots():
    kept = [model._meta.label for model in apps.get_models() if "historical" in model._meta.model_name]
    assert [label for label in kept if "vote" in label.lower() or "participation" in label.lower()] == []
    assert not hasattr(VoteCount, "history")
    assert not hasattr(Participation, "history")


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="reads what PostgreSQL notes at each row")
@pytest.mark.django_db(transaction=True)
def test_postgresql_notes_at_no_row_which_ballot_wrote_it():
    site = make_final(clusters=3, jurors=3)
    for user, entry in zip(site.jurors, site.entries[:3], strict=True):
        jury.vote(user, site.round, entry)
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT xmin::text FROM competition_votecount")
            assert len(cursor.fetchall()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, xmax::text FROM competition_votecount")
        assert len({xmin for xmin, _ in cursor.fetchall()}) == 1
        cursor.execute("SELECT xmin::text FROM competition_participation ORDER BY id")
        assert len({xmin for (xmin,) in cursor.fetchall()}) == 3


# --- at the same moment


def in_parallel(number, act):
    """Calls act(0), act(1) … in threads that start together; what each returned or raised."""
    start, results = threading.Barrier(number), {}

    def run(index):
        try:
            start.wait()
            results[index] = act(index)
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[index] for index in range(number)]


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
@pytest.mark.django_db(transaction=True)
def test_of_ballots_sent_at_the_same_moment_one_counts():
    site = make_final(clusters=3)

    def send(index):
        client = Client()
        client.force_login(site.juror)
        return client.post(ballot(site, "abgeben/"), {"wahl": site.entries[index].pk}).status_code

    assert set(in_parallel(4, send)) <= {200, 302}
    assert Participation.objects.count() == 1
    assert sum(counts().values()) == 1


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
@pytest.mark.django_db(transaction=True)
def test_all_jurors_may_vote_at_the_same_moment():
    site = make_final(clusters=3, jurors=8)
    results = in_parallel(8, lambda index: jury.vote(site.jurors[index], site.round, site.entries[index % 2]))
    assert results == [None] * 8
    assert counts() == {site.entries[0].pk: 4, site.entries[1].pk: 4}


def test_a_second_ballot_is_refused_one_after_another_too(site):
    jury.vote(site.juror, site.round, site.entries[0])
    for entry in site.entries:
        with pytest.raises(ValidationError, match="schon abgestimmt"):
            jury.vote(site.juror, site.round, entry)
    assert counts() == {site.entries[0].pk: 1}


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
@pytest.mark.django_db(transaction=True)
def test_a_recusal_and_its_contrary_at_the_same_moment_end_in_the_recusal():
    site = make_final(declared=False)
    user = make_juror()
    site.panel.members.create(user=user)

    def state(index):
        return jury.state_conflict(user, site.entries[0], is_conflicted=index == 0, reason="Verwandt.")

    for _ in range(5):
        user.conflict_statements.all().delete()
        in_parallel(2, state)
        assert user.conflict_statements.get().is_conflicted
