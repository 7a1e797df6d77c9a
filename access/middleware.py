import logging
from functools import partial

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from access import second_factor
from publishing.page_cache import never_cache_for_strangers

log = logging.getLogger(__name__)


class ClosedAreasMiddleware:
    """Below these addresses nothing opens for strangers, or without the second factor somebody must have.

    Every other address passes untouched: public pages never look at the user.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith((settings.ACCOUNT_AREA, settings.ADMIN_AREA)):
            return self.get_response(request)
        request.after_response = []
        response = self._way_in(request) or self.get_response(request)
        if not request.path.startswith(settings.ADMIN_AREA):
            never_cache_for_strangers(response)
        # Mail servers take seconds: waiting for them would tell strangers which addresses have an account.
        response._resource_closers += [partial(_do, work) for work in request.after_response]
        return response

    def _way_in(self, request):
        if request.path.startswith(settings.ACCOUNT_AREA):
            return None
        if not request.user.is_authenticated:
            # The admin leads to the log-in itself.
            is_admin = request.path.startswith(settings.ADMIN_AREA)
            return None if is_admin else redirect_to_login(request.get_full_path())
        if second_factor.is_missing(request.user):
            return HttpResponseRedirect(
                f"{reverse('access-second-factor')}?{urlencode({'next': request.get_full_path()})}"
            )
        return None


def _do(work):
    try:
        work()
    except Exception:
        log.exception("Work after the response failed")
