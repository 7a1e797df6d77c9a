"""The award in the demo data: the record by the rules of the admin, and an invented edition that keeps its secret."""

import hashlib
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from clusters.models import Cluster
from competition.models import (
    Award,
    Category,
    Criterion,
    Edition,
    Entry,
    Finalist,
    JuryMember,
    LocalPrize,
    LocalRegistration,
    LogEntry,
    Sponsor,
    StateFigure,
)
from competition.models.edition import FINALISTS, SUSPENDED, WINNERS
from competition.results import agrees_with_today, missing_results, record_in_force
from demo import competition, loader, pictures
from publishing.models import Image, Testimonial
from tests.demo.tiny_pictures import tiny_pictures
from tests.module_rows import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FILE = loader._read("iq_editions")
FACTS = [(edition, entry) for edition in FILE for entry in edition["entries"]]
EXAMPLE = loader._read("iq_example")
KINDS = {"overall_winner": "overall", "cluster_winner": "cluster", "local": "local", "special": "special"}
WORDS_FOR_EDITORS = ("erfasst", "Regelbetrag", "ergänzt", "zugeordnet", "Quelle fehlt")


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw_all", tiny_pictures)
        call_command("load_demo", stdout=io.StringIO(), verbosity=0)
        yield


def example():
    return Edition.objects.get(is_example=True, released=True)


# --- The record


def test_every_edition_and_entry_of_the_file_is_there():
    assert len(FILE) == 21
    assert len(FACTS) == 121
    archive = Edition.objects.filter(is_example=False)
    assert {(one.year, one.number) for one in archive} == {(one["year"], one["number"]) for one in FILE}
    assert Entry.objects.filter(is_example=False).count() == 121
    assert not Entry.objects.filter(edition__in=archive, is_example=True).exists()


def test_all_of_it_is_public_and_2025_is_suspended_with_its_reason():
    archive = Edition.objects.filter(is_example=False)
    assert {one.year: one.status for one in archive} == {
        one["year"]: SUSPENDED if one["year"] == 2025 else WINNERS for one in FILE
    }
    assert Edition.objects.published().count() == 22
    assert "24. Oktober 2024" in Edition.objects.get(year=2025).suspension_reason
    assert Entry.objects.public().filter(is_example=False).count() == 121


def test_every_entry_has_its_address_without_the_year_in_it_twice(client):
    entries = {(one.edition.year, one.slug): one for one in Entry.objects.select_related("edition")}
    for edition, facts in FACTS:
        slug = facts["slug"].removeprefix(f"iq-{edition['year']}-")
        assert slug != facts["slug"]
        entry = entries[edition["year"], slug]
        assert (entry.organisation, entry.title) == (facts["organisation"], facts["title"] or "")
        assert client.get(entry.get_absolute_url()).status_code == 200, slug


def test_every_result_of_the_file_is_a_prize_and_no_other_is():
    def in_file(code):
        return sum(result.split(":")[0] == code for _, entry in FACTS for result in entry["results"])

    awards = Award.objects.filter(edition__is_example=False)
    assert Counter(awards.values_list("kind", flat=True)) == {kind: in_file(code) for code, kind in KINDS.items()}
    assert Finalist.objects.filter(edition__is_example=False).count() == in_file("finalist") > 60
    assert Entry.objects.filter(is_example=False, is_shortlisted=True).count() == in_file("shortlisted") > 5
    assert LocalRegistration.objects.filter(edition__is_example=False).count() == in_file("local")


@pytest.mark.parametrize(
    ("year", "slug", "awards"),
    [
        (2005, "resprotect-gmbh", {"Preisträger (gleichrangig)"}),
        (2009, "analytik-jena-ag", {"Gesamtsieg"}),
        (2009, "skinomics-gmbh", {"IQ Innovationspreis Halle (Saale), 3. Platz"}),
        (2023, "otto-von-guericke-universitaet-magdeburg-lehrstuhl", {"Otto von Guericke Award"}),
        (
            2024,
            "saxonq-gmbh",
            {"Gesamtsieg", "Clustersieg Informationstechnologie", "IQ Innovationspreis Leipzig"},
        ),
        (2024, "ngp-polymers-gmbh", set()),
    ],
)
def test_prizes_are_those_of_the_record(year, slug, awards):
    entry = Entry.objects.get(edition__year=year, slug=slug)
    assert {award.name for award in entry.awards.all()} == awards


