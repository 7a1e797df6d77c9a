from pages.models.gallery import Gallery, GalleryPhoto, GalleryQuerySet
from pages.models.menu import MenuEntry
from pages.models.office import Office
from pages.models.page import Page, PageDownload, PageQuerySet
from pages.models.partner import Partner
from pages.models.photo_report import PhotoReport
from pages.models.project import Project, ProjectQuerySet
from pages.models.received import BarrierReport, ContactMessage
from pages.models.study import Study, StudyQuerySet

__all__ = [
    "BarrierReport",
    "ContactMessage",
    "Gallery",
    "GalleryPhoto",
    "GalleryQuerySet",
    "MenuEntry",
    "Office",
    "Page",
    "PageDownload",
    "PageQuerySet",
    "Partner",
    "PhotoReport",
    "Project",
    "ProjectQuerySet",
    "Study",
    "StudyQuerySet",
]
