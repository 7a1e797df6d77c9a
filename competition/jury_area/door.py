"""The one door to the closed area: who may come in, and that nobody keeps what they were shown."""

from functools import partial, wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import render

from access import second_factor
from competition import jury
from publishing.page_cache import never_cache_for_strangers

SIGNED_OUT = "Ihre Anmeldung ist abgelaufen."
FORM_EXPIRED = "Das Formular war abgelaufen. Ihre Eingaben sind noch da: Bitte speichern Sie noch einmal."


def jury_page(view=None, *, for_strangers=False, keeps_text=False):
    """For every view below /jury/.

    `for_strangers`: also for people with an account who are no jurors. `keeps_text`: a form with something typed in it.
    Such a view is also called when the form's token has expired (`request.form_has_expired`) or when the juror has no
    seat any more. It then saves nothing and shows the text again.
    """
    if view is None:
        return partial(jury_page, for_strangers=for_strangers, keeps_text=keeps_text)

    @wraps(view)
    def guarded(request, **kwargs):
        try:
            response = _refusal(request, for_strangers, keeps_text) or view(request, **kwargs)
        except Http404:
            response = render(request, "competition/jury/not_found.html", status=404)
        return kept_by_nobody(response)

    def when_csrf_fails(request, **kwargs):
        if keeps_text:
            request.form_has_expired = True
            return guarded(request, **kwargs)
        return form_expired(request)

    guarded.when_csrf_fails = when_csrf_fails
    return guarded


def kept_by_nobody(response):
    never_cache_for_strangers(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def form_expired(request, **kwargs):
    return kept_by_nobody(render(request, "403.html", {"form_expired": True}, status=403))


def form_has_expired(request):
    return getattr(request, "form_has_expired", False)


def wants_json(request):
    return request.headers.get("Accept") == "application/json"


def _refusal(request, for_strangers, keeps_text):
    carries_text = keeps_text and request.method == "POST"
    if not (request.user.is_authenticated and request.user.is_active):
        return _show_text_again(request) if carries_text else redirect_to_login(_way_back(request), settings.LOGIN_URL)
    if second_factor.is_missing(request.user):
        return render(request, "competition/jury/second_factor.html", status=403)
    if not for_strangers and not carries_text and not jury.is_juror(request.user):
        raise Http404
    return None


def _way_back(request):
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path


def _show_text_again(request):
    if wants_json(request):
        return JsonResponse({"state": "signed_out", "message": SIGNED_OUT}, status=403)
    return render(request, "competition/jury/signed_out.html", {"typed": typed_again(request)}, status=403)


def typed_again(request):
    """What was typed and chosen, to be seen and to be sent once more: [(name, value, whether it is a text)]."""
    fields = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return [(name, value, name == "notizen" or name.startswith("grund-")) for name, value in fields]
