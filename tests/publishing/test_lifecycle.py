from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from publishing.models.published import DRAFT, EXPIRED, PUBLIC, SCHEDULED, WITHDRAWN
from tests.factories import (
    make_article,
    make_draft,
    make_expired,
    make_full_article,
    make_image,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)
from tests.kept_pages import own_questions

pytestmark = pytest.mark.django_db


def status_of(client, item):
    return client.get(item.get_absolute_url()).status_code


def reloaded(item):
    return type(item).objects.get(pk=item.pk)


# --- release, schedule, withdraw, expire


def test_releasing_without_a_date_is_public_at_once(client):
    article = make_draft()
    assert (article.state, status_of(client, article)) == (DRAFT, 404)
    article.release()
    article.save()
    assert article.publish_from <= timezone.now()
    assert (reloaded(article).state, status_of(client, article)) == (PUBLIC, 200)


def test_releasing_with_a_date_ahead_is_planned(client):
    article = make_draft(publish_from=timezone.now() + timedelta(hours=1))
    article.release()
    article.save()
    assert (reloaded(article).state, status_of(client, article)) == (SCHEDULED, 404)


def test_withdrawn_content_answers_gone_with_help(client):
    article = make_article(title="Streng geheim", teaser="Auch geheim", body="<p>Ebenfalls geheim</p>")
    assert status_of(client, article) == 200
    article.withdraw()
    article.save()
    assert (article.state, reloaded(article).state) == (WITHDRAWN, WITHDRAWN)
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "<h1>Dieser Inhalt wurde zurückgezogen</h1>" in page
    assert "So geht es weiter" in page
    assert 'href="/aktuelles/"' in page
    assert "geheim" not in page


def test_expired_content_answers_gone(client):
    article = make_expired()
    assert (article.state, status_of(client, article)) == (EXPIRED, 410)


def test_withdrawn_content_can_be_released_again(client):
    article = make_withdrawn()
    first_start = article.publish_from
    article.release()
    article.save()
    assert (reloaded(article).state, status_of(client, article)) == (PUBLIC, 200)
    assert (reloaded(article).withdrawn_at, article.publish_from) == (None, first_start)


def test_the_moment_of_withdrawal_stays_through_later_saves():
    article = make_withdrawn()
    withdrawn_at = article.withdrawn_at
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        article.save()
    assert reloaded(article).withdrawn_at == withdrawn_at


def test_taking_back_what_never_was_public_makes_it_a_draft_again(client):
    article = make_scheduled()
    article.withdraw()
    article.save()
    assert (reloaded(article).state, status_of(client, article)) == (DRAFT, 404)


def test_withdrawing_works_in_a_save_of_single_fields_too(client):
    article = make_article()
    Article.objects.update_or_create(pk=article.pk, defaults={"released": False})
    assert (reloaded(article).state, status_of(client, article)) == (WITHDRAWN, 410)
    draft = make_draft()
    Article.objects.update_or_create(pk=draft.pk, defaults={"released": True})
    assert (reloaded(draft).state, status_of(client, draft)) == (PUBLIC, 200)
    assert reloaded(draft).edit_number == 2


@pytest.mark.parametrize("was", [make_article, make_expired, make_withdrawn])
def test_what_was_public_and_is_planned_anew_keeps_its_address_alive(client, was):
    article = was()
    article.release()
    article.publish_from, article.publish_until = timezone.now() + timedelta(hours=1), None
    article.save()
    assert (reloaded(article).state, reloaded(article).was_public) == (SCHEDULED, True)
    assert status_of(client, article) == 410
    old_path = article.get_absolute_url()
    article = reloaded(article)
    article.slug = "neue-adresse"
    article.save()
    assert client.get(old_path).status_code == 301
    article.delete()
    assert [client.get(path).status_code for path in (old_path, "/aktuelles/neue-adresse/")] == [410, 410]


def test_an_article_planned_anew_and_then_public_can_be_withdrawn_again(client):
    article = make_withdrawn()
    article.release()
    article.publish_from = timezone.now() + timedelta(hours=1)
    article.save()
    Article.objects.update(publish_from=timezone.now() - timedelta(hours=1))
    article = reloaded(article)
    assert article.state is PUBLIC
    first_withdrawal = article.withdrawn_at
    article.withdraw()
    article.save()
    assert reloaded(article).state is WITHDRAWN
    assert reloaded(article).withdrawn_at > first_withdrawal


# --- what nobody may know


