"""What visitors write to the office: stored first, mailed then, forgotten in time, with every copy of it."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from publishing import outbox
from publishing.days import day_in_words
from publishing.models import Contact, OutgoingMail
from publishing.models.outgoing_mail import KEPT_FOR

log = logging.getLogger(__name__)

#: The same words within this time are one message, sent twice.
SAME_MESSAGE = timedelta(hours=1)
LONGEST_SUBJECT = 200


def forgotten_on():
    """Answered or not: the page says so before anybody writes."""
    return timezone.localdate() + KEPT_FOR


@dataclass(frozen=True)
class Letter:
    """To whom a message goes on. What has no current contact with an address waits in the admin."""

    contact: Contact | None
    subject: str
    #: Each paragraph's lines; how to answer and when it is deleted is added to all letters.
    lines: tuple[str, ...]
    purpose: str
    related_label: str = ""


@transaction.atomic
def receive(row, *, letter, is_same, lock):
    """Stores a row with `mail`, `email`, `received_at` and `forgotten_on`. None where the same lies there already.

    Of two presses at the same time the second waits for the rows of `lock`, and then finds the first one's row.
    """
    list(lock.select_for_update())
    since = timezone.now() - SAME_MESSAGE
    if type(row).objects.filter(received_at__gte=since, **is_same).exists():
        return None
    row.mail = _mailed(letter, row)
    row.save()
    return row


def _mailed(letter, row):
    contact = letter.contact
    if contact is None or not contact.is_current or not contact.email:
        return None
    return send(
        to=contact.email,
        reply_to=row.email,
        subject=letter.subject,
        lines=[*letter.lines, "", *_last_lines(row)],
        purpose=letter.purpose,
        related_label=letter.related_label,
    )


def send(*, subject, lines, purpose, related_label, **mail):
    """None where nobody can be written to at that address: what came in is stored all the same."""
    try:
        return outbox.send_now(
            subject=" ".join(subject.split())[:LONGEST_SUBJECT],
            text="\n".join(["Guten Tag,", "", *lines]),
            purpose=purpose,
            related_label=related_label[:LONGEST_SUBJECT],
            **mail,
        )
    except ValidationError as error:
        log.warning("„%s“ could not be mailed: %s", purpose, error.messages)
        return None


def _last_lines(row):
    how = f"Wenn Sie auf diese E-Mail antworten, geht Ihre Antwort an {row.email}."
    return [
        how if row.email else "Eine Antwort ist nicht möglich: Es ist keine E-Mail-Adresse genannt.",
        f"Im Portal wird diese Nachricht am {day_in_words(row.forgotten_on)} gelöscht. "
        "Bitte löschen Sie auch diese E-Mail, sobald Sie sie nicht mehr brauchen.",
    ]


def ended(model):
    """Rows whose day has come."""
    return model.objects.filter(forgotten_on__lte=timezone.localdate())


@transaction.atomic
def delete_with_mails(rows):
    """Returns how many rows went. The copy of a mail holds the same words: it goes along."""
    OutgoingMail.objects.filter(pk__in=list(rows.values_list("mail", flat=True))).delete()
    _, deleted = rows.delete()
    return deleted.get(rows.model._meta.label, 0)
