"""What search engines read of a site: nothing that its page does not say."""

from decimal import Decimal

import pytest

from properties.structured_data import listing_json_ld
from tests.parsed_page import fetch
from tests.properties.factories import make_full_hall, make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db


def test_a_page_of_land_describes_place_and_offer(client):
    land = make_full_land(street="Am Park 1", postcode="04552")
    data = fetch(client, land.get_absolute_url()).json_ld("RealEstateListing")
    assert data["url"] == f"https://portal.example{land.get_absolute_url()}"
    assert data["identifier"] == land.number
    assert data["reviewedBy"]["name"] == "Wirtschaftsförderung der Stadt"
    assert data["lastReviewed"] == f"{land.confirmed_at:%Y-%m-%d}"
    assert data["mainEntity"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Am Park 1",
        "postalCode": "04552",
        "addressLocality": "Borna",
        "addressRegion": "Sachsen",
        "addressCountry": "DE",
    }
    assert data["offers"] == [
        {
            "@type": "Offer",
            "name": "Kauf",
            "url": data["url"],
            "businessFunction": "http://purl.org/goodrelations/v1#Sell",
            "availability": "https://schema.org/InStock",
            "priceSpecification": {
                "@type": "UnitPriceSpecification",
                "price": "26.00",
                "priceCurrency": "EUR",
                "unitCode": "MTK",
                "unitText": "m²",
            },
        }
    ]


def test_rent_is_a_price_for_a_month():
    data = listing_json_ld(make_full_hall(for_lease=True))
    (offer,) = data["offers"]
    assert (offer["name"], offer["priceSpecification"]["unitText"]) == ("Miete oder Pacht", "m² und Monat")


def test_a_price_on_request_is_an_offer_without_a_price():
    (offer,) = listing_json_ld(make_land(price_per_m2=None))["offers"]
    assert "priceSpecification" not in offer


def test_a_reserved_site_says_so_and_a_taken_one_offers_nothing():
    (offer,) = listing_json_ld(make_land(availability="reserved"))["offers"]
    assert offer["availability"] == "https://schema.org/Reserved"
    assert "offers" not in listing_json_ld(make_land(availability="taken", for_rent=True, rent_per_m2=Decimal(4)))


@pytest.mark.parametrize(("precision", "is_told"), [("exact", True), ("quarter", False), ("town", False)])
def test_only_an_exact_point_is_told(precision, is_told):
    assert ("geo" in listing_json_ld(make_land(precision=precision))["mainEntity"]) is is_told


def test_without_a_point_or_an_offer_nothing_is_made_up():
    data = listing_json_ld(make_hall(latitude=None, longitude=None, for_rent=False, rent_per_m2=None))
    assert "geo" not in data["mainEntity"]
    assert "offers" not in data
