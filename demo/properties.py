"""The pool of land and halls, all examples: days count from the day of loading; some are doubtful, one is stale."""

import re
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.utils import timezone

from demo.accounts import make_staff
from demo.saving import clean_and_save
from properties.models import Distance, District, DistrictSeat, Hall, Land, Listing, Lot, Provider, Utility
from publishing.groups import DISTRICTS
from publishing.models import Contact

PUBLISHED_BEFORE = timedelta(days=420)
#: It has one public listing of each kind, a stale one, and does not publish by itself.
KEPT_DISTRICT = "landkreis-leipzig"
PRECISION = {"exact": "exact", "street": "quarter", "town": "town"}
PLAN_STATUS = {
    "Bebauungsplan rechtskräftig": Listing.PlanStatus.BINDING,
    "Bebauungsplan in Aufstellung": Listing.PlanStatus.IN_PREPARATION,
    "Kein Bebauungsplan, Beurteilung nach § 34 BauGB": Listing.PlanStatus.BUILT_UP_AREA,
}
OFFERS = {
    "sale": ("for_sale",),
    "lease": ("for_rent",),
    "both": ("for_sale", "for_rent"),
    "leasehold": ("for_ground_lease",),
}
RAIL_SIDING = {"vorhanden": "existing", "möglich": "possible", "nein": "none"}
CERTIFICATES = {"Bedarfsausweis": "demand", "Verbrauchsausweis": "consumption"}
#: Offices of the examples. The town or the district completes the name of the first two.
MAIL_OF_ROLE = {
    "Wirtschaftsförderung der Stadt": "stadt@example.org",
    "Wirtschaftsförderung des Landkreises": "landkreis@example.org",
    "Beauftragtes Maklerbüro": "makler@example.org",
    "Eigentümergesellschaft": "eigentuemer@example.org",
    "Landesentwicklungsgesellschaft": "landesentwicklung@example.org",
}


def save_listing(entry, images):
    provider = _provider(entry)
    model = Land if entry["kind"] == "plot" else Hall
    teaser, body = _teaser_and_body(entry["description_de"])
    is_submitted = entry.get("submitted", False)
    listing = model(
        **(_hall_facts(entry) if model is Hall else {}),
        **dict.fromkeys(OFFERS[entry["offer"]], True),
        **_availability(entry["availability"]),
        number=entry["number"],
        slug=entry["slug"],
        title=entry["title"],
        teaser=teaser,
        body=f"<p>{body}</p>",
        image=images.get(entry["picture"]),
        district=District.objects.get(name=entry["district"] or entry["town"]),
        town=entry["town"],
        latitude=entry["lat"],
        longitude=entry["lon"],
        precision=PRECISION[entry["precision"]],
        area_total=entry["area_total_m2"],
        area_available=entry["area_available_m2"],
        divisible_from=entry["divisible_from_m2"],
        largest_lot=max(entry["partial_areas_m2"] or [entry["area_available_m2"]]),
        zoning=entry["zoning"],
        plan_status=PLAN_STATUS[entry["plan_status"]],
        site_coverage=_decimal(entry["grz"]),
        operation_24h=Listing.Answer.YES if entry["operation_24h"] else Listing.Answer.NO,
        contamination=entry["contamination"]["status"],
        contamination_note=entry["contamination"]["note"] or "",
        price_per_m2=_decimal(entry["price_eur_m2"]),
        rent_per_m2=_decimal(entry.get("rent_eur_m2_month")),
        price_note=entry["price_note"] or "",
        rail_siding=RAIL_SIDING[entry["rail_siding"]],
        ownership=entry["ownership"],
        provider=provider,
        contact=_contact(entry["contact_role"]),
        confirmed_at=timezone.now() - timedelta(days=entry["confirmed_days_ago"]),
        confirmed_by=provider.name,
        submitted_at=timezone.now() - timedelta(days=1) if is_submitted else None,
        released=not is_submitted,
        publish_from=None if is_submitted else timezone.now() - PUBLISHED_BEFORE,
        is_example=entry["example"],
    )
    clean_and_save(listing)
    _save_rows(listing, entry)
    return listing


def make_keeper():
    """An account that sees the listings of one district only."""
    account = make_staff("Landkreis", "landkreis", DISTRICTS)
    seat = DistrictSeat(district=District.objects.get(slug=KEPT_DISTRICT), user=User.objects.get(username=account[1]))
    clean_and_save(seat)
    return account


def _save_rows(listing, entry):
    for order, area in enumerate(entry["partial_areas_m2"] or []):
        clean_and_save(Lot(listing=listing, label=f"Teilfläche {order + 1}", area=area, order=order))
    for order, row in enumerate(entry["utilities"]):
        status = Utility.Status.AVAILABLE if row["available"] else Utility.Status.UNAVAILABLE
        clean_and_save(
            Utility(listing=listing, medium=row["medium"], status=status, note=row["note"] or "", order=order)
        )
    for order, row in enumerate(entry["distances"]):
        facts = {name: row[name] for name in ("kind", "name", "minutes")}
        clean_and_save(Distance(listing=listing, km=_decimal(row["km"]), order=order, **facts))


def _teaser_and_body(text):
    """The first sentence leads; „z. B.“ ends none, for a capital letter must follow."""
    first, rest = re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜ])", text, maxsplit=1)
    return first, rest


def _availability(entry):
    days = entry["from_days_from_today"]
    return {
        "readiness": entry["kind"],
        "available_on": timezone.localdate() + timedelta(days=days) if days else None,
        "availability_note": entry["note"] or "",
    }


def _hall_facts(entry):
    certificate = entry["energy_certificate"] or {}
    has_figures = "kind" in certificate
    return {
        "hall_area": entry["hall_area_m2"],
        "office_area": entry["office_area_m2"],
        "clear_height": _decimal(entry["clear_height_m"]),
        "floor_load": _decimal(entry["floor_load_t_m2"]),
        "gates_ground": entry["gates_ground"],
        "gates_ramp": entry["gates_ramp"],
        "crane_load": _decimal(entry["crane_t"] or 0),
        "year_built": entry["year_built"],
        "energy_certificate": CERTIFICATES[certificate["kind"]] if has_figures else "",
        "energy_heat": _decimal(certificate["heat_kwh"]) if has_figures else None,
        "energy_power": _decimal(certificate["power_kwh"]) if has_figures else None,
        "energy_valid_until": date.fromisoformat(certificate["valid_until"]) if has_figures else None,
        "energy_reason": certificate.get("status", ""),
    }


def _provider(entry):
    role = entry["contact_role"]
    keeper = entry["district"] if role.endswith("des Landkreises") else entry["town"]
    name = f"{role.removesuffix(' des Landkreises')} {keeper}"
    return Provider.objects.get_or_create(name=name, defaults={"is_example": True})[0]


def _contact(role):
    details = {"email": MAIL_OF_ROLE[role], "phone": "0341 000000-0", "is_example": True}
    return Contact.objects.get_or_create(role=role, defaults=details)[0]


def _decimal(number):
    return None if number is None else Decimal(str(number))
