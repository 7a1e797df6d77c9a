"""The minutes of a round, to print."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from competition.jury_decisions import decide, revoke
from competition.models import PanelMember, Round
from tests.competition.factories import make_category, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    make_panel,
    make_rated_category,
    make_round,
    make_seat,
    reopen,
    state,
)

pytestmark = pytest.mark.django_db


def words(client, round_):
    response = client.get(reverse("admin:competition_round_minutes", args=[round_.pk]))
    body = response.content.decode().split('id="content-main"')[-1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def decide_on(round_, category, first, second, by):
    return decide(
        round_,
        category,
        first=first,
        second=second,
        by=by,
        reason="Weil der Markt wartet.",
        present="Anna Anwesend\nBernd Beisitzer",
        decided_on=timezone.localdate(),
    )


@pytest.fixture
def rated(db):
    return make_rated_category()


def test_they_say_who_judged_what_decided_what_and_why(rated, office, office_client):
    round_, category, seats, (first, second, third) = rated
    decide_on(round_, category, first, second, office)
    page = words(office_client, round_)
    for expected in (
        *map(str, seats),
        str(category),
        f"Entscheidung vom {timezone.localdate():%d.%m.%Y}",
        f"Erster Platz {first}",
        f"Zweiter Platz {second}",
        "Die Entscheidung entspricht ihr.",
        "Weil der Markt wartet.",
        "Anna Anwesend Bernd Beisitzer",
        "von Olga Office",
        f"3 {third} 3,00 3",
    ):
        assert expected in page


def test_a_departure_stands_with_the_reason(rated, office, office_client):
    round_, category, _, (first, _, third) = rated
    decide_on(round_, category, third, first, office)
    page = words(office_client, round_)
    assert "Die Jury weicht davon ab" in page
    assert "Weil der Markt wartet." in page


def test_a_revoked_decision_stays_in_them(rated, office, office_client):
    round_, category, _, (first, second, third) = rated
    revoke(decide_on(round_, category, first, second, office), reason="Zählfehler", by=office)
    decide_on(round_, category, second, third, office)
    page = words(office_client, round_)
    assert page.index("Aufgehobene Entscheidung") < page.index("Zählfehler") < page.index(f"Erster Platz {second}")


def test_the_ranking_is_that_of_the_day_of_the_decision(rated, office, office_client):
    round_, category, seats, (first, second, _) = rated
    decide_on(round_, category, first, second, office)
    PanelMember.objects.filter(pk=seats[0].pk).update(removed_at=timezone.now())
    page = words(office_client, round_)
    assert f"1 {first} 5,00 3" in page
    assert f"Ausgeschieden: {seats[0]}" in page


def test_undecided_clusters_show_the_ranking_of_today(rated, office_client):
    round_, _, _, (first, *_) = rated
    page = words(office_client, round_)
    assert "Noch ist nicht entschieden. Rangfolge nach heutigem Stand" in page
    assert f"1 {first} 5,00 3" in page


def test_recusals_are_named_without_their_reasons(rated, office_client):
    round_, _, seats, (first, *_) = rated
    state(seats[0].user, first, conflicted=True, reason="Schwager des Gründers", by_office=True)
    page = words(office_client, round_)
    assert f"{seats[0]}: {first} (durch die Geschäftsstelle)" in page
    assert "Schwager" not in page


def test_a_recused_reader_gets_them_without_that_cluster(rated, office, office_client, client):
    round_, category, _, (first, second, third) = rated
    _, other, _, others = make_rated_category(round_=round_)
    decide_on(round_, category, first, second, office)
    decide_on(round_, other, *others[:2], office)
    state(office, third, conflicted=True)
    page = words(office_client, round_)
    assert "Dieser Teil fehlt in Ihrer Fassung" in page
    assert [entry.organisation in page for entry in (first, second, third)] == [False] * 3
    assert [entry.organisation in page for entry in others] == [True] * 3


def test_those_of_a_running_final_hold_no_counts(office, office_client):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    one, other = make_finalist(category), make_finalist(category)
    seat = make_seat(make_panel(round_))
    cast_votes(round_, {one: 1}, [seat.user])
    reopen(round_)
    page = words(office_client, round_)
    assert "1 Mitglied hat abgestimmt" in page
    assert "(noch nicht beendet)" in page
    assert [finalist.entry.organisation in page for finalist in (one, other)] == [False, False]


def test_those_of_a_final_show_the_votes_and_the_winner(office, office_client):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    one, other = make_finalist(category), make_finalist(category)
    cast_votes(round_, {one: 2, other: 7}, [])
    decide_on(round_, None, one.entry, None, office)
    page = words(office_client, round_)
    assert f"1 {other.entry} 7" in page
    assert f"Gesamtsieger {one.entry}" in page
    assert "Die Jury weicht davon ab" in page
