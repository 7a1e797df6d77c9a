"""The secret ballot in two steps. The choice travels in the body of a request and is shown only in its answer."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from competition import jury
from competition.jury_area.door import jury_page
from competition.jury_area.work import days_left, rounds_of
from competition.models import Round
from competition.models.prizes import alphabetical

CHOOSE_ONE = "Bitte wählen Sie einen Beitrag."


def _final(request, pk):
    return get_object_or_404(rounds_of(request.user).filter(kind=Round.Kind.FINAL), pk=pk)


@jury_page
@require_safe
def ballot(request, pk):
    return _ballot_page(request, _final(request, pk))


@sensitive_post_parameters()
@jury_page
@sensitive_variables()
def confirm(request, pk):
    """Shows the choice once more. Coming back to this page later, by the browser's own history, shows it no more."""
    final = _final(request, pk)
    if request.method != "POST":
        return redirect("jury:ballot", pk=pk)
    if jury.has_voted(request.user, final):
        return _ballot_page(request, final)
    chosen = _chosen(request, final)
    if chosen is None:
        return _ballot_page(request, final, error=CHOOSE_ONE)
    return render(request, "competition/jury/confirm_vote.html", {"round": final, "chosen": chosen})


@sensitive_post_parameters()
@jury_page
@sensitive_variables()
def cast(request, pk):
    final = _final(request, pk)
    if request.method != "POST":
        return redirect("jury:ballot", pk=pk)
    chosen = _chosen(request, final)
    if chosen is None and not jury.has_voted(request.user, final):
        return _ballot_page(request, final, error=CHOOSE_ONE)
    try:
        if chosen is not None:
            jury.vote(request.user, final, chosen)
    except ValidationError as error:
        return _ballot_page(request, final, error=error.messages[0])
    return redirect("jury:ballot", pk=pk)


def _chosen(request, final):
    value = request.POST.get("wahl", "")
    choices = jury.ballot_choices(request.user, final).select_related("category__cluster", "finalist")
    return next((entry for entry in choices if str(entry.pk) == value), None)


def _ballot_page(request, final, *, error=""):
    has_voted = jury.has_voted(request.user, final)
    choices = [] if has_voted else jury.ballot_choices(request.user, final).select_related("category__cluster")
    context = {
        "round": final,
        "has_voted": has_voted,
        "choices": alphabetical(choices),
        "to_declare": jury.entries_to_declare(request.user, final).count(),
        "days_left": days_left(final.closes_at),
        "error": error,
    }
    return render(request, "competition/jury/ballot.html", context)
