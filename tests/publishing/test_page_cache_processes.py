"""One database, several processes, each with its own page cache."""

import itertools

import pytest

from tests.factories import make_article
from tests.publishing.portal_processes import portal_processes

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_process_ever_shows_a_page_that_is_older_than_the_last_commit(tmp_path):
    article = make_article()
    address = article.get_absolute_url()
    titles = (f"Fassung {number:04d}." for number in itertools.count())
    stale = hits = reads = 0
    with portal_processes(3, tmp_path) as (first, second, third):
        for editor, *others in 7 * [(first, second, third), (second, third, first), (third, first, second)]:
            title = next(titles)
            editor.do("edit", pk=article.pk, title=title)
            for reader in (*others, editor, *others, *others, editor, *others, *others, *others):
                page = reader.do("read", path=address)
                reads += 1
                hits += page["queries"] == 1
                stale += title not in page["text"]
    assert (reads, stale) == (294, 0)
    # A process renders a version once: every further look costs one query.
    assert hits == reads - 3 * 21


def test_reading_while_another_process_writes_never_shows_less_than_was_committed_before(tmp_path):
    article = make_article(title="Fassung 0000.")
    log = tmp_path / "committed"
    log.write_text("0")
    seen, stale = set(), 0
    with portal_processes(2, tmp_path) as (writer, reader):
        writer.start("edit_again_and_again", pk=article.pk, times=100, log=str(log))
        while not writer.has_answered():
            committed = int(log.read_text())
            page = reader.do("read", path=article.get_absolute_url())
            shown = int(page["text"].split("<h1>Fassung ")[1][:4])
            seen.add(shown)
            stale += shown < committed
        writer.answer()
        assert "<h1>Fassung 0100." in reader.do("read", path=article.get_absolute_url())["text"]
    assert stale == 0
    assert len(seen) > 5, "the reader hardly read while the writer wrote"


def test_a_process_that_rolls_back_leaves_its_page_to_nobody(tmp_path):
    article = make_article(title="Beschlossen")
    address = article.get_absolute_url()
    with portal_processes(2, tmp_path) as processes:
        writer, _ = processes
        assert "Verworfen" in writer.do("edit_and_roll_back", pk=article.pk, title="Verworfen", path=address)["text"]
        for process in processes:
            page = process.do("read", path=address)["text"]
            assert ("Beschlossen" in page, "Verworfen" in page) == (True, False)


def test_two_editors_who_save_different_articles_at_the_same_moment_both_succeed(tmp_path):
    one, other = make_article(), make_article()
    with portal_processes(2, tmp_path) as (first, second):
        first.do("begin")
        first.do("edit", pk=one.pk, title="Eins neu")
        second.start("begin")
        second.start("edit", pk=other.pk, title="Zwei neu")
        second.start("commit")
        second.has_answered(within=0.3)
        first.do("commit")
        for _ in range(3):
            second.answer()
        for reader, article, title in itertools.product((first, second), (one, other), ("Eins neu", "Zwei neu")):
            page = reader.do("read", path=article.get_absolute_url())["text"]
            assert f"<h1>{title}" in page or (article, title) not in ((one, "Eins neu"), (other, "Zwei neu"))


def test_two_editors_whose_articles_point_to_each_other_do_not_wait_for_each_other_for_ever(tmp_path):
    one, other = make_article(), make_article()
    with portal_processes(2, tmp_path) as (first, second):
        first.do("begin")
        first.do("edit", pk=one.pk, title="Eins neu")
        second.start("begin")
        # As the change form does, so that nobody else saves this article meanwhile.
        second.start("lock", pk=other.pk)
        second.start("edit", pk=other.pk, title="Zwei neu")
        second.has_answered(within=0.5)
        first.start("relate", pk=one.pk, other=other.pk)
        first.has_answered(within=0.2)
        second.start("commit")
        first.start("commit")
        for process, commands in ((first, 2), (second, 4)):
            for _ in range(commands):
                process.answer()
        page = first.do("read", path=one.get_absolute_url())["text"]
    assert "<h1>Eins neu" in page
    assert "Zwei neu" in page
