import pytest
from django.core.cache import caches

from tests.access.people import make_person


@pytest.fixture
def person(db):
    return make_person()


@pytest.fixture
def strict(settings):
    """As in production: who must have a second factor is asked for it."""
    settings.SECOND_FACTOR_REQUIRED = True
    return settings


@pytest.fixture(autouse=True)
def _no_attempts_yet(request):
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        caches["default"].clear()
