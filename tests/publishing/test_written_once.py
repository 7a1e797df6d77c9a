"""A query written once answers like the same query written anew."""

from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article, ArticleLink
from publishing.written_once import WrittenOnce
from tests.factories import make_article, make_draft, make_full_article, make_scheduled

pytestmark = pytest.mark.django_db


def test_it_finds_the_same_row_with_everything_joined_to_it():
    full, other = make_full_article(slug="voll"), make_article(slug="leer")
    queryset = Article.objects.published().with_page_parts()
    by_slug = WrittenOnce(queryset, "slug")
    for slug, expected in (("voll", full), ("leer", other), ("voll", full)):
        (found,) = by_slug.rows(slug)
        assert found == expected
        assert vars(found).keys() == vars(queryset.get(slug=slug)).keys()
    with CaptureQueriesContext(connection) as queries:
        (found,) = by_slug.rows("voll")
        assert (found.image, found.rubric, found.has_gallery) == (full.image, full.rubric, True)
    assert len(queries) == 1


def test_it_asks_the_clock_anew_each_time():
    by_slug = WrittenOnce(Article.objects.published(), "slug")
    article = make_scheduled(slug="morgen")
    make_draft(slug="entwurf")
    assert by_slug.rows("morgen") == by_slug.rows("entwurf") == []
    Article.objects.filter(pk=article.pk).update(publish_from=article.created_at)
    assert by_slug.rows("morgen") == [article]
    assert by_slug.rows("entwurf") == []


def test_it_finds_by_key_and_keeps_the_order():
    articles = [make_full_article(), make_full_article()]
    of_article = WrittenOnce(ArticleLink.objects.all(), "article")
    for article in articles:
        assert of_article.rows(article.pk) == list(article.links.all()) != []
    assert of_article.rows(0) == []


@pytest.mark.parametrize("hostile", ["-9007199254740991", "%s", "%", "' OR 1=1 --", "{}", "x" * 5000])
def test_no_value_changes_the_question(hostile):
    make_article(slug="leer")
    assert WrittenOnce(Article.objects.published(), "slug").rows(hostile) == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    by_slug = WrittenOnce(Article.objects.published(), "slug")
    article = make_article(slug="leer")
    found = []

    def ask():
        found.append(by_slug.rows("leer"))
        connection.close()

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
        thread.join()
    assert found == [[article], [article]]
    assert by_slug.rows("leer") == [article]
