"""Accounts in every state of getting in, and the codes their apps would show."""

import hashlib
import os
import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import User
from django.core import mail
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from access.adapters import LOGGED_IN_AT

PASSWORD = "zwölf-boxkämpfer-4711"


def make_person(username="erika", **values):
    defaults = {"email": f"{username}@example.org", "first_name": "Erika", "last_name": "Beispiel"}
    return User.objects.create_user(username, **defaults | {"password": PASSWORD} | values)


def make_invited(username="neu", **values):
    return make_person(username, password=None, **values)


def give_app(user):
    """Returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user):
    return RecoveryCodes.activate(user).get_unused_codes()


def give_passkey(user, name="Tablet"):
    """Complete, but its private half is thrown away: for pages that show it. The browser tests use real ones."""
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential_id = os.urandom(16)
    data = AuthenticatorData.create(
        hashlib.sha256(b"testserver").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(b"\0" * 16, credential_id, public_key),
    )
    credential = {
        "type": "public-key",
        "id": websafe_encode(credential_id),
        "rawId": websafe_encode(credential_id),
        "response": {
            "clientDataJSON": websafe_encode(
                CollectedClientData.create("webauthn.create", b"0" * 32, "https://testserver")
            ),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}
    )


def code_of(secret):
    """What the app shows now."""
    counter = int(time.time()) // totp.app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def log_in(client, login="erika", password=PASSWORD, **values):
    return client.post("/konto/anmelden/", {"login": login, "password": password} | values)


def is_logged_in(client):
    return client.get("/konto/").status_code == 200


def link_in_mail():
    """The path of the only address in the last mail that opens something."""
    (path,) = re.findall(r"https://portal\.example(/konto/(?:passwort/neu|einladung)/\S+)", mail.outbox[-1].body)
    return path


def seem_to_have_just_logged_in(client):
    session = client.session
    session[LOGGED_IN_AT] = time.time()
    session.save()
