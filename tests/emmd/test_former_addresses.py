from urllib.parse import parse_qs, urlsplit

import pytest

from publishing.models import Redirect
from tests.clusters.factories import make_network
from tests.competition.factories import make_edition
from tests.events.factories import make_event
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn
from tests.pages.factories import make_page, make_project, make_study
from tests.properties.factories import make_hall, make_land

pytestmark = pytest.mark.django_db

PATTERNS = (
    "/de/{}/",
    "/de/{}",
    "/press-releases/{}/",
    "/press-releases/{}",
    "/de/content/{}",
    "/de/content/{}/",
    "/news/article/{}/",
    "/news/article/{}",
    "/de/page/{}",
    "/de/page/{}.html",
)


def answer(client, path, **headers):
    response = client.get(path, **headers)
    return response.status_code, response.headers.get("Location")


def searched(client, path):
    status, location = answer(client, path)
    assert (status, urlsplit(location)[:3]) == (302, ("", "", "/suche/"))
    assert client.get(location).status_code == 200
    return parse_qs(urlsplit(location).query)["q"][0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_of_the_former_sites_leads_to_the_item(client, pattern):
    article = make_article(slug="strukturwandel-im-revier")
    assert answer(client, pattern.format(article.slug)) == (301, "/aktuelles/strukturwandel-im-revier/")


def test_items_of_every_room_are_found(client):
    parent = make_page(slug="ueber-uns")
    items = [
        make_event(slug="energietag"),
        make_network(slug="solarnetz"),
        make_project(slug="wasserstoff"),
        make_study(slug="fachkraefte"),
        make_land(slug="gewerbepark"),
        make_hall(slug="halle-nord"),
        make_page(slug="vorstand", parent=parent),
        make_edition(2024),
    ]
    for item in items:
        path = item.get_absolute_url()
        assert answer(client, f"/de/{path.strip('/').split('/')[-1]}/") == (301, path)


@pytest.mark.parametrize("old", ["groesse-zaehlt", "grosse-zahlt", "gr%C3%B6%C3%9Fe-z%C3%A4hlt", "Gr%C3%B6sse_zaehlt"])
def test_umlauts_are_read_however_the_former_site_wrote_them(client, old):
    make_article(title="Größe zählt")
    assert answer(client, f"/de/{old}/") == (301, "/aktuelles/groesse-zaehlt/")


def test_the_room_installed_first_wins_and_the_answer_is_always_the_same(client):
    make_project(slug="revier")
    make_event(slug="revier")
    article = make_article(slug="revier")
    assert answer(client, "/de/revier/") == (301, article.get_absolute_url())


def test_what_an_editor_has_written_counts_first(client):
    make_article(slug="revier")
    Redirect.objects.create(old_path="/de/revier/", new_path="/presse/")
    Redirect.objects.create(old_path="/de/shop/")
    assert answer(client, "/de/revier/") == (301, "/presse/")
    assert answer(client, "/de/shop/")[0] == 410
    assert answer(client, "/de/revier")[1] == "/aktuelles/revier/"


def test_browsers_ask_again(client):
    make_article(slug="revier")
    for path in ("/de/revier/", "/de/anderes/"):
        assert client.get(path)["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_expired, make_withdrawn])
def test_nobody_is_led_to_what_is_not_public(client, make):
    make(title="Noch streng geheim", slug="noch-streng-geheim")
    assert searched(client, "/de/noch-streng-geheim/") == "noch streng geheim"


def test_unknown_words_are_searched_for(client):
    assert searched(client, "/news/article/neue-wege-f%C3%BCr-leipzig.html") == "neue wege für leipzig"
    assert searched(client, "/de/presse/archiv/2019-bericht/") == "2019 bericht"


@pytest.mark.parametrize("path", ["/de/-/", "/de/%20/", "/de///", "/de/.html", "/press-releases/%E2%80%93"])
def test_an_address_without_words_does_not_exist(client, path):
    assert answer(client, path)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/de//boese.example/",
        "/de/https://boese.example/",
        "/de/%5C%5Cboese.example",
        "/de/%0d%0aLocation:%20https://boese.example",
        "/news/%ff%fe/",
        "/de/%ED%A0%80/",
        "/de/" + "a" * 5000,
        "/de/" + "ab-" * 400,
        "/de/%25%27%22%3B--/",
        "/de/%F0%9F%98%80",
        "/de/100%25_",
    ],
)
def test_nobody_is_led_to_another_host_and_nothing_breaks(client, path):
    make_article(slug="anderes")
    status, location = answer(client, path)
    assert status in (302, 404)
    assert location is None or location.startswith("/suche/?q=")


def test_a_sign_that_means_anything_to_the_database_finds_nothing(client):
    make_article(slug="anderes")
    assert answer(client, "/de/%25/")[0] == 404
    assert answer(client, "/de/_______/")[0] == 404


def test_what_is_sent_to_an_old_address_is_refused(client):
    assert client.post("/de/revier/").status_code == 405


def test_an_old_address_costs_few_questions(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get("/de/unbekannte-seite/")
