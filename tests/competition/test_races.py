"""Two people decide at the same moment: one of them wins, the other reads why not, and nothing happens twice."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from competition.models import Award, Edition, Finalist, LogEntry, ResultRecord
from competition.models.results_lock import CLOSED
from competition.results import agrees_with_today, close_results, record_in_force, reopen_results, reveal
from tests.competition.factories import (
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)
from tests.factories import make_editor

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself"),
]
PATIENCE = 10  # seconds
WON = "won"


def save(row):
    """As a form does it: checked first, when the other one's change cannot be seen yet."""
    row.full_clean()
    row.save()


def outcome_of(act):
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    return WON


def overlapping(first, second):
    """The second acts while the first has acted and not committed. Returns what became of each."""
    has_acted, outcomes = threading.Event(), {}

    def act_and_hold():
        try:
            with transaction.atomic():
                outcomes["first"] = outcome_of(first)
                has_acted.set()
                _wait_for_somebody_who_waits()
        finally:
            has_acted.set()
            connection.close()

    def act_meanwhile():
        try:
            has_acted.wait(PATIENCE)
            outcomes["second"] = outcome_of(second)
        finally:
            connection.close()

    _run(act_and_hold, act_meanwhile)
    return outcomes["first"], outcomes["second"]


def _wait_for_somebody_who_waits():
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ends_at = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < ends_at:
            # Within a transaction, the server shows its activity as it was when first asked.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone():
                return
            time.sleep(0.01)
    pytest.fail("the second one never waited: the two did not overlap")


def all_at_once(acts):
    start, outcomes = threading.Barrier(len(acts)), []

    def act_with_the_others(act):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            outcomes.append(outcome_of(act))
        finally:
            connection.close()

    _run(*(lambda act=act: act_with_the_others(act) for act in acts))
    return sorted(outcomes, key=lambda outcome: outcome != WON)


