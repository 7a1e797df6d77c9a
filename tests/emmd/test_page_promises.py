"""What every public page promises. The table of pages is tests/emmd/public_pages.py."""

import itertools
import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.emmd.public_pages import PUBLIC_PAGES, make_public_site
from tests.factories import make_article
from tests.kept_pages import kept_pages
from tests.module_rows import kept_for_the_module
from tests.parsed_page import ParsedPage, fetch

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LONGEST_DESCRIPTION = 320


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        yield make_public_site()


@pytest.fixture(scope="module", params=PUBLIC_PAGES, ids=str)
def promise(request):
    return request.param


@pytest.fixture(scope="module")
def response(site, promise):
    return Client().get(promise.address)


@pytest.fixture(scope="module")
def page(response):
    assert response.status_code == 200
    return ParsedPage(response)


def test_a_page_is_well_formed_german_html(page):
    assert page.html.startswith("<!doctype html>")
    assert page.faults == []
    assert page.one("html").attrs["lang"] == "de"
    assert "{{" not in page.html
    assert "{%" not in page.html


def test_a_page_has_one_heading_and_its_sections_skip_no_level(page):
    headings = page.all("h1", "h2", "h3", "h4", "h5", "h6", inside=page.one("main"))
    assert [heading.tag for heading in headings].count("h1") == 1
    assert headings[0].tag == "h1"
    assert all(heading.text for heading in headings)
    levels = [int(heading.tag[1]) for heading in headings]
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_a_page_has_landmarks_and_a_way_past_them(page):
    assert page.one("main").attrs["id"] == "inhalt"
    assert page.links()[0] == "#inhalt"
    assert len(page.all("header", css="masthead")) == 1
    assert len(page.all("footer")) == 1
    labels = [nav.attrs.get("aria-label") for nav in page.all("nav")]
    assert all(labels)
    assert [label for label, times in Counter(labels).items() if times > 1] == []


def test_a_page_describes_itself_to_search_engines_and_social_networks(page, promise):
    assert 5 <= len(page.meta("description")) <= LONGEST_DESCRIPTION
    assert page.title.endswith(f" · {settings.SITE_NAME}")
    assert len(page.title) > len(f" · {settings.SITE_NAME}") + 4
    canonical = page.one("link", rel="canonical").attrs["href"]
    assert canonical == f"https://portal.example{promise.address}"
    cards = {one.attrs["property"]: one.attrs["content"] for one in page.all("meta") if "property" in one.attrs}
    assert all(cards.values())
    assert cards["og:image"].startswith("https://portal.example/")
    assert cards["og:url"] == f"https://portal.example{promise.path}"


def test_titles_are_unique(site, client):
    titles = [fetch(client, page.address).title for page in PUBLIC_PAGES]
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_breadcrumbs_are_the_same_for_readers_and_for_machines(page, promise):
    block = page.json_ld("BreadcrumbList")
    trails = page.all("nav", css="breadcrumbs")
    if not promise.has_breadcrumbs:
        assert (block, trails) == (None, [])
        return
    assert len(trails) == 1
    items = page.all("li", inside=trails[0])
    assert [item["name"] for item in block["itemListElement"]] == [item.text for item in items]
    assert [item["position"] for item in block["itemListElement"]] == list(range(1, len(items) + 1))
    assert next(item["item"] for item in block["itemListElement"]) == "https://portal.example/"
    assert block["itemListElement"][-1]["item"] == f"https://portal.example{promise.path}"
    assert page.links(inside=trails[0]) == [urlsplit(item["item"]).path for item in block["itemListElement"][:-1]]
    assert page.texts(inside=trails[0], **{"aria-current": "page"}) == [items[-1].text]


def test_structured_data_is_valid_and_cannot_end_its_block(page):
    blocks = [script for script in page.all("script") if "src" not in script.attrs]
    for block in blocks:
        assert block.attrs == {"type": "application/ld+json"}
        raw = "".join(block.parts)
        assert "<" not in raw
        assert ">" not in raw
    assert page.html.count("</script") == len(page.all("script"))
    kinds = (
        *("WebSite", "NewsArticle", "Event", "Organization", "CreativeWork", "Dataset", "RealEstateListing"),
        *("Project", "Report", "ImageGallery", "ImageObject"),
        "BreadcrumbList",
    )
    known = [page.json_ld(kind) for kind in kinds]
    assert len([one for one in known if one]) == len(blocks)


ADDRESSES = {"url", "image", "logo", "item", "contentUrl", "mainEntityOfPage", "sameAs", "license", "urlTemplate"}
#: What a page of this kind tells machines of itself.
TOLD = {
    "home": "WebSite",
    "news:detail": "NewsArticle",
    "events:detail": "Event",
    "competition:entry": "CreativeWork",
    "clusters:network": "Organization",
    "properties:land-detail": "RealEstateListing",
    "properties:hall-detail": "RealEstateListing",
    "pages:project": "Project",
    "pages:study": "Report",
    "pages:gallery": "ImageGallery",
    "pages:gallery-photo": "ImageObject",
    "pages:contact": "Organization",
}
DATASETS = ("properties:land-list", "properties:hall-list", "competition:hall-of-fame")


