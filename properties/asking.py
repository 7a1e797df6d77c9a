"""Asks the contacts of listings by mail whether all of it still holds; one press in the mail answers.

Nobody is asked about the same listing twice within PAUSE, whoever asks: the office or a timer.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from properties import words
from properties.confirmation import LINK_DAYS, link_ends_at, make_link
from properties.models import ChangeReport, Listing
from publishing import outbox
from publishing.days import day_in_words
from publishing.models.outgoing_mail import LINK_MARK
from publishing.views import absolute

PAUSE = timedelta(days=30)
#: As the outbox shows it.
PURPOSE = "Abfrage zum Stand"
LONGEST_SUBJECT = 200


class CannotAsk(Exception):  # noqa: N818
    """Says in a sentence that names the listing why its contact is not asked."""


def due_for_asking():
    """Whoever has reported a change waits for the office, and is not asked once more."""
    reported = ChangeReport.objects.filter(handled_at=None).values("listing")
    return (
        Listing.objects.due_for_check()
        .filter(_not_asked_lately(), contact__isnull=False)
        .exclude(contact__email="")
        .exclude(pk__in=reported)
        .select_related("contact", "district")
        .order_by("next_check_on", "pk")
    )


@transaction.atomic
def ask(listing, *, by=None, at_once=False):
    """The mail in the outbox: to be read and sent by a person, or sent at once. Raises CannotAsk."""
    refuse(listing)
    # In one statement: of two who ask at the same moment only one does.
    if not Listing.objects.filter(_not_asked_lately(), pk=listing.pk).update(asked_at=timezone.now()):
        raise CannotAsk(f"{_named(listing)}: vor weniger als {PAUSE.days} Tagen abgefragt.")
    hand_over = outbox.send_now if at_once else outbox.prepare
    try:
        return hand_over(
            to=listing.contact.email,
            subject=f"Stimmt noch alles? {listing.number} {listing.title}"[:LONGEST_SUBJECT],
            text=_letter(listing),
            purpose=PURPOSE,
            related_label=listing.number,
            link=absolute(make_link(listing)),
            link_ends_at=link_ends_at(),
            by=by,
        )
    except ValidationError as error:
        transaction.set_rollback(True)
        raise CannotAsk(f"{_named(listing)}: {' '.join(error.messages)}") from error


def refuse(listing):
    """What one can see without writing anything."""
    if not listing.released:
        raise CannotAsk(f"{_named(listing)}: nicht veröffentlicht, also gibt es nichts zu bestätigen.")
    if listing.availability == Listing.Availability.TAKEN:
        raise CannotAsk(f"{_named(listing)}: schon vergeben.")
    if listing.contact is None:
        raise CannotAsk(f"{_named(listing)}: hat keinen Kontakt.")
    if not listing.contact.email:
        raise CannotAsk(f"{_named(listing)}: Der Kontakt „{listing.contact}“ hat keine E-Mail-Adresse.")
    if not listing.contact.is_current:
        raise CannotAsk(f"{_named(listing)}: Der Kontakt „{listing.contact}“ gilt nicht mehr.")


def _not_asked_lately():
    return Q(asked_at__isnull=True) | Q(asked_at__lte=timezone.now() - PAUSE)


def _named(listing):
    return f"{listing.number} „{listing.title}“"


def _letter(listing):
    stand = words.confirmed_on(listing)
    last_day = day_in_words(timezone.localdate() + timedelta(days=LINK_DAYS))
    return "\n".join(
        [
            "Guten Tag,",
            "",
            f"im Portal der Metropolregion Mitteldeutschland steht Ihr Angebot „{listing.title}“ ({listing.number}):",
            absolute(listing.get_absolute_url()),
            "",
            f"Bestätigt wurde es zuletzt am {stand}." if stand else "Bestätigt wurde es noch nie.",
            "Stimmt noch alles? Hat sich etwas geändert? Oder ist es vergeben? Ein Klick genügt:",
            "",
            LINK_MARK,
            "",
            f"Der Link gilt {LINK_DAYS} Tage, bis zum {last_day}. "
            "Ohne Bestätigung trägt das Angebot nach 180 Tagen einen Hinweis; nach 365 Tagen verlässt es die Liste.",
            "",
            "Mit freundlichen Grüßen",
            "Ihre Geschäftsstelle der Metropolregion Mitteldeutschland",
        ]
    )
