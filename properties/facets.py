"""What the published pool has to choose from: asked once for all filters, and once a process until content changes."""

from dataclasses import dataclass

from django.db.models import F, FloatField, Min, Value

from properties.models import District, Listing, Place
from publishing.site_version import kept

OFFER_FIELDS = ("for_sale", "for_rent", "for_lease", "for_ground_lease")
_NOWHERE = Value(0.0, output_field=FloatField())


@dataclass(frozen=True)
class Facets:
    #: (slug, name) of every town with an offer, {slug: (name, state)} of all districts, {slug: Place} to search around.
    towns: list
    districts: dict
    offered_districts: frozenset
    places: dict
    zonings: frozenset
    plan_statuses: frozenset
    rail_sidings: frozenset
    offers: frozenset


def facets_of(kind, request=None):
    return kept(request, f"properties.facets of {kind}", lambda: _read(kind))


def _read(kind):
    pool = Listing.objects.pool(kind).order_by()
    names = list(_names(pool))
    terms = list(pool.values_list("zoning", "plan_status", "rail_siding", *OFFER_FIELDS).distinct())
    towns = {slug: name for what, slug, name, *_ in names if what == "ort"}
    return Facets(
        towns=sorted(towns.items(), key=lambda one: (one[1].casefold(), one[0])),
        districts={slug: (name, state) for what, slug, name, state, *_ in names if what == "kreis"},
        offered_districts=frozenset(district for what, _, _, _, district, *_ in names if what == "ort"),
        places={
            slug: Place(slug=slug, name=name, latitude=latitude, longitude=longitude)
            for what, slug, name, _, _, latitude, longitude in names
            if what == "um"
        },
        zonings=frozenset(one[0] for one in terms),
        plan_statuses=frozenset(one[1] for one in terms),
        rail_sidings=frozenset(one[2] for one in terms),
        offers=frozenset(
            name for one in terms for name, is_offered in zip(OFFER_FIELDS, one[3:], strict=True) if is_offered
        ),
    )


def _names(pool):
    """(what, slug, name, state, district, latitude, longitude) of towns, districts and places in one query."""
    towns = (
        pool.values(
            what=Value("ort"), one_slug=F("town_slug"), state=F("district__state"), district_slug=F("district__slug")
        )
        .annotate(name=Min("town"), north=_NOWHERE, east=_NOWHERE)
        .values_list("what", "one_slug", "name", "state", "district_slug", "north", "east")
    )
    districts = District.objects.order_by().values_list(
        Value("kreis"), "slug", "name", "state", Value(""), _NOWHERE, _NOWHERE
    )
    places = Place.objects.order_by().values_list(
        Value("um"), "slug", "name", Value(""), Value(""), "latitude", "longitude"
    )
    return towns.union(districts, places, all=True)
