"""What the search knows of each room: a room's own module `search.py` registers it, the floor names none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Words:
    """What of one row is searched and shown. Only what stands on its page, at any moment at which that is public."""

    title: str
    label: str
    text: str = ""
    day: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Headline:
    """What a picture of one row says of it: read with every page, so it must not ask the database."""

    title: str
    label: str
    #: Of a cluster (clusters.signs): its colour.
    sign: str = ""


@dataclass(frozen=True)
class Source:
    """Rows of one model. `public` answers with those visitors may see now, and is asked with every search."""

    name: str  # in the address: ?art=termine
    label: str
    model: type[Model]
    words_of: Callable[[Model], Words]
    public: Callable[[], QuerySet]
    #: With what `words_of` reads beside the row.
    rows: Callable[[], QuerySet]
    #: Where a row stands that has no page of its own.
    path_of: Callable[[Model], str] = lambda row: row.get_absolute_url()
    #: Models whose names stand among the words, and the lookup that leads there: {Venue: "venue"}.
    follows: dict[type[Model], str] = field(default_factory=dict)
    #: None for what has no page of its own.
    headline: Callable[[Model], Headline] | None = None


#: By name, in the order in which the rooms are installed.
SOURCES: dict[str, Source] = {}


def register(source):
    SOURCES[source.name] = source


def with_pages():
    """Of what has a page of its own, and no files: far fewer to ask."""
    return [source for source in SOURCES.values() if source.headline]


def source_of(model):
    return next((source for source in SOURCES.values() if source.model is model), None)
