"""Every mail of the portal is stored first and sent then: a mail server that fails loses nothing.

    mail = prepare(to=…, subject=…, text=…, purpose=…, by=user)    somebody reads it and sends it later
    send(mail, by=user)                                           now; False says it failed and will be tried again
    send_now(to=…, subject=…, text=…, purpose=…)                  for what the portal sends by itself

A link that opens something for whoever has it is handed over as `link`: the text shows LINK_MARK in its place, the
link itself lies sealed beside it until the mail is sent, is discarded, or the link ends; then it is forgotten.
"""

import logging
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from publishing.models.outgoing_mail import LINK_MARK, OutgoingMail
from publishing.sealed import CannotUnsealError, seal, unseal

log = logging.getLogger(__name__)

#: After each failure the pause before the timer tries again; after the last one a person has to.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
#: Longer than any attempt takes: EMAIL_TIMEOUT ends one.
LONGEST_ATTEMPT = timedelta(minutes=5)
LINK_ENDED = "Der Link in dieser E-Mail war abgelaufen, bevor sie gesendet werden konnte."
LINK_LOST = "Der Link in dieser E-Mail ist nicht mehr lesbar, weil der SECRET_KEY gewechselt hat."


class NoMailServer(BaseEmailBackend):
    """In production without EMAIL_URL: mails stay in the outbox instead of vanishing."""

    def send_messages(self, email_messages):
        raise ConnectionError("Es ist kein Mailserver eingerichtet (EMAIL_URL).")


def prepare(
    *,
    to,
    subject,
    text,
    purpose,
    reply_to="",
    related_label="",
    related_key="",
    by=None,
    link="",
    link_ends_at=None,
):
    """Raises ValidationError where nobody could get this mail. With `link`, the text holds LINK_MARK in its place."""
    mail = OutgoingMail(
        to=to,
        subject=subject,
        text=text,
        purpose=purpose,
        reply_to=reply_to,
        related_label=related_label,
        related_key=related_key,
        prepared_by=by,
        sealed_link=seal(link) if link else "",
        link_ends_at=link_ends_at,
    )
    mail.full_clean()
    mail.save()
    return mail


def send_now(**values):
    """Stored, and sent as soon as the surrounding transaction has kept it. What fails is repeated by the timer."""
    mail = prepare(**values)
    release(mail)
    transaction.on_commit(partial(send, mail, by=values.get("by")))
    return mail


def release(mail):
    """From now on the timer takes care of it, should nobody else."""
    now = timezone.now()
    mail.released_at = mail.released_at or now
    mail.next_attempt_at = mail.next_attempt_at or now
    mail.save(update_fields=["released_at", "next_attempt_at"])


def send(mail, *, by=None):
    """True: the mail server has taken it. A mail that is sent, discarded or just being sent is left alone.

    So is one that was corrected after the caller has read it.
    """
    if not _hold(mail, attempts=F("attempts") + 1, released_at=mail.released_at or timezone.now()):
        return False
    mail.refresh_from_db()
    if mail.is_too_late:
        _discard(mail, LINK_ENDED)
        return False
    try:
        _as_message(mail).send()
    except CannotUnsealError:
        _discard(mail, LINK_LOST)
        return False
    except Exception as error:  # Whatever a mail server, a name server or a wrong setting comes up with.
        _note_failure(mail, error)
        return False
    _close(mail, OutgoingMail.State.SENT, sent_at=timezone.now(), sent_by=by, last_error="")
    return True


def discard(mail):
    """False where it was sent meanwhile."""
    if not _hold(mail):
        return False
    _discard(mail, "")
    return True


def send_what_is_due(limit=200):
    """For a timer. Returns how many were sent and how many failed."""
    results = [send(mail) for mail in OutgoingMail.objects.due().order_by("next_attempt_at", "pk")[:limit]]
    return results.count(True), results.count(False)


def _hold(mail, **changes):
    """In one statement, so that of two who want to send the same mail only one does."""
    now = timezone.now()
    free = OutgoingMail.objects.waiting().at_rest().filter(pk=mail.pk, **mail.wording)
    # Should this process die meanwhile, the timer takes over when the hold ends.
    return bool(free.update(held_until=now + LONGEST_ATTEMPT, next_attempt_at=now + LONGEST_ATTEMPT, **changes))


def _as_message(mail):
    text = mail.text.replace(LINK_MARK, unseal(mail.sealed_link)) if mail.sealed_link else mail.text
    headers = {
        # The same at every attempt: whoever gets it twice has one mail.
        "Message-ID": f"<portal-{mail.pk}-{mail.prepared_at:%Y%m%d%H%M%S}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(
        mail.subject, text, to=[mail.to], reply_to=[mail.reply_to] if mail.reply_to else None, headers=headers
    )


def _note_failure(mail, error):
    log.warning("Mail %s was not sent: %s", mail.pk, type(error).__name__)
    pause = PAUSES[mail.attempts - 1] if mail.attempts <= len(PAUSES) else None
    mail.state = OutgoingMail.State.FAILED
    mail.last_error = (str(error) or type(error).__name__)[:300]
    mail.held_until = None
    mail.next_attempt_at = timezone.now() + pause if pause else None
    mail.save(update_fields=["state", "last_error", "held_until", "next_attempt_at"])


def _discard(mail, reason):
    _close(mail, OutgoingMail.State.DISCARDED, last_error=reason)


def _close(mail, state, **values):
    for name, value in (
        values | {"state": state, "sealed_link": "", "held_until": None, "next_attempt_at": None}
    ).items():
        setattr(mail, name, value)
    mail.save()
