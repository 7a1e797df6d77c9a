"""Who entered which result when: from the versions that finalists and prizes leave behind."""

from dataclasses import dataclass
from datetime import datetime

from competition.models import Award, Entry, Finalist, name_of

SHOWN = 15


@dataclass(frozen=True)
class ResultChange:
    moment: datetime
    who: str
    text: str


def last_changes(edition, shown=SHOWN):
    records = [
        *_versions(Finalist, edition, shown),
        *_versions(Award, edition, shown),
    ]
    records.sort(key=lambda record: (record.history_date, record.history_id), reverse=True)
    records = records[:shown]
    names = _names_of(records)
    return [ResultChange(one.history_date, _who(one), _in_words(one, names)) for one in records]


def _versions(model, edition, shown):
    return model.history.filter(edition=edition.pk).select_related("history_user").order_by("-history_id")[:shown]


def _names_of(records):
    """The entry may be gone: a version keeps only its number."""
    entries = Entry.objects.only("organisation", "title").in_bulk({one.entry_id for one in records})
    return {key: str(entry) for key, entry in entries.items()}


def _who(record):
    user = record.history_user
    return name_of(user) if user else "–"


def _in_words(record, names):
    name = names.get(record.entry_id, "ein gelöschter Beitrag")
    what = record.get_kind_display() if hasattr(record, "kind") else "Finalist"
    if getattr(record, "special_name", ""):
        what = f"{what} „{record.special_name}“"
    act = {"+": "eingetragen", "-": "ausgetragen", "~": "Laudatio oder Bild geändert"}[record.history_type]
    return f"{what} {act}: {name}"
