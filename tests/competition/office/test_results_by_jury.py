"""Where the jury decides, the sheet of results offers nothing that could not be saved, and says where to go."""

import re

import pytest
from django.utils import timezone

from competition.admin.progress import Progress
from competition.jury_decisions import decide, has_results
from competition.models import Award, Decision, Edition, Finalist, Round
from competition.result_lines import FINALIST, lines_of
from publishing.admin.words import german_moment
from tests.competition.factories import (
    make_award,
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
)
from tests.competition.office.factories import (
    close,
    make_criteria,
    make_panel,
    make_round,
    make_seat,
    reopen,
)
from tests.competition.results_sheet import sheet, steer_path

pytestmark = pytest.mark.django_db
FINAL = Round.Kind.FINAL


@pytest.fixture
def edition():
    edition = make_decided_edition(2026, finalists=-3)
    for category in edition.categories.all():
        make_entry(category)
    return edition


def offered(edition, page):
    """Which of finalists, cluster winners and the overall winner the page lets somebody choose, cluster by cluster."""
    form = page[page.index('class="results-form"') : page.index("Schließen und verkünden")]
    names = {key: f"cluster {number}" for number, key in enumerate(edition.categories.values_list("pk", flat=True), 1)}
    found = set(re.findall(r'name="(?:finalist|cluster)-(\d+)', form))
    return {names[int(key)] for key in found} | set(re.findall(r'name="(overall)"', form))


def judge(edition, *numbers, final=False):
    """Panels for these clusters, and decisions that made what stands there."""
    categories = [list(edition.categories.all())[number - 1] for number in numbers]
    rounds = [make_round(edition)] if categories else []
    if categories:
        make_seat(make_panel(rounds[0], *categories))
    if final:
        rounds.append(make_round(edition, kind=FINAL))
    return rounds, categories


def decide_what_stands_there(edition, rounds, categories):
    for category in categories:
        first, second = (one.entry for one in category.finalists.order_by("pk"))
        record_decision(rounds[0], category, first, second)
    if rounds[-1].is_final:
        record_decision(rounds[-1], None, edition.awards.get(kind=Award.Kind.OVERALL).entry, None)


def record_decision(round_, category, first, second):
    day = timezone.localdate()
    values = {"edition": round_.edition, "reason": "Gut", "present": "A", "decided_on": day, "entered_by": "Olga"}
    Decision.objects.create(round=round_, category=category, first=first, second=second, **values)


@pytest.mark.parametrize(
    ("numbers", "final", "open_there"),
    [
        ((), False, {"cluster 1", "cluster 2", "overall"}),
        ((1,), False, {"cluster 2", "overall"}),
        ((1, 2), False, {"overall"}),
        ((), True, {"cluster 1", "cluster 2"}),
        ((1, 2), True, set()),
    ],
)
def test_only_what_may_be_saved_is_offered(office_client, edition, numbers, final, open_there):
    rounds, categories = judge(edition, *numbers, final=final)
    if rounds:
        decide_what_stands_there(edition, rounds, categories)
    page = office_client.get(steer_path(edition)).content.decode()
    assert offered(edition, page) == open_there
    names = [*(one.name for one in categories), *(["Gesamtsieg"] if final else [])]
    sentence = f"<strong>Das entscheidet die Jury:</strong> {', '.join(names)}. Eingetragen wird"
    assert (sentence in page) == bool(names)
    for one in rounds:
        assert f'<a href="/admin/competition/round/{one.pk}/uebersicht/">{one}</a>' in page
    for finalist in edition.finalists.all():
        assert str(finalist.entry) in page


@pytest.mark.parametrize(("numbers", "final"), [((1,), False), ((1, 2), True)])
def test_the_rest_of_the_sheet_can_still_be_saved(office_client, edition, numbers, final):
    decide_what_stands_there(edition, *judge(edition, *numbers, final=final))
    before, special = lines_of(edition), edition.entries.last()
    page = office_client.get(steer_path(edition)).content.decode()
    sent = {name: value for name, value in sheet(edition).items() if f'name="{name}"' in page}
    sent |= {"special-0-name": "Publikumspreis", "special-0-entry": special.pk}
    assert office_client.post(steer_path(edition), sent).status_code == 302
    assert {one.name for one in lines_of(edition) - before} == {"Publikumspreis"}
    assert before <= lines_of(edition)


def test_what_is_sent_all_the_same_changes_nothing(office_client, edition):
    decide_what_stands_there(edition, *judge(edition, 1, 2, final=True))
    before, category = lines_of(edition), edition.categories.first()
    other = category.entries.filter(finalist=None).first()
    data = sheet(edition) | {f"finalist-{category.pk}-a": other.pk, f"cluster-{category.pk}": "b", "overall": ""}
    assert office_client.post(steer_path(edition), data).status_code == 302
    assert lines_of(edition) == before


