"""Content Security Policy with the names Django 6 uses, so that this module is deleted on the way to 6.2.

Equivalents there: django.utils.csp, django.middleware.csp, django.template.context_processors.csp.
"""

import secrets

from django.conf import settings
from django.utils.functional import SimpleLazyObject, empty


class CSP:
    SELF = "'self'"
    NONE = "'none'"
    NONCE = "<CSP_NONCE_SENTINEL>"


class LazyNonce(SimpleLazyObject):
    """Made only when a template prints it: public pages print none, so they stay the same for everybody."""

    def __init__(self):
        super().__init__(lambda: secrets.token_urlsafe(16))

    def __bool__(self):
        return self._wrapped is not empty


def build_policy(config, nonce=None):
    directives = []
    for name, sources in config.items():
        values = [f"'nonce-{nonce}'" if source == CSP.NONCE else source for source in sources]
        if not nonce:
            values = [value for value in values if value != f"'nonce-{nonce}'"]
        directives.append(" ".join([name, *values]))
    return "; ".join(directives)


class ContentSecurityPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.policy_without_nonce = build_policy(settings.SECURE_CSP)

    def __call__(self, request):
        request._csp_nonce = LazyNonce()
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            nonce = request._csp_nonce
            response["Content-Security-Policy"] = (
                build_policy(settings.SECURE_CSP, str(nonce)) if nonce else self.policy_without_nonce
            )
        return response


def csp(request):
    return {"csp_nonce": getattr(request, "_csp_nonce", "")}