def response_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    return response.status_code, response.headers, response.content, len(own_questions(queries))


@pytest.mark.parametrize("make", [make_draft, make_scheduled])
def test_an_unpublished_address_answers_exactly_as_one_that_never_existed(client, make):
    make(slug="wird-niemand-raten", image=make_image(), rubric=make_rubric())
    hidden = response_of(client, "/aktuelles/wird-niemand-raten/")
    unknown = response_of(client, "/aktuelles/hat-es-nie-gegeben/")
    assert hidden[0] == unknown[0] == 404
    assert hidden == unknown
    for path in (
        "/aktuelles/wird-niemand-raten",
        "/aktuelles/wird-niemand-raten/?x=1",
        "/aktuelles/WIRD-niemand-raten/",
    ):
        twin = path.lower().replace("wird-niemand-raten", "hat-es-nie-gegeben")
        mine, other = client.get(path), client.get(twin)
        assert (mine.status_code, mine.content) == (other.status_code, other.content)
    for method in ("post", "put", "delete", "options", "head"):
        answers = [
            getattr(client, method)(f"/aktuelles/{slug}/") for slug in ("wird-niemand-raten", "hat-es-nie-gegeben")
        ]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content == answers[1].content
        assert answers[0].headers == answers[1].headers


def test_a_planned_address_stays_unknown_even_where_this_machine_thinks_its_time_has_come(client):
    planned = make_scheduled()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert planned.is_public
        assert status_of(client, planned) == 404


# --- copies, numbers, constraints


def test_a_copy_is_a_new_draft_with_the_same_words(client):
    original = make_full_article(
        title="T" * 200, body="<p>Worte</p>", featured_until=timezone.now() + timedelta(days=1)
    )
    twin = original.copy_as_draft()
    assert (twin.pk, twin.state) == (None, DRAFT)
    twin.save()
    assert twin.pk != original.pk
    assert twin.title == ("Kopie von " + "T" * 200)[:200]
    assert (twin.teaser, twin.body, twin.image, twin.kind) == (
        original.teaser,
        original.body,
        original.image,
        original.kind,
    )
    assert twin.slug not in ("", original.slug)
    assert [twin.released, twin.publish_from, twin.publish_until, twin.featured_until, twin.withdrawn_at] == [
        False,
        None,
        None,
        None,
        None,
    ]
    assert (twin.edit_number, twin.history.count()) == (1, 1)
    assert status_of(client, twin) == 404
    untouched = reloaded(original)
    assert (untouched.title, untouched.state, untouched.edit_number) == ("T" * 200, PUBLIC, original.edit_number)
    assert untouched.links.count() == 4


def test_a_copy_of_a_withdrawn_item_is_a_draft_that_never_was_public():
    twin = make_withdrawn().copy_as_draft()
    twin.save()
    assert (reloaded(twin).state, reloaded(twin).was_public) == (DRAFT, False)


def test_every_save_counts():
    article = make_article()
    assert article.edit_number == 1
    for expected in (2, 3):
        article.save()
        assert reloaded(article).edit_number == expected


def test_the_database_refuses_a_release_without_a_start():
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create([Article(title="x", slug="x", released=True)])
    assert not Article.objects.exists()


def test_an_end_before_the_start_is_refused_in_german():
    now = timezone.now()
    article = Article(title="x", slug="x", teaser="x", publish_from=now, publish_until=now)
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert refusal.value.messages == ["„Öffentlich bis“ muss nach „öffentlich ab“ liegen."]


def test_what_is_missing_is_listed_before_the_release_and_only_then():
    article = Article(title="x", teaser=" ")
    article.full_clean()
    article.release()
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert refusal.value.messages == ["Vor der Veröffentlichung fehlt noch: der Vorspann, der Text, die Rubrik."]


def test_control_characters_never_reach_the_database():
    article = make_article(title="Vor\x00trag\x0b", teaser="Zeile\nZeile\ud800")
    assert (reloaded(article).title, reloaded(article).teaser) == ("Vortrag", "Zeile\nZeile")


@pytest.mark.parametrize("year", [225, 1989, 2101, 9998])
@pytest.mark.parametrize("field", ["publish_from", "publish_until", "featured_until"])
def test_a_mistyped_year_is_refused_at_its_field(field, year):
    article = Article(title="x", **{field: timezone.now().replace(year=year, month=3, day=1)})
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert refusal.value.message_dict == {field: ["Bitte prüfen Sie das Jahr: erlaubt ist 1990 bis 2100."]}
