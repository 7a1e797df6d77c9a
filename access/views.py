from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from access import second_factor
from access.forms import SetPasswordForm
from access.invitation import invited_user

INVITATION = "access_invitation"
ONWARD = "access_onward"


@require_safe
def invitation(request, token):
    """Takes the token out of the address, so that no log and no “Referer” has it. Opening the link changes nothing."""
    if invited_user(token) is None:
        return render(request, "access/invitation_ended.html", status=410)
    request.session[INVITATION] = token
    return redirect("access-invitation-form")


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_form(request):
    user = invited_user(request.session.get(INVITATION, ""))
    if user is None:
        return render(request, "access/invitation_ended.html", status=410)
    form = SetPasswordForm(user=user)
    if request.method == "POST" and "passkey" in request.POST:
        # The link stays good until there is a passkey: a tablet that fails now must not lock anybody out.
        return perform_login(request, user, redirect_url=reverse("mfa_add_webauthn"))
    if request.method == "POST":
        form = SetPasswordForm(user=user, data=request.POST)
        if form.is_valid():
            form.save()
            return perform_login(request, user)
    return render(request, "access/invitation.html", {"form": form, "invited": user})


@login_required
@require_safe
def set_up_second_factor(request):
    """Where somebody lands who must have a second factor and has none. Afterwards they go on where they wanted to."""
    if wanted := get_next_redirect_url(request):
        request.session[ONWARD] = wanted
    if not second_factor.is_missing(request.user):
        return onward(request)
    return render(request, "access/second_factor.html")


@login_required
@require_safe
def onward(request):
    wanted = request.session.pop(ONWARD, None)
    return HttpResponseRedirect(wanted or get_adapter().get_login_redirect_url(request))


class RecoveryCodesAsFile(DownloadRecoveryCodesView):
    def render_to_response(self, context, **response_kwargs):
        response = super().render_to_response(context, **response_kwargs)
        response["Content-Disposition"] = 'attachment; filename="notfallcodes.txt"'
        return response
