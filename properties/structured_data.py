"""Land and halls as search engines read them: schema.org/RealEstateListing. Says nothing the page does not say."""

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from properties import words
from properties.models import Listing
from publishing import json_ld
from publishing.views import absolute, picture_address

SELL, LEASE = (f"http://purl.org/goodrelations/v1#{name}" for name in ("Sell", "LeaseOut"))
#: UN/CEFACT's code.
SQUARE_METRE = "MTK"


def listing_json_ld(listing):
    confirmed_on = listing.confirmed_at and timezone.localdate(listing.confirmed_at).isoformat()
    return json_ld.without_empty(
        {
            "@type": "RealEstateListing",
            "name": listing.title,
            "description": listing.teaser,
            "url": absolute(listing.get_absolute_url()),
            "identifier": listing.number,
            "image": [picture_address(listing.image) or absolute(static("img/social.png"))],
            "inLanguage": settings.LANGUAGE_CODE,
            "datePosted": listing.publish_from and timezone.localdate(listing.publish_from).isoformat(),
            "lastReviewed": confirmed_on,
            "reviewedBy": {"@type": "Organization", "name": listing.confirmed_by} if confirmed_on else None,
            "mainEntity": _place(listing),
            "offers": _offers(listing),
        }
    )


def _place(listing):
    return json_ld.without_empty(
        {
            "@type": "Place",
            "name": listing.title,
            "address": json_ld.without_empty(
                {
                    "@type": "PostalAddress",
                    "streetAddress": listing.street,
                    "postalCode": listing.postcode,
                    "addressLocality": listing.town,
                    "addressRegion": listing.district.get_state_display(),
                    "addressCountry": "DE",
                }
            ),
            "containedInPlace": {"@type": "AdministrativeArea", "name": listing.district.name},
            "geo": _point(listing),
            "additionalProperty": [_area("verfügbare Fläche", listing.area_available)],
        }
    )


def _point(listing):
    """Only of what lies exactly there: the middle of a town is not where the site is."""
    if not listing.has_point or listing.precision != Listing.Precision.EXACT:
        return None
    return {"@type": "GeoCoordinates", "latitude": listing.latitude, "longitude": listing.longitude}


def _area(name, m2):
    return {"@type": "PropertyValue", "name": name, "value": m2, "unitCode": SQUARE_METRE, "unitText": "m²"}


def _offers(listing):
    """No offer for what cannot be had any more."""
    if listing.availability == Listing.Availability.TAKEN:
        return []
    ways = []
    if listing.for_sale:
        ways.append(_offer(listing, "Kauf", SELL, listing.price_per_m2))
    if listing.for_rent or listing.for_lease:
        ways.append(_offer(listing, words.lettings(listing), LEASE, listing.rent_per_m2, unit="m² und Monat"))
    if listing.for_ground_lease:
        ways.append(_offer(listing, "Erbbaurecht", LEASE, None))
    return ways


def _offer(listing, name, function, amount, unit="m²"):
    is_reserved = listing.availability == Listing.Availability.RESERVED
    return json_ld.without_empty(
        {
            "@type": "Offer",
            "name": name,
            "url": absolute(listing.get_absolute_url()),
            "businessFunction": function,
            "availability": f"https://schema.org/{'Reserved' if is_reserved else 'InStock'}",
            "priceSpecification": None if amount is None else _price(amount, unit),
        }
    )


def _price(amount, unit):
    return {
        "@type": "UnitPriceSpecification",
        "price": str(amount),
        "priceCurrency": "EUR",
        "unitCode": SQUARE_METRE,
        "unitText": unit,
    }
