from properties.models.change_report import ChangeReport
from properties.models.enquiry import Enquiry
from properties.models.hall import Hall, HallQuerySet
from properties.models.land import Land
from properties.models.listing import Listing
from properties.models.parts import Distance, ListingDocument, ListingImage, Lot, Utility
from properties.models.provider import Provider
from properties.models.regions import District, DistrictSeat, Place, State
from properties.models.selection import ListingQuerySet

__all__ = [
    "ChangeReport",
    "Distance",
    "District",
    "DistrictSeat",
    "Enquiry",
    "Hall",
    "HallQuerySet",
    "Land",
    "Listing",
    "ListingDocument",
    "ListingImage",
    "ListingQuerySet",
    "Lot",
    "Place",
    "Provider",
    "State",
    "Utility",
]
