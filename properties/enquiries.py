"""What visitors ask about a listing, and to whom it goes."""

from django import forms

from properties.models import Enquiry, Listing
from publishing import incoming
from publishing.public_forms import LineField, email_field, message_field, name_field
from publishing.views import absolute


class EnquiryForm(forms.Form):
    name = name_field()
    organisation = LineField(
        label="Unternehmen (freiwillig)",
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    email = email_field()
    phone = LineField(
        label="Telefon (freiwillig)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    message = message_field()


def receive(listing, values):
    """None where the same enquiry lies there already."""
    return incoming.receive(
        Enquiry(listing_id=listing.pk, **values),
        letter=_letter(listing, values),
        is_same={"listing_id": listing.pk, **values},
        lock=Listing.objects.filter(pk=listing.pk),
    )


def _letter(listing, values):
    given = (
        ("Name", values["name"]),
        ("Unternehmen", values["organisation"]),
        ("E-Mail", values["email"]),
        ("Telefon", values["phone"]),
    )
    return incoming.Letter(
        contact=listing.contact,
        subject=f"Anfrage zu {listing.number}: {listing.title}",
        lines=(
            f"zu Ihrem Angebot „{listing.title}“ ({listing.number}) ist eine Anfrage eingegangen:",
            absolute(listing.get_absolute_url()),
            "",
            *(f"{label}: {value}" for label, value in given if value),
            "",
            values["message"],
        ),
        purpose="Anfrage zu einem Angebot",
        related_label=listing.number,
    )
