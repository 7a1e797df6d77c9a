import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from news.models import Article, Rubric
from publishing.models import Contact, Document, Image, Redirect, SiteVersion
from publishing.page_cache import LIFETIME
from publishing.site_version import FIGURE_LIFETIME, bump, kept, one_bump_at_the_end, read_version
from tests.factories import (
    make_article,
    make_contact,
    make_document,
    make_draft,
    make_editor,
    make_full_article,
    make_image,
    make_press_office,
    make_rubric,
)

pytestmark = pytest.mark.django_db


def changed_by(change):
    before = read_version()
    assert read_version() == before
    change()
    return read_version() != before


def test_there_is_a_version_from_the_first_migration_on():
    assert SiteVersion.objects.count() == 1
    token, planned_changes_passed = read_version().split("-")
    assert (len(token), planned_changes_passed) == (16, "0")


@pytest.mark.parametrize(
    "make",
    [make_article, make_draft, make_rubric, make_contact, make_image, make_document, make_press_office],
)
def test_every_saving_and_deleting_of_content_changes_the_version(make):
    made = []
    assert changed_by(lambda: made.append(make()))
    assert changed_by(made[0].save)
    assert changed_by(made[0].delete)


def test_rows_of_inlines_and_relations_change_the_version():
    article, other = make_full_article(), make_article()
    for related in (article.links, article.gallery, article.downloads):
        assert changed_by(related.first().save)
        assert changed_by(related.first().delete)
    assert changed_by(lambda: article.related.add(other))
    assert changed_by(lambda: other.article_set.remove(article))
    assert changed_by(lambda: article.related.set([other]))
    assert changed_by(article.related.clear)


def test_redirects_change_the_version():
    assert changed_by(lambda: Redirect.objects.create(old_path="/alt/", new_path="/presse/"))


def test_deleting_by_query_changes_the_version():
    make_article()
    assert changed_by(Article.objects.all().delete)


def test_what_visitors_never_see_leaves_the_version_alone():
    article, editor = make_article(), make_editor()

    def log_in_and_out():
        client = Client()
        client.force_login(editor)
        client.get("/admin/")
        client.logout()

    assert not changed_by(log_in_and_out)
    assert not changed_by(editor.save)
    assert not changed_by(lambda: editor.groups.add(Group.objects.create(name="Gäste")))
    assert not changed_by(lambda: Session.objects.create(session_key="x", session_data="", expire_date=timezone.now()))
    assert not changed_by(article.history.first().save)
    assert not changed_by(lambda: list(Article.objects.all()))
    assert not changed_by(User.objects.all().delete)


def test_updates_by_query_need_a_bump_by_hand():
    make_article()
    assert not changed_by(lambda: Article.objects.update(kicker="Neu"))
    assert changed_by(bump)


def test_a_version_never_comes_again():
    seen = set()
    for _ in range(5):
        with transaction.atomic():
            bump()
            seen.add(read_version())
            transaction.set_rollback(True)
        bump()
        seen.add(read_version())
    assert len(seen) == 10


def test_a_rolled_back_change_leaves_the_version_as_it_was():
    before = read_version()
    with transaction.atomic():
        make_article()
        assert read_version() != before
        transaction.set_rollback(True)
    assert read_version() == before


def test_rows_do_not_pile_up():
    for _ in range(5):
        make_article()
    assert SiteVersion.objects.count() == 1


def test_without_a_row_nothing_is_cached_until_the_next_change_makes_one():
    SiteVersion.objects.all().delete()
    assert read_version() is None
    make_article()
    assert read_version()


def test_several_rows_are_one_version_and_each_change_of_one_is_seen():
    SiteVersion.objects.create(token="b" * 16)
    both = read_version()
    assert both.split("-")[1] == "b" * 16
    SiteVersion.objects.filter(token="b" * 16).update(token="c" * 16)
    assert read_version() != both
    assert changed_by(bump)


def test_a_long_import_changes_the_version_once_at_its_end():
    before = read_version()
    with one_bump_at_the_end():
        make_rubric()
        make_article()
        assert read_version() == before
    assert read_version() != before
    assert changed_by(make_rubric)


def test_an_import_that_breaks_off_leaves_nothing_and_later_changes_count_again():
    before = read_version()

    def broken_import():
        with one_bump_at_the_end():
            make_rubric(name="Halb")
            raise RuntimeError("row 17 is broken")

    with pytest.raises(RuntimeError, match="row 17"):
        broken_import()
    assert (read_version(), Rubric.objects.count()) == (before, 0)
    assert changed_by(make_rubric)


def test_an_import_within_an_import_still_waits_for_the_outer_end():
    before = read_version()
    with one_bump_at_the_end():
        with one_bump_at_the_end():
            make_rubric()
        inner = read_version()
        make_rubric()
        assert read_version() == inner
    assert read_version() not in (before, inner)


@pytest.mark.parametrize("model", [Article, Rubric, Image, Document, Contact])
def test_no_content_of_ours_is_forgotten(model):
    from publishing.site_version import is_content

    assert is_content(model)
    assert not hasattr(model, "history") or not is_content(model.history.model)


def request_with(version):
    request = RequestFactory().get("/")
    request.site_version = version
    return request


def test_a_shared_figure_is_computed_once_for_each_version_and_name():
    computed = []

    def compute():
        computed.append("computed")
        return len(computed)

    questions = [("a", "x"), ("a", "x"), ("b", "x"), ("b", "y")]
    asked = [kept(request_with(version), name, compute) for version, name in questions]
    assert asked == [1, 1, 2, 3]


def test_without_a_version_no_figure_is_kept():
    computed = []
    for _ in range(2):
        kept(request_with(None), "x", lambda: computed.append("computed"))
    assert len(computed) == 2


def test_a_page_made_with_an_old_figure_is_gone_within_a_minute():
    assert FIGURE_LIFETIME + LIFETIME < 60


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could close a connection")
@pytest.mark.django_db(transaction=True)
def test_a_connection_the_server_has_closed_is_opened_again():
    bump()
    before = read_version()
    connection.connection.close()
    assert read_version() == before
    assert before
