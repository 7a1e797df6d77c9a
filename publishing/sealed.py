"""Secrets that must lie in the database for a while: unreadable in it and in its backups, readable with SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnsealError(Exception):
    """Sealed with a SECRET_KEY this portal no longer knows."""


def seal(text):
    return _seals().encrypt(text.encode()).decode()


def unseal(sealed):
    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnsealError from error


def _seals():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key):
    return hashlib.blake2b(key.encode(), digest_size=32, person=b"portal.sealed").digest()
