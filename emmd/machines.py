"""What machines ask for by a fixed name: robots, where to report weaknesses, icons, the name on a home screen."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from emmd.icons import GROUND
from publishing.views import absolute

#: RFC 9116 wants less than a year; it goes on by itself as long as the portal runs.
SECURITY_DAYS = 180


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /konto/",
        "Disallow: /jury/",
        "Disallow: /vorschau/",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request):
    """RFC 9116. The end is a day's beginning, so that the text stays the same for a day."""
    last_day = timezone.now().astimezone(UTC).date() + timedelta(days=SECURITY_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {datetime.combine(last_day, time(), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request):
    """The portal on a home screen: its name, colours and icons."""
    icons = [("img/icon-192.png", 192, "any"), ("img/icon-512.png", 512, "any"), ("img/icon-512.png", 512, "maskable")]
    content = {
        "name": settings.SITE_NAME,
        "short_name": "Mitteldeutschland",
        "description": settings.SITE_CLAIM,
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": GROUND,
        "background_color": "#FFFFFF",
        "icons": [
            {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def favicon(request):
    """Browsers and feed readers ask for this name without reading any page."""
    file = open(finders.find("img/favicon.ico"), "rb")  # noqa: SIM115
    return FileResponse(file, content_type="image/x-icon", headers={"Cache-Control": "public, max-age=604800"})
