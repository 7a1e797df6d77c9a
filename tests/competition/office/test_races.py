"""Two of the office at the same moment."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from competition.jury_decisions import decide
from competition.models import Award, Decision, Finalist
from tests.competition.office.factories import make_rated_category
from tests.factories import make_editor

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_of_two_decisions_entered_at_once_one_holds_and_the_other_is_refused_in_words():
    round_, category, _, (first, second, third) = make_rated_category()
    pairs, answers, start = [(first, second), (third, first)], [], threading.Barrier(2)
    people = [make_editor("eins"), make_editor("zwei")]

    def enter(pair, by):
        start.wait()
        try:
            decide(
                round_,
                category,
                first=pair[0],
                second=pair[1],
                by=by,
                reason="Gut",
                present="Anna",
                decided_on=timezone.localdate(),
            )
            answers.append(pair)
        except ValidationError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=one) for one in zip(pairs, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winners,) = [one for one in answers if one != "results_exist"]
    assert len(answers) == 2
    assert {one.entry for one in Finalist.objects.all()} == set(winners)
    assert Award.objects.get().entry == winners[0]
    assert Decision.objects.count() == 1
