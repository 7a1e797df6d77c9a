from events.models import Event, Organiser, Venue
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register


def headline(event):
    return Headline(event.title, "Termin")


def words_of(event):
    names = [str(event.venue or ""), *(organiser.name for organiser in event.organisers.all())]
    texts = [event.teaser, plain_text(event.body), plain_text(event.recap)]
    shown = headline(event)
    return Words(title=shown.title, label=shown.label, text=" ".join([*texts, *names]), day=event.starts_on)


def rows():
    return Event.objects.select_related("venue").prefetch_related("organisers")


register(
    Source(
        "termine",
        "Termine",
        Event,
        words_of,
        public=Event.objects.published,
        rows=rows,
        headline=headline,
        follows={Venue: "venue", Organiser: "organisers"},
    )
)
