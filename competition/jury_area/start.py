from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from competition import jury
from competition.jury_area.door import form_expired, jury_page, kept_by_nobody
from competition.jury_area.work import days_left, rounds_of, work_of


@jury_page(for_strangers=True)
@require_safe
def start(request):
    work = [work_of(request.user, round) for round in rounds_of(request.user)]
    context = {
        "work": [(one, days_left(one.round.closes_at)) for one in work],
        "looking_back": jury.rounds_to_look_back_on(request.user).select_related("edition"),
    }
    return render(request, "competition/jury/start.html", context)


@jury_page
@require_safe
def round_page(request, pk):
    round = get_object_or_404(rounds_of(request.user), pk=pk)
    context = {
        "work": work_of(request.user, round),
        "days_left": days_left(round.closes_at),
        "shows_means": jury.means_are_shown(round),
    }
    return render(request, "competition/jury/round.html", context)


@jury_page(for_strangers=True)
def nothing_here(request, rest):
    """Any other address below /jury/ answers like those that exist: strangers cannot tell them apart."""
    raise Http404


def log_out(request):
    """Also clears what drafts have left on the device, even where the page's script did not run."""
    if request.method != "POST":
        return kept_by_nobody(redirect("jury:start"))
    logout(request)
    response = render(request, "competition/jury/logged_out.html")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return kept_by_nobody(response)


log_out.when_csrf_fails = form_expired
