import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder


def unreachable(*args, **kwargs):
    raise OperationalError("connection refused to host=secret.internal password=x")


def test_the_process_answers_without_any_database(client):
    """No mark django_db: a query here would be an error."""
    for method in (client.get, client.head):
        response = method("/healthz")
        assert response.status_code == 200
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/healthz")["Content-Type"] == "text/plain"


@pytest.mark.django_db
def test_the_portal_is_ready_with_database_and_migrations(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_not_ready_without_database_and_says_nothing_of_where_it_is(client, monkeypatch):
    monkeypatch.setattr(type(connections["default"]), "cursor", unreachable)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database unreachable\n")
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_is_pending(client):
    MigrationRecorder.Migration.objects.filter(app="news").order_by("-pk").first().delete()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"1 migrations pending\n")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_both_are_always_asked_anew_and_refuse_other_methods(client, path):
    response = client.get(path)
    assert "ETag" not in response
    assert response.cookies == {}
    assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_balancer_may_ask_without_tls(client, path, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200
    assert client.get("/aktuelles/").status_code == 301
