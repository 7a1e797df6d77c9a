import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article
from tests.factories import make_article

AGO, AHEAD = -timedelta(hours=1), timedelta(hours=1)
#: (start, end) relative to now, in every order the database accepts.
WINDOWS = [
    (None, None),
    (None, AHEAD),
    (AGO, None),
    (AHEAD, None),
    (AGO, AGO / 2),
    (AGO, AHEAD),
    (AHEAD, 2 * AHEAD),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("released", "window"), list(itertools.product((True, False), WINDOWS)))
def test_the_query_and_the_row_agree_on_what_is_public(released, window):
    now = timezone.now()
    start, end = window
    article = make_article(
        released=released,
        publish_from=start and now + start,
        publish_until=end and now + end,
    )
    expected = released and start in (None, AGO) and end in (None, AHEAD)
    assert article.is_public is expected
    assert list(Article.objects.published()) == ([article] if expected else [])
    assert Article.objects.with_state().get().state_name == article.state.name
    assert Article.objects.in_state(article.state).get() == article


@pytest.mark.django_db
def test_every_row_is_in_exactly_one_state():
    from publishing.models.published import STATES

    for released, (start, end) in itertools.product((True, False), WINDOWS):
        now = timezone.now()
        make_article(released=released, publish_from=start and now + start, publish_until=end and now + end)
    found = [article.pk for state in STATES for article in Article.objects.in_state(state)]
    assert sorted(found) == sorted(Article.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_the_database_refuses_an_end_before_the_start():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create(
            [
                Article(
                    title="x",
                    slug="x",
                    released=True,
                    publish_from=now,
                    publish_until=now - timedelta(minutes=1),
                )
            ]
        )
    assert not Article.objects.exists()
