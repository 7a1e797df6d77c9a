"""Who is a finalist and who has won, as one set of lines: compared, told apart, and saved all at once."""

import hashlib
import json
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from competition.models import Award, Decision, Entry, Finalist, PanelCategory, Round
from competition.models.results_lock import open_results

FINALIST = "finalist"
OVERALL = Award.Kind.OVERALL
BY_THE_JURY = "Das entscheidet die Jury: Bitte tragen Sie es als Entscheidung ihrer Runde ein."
CHANGED_MEANWHILE = "Das hat sich gerade eben geändert. Bitte prüfen Sie diese Angabe noch einmal."


class ResultLine(NamedTuple):
    """`where` is the key of the category or of the local prize, `kind` a kind of award or FINALIST."""

    kind: str
    entry: int
    where: int = 0
    place: int = 1
    name: str = ""

    @property
    def subject(self):
        """What the jury decides at once: a cluster by its key, or OVERALL. None: no jury does."""
        if self.kind in (FINALIST, Award.Kind.CLUSTER):
            return self.where
        return OVERALL if self.kind == Award.Kind.OVERALL else None

    @property
    def target(self):
        """What is decided, whoever it goes to."""
        return self._replace(entry=0)


class NewerResults(Exception):  # noqa: N818
    """Somebody has saved other results since this form was opened."""

    def __init__(self, stored):
        self.stored = stored


class RefusedResults(Exception):  # noqa: N818
    def __init__(self, reasons):
        self.reasons = reasons


class WordsWouldGo(Exception):  # noqa: N818
    """A prize that goes to somebody else has a statement or a picture of the one who had it."""

    def __init__(self, awards):
        self.awards = awards


def lines_of(edition):
    finalists = edition.finalists.values_list("entry", "category")
    awards = edition.awards.values_list("kind", "entry", "category", "local_prize", "place", "special_name")
    return frozenset(
        [
            *(ResultLine(FINALIST, *row) for row in finalists),
            *(_of_award(*row) for row in awards),
        ]
    )


def _of_award(kind, entry, category, local_prize, place, special_name):
    return ResultLine(kind, entry, category or local_prize or 0, place, special_name)


def fingerprint(lines):
    return hashlib.sha256(json.dumps(sorted(lines)).encode()).hexdigest()


@transaction.atomic
def save_lines(edition, wanted, *, seen, replace="", discard_words=False):
    """All or nothing. `seen` and `replace` are fingerprints: of what the form showed, of what it may replace."""
    open_results(edition.pk)
    stored = lines_of(edition)
    if stored == wanted:
        return frozenset(), frozenset()
    if fingerprint(stored) not in (seen, replace):
        raise NewerResults(stored)
    removed, added = stored - wanted, wanted - stored
    _refuse_what_the_jury_decides(edition, removed, added)
    _remove(edition, removed, discard_words)
    _add(edition, added)
    return removed, added


def judged_by_juries(edition):
    """Clusters with a panel, and the overall prize where there is a final: their results come from decisions."""
    clusters = PanelCategory.objects.filter(edition=edition, round__kind=Round.Kind.CLUSTER)
    has_final = edition.rounds.filter(kind=Round.Kind.FINAL).exists()
    return {*clusters.values_list("category", flat=True), *([OVERALL] if has_final else [])}


def decided_by_juries(edition):
    decisions = Decision.objects.filter(edition=edition, revoked_at__isnull=True)
    return {category or OVERALL for category in decisions.values_list("category", flat=True)}


def _refuse_what_the_jury_decides(edition, removed, added):
    """What was entered by hand before there was a jury may be taken out, so that the jury can decide."""
    decided = decided_by_juries(edition)
    judged = judged_by_juries(edition) | decided
    refused = [*(one for one in added if one.subject in judged), *(one for one in removed if one.subject in decided)]
    _refuse({one: [BY_THE_JURY] for one in refused})


def _remove(edition, removed, discard_words):
    awards = [one for one in edition.awards.select_related("entry") if _as_line(one) in removed]
    with_words = [one for one in awards if one.statement or one.image_id]
    if with_words and not discard_words:
        raise WordsWouldGo(with_words)
    # What has won stays a finalist: first the prizes go, then the finalists.
    reasons = {}
    finalists = [one for one in edition.finalists.all() if _as_line(one) in removed]
    for row in [*awards, *finalists]:
        try:
            row.delete()
        except ProtectedError:
            reasons[_as_line(row)] = ["Dieser Finalist hat einen Preis. Bitte zuerst den Preis ändern."]
    _refuse(reasons)


def _add(edition, added):
    entries = Entry.objects.select_related("category", "edition").filter(edition=edition)
    by_key = entries.in_bulk([one.entry for one in added])
    reasons = {}
    for line in sorted(added, key=lambda one: one.kind != FINALIST):
        try:
            row = _row(line, by_key)
            row.full_clean()
            row.save()
        except ValidationError as error:
            reasons[line] = error.messages
        except IntegrityError:
            reasons[line] = [CHANGED_MEANWHILE]
    _refuse(reasons)


def _refuse(reasons):
    if reasons:
        raise RefusedResults(reasons)


def _row(line, entries):
    entry = entries.get(line.entry)
    if entry is None:
        raise ValidationError("Diesen Beitrag gibt es in diesem Wettbewerbsjahr nicht mehr.")
    if line.kind in (FINALIST, Award.Kind.CLUSTER) and entry.category_id != line.where:
        raise ValidationError("Der Beitrag gehört inzwischen zu einem anderen Cluster.")
    if line.kind == FINALIST:
        return Finalist(entry=entry)
    local_prize = line.where if line.kind == Award.Kind.LOCAL else None
    return Award(
        kind=line.kind,
        entry=entry,
        local_prize_id=local_prize,
        place=line.place,
        special_name=line.name,
    )


def _as_line(row):
    if isinstance(row, Finalist):
        return ResultLine(FINALIST, row.entry_id, row.category_id)
    return _of_award(row.kind, row.entry_id, row.category_id, row.local_prize_id, row.place, row.special_name)
