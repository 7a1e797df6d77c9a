"""The table of contents: one line a room."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from emmd import health, home, machines, search, sitemaps
from emmd.former_addresses import former_address

handler400 = "emmd.errors.bad_request"
handler403 = "emmd.errors.permission_denied"
handler404 = "emmd.errors.page_not_found"
handler429 = "emmd.errors.too_many_requests"
handler500 = "emmd.errors.server_error"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("", include("news.urls")),
    path("", include("events.urls")),
    path("", include("clusters.urls")),
    path("", include("competition.urls")),
    path("", include("properties.urls")),
    path("jury/", include("competition.jury_area.urls")),
    path("", include("publishing.urls")),
    path("suche/", search.SearchPage.as_view(), name="search"),
    path("suche/vorschlaege/", search.suggestions, name="search-suggestions"),
    path("suche/opensearch.xml", search.opensearch, name="opensearch"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, sitemaps.OPTIONS, name="sitemap-section"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("de/<path:rest>", former_address, name="former-address"),
    path("news/<path:rest>", former_address, name="former-address"),
    path("press-releases/<path:rest>", former_address, name="former-address"),
    path("konto/", include("access.urls")),
    path("admin/", admin.site.urls),
    # Answers at any address that nobody above has taken.
    path("", include("pages.urls")),
]
