import gc
import shutil

import django.test.client
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations

from emmd import nearest
from publishing.site_version import one_bump_at_the_end
from tests.migrated import filled_test_database

BLOCKER = pytest.StashKey()


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out what one database has answered for both")


def pytest_collection_modifyitems(config, items):
    """What asks no database, or nothing that a database decides, need not be asked again on the second one."""
    if config.getoption("--database-only"):
        kept = [item for item in items if _asks_the_database(item) and not item.get_closest_marker("one_database")]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def pytest_collection_finish():
    """Code and tests stay to the end: the search for garbage need not walk through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_contexts_of_single_form_fields():
    """The test client keeps a copy of the context of every template, hundreds in a form of the admin: of pages only."""
    store = django.test.client.store_rendered_templates

    def store_pages(kept, signal, sender, template, context, **kwargs):
        if not (template.name or "").startswith(("django/forms/", "admin/widgets/", "admin/edit_inline/")):
            store(kept, signal, sender, template, context, **kwargs)

    django.test.client.store_rendered_templates = store_pages
    yield
    django.test.client.store_rendered_templates = store


@pytest.fixture(scope="session", autouse=True)
def _blocker_for_hooks(request, django_db_blocker):
    request.config.stash[BLOCKER] = django_db_blocker


def _asks_the_database(item):
    return item.get_closest_marker("django_db") or "db" in item.fixturenames


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    with django_db_blocker.unblock(), filled_test_database():
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_in_any_order():
    """SQLite asks the award's foreign keys of several columns at every row, so that emptying a table would fail."""
    sql_flush = DatabaseOperations.sql_flush

    def deferred(self, *args, **kwargs):
        return ["PRAGMA defer_foreign_keys = ON;", *sql_flush(self, *args, **kwargs)]

    DatabaseOperations.sql_flush = deferred
    yield
    DatabaseOperations.sql_flush = sql_flush


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties the database: the groups that migrations made come back at once.

    pytest-django runs such tests last, but in several processes there is no last one.
    """
    result = yield
    rows_of_migrations = getattr(connection, "_test_serialized_contents", None)
    if nextitem and rows_of_migrations and _has_real_transactions(item):
        with item.config.stash[BLOCKER].unblock():
            # The shared cache is no model: emptying the database leaves it.
            caches["default"].clear()
            if not Group.objects.exists():
                # Else the first of these rows would make a site version before that of the migrations is back.
                with one_bump_at_the_end():
                    connection.creation.deserialize_db_from_string(rows_of_migrations)
    return result


def _has_real_transactions(item):
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction", False))


@pytest.fixture(scope="session", autouse=True)
def _wrong_addresses_always_get_suggestions():
    """Elsewhere only so often: what a page says must not hang on what other tests have asked."""
    nearest.allowance = nearest.Allowance(1_000_000)


@pytest.fixture(autouse=True)
def _empty_page_cache():
    """A rolled-back test must not leave its pages to the next one. PDF files and cards, which cost most to make, may
    stay: a version of the site made in a test is nobody else's.
    """
    caches["pages"].clear()
    caches["figures"].clear()


def pytest_unconfigure(config):
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture
def editor(db):
    from tests.factories import make_editor

    return make_editor()


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
