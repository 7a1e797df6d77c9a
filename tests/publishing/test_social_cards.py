import io

import pytest
from django.core.cache import caches
from PIL import Image

from clusters.models import Cluster
from competition.models import Edition
from publishing import social_cards
from publishing.search.sources import SOURCES
from publishing.social_cards import Card, set_title
from tests.emmd.public_pages import PUBLIC_PAGES, make_public_site
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SITE = "https://portal.example"


def card_of(page):
    return {
        one.attrs["property"]: one.attrs["content"]
        for one in page.all("meta")
        if one.attrs.get("property", "").startswith("og:image")
    }


# --- on the pages


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        yield make_public_site()


#: The pages of an edition show its card.
ITEMS = (
    "detail",
    "network",
    "entry",
    "edition",
    "finalists",
    "winners",
    ":index",
    "project",
    "study",
    "page",
    ":gallery",
)


@pytest.mark.parametrize("promise", PUBLIC_PAGES, ids=str)
def test_every_page_names_a_picture_of_its_own_size_that_can_be_fetched(site, client, promise, monkeypatch):
    monkeypatch.setattr(social_cards, "draw", lambda card: b"png")
    shown = card_of(fetch(client, promise.address))
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    assert shown["og:image:alt"]
    response = client.get(shown["og:image"].removeprefix(SITE))
    is_card = shown["og:image"].startswith(f"{SITE}/karten/")
    assert is_card or shown["og:image"] == f"{SITE}/static/img/social.png"
    assert is_card == promise.url_name.endswith(ITEMS)
    assert response.status_code == 200 or not is_card


def test_every_kind_with_a_page_of_its_own_has_a_card(site):
    rows = {name: source.rows().first() for name, source in SOURCES.items()}
    assert {name for name, row in rows.items() if row is None} == set()
    assert {name for name, row in rows.items() if Card.of(row) is None} == {"dokumente", "kontakte"}


def test_the_card_of_an_item_shows_what_the_search_shows(site):
    for source in SOURCES.values():
        for row in source.rows():
            if card := Card.of(row):
                words = source.words_of(row)
                assert (card.title, card.kicker) == (words.title, words.label)


def test_lists_and_the_home_page_keep_the_picture_of_the_portal(site, client):
    for path in ("/", "/aktuelles/", "/iq/preistraeger/", "/suche/"):
        assert card_of(fetch(client, path))["og:image"] == f"{SITE}/static/img/social.png"


def test_a_card_says_its_words_to_those_who_do_not_see_it(client):
    article = make_article(title="Große „Fragen“ & <Antworten>")
    shown = card_of(fetch(client, article.get_absolute_url()))
    assert shown["og:image:alt"] == "Meldung: Große „Fragen“ & <Antworten>"
    assert shown["og:image"] == f"{SITE}{Card.of(article).path}"


# --- what is answered


def png_of(response):
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return Image.open(io.BytesIO(response.content))


def test_a_card_is_a_png_of_the_size_that_networks_want(client):
    response = client.get(Card.of(make_article(title="Größe zählt")).path)
    assert png_of(response).size == (1200, 630)
    assert len(response.content) < 60_000
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.cookies == {}


def test_who_has_the_card_is_told_so(client):
    path = Card.of(make_article()).path
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_card_is_drawn_once_a_process(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(social_cards, "draw", lambda card: drawn.append(card) or b"png")
    path = Card.of(make_article()).path
    assert [client.get(path).content for _ in range(3)] == [b"png"] * 3
    assert len(drawn) == 1
    assert caches["pages"]._cache == {}


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_expired, make_withdrawn])
def test_what_is_not_public_has_no_card(client, make, monkeypatch):
    monkeypatch.setattr(social_cards, "draw", lambda card: pytest.fail("drawn"))
    assert client.get(Card.of(make(title="Geheim")).path).status_code == 404


def test_only_the_present_card_is_answered(client, monkeypatch):
    monkeypatch.setattr(social_cards, "draw", lambda card: b"png")
    article = make_article(title="Alt")
    former = Card.of(article).path
    article.title = "Neu"
    article.save()
    assert client.get(former).status_code == 404
    assert client.get(Card.of(article).path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/karten/aktuelles/da/0000000000000000.png",
        "/karten/aktuelles/da/.png",
        "/karten/aktuelles/da/%00.png",
        "/karten/aktuelles/unbekannt/0.png",
        "/karten/aktuelles/0.png",
        "/karten//0.png",
        "/karten/%ff/%fe/0.png",
        "/karten/" + "a/" * 2000 + "0.png",
    ],
)
def test_made_up_addresses_draw_nothing(client, path, monkeypatch):
    make_article(slug="da")
    monkeypatch.setattr(social_cards, "draw", lambda card: pytest.fail("drawn"))
    assert client.get(path).status_code in (400, 404)


def test_a_card_costs_two_questions(client, django_assert_num_queries):
    path = Card.of(make_article()).path
    with django_assert_num_queries(2):
        client.get(path)


def test_a_preview_names_no_card(editor_client):
    draft = make_draft(title="Geheim")
    page = fetch(editor_client, f"/admin/news/article/{draft.pk}/vorschau/")
    assert card_of(page)["og:image"] == f"{SITE}/static/img/social.png"


def test_the_colour_of_a_cluster_is_that_of_its_sign():
    assert set(social_cards.SIGN_COLOURS) == set(Cluster.Sign.values)


def test_a_new_title_has_a_new_address():
    edition = Edition(pk=1, year=2024, title="A")
    first = Card.of(edition).path
    edition.title = "B"
    assert Card.of(edition).path != first


# --- the title


@pytest.mark.parametrize(
    "title",
    [
        "Kurz",
        "Mitteldeutschland wächst zusammen: Neue Allianz für Wasserstoff, Wärme und Wertschöpfung im Revier",
        "Energie/Umwelt/Solarwirtschaft",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Wort " * 40,
        "x" * 400,
        "-" * 200,
        "😀" * 60,
        "ﷺ" * 60,
        "",
    ],
)
def test_every_title_fits_into_four_lines(title):
    size, lines = set_title(title)
    font = social_cards._font(social_cards.SourceSansProBold, size)
    assert len(lines) <= 4
    assert all(font.getlength(line) <= social_cards.TITLE_WIDTH for line in lines)
    assert social_cards.draw(Card("/aktuelles/da/", "Meldung", title))


def test_the_lines_of_a_title_are_of_much_the_same_length():
    _, lines = set_title("Neue Allianz für Wasserstoff und Wärme in der Region")
    assert lines == ["Neue Allianz für Wasserstoff", "und Wärme in der Region"]


def test_a_word_longer_than_a_line_is_parted_with_a_hyphen_and_loses_no_letter():
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    _, lines = set_title(word)
    assert len(lines) == 2
    assert lines[0].endswith("-")
    assert "".join(lines).replace("-", "") == word


def test_a_title_too_long_for_a_card_says_so():
    _, lines = set_title("Wort " * 60)
    assert lines[-1].endswith(" …")
