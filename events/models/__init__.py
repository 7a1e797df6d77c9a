from events.models.event import Event, EventQuerySet
from events.models.organiser import Organiser
from events.models.parts import EventDownload, EventImage, EventLink, PriceGroup
from events.models.taxonomy import Category, Series
from events.models.venue import Venue

__all__ = [
    "Category",
    "Event",
    "EventDownload",
    "EventImage",
    "EventLink",
    "EventQuerySet",
    "Organiser",
    "PriceGroup",
    "Series",
    "Venue",
]
