"""Whole public responses, kept compressed in the process, keyed by address and site version.

A change of content changes the version, so every process sees it with its next request. What appears or disappears
without a change, because its time has come, is at most LIFETIME late and never early: pages are rendered from
queries that ask the database's clock.
"""

import gzip
import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response, patch_vary_headers

from publishing.requests import preferred_encoding
from publishing.site_version import read_version

ENCODERS = {
    # Quality 11 takes 100 ms for one page. Beyond 4 it works with larger tables: three times the time for 4 % less.
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "": lambda body: body,
}
LIFETIME = 50  # seconds; the promise to editors is one minute
LARGEST_BODY = 4_000_000  # a calendar of some thousand events; stored compressed
LONGEST_CACHED_QUERY = 300
NOT_PAGES = (
    *("/admin/", "/konto/", "/jury/", "/vorschau/", "/healthz", "/readyz"),
    *("/static/", "/media/", "/dokumente/", "/karten/"),
)
REVALIDATE = "public, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Page:
    """A response as it goes over the wire. Each content encoding is a page of its own: most visitors want the same."""

    headers: dict
    etag: str
    body: bytes

    @classmethod
    def from_response(cls, response, encoding):
        etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        body = ENCODERS[encoding](response.content)
        headers = dict(response.items()) | {
            "ETag": etag,
            "Cache-Control": REVALIDATE,
            "Vary": "Accept-Encoding",
            "Content-Length": str(len(body)),
        }
        return cls(headers | ({"Content-Encoding": encoding} if encoding else {}), etag, body)

    def response_to(self, request):
        response = HttpResponse(self.body, headers=self.headers)
        return get_conditional_response(request, etag=self.etag, response=response)


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_PAGES):
            return self.get_response(request)
        # Read before rendering: a change that commits meanwhile leaves this page under the version it outdated.
        request.site_version = read_version() if settings.PAGE_CACHE else None
        encoding = preferred_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""), ("br", "gzip"))
        key = page_key(request, request.site_version, encoding)
        page = caches["pages"].get(key) if request.site_version else None
        if page is None:
            response = self.get_response(request)
            if not is_same_for_everybody(request, response):
                return response
            page = Page.from_response(response, encoding)
            if request.site_version and has_only_known_parameters(request):
                caches["pages"].set(key, page, LIFETIME)
        return page.response_to(request)


def page_key(request, version, encoding=""):
    # Any port and any spelling of an allowed host is answered: as many keys for one page must not fill the cache.
    domain, _ = split_domain_port(request.get_host())
    query = sorted(query_without_campaigns(request).items())
    address = f"{version} {encoding} {request.scheme}://{domain}{request.path}?{urlencode(query, doseq=True)}"
    return hashlib.blake2b(address.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def query_without_campaigns(request):
    """Each parameter with all its values, as views read them."""
    return {name: values for name, values in request.GET.lists() if not name.startswith("utm_")}


def is_same_for_everybody(request, response):
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if "Cache-Control" in response or "Content-Encoding" in response:
        return False
    if response.get("Vary", "Accept-Encoding").lower() != "accept-encoding" or getattr(request, "_csp_nonce", None):
        return False
    return len(response.content) <= LARGEST_BODY


def has_only_known_parameters(request):
    """What else stands in an address is nobody's page: kept, strangers could fill the cache with it."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_CACHED_QUERY:
        return False
    query = query_without_campaigns(request)
    # Of a repeated parameter views read only the last value: what stands before it could be anything.
    return query.keys() <= understood_parameters(request) and all(len(values) == 1 for values in query.values())


def understood_parameters(request):
    """A view says with `request.understood_parameters` which parameters it answered to, each with a value it knows."""
    return getattr(request, "understood_parameters", frozenset())


def never_cache_for_strangers(response):
    """For what must stay between the portal and one reader: previews, forms."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["Cookie"])
    return response
