from functools import cached_property

from django.urls import reverse

from pages.models import Gallery, Page, Project, Study
from publishing.sitemaps import PagesReadOnce


class PageSitemap(PagesReadOnce):
    """The contact page, editorial pages, projects, studies, galleries, partners: some hundred addresses."""

    @cached_property
    def pages(self):
        found = [
            (item.get_absolute_url(), item.changed_at, item.image)
            for model, name in ((Page, "path"), (Project, "slug"), (Study, "slug"), (Gallery, "slug"))
            for item in model.objects.published()
            .select_related("image")
            .only(name, "changed_at", "image", *self.picture_fields)
            .order_by("pk")
        ]
        lists = ("contact", "project-list", "study-list", "gallery-list", "partner-list")
        return [*((reverse(f"pages:{name}"), None) for name in lists), *found]
