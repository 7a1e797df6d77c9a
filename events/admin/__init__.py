from events.admin.event import EventAdmin
from events.admin.organiser import OrganiserAdmin
from events.admin.taxonomy import CategoryAdmin, SeriesAdmin
from events.admin.venue import VenueAdmin

__all__ = ["CategoryAdmin", "EventAdmin", "OrganiserAdmin", "SeriesAdmin", "VenueAdmin"]
