"""Somebody follows every link, form, picture, style sheet, script, feed and file of the filled portal."""

from collections import defaultdict
from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emmd.navigation import FURTHER, MAIN
from pages.models import MenuEntry
from tests.clusters.factories import make_network_draft
from tests.competition.stranger import addresses_in, every_answer, parsed
from tests.emmd.public_pages import make_public_site
from tests.events.factories import make_event_draft
from tests.factories import make_draft
from tests.module_rows import kept_for_the_module
from tests.pages.factories import make_page
from tests.properties.factories import make_land

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
#: What a log-in guards has its own tests.
CLOSED = ("/admin/", "/jury/", "/konto/")
FEWEST_ADDRESSES = 250
FEWEST_WORDS = 3


def months_around():
    today = timezone.localdate()
    around = (today.replace(day=1) - timedelta(days=1), today, today.replace(day=28) + timedelta(days=7))
    return {reverse("events:month", args=[day.year, day.month]) for day in around}


def is_followed(address, source):
    """Every path, each with one question at a time; the calendar has a page for every month of a century."""
    parts = urlsplit(address)
    if parts.path.startswith(CLOSED) or (
        parts.path.startswith("/termine/monat/") and parts.path not in months_around()
    ):
        return False
    # What is asked on an answer to a question is a combination: each part of it is asked elsewhere.
    return not parts.query or (len(parse_qsl(parts.query)) == 1 and not urlsplit(source or "").query)


@pytest.fixture(scope="module")
def drafts(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        public = make_public_site()
        article, page = make_draft(title="Entwurf"), make_page(released=False, title="Entwurf einer Seite")
        public.related.add(article)
        article.clusters.add(*public.clusters.all())
        MenuEntry.objects.create(place="footer", page=page)
        event, network = make_event_draft(title="Entwurf"), make_network_draft(title="Entwurf")
        yield [article, page, event, network, make_land(released=False, title="Entwurf")]


@pytest.fixture(scope="module")
def answers(drafts):
    return every_answer(["/", "/robots.txt", "/sitemap.xml"], is_followed=is_followed)


@pytest.fixture(scope="module")
def pages(answers):
    """{address: page} of what a browser shows."""
    return {
        address: parsed(answer)
        for address, answer in answers.items()
        if answer.status == 200 and dict(answer.headers)["Content-Type"].startswith("text/html")
    }


def sources_of(answers, wanted):
    found = defaultdict(list)
    for source, answer in answers.items():
        for address in addresses_in(answer):
            if address in wanted:
                found[address].append(source)
    return {address: sources[:3] for address, sources in found.items()}


def test_no_link_is_dead(answers):
    assert len(answers) > FEWEST_ADDRESSES
    targets = {
        address: dict(answer.headers)["Location"] for address, answer in answers.items() if answer.status in (301, 302)
    }
    dead = [address for address, answer in answers.items() if answer.status not in (200, 301, 302)]
    dead += [
        address
        for address, target in targets.items()
        if answers.get(urljoin(address, target).removeprefix(settings.SITE_URL).partition("#")[0]) is None
    ]
    assert sources_of(answers, dead) == {}


def test_style_sheets_and_scripts_ask_for_nothing_that_is_missing(answers):
    kinds = {
        dict(answer.headers)["Content-Type"].partition(";")[0] for answer in answers.values() if answer.status == 200
    }
    assert {"text/html", "text/css", "text/javascript", "text/calendar", "application/atom+xml"} <= kinds
    assert {"image/webp", "image/avif", "application/pdf", "text/csv"} <= kinds
    missing = [
        (address, name)
        for address, answer in answers.items()
        if address.endswith(".css")
        for name in [part.partition(")")[0].strip("\"'") for part in answer.text.split("url(")[1:]]
        if not name.startswith(("data:", "#")) and Client().get(urljoin(address, name)).status_code != 200
    ]
    assert missing == []


def test_no_link_leads_to_a_place_that_a_page_does_not_have(pages):
    places = {
        address: {one.attrs["id"] for one in page.elements if "id" in one.attrs} for address, page in pages.items()
    }
    lost = [
        (source, link)
        for source, page in pages.items()
        for link in page.links()
        for address, _, place in [urljoin(source, link).removeprefix(settings.SITE_URL).partition("#")]
        if place and address in places and unquote(place) not in places[address]
    ]
    assert lost == []


def test_no_link_leads_to_a_draft(answers, drafts):
    paths = [one.get_absolute_url() for one in drafts]
    assert [Client().get(path).status_code for path in paths] == [404] * len(paths)
    assert [address for address in answers if urlsplit(address).path in paths] == []


def test_no_page_of_the_menu_is_empty(pages):
    menu = {reverse(entry.url_name) for entry in (*MAIN, *FURTHER)} | {"/ueber-die-region/", "/impressum/"}
    assert menu <= set(pages)
    words = {one: len(pages[one].one("main").text.split()) - len(pages[one].one("h1").text.split()) for one in menu}
    assert [one for one, number in words.items() if number < FEWEST_WORDS] == []


def test_every_page_has_a_title_a_description_and_one_heading(pages):
    poor = [
        address
        for address, page in pages.items()
        if not page.title or not page.meta("description") or [bool(text) for text in page.texts("h1")] != [True]
    ]
    assert poor == []


def test_pages_that_stand_for_themselves_have_titles_of_their_own(pages):
    """A choice of filters stands for the page it is taken from when its canonical address says so."""
    titles = defaultdict(set)
    for page in pages.values():
        for link in page.all("link", rel="canonical"):
            titles[page.title].add(link.attrs["href"])
    assert {title: canonical for title, canonical in titles.items() if len(canonical) > 1} == {}
