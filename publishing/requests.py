from django.http import HttpResponse

LONGEST_QUERY_STRING = 4096


class SecurityHeadersMiddleware:
    """The headers Django itself does not send."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
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
