"""Letters to jurors: whom, about what, in which words. A person reads them before they go."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localtime

from competition.models import LogEntry
from competition.results import log
from publishing import outbox
from publishing.models import OutgoingMail

# A subject ends at 200 letters, and a title alone may be as long.
LONGEST_TITLE = 120
# As the outbox shows them to the office.
INVITATION, REMINDER = "Einladung zur Jury", "Erinnerung an die Jury"


@dataclass(frozen=True)
class Letter:
    to: str
    name: str
    subject: str
    text: str
    purpose: str


def reminders(round_, progress):
    """To those who still have something to do, and to nobody else; before and after the round to nobody."""
    if not round_.is_running:
        return []
    open_seats = [one for panel in progress for one in panel.seats if not one.is_done]
    return [
        _letter(round_, one.seat, REMINDER, _reminder_subject(round_), _reminder_text(round_, one))
        for one in open_seats
    ]


def invitations(round_, progress):
    seats = [(panel, one) for panel in progress for one in panel.seats]
    return [
        _letter(
            round_, one.seat, INVITATION, f"Einladung zur Jury: {_award(round_)}", _invitation_text(round_, panel, one)
        )
        for panel, one in seats
    ]


def waiting_in_outbox(letters, round_):
    """Those whose letter of this kind is there already: a second one would be sent as well."""
    purposes = {letter.purpose for letter in letters}
    mails = OutgoingMail.objects.waiting().about(_key(round_)).filter(purpose__in=purposes)
    waiting = set(mails.values_list("to", flat=True))
    return [letter for letter in letters if letter.to in waiting]


def without_address(letters):
    return [letter.name for letter in letters if not letter.to]


# --- words


def _letter(round_, seat, purpose, subject, text):
    greeting = f"Guten Tag {seat},"
    closing = f"Mit freundlichen Grüßen\nIhre Geschäftsstelle\n{settings.ORGANISATION_NAME}"
    return Letter(seat.user.email, str(seat), subject, f"{greeting}\n\n{text}\n\n{closing}\n", purpose)


def _award(round_):
    return f"{Truncator(round_.edition.title).chars(LONGEST_TITLE)}, {round_.get_kind_display()}"


def _reminder_subject(round_):
    return f"Jury: noch offen bis {_moment(round_.closes_at)}"


def _reminder_text(round_, progress):
    lines = "\n".join(f"– {words}" for words in what_is_left(progress))
    return (
        f"in der {_round_in_words(round_)} fehlt von Ihnen noch:\n\n{lines}\n\n"
        f"Das Portal nimmt bis {_moment(round_.closes_at)} an, danach nichts mehr:\n{_address()}"
    )


def what_is_left(progress):
    """„die Erklärung zur Befangenheit bei 3 Beiträgen“, …"""
    left = []
    if progress.to_state:
        left.append(f"die Erklärung zur Befangenheit bei {_counted(progress.to_state, 'Beitrag', 'Beiträgen')}")
    if progress.unrated:
        left.append(_counted(progress.unrated, "Bewertungsbogen", "Bewertungsbögen"))
    if progress.vote_is_missing:
        left.append("Ihre Stimme")
    return left


def _invitation_text(round_, panel, progress):
    task = "über die Finalisten abzustimmen" if round_.is_final else "die Beiträge Ihrer Jury zu bewerten"
    number = _counted(panel.entries, "Beitrag", "Beiträge")
    return (
        f"Sie gehören zur Jury „{panel.panel}“ der {_round_in_words(round_)}. Wir bitten Sie, {task} ({number}).\n\n"
        f"Offen ist der Zugang von {_moment(round_.opens_at)} bis {_moment(round_.closes_at)}:\n{_address()}\n\n"
        "Bevor die Unterlagen eines Beitrags aufgehen, fragt das Portal, ob bei Ihnen ein Interessenkonflikt besteht."
    )


def _round_in_words(round_):
    return f"Runde „{round_.get_kind_display()}“ ({round_.edition.title})"


def _address():
    return settings.SITE_URL + reverse("jury:start")


def _moment(moment):
    return f"{localtime(moment):%d.%m.%Y, %H:%M} Uhr"


def _counted(number, one, many):
    return f"{number} {one if number == 1 else many}"


# --- into the outbox


def mails_about(edition):
    return OutgoingMail.objects.about(f"competition/{edition.pk}")


def _key(round_):
    return f"competition/{round_.edition_id}/{round_.pk}"


@transaction.atomic
def prepare(letters, round_, *, by):
    """Stored, not sent: in the outbox a person reads them and sends them.

    Returns how many, and why the others could not be: in words, each with the person's name.
    """
    prepared, refusals = [], []
    for letter in letters:
        try:
            outbox.prepare(
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
                purpose=letter.purpose,
                related_label=str(round_),
                related_key=_key(round_),
                by=by,
            )
        except ValidationError as error:
            refusals.append(_refusal(letter, error))
        else:
            prepared.append(letter)
    if prepared:
        what = "Einladung" if prepared[0].purpose == INVITATION else "Erinnerung"
        text = f"{round_}: {what} an {_counted(len(prepared), 'Mitglied', 'Mitglieder')}"
        log(round_.edition, LogEntry.Act.REMINDED, by, text)
    return len(prepared), refusals


def _refusal(letter, error):
    if not letter.to:
        return f"{letter.name} hat keine E-Mail-Adresse."
    if "to" in error.message_dict:
        return f"{letter.name}: An „{letter.to}“ kommt keine E-Mail an."
    return f"{letter.name}: {' '.join(error.messages)}"
