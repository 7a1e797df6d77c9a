"""Events as search engines read them: schema.org/Event. Says nothing the page does not say."""

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from events.models import Event
from publishing import json_ld
from publishing.views import absolute, picture_address

SCHEMA = "https://schema.org/"
STATUS = {
    Event.Status.CANCELLED: "EventCancelled",
    Event.Status.POSTPONED: "EventPostponed",
    Event.Status.MOVED: "EventRescheduled",
    Event.Status.MOVED_ONLINE: "EventMovedOnline",
}


def event_json_ld(event, organisers, price_groups):
    data = {
        "@type": "Event",
        "name": event.title,
        "description": event.teaser,
        "url": absolute(event.get_absolute_url()),
        "image": [picture_address(event.image) or absolute(static("img/social.png"))],
        "inLanguage": settings.LANGUAGE_CODE,
        "eventStatus": SCHEMA + STATUS.get(event.status, "EventScheduled"),
        "eventAttendanceMode": SCHEMA + _attendance_mode(event),
        "startDate": _start(event),
        "endDate": _end(event),
        "previousStartDate": event.former_starts_on and event.former_starts_on.isoformat(),
        "location": _locations(event),
        "organizer": [_organisation(one) for one in organisers],
        "offers": _offers(event, price_groups),
        "superEvent": {"@type": "EventSeries", "name": event.series.title} if event.series else None,
        "audience": {"@type": "Audience", "audienceType": event.audience} if event.audience else None,
    }
    if event.cost != Event.Cost.UNKNOWN:
        data["isAccessibleForFree"] = event.cost == Event.Cost.FREE
    return json_ld.without_empty(data)


def _attendance_mode(event):
    if not event.takes_place_online:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if event.takes_place_on_site else "OnlineEventAttendanceMode"


def _start(event):
    return event.starts_on.isoformat() if event.start_time is None else timezone.localtime(event.begins_at).isoformat()


def _end(event):
    """None where no end was announced: over_at is then only the end of the day."""
    if event.end_time is not None:
        return timezone.localtime(event.over_at).isoformat()
    return event.ends_on and event.ends_on.isoformat()


def _locations(event):
    places = []
    if event.takes_place_on_site and event.venue:
        places.append(_place(event.venue))
    if event.takes_place_online:
        # Like the page: the way in is given to those who can still take part.
        way_in = "" if event.is_past or event.is_called_off else event.online_url
        places.append({"@type": "VirtualLocation", "url": way_in or absolute(event.get_absolute_url())})
    return places[0] if len(places) == 1 else places


def _place(venue):
    has_coordinates = venue.latitude is not None and venue.longitude is not None
    return json_ld.without_empty(
        {
            "@type": "Place",
            "name": venue.name or venue.town,
            "address": json_ld.without_empty(
                {
                    "@type": "PostalAddress",
                    "streetAddress": venue.street,
                    "postalCode": venue.postcode,
                    "addressLocality": venue.town,
                    "addressCountry": "DE",
                }
            ),
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": float(venue.latitude),
                "longitude": float(venue.longitude),
            }
            if has_coordinates
            else None,
        }
    )


def _organisation(organiser):
    return json_ld.without_empty({"@type": "Organization", "name": organiser.name, "url": organiser.website})


def _offers(event, price_groups):
    """No offer for what cannot be had any more."""
    if event.is_past or event.is_called_off:
        return []
    if event.cost == Event.Cost.FREE:
        return [_offer(event, "Teilnahme", "0")]
    return [
        _offer(event, group.label, str(group.amount), group.until and group.until.isoformat()) for group in price_groups
    ]


def _offer(event, name, price, valid_through=None):
    is_full = event.registration in (Event.Registration.FULL, Event.Registration.CLOSED)
    return json_ld.without_empty(
        {
            "@type": "Offer",
            "name": name,
            "price": price,
            "priceCurrency": "EUR",
            "url": event.registration_url or absolute(event.get_absolute_url()),
            "availability": SCHEMA + ("SoldOut" if is_full else "InStock"),
            "validThrough": valid_through,
        }
    )
