import time
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, ArticleLink
from news.views import ArticleDetail
from publishing.site_version import bump, one_bump_at_the_end, read_version
from tests.factories import (
    make_article,
    make_full_article,
    make_image,
    make_press_office,
    make_scheduled,
)
from tests.kept_pages import kept_pages

LIST = "/aktuelles/"


def queries_of(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


# --- once rendered, once more only when something changed


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", LIST, "/aktuelles/atom/", "/presse/", "/sitemap.xml", "/robots.txt"])
def test_the_same_address_is_rendered_once_and_then_costs_one_query(client, address):
    make_full_article()
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(address)
    assert first.status_code == second.status_code == 200
    assert second.content == first.content
    assert len(queries) == 1
    assert "publishing_siteversion" in queries[0]["sql"]


@pytest.mark.django_db
def test_a_change_nobody_announced_stays_unseen_so_that_the_tests_below_prove_something(client):
    article = make_article(title="Erste Fassung")
    client.get(article.get_absolute_url())
    Article.objects.update(title="Zweite Fassung")
    assert "Erste Fassung" in client.get(article.get_absolute_url()).content.decode()


def _save(article):
    article.title = "NEU im Titel"
    article.save()


def _update_or_create(article):
    Article.objects.update_or_create(pk=article.pk, defaults={"kicker": "NEU"})


def _update_with_bump(article):
    with transaction.atomic():
        Article.objects.update(kicker="NEU")
        bump()


def _bulk_create_with_one_bump(article):
    with one_bump_at_the_end():
        ArticleLink.objects.bulk_create([ArticleLink(article=article, label="NEU", url="https://www.example.org/")])


def _add_related(article):
    article.related.add(Article.objects.get(title="NEU, aber alt"))


def _add_link(article):
    ArticleLink.objects.create(article=article, label="NEU", url="https://www.example.org/neu")


def _change_link(article):
    link = article.links.first()
    link.label = "NEU"
    link.save()


def _change_image(article):
    article.image.credit = "Foto: NEU"
    article.image.save()


def _change_gallery(article):
    article.gallery.create(image=make_image(alternative_text="NEU in der Galerie"))


def _change_contact(article):
    article.contact.name = "Frau NEU"
    article.contact.save()


def _change_document(article):
    document = article.downloads.get().document
    document.title = "NEU gefasste Studie"
    document.save()


def _change_rubric(article):
    article.rubric.name = "NEU benannt"
    article.rubric.save()


def _change_press_office(article):
    make_press_office(boilerplate="<p>NEU gefasst</p>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        _save,
        _update_or_create,
        _update_with_bump,
        _bulk_create_with_one_bump,
        _add_related,
        _add_link,
        _change_link,
        _change_image,
        _change_gallery,
        _change_contact,
        _change_document,
        _change_rubric,
        _change_press_office,
    ],
)
def test_any_change_of_content_shows_with_the_very_next_request(client, change):
    make_article(title="NEU, aber alt", days_ago=900)
    for _ in range(3):
        make_article(days_ago=2)
    article = make_full_article()
    client.get(article.get_absolute_url())
    before = client.get(article.get_absolute_url()).content.decode()
    assert "NEU" not in before
    change(article)
    assert "NEU" in client.get(article.get_absolute_url()).content.decode()


def _delete(article):
    article.delete()


def _withdraw(article):
    article.withdraw()
    article.save()


def _end_by_update(article):
    Article.objects.update(publish_until=timezone.now() - timedelta(seconds=1))
    bump()


@pytest.mark.django_db
@pytest.mark.parametrize("end", [_delete, _withdraw, _end_by_update])
@pytest.mark.parametrize("address", ["/", LIST, "/aktuelles/atom/", "/sitemap-beitraege.xml"])
def test_what_is_taken_back_is_gone_with_the_very_next_request(client, end, address):
    article = make_article(title="Zu früh gemeldet", slug="zu-frueh-gemeldet")
    page = article.get_absolute_url()
    assert "zu-frueh-gemeldet" in client.get(address).content.decode()
    assert client.get(page).status_code == 200
    end(article)
    assert "zu-frueh-gemeldet" not in client.get(address).content.decode()
    assert client.get(page).status_code == 410


