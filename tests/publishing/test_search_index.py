"""What is found: one table of questions and hits, the same for both databases."""

import pytest

from publishing.models import SearchWord
from publishing.search import spelling
from publishing.search.query import Search
from tests.factories import make_article, make_draft
from tests.module_rows import kept_for_the_module

pytestmark = pytest.mark.django_db

#: {title: the rest of the text}
ARTICLES = {
    "Neue Gewerbeflächen am Flughafen": "Der Landkreis erschließt vierzig Hektar Industriegebiet für Ansiedlungen.",
    "Innovationspreis geht nach Halle (Saale)": "Die Preisträger forschen an der Universität über Membranen.",
    "Häuser aus Holz": "Ein Zimmererbetrieb baut Schulen. Straßen bleiben dafür unversehrt.",
    "Wasserstoffwirtschaft im Chemiedreieck": "Leitungen verbinden Leuna, Bitterfeld und Böhlen mit Speichern.",
    "E-Mobilität und Ladesäulen": "Städte bauen die Ladeinfrastruktur aus. Der Öffentliche Nahverkehr folgt.",
    "Fachkräfte gewinnen": "Unternehmerinnen und Handwerksbetriebe suchen Auszubildende mit Begeisterung.",
    "Optik aus Jena": "Photonische Chips für die Medizintechnik, gefördert aus Mitteln des Bundes.",
    "Strukturwandel in der Lausitz": "Braunkohle geht, erneuerbare Energien kommen. Fördermittel fließen bis 2038.",
    "Café am Markt eröffnet": "Gäste aus Łódź und Besançon kamen zur Eröffnung in die Straße des Friedens.",
    "Metropolregion trifft sich in Weißenfels": "Oberbürgermeister und Landrätinnen sprechen über Schienenwege.",
    "Künstliche Intelligenz für Mühlen": "Müller und Bäcker prüfen Mehl mit Kameras: größer, schöner, ähnlich.",
    "Studie zu Rechenzentren": "Abwärme heizt Gewächshäuser; Stromnetze brauchen Ausbau. CO2 sinkt um 30 Prozent.",
}
SHORT = {title.split()[0] if title.split()[0] != "Neue" else "Gewerbeflächen": title for title in ARTICLES}

