"""The year of an edition: what was, what is, what comes next. Days where known, otherwise the words of the sources."""

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from competition.words import period_in_words
from publishing.days import weekday_and_day

PAST, NOW, NEXT, AHEAD = "past", "now", "next", "ahead"
LABELS = {PAST: "abgeschlossen", NOW: "läuft", NEXT: "als Nächstes", AHEAD: ""}


@dataclass
class Step:
    name: str
    when: str = ""
    place: str = ""
    first_day: date | None = None
    last_day: date | None = None
    path: str = ""
    is_done: bool = False
    state: str = AHEAD

    @property
    def label(self):
        return "heute" if self.state == NOW and self.first_day == self.last_day else LABELS[self.state]

    @property
    def machine_day(self):
        return self.first_day.isoformat() if self.first_day and self.first_day == self.last_day else ""


def timeline(edition, *, has_finalists):
    """Only steps of which something is known. None of a suspended year: what had been planned does not come."""
    if edition.is_suspended:
        return []
    today = timezone.localdate()
    steps = [
        _on(edition.kickoff_on, "Auftakt", "", edition.kickoff_place),
        _call(edition),
        _on(edition.cluster_pitch_on, "Cluster-Pitch", edition.cluster_pitch_text, edition.cluster_pitch_place),
        _finalists(edition, has_finalists),
        _on(edition.final_pitch_on, "Final-Pitch", edition.final_pitch_text, edition.final_pitch_place),
        _on(edition.ceremony_on, "Preisverleihung", "", ceremony_place(edition)),
    ]
    known = [step for step in steps if step and (step.when or step.place or step.path or step.name == "Finalisten")]
    _set_states(known, edition, today)
    return known


def ceremony_place(edition):
    """„Merseburger Dom, Merseburg“, without naming the town twice: „Livestream aus Leipzig (online)“."""
    place, town = edition.ceremony_place, edition.ceremony_town
    is_named = re.search(rf"\b{re.escape(town)}(?!\w)", place) is not None
    where = ", ".join(filter(None, [place, "" if is_named else town]))
    if not edition.ceremony_is_online:
        return where
    return f"{where} (online)" if where else "online"


def _on(day, name, words, place):
    return Step(name, weekday_and_day(day) if day else words, place, day, day)


def _call(edition):
    begin = edition.call_opens_on or edition.call_opens_text
    end = edition.call_closes_on or edition.call_closes_text
    return Step("Bewerbung", period_in_words(begin, end), "", edition.call_opens_on, edition.call_closes_on)


def _finalists(edition, has_finalists):
    """Without a day: the moment of publication may be another than that of the archive."""
    if edition.winners_are_public and not has_finalists:
        return None
    path = reverse("competition:finalists", args=[edition.year]) if edition.finalists_are_public else ""
    return Step("Finalisten", path=path, is_done=edition.finalists_are_public)


def _set_states(steps, edition, today):
    is_later_one_done = edition.winners_are_public
    for step in reversed(steps):
        step.is_done = step.is_done or is_later_one_done or (step.last_day is not None and step.last_day < today)
        is_later_one_done = step.is_done
        if step.is_done:
            step.state = PAST
        elif step.first_day and step.first_day <= today and (step.last_day or step.name == "Bewerbung"):
            step.state = NOW
    upcoming = next((step for step in steps if step.state == AHEAD), None)
    if upcoming:
        upcoming.state = NEXT
