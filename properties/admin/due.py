"""What is due: the panels of „Heute“, and the filter of the lists that leads to the same rows."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from properties.models import Listing
from properties.models.selection import DOUBTFUL_AFTER, STALE_AFTER
from publishing.admin.due import Due
from publishing.admin.published import PublishedAdmin
from publishing.admin.words import german_moment

#: So long before a listing leaves the public list, those who keep it are warned.
WARNED_BEFORE = timedelta(days=30)
CERTIFICATE_ENDS_SOON = timedelta(days=60)


def confirmed_within(newest, oldest):
    """Whose Stand is at least `newest` and less than `oldest` ago."""
    return Q(confirmed_at__lte=Now() - newest, confirmed_at__gt=Now() - oldest)


def _looked_after(rows):
    """Released, and not given away: whose Stand matters."""
    return rows.filter(released=True).exclude(availability=Listing.Availability.TAKEN)


def to_check(rows):
    return rows.due_for_check().filter(confirmed_at__gt=Now() - DOUBTFUL_AFTER)


def doubtful(rows):
    return _looked_after(rows).filter(confirmed_within(DOUBTFUL_AFTER, STALE_AFTER - WARNED_BEFORE))


def leaving_soon(rows):
    return _looked_after(rows).filter(confirmed_within(STALE_AFTER - WARNED_BEFORE, STALE_AFTER))


def stale(rows):
    return _looked_after(rows).unconfirmed_since(STALE_AFTER)


def submitted(rows):
    return rows.filter(submitted_at__isnull=False)


def given_back(rows):
    return rows.exclude(return_note="")


def certificate_ends(rows):
    until = timezone.localdate() + CERTIFICATE_ENDS_SOON
    return rows.filter(released=True, energy_valid_until__lte=until)


# --- what „Heute“ says of each


def confirmed_note(listing):
    stand = f"{timezone.localtime(listing.confirmed_at):%d.%m.%Y}" if listing.confirmed_at else "nie"
    return f"{listing.district}, {listing.number}, bestätigt {stand}"


def submitted_note(listing):
    return f"{listing.district}, {listing.number}, vorgelegt {german_moment(listing.submitted_at)}"


def certificate_note(hall):
    return f"{hall.district}, {hall.number}, gültig bis {hall.energy_valid_until:%d.%m.%Y}"


BY_STAND = ("confirmed_at", "pk")

#: By their names in addresses, in the order of „Heute“. One listing is in at most one of those of its Stand.
DUE = {
    "vorgelegt": Due("zur Freigabe vorgelegt", submitted, submitted_note, 4, BY_STAND),
    "zurueckgegeben": Due(
        "von der Geschäftsstelle zurückgegeben", given_back, lambda listing: listing.return_note, 5, BY_STAND
    ),
    "veraltet": Due("aus der Liste, weil veraltet", stale, confirmed_note, 6, BY_STAND),
    "bald-weg": Due("bald aus der Liste", leaving_soon, confirmed_note, 7, BY_STAND),
    "zweifelhaft": Due("Stand zweifelhaft", doubtful, confirmed_note, 8, BY_STAND),
    "pruefen": Due("Stand zu prüfen", to_check, confirmed_note, 9, BY_STAND),
    **PublishedAdmin.due,
}
DUE_OF_HALLS = DUE | {
    "energieausweis": Due("Energieausweis läuft ab", certificate_ends, certificate_note, 10, BY_STAND)
}
