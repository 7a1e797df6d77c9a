import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news.models import Article
from publishing.text import without_control_characters
from tests.factories import make_article


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ""),
        ("Grüße aus Halle (Saale)", "Grüße aus Halle (Saale)"),
        ("Zeile\nZeile\r\n\tEingerückt", "Zeile\nZeile\r\n\tEingerückt"),
        ("a\x00b", "ab"),
        ("a\x08\x0b\x0c\x1b\x1f\x7fb", "ab"),
        ("a\x80\x85\x9fb", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffff", "ab"),
        (
            "Weich\u00adtrennung, schmaler\u202fAbstand, \u200fRichtung",
            "Weich\u00adtrennung, schmaler\u202fAbstand, \u200fRichtung",
        ),
        ("👷🏽‍♀️ 研究 Łódź", "👷🏽‍♀️ 研究 Łódź"),
    ],
)
def test_only_what_no_document_may_contain_goes(text, left):
    assert without_control_characters(text) == left


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80))
def test_what_is_left_can_be_sent_and_cleaned_again(text):
    left = without_control_characters(text)
    left.encode()
    assert without_control_characters(left) == left


@pytest.mark.django_db
def test_every_text_of_an_item_is_cleaned_on_both_databases():
    article = make_article(title="Ti\x00tel", teaser="Vor\x1bspann", kicker="Dach\x7fzeile", body="<p>Te\x00xt</p>")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.title, stored.teaser, stored.kicker, stored.body) == (
        "Titel",
        "Vorspann",
        "Dachzeile",
        "<p>Text</p>",
    )
