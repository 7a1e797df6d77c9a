from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from publishing.models import Redirect
from publishing.page_cache import REVALIDATE


class Gone(Http404):
    """What was public here has been withdrawn."""


def gone(request):
    return render(request, "410.html", status=410)


def stored_answer(request):
    """What the table of redirects says to this address, or None."""
    redirect = Redirect.objects.filter(old_path=request.path).first()
    if redirect is None:
        return None
    if redirect.new_path:
        # Browsers keep a 301 for ever unless told otherwise: an address that moves back would lead in a circle.
        return HttpResponsePermanentRedirect(redirect.new_path, headers={"Cache-Control": REVALIDATE})
    return gone(request)


class RedirectMiddleware:
    """No public address dies: a moved one redirects, a withdrawn one says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return stored_answer(request) or response

    def process_exception(self, request, exception):
        return gone(request) if isinstance(exception, Gone) else None
