"""The number of queries does not grow with the number of articles, and lists are read from an index."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emmd.sitemaps import SITEMAPS
from news.models import Article, ArticleDownload, ArticleImage, ArticleLink, Rubric
from news.views import ArticleList, PressReleaseList, RubricArticleList, featured_articles
from publishing.site_version import bump
from tests.factories import (
    make_contact,
    make_document,
    make_full_article,
    make_image,
    make_press_office,
    make_rubric,
)
from tests.kept_pages import own_questions
from tests.module_rows import kept_for_the_module

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 10_000
LIST_BUDGET, DETAIL_BUDGET, HOME_BUDGET, FEED_BUDGET = 8, 10, 14, 8
SITEMAP_BUDGET = 2 * len(SITEMAPS)  # how many items a section has, and the newest of them
BUDGETS = {
    "/": HOME_BUDGET,
    "/aktuelles/": LIST_BUDGET,
    "/aktuelles/?seite=2": LIST_BUDGET,
    "/aktuelles/?rubrik=rubrik-1&art=press&jahr={year}": LIST_BUDGET,
    "/aktuelles/archiv/{year}/": LIST_BUDGET,
    "/aktuelles/rubrik/rubrik-1/": LIST_BUDGET,
    "/aktuelles/voller-beitrag/": DETAIL_BUDGET,
    "/presse/": LIST_BUDGET,
    "/aktuelles/atom/": FEED_BUDGET,
    "/aktuelles/rss/": FEED_BUDGET,
    "/aktuelles/rubrik/rubrik-1/atom/": FEED_BUDGET,
    "/presse/atom/": FEED_BUDGET,
    "/sitemap.xml": SITEMAP_BUDGET,
    "/sitemap-beitraege.xml": FEED_BUDGET,
    "/sitemap-aktuelles.xml": FEED_BUDGET,
}


class Crowd:
    """Articles with every relation filled, added in bulk."""

    def __init__(self):
        self.images = [make_image(is_for_press=True) for _ in range(3)]
        self.rubrics = [make_rubric(slug=f"rubrik-{number}") for number in range(1, 9)]
        self.contact = make_contact(photo=self.images[0])
        self.document = make_document()
        make_press_office(contact=self.contact)
        # One hand-picked article and one of the same rubric: „Mehr News“ needs all of its steps.
        alone = make_rubric()
        parts = {"image": self.images[0], "document": self.document, "contact": self.contact}
        full = make_full_article(slug="voller-beitrag", rubric=alone, days_ago=0, **parts)
        full.related.add(make_full_article(rubric=self.rubrics[0], **parts))
        make_full_article(rubric=alone, **parts)
        self.size = 3

    def grow_to(self, size):
        now = timezone.now()
        kinds = list(Article.Kind)
        first = self.size
        articles = Article.objects.bulk_create(
            Article(
                title=f"Beitrag {number}",
                slug=f"aus-der-menge-{number}",
                teaser="Ein Vorspann mit einigen Wörtern. " * 4,
                body="<p>Ein Absatz mit vielen Wörtern, wie Beiträge sie haben.</p>" * 12,
                released=number % 50 != 49,
                publish_from=now - timedelta(hours=7 * number + 1) if number % 50 != 48 else now + timedelta(days=1),
                publish_until=now - timedelta(minutes=30) if number % 50 == 47 else None,
                featured_until=now + timedelta(days=1) if number < 5 else None,
                kind=kinds[number % len(kinds)],
                rubric=self.rubrics[number % len(self.rubrics)],
                image=self.images[number % len(self.images)],
                contact=self.contact,
                correction="Richtig ist 18." if number % 9 == 0 else "",
                corrected_at=now if number % 9 == 0 else None,
            )
            for number in range(first, size)
        )
        ArticleLink.objects.bulk_create(
            ArticleLink(article=one, kind="info", label="Mehr", url="https://www.example.org/")
            for one in articles[:500]
        )
        ArticleImage.objects.bulk_create(ArticleImage(article=one, image=self.images[0]) for one in articles[:500])
        ArticleDownload.objects.bulk_create(
            ArticleDownload(article=one, document=self.document) for one in articles[:500]
        )
        self.size = size
        bump()


def queries_for(path):
    caches["pages"].clear()
    caches["figures"].clear()
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path)
    assert response.status_code == 200, path
    return own_questions(captured)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    """{path: (queries at FEW articles, queries at MANY)}; the many stay for the tests of this module."""
    year = timezone.localdate().year
    with kept_for_the_module(django_db_blocker):
        crowd, results = Crowd(), {path: [] for path in BUDGETS}
        for size in (FEW, MANY):
            crowd.grow_to(size)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            for path, counts in results.items():
                counts.append(queries_for(path.format(year=year)))
        yield results


@pytest.mark.parametrize("path", BUDGETS)
def test_an_address_keeps_its_budget(measured, path):
    few, many = measured[path]
    assert len(many) <= BUDGETS[path], "\n".join(many)
    assert len(few) <= BUDGETS[path], "\n".join(few)


# The list of ten articles is its own first page: the second page of so few is a hint on page one.
@pytest.mark.parametrize("path", BUDGETS)
def test_ten_thousand_articles_cost_as_many_queries_as_ten(measured, path):
    few, many = measured[path]
    assert len(few) == len(many), "\n".join([*few, "---", *many])


def test_a_page_from_the_cache_costs_one_query(measured):
    queries_for("/aktuelles/")
    with CaptureQueriesContext(connection) as captured:
        assert Client().get("/aktuelles/").status_code == 200
    assert len(captured) == 1


def test_lists_do_not_fetch_the_texts(measured):
    for path in ("/", "/aktuelles/", "/presse/", "/aktuelles/rubrik/rubrik-1/"):
        fetched = [sql for sql in measured[path][1] if '"news_article"."body"' in sql]
        assert fetched == [], path


LISTS = {
    "all": lambda: ArticleList.queryset.all()[:12],
    "all but the featured": lambda: ArticleList.queryset.exclude(pk__in=[one.pk for one in featured_articles()])[:12],
    "a rubric": lambda: RubricArticleList.queryset.filter(rubric=Rubric.objects.get(slug="rubrik-1"))[:12],
    "press releases": lambda: PressReleaseList.queryset.all()[:12],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_from_an_index_in_its_order(measured, name):
    plan = LISTS[name]().explain()
    if connection.vendor == "postgresql":
        assert re.search(r"Index (Only )?Scan.* using news_article_\w+ on news_article", plan), plan
        assert "Seq Scan on news_article" not in plan, plan
        assert "Sort" not in plan, plan
    else:
        assert re.search(r"(SCAN|SEARCH) news_article USING (COVERING )?INDEX news_article_", plan), plan
        assert "USE TEMP B-TREE" not in plan, plan


def test_featured_articles_are_found_by_an_index(measured):
    plan = featured_articles().explain()
    # SQLite may walk the publication index instead; it must not walk the table.
    assert re.search(r"INDEX news_article_|Index Scan.* using news_article_featured", plan), plan
    assert "Seq Scan on news_article" not in plan, plan
