import pytest

from publishing.requests import preferred_encoding
from tests.factories import make_article

LONG = "Diese Adresse ist zu lang. Bitte kürzen Sie den Teil nach dem Fragezeichen."
FORBIDDEN = "Diese Adresse enthält ein unzulässiges Zeichen."


def text(response):
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


@pytest.mark.parametrize("address", ["/aktuelles/", "/", "/gibt-es-nicht/", "/admin/", "/media/x", "/vorschau/x/"])
def test_a_query_that_is_too_long_is_refused_before_the_database_is_asked(client, address):
    for query in ("a" * 32_769, "x=1&" * 2_500_000):
        response = client.get(address, QUERY_STRING=query)
        assert (response.status_code, text(response)) == (414, LONG)


@pytest.mark.django_db
def test_the_longest_query_allowed_is_answered(client):
    make_article()
    assert client.get("/aktuelles/", QUERY_STRING="x=" + 32_766 * "a").status_code == 200


@pytest.mark.django_db
def test_more_parameters_than_the_portal_reads_are_a_bad_request(client):
    for address in ("/aktuelles/", "/gibt-es-nicht/", "/robots.txt"):
        response = client.get(address, QUERY_STRING="a&" * 2000)
        assert response.status_code == 400
        assert "Diese Anfrage haben wir nicht verstanden" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/%00", "/aktuelles/%00/", "/media/%00", "/admin/%00/", "/vorschau/a%00b/", "/static/%00"]
)
def test_a_null_character_in_the_path_is_refused_in_german(client, address):
    response = client.get(address)
    assert (response.status_code, text(response)) == (400, FORBIDDEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/aktuelles/%ff%fe/",
        "/%c3%28/",
        "/aktuelles/%ed%a0%80/",
        "/aktuelles/..%2f..%2fetc%2fpasswd",
        "/media/../../etc/passwd",
        "/media/%2e%2e/%2e%2e/etc/passwd",
        "/media//etc/passwd",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/dokumente/x/%ff",
        "//boese.example/%2f..",
        "/" + 5000 * "a" + "/",
    ],
)
def test_a_broken_or_hostile_path_is_not_found(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["rubrik=%00", "seite=%00", "rubrik=%ff%fe", "rubrik=ü", "rubrik=%ed%a0%80", "%00=%00", "&&&==;"]
)
def test_a_broken_query_is_answered(client, query):
    make_article()
    response = client.get("/aktuelles/", QUERY_STRING=query.encode().decode("latin-1"))
    assert response.status_code == 200
    assert "\x00" not in response.content.decode()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ""),
        ("br", "br"),
        ("gzip, br", "br"),
        ("gzip, br;q=0.9", "gzip"),
        ("br;q=0", ""),
        ("br;q=0.0, gzip;q=0.001", "gzip"),
        ("zebra, abr, br2", ""),
        ("*;q=0.1", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity, *;q=0.5", ""),
        ("br;q", ""),
        ("br;Q=0.5", "br"),
        ("br;q=nan", ""),
        ("br;q=-1", ""),
        (";;;,,,===", ""),
    ],
)
def test_the_encoding_a_reader_likes_best_is_chosen(header, expected):
    assert preferred_encoding(header, ("br", "gzip")) == expected
