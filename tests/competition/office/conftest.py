import pytest
from django.contrib.auth.models import User

from tests.factories import make_editor


@pytest.fixture
def office(db):
    return make_editor("office", first_name="Olga", last_name="Office")


@pytest.fixture
def office_client(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def staff_without_rights(db):
    return User.objects.create_user("neu", is_staff=True)
