"""The maps are our own drawings. Only where a tile server is named, visitors may load its street map."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_URL = re.compile(r"https://[a-zA-Z0-9.-]+(:\d{1,5})?/[^\s\"'<>;,]*")


def checked(url, attribution):
    """(url, attribution, the host pictures may come from), all of them empty without a tile server."""
    if not url:
        return "", "", ""
    if not _URL.fullmatch(url):
        raise ImproperlyConfigured(
            f"MAP_TILE_URL is “{url}”. Write it as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png, with one host."
        )
    if missing := [name for name in ("{z}", "{x}", "{y}") if name not in url]:
        raise ImproperlyConfigured(f"MAP_TILE_URL lacks {' and '.join(missing)}: without it all tiles are the same.")
    if not attribution:
        raise ImproperlyConfigured("MAP_TILE_ATTRIBUTION is missing. Say whose map it is, as its licence wants it.")
    if not leaflet_files():
        raise ImproperlyConfigured(
            "MAP_TILE_URL is set, but Leaflet is missing. Install the extra “tiles” (django-leaflet)."
        )
    return url, attribution, f"https://{urlsplit(url).netloc}"


def leaflet_files():
    """For STATICFILES_DIRS. As an app, the package that ships them would want the libraries of GeoDjango."""
    package = find_spec("leaflet")
    return [("leaflet", Path(package.submodule_search_locations[0], "static/leaflet"))] if package else []
