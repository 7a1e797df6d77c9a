import gzip

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_article, make_draft

LIST = "/aktuelles/"


def text_of(response):
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[response.get("Content-Encoding")]
    return decode(response.content).decode()


ENCODINGS = [
    (None, None),
    ("", None),
    ("gzip", "gzip"),
    ("br", "br"),
    ("BR", "br"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip;q=1.0, br;q=0.5", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("br; q=0.000 , gzip ; q=0.1", "gzip"),
    ("br;q=0", None),
    ("gzip;q=0", None),
    ("br;q=0, gzip;q=0", None),
    ("vbr, gzip", "gzip"),
    ("x-br, libre", None),
    ("not-gzip", None),
    ("br;q=viel, gzip", "gzip"),
    ("*", "br"),
    ("*;q=0", None),
    ("gzip, *;q=0", "gzip"),
    ("br;q=0, *", "gzip"),
    ("identity", None),
    ("identity, br;q=0.5", None),
    ("identity;q=0.5, br", "br"),
    ("deflate, zstd", None),
    (",;,q=1,;q=", None),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "expected"), ENCODINGS)
def test_the_body_is_encoded_as_the_reader_wishes(client, accepted, expected):
    make_article(title="Übergröße")
    plain = text_of(client.get(LIST))
    for cached in (True, False):
        if not cached:
            caches["pages"].clear()
        response = client.get(LIST, headers={} if accepted is None else {"accept-encoding": accepted})
        assert response.get("Content-Encoding") == expected
        assert response["Content-Length"] == str(len(response.content))
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert text_of(response) == plain
    assert "Übergröße" in plain


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "expected"), ENCODINGS)
def test_a_page_that_is_not_kept_respects_what_the_reader_refuses(client, accepted, expected):
    response = client.get("/gibt-es-nicht/", headers={} if accepted is None else {"accept-encoding": accepted})
    accepts_gzip = expected == "gzip" or accepted == "gzip, deflate, br, zstd"
    assert response.get("Content-Encoding") == ("gzip" if accepts_gzip and "*" not in accepted[-1] else None)
    assert response["Vary"] == "Accept-Encoding"
    assert "Diese Seite gibt es nicht" in text_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_an_unchanged_page_is_not_sent_twice(client, encoding):
    article = make_article()
    address, headers = article.get_absolute_url(), {"accept-encoding": encoding}
    first = client.get(address, headers=headers)
    again = client.get(address, headers=headers | {"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {name: again[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        name: first[name] for name in ("ETag", "Cache-Control", "Vary")
    }
    assert not again.has_header("Content-Encoding")
    other = client.get(address, headers=headers | {"if-none-match": '"etwas-anderes"'})
    assert (other.status_code, other.content) == (200, first.content)
    article.title = "Geändert"
    article.save()
    changed = client.get(address, headers=headers | {"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_a_change_elsewhere_does_not_make_readers_load_an_unchanged_page_again(client):
    article = make_article()
    first = client.get(article.get_absolute_url())
    make_draft()
    again = client.get(article.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_head_is_answered_from_the_same_page_as_get(client):
    make_article()
    got = client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        head = client.head(LIST)
    assert len(queries) == 1
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == got.headers
    caches["pages"].clear()
    client.head(LIST)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST).content == got.content
    assert len(queries) == 1
