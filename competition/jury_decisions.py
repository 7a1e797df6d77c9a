"""The software ranks, the jury decides: what it decides becomes finalists and prizes, secret until the reveal."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from competition.jury import finalists_of
from competition.models import Award, Decision, Entry, Finalist, LogEntry, PanelCategory, Round, name_of
from competition.models.results_lock import open_results
from competition.rankings import ranking_of, vote_result
from competition.recusals import REASON_NEEDED, is_recused_of_any
from competition.results import log
from publishing.text import without_control_characters

STILL_RUNNING = "Die Runde läuft noch: Entschieden wird nach ihrem Ende."
RESULTS_EXIST = (
    "Hier stehen schon Ergebnisse. Bitte heben Sie zuerst die bisherige Entscheidung auf, oder tragen Sie auf der "
    "Seite „Steuern“ aus, was von Hand eingetragen ist."
)
NOT_IN_THIS_ROUND = "Dieses Cluster wird in dieser Runde nicht beurteilt."
TWO_NEEDED = "Bitte nennen Sie auch den zweiten Finalisten."
TWICE_THE_SAME = "Erster und zweiter Platz sind derselbe Beitrag."
OTHER_CATEGORY = "Der Beitrag gehört zu einem anderen Cluster."
NO_FINALIST = "Den Gesamtsieg kann nur ein Finalist gewinnen."
RECUSED = "Sie sind bei einem der Beiträge befangen: Diese Entscheidung trägt jemand anderes ein oder hebt sie auf."
REVOKED_ALREADY = "Diese Entscheidung ist schon aufgehoben."
RESULTS_IN_USE = (
    "Ein Ergebnis dieser Entscheidung wird schon gebraucht: Über die Finalisten ist abgestimmt worden, oder einer hat "
    "einen weiteren Preis. Bitte heben Sie zuerst das auf."
)


def entries_to_choose(round_, category=None):
    return finalists_of(round_) if category is None else Entry.objects.filter(category=category)


@transaction.atomic
def decide(round_, category, *, first, second, by, reason, present, decided_on, statement="", statement_by=""):
    """`category` None: the final, with one winner. All of it or nothing; raises ValidationError in words."""
    edition = open_results(round_.edition_id)
    if not Round.objects.over().filter(pk=round_.pk).exists():
        raise ValidationError(STILL_RUNNING, code="still_running")
    if is_recused_of_any(by, entries_to_choose(round_, category)):
        raise ValidationError(RECUSED, code="recused")
    if category is None:
        _check_final(round_, first)
    else:
        _check_category(round_, category, first, second)
    decision = Decision(
        round=round_,
        edition=edition,
        category=category,
        first=first,
        second=second if category else None,
        reason=without_control_characters(reason).strip(),
        present=without_control_characters(present).strip(),
        decided_on=decided_on,
        entered_by=name_of(by),
    )
    _remember_ranking(decision)
    decision.full_clean()
    decision.save()
    _make_results(decision, statement, statement_by)
    log(edition, LogEntry.Act.DECIDED, by, _label(decision))
    return decision


@transaction.atomic
def revoke(decision, *, reason, by):
    """Takes back the results it made. The decision stays in the minutes, with the reason."""
    edition = open_results(decision.edition_id)
    reason = without_control_characters(reason).strip()
    if not reason:
        raise ValidationError(REASON_NEEDED, code="reason_needed")
    decision = Decision.objects.select_related("round", "category__cluster").get(pk=decision.pk)
    if decision.revoked_at:
        raise ValidationError(REVOKED_ALREADY, code="revoked_already")
    if is_recused_of_any(by, entries_to_choose(decision.round, decision.category)):
        raise ValidationError(RECUSED, code="recused")
    decision.revoked_at, decision.revoked_because = timezone.now(), reason
    decision.full_clean()
    decision.save()
    try:
        with transaction.atomic():
            for row in results_of(decision):
                row.delete()
    except ProtectedError as error:
        raise ValidationError(RESULTS_IN_USE, code="results_in_use") from error
    log(edition, LogEntry.Act.DECISION_REVOKED, by, f"{_label(decision)}: {reason}")
    return decision


def results_of(decision):
    """The prize first: what has won stays a finalist."""
    entries = [decision.first_id, decision.second_id]
    if decision.category_id is None:
        return list(Award.objects.filter(kind=Award.Kind.OVERALL, entry=decision.first_id))
    awards = Award.objects.filter(kind=Award.Kind.CLUSTER, entry__in=entries)
    return [*awards, *Finalist.objects.filter(entry__in=entries)]


def has_results(round_, category=None):
    if category is None:
        return Award.objects.filter(edition=round_.edition_id, kind=Award.Kind.OVERALL).exists()
    return (
        Finalist.objects.filter(category=category).exists()
        or Award.objects.filter(kind=Award.Kind.CLUSTER, category=category).exists()
    )


def _check_final(round_, first):
    if not round_.is_final:
        raise ValidationError(NOT_IN_THIS_ROUND, code="not_in_this_round")
    if has_results(round_):
        raise ValidationError(RESULTS_EXIST, code="results_exist")
    if not finalists_of(round_).filter(pk=first.pk).exists():
        raise ValidationError(NO_FINALIST, code="no_finalist")


def _check_category(round_, category, first, second):
    is_judged = PanelCategory.objects.filter(round=round_, category=category).exists()
    if round_.is_final or not is_judged or category.is_local_only:
        raise ValidationError(NOT_IN_THIS_ROUND, code="not_in_this_round")
    if has_results(round_, category):
        raise ValidationError(RESULTS_EXIST, code="results_exist")
    if second is None and category.entries.count() > 1:
        raise ValidationError(TWO_NEEDED, code="two_needed")
    if first == second:
        raise ValidationError(TWICE_THE_SAME, code="twice_the_same")
    for entry in filter(None, (first, second)):
        # Read again, under the lock: it may have been moved since the form was opened.
        if not Entry.objects.filter(pk=entry.pk, category=category).exists():
            raise ValidationError(OTHER_CATEGORY, code="other_category")


def _remember_ranking(decision):
    if decision.category is None:
        result = vote_result(decision.round) or []
        decision.ranking = [
            {
                "entry": one.entry.pk,
                "name": str(one.entry),
                "place": one.place,
                "is_tied": one.is_tied,
                "votes": one.votes,
            }
            for one in result
        ]
        decision.departs_from_ranking = decision.first not in [one.entry for one in result if one.place == 1]
    else:
        ranking = ranking_of(decision.round, decision.category)
        decision.ranking = ranking.as_record()
        decision.departs_from_ranking = ranking.departs(decision.first, decision.second)


def _make_results(decision, statement, statement_by):
    finalists = filter(None, (decision.first, decision.second)) if decision.category else ()
    for entry in finalists:
        finalist = Finalist(entry=entry)
        finalist.full_clean()
        finalist.save()
    kind = Award.Kind.CLUSTER if decision.category else Award.Kind.OVERALL
    award = Award(kind=kind, entry=decision.first, statement=statement, statement_by=statement_by)
    award.full_clean()
    award.save()


def _label(decision):
    """Without names: who is recused reads the log, too."""
    return f"{decision.round}, {decision.category}" if decision.category_id else str(decision.round)
