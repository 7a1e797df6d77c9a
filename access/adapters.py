"""What allauth asks the portal: who gets in and where to, what its messages say, how its mails go out."""

import base64
import secrets
import time
from functools import partial

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from access import mails
from publishing.sealed import CannotUnsealError, seal, unseal

LOGGED_IN_AT = "access_logged_in_at"
WRONG_LOGIN = "Die Anmeldung hat nicht geklappt: Name und Passwort passen nicht zusammen."
WRONG_CODE = "Dieser Code stimmt nicht oder gilt nicht mehr."
TOO_MANY = "Zu viele Versuche. Bitte warten Sie fünf Minuten."
WAYS_TO_CONFIRM = {
    "reauthenticate": "Mit dem Passwort",
    "mfa_reauthenticate": "Mit einem Code",
    "mfa_reauthenticate:webauthn": "Mit einem Passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dieses Konto ist gesperrt.",
        "email_password_mismatch": WRONG_LOGIN,
        "username_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "enter_current_password": "Das bisherige Passwort stimmt nicht.",
        "incorrect_password": "Das Passwort stimmt nicht.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Dieser Link gilt nicht mehr.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Addresses of the portal only, whatever host name was asked."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request):
        return reverse("admin:index") if request.user.is_staff else resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def login(self, request, user):
        super().login(request, user)
        request.session[LOGGED_IN_AT] = time.time()

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just logged in need not do so again to set up the second factor."""
        logged_in_at = self.request.session.get(LOGGED_IN_AT, 0)
        is_fresh = 0 <= time.time() - logged_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        return [
            method | {"description": WAYS_TO_CONFIRM[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    # --- Mails ---

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', key)}"

    def send_password_reset_mail(self, user, email, context):
        # Without a password there is none to forget: the office sends an invitation, or has locked this way in.
        if user.has_usable_password():
            self._after_response(partial(mails.send_password_reset, user, context["password_reset_url"]))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if user.email:
            self._after_response(partial(mails.send_notice, user, template_prefix))

    def send_mail(self, template_prefix, email, context):
        raise NotImplementedError(f"The portal has no words for “{template_prefix}”: add them to access.mails.")

    def _after_response(self, work):
        self.request.after_response.append(work)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Der zweite Faktor lässt sich nicht entfernen.",
        "cannot_generate_recovery_codes": "Notfallcodes gibt es erst, wenn ein zweiter Faktor eingerichtet ist.",
    }

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        try:
            return unseal(encrypted_text)
        except CannotUnsealError:
            # SECRET_KEY has changed: no code is right any more, and the office takes the second factor away.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def _get_site_name(self):
        return settings.SITE_NAME
