"""Whole public responses, kept compressed in the process, keyed by address and site version.

A change of content changes the version, so every process sees it with its next request. What appears or disappears
without a change, because its time has come, is at most LIFETIME late and never early: pages are rendered from
queries that ask the database's clock.
"""

import gzip
import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from publishing.site_version import read_version

LIFETIME = 50  # seconds; the promise to editors is one minute
LARGEST_BODY = 2_000_000
LONGEST_CACHED_QUERY = 300
NOT_PAGES = ("/admin/", "/static/", "/media/", "/dokumente/", "/vorschau/", "/healthz", "/readyz")
KEPT_HEADERS = ("Content-Type", "Last-Modified", "Link", "X-Robots-Tag")
REVALIDATE = "public, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Page:
    headers: dict
    etag: str
    gzipped: bytes
    brotlied: bytes

    @classmethod
    def from_response(cls, response):
        body = response.content
        return cls(
            headers={name: response[name] for name in KEPT_HEADERS if name in response},
            etag=f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
            gzipped=gzip.compress(body, 6, mtime=0),
            # Quality 11 takes 100 ms for one page, 5 takes 2 and is hardly larger.
            brotlied=brotli.compress(body, quality=5),
        )

    def response_to(self, request):
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if "br" in accepted:
            response = HttpResponse(self.brotlied, headers=self.headers | {"Content-Encoding": "br"})
        elif "gzip" in accepted:
            response = HttpResponse(self.gzipped, headers=self.headers | {"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(gzip.decompress(self.gzipped), headers=self.headers)
        response["ETag"] = self.etag
        response["Cache-Control"] = REVALIDATE
        response["Vary"] = "Accept-Encoding"
        response["Content-Length"] = str(len(response.content))
        return get_conditional_response(request, etag=self.etag, response=response)


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_PAGES):
            return self.get_response(request)
        # Read before rendering: a change that commits meanwhile leaves this page under the version it outdated.
        version = read_version() if settings.PAGE_CACHE else None
        key = page_key(request, version)
        page = caches["pages"].get(key) if version else None
        if page is None:
            response = self.get_response(request)
            if not is_same_for_everybody(request, response):
                return response
            page = Page.from_response(response)
            if version:
                caches["pages"].set(key, page, LIFETIME)
        return page.response_to(request)


def page_key(request, version):
    query = sorted(query_without_campaigns(request))
    address = f"{request.scheme}://{request.get_host()}{request.path}?{urlencode(query)}"
    return f"{version}:{hashlib.blake2b(address.encode(errors='surrogatepass'), digest_size=16).hexdigest()}"


def query_without_campaigns(request):
    raw = request.META.get("QUERY_STRING", "")
    return [(name, value) for name, value in parse_qsl(raw, keep_blank_values=True) if not name.startswith("utm_")]


def is_same_for_everybody(request, response):
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if "Cache-Control" in response or "cookie" in response.get("Vary", "").lower():
        return False
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_CACHED_QUERY or len(response.content) > LARGEST_BODY:
        return False
    names = {name for name, _ in query_without_campaigns(request)}
    return names <= understood_parameters(request)


def understood_parameters(request):
    """A view says with `request.understood_parameters` which parameters it answered to, each with a value it knows."""
    return getattr(request, "understood_parameters", frozenset())


def never_cache_for_strangers(response):
    """For what must stay between the portal and one reader: previews, forms."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["Cookie"])
    return response