def test_a_cluster_that_is_not_on_record_is_called_so_and_prizes_nothing():
    unknown = Category.objects.filter(cluster=None)
    assert set(unknown.values_list("edition__year", flat=True)) == {
        edition["year"] for edition, entry in FACTS if entry["cluster"] is None
    }
    assert {(one.name, one.prize) for one in unknown} == {("Cluster nicht überliefert", None)}


def test_clusters_are_named_and_counted_as_in_their_year():
    names = {one.cluster.slug: one for one in Category.objects.filter(edition__year=2011).exclude(cluster=None)}
    assert names["life-sciences"].name == "Biotechnologie – Life Sciences"
    assert (names["optik-medizintechnik"].is_local_only, names["optik-medizintechnik"].prize) == (True, None)
    assert (names["solarwirtschaft"].is_local_only, names["solarwirtschaft"].prize) == (False, 7500)
    assert {slug: one.applications for slug, one in names.items()} == next(
        one["applications_by_cluster"] for one in FILE if one["year"] == 2011
    )


def test_figures_prizes_dates_and_sponsors_are_taken_over():
    edition = Edition.objects.get(year=2024)
    assert (edition.overall_prize, edition.announced_total, edition.applications) == (15_000, 70_000, 96)
    assert (edition.final_jury_size, edition.shortlist_size, edition.ceremony_guests) == (23, 27, 250)
    assert (edition.ceremony_on.isoformat(), edition.ceremony_place) == ("2024-06-27", "Merseburger Dom")
    assert edition.final_pitch_text == "Mai 2024"
    assert timezone.localtime(edition.winners_public_at).isoformat() == "2024-06-27T20:00:00+02:00"
    assert {one.state: one.applications for one in edition.state_figures.all()} == {
        "Sachsen": 47,
        "Sachsen-Anhalt": 27,
        "Thüringen": 19,
        "übriges Bundesgebiet": 3,
    }
    halle, leipzig, _ = edition.local_prizes.all()
    assert (halle.city, halle.prize, halle.applications) == ("Halle (Saale)", 5_000, 9)
    assert {one.name for one in halle.sponsors.all()} == {"Stadt Halle (Saale)", "Halle Startup Partners e.V."}
    assert leipzig.note == "Üblicher Betrag der lokalen Preise."
    assert edition.categories.get(cluster__slug="automotive").sponsors.count() == 3
    assert Edition.objects.get(year=2018).sponsors.count() == 3


def test_where_the_day_is_not_known_none_is_claimed():
    edition = Edition.objects.get(year=2016)
    assert edition.ceremony_on is None
    assert timezone.localtime(edition.winners_public_at).date().isoformat() == "2016-12-31"


def test_entries_from_elsewhere_keep_their_town():
    entry = Entry.objects.get(organisation="botspot GmbH")
    assert (entry.town, entry.state) == ("Berlin", Entry.State.ELSEWHERE)


def test_what_visitors_read_does_not_speak_to_editors():
    texts = [*Edition.objects.values_list("teaser", "sources_note", "suspension_reason")]
    texts += LocalPrize.objects.values_list("note")
    words = " ".join(text for row in texts for text in row)
    assert [word for word in WORDS_FOR_EDITORS if word in words] == []
    for edition in Edition.objects.all():
        assert edition.teaser.strip(), edition.year
        assert edition.is_example or edition.sources, edition.year
    teasers = Edition.objects.values_list("teaser", flat=True)
    assert len(set(teasers)) == len(teasers)


def test_no_sponsor_is_called_and_others():
    assert Sponsor.objects.count() > 20
    assert not Sponsor.objects.filter(name__icontains="weitere").exists()


def test_every_row_passes_the_checks_an_editor_meets():
    models = (Edition, Category, LocalPrize, StateFigure, Criterion, Sponsor, Entry, LocalRegistration, Finalist)
    rows = [row for model in (*models, Award, JuryMember, Testimonial) for row in model.objects.all()]
    assert len(rows) > 650
    for row in rows:
        row.full_clean()
    for edition in Edition.objects.all():
        assert edition.missing_for_publication() == []


# --- The invented edition


