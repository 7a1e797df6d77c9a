"""What a juror may see and do, and when. Views, exports and pages for the office ask here, and nowhere else."""

import hashlib
import itertools
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from competition import scoring
from competition.models import (
    ConflictStatement,
    Entry,
    LogEntry,
    PanelMember,
    Participation,
    Round,
    Score,
    Sheet,
    VoteCount,
)
from competition.results import log
from publishing.numbers import grouped
from publishing.text import without_control_characters

CLOSED = "Die Runde ist beendet. Ihre letzte gespeicherte Fassung bleibt erhalten."
SEAT_GONE = "Ihr Zugang zu dieser Jury ist beendet. Ihre letzte gespeicherte Fassung bleibt erhalten."
NOT_YOURS = "Dieser Beitrag gehört nicht zu Ihren Beiträgen."
SAY_FIRST = "Bitte erklären Sie zuerst, ob ein Interessenkonflikt besteht."
SAY_FIRST_OF_ALL = "Bitte erklären Sie zuerst zu jedem Finalisten, ob ein Interessenkonflikt besteht."
NEWER_SAVE = "Dieser Bogen wurde inzwischen an anderer Stelle gespeichert. Ihre Eingaben sind noch da."
INCOMPLETE = "Zur Abgabe gehört eine Bewertung in jedem Kriterium."
STRANGE_CRITERION = "Dieses Kriterium gehört zu einem anderen Wettbewerbsjahr."
VOTED_ALREADY = "Sie haben schon abgestimmt. Eine Stimme kann nicht geändert werden."
VOTE_CLOSED = "Die Abstimmung ist beendet."

LOOK_BACK = timedelta(days=14)


# --- Where a juror sits, and what belongs to them


def seats_of(user):
    """In running rounds only: before and after, the area is empty for a juror."""
    return PanelMember.objects.active().filter(user=user, panel__round__in=Round.objects.running())


def rounds_to_look_back_on(user):
    """Cluster rounds that are over and whose means the jury may see: for a fortnight, and nothing else of them."""
    seats = PanelMember.objects.active().filter(user=user, panel__round=OuterRef("pk"))
    lately = Q(closes_at__lte=Now(), closes_at__gt=timezone.now() - LOOK_BACK)
    return Round.objects.filter(
        lately, Exists(seats), kind=Round.Kind.CLUSTER, aggregates=Round.Aggregates.AFTER_CLOSING
    )


def is_juror(user):
    """Whether the closed area holds anything for this person now."""
    return seats_of(user).exists() or rounds_to_look_back_on(user).exists()


def entries_assigned_to(user, round=None):
    """Of running rounds, also where nothing has been said of conflicts yet; none of which the juror is recused."""
    seats = seats_of(user).filter(panel__round=round) if round else seats_of(user)
    return without_recused(Entry.objects.filter(_judged_on(seats)), user)


def _judged_on(seats):
    of_my_clusters = Exists(
        seats.filter(
            panel__round__kind=Round.Kind.CLUSTER,
            panel__panel_categories__category=OuterRef("category"),
        )
    )
    of_my_final = Exists(seats.filter(panel__round__kind=Round.Kind.FINAL, panel__round__edition=OuterRef("edition")))
    return Q(of_my_clusters) | (Q(of_my_final) & Q(finalist__isnull=False))


def without_recused(entries, user):
    """Also for the office: who is recused sees nothing of the entry, in no list, count, file or export."""
    recused = ConflictStatement.objects.recused().filter(user=user, entry=OuterRef("pk"))
    return entries.exclude(Exists(recused))


def entries_open_to(user, round=None):
    """Those whose papers the juror may read: assigned, and declared free of conflict."""
    return entries_assigned_to(user, round).filter(declared_free(user))


def entries_to_declare(user, round=None):
    return entries_assigned_to(user, round).exclude(declared_free(user))


def declared_free(user):
    return Exists(ConflictStatement.objects.free().filter(user=user, entry=OuterRef("pk")))


def in_personal_order(entries, user):
    """Random, but the same each time: nobody's entry is always the one that tired jurors read last."""

    def key(entry):
        return hashlib.blake2b(f"{user.pk}-{entry.pk}".encode(), digest_size=8).digest()

    return sorted(entries, key=key)