def nodes_of(data):
    """Every object of structured data, whatever lies around it."""
    if isinstance(data, dict):
        yield data
        data = data.values()
    if isinstance(data, str | int | float | bool | None):
        return
    for one in data:
        yield from nodes_of(one)


def whole(address):
    """Or something that is described in its own right."""
    return isinstance(address, dict) or str(address).startswith(("https://", "http://"))


def test_structured_data_says_what_it_is_and_names_whole_addresses(page, promise):
    blocks = [json.loads("".join(one.parts)) for one in page.all("script", type="application/ld+json")]
    assert {block["@context"] for block in blocks} <= {"https://schema.org"}
    for node in nodes_of(blocks):
        assert node["@type"]
        for name in ADDRESSES & node.keys():
            values = node[name] if isinstance(node[name], list) else [node[name]]
            assert [one for one in values if not whole(one)] == [], (name, node)
    kinds = {block["@type"] for block in blocks} - {"BreadcrumbList"}
    is_dataset = promise.url_name in DATASETS and not promise.query
    expected = "Dataset" if is_dataset else TOLD.get(promise.url_name)
    assert kinds == ({expected} if expected else set())


def test_the_home_page_says_who_publishes_the_portal_and_where_it_sits(site, client):
    publisher = fetch(client, "/").json_ld("WebSite")["publisher"]
    assert publisher["@type"] == "Organization"
    assert publisher["logo"].startswith("https://portal.example/static/img/logo")
    assert publisher["address"]["addressLocality"] == "Leipzig"


def test_scripts_are_modules_of_our_own(page):
    for script in page.all("script", type="module"):
        assert urlsplit(script.attrs["src"])[:2] == ("", "")
        assert script.text == ""


def test_a_page_sets_no_cookie_and_does_not_vary_by_cookie(response):
    assert response.cookies == {}
    assert response["Vary"] == "Accept-Encoding"


def test_a_page_answered_outside_the_cache_looks_at_no_cookie_either(site, editor_client, promise):
    editor_client.cookies["csrftoken"] = "a" * 32
    response = editor_client.get(f"{promise.address}{'&' if promise.query else '?'}unbekannt=1")
    assert response.status_code == 200
    assert kept_pages() == 0
    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()


def test_a_page_asks_no_other_host(page):
    addresses = [
        part.split()[0]
        for element in page.all("link", "script", "img", "source", "iframe", "video", "audio", "object", "embed")
        for name in ("href", "src", "srcset", "poster", "data")
        if element.attrs.get(name)
        for part in element.attrs[name].split(", ")
    ]
    assert addresses
    hosts = {urlsplit(address).netloc for address in addresses}
    assert hosts <= {"", "portal.example"}


def test_a_page_has_no_inline_style_script_or_handler(page):
    assert page.all("style") == []
    forbidden = [
        (element.tag, name)
        for element in page.elements
        for name in element.attrs
        if name == "style" or name.startswith("on")
    ]
    assert forbidden == []
    assert [link for link in page.links() if link.lower().startswith("javascript:")] == []


def test_pictures_keep_their_place_and_have_a_text_alternative(page):
    for picture in page.all("img"):
        assert int(picture.attrs["width"]) > 0
        assert int(picture.attrs["height"]) > 0
        assert "alt" in picture.attrs
    eager = [picture for picture in page.all("img") if "loading" not in picture.attrs]
    assert len(eager) <= 1


def test_ids_are_unique_and_references_lead_somewhere(page):
    ids = [element.attrs["id"] for element in page.elements if "id" in element.attrs]
    assert [one for one, times in Counter(ids).items() if times > 1] == []
    for element in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            assert set(element.attrs.get(name, "").split()) <= set(ids), element
    assert {link[1:] for link in page.links() if link.startswith("#")} <= set(ids)


def test_every_link_has_words_and_an_address(page):
    for link in page.all("a"):
        inner = page.all("img", inside=link)
        assert link.text or any(one.attrs["alt"] for one in inner), link
        assert re.match(r"(/|#|https?://|mailto:|tel:|webcal:|geo:|\?)", link.attrs["href"]), link


def test_every_own_link_answers(site, client):
    links = {link for page in PUBLIC_PAGES for link in fetch(client, page.address).links() if link.startswith("/")}
    assert len(links) > 20
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []


def test_a_long_lead_is_shortened_for_search_engines_only(client):
    article = make_article(teaser="Ein langer Satz mit Wörtern. " * 20)
    page = fetch(client, article.get_absolute_url())
    assert LONGEST_DESCRIPTION / 2 < len(page.meta("description")) <= LONGEST_DESCRIPTION
    assert page.one("p", css="lead").text == article.teaser.strip()
