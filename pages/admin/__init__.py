from pages.admin.editorial import MenuEntryAdmin, OfficeAdmin, PageAdmin, ProjectAdmin, StudyAdmin
from pages.admin.galleries import GalleryAdmin
from pages.admin.partners import PartnerAdmin
from pages.admin.photo_reports import PhotoReportAdmin
from pages.admin.received import BarrierReportAdmin, ContactMessageAdmin

__all__ = [
    "BarrierReportAdmin",
    "ContactMessageAdmin",
    "GalleryAdmin",
    "MenuEntryAdmin",
    "OfficeAdmin",
    "PageAdmin",
    "PartnerAdmin",
    "PhotoReportAdmin",
    "ProjectAdmin",
    "StudyAdmin",
]
