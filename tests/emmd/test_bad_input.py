"""Whatever stands in an address: the answer is a page or a clear refusal, never an error of ours."""

import pytest
from django.db import connection
from django.test import Client
from django.test.client import FakePayload
from django.test.utils import CaptureQueriesContext

from tests.emmd.public_pages import PUBLIC_PAGES, machine_paths, make_public_site
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
PATHS = sorted({page.path for page in PUBLIC_PAGES} | set(machine_paths()))
LISTS = (
    "/aktuelles/",
    "/aktuelles/rubrik/energie/",
    "/aktuelles/archiv/2024/",
    "/presse/",
    "/cluster/",
    "/iq/preistraeger/",
    "/suche/",
)
QUERIES = {
    "zero": "seite=0",
    "negative": "seite=-1",
    "huge number": "seite=9999999999999999999",
    "word": "seite=abc",
    "nul": "seite=%00",
    "arabic digit": "seite=%D9%A1",
    "superscript": "seite=%C2%B2",
    "empty page": "seite=",
    "float": "seite=1e9",
    "broken utf-8": "seite=%ff&rubrik=%c3%28&jahr=%80&art=%fe",
    "unknown values": "rubrik=x&jahr=1&art=x",
    "unknown clusters": "cluster=x&art=nano&sitz=%00",
    "names nobody has": "q=%00%ff%ED%A0%80%5B(*%2B%3F%7B1%7D%5C&stadt=x&preis=%00&jahr=%D9%A2",
    "search operators": "q=%22((%20AND%20OR%20*%20%F0%9F%98%80%00&art=x&jahr=20255",
    "a search of ten kilobytes": "q=" + "preis%20" * 1250,
    "a search of emoji": "q=" + "%F0%9F%98%80" * 2500,
    "nul values": "rubrik=%00&jahr=%00&art=%00",
    "huge year": "jahr=99999999999999999999",
    "arabic year": "jahr=%D9%A2%D9%A0%D9%A2%D9%A4",
    "repeated": "seite=1&seite=2&rubrik=energie&rubrik=x",
    "brackets": "seite[]=1&rubrik[$ne]=x",
    "no name": "=&&&=x&?",
    "sql": "rubrik=' OR 1=1 --&jahr=1;DROP TABLE news_article",
    "markup": "rubrik=%3Cscript%3Ealert(1)%3C/script%3E",
    "surrogate": "rubrik=%ED%A0%80",
    "line breaks": "rubrik=%0D%0ASet-Cookie:%20a=b",
    "many parameters": "&".join(f"a{number}=1" for number in range(600)),
    "format": "format=%25s%25n{0}{{x}}",
    "sitemap page": "p=%00",
}
#: Addresses are many: all names of parameters get the same value in one question.
NAMES = ("seite", "rubrik", "jahr", "art", "q", "cluster", "sitz", "stadt", "preis", "format", "p", "ausschnitt", "um")
EVERYWHERE = {
    **{
        kind: "&".join(f"{name}={value}" for name in NAMES)
        for kind, value in {
            "nul": "%00",
            "broken utf-8": "%ff%c3%28%ED%A0%80",
            "huge number": "9" * 20,
            "arabic digits": "%D9%A2%D9%A0%D9%A2%D9%A4",
            "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
            "sql and a header": "' OR 1=1 --;DROP TABLE news_article%0D%0ASet-Cookie:%20a=b",
            "operators": "-1%22((%20AND%20OR%20*%5B?%7B1%7D%5C%25s%25n{0}{{x}}",
        }.items()
    },
    "odd names": "=&&&=x&?&seite[]=1&rubrik[$ne]=x&seite=1&seite=2&" + QUERIES["many parameters"],
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        yield make_public_site()


@pytest.fixture
def strict():
    """Raises what would be a 500."""
    return Client()


def answered_well(response):
    assert response.status_code in (200, 301, 304, 400, 403, 404, 405, 410, 414), response.status_code
    assert response.cookies == {}
    body = b"" if response.streaming else response.content
    assert b"Traceback" not in body
    # No browser takes JSON for markup: the header X-Content-Type-Options stands on every answer.
    assert b"<script>alert" not in body or response["Content-Type"] == "application/json"
    return True


@pytest.mark.parametrize("query", EVERYWHERE.values(), ids=EVERYWHERE.keys())
def test_no_query_breaks_any_address(site, strict, query):
    for path in PATHS:
        assert answered_well(strict.generic("GET", path, QUERY_STRING=query)), path


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_list_answers_every_query_with_its_page(site, strict, path, query):
    response = strict.generic("GET", path, QUERY_STRING=query)
    assert response.status_code == 200
    assert "\x00" not in response.content.decode()


@pytest.mark.one_database
def test_a_query_of_ten_megabytes_is_refused_in_german(site, strict):
    for path in PATHS:
        response = strict.generic("GET", path, QUERY_STRING="rubrik=" + "a" * 10_000_000)
        assert response.status_code == 414
        assert "Diese Adresse ist zu lang." in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/aktuelles/%ff/",
        "/aktuelles/%c3%28/",
        "/aktuelles/%00/",
        "/%00",
        "/aktuelles/rubrik/%ff/",
        "/iq/%00/",
        "/iq/0/",
        "/iq/99999/",
        "/iq/" + "9" * 4000 + "/",
        "/iq/02024/",
        "/iq/-1/",
        "/iq/%D9%A2%D9%A0%D9%A2%D9%A4/",
        "/iq/99999999999999999999/finalisten/",
        "/iq/02024/preistraeger/",
        "/iq/02024/protokoll.json",
        "/iq/99999999999999999999/protokoll.json",
        "/iq/99999999999999999999/beitraege/x/",
        "/iq/02024/beitraege/beitrag-mit-allen-teilen/",
        "/iq/2024/beitraege/%ff/",
        "/iq/2024/beitraege/" + "a" * 5000 + "/",
        "/cluster/%ff/",
        "/cluster/%00/",
        "/cluster/netzwerke/%ff/",
        "/cluster/netzwerke/" + "a" * 5000 + "/",
        "/aktuelles/rubrik/%00/atom/",
        "/aktuelles/archiv/0/",
        "/aktuelles/archiv/99999/",
        "/aktuelles/archiv/" + "9" * 5000 + "/",
        "/aktuelles/archiv/-1/",
        "/aktuelles/archiv/%D9%A2%D9%A0%D9%A2%D9%A4/",
        "/aktuelles/../../etc/passwd",
        "/media/../../emmd/settings.py",
        "/media/bilder/%00.webp",
        "/media/..%2f..%2fportal.sqlite3",
        "/dokumente/%00/x.pdf",
        "/dokumente/" + "a" * 5000 + "/x.pdf",
        "/vorschau/" + "a:b" * 2000 + "/",
        "/vorschau/%ff/",
        "/\\evil.example/",
        "/%0d%0aSet-Cookie:%20a=b/",
        "/aktuelles/%ED%A0%80/",
        "/aktuelles/" + "%E2%80%AE" * 50 + "/",
        "/sitemap-%00.xml",
        "/sitemap-../../x.xml",
    ],
)
def test_no_path_breaks_the_portal(site, strict, path):
    response = strict.get(path)
    assert answered_well(response)
    assert response.status_code == 400 if "%00" in path else response.status_code in (301, 404)


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example", "//evil.example/%2f..", "/\\evil.example"])
def test_no_path_leads_to_another_host(site, strict, path):
    # The test client itself would read “//evil.example” as a host.
    response = strict.generic("GET", "/", PATH_INFO=path)
    assert answered_well(response)
    assert response.get("Location", "/")[:2] not in ("//", "/\\")


