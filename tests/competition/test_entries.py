"""An entry's address, its place in the alphabet, and what cannot be done to it any more once it is judged."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from competition.models import Award, Entry
from publishing.models import Redirect
from tests.competition.factories import (
    make_award,
    make_category,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def public():
    """A cluster of an edition whose finalists everybody knows, and whose winners nobody knows."""
    return make_category(make_edition(finalists=-1, winners=1))


@pytest.fixture
def secret():
    """A cluster of an edition whose finalists nobody knows yet."""
    return make_category(make_edition(2025, finalists=1, winners=2))


# --- The address


def test_the_address_is_made_of_organisation_and_title(secret):
    entry = make_entry(secret, organisation="Größe & Maß GmbH", title="Über­maß")
    assert entry.slug == "groesse-mass-gmbh-uebermass"
    assert entry.get_absolute_url() == "/iq/2025/beitraege/groesse-mass-gmbh-uebermass/"
    assert make_entry(secret, organisation="Ohne Titel AG", title="").slug == "ohne-titel-ag"
    assert make_entry(secret, organisation="…", title="").slug == "beitrag"


def test_the_same_words_get_a_number_within_an_edition_and_none_in_another(secret):
    elsewhere = make_category(make_edition(2023))
    words = {"organisation": "Firma", "title": "Ding"}
    slugs = [make_entry(category, **words).slug for category in (secret, secret, elsewhere)]
    assert slugs == ["firma-ding", "firma-ding-2", "firma-ding"]


def test_other_words_leave_the_address_alone(public):
    entry = make_finalist(public, organisation="Firma", title="Ding").entry
    entry.organisation = "Andere Firma"
    entry.save()
    assert entry.slug == "firma-ding"
    assert not Redirect.objects.exists()


def test_two_entries_of_an_edition_cannot_share_an_address(secret):
    first, second = make_entry(secret), make_entry(secret)
    second.slug = first.slug
    with pytest.raises(ValidationError, match="Diese Adresse hat in diesem Wettbewerbsjahr schon"):
        second.full_clean()


def test_control_characters_are_taken_out(secret):
    entry = make_entry(secret, organisation="Fir\x00ma", title="Di\x0bng", summary="S\x07atz", town="Hal\x1ble")
    assert (entry.organisation, entry.title, entry.summary, entry.town) == ("Firma", "Ding", "Satz", "Halle")


def test_a_public_address_that_changes_leads_to_the_new_one(public, client):
    entry = make_finalist(public, slug="alt").entry
    entry.slug = "neu"
    entry.save()
    response = client.get("/iq/2024/beitraege/alt/")
    assert (response.status_code, response["Location"]) == (301, "/iq/2024/beitraege/neu/")


def test_a_secret_address_that_changes_leaves_no_trace(secret, public, client):
    not_even_a_finalist = make_entry(public, slug="alt")
    for entry in (
        make_finalist(secret, slug="alt").entry,
        make_award_winner(public, slug="sieger"),
        not_even_a_finalist,
    ):
        entry.slug = "neu-" + entry.slug
        entry.save()
    assert not Redirect.objects.exists()
    for address in ("/iq/2024/beitraege/alt/", "/iq/2024/beitraege/sieger/", "/iq/2025/beitraege/alt/"):
        assert client.get(address).status_code == 404


def make_award_winner(category, **values):
    """Of a local prize, and no finalist: the most secret of all."""
    entry, prize = make_entry(category, **values), make_local_prize(category.edition)
    register(entry, prize)
    make_award(Award.Kind.LOCAL, entry, local_prize=prize)
    return entry


# --- Removal


def test_what_was_public_says_that_it_is_gone(client):
    edition = make_edition(finalists=-1)
    edition.shortlist_public_at = edition.finalists_public_at
    edition.save()
    entry = make_entry(make_category(edition), is_shortlisted=True)
    address = entry.get_absolute_url()
    entry.delete()
    assert client.get(address).status_code == 410


def test_what_was_secret_never_existed(public, client):
    entry = make_entry(public)
    address = entry.get_absolute_url()
    entry.delete()
    assert client.get(address).status_code == 404
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("judge", [make_finalist, make_award_winner])
def test_an_entry_with_results_cannot_be_deleted(public, judge):
    judged = judge(public)
    entry = getattr(judged, "entry", judged)
    with pytest.raises(ProtectedError):
        entry.delete()
    assert Entry.objects.filter(pk=entry.pk).exists()


# --- Moves


def move(entry, category):
    entry.category, entry.edition = category, category.edition
    entry.full_clean()
    entry.save()


def test_an_entry_nobody_has_judged_may_move(public):
    other = make_category(public.edition)
    elsewhere = make_category(make_edition(2023))
    entry = make_entry(public)
    for category in (other, elsewhere):
        move(entry, category)
        stored = Entry.objects.get()
        assert (stored.category, stored.edition) == (category, category.edition)


def test_a_finalist_stays_in_its_cluster_until_taken_out(public):
    finalist, other = make_finalist(public), make_category(public.edition)
    with pytest.raises(ValidationError, match="bitte zuerst austragen"):
        move(finalist.entry, other)
    finalist.delete()
    move(Entry.objects.get(), other)


@pytest.mark.parametrize("judge", [make_finalist, make_award_winner])
def test_a_judged_entry_stays_in_its_edition(public, judge):
    judged = judge(public)
    with pytest.raises(ValidationError, match="hat schon Ergebnisse oder ist für lokale Preise gemeldet"):
        move(getattr(judged, "entry", judged), make_category(make_edition(2023)))


def test_a_registered_entry_stays_in_its_edition_but_may_change_its_cluster(public):
    entry = make_entry(public)
    register(entry, make_local_prize(public.edition))
    move(entry, make_category(public.edition))
    with pytest.raises(ValidationError, match="für lokale Preise gemeldet"):
        move(entry, make_category(make_edition(2023)))


def test_the_winner_of_a_local_prize_may_change_its_cluster(public):
    other = make_category(public.edition)
    entry = make_award_winner(public)
    move(entry, other)
    assert Entry.objects.get().category == other


# --- The alphabet


def test_the_order_is_the_german_alphabet_on_every_database(public):
    in_order = [
        *("ad astra", "Ärzteteam", "AG Zwei", "Ökoplast", "Oktober AG", "Straße 1", "Strasse 2", "Übermorgen", "Zebra"),
    ]
    # As written, ä stands for ae, ö for oe, ü for ue and ß for ss.
    for name in reversed(in_order):
        make_entry(public, organisation=name, title="")
    assert [entry.organisation for entry in sorted(Entry.objects.all(), key=lambda one: one.sort_key)] == in_order


def test_entries_of_one_organisation_are_ordered_by_title_and_then_by_age(public):
    titles = ["Zange", "Übermaß", "Amboss", "Amboss"]
    made = [make_entry(public, organisation="Firma", title=title) for title in titles]
    _zange, _uebermass, first, second = made
    ordered = sorted(made, key=lambda entry: entry.sort_key)
    assert [entry.title for entry in ordered] == ["Amboss", "Amboss", "Übermaß", "Zange"]
    assert ordered[:2] == [first, second]
