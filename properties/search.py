from django.utils import timezone

from properties.models import District, Hall, Land
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register


def headline(listing):
    return Headline(listing.title, listing.get_kind_display())


def words_of(listing):
    place = f"{listing.number} {listing.town} {listing.district}"
    offer = f"{listing.get_zoning_display()} {' '.join(listing.offers)}"
    shown = headline(listing)
    return Words(
        title=shown.title,
        label=shown.label,
        text=" ".join([listing.teaser, plain_text(listing.body), place, offer]),
        day=timezone.localdate(listing.confirmed_at) if listing.confirmed_at else None,
    )


for model, name, label in ((Land, "flaechen", "Gewerbeflächen"), (Hall, "hallen", "Hallen")):
    register(
        Source(
            name,
            label,
            model,
            words_of,
            public=model.objects.published,
            rows=model.objects.select_related("district").all,
            follows={District: "district"},
            headline=headline,
        )
    )
