"""Of an entry they are recused of, members of the office find no line, no gap and no result either."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from competition.jury import save_sheet, state_conflict
from competition.jury_decisions import decide, revoke
from competition.models import Award, ConflictStatement, LogEntry, Sheet
from competition.recusals import lift, recuse
from competition.results import close_results, log, record_in_force, reopen_results, reveal
from tests.competition.factories import make_entry
from tests.competition.office.factories import make_paper, make_rated_category, reopen, state
from tests.competition.results_sheet import steer_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(db):
    return make_rated_category()


@pytest.fixture
def told(rated, office):
    """Everything that leaves a line, of an entry of which the office will be recused, and of another."""
    round_, _, seats, (hidden, shown, _) = rated
    for entry in (hidden, shown):
        recuse(seats[0].user, entry, reason="Onkel", by=seats[1].user)
        lift(ConflictStatement.objects.recused().get(entry=entry), reason="Irrtum", by=office)
        make_paper(entry)
        state(seats[2].user, entry)
    reopen(round_)
    for entry in (hidden, shown):
        state_conflict(seats[1].user, entry, is_conflicted=True, reason="Tante")
        sheet = Sheet.objects.get(member=seats[2], entry=entry)
        steps = {one.criterion: one.step for one in sheet.scores.all()}
        save_sheet(seats[2].user, entry, steps=dict(steps), notes="", seen_edit_number=1, submit=True)
        Sheet.objects.filter(pk=sheet.pk).update(submitted_at=None)
        save_sheet(seats[2].user, entry, steps=dict(steps), notes="", seen_edit_number=2, submit=True)
    return hidden, shown


LOG = "/admin/competition/logentry/"


def test_every_line_that_names_an_entry_is_hidden_from_who_is_recused_of_it(told, office, office_client):
    hidden, shown = told
    for entry in (hidden, shown):
        office_client.get(f"/admin/competition/paper/{entry.papers.get().token}/oeffnen/")
    naming = {one.act for one in LogEntry.objects.filter(text__contains=hidden.organisation)}
    assert naming == {"recused", "recusal_lifted", "downloaded", "submitted"}
    state(office, hidden, conflicted=True)
    for path in (LOG, f"{LOG}?q={hidden.organisation}", steer_path(hidden.edition)):
        assert hidden.organisation not in text_of(office_client.get(path)), path
    for path in (LOG, steer_path(hidden.edition)):
        assert shown.organisation in text_of(office_client.get(path)), path
    line = LogEntry.objects.filter(entry=hidden).first()
    assert office_client.get(f"{LOG}{line.pk}/change/").status_code == 302


def text_of(response):
    """Without what the reader has typed."""
    return re.sub(r'value="[^"]*"|\?q=[^"]*', "", response.content.decode())


def test_a_typed_reason_may_name_the_entry_and_is_hidden_too(rated, office, office_client):
    round_, category, (seat, *_), (entry, other, _) = rated
    values = {"first": entry, "second": other, "reason": "Gut", "present": "A", "decided_on": timezone.localdate()}
    decision = decide(round_, category, by=seat.user, **values)
    revoke(decision, reason=f"Verwechselt mit {entry}", by=seat.user)
    decide(round_, category, by=seat.user, **values)
    close_results(round_.edition, seat.user)
    reopen_results(round_.edition, seat.user, f"Schreibfehler bei {entry}")
    page = office_client.get(LOG).content.decode()
    assert ("Verwechselt mit" in page, "Schreibfehler bei" in page) == (True, True)
    state(office, entry, conflicted=True)
    for path in (LOG, steer_path(round_.edition)):
        page = office_client.get(path).content.decode()
        assert ("Verwechselt mit" in page, "Schreibfehler bei" in page) == (False, False)
        assert "Entscheidung eingetragen" in page


def test_who_is_recused_reads_no_result_before_it_is_public(rated, office, office_client):
    round_, category, (seat, *_), (entry, other, third) = rated
    values = {"reason": "Gut", "present": "A", "decided_on": timezone.localdate()}
    decide(round_, category, first=entry, second=other, by=seat.user, **values)
    record = close_results(round_.edition, seat.user)
    award = Award.objects.get()
    steer = steer_path(round_.edition)
    paths = [
        *(steer, f"{steer}schliessen/", f"{steer}oeffnen/", f"{steer}verkuenden/"),
        *(LOG, "/admin/competition/award/", f"/admin/competition/award/{award.pk}/change/"),
        *("/admin/competition/resultrecord/", f"/admin/competition/resultrecord/{record.pk}/change/"),
        f"/admin/competition/resultrecord/{record.pk}/protokoll.json",
    ]
    for recused_of in (entry, third):
        statement = state(office, recused_of, conflicted=True)
        pages = {path: office_client.get(path, follow=path.startswith(steer)) for path in paths}
        leaks = [
            (path, one.organisation)
            for path, page in pages.items()
            for one in {entry, other, recused_of}
            if one.organisation in page.content.decode()
        ]
        assert leaks == []
        assert pages[paths[-1]].status_code == 404
        assert "Das erledigt jemand anderes" in pages[f"{steer}verkuenden/"].content.decode()
        assert office_client.post(f"{steer}oeffnen/", {"reason": "x"}).status_code == 302
        statement.delete()
    assert record_in_force(round_.edition) == record
    assert entry.organisation in office_client.get(steer).content.decode()


def test_once_the_winners_are_public_they_are_secret_to_nobody(rated, office, office_client):
    round_, category, (seat, *_), (entry, other, _) = rated
    values = {"reason": "Gut", "present": "A", "decided_on": timezone.localdate()}
    decide(round_, category, first=entry, second=other, by=seat.user, **values)
    close_results(round_.edition, seat.user)
    reveal(round_.edition, seat.user)
    state(office, entry, conflicted=True)
    assert entry.organisation in office_client.get("/admin/competition/award/").content.decode()


def test_a_line_outlives_its_entry_as_it_was_written(rated, office, office_client):
    _, category, _, _ = rated
    entry = make_entry(category, organisation="Kurzlebig")
    paper = make_paper(entry)
    office_client.get(f"/admin/competition/paper/{paper.token}/oeffnen/")
    line, pk, name = LogEntry.objects.get(), entry.pk, str(entry)
    entry.delete()
    line.refresh_from_db()
    assert (line.entry_id, line.text) == (pk, f"{name}: Geschäftsplan")
    assert "Kurzlebig" in office_client.get(LOG).content.decode()


def test_lines_written_before_learn_which_entry_they_name(rated, office):
    round_, category, _, (entry, *_) = rated
    longer = make_entry(category, organisation=f"{entry.organisation} und Partner")
    old = [
        log(round_.edition, act, office, text)
        for act, text in (
            (LogEntry.Act.DOWNLOADED, f"{entry}: Geschäftsplan"),
            (LogEntry.Act.RECUSAL_LIFTED, f"Jutta Juror, {longer}: Irrtum"),
            (LogEntry.Act.DOWNLOADED, "Lesemappe, Clusterrunde: 3 Beiträge"),
            (LogEntry.Act.CLOSED, f"{entry}"),
        )
    ]
    migration = import_module("competition.migrations.0007_log_entries_know_their_entry")
    migration.link(apps, None)
    for line in old:
        line.refresh_from_db()
    assert [line.entry for line in old] == [entry, longer, None, None]


def test_gaps_changes_and_tasks_name_nothing_to_who_is_recused(rated, office, office_client):
    round_, category, (seat, *_), (entry, other, third) = rated
    values = {"reason": "Gut", "present": "A", "decided_on": timezone.localdate()}
    decide(round_, category, first=entry, second=other, by=seat.user, **values)
    steer = steer_path(round_.edition)
    page = office_client.get(steer).content.decode()
    assert f"{entry.organisation}: Satz" in page
    assert f"Finalist eingetragen: {entry}" in page
    state(office, third, conflicted=True)
    page = office_client.get(steer).content.decode()
    assert [one for one in (entry, other, third) if one.organisation in page] == []
    start = office_client.get("/admin/").content.decode()
    assert (entry.organisation in start, third.organisation in start) == (True, False)


def test_counts_leave_out_what_the_reader_is_recused_of(rated, office, office_client):
    _, _, _, (entry, *_) = rated
    steer = steer_path(entry.edition)
    assert office_client.get(steer).context["counts"].total == 3
    state(office, entry, conflicted=True)
    assert office_client.get(steer).context["counts"].total == 2
