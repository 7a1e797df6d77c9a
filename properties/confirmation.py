"""One press in a mail confirms a listing: a signed link leads to its facts and three answers.

The link is made for one „Stand“. It ends after LINK_DAYS, and as soon as somebody has answered or the listing was
confirmed otherwise, so that an old mail cannot vouch for facts it never showed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from properties.models import ChangeReport, Listing

SALT = "properties.confirmation"
LINK_DAYS = 60


class Answer(models.TextChoices):
    HOLDS = "holds", "Alles stimmt noch"
    CHANGED = "changed", "Etwas hat sich geändert"
    TAKEN = "taken", "Das Angebot ist vergeben"


class LinkState(Enum):
    OPEN = "open"
    CONFIRMED = "confirmed"  # through this link, or otherwise since it was made
    REPORTED = "reported"
    ENDED = "ended"


@dataclass(frozen=True)
class Link:
    state: LinkState
    listing: Listing | None = None


ENDED = Link(LinkState.ENDED)


def make_link(listing):
    """The path of a new link. Links made earlier stay good, until one of them is used."""
    token = signing.dumps([listing.pk, _moment(listing.confirmed_at), _moment(timezone.now())], salt=SALT)
    return reverse("properties:confirm", args=[token])


def link_ends_at():
    return timezone.now() + timedelta(days=LINK_DAYS)


def read_link(token):
    return _read(token, Listing.objects.select_related("district", "land", "hall"))


def confirmer_of(listing):
    """Whom the exposé names: the body that offers, not the person who pressed."""
    if listing.provider:
        return listing.provider.name
    return listing.contact.role if listing.contact else listing.confirmed_by


@transaction.atomic
def give_answer(token, answer, text=""):
    """The link as it was when it was used: of two presses at the same time only one finds it open."""
    # Locked by itself first: a row joined to others that may be missing cannot be.
    link = _read(token, Listing.objects.select_for_update())
    if link.state is not LinkState.OPEN:
        return link
    listing = link.listing.specific
    # What somebody has written is for the office, whichever answer they pressed.
    if text:
        ChangeReport.objects.create(listing_id=listing.pk, text=text)
    if answer == Answer.CHANGED:
        return link
    if answer == Answer.TAKEN:
        listing.availability = Listing.Availability.TAKEN
    listing.confirm(by=confirmer_of(listing))
    listing._change_reason = f"Über den Link bestätigt: {Answer(answer).label}"
    # Nothing else: an editor may be saving other fields at this moment.
    listing.save(update_fields=["availability", "confirmed_at", "confirmed_by", "next_check_on"])
    return link


def _read(token, listings):
    try:
        pk, confirmed_at, made_at = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
    except signing.BadSignature:
        return ENDED
    listing = listings.filter(pk=pk, released=True).first()
    if listing is None:
        return ENDED
    if _moment(listing.confirmed_at) != confirmed_at:
        return Link(LinkState.CONFIRMED, listing)
    if listing.change_reports.filter(reported_at__gte=datetime.fromisoformat(made_at)).exists():
        return Link(LinkState.REPORTED, listing)
    if listing.availability == Listing.Availability.TAKEN:
        return ENDED
    return Link(LinkState.OPEN, listing)


def _moment(moment):
    return moment.astimezone(UTC).isoformat() if moment else ""
