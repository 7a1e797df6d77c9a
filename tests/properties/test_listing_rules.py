from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from properties.models import Distance, Hall, Land, Listing, Utility
from publishing.models import Redirect
from publishing.models.published import EXPIRED, PUBLIC
from tests.factories import make_contact
from tests.properties.factories import (
    hall_values,
    listing_values,
    make_full_hall,
    make_full_land,
    make_hall,
    make_land,
    make_provider,
)

pytestmark = pytest.mark.django_db

AREA = "Verfügbar kann nicht mehr sein als das ganze Grundstück."
PIECE = "„Teilbar ab“ ist größer als 0 und nicht mehr als die verfügbare Fläche."
RATIO = "Die GRZ liegt zwischen 0 und 1."
REGION = (
    "Dieser Punkt liegt nicht in Sachsen, Sachsen-Anhalt oder Thüringen. "
    "Breite und Länge gehören zusammen, zum Beispiel 51,3397 und 12,3731."
)
RENT = "Eine Miete gehört zu Miete oder Pacht und ist größer als 0."
PRICE = "Ein Kaufpreis gehört zum Kauf und ist größer als 0."

IMPOSSIBLE_LAND = [
    ({"area_available": 86_001}, AREA),
    ({"divisible_from": 42_501}, PIECE),
    ({"divisible_from": 0}, PIECE),
    ({"largest_lot": 42_501}, "Die größte zusammenhängende Fläche kann nicht mehr sein als die verfügbare."),
    ({"site_coverage": Decimal("1.01")}, RATIO),
    ({"site_coverage": Decimal("-0.01")}, RATIO),
    ({"latitude": 48.137, "longitude": 11.576}, REGION),
    ({"latitude": 51.1, "longitude": None}, REGION),
    ({"latitude": None, "longitude": 12.5}, REGION),
    ({"rent_per_m2": Decimal("4.00")}, RENT),
    ({"rent_per_m2": Decimal("0.00"), "for_rent": True}, RENT),
    ({"price_per_m2": Decimal("26.00"), "for_sale": False, "for_rent": True}, PRICE),
    ({"price_per_m2": Decimal("-1.00")}, PRICE),
    ({"readiness": "from_date"}, "Zu „ab einem Tag“ gehört der Tag."),
    ({"confirmed_by": ""}, "Zum Stand gehört, wer ihn bestätigt hat."),
    ({"floor_area_ratio": Decimal("0.00")}, "Bitte eine Zahl über 0 angeben."),
]
IMPOSSIBLE_HALLS = [
    (
        {"energy_certificate": "demand"},
        "Zum Energieausweis gehört der Wert für Wärme, und kein Grund, warum er fehlt.",
    ),
    ({"year_built": 2001, "year_renovated": 1999}, "Die letzte Sanierung liegt vor dem Baujahr."),
    ({"crane_load": Decimal("-1.0")}, "Eine Traglast kann nicht kleiner als 0 sein."),
    ({"area_available": 86_001}, AREA),
]
IMPOSSIBLE = [(Land, *one) for one in IMPOSSIBLE_LAND] + [(Hall, *one) for one in IMPOSSIBLE_HALLS]


def impossible(model, values):
    return model(**(listing_values if model is Land else hall_values)(contact=make_contact(), **values))


@pytest.mark.parametrize(("model", "values", "sentence"), IMPOSSIBLE)
def test_what_contradicts_itself_is_refused_with_a_sentence(model, values, sentence):
    with pytest.raises(ValidationError) as refusal:
        impossible(model, values).full_clean()
    assert sentence in refusal.value.messages


@pytest.mark.parametrize(("model", "values", "sentence"), IMPOSSIBLE)
def test_the_database_refuses_it_too(model, values, sentence):
    with pytest.raises(IntegrityError), transaction.atomic():
        impossible(model, values).save()


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_a_full_listing_is_valid(maker):
    maker().full_clean()


# --- freshness


@pytest.mark.parametrize(
    ("confirmed_days_ago", "is_public", "is_doubtful"),
    [(0, True, False), (179, True, False), (181, True, True), (364, True, True), (366, False, True)],
)
def test_a_listing_is_marked_after_half_a_year_and_gone_after_a_year(confirmed_days_ago, is_public, is_doubtful):
    land = make_land(confirmed_days_ago=confirmed_days_ago)
    assert [*Land.objects.published()] == ([land] if is_public else [])
    assert (land.is_public, land.is_doubtful) == (is_public, is_doubtful)
    assert land.state is (PUBLIC if is_public else EXPIRED)
    assert Land.objects.with_state().get().state_name == land.state.name


