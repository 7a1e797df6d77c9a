"""What the pages of a round have in common: who may open them, and how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from competition.models import Category, Round

READ = ("GET", "HEAD")
READ_AND_SAVE = (*READ, "POST")
CHOOSE = "Bitte wählen"


@dataclass(frozen=True)
class RoundPage:
    """`view` gets the admin, the request, the round and what else is in the route."""

    route: str
    name: str
    view: Callable
    permission: str = "competition.view_round"
    methods: tuple = READ

    def pattern(self, model_admin):
        return path(
            f"<int:pk>/{self.route}", model_admin.admin_site.admin_view(self._bound(model_admin)), name=self.url
        )

    @property
    def url(self):
        return f"competition_round_{self.name}"

    def _bound(self, model_admin):
        @require_http_methods(self.methods)
        def page(request, pk, **rest):
            if not request.user.has_perm(self.permission):
                raise PermissionDenied
            round_ = get_object_or_404(Round.objects.select_related("edition"), pk=pk)
            return self.view(model_admin, request, round_, **rest)

        return page


def address(round_, name="overview", *args):
    return reverse(f"admin:competition_round_{name}", args=[round_.pk, *args])


def show(model_admin, request, round_, template, context, status=200):
    context = (
        model_admin.admin_site.each_context(request)
        | {
            "round": round_,
            "opts": model_admin.opts,
            "overview_path": address(round_),
        }
        | context
    )
    return render(request, template, context, status=status)


def judged_category(round_, key):
    """404 for a cluster that no panel of this round judges."""
    judged = Category.objects.filter(panel_categories__round=round_).select_related("cluster")
    return get_object_or_404(judged, pk=key)


def back(model_admin, request, path_, text, level):
    model_admin.message_user(request, text, level)
    return HttpResponseRedirect(path_)


def posted(request):
    """For a form: also an empty one that was sent is refused in words."""
    return request.POST if request.method == "POST" else None
