from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap


class PortalSitemap(Sitemap):
    """Addresses as SITE_URL has them, whatever host name the sitemap was asked under."""

    limit = 5000

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class PagesReadOnce(PortalSitemap):
    """A few hundred addresses. Subclasses answer `pages`, as a cached property: [(path, last change or None), …]"""

    def items(self):
        return self.pages

    def location(self, page):
        return page[0]

    def lastmod(self, page):
        return page[1]

    def get_latest_lastmod(self):
        return max((changed for _, changed in self.pages if changed), default=None)
