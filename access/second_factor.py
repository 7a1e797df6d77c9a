"""Who must have a second factor: a passkey, or an app that shows codes."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.module_loading import import_string

#: Recovery codes alone are none: they stand in for one.
KINDS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def is_required(user):
    """Staff always. For others the rule that SECOND_FACTOR_RULE names decides: unlike this app, it knows the rooms."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_staff or user.is_superuser or import_string(settings.SECOND_FACTOR_RULE)(user)


def has_one(user):
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def is_missing(user):
    return is_required(user) and not has_one(user)


def take_away(user):
    """For a lost device: the next log-in leads to setting one up again. Ends every session of this person."""
    from allauth.usersessions.models import UserSession

    Authenticator.objects.filter(user_id=user.pk).delete()
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
