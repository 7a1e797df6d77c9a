"""A new account has no password. A signed link, sent by mail, lets its owner set one or register a passkey, once."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from access import mails
from publishing import outbox

SALT = "access.invitation"


def can_be_invited(user):
    """Nobody who has a way in already: the link would be a second one."""
    return user.is_active and bool(user.email) and not has_way_in(user)


def has_way_in(user):
    has_passkey = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    return user.has_usable_password() or has_passkey


def invite(user, *, by=None):
    """Sends the mail now. Only the newest link works."""
    return outbox.send_now(**_fresh_mail(user, by))


def prepare_invitation(user, *, by=None):
    """Leaves the mail in the outbox for somebody to read and send."""
    return outbox.prepare(**_fresh_mail(user, by))


def _fresh_mail(user, by):
    # Django makes a new unusable password each time: links signed with the old one end.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return mails.invitation(user, make_link(user), by=by)


def make_link(user):
    return reverse("access-invitation", args=[make_token(user)])


def make_token(user):
    return signing.dumps([user.pk, _state(user)], salt=SALT)


def invited_user(token):
    """None: forged, ended, replaced by a newer one, or this person has a way in by now."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=timedelta(days=settings.INVITATION_DAYS))
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or has_way_in(user) or not constant_time_compare(state, _state(user)):
        return None
    return user


def _state(user):
    return salted_hmac(SALT, f"{user.pk} {user.password} {user.email}").hexdigest()[:24]
