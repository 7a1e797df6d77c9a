from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from pages.barriers import reporting_path
from pages.menus import menus, slots


@dataclass
class Entry:
    label: str
    url_name: str
    #: A section may have a second beginning.
    second_url_name: str = ""

    @cached_property
    def path(self):
        return reverse(self.url_name)

    @cached_property
    def beginnings(self):
        return (self.path, *([reverse(self.second_url_name)] if self.second_url_name else []))


#: A room that opens adds its line here. Pages that editors put into the menu follow, at most seven entries in all.
MAIN = (
    Entry("Aktuelles", "news:list"),
    Entry("Termine", "events:list"),
    Entry("IQ Innovationspreis", "competition:index"),
    Entry("Cluster", "clusters:list"),
    Entry("Flächen und Hallen", "properties:land-list", "properties:hall-list"),
    Entry("Projekte", "pages:project-list"),
)
MOST_MAIN_ENTRIES = 7

#: Sections that only the footer names.
FURTHER = (
    Entry("Studien", "pages:study-list"),
    Entry("Galerien", "pages:gallery-list"),
    Entry("Partner", "pages:partner-list"),
    Entry("Presse", "news:press"),
    Entry("Kontakt", "pages:contact"),
)

FEEDS = (
    Entry("Aktuelles als Atom-Feed", "news:atom"),
    Entry("Aktuelles als RSS-Feed", "news:rss"),
    Entry("Pressemitteilungen als Atom-Feed", "news:press-atom"),
    Entry("Gewerbeflächen als Atom-Feed", "properties:land-atom"),
    Entry("Hallen als Atom-Feed", "properties:hall-atom"),
)


def main_entries(request):
    rooms = [(entry.label, entry.beginnings, []) for entry in MAIN]
    items = menus(request).get("menu", [])[: MOST_MAIN_ENTRIES - len(rooms)]
    pages = [(item.label, (item.path,), item.below) for item in items]
    return [
        {"label": label, "path": beginnings[0], "is_current": request.path.startswith(beginnings), "below": below}
        for label, beginnings, below in (*rooms, *pages)
    ]


def site(request):
    """Context for every template. Never asks the user; the menu is read where a template shows it, once a version."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_CLAIM": settings.SITE_CLAIM,
        "SITE_URL": settings.SITE_URL,
        "ORGANISATION_NAME": settings.ORGANISATION_NAME,
        "main_navigation": SimpleLazyObject(lambda: main_entries(request)),
        "further_sections": FURTHER,
        "footer_pages": SimpleLazyObject(lambda: menus(request).get("footer", [])),
        "menu_slots": SimpleLazyObject(lambda: slots(request)),
        "reporting_path": SimpleLazyObject(lambda: reporting_path(request)),
        "feed_links": FEEDS,
    }
