from django.shortcuts import render

from emmd.nearest import nearest_pages


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", {"nearest_pages": nearest_pages(request)}, status=404)


def too_many_requests(request, exception=None):
    return render(request, "429.html", status=429)


def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    match = request.resolver_match
    # A page that keeps what was typed says so itself.
    if match and hasattr(match.func, "when_csrf_fails"):
        return match.func.when_csrf_fails(request, **match.kwargs)
    return render(request, "403.html", {"form_expired": True}, status=403)
