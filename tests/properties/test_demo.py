"""What the examples of the pool must show: list, map, comparison, doubt and staleness."""

import json

import pytest

from demo import loader, properties
from properties.geometry import district_at, to_map
from properties.models import Hall, Land, Listing, Provider
from publishing.models import Contact
from tests.module_rows import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ENTRIES = json.loads((loader.CONTENT / "properties.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def saved(django_db_setup, django_db_blocker):
    """{number: listing}, saved through the models' own rules."""
    with kept_for_the_module(django_db_blocker):
        yield {entry["number"]: properties.save_listing(entry | {"picture": None}, {}) for entry in ENTRIES}


def test_all_are_examples_and_public_but_a_stale_one_and_a_submitted_draft(saved):
    assert (Land.objects.count(), Hall.objects.count()) == (16, 10)
    assert {one.is_example for one in saved.values()} == {True}
    states = {number: one.state.name for number, one in saved.items() if not one.is_public}
    assert states == {"GF-015": "expired", "GF-016": "draft"}
    assert [*Listing.objects.filter(submitted_at__isnull=False).values_list("number", flat=True)] == ["GF-016"]
    assert {one.is_example for one in (*Provider.objects.all(), *Contact.objects.all())} == {True}


def test_nine_of_those_in_public_are_doubtful(saved):
    public = Listing.objects.published()
    assert sum(one.is_doubtful for one in public) == 9


def test_every_point_lies_in_the_district_it_names(saved):
    placed = {one.number: district_at(*to_map(one.latitude, one.longitude)) for one in saved.values()}
    assert placed == {one.number: one.district.ags for one in saved.values()}


def test_every_listing_lacks_nothing_for_publication(saved):
    assert {one.number: one.missing_for_publication() for one in saved.values()} == {number: [] for number in saved}


def test_its_parts_are_saved_with_it(saved):
    land, hall = saved["GF-001"], saved["HO-010"]
    assert [*land.lots.values_list("area", flat=True)] == [18_500, 14_000, 10_000]
    assert [*land.utilities.filter(status="unavailable").values_list("medium", flat=True)] == ["process_water"]
    assert land.distances.get(kind="motorway").name == "A72, Anschlussstelle Borna-Nord"
    assert (hall.get_energy_certificate_display(), hall.energy_heat, hall.crane_load) == ("Verbrauchsausweis", 79, 8)
    assert land.teaser == (
        "Das Gebiet liegt am nördlichen Rand der Stadt, keine fünf Minuten von der Autobahn entfernt."
    )
    assert land.body.startswith("<p>Straßen, Beleuchtung")


def test_a_portal_with_one_listing_is_not_empty(saved):
    assert not loader.is_empty()
