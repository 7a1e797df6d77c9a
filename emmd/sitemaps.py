from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusters.sitemaps import ClusterSitemap
from competition.sitemaps import AwardPageSitemap, EntrySitemap
from events.sitemaps import EventPageSitemap, EventSitemap
from news.sitemaps import ArticleSitemap, NewsPageSitemap
from pages.sitemaps import PageSitemap
from properties.sitemaps import ListingPageSitemap, ListingSitemap
from publishing.sitemaps import PortalSitemap
from publishing.views import absolute


class HomeSitemap(PortalSitemap):
    def items(self):
        return ["/"]

    def location(self, path):
        return path


SITEMAPS = {
    "portal": HomeSitemap,
    "aktuelles": NewsPageSitemap,
    "beitraege": ArticleSitemap,
    "kalender": EventPageSitemap,
    "termine": EventSitemap,
    "iq": AwardPageSitemap,
    "einreichungen": EntrySitemap,
    "cluster": ClusterSitemap,
    "flaechenpool": ListingPageSitemap,
    "objekte": ListingSitemap,
    "seiten": PageSitemap,
}

OPTIONS = {"sitemaps": SITEMAPS, "template_name": "sitemap_with_pictures.xml"}


@require_safe
@x_robots_tag
def sitemap_index(request):
    """Django's own names the host that was asked; ours names SITE_URL, as the parts do."""
    parts = []
    for section, sitemap_class in SITEMAPS.items():
        part, address = sitemap_class(), absolute(reverse("sitemap-section", args=[section]))
        newest = part.get_latest_lastmod()
        pages = [address, *(f"{address}?p={number}" for number in part.paginator.page_range if number > 1)]
        parts += [SitemapIndexItem(page, newest) for page in pages]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")
