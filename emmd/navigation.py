from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse


@dataclass
class Entry:
    label: str
    url_name: str

    @cached_property
    def path(self):
        return reverse(self.url_name)


#: A room that opens adds its line here: at most seven in the main navigation.
MAIN = (
    Entry("Aktuelles", "news:list"),
    Entry("Termine", "events:list"),
    Entry("IQ Innovationspreis", "competition:index"),
    Entry("Cluster", "clusters:list"),
    Entry("Presse", "news:press"),
)

FEEDS = (
    Entry("Aktuelles als Atom-Feed", "news:atom"),
    Entry("Aktuelles als RSS-Feed", "news:rss"),
    Entry("Pressemitteilungen als Atom-Feed", "news:press-atom"),
)


def main_entries(current_path):
    return [
        {"label": entry.label, "path": entry.path, "is_current": current_path.startswith(entry.path)} for entry in MAIN
    ]


def site(request):
    """Context for every template. Asks neither the user nor the database: error pages need it too."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_CLAIM": settings.SITE_CLAIM,
        "SITE_URL": settings.SITE_URL,
        "ORGANISATION_NAME": settings.ORGANISATION_NAME,
        "main_navigation": main_entries(request.path),
        "feed_links": FEEDS,
    }
