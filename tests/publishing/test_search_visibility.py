"""The condition that rooms answer for each document: written once, true at every moment."""

import re

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from publishing.models import SearchDocument
from publishing.search.sources import SOURCES, with_pages
from publishing.search.visibility import condition_of
from tests.emmd.public_pages import make_public_site
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn
from tests.properties.factories import make_land

pytestmark = pytest.mark.django_db


def asked_anew(sources):
    of_rooms = Q(pk__in=[])
    for source in sources:
        of_rooms |= Q(source=source.name) & Q(Exists(source.public().filter(pk=OuterRef("object_id"))))
    return set(SearchDocument.objects.filter(of_rooms))


def test_it_is_the_answer_of_every_room():
    make_public_site()
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make()
    make_land(confirmed_days_ago=400)
    assert set(SearchDocument.objects.visible()) == asked_anew(SOURCES.values())
    assert set(SearchDocument.objects.visible(with_pages())) == asked_anew(with_pages())
    assert {one.source for one in SearchDocument.objects.visible()} == set(SOURCES)
    assert SearchDocument.objects.visible().count() < SearchDocument.objects.count()
    assert list(SearchDocument.objects.visible([])) == []


def test_it_follows_every_change_of_a_row():
    article = make_draft()
    visible = SearchDocument.objects.visible().filter(source="aktuelles")
    assert list(visible.all()) == []
    article.release()
    article.save()
    assert [one.object_id for one in visible.all()] == [article.pk]
    article.withdraw()
    article.save()
    assert list(visible.all()) == []


@pytest.mark.parametrize("name", SOURCES)
def test_no_room_writes_a_moment_into_a_condition_that_is_kept(name):
    _, parameters = condition_of(name, connection.alias)
    assert [one for one in parameters if re.match(r"\d{4}-\d\d-\d\d", str(one))] == []


def test_conditions_of_different_rooms_are_different_questions():
    make_article()
    news, events = SOURCES["aktuelles"], SOURCES["termine"]
    both = SearchDocument.objects.visible([news]) | SearchDocument.objects.visible([events])
    assert both.count() == 1
    assert (SearchDocument.objects.visible([news]) & SearchDocument.objects.visible([events])).count() == 0
