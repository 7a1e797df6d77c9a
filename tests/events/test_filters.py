"""The filters as they stand in an address."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from events.filters import SUBJECT, EventFilters, days_of_shortcut
from events.models import Event
from tests.events.factories import (
    make_category,
    make_cluster,
    make_event,
    make_event_draft,
    make_expired_event,
    make_organiser,
    make_scheduled_event,
    make_venue,
    make_withdrawn_event,
)

pytestmark = pytest.mark.django_db


def filters(query, **options):
    return EventFilters(QueryDict(query), **options)


def found(query):
    return {event.title for event in filters(query).apply(Event.objects.published())}


def test_an_empty_address_leaves_out_nothing_and_says_nothing():
    make_event(title="A")
    chosen = filters("")
    assert (chosen.chosen, chosen.hints, chosen.address(), chosen.summary) == ({}, [], "", [])
    assert found("") == {"A"}
    assert found("art=&von=&bis=&cluster=&zeitraum=") == {"A"}


def test_each_subject_finds_its_events_and_no_others():
    conference, fair = make_category(name="Konferenz"), make_category(name="Messe")
    energy, life = make_cluster(slug="energie"), make_cluster(slug="leben")
    chamber, town = make_organiser(name="Kammer"), make_organiser(name="Stadt")
    leipzig, halle = make_venue(town="Leipzig"), make_venue(town="Halle (Saale)")
    make_event(title="A", category=conference, venue=leipzig, clusters=[energy], organisers=[chamber], cost="free")
    make_event(title="B", category=fair, venue=halle, clusters=[life], organisers=[town], cost="paid")
    make_event(title="AB", category=fair, venue=leipzig, clusters=[energy, life], organisers=[chamber, town])
    assert found("art=konferenz") == {"A"}
    assert found("art=messe") == {"B", "AB"}
    assert found("cluster=energie") == {"A", "AB"}
    assert found("cluster=leben") == {"B", "AB"}
    assert found("ort=leipzig") == {"A", "AB"}
    assert found("ort=halle-saale") == {"B"}
    assert found("veranstalter=kammer") == {"A", "AB"}
    assert found("veranstalter=stadt") == {"B", "AB"}
    assert found("kostenfrei=ja") == {"A"}
    assert found("art=messe&cluster=energie&ort=leipzig&veranstalter=stadt") == {"AB"}
    assert found("art=konferenz&cluster=leben") == set()


def test_an_event_with_several_clusters_and_organisers_is_found_once():
    energy = make_cluster(slug="energie")
    kammer = make_organiser(name="Kammer")
    make_event(clusters=[energy, make_cluster()], organisers=[kammer, make_organiser()])
    assert filters("cluster=energie&veranstalter=kammer").apply(Event.objects.published()).count() == 1


def test_all_houses_of_a_town_are_one_place():
    make_event(title="A", venue=make_venue(name="Messe", town="Leipzig"))
    make_event(title="B", venue=make_venue(name="Rathaus", town="Leipzig"))
    make_event(title="C", venue=make_venue(town="Jena"))
    chosen = filters("ort=leipzig", offered=Event.objects.published())
    assert [choice.label for choice in chosen.field("ort").choices] == ["Jena", "Leipzig"]
    assert found("ort=leipzig") == {"A", "B"}


def test_who_asks_for_one_way_to_take_part_also_finds_what_offers_both():
    make_event(title="Ort", attendance="onsite")
    make_event(title="Netz", attendance="online")
    make_event(title="beides", attendance="hybrid")
    make_event(title="umgezogen", attendance="onsite", status="moved_online")
    assert found("format=vor-ort") == {"Ort", "beides"}
    assert found("format=online") == {"Netz", "beides", "umgezogen"}
    assert found("format=hybrid") == {"beides"}


def test_days_are_both_included_and_what_runs_on_them_is_found():
    make_event(title="davor", starts_on=date(2031, 5, 9))
    make_event(title="erster Tag", starts_on=date(2031, 5, 10))
    make_event(title="letzter Tag", starts_on=date(2031, 5, 12))
    make_event(title="danach", starts_on=date(2031, 5, 13))
    make_event(title="läuft hinein", starts_on=date(2031, 5, 1), ends_on=date(2031, 5, 10))
    make_event(title="läuft durch", starts_on=date(2031, 4, 1), ends_on=date(2031, 6, 30))
    make_event(title="vorher zu Ende", starts_on=date(2031, 5, 1), ends_on=date(2031, 5, 9))
    inside = {"erster Tag", "letzter Tag", "läuft hinein", "läuft durch"}
    assert found("von=2031-05-10&bis=2031-05-12") == inside
    assert found("von=2031-05-10") == inside | {"danach"}
    assert found("bis=2031-05-12") == inside | {"davor", "vorher zu Ende"}
    assert found("von=2031-05-13&bis=2031-05-13") == {"danach", "läuft durch"}


@pytest.mark.parametrize(
    ("shortcut", "today", "days"),
    [
        ("heute", date(2026, 11, 22), (date(2026, 11, 22), date(2026, 11, 22))),
        ("diese-woche", date(2026, 11, 22), (date(2026, 11, 16), date(2026, 11, 22))),
        ("diese-woche", date(2026, 12, 28), (date(2026, 12, 28), date(2027, 1, 3))),
        ("dieses-wochenende", date(2026, 11, 18), (date(2026, 11, 21), date(2026, 11, 22))),
        ("dieses-wochenende", date(2026, 11, 22), (date(2026, 11, 21), date(2026, 11, 22))),
        ("dieser-monat", date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        ("dieser-monat", date(2026, 12, 31), (date(2026, 12, 1), date(2026, 12, 31))),
    ],
)
def test_shortcuts_mean_calendar_days(shortcut, today, days):
    assert days_of_shortcut(shortcut, today) == days


def test_today_is_today_and_not_tomorrow():
    make_event(title="heute", days=0, start_time=None, end_time=None)
    make_event(title="morgen", days=1)
    make_event(title="seit gestern", days=-1, ends_on=timezone.localdate() + timedelta(days=1), end_time=None)
    assert found("zeitraum=heute") == {"heute", "seit gestern"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("von=2026-02-30", "„Von“ wurde weggelassen: „2026-02-30“ ist kein Tag, den es gibt."),
        ("von=0000-01-01", "„Von“ wurde weggelassen: „0000-01-01“ ist kein Tag, den es gibt."),
        ("bis=99999-01-01", "„Bis“ wurde weggelassen: „99999-01-01“ ist kein Tag, den es gibt."),
        ("bis=9999-12-31", "„Bis“ wurde weggelassen: Der Kalender reicht von 1990 bis 2100."),
        ("bis=0001-01-01", "„Bis“ wurde weggelassen: Der Kalender reicht von 1990 bis 2100."),
        ("von=20260101", "„Von“ wurde weggelassen: „20260101“ ist kein Tag, den es gibt."),
        ("von=2026-W01-1", "„Von“ wurde weggelassen"),
        ("von=٢٠٢٦-٠١-٠١", "„Von“ wurde weggelassen"),
        ("von=2026-05-02&bis=2026-05-01", "„Von“ (02.05.2026) liegt nach „Bis“ (01.05.2026)."),
        ("zeitraum=nie", "„Zeitraum“ wurde weggelassen: „nie“ kennen wir nicht."),
        ("zeitraum=heute&von=2026-05-02", "Es gelten die genauen Tage"),
        ("art=gibt-es-nicht", "„Art“ wurde weggelassen: „gibt-es-nicht“ kennen wir nicht."),
        ("art=a%00b", "„Art“ wurde weggelassen: „ab“ kennen wir nicht."),
        ("art=%FF%FE", "„Art“ wurde weggelassen"),
        ("cluster=' OR 1=1", "„Cluster“ wurde weggelassen"),
        ("ort=atlantis", "„Ort“ wurde weggelassen: „atlantis“ kennen wir nicht."),
        ("veranstalter=😀", "„Veranstalter“ wurde weggelassen: „😀“ kennen wir nicht."),
        ("format=fax", "„Teilnahme“ wurde weggelassen: „fax“ kennen wir nicht."),
        ("kostenfrei=nein", "„Kosten“ wurde weggelassen: „nein“ kennen wir nicht."),
        ("stadt=leipzig", "Einen Filter „stadt“ gibt es hier nicht."),
        ("format=online&format=hybrid", "„Teilnahme“ steht mehrmals in der Adresse."),
        ("art=" + "x" * 3000, "„Art“ wurde weggelassen: „" + "x" * 40 + "…“ kennen wir nicht."),
    ],
)
def test_what_an_address_cannot_mean_is_left_out_with_a_sentence_and_the_rest_is_kept(query, sentence):
    make_event(title="frei", cost="free")
    make_event(title="teuer", cost="paid")
    asked = filters(f"{query}&kostenfrei=ja" if "kostenfrei" not in query else query)
    assert len(asked.hints) == 1
    assert asked.hints[0].startswith(sentence)
    assert asked.understood == frozenset()
    if "kostenfrei" not in query:
        assert asked.chosen["kostenfrei"] == "ja"
        assert "teuer" not in found(f"{query}&kostenfrei=ja")


def test_several_mistakes_get_a_sentence_each_and_a_flood_of_names_no_flood_of_sentences():
    assert len(filters("von=x&bis=y&art=z&format=q").hints) == 4
    assert len(filters("&".join(f"name{number}=1" for number in range(300))).hints) == 5


def test_parameters_others_add_on_the_way_are_no_mistake():
    asked = filters("utm_source=brief&fbclid=abc&gclid=x&msclkid=y&mc_eid=z&seite=2")
    assert asked.hints == []


def test_a_page_without_days_says_that_it_has_no_such_filter():
    asked = filters("von=2026-01-01&format=online", names=SUBJECT)
    assert asked.hints == ["Einen Filter „von“ gibt es hier nicht."]
    assert asked.chosen == {"format": "online"}


def test_the_address_of_a_choice_is_the_same_however_it_was_written():
    make_category(name="Messe")
    asked = filters("format=online&art=messe&bis=2031-05-12&von=2031-05-10&unsinn=1")
    assert asked.address() == "von=2031-05-10&bis=2031-05-12&art=messe&format=online"
    assert asked.address(art=None, von=None) == "bis=2031-05-12&format=online"
    assert filters(asked.address()).chosen == asked.chosen
    assert filters(asked.address()).hints == []
    assert asked.summary == [
        ("ab 10.05.2031", "bis=2031-05-12&art=messe&format=online"),
        ("bis 12.05.2031", "von=2031-05-10&art=messe&format=online"),
        ("Messe", "von=2031-05-10&bis=2031-05-12&format=online"),
        ("online", "von=2031-05-10&bis=2031-05-12&art=messe"),
    ]


def test_a_known_address_may_be_kept_in_the_page_cache():
    assert {"von", "art", "kostenfrei"} <= filters("kostenfrei=ja").understood


def test_only_values_that_lead_to_a_public_event_are_offered_and_the_chosen_one_stays():
    for name, make in (
        ("Entwurf", make_event_draft),
        ("Geplant", make_scheduled_event),
        ("Abgelaufen", make_expired_event),
        ("Zurück", make_withdrawn_event),
    ):
        make(category=make_category(name=name), venue=make_venue(town=name), organisers=[make_organiser(name=name)])
    make_event(
        days=-20,
        category=make_category(name="Vorbei"),
        venue=make_venue(town="Vorbei"),
        organisers=[make_organiser(name="Vorbei")],
    )
    make_event(category=make_category(name="Da"), venue=make_venue(town="Da"), organisers=[make_organiser(name="Da")])
    upcoming = Event.objects.published().upcoming()
    offered = filters("", offered=upcoming)
    for name in ("art", "ort", "veranstalter"):
        assert [choice.label for choice in offered.field(name).choices] == ["Da"], name
    chosen = filters("art=vorbei", offered=upcoming)
    assert [choice.label for choice in chosen.field("art").choices] == ["Da", "Vorbei"]
    assert chosen.hints == []


def test_a_calendar_asks_only_for_the_values_of_its_address(django_assert_num_queries):
    make_event(category=make_category(name="Messe"), venue=make_venue(town="Leipzig"))
    with django_assert_num_queries(0):
        filters("zeitraum=heute&format=online")
    with django_assert_num_queries(1):
        filters("art=messe&ort=leipzig&veranstalter=niemand")
