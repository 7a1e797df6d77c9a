from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article
from tests.factories import make_article, make_rubric
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
PUBLISHED = datetime(2025, 7, 21, 7, 0, tzinfo=UTC)
CORRECTED = datetime(2025, 7, 23, 22, 30, tzinfo=UTC)


def corrected_article(**values):
    return make_article(
        **{"publish_from": PUBLISHED, "correction": "Richtig sind <18> Vorhaben.", "corrected_at": CORRECTED} | values
    )


def test_the_note_stands_on_the_article_with_its_day_in_berlin(client):
    page = fetch(client, corrected_article().get_absolute_url())
    note = page.one("aside", css="correction")
    assert note.text == "Korrektur vom 24. Juli 2025: Richtig sind <18> Vorhaben."
    assert page.one("time", inside=note).attrs["datetime"] == "2025-07-24T00:30:00+02:00"


def test_an_article_without_correction_has_no_note(client):
    assert fetch(client, make_article().get_absolute_url()).all("aside", css="correction") == []


def test_the_correction_is_the_articles_new_version_for_search_engines(client):
    article = corrected_article()
    data = fetch(client, article.get_absolute_url()).json_ld("NewsArticle")
    assert datetime.fromisoformat(data["datePublished"]) == PUBLISHED
    assert datetime.fromisoformat(data["dateModified"]) == CORRECTED
    sitemap = ElementTree.fromstring(client.get("/sitemap-beitraege.xml").content)
    assert [one.text for one in sitemap.findall(".//{*}lastmod")] == ["2025-07-24"]


def test_a_plain_save_is_no_new_version():
    article = make_article(publish_from=PUBLISHED)
    article.title = "Ein Komma mehr"
    article.save()
    assert article.modified_at == PUBLISHED


def test_a_correction_without_date_is_dated_now():
    before = timezone.now()
    article = make_article(correction="Zahl berichtigt.")
    assert before <= article.corrected_at <= timezone.now()


@pytest.mark.parametrize("emptied", ["", "   ", "\n"])
def test_removing_the_note_removes_its_date(emptied, client):
    article = corrected_article()
    article.correction = emptied
    article.save()
    article.refresh_from_db()
    assert article.corrected_at is None
    assert article.modified_at == PUBLISHED
    assert fetch(client, article.get_absolute_url()).all("aside", css="correction") == []


def test_a_correction_cannot_lie_before_the_publication():
    article = corrected_article(rubric=make_rubric())
    article.corrected_at = PUBLISHED - timedelta(minutes=1)
    with pytest.raises(ValidationError) as refusal:
        article.clean()
    assert refusal.value.message_dict == {
        "corrected_at": ["Eine Korrektur kann nicht vor der Veröffentlichung liegen."]
    }


def test_the_database_refuses_a_correction_without_date():
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(correction="Ohne Datum")


@pytest.mark.django_db
def test_a_copy_does_not_carry_the_correction_of_its_model():
    article = make_article(correction="Die Zahl war falsch.")
    twin = article.copy_as_draft()
    twin.save()
    twin.refresh_from_db()
    assert (twin.correction, twin.corrected_at) == ("", None)
    assert article.correction == "Die Zahl war falsch."
