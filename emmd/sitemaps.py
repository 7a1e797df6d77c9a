from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.sitemaps import ArticleSitemap, NewsPageSitemap
from publishing.sitemaps import PortalSitemap
from publishing.views import absolute


class HomeSitemap(PortalSitemap):
    def items(self):
        return ["/"]

    def location(self, path):
        return path


SITEMAPS = {"portal": HomeSitemap, "aktuelles": NewsPageSitemap, "beitraege": ArticleSitemap}


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /vorschau/",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
