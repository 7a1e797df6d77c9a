"""The reading folder as a PDF. WeasyPrint is an optional extra: it needs Pango on the machine."""

import importlib.util
import mimetypes
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string


def is_possible():
    return importlib.util.find_spec("weasyprint") is not None


def make_pdf(request, context):
    import weasyprint

    html = render_to_string("competition/jury/dossier.html", context, request=request)
    return weasyprint.HTML(string=html, base_url=settings.SITE_URL, url_fetcher=_own_files_only()).write_pdf(
        pdf_variant="pdf/ua-1"
    )


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
