"""How many questions the public pages of the award ask, whatever the number of entries, prizes and years."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competition.models import Entry
from competition.results import close_results
from tests.competition.factories import make_full_edition, make_sponsor, make_testimonial
from tests.factories import make_contact, make_editor, make_image
from tests.kept_pages import own_questions
from tests.module_rows import kept_for_the_module

pytestmark = pytest.mark.django_db
LIST, DETAIL, EDITION, HOME = 8, 10, 12, 14
#: With one more for the version of the site, which every page asks for.
BUDGETS = {
    "/": HOME,
    "/iq/": EDITION,
    "/iq/2024/": EDITION,
    "/iq/2025/": EDITION,
    "/iq/2024/finalisten/": LIST,
    "/iq/2024/preistraeger/": LIST,
    "/iq/2024/beitraege/sieger/": DETAIL,
    "/iq/preistraeger/": LIST,
    "/iq/preistraeger/?seite=2": LIST,
    "/iq/preistraeger/?q=firma&stadt=leipzig&preis=clustersieg&jahr=2024": LIST,
    "/iq/zahlen.csv": LIST,
    "/iq/atom/": LIST,
    "/iq/2024/protokoll.json": DETAIL,
    "/sitemap-iq.xml": LIST,
    "/sitemap-einreichungen.xml": LIST,
}


@pytest.fixture(scope="module")
def few(django_db_setup, django_db_blocker):
    """Few of everything, but everything."""
    with kept_for_the_module(django_db_blocker):
        image = make_image()
        edition = make_full_edition(2024, image=image, contact=make_contact(photo=image))
        winner = edition.awards.get(kind="overall").entry
        Entry.objects.filter(pk=winner.pk).update(slug="sieger")
        close_results(edition, make_editor())
        make_full_edition(2025, image=image, winners=5, contact=make_contact())
        yield image


def questions(address):
    caches["pages"].clear()
    caches["figures"].clear()
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    assert response.status_code == 200, address
    return own_questions(queries)


@pytest.fixture(scope="module")
def first_counts(few):
    return {address: len(questions(address)) for address in BUDGETS}


@pytest.fixture(scope="module")
def many(few, first_counts):
    for year in range(2010, 2024):
        make_full_edition(year, image=few, clusters=3)
    edition = make_full_edition(2026, image=few, clusters=9, finalists=-1, winners=5)
    for _ in range(12):
        edition.sponsors.add(make_sponsor(logo=few))
        edition.testimonials.add(make_testimonial(photo=few))


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_stays_within_its_budget(first_counts, address):
    assert first_counts[address] <= BUDGETS[address] + 1, "\n".join(questions(address))


@pytest.mark.parametrize("address", [one for one in BUDGETS if one != "/iq/preistraeger/?seite=2"])
def test_more_years_and_entries_cost_no_more_questions(first_counts, many, address):
    # The home page and /iq/ show another edition now, one of another status.
    allowed = BUDGETS[address] + 1 if address in ("/", "/iq/") else first_counts[address]
    assert len(questions(address)) <= allowed, "\n".join(questions(address))


def test_the_second_page_of_the_wall_stays_within_the_budget(many, monkeypatch):
    monkeypatch.setattr("competition.views.HallOfFame.paginate_by", 10)
    for number in (1, 2, 5):
        assert len(questions(f"/iq/preistraeger/?seite={number}")) <= LIST + 1
