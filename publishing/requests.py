from functools import lru_cache

from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Ten kilobytes pasted into a search field are thirty, written as %C3%A4: they get a page with a hint.
LONGEST_QUERY_STRING = 32_768


class SecurityHeadersMiddleware:
    """The headers Django itself does not send."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        # A view may say otherwise: feed readers show the portal's pictures on their own pages.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefuseHostileAddressMiddleware:
    """Answers addresses no link of ours ever makes, before anything parses them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY_STRING:
            return HttpResponse(
                "Diese Adresse ist zu lang. Bitte kürzen Sie den Teil nach dem Fragezeichen.",
                status=414,
                content_type="text/plain; charset=utf-8",
            )
        if "\x00" in request.path:
            return HttpResponse(
                "Diese Adresse enthält ein unzulässiges Zeichen.",
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class CompressPagesMiddleware(GZipMiddleware):
    """Files are streamed as they are: pictures, PDFs and archives are compressed already, and keep their length."""

    def process_response(self, request, response):
        if response.streaming:
            return response
        if not preferred_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""), ("gzip",)):
            patch_vary_headers(response, ["Accept-Encoding"])
            return response
        return super().process_response(request, response)


@lru_cache(maxsize=256)
def preferred_encoding(accept_encoding, offered):
    """The one of `offered` this Accept-Encoding likes best, the earlier one in a tie; "" for the body as it is."""
    weights = {}
    for entry in accept_encoding.lower().split(","):
        name, _, parameter = entry.partition(";")
        weights[name.strip()] = _weight(parameter)
    best = max(offered, key=lambda name: weights.get(name, weights.get("*", 0)))
    weight = weights.get(best, weights.get("*", 0))
    return best if weight > 0 and weight >= weights.get("identity", 0) else ""


def _weight(parameter):
    name, _, value = parameter.partition("=")
    if not name.strip():
        return 1
    try:
        return float(value)
    except ValueError:
        return 0
