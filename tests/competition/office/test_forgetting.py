"""After the edition: what was confidential goes, history and statistics stay."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.utils import timezone

from competition import reminders
from competition.forgetting import forget, forgettable_from, what_would_go
from competition.jury_decisions import decide
from competition.models import (
    Award,
    ConflictStatement,
    Decision,
    Edition,
    Entry,
    LogEntry,
    PanelMember,
    Paper,
    Participation,
    Round,
    Score,
    Sheet,
    VoteCount,
)
from competition.progress import progress_of
from publishing.models import OutgoingMail
from publishing.outbox import prepare
from tests.competition.factories import make_award, make_category, make_edition, make_entry, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    make_juror,
    make_panel,
    make_paper,
    make_rated_category,
    make_round,
    make_seat,
    rate,
    reopen,
    state,
)

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
CONTACT = {
    "contact_name": "Petra Privat",
    "contact_email": "petra@example.org",
    "contact_phone": "0341 1",
    "note": "ruft an",
}
SECRETS = (*CONTACT.values(), "Team Privat", "private Notiz", "Schwager")


@pytest.fixture
def edition(db):
    """Announced 200 days ago: a winner, a second finalist, a loser; sheets, papers, recusals, votes."""
    edition = make_edition(2025, finalists=-210, winners=-200)
    round_, category, seats, _ = make_rated_category(round_=make_round(edition, opens=-300, closes=-290), entries=0)
    winner, second, loser = (
        make_entry(category, organisation=name, team="<p>Team Privat</p>", **CONTACT)
        for name in ("Sieg", "Zwei", "Drei")
    )
    for number, seat in enumerate(seats):
        for points, entry in ((5, winner), (4, second), (2, loser)):
            rate(seat, entry, points, notes="private Notiz" if number == 0 else "")
    state(seats[2].user, loser, conflicted=True, reason="Schwager")
    state(seats[0].user, loser)
    decide(
        round_,
        category,
        first=winner,
        second=second,
        by=seats[0].user,
        reason="Gut",
        present="Anna",
        decided_on=timezone.localdate(),
    )
    final = make_round(edition, kind=Round.Kind.FINAL, opens=-280, closes=-270)
    cast_votes(final, {winner.finalist: 3}, [make_juror() for _ in range(3)])
    for entry in (winner, loser):
        make_paper(entry)
    seat = make_seat(seats[0].panel, last_name="Ausgeschieden")
    PanelMember.objects.filter(pk=seat.pk).update(removed_at=timezone.now())
    write_letters(round_)
    return edition


def write_letters(round_):
    """One sent, one discarded, one that failed, one that nobody has sent."""
    reader = make_juror()
    letters = reminders.invitations(round_, progress_of(round_, reader=reader))
    reminders.prepare([*letters, letters[0]], round_, by=reader)
    sent, discarded, failed, _ = OutgoingMail.objects.order_by("-pk")[:4]
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent", sent_at=timezone.now())
    OutgoingMail.objects.filter(pk=discarded.pk).update(state="discarded")
    OutgoingMail.objects.filter(pk=failed.pk).update(state="failed")


@pytest.fixture(autouse=True)
def _empty_folder():
    yield
    for folder in ("2025", "2026"):
        if storages["papers"].exists(folder):
            for name in storages["papers"].listdir(folder)[1]:
                storages["papers"].delete(f"{folder}/{name}")


def entry(name):
    return Entry.objects.get(organisation=name)


def files():
    return storages["papers"].listdir("2025")[1]


def everything_stored():
    """Every text of every row that belongs to the edition, old versions too."""
    models = (Entry, Entry.history.model, Paper, Sheet, Score, ConflictStatement, Participation, LogEntry, Decision)
    models = (*models, OutgoingMail, PanelMember)
    return " ".join(str(value) for model in models for row in model.objects.values() for value in row.values())


def run(*args, capsys):
    call_command("forget_edition", *args)
    return capsys.readouterr().out


# --- When


def moment(*args):
    return datetime(*args, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        (moment(2025, 6, 26, 19), moment(2025, 12, 26, 19)),
        (moment(2025, 8, 31, 12), moment(2026, 2, 28, 12)),
        (moment(2023, 8, 31, 12), moment(2024, 2, 29, 12)),
        (moment(2025, 12, 1, 0), moment(2026, 6, 1, 0)),
    ],
)
def test_six_months_are_counted_by_the_calendar(announced, expected):
    assert forgettable_from(Edition(winners_public_at=announced)) == expected


@pytest.mark.parametrize(("winners", "message"), [(-150, "Too early"), (10, "Too early"), (None, "no date")])
def test_nothing_goes_before_six_months_after_the_announcement(winners, message, capsys):
    edition = make_edition(2026, finalists=-200, winners=winners)
    make_paper(make_entry(make_category(edition)))
    for switch in ("--dry-run", "--really"):
        with pytest.raises(CommandError, match=message):
            call_command("forget_edition", "2026", switch)
    assert Paper.objects.exists()


def test_nothing_goes_while_a_round_is_running(edition):
    reopen(edition.rounds.first())
    with pytest.raises(CommandError, match="not over"):
        call_command("forget_edition", "2025", "--really")
    assert Sheet.objects.exists()


def test_an_unknown_year_is_an_error():
    with pytest.raises(CommandError, match="no edition 1999"):
        call_command("forget_edition", "1999")


# --- Dry run


def test_the_dry_run_is_the_default_counts_everything_and_changes_nothing(edition, capsys):
    before = everything_stored()
    for args in ([], ["--dry-run"]):
        out = run("2025", *args, capsys=capsys)
        lines = {
            line.strip().split("  ", 1)[1]: int(line.split()[0]) for line in out.splitlines() if line.startswith(" ")
        }
        assert lines == {
            "entries without a prize: contact data": 2,
            "entries never public: team": 1,
            "older versions of entries: the same fields": 3,
            "confidential papers": 2,
            "rating sheets with scores and notes": 9,
            "statements on conflicts of interest": 2,
            "letters to jurors, with their addresses": 4,
            "seats of jurors": 4,
            "who took part in the ballot": 3,
        }
        assert "Nothing has changed yet" in out
    assert everything_stored() == before
    assert len(files()) == 2


def test_both_switches_at_once_are_refused(edition):
    with pytest.raises(CommandError):
        call_command("forget_edition", "2025", "--dry-run", "--really")


# --- Really


def test_everything_confidential_is_gone_and_the_winners_contact_stays(
    edition, capsys, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run("2025", "--really", capsys=capsys)
    assert (Paper.objects.count(), Sheet.objects.count(), Score.objects.count()) == (0, 0, 0)
    assert (ConflictStatement.objects.count(), Participation.objects.count()) == (0, 0)
    assert files() == []
    assert entry("Sieg").contact_email == "petra@example.org"
    assert entry("Drei").contact_email == ""


def test_no_secret_of_a_loser_is_left_anywhere_not_even_in_old_versions(edition):
    winner = entry("Sieg")
    forget(edition)
    Entry.history.filter(id=winner.pk).delete()
    Entry.objects.filter(pk=winner.pk).update(team="", **dict.fromkeys(CONTACT, ""))
    stored = everything_stored()
    assert [secret for secret in SECRETS if secret in stored and secret != "Team Privat"] == []


def test_a_finalist_was_public_with_the_team_and_keeps_it(edition):
    forget(edition)
    assert [entry(name).team for name in ("Sieg", "Zwei", "Drei")] == ["<p>Team Privat</p>", "<p>Team Privat</p>", ""]
    assert {row.team for row in Entry.history.filter(organisation="Drei")} == {""}


def test_old_versions_of_deleted_entries_are_scrubbed_too(edition):
    gone = make_entry(edition.categories.first(), organisation="Weg", **CONTACT)
    gone.delete()
    forget(edition)
    versions = Entry.history.filter(organisation="Weg")
    assert versions.count() == 2
    assert {row.contact_email for row in versions} == {""}


def test_forgetting_writes_no_new_version(edition):
    before = Entry.history.count()
    forget(edition)
    assert Entry.history.count() == before


def test_results_decisions_votes_and_the_log_stay(edition):
    log = LogEntry.objects.count()
    forget(edition)
    assert Award.objects.get().entry == entry("Sieg")
    assert VoteCount.objects.get(finalist__entry__organisation="Sieg").votes == 3
    decision = Decision.objects.get()
    assert [(row["name"].split(":")[0], row["mean"]) for row in decision.ranking] == [
        ("Sieg", "5.00"),
        ("Zwei", "4.00"),
        ("Drei", "2.00"),
    ]
    assert LogEntry.objects.count() == log + 1


def test_statistics_are_kept_before_the_sheets_go(edition):
    category = str(edition.categories.first())
    forget(edition)
    clusters, final = (Round.objects.get(kind=kind).statistics for kind in ("cluster", "final"))
    # The sheet of the juror who is recused did not count.
    assert clusters == [
        {
            "category": category,
            "jurors": 3,
            "entries": 3,
            "sheets": 8,
            "means": {
                name: ["5.00", "4.00", "2.00"] for name in ("Innovationsgrad", "Wirtschaftlichkeit", "Marktfähigkeit")
            },
            "mean_of_entries": ["5.00", "4.00", "2.00"],
        }
    ]
    assert final == [{"jurors": 0, "votes": 3}]


def test_it_is_noted_what_has_gone_and_when(edition):
    forget(edition)
    line = LogEntry.objects.filter(act=LogEntry.Act.DELETED).get()
    assert (line.user, line.user_name) == (None, "forget_edition")
    assert "Bewertungsbögen (9)" in line.text
    assert timezone.now() - line.moment < timedelta(minutes=1)


def test_a_second_run_finds_nothing_and_keeps_the_statistics(edition, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        forget(edition)
    statistics = Round.objects.get(kind="cluster").statistics
    assert "nothing left to delete" in run("2025", "--really", capsys=capsys)
    assert "nothing left to delete" in run("2025", capsys=capsys)
    assert Round.objects.get(kind="cluster").statistics == statistics
    assert LogEntry.objects.filter(act=LogEntry.Act.DELETED).count() == 1


def test_files_without_a_row_are_swept_up(edition, django_capture_on_commit_callbacks):
    storages["papers"].save("2025/verwaist.pdf", ContentFile(b"x"))
    assert [one.count for one in what_would_go(edition) if "files" in one.name] == [1]
    with django_capture_on_commit_callbacks(execute=True):
        forget(edition)
    assert files() == []


def test_letters_to_jurors_go_and_nobody_elses(edition):
    prepare(to="besuch@example.org", subject="Frage", text="Text", purpose="Kontakt")
    other = make_round(make_edition(2024, finalists=-12, winners=-10), opens=-20, closes=-15)
    make_seat(make_panel(other))
    reminders.prepare(reminders.invitations(other, progress_of(other, reader=make_juror())), other, by=make_juror())
    forget(edition)
    assert sorted(OutgoingMail.objects.values_list("related_label", flat=True)) == ["", "Clusterrunde 2024"]


def test_a_number_that_begins_like_the_edition_s_is_another_edition(edition):
    prepare(to="a@example.org", subject="S", text="T", purpose="P", related_key=f"competition/{edition.pk}1/1")
    forget(edition)
    assert OutgoingMail.objects.count() == 1


def test_a_letter_being_sent_right_now_goes_with_the_next_run(edition):
    being_sent = OutgoingMail.objects.filter(state="prepared")
    being_sent.update(held_until=timezone.now() + timedelta(minutes=1))
    forget(edition)
    assert being_sent.count() == 1
    being_sent.update(held_until=timezone.now() - timedelta(minutes=1))
    forget(edition)
    assert not OutgoingMail.objects.exists()


def test_seats_go_and_accounts_stay_and_may_then_be_deleted(edition):
    juror = PanelMember.objects.filter(removed_at=None).first().user
    with pytest.raises(ProtectedError):
        juror.delete()
    forget(edition)
    assert not PanelMember.objects.exists()
    juror.refresh_from_db()
    juror.delete()
    assert Decision.objects.get().present == "Anna"


def test_other_editions_keep_everything(edition):
    other = make_edition(2024, finalists=-500, winners=-490)
    kept = make_entry(make_category(other), organisation="Vorjahr", **CONTACT)
    make_paper(kept)
    forget(edition)
    kept.refresh_from_db()
    assert kept.contact_email == "petra@example.org"
    assert Paper.objects.get().entry == kept
    assert Entry.history.get(id=kept.pk).contact_name == "Petra Privat"


def test_who_won_only_a_local_or_special_prize_has_won(edition):
    special = make_entry(edition.categories.first(), organisation="Sonder", **CONTACT)
    make_award(Award.Kind.SPECIAL, special, special_name="Publikumspreis")
    forget(edition)
    assert entry("Sonder").contact_email == "petra@example.org"


def test_what_fails_halfway_leaves_everything(edition, monkeypatch):
    before = everything_stored()
    monkeypatch.setattr("competition.forgetting.bump", _fail)
    with pytest.raises(RuntimeError):
        forget(edition)
    assert everything_stored() == before
    assert len(files()) == 2


def _fail():
    raise RuntimeError


def test_the_minutes_can_still_be_read(edition, office_client):
    forget(edition)
    round_ = Round.objects.get(kind="cluster")
    page = office_client.get(f"/admin/competition/round/{round_.pk}/protokoll/").content.decode()
    assert "Sieg" in page
    assert "5,00" in page
    assert "nach dem Wettbewerb gelöscht" in page
    assert "niemand." not in page


def test_an_edition_without_a_jury_is_forgotten_too(capsys):
    edition = make_edition(2023, finalists=-400, winners=-390)
    category = make_category(edition)
    make_finalist(category)
    loser = make_entry(category, **CONTACT)
    run("2023", "--really", capsys=capsys)
    loser.refresh_from_db()
    assert loser.contact_name == ""