#: What is typed, and the first words of the titles it must find, no more and no fewer.
QUESTIONS = [
    # Umlauts and ß, however they are typed
    ("Gewerbeflächen", "Gewerbeflächen"),
    ("gewerbeflaechen", "Gewerbeflächen"),
    ("GEWERBEFLACHEN", "Gewerbeflächen"),
    ("Gewerbefla\u0308chen", "Gewerbeflächen"),
    ("Straße", "Häuser Café"),
    ("Strasse", "Häuser Café"),
    ("STRASSEN", "Häuser Café"),
    ("Weissenfels", "Metropolregion"),
    ("Weißenfels", "Metropolregion"),
    ("Kuenstliche", "Künstliche"),
    ("kunstliche", "Künstliche"),
    ("Mühle", "Künstliche"),
    ("Muehlen", "Künstliche"),
    ("Boehlen", "Wasserstoffwirtschaft"),
    ("Oberbuergermeister", "Metropolregion"),
    ("cafe", "Café"),
    ("Lodz", "Café"),
    ("BESANCON", "Café"),
    # Endings
    ("Haus", "Häuser Studie"),
    ("Häusern", "Häuser Studie"),
    ("Holzes", "Häuser"),
    ("Schule", "Häuser"),
    ("Straßen", "Häuser Café"),
    ("Preis", "Innovationspreis"),
    ("Preise", "Innovationspreis"),
    ("Universitäten", "Innovationspreis"),
    ("Membran", "Innovationspreis"),
    ("Unternehmerin", "Fachkräfte"),
    ("Leitung", "Wasserstoffwirtschaft"),
    ("Speicher", "Wasserstoffwirtschaft"),
    ("Chip", "Optik"),
    ("Studien", "Studie"),
    ("Hektars", "Gewerbeflächen"),
    ("Gast", "Café"),
    ("Landrätin", "Metropolregion"),
    ("größere", "Künstliche"),
    ("ähnliche", "Künstliche"),
    # Parts of compounds
    ("Fläche", "Gewerbeflächen"),
    ("Flaechen", "Gewerbeflächen"),
    ("Innovation", "Innovationspreis"),
    ("Träger", "Innovationspreis"),
    ("Hafen", "Gewerbeflächen"),
    ("Gebiet", "Gewerbeflächen"),
    ("Stoff", "Wasserstoffwirtschaft"),
    ("Wirtschaft", "Wasserstoffwirtschaft"),
    ("Dreieck", "Wasserstoffwirtschaft"),
    ("Region", "Metropolregion"),
    ("Technik", "Optik"),
    ("Kohle", "Strukturwandel"),
    ("Wandel", "Strukturwandel"),
    ("Netz", "Studie"),
    ("Säule", "E-Mobilität"),
    ("Infrastruktur", "E-Mobilität"),
    ("Struktur", "Strukturwandel E-Mobilität"),
    ("Betrieb", "Häuser Fachkräfte"),
    ("Verkehr", "E-Mobilität"),
    # Beginnings
    ("Innov", "Innovationspreis"),
    ("Wasser", "Wasserstoffwirtschaft"),
    ("Rechenz", "Studie"),
    ("Gewächs", "Studie"),
    ("gewaechs", "Studie"),
    ("Metropol", "Metropolregion"),
    ("Chem", "Wasserstoffwirtschaft"),
    ("Begei", "Fachkräfte"),
    # Hyphens, numbers, names
    ("E-Mobilität", "E-Mobilität"),
    ("Emobilität", "E-Mobilität"),
    ("Mobilität", "E-Mobilität"),
    ("2038", "Strukturwandel"),
    ("CO2", "Studie"),
    ("30 Prozent", "Studie"),
    ("Halle (Saale)", "Innovationspreis"),
    ("Halle/Saale", "Innovationspreis"),
    ("jena", "Optik"),
    # Several words, in any order; stop words say nothing
    ("Preisträger Halle", "Innovationspreis"),
    ("Halle Preisträger", "Innovationspreis"),
    ("der Wandel in der Lausitz", "Strukturwandel"),
    ("Häuser Jena", ""),
    ("Wo ist das Café?", "Café"),
    # Phrases
    ('"erneuerbare Energien"', "Strukturwandel"),
    ('"Energien erneuerbare"', ""),
    ("„Straße des Friedens“", "Café"),
    ("»des Bundes« Chips", "Optik"),
    ('"Leuna, Bitterfeld"', "Wasserstoffwirtschaft"),
    ('"Haus aus Holz"', ""),
    ('"Häuser aus Holz"', "Häuser"),
    ('"erneuerbare Energien', "Strukturwandel"),
    # What only happens to stand inside another word
    ("Eis", ""),
    ("It", ""),
    ("Tanne", ""),
    ("Erdbeere", ""),
]
CORRECTIONS = [
    ("Inovationspreis", "Innovationspreis"),
    ("Innovatoinspreis", "Innovationspreis"),
    ("Wasserstofwirtschaft", "Wasserstoffwirtschaft"),
    ("Leipzg", None),
    ("Lausiz", "Lausitz"),
    ("Braunkole", "Braunkohle"),
    ("Preisträger Uniwersität", "Preisträger Universität"),
    ("Metrpolregion Weisenfels", "Metropolregion Weißenfels"),
    ("xyz", None),
    ("qqqqqqqqqq", None),
]
HOSTILE = [
    '"((',
    '"',
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "title_stems:x",
    "*",
    "a*",
    "^a",
    "😀",
    "\x00",
    "' OR 1=1 --",
    "&|!",
    "%_\\",
]


@pytest.fixture(scope="module")
def articles(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        for title, text in ARTICLES.items():
            make_article(title=title, teaser="", body=f"<p>{text}</p>")
        yield


def found(question):
    return set(Search(question).documents().values_list("title", flat=True))


def meant(question):
    search = Search(question)
    return spelling.correction(search, search.counts_of_single_terms())


def test_the_table_is_long_enough():
    assert len(QUESTIONS) >= 60
    assert len(SHORT) == len(ARTICLES)


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_a_question_finds_what_it_means_and_nothing_else(articles, question, expected):
    assert found(question) == {SHORT[word] for word in expected.split()}


@pytest.mark.parametrize(("question", "expected"), CORRECTIONS)
def test_a_typing_error_is_answered_with_what_was_meant(articles, question, expected):
    assert meant(question) == expected


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_breaks_the_database(articles, question):
    search = Search(question)
    assert list(search.best_first(search.documents())) is not None
    assert search.counts.total() == search.documents().count()
    assert meant(question) is None or search.counts.total() == 0


def test_a_word_that_only_drafts_know_is_as_unknown_as_any(articles):
    """Who types it exactly must not be treated differently from who makes a mistake."""
    make_draft(title="Innovationspreiz")
    assert meant("Innovationspreiz") == "Innovationspreis"


def test_the_whole_vocabulary_that_is_offered_stands_on_public_pages(articles):
    make_draft(title="Quastenflosser")
    seen = set(SearchWord.objects.all().seen().values_list("form", flat=True))
    assert "Quastenflosser" not in seen
    assert {"Membranen", "Hektar"} <= seen
