"""The next edition starts as a copy: what stays from year to year stays, what belongs to the one year goes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from competition.models import Category, Criterion, Edition, Sponsor
from publishing.models import Testimonial
from tests.competition.factories import (
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_local_prize,
)
from tests.factories import make_contact, make_image

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def make_full_edition(year=2024, **values):
    """Every field filled that an editor can fill."""
    edition = make_edition(
        year,
        **{
            "finalists": -2,
            "winners": -1,
            "shortlist_public_at": timezone.now() - timedelta(days=3),
            "organiser": "Metropolregion",
            "motto": "Neues denken",
            "body": "<p>Text</p>",
            "participation": "<p>Teilnehmen</p>",
            "prizes_text": "<p>Preise</p>",
            "application_url": "https://www.example.org/bewerbung",
            "contact": make_contact(),
            "image": make_image(),
            "kickoff_on": TODAY,
            "kickoff_place": "Haus",
            "call_opens_on": TODAY,
            "call_opens_text": "im Herbst",
            "call_closes_on": TODAY,
            "call_closes_text": "im Winter",
            "cluster_pitch_on": TODAY,
            "cluster_pitch_text": "im April",
            "cluster_pitch_place": "Haus",
            "final_pitch_on": TODAY,
            "final_pitch_text": "im Mai",
            "final_pitch_place": "Haus",
            "ceremony_on": TODAY,
            "ceremony_place": "Dom",
            "ceremony_town": "Merseburg",
            "ceremony_is_online": True,
            "ceremony_guests": 250,
            "overall_prize": 15_000,
            "announced_total": 70_000,
            "applications": 96,
            "shortlist_size": 27,
            "final_jury_size": 20,
            "sources_note": "Nicht überliefert.",
            "sources": "https://www.example.org/",
            "is_suspended": True,
            "suspension_reason": "Pause",
            "is_example": True,
        }
        | values,
    )
    edition.sponsors.add(Sponsor.objects.create(name="Kammer"))
    edition.testimonials.add(Testimonial.objects.create(quote="Gut.", role="Leitung"))
    return edition


def copy_of(edition):
    twin = edition.copy_as_draft()
    twin.full_clean()
    twin.save()
    edition.copy_relations_to(twin)
    return Edition.objects.get(pk=twin.pk)


def test_texts_and_prizes_stay_and_everything_of_the_one_year_is_as_in_a_new_edition():
    edition = make_full_edition()
    twin, empty = copy_of(edition), Edition()
    of_its_own = {"id", "title", "slug", "year", "number", "created_at", "changed_at", "edit_number"}
    others = [field for field in Edition._meta.concrete_fields if field.name not in of_its_own]
    kept = {
        field.name
        for field in others
        if getattr(twin, field.attname) == getattr(edition, field.attname) != getattr(empty, field.attname)
    }
    assert kept == {
        *("teaser", "organiser", "body", "participation", "prizes_text", "contact"),
        *("overall_prize", "announced_total"),
    }
    left = [field for field in others if field.name not in kept]
    assert len(left) > 30
    assert {field.name: getattr(twin, field.attname) for field in left} == {
        field.name: getattr(empty, field.attname) for field in left
    }


def test_the_copy_is_a_draft_nobody_sees(client):
    twin = copy_of(make_full_edition(is_suspended=False, suspension_reason=""))
    assert (twin.state.name, twin.status.name) == ("draft", "announced")
    assert client.get(twin.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("taken", "today", "expected"),
    [
        ([(2024, 20)], "2026-11-22", (2027, 21)),
        ([(2024, 20), (2030, None)], "2026-11-22", (2031, 21)),
        ([(2025, None)], "2025-03-01", (2026, 1)),
    ],
)
def test_year_and_number_are_the_next_free_ones(taken, today, expected):
    for year, number in taken:
        edition = make_edition(year, number=number)
    with time_machine.travel(today, tick=False):
        twin = edition.copy_as_draft()
    assert (twin.year, twin.number) == expected
    assert twin.title == f"{expected[1]}. IQ Innovationspreis Mitteldeutschland"
    twin.save()
    assert Edition.objects.get(pk=edition.pk).title == edition.title


def test_clusters_of_today_prizes_criteria_and_sponsors_come_along():
    edition = make_full_edition()
    sponsor = Sponsor.objects.create(name="Werk")
    today, historic = make_cluster(), make_cluster(is_award_category=False)
    judged = make_category(edition, cluster=today, prize=7_500, applications=31, label="Damals anders")
    judged.sponsors.add(sponsor)
    make_category(edition, cluster=historic)
    Category.objects.create(edition=edition)
    prize = make_local_prize(
        edition, "Magdeburg", own_name="Award", prize=5_000, note="erstmals", applications=11, order=3
    )
    prize.sponsors.add(sponsor)
    Criterion.objects.create(edition=edition, name="Innovationsgrad", description="Wie neu?", weight=3, order=1)

    twin = copy_of(edition)
    (category,), (local,), (criterion,) = twin.categories.all(), twin.local_prizes.all(), twin.criteria.all()
    assert (category.cluster, category.prize, category.label, category.applications) == (today, 7_500, "", None)
    assert (local.city, local.own_name, local.prize, local.order) == ("Magdeburg", "Award", 5_000, 3)
    assert (local.note, local.applications) == ("", None)
    assert (criterion.name, criterion.description, criterion.weight, criterion.order) == (
        *("Innovationsgrad", "Wie neu?"),
        *(3, 1),
    )
    assert [list(one.sponsors.all()) for one in (category, local)] == [[sponsor]] * 2
    assert [one.name for one in twin.sponsors.all()] == ["Kammer"]
    assert twin.testimonials.count() == 1


def test_entries_results_jury_and_records_stay_where_they_are():
    edition = make_decided_edition()
    edition.jury_members.create(name="Erika Beispiel")
    edition.state_figures.create(state="Sachsen", applications=5)
    entries, awards = edition.entries.count(), edition.awards.count()
    twin = copy_of(edition)
    for relation in ("entries", "finalists", "awards", "jury_members", "state_figures", "result_records", "log"):
        assert getattr(twin, relation).count() == 0, relation
    assert (edition.entries.count(), edition.awards.count()) == (entries, awards)
    assert twin.categories.count() == edition.categories.count() == 2


def test_entries_can_be_made_in_the_copied_clusters_at_once():
    twin = copy_of(make_decided_edition())
    assert make_entry(twin.categories.first()).edition == twin
