"""What search engines read on the page of an event."""

import json
import re
from datetime import date, time

import pytest
from django.core.cache import caches

from events.models import PriceGroup
from tests.events.factories import make_event, make_organiser, make_series, make_venue
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def page(client, event):
    caches["pages"].clear()
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def structured(html):
    blocks = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return next(block for block in blocks if block["@type"] == "Event")


def test_search_engines_read_the_same_facts(client):
    venue = make_venue(name="Villa Ida", street="Poetenweg 28", postcode="04155", town="Leipzig")
    event = make_event(
        title="Forum </script><script>",
        starts_on=date(2031, 7, 10),
        start_time=time(10),
        end_time=time(12, 30),
        venue=venue,
        image=make_image(),
        organisers=[make_organiser(name="Kammer", website="https://kammer.example/")],
        cost="paid",
        registration="open",
        registration_url="https://a.example/",
        audience="Betriebe",
        series=make_series(title="Energiegespräch"),
    )
    PriceGroup.objects.create(event=event, label="Gäste", amount="90", until=date(2031, 7, 1))
    data = structured(page(client, event))
    assert data.pop("image") == [f"https://portal.example{event.image.largest_url}"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Forum </script><script>",
        "description": event.teaser,
        "url": f"https://portal.example{event.get_absolute_url()}",
        "inLanguage": "de",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "startDate": "2031-07-10T10:00:00+02:00",
        "endDate": "2031-07-10T12:30:00+02:00",
        "location": {
            "@type": "Place",
            "name": "Villa Ida",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Poetenweg 28",
                "postalCode": "04155",
                "addressLocality": "Leipzig",
                "addressCountry": "DE",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 51.3397, "longitude": 12.3731},
        },
        "organizer": [{"@type": "Organization", "name": "Kammer", "url": "https://kammer.example/"}],
        "offers": [
            {
                "@type": "Offer",
                "name": "Gäste",
                "price": "90.00",
                "priceCurrency": "EUR",
                "url": "https://a.example/",
                "availability": "https://schema.org/InStock",
                "validThrough": "2031-07-01",
            }
        ],
        "superEvent": {"@type": "EventSeries", "name": "Energiegespräch"},
        "audience": {"@type": "Audience", "audienceType": "Betriebe"},
        "isAccessibleForFree": False,
    }


def test_a_whole_day_has_no_clock_and_an_unknown_end_is_not_invented(client):
    whole = structured(page(client, make_event(starts_on=date(2031, 7, 10), start_time=None, end_time=None)))
    assert (whole["startDate"], "endDate" in whole) == ("2031-07-10", False)
    days = structured(
        page(
            client,
            make_event(starts_on=date(2031, 7, 10), ends_on=date(2031, 7, 12), start_time=None, end_time=None),
        )
    )
    assert (days["startDate"], days["endDate"]) == ("2031-07-10", "2031-07-12")
    open_end = structured(page(client, make_event(starts_on=date(2031, 7, 10), start_time=time(19), end_time=None)))
    assert (open_end["startDate"], "endDate" in open_end) == ("2031-07-10T19:00:00+02:00", False)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("planned", "EventScheduled"),
        ("confirmed", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
        ("moved", "EventRescheduled"),
        ("moved_online", "EventMovedOnline"),
    ],
)
def test_every_status_has_its_word_for_search_engines(client, status, name):
    former = date(2031, 7, 1) if status in ("moved", "postponed") else None
    data = structured(
        page(client, make_event(starts_on=date(2031, 7, 10), status=status, former_starts_on=former, cost="free"))
    )
    assert data["eventStatus"] == f"https://schema.org/{name}"
    assert data.get("previousStartDate") == (former and former.isoformat())
    assert ("offers" in data) == (status not in ("cancelled", "postponed"))
    assert data["isAccessibleForFree"] is True


@pytest.mark.parametrize(
    ("values", "mode", "kinds"),
    [
        ({"attendance": "onsite"}, "OfflineEventAttendanceMode", ["Place"]),
        ({"attendance": "hybrid"}, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
        ({"attendance": "online", "venue": None}, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ({"attendance": "onsite", "status": "moved_online"}, "OnlineEventAttendanceMode", ["VirtualLocation"]),
    ],
)
def test_the_ways_to_take_part_have_their_words_and_places(client, values, mode, kinds):
    data = structured(
        page(client, make_event(**{"venue": make_venue(), "online_url": "https://raum.example/"} | values))
    )
    places = data["location"] if isinstance(data["location"], list) else [data["location"]]
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in places] == kinds


def test_a_full_event_is_sold_out(client):
    data = structured(page(client, make_event(cost="free", registration="full")))
    assert [offer["availability"] for offer in data["offers"]] == ["https://schema.org/SoldOut"]


@pytest.mark.parametrize("values", [{"status": "cancelled"}, {"days": -5}])
def test_the_way_into_an_online_event_is_not_given_when_nobody_can_take_part(client, values):
    event = make_event(attendance="online", online_url="https://raum.example/", **values)
    assert structured(page(client, event))["location"] == {
        "@type": "VirtualLocation",
        "url": f"https://portal.example{event.get_absolute_url()}",
    }
