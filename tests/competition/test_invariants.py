"""What the database itself refuses, whatever the code above it does."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from competition.models import Award, Entry, Finalist, LocalRegistration
from tests.competition.factories import (
    make_award,
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)

pytestmark = pytest.mark.django_db
OTHER_EDITION = "anderen Wettbewerbsjahr"


def refused_by_the_database(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def award_refused_by_the_database(kind, entry, **values):
    """Not even written past the model, which refuses it with a sentence before."""
    with pytest.raises(ValidationError), transaction.atomic():
        make_award(kind, entry, **values)
    award = Award(kind=kind, entry=entry, **values)
    award._complete()
    return refused_by_the_database(lambda: Award.objects.bulk_create([award]))


def test_an_entry_and_its_category_belong_to_the_same_edition():
    category, elsewhere = make_category(make_edition(2023)), make_edition(2024)
    entry = Entry(edition=elsewhere, category=category, organisation="Firma")
    with pytest.raises(ValidationError, match=OTHER_EDITION):
        entry.full_clean()
    assert refused_by_the_database(entry.save)


def test_an_entry_cannot_be_moved_to_another_edition_behind_the_models_back():
    entry, elsewhere = make_entry(make_category(make_edition(2023))), make_edition(2024)
    assert refused_by_the_database(lambda: Entry.objects.filter(pk=entry.pk).update(edition=elsewhere))


def test_a_category_has_at_most_two_finalists():
    category = make_category(make_edition())
    make_finalist(category), make_finalist(category)
    third = Finalist(entry=make_entry(category))
    with pytest.raises(ValidationError, match="schon zwei Finalisten"):
        third.full_clean()
    for seat in (1, 2, 3, 0):
        row = Finalist(entry=third.entry, edition=category.edition, category=category, seat=seat)
        assert refused_by_the_database(lambda row=row: Finalist.objects.bulk_create([row]))
    assert category.finalists.count() == 2


def test_a_finalist_cannot_pass_as_one_of_another_category():
    edition = make_edition()
    full, empty = make_category(edition), make_category(edition)
    row = Finalist(entry=make_entry(full), edition=edition, category=empty, seat=1)
    assert refused_by_the_database(lambda: Finalist.objects.bulk_create([row]))


def test_the_cluster_winner_is_one_of_its_finalists():
    edition = make_edition()
    category, other = make_category(edition), make_category(edition)
    no_finalist, finalist = make_entry(category), make_finalist(category)
    award = Award(kind=Award.Kind.CLUSTER, entry=no_finalist)
    with pytest.raises(ValidationError, match="Nur Finalisten"):
        award.full_clean()
    assert award_refused_by_the_database(Award.Kind.CLUSTER, no_finalist)
    borrowed = Award(kind=Award.Kind.CLUSTER, entry=no_finalist, edition=edition, finalist=finalist, category=category)
    assert refused_by_the_database(lambda: Award.objects.bulk_create([borrowed]))
    moved = Award(kind=Award.Kind.CLUSTER, entry=finalist.entry, edition=edition, finalist=finalist, category=other)
    assert refused_by_the_database(lambda: Award.objects.bulk_create([moved]))


def test_a_category_has_one_cluster_winner():
    category = make_category(make_edition())
    first, second = make_finalist(category), make_finalist(category)
    make_award(Award.Kind.CLUSTER, first.entry)
    with pytest.raises(ValidationError, match="schon einen Sieger"):
        Award(kind=Award.Kind.CLUSTER, entry=second.entry).full_clean()
    assert award_refused_by_the_database(Award.Kind.CLUSTER, second.entry)


def test_an_edition_has_one_overall_winner_who_is_a_finalist_and_needs_no_cluster_prize():
    edition = make_edition()
    category = make_category(edition)
    first, second = make_finalist(category), make_finalist(category)
    assert award_refused_by_the_database(Award.Kind.OVERALL, make_entry(category))
    make_award(Award.Kind.CLUSTER, first.entry)
    make_award(Award.Kind.OVERALL, second.entry)
    with pytest.raises(ValidationError, match="schon einen Gesamtsieger"):
        Award(kind=Award.Kind.OVERALL, entry=first.entry).full_clean()
    assert award_refused_by_the_database(Award.Kind.OVERALL, first.entry)


def test_a_local_prize_goes_only_to_an_entry_registered_for_it_and_only_once():
    edition = make_edition()
    category, prize, elsewhere = make_category(edition), make_local_prize(edition), make_local_prize(edition, "Halle")
    stranger, one, other = make_entry(category), make_entry(category), make_entry(category)
    for entry in (one, other):
        register(entry, prize)
    register(stranger, elsewhere)
    with pytest.raises(ValidationError, match="nicht gemeldet"):
        Award(kind=Award.Kind.LOCAL, entry=stranger, local_prize=prize).full_clean()
    assert award_refused_by_the_database(Award.Kind.LOCAL, stranger, local_prize=prize)
    borrowed = Award(
        kind=Award.Kind.LOCAL,
        entry=one,
        edition=edition,
        local_prize=elsewhere,
        registration=one.local_registrations.get(),
    )
    assert refused_by_the_database(lambda: Award.objects.bulk_create([borrowed]))
    make_award(Award.Kind.LOCAL, one, local_prize=prize)
    with pytest.raises(ValidationError, match="schon vergeben"):
        Award(kind=Award.Kind.LOCAL, entry=other, local_prize=prize).full_clean()
    assert award_refused_by_the_database(Award.Kind.LOCAL, other, local_prize=prize)
    make_award(Award.Kind.LOCAL, other, local_prize=prize, place=2)


def test_a_registration_is_for_a_local_prize_of_the_same_edition():
    entry, elsewhere = make_entry(make_category(make_edition(2023))), make_local_prize(make_edition(2024))
    with pytest.raises(ValidationError, match=OTHER_EDITION):
        LocalRegistration(entry=entry, local_prize=elsewhere).full_clean()
    assert refused_by_the_database(lambda: register(entry, elsewhere))


def test_one_entry_may_win_several_prizes():
    edition = make_edition()
    category, prize = make_category(edition), make_local_prize(edition)
    finalist = make_finalist(category)
    register(finalist.entry, prize)
    make_award(Award.Kind.OVERALL, finalist.entry)
    make_award(Award.Kind.CLUSTER, finalist.entry)
    make_award(Award.Kind.LOCAL, finalist.entry, local_prize=prize)
    assert {award.name for award in finalist.entry.awards.all()} == {
        "Gesamtsieg",
        f"Clustersieg {category.name}",
        "IQ Innovationspreis Leipzig",
    }


def test_a_finalist_with_a_prize_cannot_be_taken_out():
    edition = make_decided_edition()
    winner = edition.awards.get(kind=Award.Kind.OVERALL).finalist
    assert refused_by_the_database(winner.delete)
    assert edition.finalists.count() == 4
