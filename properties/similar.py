"""What else somebody who reads an exposé may want to see."""

import math

#: More than this many times smaller or larger is another kind of site.
AREA_FACTOR = 4
NEAR_KM = 40
CANDIDATES, SHOWN = 30, 4


def similar_to(listing):
    """Public and on offer, of the same kind, near by (without a point: in the district), the most alike first."""
    listings = type(listing).objects.published().on_offer().exclude(pk=listing.pk)
    listings = listings.filter(
        area_available__gte=listing.area_available // AREA_FACTOR,
        area_available__lte=listing.area_available * AREA_FACTOR,
    ).defer("body")
    if listing.has_point:
        listings = listings.around(listing.latitude, listing.longitude, NEAR_KM).order_by("distance_km", "pk")
    else:
        listings = listings.filter(district=listing.district_id).freshest_first()
    return sorted(listings[:CANDIDATES], key=lambda one: _unlikeness(listing, one))[:SHOWN]


def _unlikeness(listing, other):
    """Twice as large counts as much as 20 km."""
    sizes = abs(math.log2(other.area_available / listing.area_available))
    return sizes + getattr(other, "distance_km", 0) / 20
