import mimetypes
import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from publishing.models import Document, Image
from publishing.redirects import Gone

_PUBLIC_FILE = re.compile(r"bilder/(?P<folder>[0-9a-f]{2})/(?P<name>[0-9a-f]{24})-(\d+\.(avif|webp)|druck\.jpg)")
LONGEST_DESCRIPTION = 300
#: Where every trail of breadcrumbs begins.
HOME = ("Start", "/")
FOR_EVER = "public, max-age=31536000, immutable"
mimetypes.add_type("image/avif", ".avif")


class PublishedDetail(DetailView):
    """One public item. `queryset` holds the public rows; what was public once answers 410.

    Where visits are many, `by_slug = WrittenOnce(queryset, "slug")` spares each of them the writing of the query.
    """

    by_slug = None

    def get_object(self, queryset=None):
        try:
            return self._find(queryset)
        except Http404:
            formerly_public = self.get_queryset().model.objects.formerly_public()
            if formerly_public.filter(slug=self.kwargs["slug"]).exists():
                raise Gone from None
            raise

    def _find(self, queryset):
        # A preview brings a queryset of its own.
        if self.by_slug is None or self.queryset is not self.by_slug.queryset:
            return super().get_object(queryset)
        rows = self.by_slug.rows(self.kwargs["slug"])
        if not rows:
            raise Http404
        return rows[0]


@require_safe
def media(request, path):
    """Generated picture widths. Their names carry the content's hash, so they may be kept for ever."""
    parts = _PUBLIC_FILE.fullmatch(path)
    if not parts or not default_storage.exists(path):
        raise Http404
    if Image.objects.hidden().filter(sha256__startswith=parts["folder"] + parts["name"]).exists():
        raise Gone
    response = FileResponse(default_storage.open(path), content_type=mimetypes.guess_type(path)[0])
    response["Cache-Control"] = FOR_EVER
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def document(request, token, name):
    found = get_object_or_404(Document, token=token)
    if found.is_withdrawn:
        raise Gone
    try:
        response = FileResponse(found.file.open(), content_type=found.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    # A PDF opens in the browser's viewer; everything else is saved.
    response["Content-Disposition"] = content_disposition_header(found.extension != "pdf", found.download_name)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-downloads"
    response["Cache-Control"] = "public, max-age=300"
    return response


def description(text):
    """For search engines and social networks."""
    return Truncator(text).chars(LONGEST_DESCRIPTION)


def picture_address(image):
    """Of a picture that search engines and networks are told of; empty where there is none. The one place for it."""
    return absolute(image.largest_url) if image else ""


def absolute(path):
    """An address of the portal as others must write it, whatever host name this request used."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"
