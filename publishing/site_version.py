"""One row that changes, in the same transaction, whenever content changes. Caches put it into their keys."""

import contextlib
import contextvars
import secrets

from django.db import DatabaseError, connection, transaction

_bumps_later = contextvars.ContextVar("bumps_later", default=False)


def read_version():
    """None where there is no database to ask: then nothing may be cached. Costs one primary-key read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT token FROM publishing_siteversion")
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return row[0] if row else None


def bump():
    """To be called by hand after queryset.update() and bulk_create(): they send no signal."""
    from publishing.models import SiteVersion

    # Random, not counted: a number rolled back here and given again there would serve the rolled-back page.
    SiteVersion.objects.update_or_create(pk=SiteVersion.ONLY_ROW, defaults={"token": secrets.token_hex(8)})


@contextlib.contextmanager
def one_bump_at_the_end():
    """For long imports: one transaction, one new version."""
    marker = _bumps_later.set(True)
    try:
        with transaction.atomic():
            yield
            bump()
    finally:
        _bumps_later.reset(marker)


def content_changed(sender, **kwargs):
    if _is_content(sender) and not _bumps_later.get():
        bump()


def _is_content(model):
    from publishing.models import SiteVersion

    is_ours = not model.__module__.startswith(("django.", "simple_history."))
    is_history = hasattr(model, "history_object") or "Historical" in model.__name__
    return is_ours and not is_history and model is not SiteVersion