def test_a_cluster_no_jury_judges_is_entered_by_hand(office_client, edition):
    decide_what_stands_there(edition, *judge(edition, 1))
    category = edition.categories.last()
    other = category.entries.filter(finalist=None).first()
    open_line = sheet(edition, overall="")
    line = next(key for key, value in open_line.items() if key.startswith(f"finalist-{category.pk}") and value)
    data = open_line | {line: other.pk, f"cluster-{category.pk}": ""}
    assert office_client.post(steer_path(edition), data).status_code == 302
    assert Finalist.objects.filter(entry=other).exists()


def test_what_was_entered_by_hand_before_there_was_a_jury_is_taken_out_and_not_replaced(office_client, edition):
    rounds, (category,) = judge(edition, 1)
    assert has_results(rounds[0], category)
    page = office_client.get(steer_path(edition)).content.decode()
    assert "Bitte austragen, damit die Jury hier entscheiden kann." in page
    other = category.entries.filter(finalist=None).first()
    assert f'<option value="{other.pk}">{other}</option>' not in page.split("<h3>Lokale Preise</h3>")[0]
    empty = {f"finalist-{category.pk}-{line}": "" for line in "ab"} | {f"cluster-{category.pk}": ""}
    assert office_client.post(steer_path(edition), sheet(edition) | empty).status_code == 302
    assert not has_results(rounds[0], category)
    page = office_client.get(steer_path(edition)).content.decode()
    assert "Bitte austragen" not in page
    assert offered(edition, page) == {"cluster 2", "overall"}


def test_who_wins_overall_is_chosen_among_the_finalists_there_are(office_client):
    edition = make_edition(2026)
    category, empty = make_category(edition), make_category(edition)
    finalist = make_finalist(category)
    make_entry(empty)
    make_panel(make_round(edition), empty)
    page = office_client.get(steer_path(edition)).content.decode()
    assert page.count('name="overall"') == 3  # two lines of the one cluster, and „noch offen“
    data = sheet(edition, overall=f"{category.pk}-a")
    assert office_client.post(steer_path(edition), data).status_code == 302
    assert Award.objects.get(kind=Award.Kind.OVERALL).entry == finalist.entry


def test_a_decision_entered_meanwhile_stays_when_an_older_sheet_is_saved(office, office_client):
    edition = make_edition(2026)
    round_, category = make_round(edition), make_category(edition)
    make_criteria(edition)
    make_seat(make_panel(round_, category))
    first, second = make_entry(category), make_entry(category)
    older = sheet(edition)
    values = {"reason": "Gut", "present": "A", "decided_on": timezone.localdate()}
    decide(round_, category, first=first, second=second, by=office, **values)
    office_client.post(steer_path(edition), older)
    assert Finalist.objects.count() == 2
    older |= {"special-0-name": "Publikumspreis", "special-0-entry": first.pk}
    page = office_client.post(steer_path(edition), older).content.decode()
    assert "Jemand anderes hat inzwischen Ergebnisse gespeichert." in page
    assert {one.kind for one in lines_of(edition)} == {FINALIST, "cluster"}


# --- the next step


def step(edition):
    return Progress(Edition.objects.get(pk=edition.pk)).next_step


def test_the_next_step_leads_to_the_round_that_decides(office_client):
    edition = make_edition(2026, call_opens_on="2026-01-01", call_closes_on="2026-02-01")
    category = make_category(edition)
    first, second = make_entry(category), make_entry(category)
    assert step(edition).action == "results"
    planned = make_round(edition, opens=1, closes=2)
    assert step(edition).action == "results"  # no panel yet
    make_panel(planned, category)
    beginning = f"Die Clusterrunde beginnt am {german_moment(planned.opens_at)}."
    assert step(edition).sentence.startswith(beginning)
    planned.delete()
    round_, final = make_round(edition), make_round(edition, kind=FINAL)
    make_panel(round_, category)
    assert step(edition).sentence == "Die Clusterrunde ist beendet. Tragen Sie dort ein, was die Jury entschieden hat."
    assert step(edition).round == round_
    page = office_client.get(steer_path(edition)).content.decode()
    assert f'href="/admin/competition/round/{round_.pk}/uebersicht/">{round_} öffnen</a>' in page
    reopen(round_)
    assert step(edition).sentence.startswith(f"Die Clusterrunde läuft bis {german_moment(round_.closes_at)}.")
    close(round_)
    for entry in (first, second):
        Finalist.objects.create(entry=entry)
    assert step(edition).round == round_  # the cluster winner is missing
    make_award(Award.Kind.CLUSTER, first)
    assert step(edition).sentence == "Legen Sie fest, ab wann die Finalisten öffentlich sind."
    Edition.objects.update(finalists_public_at=timezone.now())
    assert step(edition).sentence == "Das Finale ist beendet. Tragen Sie dort ein, was die Jury entschieden hat."
    assert step(edition).round == final
    make_award(Award.Kind.OVERALL, first)
    assert step(edition).action == "close"
