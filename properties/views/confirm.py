"""The page behind the link in a provider's mail. Opening it changes nothing: programs that check mails open links."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from properties import confirmation
from properties.confirmation import Answer, LinkState
from properties.facts import facts
from publishing.page_cache import never_cache_for_strangers
from publishing.text import without_control_characters

LONGEST_TEXT = 4000
NO_TEXT = "Bitte schreiben Sie kurz, was sich geändert hat."
TOO_LONG = "Bitte fassen Sie sich kürzer: Hier passen 4.000 Zeichen hinein."
NO_ANSWER = "Bitte wählen Sie eine der drei Antworten."
EXPIRED = "Das Formular war abgelaufen. Ihre Eingaben sind noch da: Bitte antworten Sie noch einmal."


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    response = _answered(request, token) if request.method == "POST" else _page(request, token)
    return _for_one_reader(response)


def form_has_expired(request, token):
    return _for_one_reader(_page(request, token, text=_typed(request), error=EXPIRED, status=403))


confirm.when_csrf_fails = form_has_expired


def _answered(request, token):
    answer, text = request.POST.get("antwort", ""), _typed(request)
    if error := _what_is_wrong(answer, text):
        return _page(request, token, text=text, error=error)
    confirmation.give_answer(token, answer, text)
    # The link is used by now: its page says what came of it.
    return redirect(request.path)


def _what_is_wrong(answer, text):
    if answer not in Answer.values:
        return NO_ANSWER
    if len(text) > LONGEST_TEXT:
        return TOO_LONG
    return NO_TEXT if answer == Answer.CHANGED and not text else ""


def _typed(request):
    return without_control_characters(request.POST.get("text", "")).strip()


def _page(request, token, *, text="", error="", status=200):
    link = confirmation.read_link(token)
    if link.state is LinkState.ENDED:
        return render(request, "properties/confirm_ended.html", status=410)
    listing = link.listing.specific
    context = {"listing": listing, "state": link.state.value, "title": f"Stand von {listing.number}"}
    if link.state is LinkState.OPEN:
        context |= {
            "facts": facts(listing),
            "text": text,
            "error": error,
            "by": confirmation.confirmer_of(listing),
            "Answer": Answer,
        }
        return render(request, "properties/confirm.html", context, status=status)
    return render(request, "properties/confirm_done.html", context)


def _for_one_reader(response):
    never_cache_for_strangers(response)
    # The address opens the form for whoever has it. Without any referrer the form would seem to come from elsewhere.
    response["Referrer-Policy"] = "same-origin"
    return response
