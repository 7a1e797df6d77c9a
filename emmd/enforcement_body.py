"""To whom visitors turn who get no good answer about a barrier. Each Land has a body of its own."""

import re

from django.core.exceptions import ImproperlyConfigured

FIELDS = ("name", "address", "email", "website")


def read(read_text):
    """{"name": …, "address": …, "email": …, "website": …}, all empty where nothing is set."""
    body = {field: read_text(f"ENFORCEMENT_BODY_{field.upper()}") for field in FIELDS}
    if any(body.values()) and not (body["name"] and (body["address"] or body["email"])):
        raise ImproperlyConfigured(
            "ENFORCEMENT_BODY_NAME needs ENFORCEMENT_BODY_ADDRESS or ENFORCEMENT_BODY_EMAIL, and they need the name."
        )
    if body["website"] and not re.fullmatch(r"https://[^\s/]+(/\S*)?", body["website"]):
        raise ImproperlyConfigured("ENFORCEMENT_BODY_WEBSITE must begin with https://.")
    if body["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", body["email"]):
        raise ImproperlyConfigured("ENFORCEMENT_BODY_EMAIL is no mail address.")
    return body