def test_who_was_never_asked_is_not_public():
    land = make_land(confirmed_at=None, confirmed_by="")
    assert [*Land.objects.published(), *Land.objects.in_state(PUBLIC)] == []
    assert [*Land.objects.formerly_public()] == [land]
    assert land.state is EXPIRED


def test_a_stale_draft_is_still_a_draft():
    land = make_land(released=False, publish_from=None, confirmed_days_ago=500)
    assert land.state.name == Land.objects.with_state().get().state_name == "draft"


def test_a_new_confirmation_brings_a_stale_listing_back_and_plans_the_next_check():
    land = make_land(confirmed_days_ago=500)
    land.confirm("Wirtschaftsförderung des Landkreises")
    land.save()
    assert [*Land.objects.published()] == [land]
    assert land.next_check_on == timezone.localdate() + timedelta(days=150)


def test_whose_check_is_due_is_found_but_not_what_is_taken_or_a_draft():
    due = make_land(confirmed_days_ago=160)
    make_land(confirmed_days_ago=100)
    make_land(confirmed_days_ago=160, availability="taken")
    make_land(confirmed_days_ago=160, released=False, publish_from=None)
    assert [*Listing.objects.due_for_check()] == [due.listing_ptr]


# --- numbers and addresses


def test_the_next_free_number_is_given():
    make_land(number="GF-014")
    make_land(number="GF-9x")
    assert make_land().number == "GF-015"
    assert make_hall().number == "HO-001"


def test_who_comes_second_to_a_number_takes_the_next_one(monkeypatch):
    make_land(number="GF-001")
    offered = iter(("GF-001", "GF-001", "GF-002"))
    monkeypatch.setattr(Land, "_next_number", lambda self: next(offered))
    land = make_land(title="Nordpark")
    assert (land.number, land.slug) == ("GF-002", "gf-002-nordpark")


def test_land_and_hall_never_share_a_slug():
    land = make_land(title="Nordpark", number="X-1")
    hall = make_hall(title="Nordpark", number="X-1b")
    other = make_hall(title="Nordpark", number="X 1")
    assert (land.slug, hall.slug, other.slug) == ("x-1-nordpark", "x-1b-nordpark", "x-1-nordpark-2")


def test_an_address_stays_for_ever():
    land = make_land(slug="alt")
    land.slug = "neu"
    land.save()
    assert Redirect.objects.get(old_path="/flaechen/alt/").new_path == "/flaechen/neu/"


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_a_copy_takes_the_facts_but_not_what_was_said_of_the_one_site(maker):
    original = maker(provider_number="77", availability="reserved")
    twin = original.copy_as_draft()
    twin.save()
    original.copy_relations_to(twin)
    assert type(original).objects.count() == Listing.objects.count() == 2
    assert twin.number != original.number
    assert twin.area_available == original.area_available
    assert (twin.released, twin.availability, twin.confirmed_at, twin.confirmed_by, twin.provider_number) == (
        *(False, "free", None, "", ""),
    )
    for name in ("lots", "utilities", "distances", "gallery", "downloads"):
        assert getattr(twin, name).count() == getattr(original, name).count() == 2


def test_the_history_of_a_hall_holds_its_own_facts_and_the_common_ones():
    hall = make_hall(town="Borna", clear_height=Decimal("8.4"))
    hall.town, hall.clear_height = "Grimma", Decimal("9.0")
    hall.save()
    assert [(one.town, one.clear_height) for one in Hall.history.all()] == [
        ("Grimma", Decimal("9.0")),
        ("Borna", Decimal("8.4")),
    ]


def test_deleting_a_listing_leaves_a_trace_and_no_part():
    land = make_full_land(slug="weg")
    land.delete()
    assert (Listing.objects.count(), Distance.objects.count(), Utility.objects.count()) == (0, 0, 0)
    assert Redirect.objects.get(old_path="/flaechen/weg/").new_path == ""


def test_a_provider_gives_each_number_once():
    provider = make_provider()
    make_land(provider=provider, provider_number="7")
    make_land(provider=provider, provider_number="")
    make_land(provider=provider, provider_number="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_hall(provider=provider, provider_number="7")


def test_an_incomplete_listing_says_everything_that_is_missing():
    land = Land(
        **listing_values(
            teaser="", body="<p></p>", latitude=None, longitude=None, for_sale=False, price_per_m2=None,
            confirmed_at=None, confirmed_by="", plan_status="", released=False, publish_from=None,
        )
    )  # fmt: skip
    assert land.missing_for_publication() == [
        "der Vorspann",
        "die Beschreibung",
        "der Punkt auf der Karte",
        "die Art des Angebots (Kauf, Miete, Pacht oder Erbbaurecht)",
        "der Kontakt",
        "der Stand: wann und durch wen die Angaben bestätigt sind",
        "der Stand des Planungsrechts",
    ]
