"""Events as calendar programs read them: RFC 5545 with the properties of RFC 7986, written by hand, byte for byte."""

import re
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localtime

from events.models import Event
from events.moments import BERLIN
from publishing.text import without_control_characters
from publishing.views import absolute

LONGEST_LINE = 75  # octets, without the line break
REFRESH_AFTER = "PT6H"
# By the rule and not as a list of years: without its own time zone some programs are an hour off, and lists end.
TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:DAYLIGHT",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
# Postponed means that nothing takes place at the stored date: a tentative entry would still block the day and remind.
# The new date brings the same UID back as confirmed, with a higher SEQUENCE.
STATUS = {
    Event.Status.PLANNED: "TENTATIVE",
    Event.Status.CANCELLED: "CANCELLED",
    Event.Status.POSTPONED: "CANCELLED",
}
PREFIX = {Event.Status.CANCELLED: "Abgesagt: ", Event.Status.POSTPONED: "Verschoben: "}

_LINE_BREAKS = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(events, name="", url=""):
    """A file with these events. With a name it is a calendar to subscribe to; `url` is its page for people."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escaped(settings.ORGANISATION_NAME)}//Termine//DE"]
    lines.append("CALSCALE:GREGORIAN")
    if name:
        lines += _subscription_lines(name, url)
    lines += TIME_ZONE
    for event in events:
        lines += event_lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def _subscription_lines(name, url):
    lines = [
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{BERLIN.key}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH_AFTER}",
        f"X-PUBLISHED-TTL:{REFRESH_AFTER}",
    ]
    return [*lines, f"URL:{_address(url)}"] if url else lines


def event_lines(event):
    page = absolute(event.get_absolute_url())
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@{urlsplit(settings.SITE_URL).hostname}",
        # Without METHOD both say when the entry was last revised, so equal content gives equal bytes.
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"CREATED:{_utc(event.created_at)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{STATUS.get(event.status, 'CONFIRMED')}",
        *_time_lines(event),
        f"SUMMARY:{escaped(PREFIX.get(event.status, '') + event.title)}",
        f"DESCRIPTION:{escaped(_description(event, page))}",
        f"URL:{_address(page)}",
    ]
    # No ORGANIZER: RFC 5545 reserves it for invitations, and programs would offer to answer one.
    if location := _location(event):
        lines.append(f"LOCATION:{escaped(location)}")
    if event.takes_place_on_site and event.venue and event.venue.latitude is not None:
        lines.append(f"GEO:{event.venue.latitude:f};{event.venue.longitude:f}")
    if categories := _categories(event):
        lines.append(f"CATEGORIES:{','.join(escaped(one) for one in categories)}")
    if event.contact and event.contact.is_current:
        lines.append(f"CONTACT:{escaped(_contact(event.contact))}")
    if event.takes_place_online and event.online_url and not event.is_called_off:
        lines.append(f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Teilnahme:{_address(event.online_url)}")
    if event.is_all_day or event.is_called_off:
        lines.append("TRANSP:TRANSPARENT")
    return [*lines, "END:VEVENT"]


def _time_lines(event):
    if event.is_all_day:
        # DTEND is the first day after the event, and always there: programs disagree on what its absence means.
        return [
            f"DTSTART;VALUE=DATE:{_basic(event.starts_on)}",
            f"DTEND;VALUE=DATE:{_basic(event.last_day + timedelta(days=1))}",
        ]
    begin, end = localtime(event.begins_at, BERLIN), localtime(event.over_at, BERLIN)
    if end.fold:
        # A local time means the first of the two hours when the clock goes back: this is the second.
        return [f"DTSTART:{_utc(begin)}", f"DTEND:{_utc(end)}"]
    lines = [f"DTSTART;TZID={BERLIN.key}:{_local(begin)}"]
    # A missing end is not invented. Of several days the last one is known, so it counts as a whole.
    if event.end_time is not None or event.last_day > event.starts_on:
        lines.append(f"DTEND;TZID={BERLIN.key}:{_local(end)}")
    return lines


def _description(event, page):
    organisers = ", ".join(one.name for one in event.organisers.all())
    parts = [
        "Beispiel: Dieser Termin ist erfunden." if event.is_example else "",
        _status_in_words(event),
        event.teaser,
        f"Veranstalter: {organisers}" if organisers else "",
        f"Anmeldung: {event.registration_url}" if event.registration_url and event.registration_is_open else "",
        page,
    ]
    return "\n\n".join(part for part in parts if part)


def _status_in_words(event):
    if event.status == Event.Status.CONFIRMED:
        return event.status_note
    former = f", ursprünglich am {event.former_starts_on:%d.%m.%Y}" if event.former_starts_on else ""
    return f"Stand: {event.get_status_display()}{former}. {event.status_note}".strip()


def _location(event):
    if not event.takes_place_on_site:
        return "Online"
    return ", ".join(part for part in (event.venue.name, event.venue.address) if part) if event.venue else ""


def _categories(event):
    return [*([event.category.name] if event.category else []), *(cluster.name for cluster in event.clusters.all())]


def _contact(contact):
    return ", ".join(part for part in (contact.role, contact.name, contact.phone, contact.email) if part)


# --- bytes


def escaped(text):
    """As a value of type TEXT: no control character, no line break and no separator of its own."""
    return without_control_characters(_LINE_BREAKS.sub("\n", text)).translate(_ESCAPES)


def folded(line):
    """Cut into pieces of at most 75 octets, never inside a character."""
    octets = line.encode()
    pieces, start, room = [], 0, LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        pieces.append(octets[start:end])
        # The blank that continues a line counts.
        start, room = end, LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, octets[start:]])


def _address(url):
    return iri_to_uri(without_control_characters(url))


def _basic(day):
    return day.isoformat().replace("-", "")


def _local(moment):
    return f"{_basic(moment.date())}T{moment:%H%M%S}"


def _utc(moment):
    return f"{_local(moment.astimezone(UTC))}Z"
