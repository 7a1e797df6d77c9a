"""Accounts of the demo data, each with a password that is shown once."""

import secrets

from django.contrib.auth.models import Group, User

from demo.saving import clean_and_save


def make_staff(purpose, name, group):
    password = _one_time_password()
    user = User.objects.create_user(name, password=password, first_name=purpose, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return purpose, name, password


def make_juror(name, last_name, *, can_log_in):
    """The user and the password, or None."""
    password = _one_time_password() if can_log_in else None
    user = User(username=name, first_name="Jurymitglied", last_name=last_name, email=f"{name}@example.org")
    # None makes a password that nobody can type.
    user.set_password(password)
    return clean_and_save(user), password


def _one_time_password():
    return secrets.token_urlsafe(12)
