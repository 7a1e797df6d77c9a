"""After the edition: what was confidential goes, what is history or statistics stays."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from competition.models import (
    ConflictStatement,
    Entry,
    LogEntry,
    PanelMember,
    Paper,
    Participation,
    Round,
    Score,
    Sheet,
)
from competition.rankings import rankings_of
from competition.reminders import mails_about
from publishing.site_version import bump

MONTHS_KEPT = 6
BY = "forget_edition"
CONTACT = {"contact_name": "", "contact_email": "", "contact_phone": "", "note": ""}
# Of entries that no visitor ever learns of, also who is behind them.
UNKNOWN = CONTACT | {"team": ""}


class TooEarly(Exception):  # noqa: N818
    """With the reason."""


@dataclass(frozen=True)
class Portion:
    """`name` in English for the operator, `words` in German for the log."""

    name: str
    words: str
    count: int


def forgettable_from(edition):
    """Six months after the winners were announced; None where that is not planned."""
    announced = edition.winners_public_at
    if announced is None:
        return None
    local = timezone.localtime(announced)
    month = local.month + MONTHS_KEPT
    year, month = local.year + (month - 1) // 12, (month - 1) % 12 + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))


def refuse_when_too_early(edition):
    moment = forgettable_from(edition)
    if moment is None:
        raise TooEarly(f"The winners of {edition.year} have no date of announcement: nothing can be deleted yet.")
    if moment > timezone.now():
        raise TooEarly(f"Too early: the data of {edition.year} stay until {moment:%Y-%m-%d} (six months).")
    if edition.rounds.filter(closes_at__gt=timezone.now()).exists():
        raise TooEarly(f"A jury round of {edition.year} is not over.")


def what_would_go(edition):
    losers, unknown = _losers(edition), _unknown(edition)
    sheets = Sheet.objects.filter(entry__edition=edition)
    statements = ConflictStatement.objects.filter(entry__edition=edition)
    return [
        Portion("entries without a prize: contact data", "Kontaktdaten", _with_any(losers, CONTACT).count()),
        Portion("entries never public: team", "Teamangaben", _with_any(unknown, {"team": ""}).count()),
        Portion(
            "older versions of entries: the same fields",
            "ältere Fassungen",
            _with_any(_old_versions(edition, losers), CONTACT).count()
            + _with_any(_old_versions(edition, unknown), {"team": ""}).count(),
        ),
        Portion("confidential papers", "Unterlagen", Paper.objects.filter(entry__edition=edition).count()),
        Portion("files of papers without an entry", "verwaiste Dateien", len(_stray_files(edition))),
        Portion("rating sheets with scores and notes", "Bewertungsbögen", sheets.count()),
        Portion("statements on conflicts of interest", "Erklärungen zur Befangenheit", statements.count()),
        Portion("letters to jurors, with their addresses", "Schreiben an die Jury", _letters(edition).count()),
        Portion("seats of jurors", "Plätze in den Jurys", _seats(edition).count()),
        Portion(
            "who took part in the ballot",
            "Teilnahmen an der Abstimmung",
            Participation.objects.filter(round__edition=edition).count(),
        ),
    ]


@transaction.atomic
def forget(edition):
    """Returns what has gone. To be called again without harm: then there is nothing left."""
    edition = type(edition).objects.select_for_update().get(pk=edition.pk)
    refuse_when_too_early(edition)
    gone = [portion for portion in what_would_go(edition) if portion.count]
    if not gone:
        return gone
    _keep_statistics(edition)
    _scrub_entries(edition)
    for paper in Paper.objects.filter(entry__edition=edition):
        paper.delete()
    stray = _stray_files(edition)
    transaction.on_commit(lambda: _delete_files(stray))
    Score.objects.filter(sheet__entry__edition=edition).delete()
    Sheet.objects.filter(entry__edition=edition).delete()
    ConflictStatement.objects.filter(entry__edition=edition).delete()
    Participation.objects.filter(round__edition=edition).delete()
    _letters(edition).delete()
    _seats(edition).delete()
    text = ", ".join(f"{portion.words} ({portion.count})" for portion in gone)
    LogEntry.objects.create(edition=edition, act=LogEntry.Act.DELETED, text=text[:500], user=None, user_name=BY)
    bump()
    return gone


def _letters(edition):
    # One that is being sent right now goes with the next run.
    return mails_about(edition).at_rest()


def _seats(edition):
    return PanelMember.objects.filter(panel__round__edition=edition)


# --- statistics that stay


def _keep_statistics(edition):
    for round_ in edition.rounds.all():
        if not round_.statistics:
            round_.statistics = _statistics(round_)
            round_.save(update_fields=["statistics"])


def _statistics(round_):
    if round_.kind == Round.Kind.FINAL:
        jurors = PanelMember.objects.active().filter(panel__round=round_).count()
        return [{"jurors": jurors, "votes": Participation.objects.filter(round=round_).count()}]
    seats = Counter(
        PanelMember.objects.active()
        .filter(panel__round=round_)
        .values_list("panel__panel_categories__category", flat=True)
    )
    return [
        {
            "category": str(ranking.category),
            "jurors": seats[ranking.category.pk],
            "entries": len(ranking.standings),
            "sheets": ranking.sheets,
            "means": {
                str(criterion): [
                    str(one.criterion_means[criterion.pk]) for one in ranking.standings if one.criterion_means
                ]
                for criterion in ranking.criteria
            },
            "mean_of_entries": [str(one.mean) for one in ranking.standings if one.mean is not None],
        }
        for ranking in rankings_of(round_)
    ]


# --- entries and their older versions


def _losers(edition):
    return Entry.objects.filter(edition=edition, awards__isnull=True)


def _unknown(edition):
    return _losers(edition).filter(finalist__isnull=True, is_shortlisted=False)


def _with_any(rows, emptied):
    return rows.exclude(**emptied)


def _old_versions(edition, entries):
    """Also of entries that have been deleted since: their old versions are still there."""
    keys = entries.values("pk")
    deleted = ~Q(id__in=Entry.objects.values("pk")) & Q(edition=edition)
    return Entry.history.model.objects.filter(Q(id__in=keys) | deleted)


def _scrub_entries(edition):
    for entries, emptied in ((_losers(edition), CONTACT), (_unknown(edition), UNKNOWN)):
        _with_any(_old_versions(edition, entries), emptied).update(**emptied)
        # Not entry.save(): it would write another old version.
        _with_any(entries, emptied).update(**emptied)


# --- files


def _stray_files(edition):
    storage, folder = storages["papers"], str(edition.year)
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
    known = set(Paper.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    return [name for name in (f"{folder}/{one}" for one in names) if name not in known]


def _delete_files(names):
    for name in names:
        storages["papers"].delete(name)
