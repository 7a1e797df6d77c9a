"""Land and halls, public and fresh unless told otherwise; the full ones fill every relation a page can show."""

import itertools
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import Group, User
from django.utils import timezone

from properties.models import (
    Distance,
    District,
    DistrictSeat,
    Hall,
    Land,
    ListingDocument,
    ListingImage,
    Lot,
    Provider,
    Utility,
)
from publishing.groups import DISTRICTS
from tests.factories import make_contact, make_document, make_image

_numbers = itertools.count(1)


def the_district(slug="landkreis-leipzig"):
    return District.objects.get(slug=slug)


def make_provider(**values):
    return Provider.objects.create(**{"name": f"Anbieter {next(_numbers)}"} | values)


def make_district_user(*district_slugs, **values):
    """Somebody who keeps the listings of these districts."""
    values = {"username": f"landkreis-{next(_numbers)}", "is_staff": True} | values
    user = User.objects.create_user(**values)
    user.groups.add(Group.objects.get(name=DISTRICTS))
    for slug in district_slugs:
        DistrictSeat.objects.create(user=user, district=the_district(slug))
    return user


def listing_values(**values):
    """What a complete listing needs, without saving it. `confirmed_days_ago`, `district` (a slug or a District)."""
    number = next(_numbers)
    confirmed_days_ago = values.pop("confirmed_days_ago", 10)
    district = values.pop("district", "landkreis-leipzig")
    defaults = {
        "title": f"Gewerbepark {number}",
        "teaser": f"Vorspann zum Gewerbepark {number}.",
        "body": f"<p>Text zum Gewerbepark {number}.</p>",
        "district": the_district(district) if isinstance(district, str) else district,
        "town": "Borna",
        "latitude": 51.1456,
        "longitude": 12.5021,
        "area_total": 86_000,
        "area_available": 42_500,
        "divisible_from": 3_000,
        "zoning": "GE",
        "plan_status": "binding",
        "for_sale": True,
        "price_per_m2": Decimal("26.00"),
        "confirmed_at": timezone.now() - timedelta(days=confirmed_days_ago),
        "confirmed_by": "Wirtschaftsförderung der Stadt",
        "released": True,
        "publish_from": timezone.now() - timedelta(days=1),
    }
    return defaults | values


def make_land(**values):
    return Land.objects.create(**listing_values(**values))


def hall_values(**values):
    defaults = {
        "title": f"Halle {next(_numbers)}",
        "for_sale": False,
        "price_per_m2": None,
        "for_rent": True,
        "rent_per_m2": Decimal("4.40"),
        "hall_area": 7_300,
        "office_area": 720,
        "clear_height": Decimal("8.4"),
        "floor_load": Decimal("6.0"),
        "gates_ground": 5,
        "gates_ramp": 8,
        "crane_load": Decimal("8.0"),
        "energy_reason": "in Erstellung",
    }
    return listing_values(**defaults | values)


def make_hall(**values):
    return Hall.objects.create(**hall_values(**values))


def add_rows(listing):
    """Every kind of row twice."""
    for order, area in enumerate((18_500, 14_000)):
        Lot.objects.create(listing=listing, label=f"Teilfläche {order + 1}", area=area, order=order)
    for order, medium in enumerate(("electricity", "fibre")):
        Utility.objects.create(listing=listing, medium=medium, capacity="20 kV", supplier="Stadtwerke", order=order)
    for order, (kind, name, km, minutes) in enumerate(
        (("motorway", "A72, Anschlussstelle Borna-Nord", 3, 4), ("rail_station", "Bahnhof Borna", 3, 6))
    ):
        Distance.objects.create(listing=listing, kind=kind, name=name, km=km, minutes=minutes, order=order)
    for order in range(2):
        ListingImage.objects.create(listing=listing, image=make_image(), order=order)
        ListingDocument.objects.create(listing=listing, document=make_document(title=f"Plan {order}"), order=order)
    return listing


def make_full_land(**values):
    defaults = {
        "image": make_image(),
        "contact": make_contact(role="Wirtschaftsförderung der Stadt", email="flaechen@example.org"),
        "provider": make_provider(),
        "site_coverage": Decimal("0.80"),
        "operation_24h": "yes",
        "contamination": "none_known",
        "rail_siding": "possible",
        "ownership": "public",
        "parcel": "Gemarkung Borna, Flur 3",
        "development": "complete",
        "floor_area_ratio": Decimal("2.40"),
        "trade_tax_rate": 400,
        "funding_area": "GRW-Fördergebiet C",
        "commission": "provisionsfrei",
    }
    return add_rows(make_land(**defaults | values))


def make_full_hall(**values):
    defaults = {
        "image": make_image(),
        "contact": make_contact(role="Eigentümergesellschaft", email="hallen@example.org"),
        "provider": make_provider(),
        "site_coverage": Decimal("0.80"),
        "operation_24h": "yes",
        "contamination": "none_known",
        "rail_siding": "existing",
        "ownership": "private",
        "storage_area": 1_000,
        "column_grid": "12 × 24 m",
        "sprinkler": "yes",
        "heating": "Dunkelstrahler",
        "year_built": 2001,
        "year_renovated": 2015,
        "energy_certificate": "consumption",
        "energy_heat": Decimal("79.0"),
        "energy_power": Decimal("46.0"),
        "energy_carrier": "Erdgas",
        "energy_valid_until": timezone.localdate() + timedelta(days=900),
        "energy_reason": "",
    }
    return add_rows(make_hall(**defaults | values))