def seat_for(user, entry):
    """The seat on which the juror rates this entry in a running cluster round, or None."""
    return (
        seats_of(user)
        .filter(panel__round__kind=Round.Kind.CLUSTER, panel__panel_categories__category=entry.category_id)
        .select_related("panel__round__edition")
        .first()
    )


def why_no_seat(user, entry):
    """For who had a seat for this entry: what has ended. None for everybody else: they learn nothing, not even this."""
    if ConflictStatement.objects.recused().filter(user=user, entry=entry).exists():
        return None
    of_its_cluster = Q(panel__round__kind=Round.Kind.CLUSTER, panel__panel_categories__category=entry.category_id)
    of_its_final = Q(panel__round__kind=Round.Kind.FINAL, panel__round__edition=entry.edition_id)
    judged_it = of_its_cluster | of_its_final if hasattr(entry, "finalist") else of_its_cluster
    has_ended = Q(removed_at__isnull=False) | Q(panel__round__closes_at__lte=Now())
    seat = PanelMember.objects.filter(judged_it, has_ended, user=user).order_by("-panel__round__closes_at").first()
    return seat and (SEAT_GONE if seat.removed_at else CLOSED)


# --- What a juror does


def _in_turn(user):
    """What one juror does in several windows happens one after another: what was checked still holds when written."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def state_conflict(user, entry, *, is_conflicted, reason=""):
    """The juror's own word. Once recused there is no way back: only the office can lift it."""
    _in_turn(user)
    if not entries_assigned_to(user).filter(pk=entry.pk).exists():
        raise ValidationError(NOT_YOURS, code="not_assigned")
    statement = ConflictStatement.objects.filter(user=user, entry=entry).first()
    statement = statement or ConflictStatement(user=user, entry=entry)
    statement.is_conflicted, statement.is_by_office = is_conflicted, False
    statement.reason = without_control_characters(reason).strip() if is_conflicted else ""
    _check_length(statement, "reason")
    statement.full_clean()
    statement.save()
    if is_conflicted:
        log(entry.edition, LogEntry.Act.RECUSED, user, f"{entry} (eigene Erklärung)", entry=entry)
    return statement


@transaction.atomic
def state_conflicts(user, statements):
    """All or none: [(entry, is_conflicted, reason)]."""
    for entry, is_conflicted, reason in statements:
        state_conflict(user, entry, is_conflicted=is_conflicted, reason=reason)


@transaction.atomic
def save_sheet(user, entry, *, steps, notes, seen_edit_number, submit):
    """`steps` maps criteria to the steps chosen; what is missing there is not rated yet.

    Raises ValidationError and changes nothing when the round is over, the seat or the permission is gone, or another
    window has saved meanwhile.
    """
    _in_turn(user)
    seat = seat_for(user, entry)
    if seat is None:
        raise ValidationError(why_no_seat(user, entry) or NOT_YOURS, code="closed")
    if not entries_open_to(user).filter(pk=entry.pk).exists():
        raise ValidationError(SAY_FIRST, code="conflict_not_stated")
    sheet = Sheet.objects.select_for_update().filter(member=seat, entry=entry).first() or Sheet(
        member=seat, entry=entry
    )
    if sheet.edit_number != seen_edit_number:
        raise ValidationError(NEWER_SAVE, code="newer_save")
    criteria = list(entry.edition.criteria.all())
    if not steps.keys() <= set(criteria):
        raise ValidationError(STRANGE_CRITERION, code="strange_criterion")
    # A submitted sheet may be mended until the round closes, but never becomes incomplete again.
    if (submit or sheet.is_submitted) and (not criteria or steps.keys() != set(criteria)):
        raise ValidationError(INCOMPLETE, code="incomplete")
    was_submitted = sheet.is_submitted
    sheet.notes, sheet.edit_number = without_control_characters(notes), sheet.edit_number + 1
    _check_length(sheet, "notes")
    if submit and not was_submitted:
        sheet.submitted_at = timezone.now()
    sheet.full_clean()
    sheet.save()
    has_changed = _replace_scores(sheet, steps)
    if sheet.is_submitted and (has_changed or not was_submitted):
        text = f"{entry} (geändert)" if was_submitted else str(entry)
        log(entry.edition, LogEntry.Act.SUBMITTED, user, text, entry=entry)
    return sheet