@pytest.mark.django_db
def test_removing_a_row_or_a_relation_shows_with_the_very_next_request(client):
    article = make_full_article()
    other = make_article(title="Handverlesen", days_ago=900)
    for _ in range(3):
        make_article()
    article.related.add(other)
    assert "Handverlesen" in client.get(article.get_absolute_url()).content.decode()
    article.related.clear()
    assert "Handverlesen" not in client.get(article.get_absolute_url()).content.decode()
    assert ">Programm</h2>" in client.get(article.get_absolute_url()).content.decode()
    article.links.filter(kind=ArticleLink.Kind.PROGRAMME).delete()
    assert ">Programm</h2>" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_page_behind(client):
    article = make_article(title="Beschlossen")
    for number in range(3):
        with transaction.atomic():
            article.title = f"Verworfen {number}"
            article.save()
            assert f"Verworfen {number}" in client.get(article.get_absolute_url()).content.decode()
            transaction.set_rollback(True)
        page = client.get(article.get_absolute_url()).content.decode()
        assert "Beschlossen" in page
        assert "Verworfen" not in page


@pytest.mark.django_db
def test_a_change_committed_while_a_page_is_rendered_leaves_nothing_stale(client, monkeypatch):
    article = make_article(title="Erste Fassung")
    untouched = ArticleDetail.get_context_data

    def change_behind_the_back(view, **kwargs):
        context = untouched(view, **kwargs)
        monkeypatch.setattr(ArticleDetail, "get_context_data", untouched)
        # By query: a save would ask this very request who is logged in, and so make its page one nobody keeps.
        Article.objects.update(title="Zweite Fassung")
        bump()
        return context

    monkeypatch.setattr(ArticleDetail, "get_context_data", change_behind_the_back)
    assert "Erste Fassung" in client.get(article.get_absolute_url()).content.decode()
    assert kept_pages() == 1
    assert "Zweite Fassung" in client.get(article.get_absolute_url()).content.decode()


# --- time


@pytest.mark.django_db
def test_a_kept_page_is_rendered_again_within_a_minute(client):
    make_article()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client.get(LIST)
        clock.shift(40)
        assert queries_of(lambda: client.get(LIST)) == 1
        clock.shift(20)
        assert queries_of(lambda: client.get(LIST)) > 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", LIST, "/aktuelles/rss/", "/sitemap-beitraege.xml"])
def test_planned_items_appear_and_ended_ones_disappear_without_any_change(client, address):
    soon = timezone.now() + timedelta(seconds=0.4)
    make_article(title="Geplant", slug="der-geplante", publish_from=soon)
    make_article(title="Begrenzt", slug="der-begrenzte", publish_until=soon)
    before = client.get(address).content.decode()
    assert ("der-geplante" in before, "der-begrenzte" in before) == (False, True)
    time.sleep(max(0, (soon - timezone.now()).total_seconds()) + 0.05)
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        after = client.get(address).content.decode()
    assert ("der-geplante" in after, "der-begrenzte" in after) == (True, False)


@pytest.mark.django_db
def test_a_fast_clock_of_this_machine_shows_nothing_early(client):
    planned = make_scheduled(title="Sperrfrist", slug="sperrfrist")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        for address in ("/", LIST, "/aktuelles/atom/", "/sitemap-beitraege.xml"):
            assert "sperrfrist" not in client.get(address).content.decode().lower()
        assert client.get(planned.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_without_page_cache_every_page_is_rendered_anew(client, settings):
    settings.PAGE_CACHE = False
    make_article()
    assert queries_of(lambda: client.get(LIST)) == queries_of(lambda: client.get(LIST)) > 1
    assert kept_pages() == 0


# --- a broken database


def refuse(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db
def test_a_broken_database_gives_an_error_page_and_keeps_nothing(client):
    make_article()
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        for address in ("/", LIST, "/gibt-es-nicht/"):
            response = client.get(address)
            assert response.status_code == 500
            assert "Bei uns ist etwas schiefgegangen" in response.content.decode()
            assert response["Content-Security-Policy"]
        assert read_version() is None
    assert kept_pages() == 0
    assert client.get(LIST).status_code == 200


@pytest.mark.django_db
def test_where_the_version_cannot_be_read_pages_are_rendered_and_not_kept(client):
    make_article(title="Trotzdem da")

    def refuse_version(execute, sql, params, many, context):
        if "publishing_siteversion" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_version):
        for _ in range(2):
            response = client.get(LIST)
            assert response.status_code == 200
            assert "Trotzdem da" in response.content.decode()
    assert kept_pages() == 0
