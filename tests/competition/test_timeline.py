from datetime import UTC, date, datetime

import pytest
import time_machine

from competition.models import Edition
from competition.timeline import ceremony_place, timeline

YEAR = {
    "year": 2027,
    "kickoff_on": date(2026, 11, 20),
    "kickoff_place": "Leipzig",
    "call_opens_on": date(2026, 12, 1),
    "call_closes_on": date(2027, 3, 15),
    "cluster_pitch_on": date(2027, 4, 20),
    "final_pitch_text": "Mai 2027",
    "ceremony_on": date(2027, 6, 24),
    "ceremony_place": "Merseburger Dom",
    "ceremony_town": "Merseburg",
}
WITH_MOMENTS = {
    "finalists_public_at": datetime(2027, 4, 25, tzinfo=UTC),
    "winners_public_at": datetime(2027, 6, 24, 18, tzinfo=UTC),
}


def steps_on(day, *, has_finalists=False, **values):
    with time_machine.travel(datetime.combine(day, datetime.min.time(), UTC).replace(hour=10), tick=False):
        return [(step.name, step.state) for step in timeline(Edition(**YEAR | values), has_finalists=has_finalists)]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2026, 11, 1), "next ahead ahead ahead ahead ahead"),
        (date(2026, 11, 20), "now next ahead ahead ahead ahead"),
        (date(2027, 1, 10), "past now next ahead ahead ahead"),
        (date(2027, 3, 15), "past now next ahead ahead ahead"),
        (date(2027, 4, 1), "past past next ahead ahead ahead"),
        (date(2027, 4, 20), "past past now next ahead ahead"),
        (date(2027, 4, 22), "past past past next ahead ahead"),
        (date(2027, 5, 1), "past past past past next ahead"),
        (date(2027, 6, 24), "past past past past next now"),
        (date(2027, 6, 25), "past past past past past past"),
    ],
)
def test_the_year_goes_on_step_by_step(day, states):
    steps = steps_on(day, has_finalists=True, **WITH_MOMENTS)
    names = ["Auftakt", "Bewerbung", "Cluster-Pitch", "Finalisten", "Final-Pitch", "Preisverleihung"]
    assert steps == list(zip(names, states.split(), strict=True))


def test_a_step_known_in_words_only_is_past_with_the_step_after_it():
    assert ("Final-Pitch", "next") in steps_on(date(2027, 6, 20), **WITH_MOMENTS)
    assert ("Final-Pitch", "past") in steps_on(date(2027, 6, 25), **WITH_MOMENTS)


def test_days_are_written_out_and_words_stay_words():
    edition = Edition(**YEAR, finalists_public_at=None)
    words = {step.name: (step.when, step.place) for step in timeline(edition, has_finalists=False)}
    assert words == {
        "Auftakt": ("Freitag, 20.\u00a0November 2026", "Leipzig"),
        "Bewerbung": ("1.\u00a0Dezember 2026 bis 15.\u00a0März 2027", ""),
        "Cluster-Pitch": ("Dienstag, 20.\u00a0April 2027", ""),
        "Finalisten": ("", ""),
        "Final-Pitch": ("Mai 2027", ""),
        "Preisverleihung": ("Donnerstag, 24.\u00a0Juni 2027", "Merseburger Dom, Merseburg"),
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"call_opens_text": "November 2005"}, "ab November 2005"),
        ({"call_closes_on": date(2006, 3, 7)}, "bis 7.\u00a0März 2006"),
        (
            {"call_opens_text": "November 2005", "call_closes_on": date(2006, 3, 7)},
            "November 2005 bis 7.\u00a0März 2006",
        ),
    ],
)
def test_a_call_known_by_halves_says_only_that(values, words):
    past = datetime(2006, 7, 1, tzinfo=UTC)
    edition = Edition(year=2006, finalists_public_at=past, winners_public_at=past, **values)
    assert [(step.name, step.when) for step in timeline(edition, has_finalists=False)] == [("Bewerbung", words)]


def test_of_a_year_nobody_knows_there_are_no_steps():
    past = datetime(2008, 7, 1, tzinfo=UTC)
    edition = Edition(year=2008, finalists_public_at=past, winners_public_at=past)
    assert timeline(edition, has_finalists=False) == []


def test_the_plan_of_a_suspended_year_is_no_promise():
    assert timeline(Edition(**YEAR, is_suspended=True), has_finalists=False) == []


def test_a_call_without_a_last_day_goes_on():
    assert steps_on(date(2027, 3, 20), call_closes_on=None)[1] == ("Bewerbung", "now")


@pytest.mark.parametrize(
    ("place", "town", "online", "words"),
    [
        ("Merseburger Dom", "Merseburg", False, "Merseburger Dom, Merseburg"),
        ("Altes Rathaus Gera", "Gera", False, "Altes Rathaus Gera"),
        ("Zündmagnet", "Wurzen", False, "Zündmagnet, Wurzen"),
        ("Livestream aus Leipzig", "Leipzig", True, "Livestream aus Leipzig (online)"),
        ("", "Gera", False, "Gera"),
        ("", "", True, "online"),
        ("", "", False, ""),
    ],
)
def test_the_place_of_the_ceremony_names_the_town_once(place, town, online, words):
    edition = Edition(ceremony_place=place, ceremony_town=town, ceremony_is_online=online)
    assert ceremony_place(edition) == words
