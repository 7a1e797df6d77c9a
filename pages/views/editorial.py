from django.http import Http404

from pages.models import Page
from pages.parts import part_of
from publishing.redirects import Gone
from publishing.views import HOME, PublishedDetail, description


class PageDetail(PublishedDetail):
    queryset = Page.objects.published().with_page_parts()

    def get_object(self, queryset=None):
        if "slug" in self.kwargs:  # A preview names the page so.
            return super().get_object(queryset)
        found = self.get_queryset().filter(path=self.kwargs["path"]).first()
        if found:
            return found
        if Page.objects.formerly_public().filter(path=self.kwargs["path"]).exists():
            raise Gone
        raise Http404

    def get_context_data(self, **kwargs):
        page = self.object
        ancestors = page.ancestors
        children = Page.objects.published().below(page).only("title", "path", "teaser")
        context = super().get_context_data(**kwargs) | part_of(page)
        return context | {
            "title": page.title,
            "description": description(page.teaser),
            "breadcrumbs": [HOME, *((one.title, one.get_absolute_url()) for one in (*ancestors, page))],
            "children": children,
            "siblings": siblings_of(page) if ancestors else [],
            "downloads": [
                row.document for row in page.downloads.select_related("document") if not row.document.is_withdrawn
            ],
            "contact": page.contact if page.contact and page.contact.is_current else None,
        }


def siblings_of(page):
    return Page.objects.published().below(page.parent).exclude(pk=page.pk).only("title", "path")
