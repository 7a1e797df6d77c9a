"""Who is a finalist and who has won, as one set of lines: compared, told apart, and saved all at once."""

import hashlib
import json
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from competition.models import Award, Entry, Finalist, Round
from competition.models.results_lock import open_results

FINALIST = "finalist"
DECIDED_BY_ROUND = {
    Round.Kind.CLUSTER: (FINALIST, Award.Kind.CLUSTER),
    Round.Kind.FINAL: (Award.Kind.OVERALL,),
}
BY_THE_JURY = "Das entscheidet die Jury: Bitte tragen Sie es als Entscheidung ihrer Runde ein."
CHANGED_MEANWHILE = "Das hat sich gerade eben geändert. Bitte prüfen Sie diese Angabe noch einmal."


class Decision(NamedTuple):
    """`where` is the key of the category or of the local prize, `kind` a kind of award or FINALIST."""

    kind: str
    entry: int
    where: int = 0
    place: int = 1
    name: str = ""

    @property
    def target(self):
        """What is decided, whoever it goes to."""
        return self._replace(entry=0)


class NewerDecisions(Exception):  # noqa: N818
    """Somebody has saved other results since this form was opened."""

    def __init__(self, stored):
        self.stored = stored


class RefusedDecisions(Exception):  # noqa: N818
    def __init__(self, reasons):
        self.reasons = reasons


class WordsWouldGo(Exception):  # noqa: N818
    """A prize that goes to somebody else has a statement or a picture of the one who had it."""

    def __init__(self, awards):
        self.awards = awards


def decisions_of(edition):
    finalists = edition.finalists.values_list("entry", "category")
    awards = edition.awards.values_list("kind", "entry", "category", "local_prize", "place", "special_name")
    return frozenset(
        [
            *(Decision(FINALIST, *row) for row in finalists),
            *(_of_award(*row) for row in awards),
        ]
    )


def _of_award(kind, entry, category, local_prize, place, special_name):
    return Decision(kind, entry, category or local_prize or 0, place, special_name)


def fingerprint(decisions):
    return hashlib.sha256(json.dumps(sorted(decisions)).encode()).hexdigest()


@transaction.atomic
def save_decisions(edition, wanted, *, seen, replace="", discard_words=False):
    """All or nothing. `seen` and `replace` are fingerprints: of what the form showed, of what it may replace."""
    open_results(edition.pk)
    stored = decisions_of(edition)
    if stored == wanted:
        return frozenset(), frozenset()
    if fingerprint(stored) not in (seen, replace):
        raise NewerDecisions(stored)
    removed, added = stored - wanted, wanted - stored
    _refuse_what_the_jury_decides(edition, removed | added)
    _remove(edition, removed, discard_words)
    _add(edition, added)
    return removed, added


def _refuse_what_the_jury_decides(edition, changes):
    """Where a round of the jury is set up, finalists and winners come from its decision, with reason and minutes."""
    rounds = set(edition.rounds.values_list("kind", flat=True))
    decided_there = {kind for one in rounds for kind in DECIDED_BY_ROUND[one]}
    _refuse({change: [BY_THE_JURY] for change in changes if change.kind in decided_there})


def _remove(edition, removed, discard_words):
    awards = [one for one in edition.awards.select_related("entry") if _as_decision(one) in removed]
    with_words = [one for one in awards if one.statement or one.image_id]
    if with_words and not discard_words:
        raise WordsWouldGo(with_words)
    # What has won stays a finalist: first the prizes go, then the finalists.
    reasons = {}
    finalists = [one for one in edition.finalists.all() if _as_decision(one) in removed]
    for row in [*awards, *finalists]:
        try:
            row.delete()
        except ProtectedError:
            reasons[_as_decision(row)] = ["Dieser Finalist hat einen Preis. Bitte zuerst den Preis ändern."]
    _refuse(reasons)


def _add(edition, added):
    entries = Entry.objects.select_related("category", "edition").filter(edition=edition)
    by_key = entries.in_bulk([one.entry for one in added])
    reasons = {}
    for decision in sorted(added, key=lambda one: one.kind != FINALIST):
        try:
            row = _row(decision, by_key)
            row.full_clean()
            row.save()
        except ValidationError as error:
            reasons[decision] = error.messages
        except IntegrityError:
            reasons[decision] = [CHANGED_MEANWHILE]
    _refuse(reasons)


def _refuse(reasons):
    if reasons:
        raise RefusedDecisions(reasons)


def _row(decision, entries):
    entry = entries.get(decision.entry)
    if entry is None:
        raise ValidationError("Diesen Beitrag gibt es in diesem Wettbewerbsjahr nicht mehr.")
    if decision.kind in (FINALIST, Award.Kind.CLUSTER) and entry.category_id != decision.where:
        raise ValidationError("Der Beitrag gehört inzwischen zu einem anderen Cluster.")
    if decision.kind == FINALIST:
        return Finalist(entry=entry)
    local_prize = decision.where if decision.kind == Award.Kind.LOCAL else None
    return Award(
        kind=decision.kind,
        entry=entry,
        local_prize_id=local_prize,
        place=decision.place,
        special_name=decision.name,
    )


def _as_decision(row):
    if isinstance(row, Finalist):
        return Decision(FINALIST, row.entry_id, row.category_id)
    return _of_award(row.kind, row.entry_id, row.category_id, row.local_prize_id, row.place, row.special_name)
