"""What changes by itself at a planned moment changes on every page at once: none comes out of a cache from before."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from publishing.models import PlannedChange, SiteVersion
from publishing.site_version import plan_change, read_version
from tests.factories import make_article

pytestmark = pytest.mark.django_db
LIST = "/aktuelles/"


def soon():
    return timezone.now() + timedelta(seconds=0.4)


def wait_until(moment):
    time.sleep(max(0, (moment - timezone.now()).total_seconds()) + 0.02)


def test_the_version_changes_when_the_moment_passes_and_nobody_writes_anything():
    moment = soon()
    plan_change(moment)
    before = read_version()
    assert read_version() == before
    assert timezone.now() < moment
    wait_until(moment)
    with CaptureQueriesContext(connection) as queries:
        assert read_version() != before
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_it_changes_once_for_each_moment_and_then_stays():
    first = soon()
    second = first + timedelta(seconds=0.4)
    plan_change(first)
    plan_change(second)
    seen = [read_version()]
    for moment in (first, second):
        wait_until(moment)
        seen.append(read_version())
        assert read_version() == seen[-1]
    assert len(set(seen)) == 3


def test_planning_changes_nothing_by_itself():
    before, tokens = read_version(), SiteVersion.objects.count()
    plan_change(timezone.now() + timedelta(days=1))
    assert read_version() == before
    assert SiteVersion.objects.count() == tokens


def test_a_moment_is_planned_once():
    moment = timezone.now() + timedelta(days=1)
    plan_change(moment)
    plan_change(moment)
    assert PlannedChange.objects.count() == 1


def test_a_page_kept_from_before_is_made_anew_from_the_moment_on(client):
    make_article(title="Erste Fassung")
    moment = timezone.now() + timedelta(seconds=1)
    plan_change(moment)
    assert "Erste Fassung" in client.get(LIST).content.decode()
    # Said to nobody: only the planned moment can bring it to light.
    Article.objects.update(title="Zweite Fassung")
    assert "Erste Fassung" in client.get(LIST).content.decode()
    assert timezone.now() < moment
    wait_until(moment)
    assert "Zweite Fassung" in client.get(LIST).content.decode()


def test_without_a_row_of_the_version_nothing_is_kept_whatever_is_planned():
    plan_change(timezone.now() - timedelta(days=1))
    SiteVersion.objects.all().delete()
    assert read_version() is None
