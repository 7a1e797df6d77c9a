"""What visitors must know before they set out, in words for a list and for the band above the page."""

from dataclasses import dataclass

from events.dates import day_in_words, when_in_words
from events.models import Event

TAGS = {
    Event.Status.PLANNED: "noch nicht bestätigt",
    Event.Status.CANCELLED: "abgesagt",
    Event.Status.POSTPONED: "verschoben",
    Event.Status.MOVED: "neuer Termin",
    Event.Status.MOVED_ONLINE: "jetzt online",
}
FULL = "ausgebucht"


@dataclass(frozen=True)
class Band:
    title: str
    sentence: str = ""
    is_urgent: bool = True


def tags(event):
    """Short, for lists: none for what takes place as announced."""
    found = [TAGS[event.status]] if event.status in TAGS else []
    return [*found, FULL] if is_full(event) else found


def is_full(event):
    return event.registration == Event.Registration.FULL and not event.is_called_off


def bands(event):
    """For the event's page, the weightiest first."""
    found = [_status_band(event)]
    if is_full(event) and not event.is_past:
        found.append(Band("Ausgebucht", "Es gibt keine freien Plätze mehr."))
    if event.is_past and not event.is_called_off:
        found.append(Band("Diese Veranstaltung ist vorbei", is_urgent=False))
    return [band for band in found if band]


def _status_band(event):
    former = f"Ursprünglich geplant: {day_in_words(event.former_starts_on)}." if event.former_starts_on else ""
    title, sentences = {
        Event.Status.PLANNED: ("Geplant", ["Der Termin ist noch nicht bestätigt."]),
        Event.Status.CANCELLED: ("Abgesagt", ["Diese Veranstaltung findet nicht statt."]),
        Event.Status.POSTPONED: ("Verschoben", ["Der neue Termin steht noch nicht fest.", former]),
        Event.Status.MOVED: ("Neuer Termin", [f"{when_in_words(event, with_zone=event.takes_place_online)}.", former]),
        Event.Status.MOVED_ONLINE: (
            "Jetzt online",
            ["Diese Veranstaltung findet online statt, nicht vor Ort.", former],
        ),
    }.get(event.status, ("Hinweis", []))
    sentence = " ".join(part for part in (*sentences, event.status_note) if part)
    if not sentence:
        return None
    is_calm = event.status in (Event.Status.PLANNED, Event.Status.CONFIRMED)
    return Band(title, sentence, is_urgent=not is_calm)
