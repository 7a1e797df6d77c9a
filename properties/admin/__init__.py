from properties.admin.hall import HallAdmin
from properties.admin.incoming import ChangeReportAdmin, EnquiryAdmin
from properties.admin.land import LandAdmin
from properties.admin.provider import ProviderAdmin
from properties.admin.regions import DistrictAdmin, PlaceAdmin

__all__ = [
    "ChangeReportAdmin",
    "DistrictAdmin",
    "EnquiryAdmin",
    "HallAdmin",
    "LandAdmin",
    "PlaceAdmin",
    "ProviderAdmin",
]
