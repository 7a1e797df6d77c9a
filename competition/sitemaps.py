from django.urls import reverse

from competition.models import Edition, Entry
from publishing.sitemaps import PortalSitemap


class AwardPageSitemap(PortalSitemap):
    """No day of change: it would tell of a page on which somebody is at work before the ceremony."""

    def items(self):
        rooms = [reverse("competition:index"), reverse("competition:hall-of-fame")]
        pages = (
            ("competition:edition", Edition.objects.published()),
            ("competition:finalists", Edition.objects.with_public_finalists()),
            ("competition:winners", Edition.objects.with_public_winners()),
        )
        years = [
            reverse(name, args=[year])
            for name, editions in pages
            for year in editions.newest_first().values_list("year", flat=True)
        ]
        return rooms + years

    def location(self, path):
        return path


class EntrySitemap(PortalSitemap):
    def items(self):
        # By address: the order of the table is that in which entries were judged or typed.
        entries = Entry.objects.public().select_related("edition", "image").order_by("-edition__year", "slug")
        return entries.only("slug", "edition__year", "image", *self.picture_fields)

    def picture_of(self, entry):
        return entry.image
