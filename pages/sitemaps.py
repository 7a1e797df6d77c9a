from functools import cached_property

from django.urls import reverse

from pages.models import Page, Project, Study
from publishing.sitemaps import PagesReadOnce


class PageSitemap(PagesReadOnce):
    """Editorial pages, projects, studies: some hundred addresses."""

    @cached_property
    def pages(self):
        found = [
            (item.get_absolute_url(), item.changed_at)
            for model, name in ((Page, "path"), (Project, "slug"), (Study, "slug"))
            for item in model.objects.published().only(name, "changed_at").order_by("pk")
        ]
        return [(reverse("pages:project-list"), None), (reverse("pages:study-list"), None), *found]
