"""What visitors ask about a listing: stored first, mailed then, forgotten in time."""

import logging
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from properties.models import Enquiry, Listing
from publishing import outbox
from publishing.days import day_in_words
from publishing.models import OutgoingMail
from publishing.text import without_control_characters
from publishing.views import absolute

log = logging.getLogger(__name__)

#: Hidden from people; programs that fill in every form fill it in, too.
HONEYPOT = "webseite"
#: The same words about the same listing within this time are one enquiry, sent twice.
SAME_ENQUIRY = timedelta(hours=1)
LONGEST_SUBJECT = 200


class TextField(forms.CharField):
    default_error_messages = {"max_length": "Bitte fassen Sie sich kürzer: Hier passen %(limit_value)d Zeichen hinein."}

    def to_python(self, value):
        return super().to_python(without_control_characters(value) if isinstance(value, str) else value)


class LineField(TextField):
    """A line break here would begin a header of somebody else's choosing, were it ever written into one."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class EnquiryForm(forms.Form):
    name = LineField(
        label="Ihr Name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Bitte nennen Sie Ihren Namen."},
    )
    organisation = LineField(
        label="Unternehmen (freiwillig)",
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="E-Mail",
        max_length=254,
        help_text="Dorthin kommt die Antwort.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Bitte nennen Sie Ihre E-Mail-Adresse, sonst kann niemand antworten.",
            "invalid": "Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.",
        },
    )
    phone = LineField(
        label="Telefon (freiwillig)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    message = TextField(
        label="Ihre Nachricht",
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Bitte schreiben Sie, was Sie wissen möchten."},
    )


def receive(listing, values):
    """Stores the enquiry and mails it to the contact. None where the same one lies there already."""
    with transaction.atomic():
        # Of two presses at the same time the second waits here, and then finds the first one's row.
        Listing.objects.select_for_update().get(pk=listing.pk)
        since = timezone.now() - SAME_ENQUIRY
        if Enquiry.objects.filter(listing_id=listing.pk, received_at__gte=since, **values).exists():
            return None
        enquiry = Enquiry(listing_id=listing.pk, **values)
        enquiry.mail = _mailed(listing, enquiry)
        enquiry.save()
    return enquiry


def _mailed(listing, enquiry):
    """None where nobody can be written to: then it waits in the admin."""
    contact = listing.contact
    if contact is None or not contact.is_current or not contact.email:
        return None
    try:
        return outbox.send_now(
            to=contact.email,
            reply_to=enquiry.email,
            subject=f"Anfrage zu {listing.number}: {listing.title}"[:LONGEST_SUBJECT],
            text=_letter(listing, enquiry),
            purpose="Anfrage zu einem Angebot",
            related_label=listing.number,
        )
    except ValidationError as error:
        log.warning("Enquiry about %s could not be mailed: %s", listing.number, error.messages)
        return None


def _letter(listing, enquiry):
    given = (
        ("Name", enquiry.name),
        ("Unternehmen", enquiry.organisation),
        ("E-Mail", enquiry.email),
        ("Telefon", enquiry.phone),
    )
    return "\n".join(
        [
            "Guten Tag,",
            "",
            f"zu Ihrem Angebot „{listing.title}“ ({listing.number}) ist eine Anfrage eingegangen:",
            absolute(listing.get_absolute_url()),
            "",
            *(f"{label}: {value}" for label, value in given if value),
            "",
            enquiry.message,
            "",
            f"Wenn Sie auf diese E-Mail antworten, geht Ihre Antwort an {enquiry.email}.",
            f"Im Portal wird die Anfrage am {day_in_words(enquiry.forgotten_on)} gelöscht. "
            "Bitte löschen Sie auch diese E-Mail, sobald Sie sie nicht mehr brauchen.",
        ]
    )


@transaction.atomic
def forget():
    """Deletes what has reached its end, with the copies of the mails. Returns how many enquiries went."""
    ended = Enquiry.objects.filter(forgotten_on__lte=timezone.localdate())
    OutgoingMail.objects.filter(enquiry__in=ended).delete()
    _, deleted = ended.delete()
    return deleted.get(Enquiry._meta.label, 0)
