from pages.models.menu import MenuEntry
from pages.models.page import Page, PageDownload, PageQuerySet
from pages.models.project import Project, ProjectQuerySet
from pages.models.study import Study, StudyQuerySet

__all__ = [
    "MenuEntry",
    "Page",
    "PageDownload",
    "PageQuerySet",
    "Project",
    "ProjectQuerySet",
    "Study",
    "StudyQuerySet",
]