def _replace_scores(sheet, steps):
    before = dict(sheet.scores.values_list("criterion", "step"))
    after = {criterion.pk: step.pk for criterion, step in steps.items()}
    if before == after:
        return False
    sheet.scores.all().delete()
    for criterion, step in steps.items():
        score = Score(sheet=sheet, criterion=criterion, step=step)
        score.full_clean()
        score.save()
    return True


def _check_length(row, name):
    """Models leave this to forms; what is typed here comes from more than one."""
    field = row._meta.get_field(name)
    if len(getattr(row, name)) > field.max_length:
        words = f"Das sind mehr als {grouped(field.max_length)} Zeichen. Bitte kürzen Sie den Text."
        raise ValidationError({name: ValidationError(words, code="too_long")})


# --- The final


def finalists_of(round):
    return Entry.objects.filter(edition=round.edition_id, finalist__isnull=False)


def ballot_choices(user, final_round):
    """The finalists this juror may vote for: all but those of whom they are recused."""
    if not seats_of(user).filter(panel__round=final_round).exists():
        return Entry.objects.none()
    return without_recused(finalists_of(final_round), user)


@sensitive_variables()
@transaction.atomic
def vote(user, final_round, entry):
    """One secret ballot. Nothing that is written here says who chose whom, and no log is kept of the choice."""
    _in_turn(user)
    # One ballot after another, and none while the office moves the end of the round.
    running = Round.objects.running().select_for_update(no_key=True)
    if running.filter(pk=final_round.pk, kind=Round.Kind.FINAL).first() is None:
        raise ValidationError(VOTE_CLOSED, code="closed")
    if has_voted(user, final_round):
        raise ValidationError(VOTED_ALREADY, code="voted_already")
    if not ballot_choices(user, final_round).filter(pk=entry.pk).exists():
        raise ValidationError(NOT_YOURS, code="not_assigned")
    if entries_to_declare(user, final_round).exists():
        raise ValidationError(SAY_FIRST_OF_ALL, code="conflict_not_stated")
    try:
        with transaction.atomic():
            Participation.objects.create(round=final_round, user=user)
    except IntegrityError as error:
        raise ValidationError(VOTED_ALREADY, code="voted_already") from error
    VoteCount.prepare(final_round)
    VoteCount.objects.filter(round=final_round).add_vote_for(entry.finalist)


def has_voted(user, final_round):
    return Participation.objects.filter(round=final_round, user=user).exists()


# --- Means of a cluster round, as far as its setting lets the jury see them


FEWEST_SHEETS = 3


def means_are_shown(round):
    if round.is_final or round.aggregates == Round.Aggregates.NEVER:
        return False
    return round.is_over == (round.aggregates == Round.Aggregates.AFTER_CLOSING)


def entries_with_means(user, round):
    """While the round runs, those the juror has handed in a sheet for; after it, all of their clusters."""
    if not means_are_shown(round):
        return Entry.objects.none()
    if not round.is_over:
        own = Sheet.objects.submitted().filter(entry=OuterRef("pk"), member__in=seats_of(user))
        return entries_open_to(user, round).filter(Exists(own))
    if not rounds_to_look_back_on(user).filter(pk=round.pk).exists():
        return Entry.objects.none()
    seats = PanelMember.objects.active().filter(user=user, panel__round=round)
    return without_recused(Entry.objects.filter(_judged_on(seats), declared_free(user)), user)


def means_for(user, round):
    """{entry: standing}. Of fewer than three sheets a mean would tell what one colleague has said."""
    entries = list(entries_with_means(user, round))
    counting = Sheet.objects.counting().filter(entry__in=entries, member__panel__round=round)
    rated = itertools.chain.from_iterable(counting.rated_by_category().values())
    weights = dict(round.edition.criteria.values_list("pk", "weight"))
    standings = scoring.rank([entry.pk for entry in entries], rated, weights)
    by_key = {one.entry: one for one in standings if one.sheets >= FEWEST_SHEETS}
    return {entry: by_key[entry.pk] for entry in entries if entry.pk in by_key}
