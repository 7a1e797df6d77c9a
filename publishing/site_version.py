"""A token that changes, in the same transaction, whenever content changes. Caches put it into their keys.

One row holds it, as long as transactions come one after another. Where two change content at the same moment (only
PostgreSQL lets them), each changes a row of its own and the version is all tokens together: editors never wait for one
another here, and so can never wait in a circle, which would cost one of them their save.
"""

import contextlib
import contextvars
import hashlib
import secrets
from collections import defaultdict

from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import pre_delete

FIGURE_LIFETIME = 8  # seconds; a page made with an old figure is kept 50 more, and the promise is one minute

NOT_CONTENT = (
    "publishing.SiteVersion",
    "publishing.PlannedChange",
    "publishing.OutgoingMail",
    "publishing.SearchDocument",
    "publishing.SearchWord",
)

#: What changed in a long import: {model: keys}. None outside of one.
_changed_so_far = contextvars.ContextVar("changed_so_far", default=None)


def read_version():
    """None where there is no database to ask: then nothing may be cached. Costs one read of, mostly, one row."""
    # Reading shows whether the connection is alive: Django need not ask the server a second time.
    connection.health_check_done = True
    try:
        return _read_tokens()
    except DatabaseError:
        if connection.in_atomic_block:
            return None
    connection.close()
    try:
        return _read_tokens()
    except DatabaseError:
        return None


# The database's clock, as its queries for published content read it.
_NOW = {"sqlite": "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')", "postgresql": "STATEMENT_TIMESTAMP()"}
_TOKENS = """
    SELECT id, token FROM publishing_siteversion
    UNION ALL
    SELECT 0, CAST(COUNT(*) AS VARCHAR(16)) FROM publishing_plannedchange WHERE moment <= {now}
    ORDER BY 1
"""


def _read_tokens():
    with connection.cursor() as cursor:
        cursor.execute(_TOKENS.format(now=_NOW[connection.vendor]))
        planned, *tokens = [token for _, token in cursor.fetchall()]
    return "-".join([*tokens, planned]) if tokens else None


def plan_change(moment):
    """For what becomes public in one moment on many pages: none of them comes out of a cache from before."""
    from publishing.models import PlannedChange

    PlannedChange.objects.get_or_create(moment=moment)


def kept(request, name, compute):
    """What many pages share and only content changes (filter choices, counts): computed once a process and version."""
    version = getattr(request, "site_version", None)
    if version is None:
        return compute()
    key = hashlib.blake2b(f"{version} {name}".encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return caches["figures"].get_or_set(key, compute, FIGURE_LIFETIME)


def bump():
    """To be called by hand after queryset.update() and bulk_create(): they send no signal."""
    from publishing.models import SiteVersion

    with transaction.atomic(savepoint=False):
        free_rows = SiteVersion.objects.select_for_update(skip_locked=True).order_by("pk")
        version = free_rows.first() or SiteVersion()
        # Random, not counted: a number rolled back here and given again there would serve the rolled-back page.
        version.token = secrets.token_hex(8)
        version.save()


@contextlib.contextmanager
def one_bump_at_the_end():
    """For long imports: one transaction, one new version, and what was imported is indexed for the search at once."""
    from publishing.search import index

    marker = _changed_so_far.set(defaultdict(set))
    try:
        with transaction.atomic():
            yield
            for model, keys in _changed_so_far.get().items():
                index.follow(model, keys)
            bump()
    finally:
        _changed_so_far.reset(marker)


def content_changed(sender, instance, signal, **kwargs):
    """The one receiver: a change of content makes a new version and is followed by the search's index."""
    from publishing.search import index

    if not is_content(sender):
        return
    if signal is pre_delete:
        # Which rows show its name cannot be asked any more when it is gone.
        instance._shown_by = index.showing(sender, [instance.pk])
        return
    changes = {type(instance): {instance.pk}} | instance.__dict__.pop("_shown_by", {})
    if (changed := _changed_so_far.get()) is not None:
        for model, keys in changes.items():
            changed[model] |= keys
        return
    bump()
    for model, keys in changes.items():
        index.follow(model, keys)


def is_content(model):
    is_ours = not model.__module__.startswith(("django.", "simple_history.", "allauth."))
    is_history = hasattr(model, "history_object") or "Historical" in model.__name__
    # What never stands on a public page need not make all of them anew: a juror saves a draft every minute.
    is_public = getattr(model, "is_on_public_pages", True) and model._meta.label not in NOT_CONTENT
    return is_ours and is_public and not is_history
