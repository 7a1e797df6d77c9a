import pytest

from news.ageing_words import find_ageing_words
from news.models import Article

pytestmark = []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Heute beginnt die Messe.", ["heute"]),
        ("Anmeldung bis morgen möglich.", ["morgen"]),
        ("Am Morgen beginnt die Messe.", []),
        ("Morgens um acht geht es los.", []),
        ("Übermorgen ist Schluss.", ["übermorgen"]),
        ("Frühbucherpreise gelten bis Mai.", ["Frühbucher"]),
        ("Der Frühbucher-Tarif endet.", ["Frühbucher"]),
        ("In diesem Jahr sind es 157 Bewerbungen.", ["dieses Jahr"]),
        ("Dieses Jahr sind es 157.", ["dieses Jahr"]),
        ("Die Bewerbungen dieses Jahres.", ["dieses Jahr"]),
        ("Im nächsten Jahr folgt Halle.", ["nächstes Jahr"]),
        ("Nächstes Jahr folgt Halle.", ["nächstes Jahr"]),
        ("Im vergangenen Jahr war es Leipzig.", ["letztes Jahr"]),
        ("Letztes Jahr war es Leipzig.", ["letztes Jahr"]),
        ("In dieser Woche tagt die Jury.", ["diese Woche"]),
        ("Nächste Woche tagt die Jury.", ["nächste Woche"]),
        ("In diesem Monat tagt die Jury.", ["dieser Monat"]),
        ("Derzeit läuft der Umbau, demnächst folgt mehr.", ["demnächst", "derzeit"]),
        ("Gestern und kürzlich.", ["gestern", "kürzlich"]),
        ("Heutenhausen und Vorgestern-Verlag", []),
        ("Die heutige Lage", []),
        ("Im Jahr 2025 beginnt der Bau.", []),
        ("", []),
    ],
)
def test_words_that_age_are_found_and_their_lookalikes_are_not(text, found):
    assert find_ageing_words(text) == found


def test_title_lead_and_text_are_searched_but_not_the_markup():
    article = Article(title="Heute", teaser="Bis gestern", body="<p>Das gilt derzeit.</p><p class='kürzlich'>x</p>")
    assert article.ageing_words() == ["heute", "gestern", "derzeit"]


def test_words_do_not_arise_where_two_blocks_meet():
    assert Article(title="x", body="<p>he</p><p>ute</p>").ageing_words() == []


def test_a_word_broken_by_markup_is_still_found():
    assert Article(title="x", body="<p><strong>he</strong>ute</p>").ageing_words() == ["heute"]


def test_a_kept_word_is_not_asked_for_again_but_a_new_one_is():
    article = Article(title="Heute")
    article.keep_ageing_words(article.ageing_words())
    assert article.ageing_words() == []
    article.teaser = "Und morgen."
    assert article.ageing_words() == ["morgen"]
    article.keep_ageing_words(["morgen"])
    article.keep_ageing_words(["heute"])
    assert article.kept_ageing_words == "heute|morgen"


@pytest.mark.django_db
def test_every_word_can_be_kept_at_once_and_survives_saving():
    words = "heute gestern übermorgen diese Woche nächste Woche dieser Monat dieses Jahr nächstes Jahr letztes Jahr"
    article = Article(title=f"{words} kürzlich demnächst derzeit Frühbucher morgen")
    found = article.ageing_words()
    assert len(found) == 14
    article.keep_ageing_words(found)
    article.save()
    article.refresh_from_db()
    assert article.ageing_words() == []
