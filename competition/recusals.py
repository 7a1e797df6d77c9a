"""Recusals that the office sets and lifts. What a juror states of themselves is in jury.py."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from competition.jury import without_recused
from competition.models import ConflictStatement, Decision, Edition, Entry, LogEntry, name_of
from competition.results import log
from publishing.text import without_control_characters

RECUSED_ALREADY = "Dieses Mitglied ist bei diesem Beitrag schon befangen."
NOT_ONES_OWN = "Die eigene Befangenheit hebt jemand anderes auf."
REASON_NEEDED = "Bitte nennen Sie den Grund: Er steht im Protokoll der Vorgänge."
LONGEST_REASON = 300
WITH_TYPED_REASON = (LogEntry.Act.REOPENED, LogEntry.Act.DECISION_REVOKED)


def is_recused_of_any(user, entries):
    """Who is recused of one entry neither sees the order of those it competes with, nor decides among them."""
    return ConflictStatement.objects.recused().filter(user=user, entry__in=entries).exists()


def statements_visible_to(user):
    """Also a list of recusals names entries: not those of which the reader is recused."""
    return ConflictStatement.objects.filter(entry__in=without_recused(Entry.objects.all(), user))


def decisions_visible_to(user):
    """A decision among entries of which the reader is recused of one says something of that one."""
    recused = ConflictStatement.objects.recused().filter(user=user)
    in_category = recused.filter(entry__category=OuterRef("category"))
    in_final = recused.filter(entry__edition=OuterRef("edition"), entry__finalist__isnull=False)
    hidden = Q(Exists(in_category)) | (Q(category__isnull=True) & Exists(in_final))
    return Decision.objects.exclude(hidden).select_related("round", "edition", "category__cluster")


def log_visible_to(user):
    """No line that names an entry of which the reader is recused, nor one whose typed reason might name it."""
    recused = ConflictStatement.objects.recused().filter(user=user)
    of_its_entry = recused.filter(entry=OuterRef("entry"))
    of_its_edition = recused.filter(entry__edition=OuterRef("edition"))
    hidden = Q(Exists(of_its_entry)) | (Q(act__in=WITH_TYPED_REASON) & Exists(of_its_edition))
    return LogEntry.objects.exclude(hidden)


def results_visible_to(user, rows):
    """Prizes or records, before the winners are public: none of an edition in which the reader is recused."""
    recused = ConflictStatement.objects.recused().filter(user=user, entry__edition=OuterRef("edition"))
    return rows.exclude(Exists(recused) & ~Q(edition__in=Edition.objects.with_public_winners()))


def recused_categories(user, entries):
    own = ConflictStatement.objects.recused().filter(user=user, entry__in=entries)
    return set(own.values_list("entry__category", flat=True))


@transaction.atomic
def recuse(user, entry, *, reason, by):
    """Holds at once: pages close, sheets count no more, whatever the juror has stated before."""
    statement = ConflictStatement.objects.select_for_update().filter(user=user, entry=entry).first()
    statement = statement or ConflictStatement(user=user, entry=entry)
    if statement.pk and statement.is_conflicted:
        raise ValidationError(RECUSED_ALREADY, code="recused_already")
    statement.is_conflicted, statement.is_by_office = True, True
    statement.reason = without_control_characters(reason).strip()
    statement.full_clean()
    statement.save()
    # Without the reason: it goes after the edition, the log stays.
    text = f"{name_of(user)}, {entry} (durch die Geschäftsstelle)"
    log(entry.edition, LogEntry.Act.RECUSED, by, text, entry=entry)
    return statement


@transaction.atomic
def lift(statement, *, reason, by):
    """The juror is asked again before the papers open: that the office lifts it is no statement of theirs."""
    reason = without_control_characters(reason).strip()
    if not reason:
        raise ValidationError(REASON_NEEDED, code="reason_needed")
    if statement.user_id == by.pk:
        raise ValidationError(NOT_ONES_OWN, code="own_recusal")
    deleted, _ = ConflictStatement.objects.recused().filter(pk=statement.pk).delete()
    if deleted:
        text = f"{name_of(statement.user)}, {statement.entry}: {reason}"
        log(statement.entry.edition, LogEntry.Act.RECUSAL_LIFTED, by, text, entry=statement.entry)
