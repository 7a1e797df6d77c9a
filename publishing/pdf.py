"""Pages as tagged PDF. WeasyPrint is an optional extra: it needs Pango on the machine."""

import hashlib
import importlib.util
import mimetypes
import threading
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

#: For WeasyPrint, of what is read on a screen or printed at home.
FOR_THE_SCREEN = {"optimize_images": True, "jpeg_quality": 75, "dpi": 150}
LIFETIME = 60 * 60  # seconds; a change of content ends it at once
PATIENCE = 2  # seconds

_one_at_a_time = threading.Lock()


def is_possible():
    return importlib.util.find_spec("weasyprint") is not None


def make_pdf(request, template, context, **options):
    """`options` are WeasyPrint's, for example how pictures are kept small."""
    import weasyprint

    html = render_to_string(template, context, request=request)
    return weasyprint.HTML(string=html, base_url=settings.SITE_URL, url_fetcher=_own_files_only()).write_pdf(
        pdf_variant="pdf/ua-1", **options
    )


def kept_response(request, make, name):
    """What `make()` returns, as a file for everybody: kept until content changes, and made by one request at a time.

    A PDF costs a second of a processor: whoever asks for many of them must not keep visitors from their pages.
    """
    version = getattr(request, "site_version", None)
    # Whatever host name or parameters a request came with: the file holds the portal's own address.
    key = hashlib.blake2b(f"{version} {request.path}".encode(), digest_size=16).hexdigest()
    content = caches["files"].get(key) if version else None
    if content is None:
        if not _one_at_a_time.acquire(timeout=PATIENCE):
            busy = render(request, "503.html", status=503)
            busy["Retry-After"] = "10"
            return busy
        try:
            content = make()
        finally:
            _one_at_a_time.release()
        if version:
            caches["files"].set(key, content, LIFETIME)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    response["X-Robots-Tag"] = "noindex"
    # Kept above and by browsers, not as a page: a hundred exposés with pictures are more than all pages together.
    response["Cache-Control"] = "public, max-age=300"
    return response


def _own_files_only():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Nothing is loaded over the network and nothing from the disk but the portal's own pictures and styles."""

        def fetch(self, url, headers=None):
            content, kind = _own_file(url)
            return URLFetcherResponse(url, body=BytesIO(content), headers={"Content-Type": kind})

    return OwnFilesOnly()


def _own_file(url):
    address = urlsplit(url)
    path = unquote(address.path)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if f"{address.scheme}://{address.netloc}" != settings.SITE_URL:
        raise ValueError("Only the portal's own files are loaded.")
    if path.startswith(settings.MEDIA_URL):
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
            return file.read(), kind
    found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
    if found is None:
        raise ValueError("Only the portal's own files are loaded.")
    with open(found, "rb") as file:
        return file.read(), kind