def _run(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
        assert not thread.is_alive(), "they wait for one another for ever"


# --- Finalists


def test_the_last_seat_is_taken_once():
    category = make_category(make_edition())
    make_finalist(category)
    one, other = (Finalist(entry=make_entry(category)) for _ in range(2))
    first, second = overlapping(lambda: save(one), lambda: save(other))
    assert first == WON
    assert "schon zwei Finalisten" in second
    assert {finalist.seat for finalist in category.finalists.all()} == {1, 2}


def test_two_finalists_chosen_at_the_same_moment_both_get_a_seat():
    category = make_category(make_edition())
    one, other = (Finalist(entry=make_entry(category)) for _ in range(2))
    assert overlapping(lambda: save(one), lambda: save(other)) == (WON, WON)
    assert {finalist.seat for finalist in category.finalists.all()} == {1, 2}


def test_of_six_at_once_two_become_finalists():
    category = make_category(make_edition())
    rows = [Finalist(entry=make_entry(category)) for _ in range(6)]
    outcomes = all_at_once([lambda row=row: save(row) for row in rows])
    assert outcomes[:2] == [WON, WON]
    assert all("schon zwei Finalisten" in outcome for outcome in outcomes[2:])
    assert category.finalists.count() == 2


# --- Prizes


@pytest.fixture
def rivals():
    """Two finalists of a cluster, both registered for the same local prize."""
    category = make_category(make_edition(finalists=-1, winners=1))
    prize = make_local_prize(category.edition)
    entries = [make_finalist(category).entry for _ in range(2)]
    for entry in entries:
        register(entry, prize)
    return entries


PRIZES = [
    (Award.Kind.CLUSTER, "Dieses Cluster hat schon einen Sieger."),
    (Award.Kind.OVERALL, "Dieses Wettbewerbsjahr hat schon einen Gesamtsieger."),
    (Award.Kind.LOCAL, "Dieser Platz des lokalen Preises ist schon vergeben."),
]


def award_to(entry, kind):
    prize = entry.edition.local_prizes.get() if kind == Award.Kind.LOCAL else None
    return Award(kind=kind, entry=entry, local_prize=prize)


@pytest.mark.parametrize(("kind", "refusal"), PRIZES)
def test_a_prize_is_given_once(rivals, kind, refusal):
    one, other = (award_to(entry, kind) for entry in rivals)
    assert overlapping(lambda: save(one), lambda: save(other)) == (WON, refusal)
    assert [award.entry for award in Award.objects.all()] == rivals[:1]
    assert Award.history.count() == 1


@pytest.mark.parametrize(("kind", "refusal"), PRIZES)
def test_a_prize_is_given_once_whoever_is_quicker(rivals, kind, refusal):
    awards = [award_to(entry, kind) for entry in rivals]
    assert all_at_once([lambda award=award: save(award) for award in awards]) == [WON, refusal]
    assert Award.objects.count() == 1


def test_two_editors_who_enter_the_same_prize_enter_it_once(rivals):
    one, other = (award_to(rivals[0], Award.Kind.OVERALL) for _ in range(2))
    first, second = overlapping(lambda: save(one), lambda: save(other))
    assert (first, second) == (WON, "Dieses Wettbewerbsjahr hat schon einen Gesamtsieger.")
    assert Award.objects.count() == 1


# --- Closing, opening, revealing


@pytest.fixture
def decided():
    return make_decided_edition(finalists=-1, winners=1)


@pytest.fixture
def people():
    return make_editor("erika"), make_editor("jonas")


def free_place(edition):
    """One more result that could still be entered."""
    winner = edition.awards.get(kind=Award.Kind.OVERALL).entry
    return Award(kind=Award.Kind.SPECIAL, entry=winner, special_name="Publikumspreis")


def test_what_is_saved_while_the_results_are_closed_comes_too_late(decided, people):
    late = free_place(decided)
    outcomes = overlapping(lambda: close_results(decided, people[0]), lambda: save(late))
    assert outcomes == (WON, CLOSED)
    assert agrees_with_today(record_in_force(decided))
    assert not decided.awards.filter(kind=Award.Kind.SPECIAL).exists()


def test_what_is_saved_before_the_results_are_closed_stands_in_the_record(decided, people):
    in_time = free_place(decided)
    assert overlapping(lambda: save(in_time), lambda: close_results(decided, people[0])) == (WON, WON)
    record = record_in_force(decided)
    assert "Publikumspreis" in record.text
    assert agrees_with_today(record)


def test_a_finalist_or_prize_taken_out_while_the_results_are_closed_stays(decided, people):
    prize = decided.awards.get(kind=Award.Kind.OVERALL)
    assert overlapping(lambda: close_results(decided, people[0]), prize.delete) == (WON, CLOSED)
    assert decided.awards.filter(kind=Award.Kind.OVERALL).exists()
    assert agrees_with_today(record_in_force(decided))


def test_results_are_closed_once(decided, people):
    acts = [lambda who=who: close_results(decided, who) for who in people]
    assert overlapping(*acts) == (WON, CLOSED)
    assert ResultRecord.objects.count() == LogEntry.objects.count() == 1


def test_results_are_opened_again_once(decided, people):
    close_results(decided, people[0])
    acts = [lambda who=who: reopen_results(decided, who, "Tippfehler") for who in people]
    assert overlapping(*acts) == (WON, "Die Ergebnisse sind nicht geschlossen.")
    assert LogEntry.objects.filter(act=LogEntry.Act.REOPENED).count() == 1


def test_winners_are_revealed_once(decided, people):
    close_results(decided, people[0])
    acts = [lambda who=who: reveal(decided, who) for who in people]
    assert overlapping(*acts) == (WON, "Die Preisträger dieses Wettbewerbsjahres sind schon öffentlich.")
    (revealed,) = LogEntry.objects.filter(act=LogEntry.Act.REVEALED)
    assert revealed.user_name == "erika"
    assert Edition.objects.get().winners_are_public


def test_opening_again_and_revealing_do_not_cross(decided, people):
    """Either the winners are public as closed, or the results are open and nobody knows of them."""
    close_results(decided, people[0])
    acts = (lambda: reopen_results(decided, people[0], "Tippfehler"), lambda: reveal(decided, people[1]))
    assert overlapping(*acts) == (WON, "Bitte schließen Sie zuerst die Ergebnisse.")
    assert not Edition.objects.get().winners_are_public
