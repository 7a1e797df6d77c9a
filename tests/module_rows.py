"""Rows that cost time are made once for a module whose tests only read them, and rolled back after it."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def kept_for_the_module(django_db_blocker):
    """The tests still need the mark django_db: without any, pytest-django makes no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
