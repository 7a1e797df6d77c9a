import gc

import django.test.client
import pytest
from django.core.cache import caches
from django.test import TransactionTestCase

from emmd import nearest
from tests.migrated import filled_test_database, start_anew


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


def _asks_the_database(item):
    return item.get_closest_marker("django_db") or "db" in item.fixturenames


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    with django_db_blocker.unblock(), filled_test_database():
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_contexts_of_single_form_fields():
    """The test client keeps a copy of the context of every template, hundreds in a form of the admin: of pages only."""
    store = django.test.client.store_rendered_templates

    def store_pages(kept, signal, sender, template, context, **kwargs):
        if not (template.name or "").startswith(("django/forms/", "admin/widgets/", "admin/edit_inline/")):
            store(kept, signal, sender, template, context, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django.test.client, "store_rendered_templates", store_pages)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tests_with_real_transactions_leave_nothing():
    """Django would empty every table and forget what migrations had filled in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: start_anew())
        yield


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


@pytest.fixture
def editor(db):
    from tests.factories import make_editor

    return make_editor()


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