@pytest.mark.one_database
def test_a_path_of_a_megabyte_is_not_found(site, strict):
    for path in ("/" + "a" * 1_000_000, "/aktuelles/" + "a" * 1_000_000 + "/", "/" + "a/" * 100_000):
        assert strict.get(path).status_code in (301, 404, 414)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "CONNECT", "GIBTSNICHT"]
)
def test_no_method_breaks_any_address(site, strict, method):
    for path in PATHS:
        response = strict.generic(method, path, data=b"\xff\x00=%ff" if method in ("POST", "PUT", "PATCH") else b"")
        assert answered_well(response), path


@pytest.mark.one_database
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_pages_are_only_read(site, strict, method):
    for path in (page.path for page in PUBLIC_PAGES):
        assert strict.generic(method, path).status_code == 405, path


@pytest.mark.one_database
def test_a_head_request_has_the_headers_and_no_body(site, strict):
    for path in (page.path for page in PUBLIC_PAGES):
        full, head = strict.get(path), strict.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Type"] == full["Content-Type"]


@pytest.mark.parametrize("path", LISTS)
def test_of_a_repeated_parameter_the_last_counts_in_any_order(site, path):
    # Asked one after the other: the first answer must not be kept as the second's.
    for query in ("seite=2&seite=1", "seite=1&seite=2", "seite=2&seite=1"):
        page = fetch(Client(), f"{path}?{query}")
        expected = fetch(Client(), f"{path}?seite={query[-1]}")
        assert page.texts("p", css="count") == expected.texts("p", css="count")
        assert page.texts("h2", "h3") == expected.texts("h2", "h3")


def test_a_body_nobody_asked_for_is_not_read(site, strict):
    class Unread(FakePayload):
        def read(self, size=None):
            raise AssertionError("somebody read the body")

    response = strict.generic("GET", "/aktuelles/", **{"wsgi.input": Unread(b"x" * 100), "CONTENT_LENGTH": "100"})
    assert response.status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "\x80kaputt", "Accept-Encoding": "gzip;q=kaputt, br;q=0", "X-Forwarded-For": "' OR 1=1"},
        {"If-None-Match": '"' * 1000, "Accept-Language": "x" * 5000, "Range": "bytes=abc-"},
        {"If-Modified-Since": "kein Datum", "Cookie": "sessionid=%00; =; ;;; csrftoken=\"'"},
    ],
    ids=lambda headers: ", ".join(headers),
)
def test_no_header_breaks_a_page(site, strict, headers):
    for path in PATHS:
        response = strict.get(path, headers=headers)
        assert response.status_code < 500, path


def test_nothing_of_this_wrote_to_the_database(site, strict):
    with CaptureQueriesContext(connection) as captured:
        for path in PATHS:
            for method in ("GET", "POST", "DELETE"):
                strict.generic(method, path, QUERY_STRING="seite=2&rubrik=x")
    assert captured.captured_queries
    # PostgreSQL reads long files through a cursor, which can only be declared for a SELECT.
    reads = ("SELECT", "DECLARE")
    writes = [query["sql"] for query in captured if not query["sql"].lstrip(" (\n").startswith(reads)]
    assert writes == []
