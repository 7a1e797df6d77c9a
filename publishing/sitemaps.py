from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from publishing.views import picture_address


class PortalSitemap(Sitemap):
    """Addresses as SITE_URL has them, whatever host name the sitemap was asked under."""

    limit = 5000
    #: What a picture's address is made of: for `only()`, after select_related("image").
    picture_fields = ("image__sha256", "image__public_widths", "image__hidden_at")

    def picture_of(self, item):
        """An Image or None. Its address stands beside that of the page."""
        return

    def _urls(self, page, protocol, domain):
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            url["picture"] = picture_address(self.picture_of(url["item"]))
        return urls

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class PagesReadOnce(PortalSitemap):
    """A few hundred addresses. Subclasses answer `pages`, as a cached property: [(path, last change or None), …], each
    with an Image or None behind where it may have one."""

    def items(self):
        return self.pages

    def location(self, page):
        return page[0]

    def lastmod(self, page):
        return page[1]

    def picture_of(self, page):
        return page[2] if len(page) > 2 else None

    def get_latest_lastmod(self):
        return max((page[1] for page in self.pages if page[1]), default=None)