def test_the_example_is_the_newest_and_in_everything_marked_as_invented():
    edition = example()
    assert edition == Edition.objects.published().newest_first().first()
    assert "(Beispiel)" in edition.title
    assert "erfunden" in edition.teaser
    assert edition.number is None
    assert set(edition.entries.values_list("is_example", flat=True)) == {True}
    assert set(edition.jury_members.values_list("is_example", flat=True)) == {True}
    sponsors = {*edition.sponsors.all(), *Sponsor.objects.filter(sponsored_categories__edition=edition)}
    sponsors |= {*Sponsor.objects.filter(sponsored_local_prizes__edition=edition)}
    assert len(sponsors) == 11
    assert {one.name.split("-")[0] for one in sponsors} == {"Beispiel"}
    assert {one.is_example for one in edition.testimonials.all()} == {True}
    assert edition.testimonials.count() == 2
    assert {url.split("/")[2] for url in edition.entries.exclude(website="").values_list("website", flat=True)} == {
        "www.example.org"
    }


def test_its_finalists_are_public_and_its_winners_are_decided_and_secret(client):
    edition = example()
    assert edition.status is FINALISTS
    assert Finalist.objects.public().filter(edition=edition).count() == edition.finalists.count() == 10
    assert edition.awards.count() == 10
    assert not Award.objects.announced().filter(edition=edition).exists()
    assert edition.winners_public_at - timezone.now() > timedelta(days=20)
    assert timezone.localtime(edition.winners_public_at).date() == edition.ceremony_on
    assert missing_results(edition) == []
    record = record_in_force(edition)
    assert record.sha256 == hashlib.sha256(record.text.encode()).hexdigest()
    assert agrees_with_today(record)
    assert (record.closed_by, edition.log.get().act) == ("Administration", LogEntry.Act.CLOSED)


def test_one_local_winner_is_no_finalist_and_cannot_be_found(client):
    (winner,) = example().entries.filter(awards__kind="local", finalist=None)
    assert not winner.is_shortlisted
    assert client.get(winner.get_absolute_url()).status_code == 404
    Edition.objects.filter(pk=winner.edition_id).update(winners_public_at=timezone.now())
    assert winner in Entry.objects.public()


def test_the_example_is_complete_enough_to_be_judged():
    edition = example()
    assert {one.name: one.weight for one in edition.criteria.all()} == {
        "Innovationsgrad": 2,
        "Wirtschaftlichkeit": 1,
        "Marktfähigkeit": 1,
    }
    assert {one.finalists.count() for one in edition.categories.all()} == {2}
    juries = Counter(edition.jury_members.values_list("category__cluster__slug", flat=True))
    assert (juries[None], len(juries)) == (8, 6)
    assert edition.entries.count() == edition.applications == sum(one.applications for one in edition.categories.all())
    assert sum(one.applications for one in edition.state_figures.all()) == edition.applications
    assert edition.entries.filter(is_shortlisted=True).count() == edition.shortlist_size == 14
    finalists = Entry.objects.filter(finalist__edition=edition)
    assert finalists.filter(image=None).count() == finalists.filter(body="").count() == 0
    assert len(set(finalists.values_list("image", flat=True))) == 10


def test_its_pictures_are_drawn_for_others_anyway():
    others = [entry for name in ("news", "examples", "events", "properties") for entry in loader._read(name)]
    asked_for_by_others = loader._pictures_for(others)
    extra = competition.pictures_of_example(EXAMPLE).keys() - asked_for_by_others.keys()
    assert extra == set()
    assert Image.objects.count() == len(asked_for_by_others)


def test_all_voices_are_there_each_with_trade_and_size():
    assert Testimonial.objects.count() == 8
    assert set(Testimonial.objects.values_list("is_example", flat=True)) == {True}
    assert "Medizintechnik, Start-up, 12 Beschäftigte" in Testimonial.objects.values_list("organisation", flat=True)


# --- How it is loaded


def test_the_archive_obeys_the_rules_of_the_admin():
    facts = next(one for one in FILE if one["year"] == 2024)
    Edition.objects.filter(year=2024).update(year=2099, number=95, slug="woanders")
    third = facts["entries"][0] | {"slug": "iq-2024-dritter", "results": ["finalist"]}
    clusters = {one.slug: one for one in Cluster.objects.all()}
    with pytest.raises(ValidationError, match="schon zwei Finalisten"):
        competition.save_archive_edition(
            facts | {"entries": [*facts["entries"], third]}, loader._read("iq_texts")["2024"], clusters
        )
