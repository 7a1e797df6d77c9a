from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing.models import Testimonial
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
MORNING = timezone.make_aware(timezone.datetime(2026, 5, 4, 0, 0, 1))
EVENING = MORNING + timedelta(hours=23, minutes=59, seconds=58)


def make_testimonials(number):
    return [Testimonial.objects.create(quote=f"Stimme {one}.", role="Werkleitung") for one in range(number)]


def on(moment):
    with time_machine.travel(moment, tick=False):
        return Testimonial.objects.of_the_day()


def test_every_day_has_another_voice_until_all_have_spoken():
    voices = make_testimonials(3)
    days = [on(MORNING + timedelta(days=day)) for day in range(6)]
    assert set(days[:3]) == set(voices)
    assert days[3:] == days[:3]


def test_it_is_the_same_for_everybody_from_midnight_to_midnight_in_berlin():
    make_testimonials(3)
    assert on(MORNING) == on(EVENING) != on(EVENING + timedelta(seconds=2))


def test_the_home_page_lets_it_speak_and_says_that_it_is_invented(client):
    assert not fetch(client, "/").all("section", css="home-voice")
    Testimonial.objects.create(
        quote="Kurze Wege helfen uns.", role="Werkleitung", organisation="Chemie", is_example=True
    )
    voice = fetch(client, "/").one("section", css="home-voice")
    assert voice.text == "„Kurze Wege helfen uns.“ Werkleitung, Chemie Beispiel"


def test_the_home_page_changes_its_voice_with_the_day_within_a_minute(client):
    make_testimonials(3)
    with time_machine.travel(EVENING, tick=False) as clock:
        before = fetch(client, "/").one("blockquote").text
        assert fetch(client, "/").one("blockquote").text == before
        clock.shift(timedelta(seconds=61))
        assert fetch(client, "/").one("blockquote").text != before


def test_without_voices_there_is_none():
    assert on(MORNING) is None


def test_a_single_voice_speaks_every_day():
    (only,) = make_testimonials(1)
    assert {on(MORNING + timedelta(days=day)) for day in range(3)} == {only}


def test_it_chooses_among_the_rows_asked_for():
    first, second, _ = make_testimonials(3)
    chosen = Testimonial.objects.exclude(pk=second.pk).exclude(quote="Stimme 2.").of_the_day()
    assert chosen == first


def test_it_costs_one_query_however_many_there_are(django_assert_num_queries):
    make_testimonials(9)
    with django_assert_num_queries(1):
        Testimonial.objects.of_the_day()
