"""How words are read: the same in what stands on a page and in what is typed."""

import pytest

from publishing.search.words import Question, Term, fold, folded_text, forms, normalised, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fläche", "Flaeche"),
        ("Fläche", "Flache"),
        ("Flächen", "FLÄCHE"),
        ("Förderung", "Foerderung"),
        ("Übernahme", "Uebernahme"),
        ("Straße", "Strasse"),
        ("Straßen", "STRASSE"),
        ("Haus", "Häuser"),
        ("Innovation", "Innovationen"),
        ("Preis", "Preise"),
        ("Stadt", "Städte"),
        ("Unternehmen", "Unternehmer"),
        ("Halle", "Hallen"),
        ("Café", "Cafe"),
        ("Łódź", "łódź"),
        ("Quelle", "Quellen"),
        ("Bau", "Bauen"),
        ("neu", "neue"),
        ("a\u0308hnlich", "ähnlich"),
    ],
)
def test_spellings_and_endings_of_a_word_are_one_word(one, other):
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Halle", "Hölle"), ("Messe", "Masse"), ("Jena", "Jahn"), ("Bau", "Bahn")])
def test_other_words_stay_other_words(one, other):
    assert stem(fold(one)) != stem(fold(other))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Fläche", "Gewerbeflächen"),
        ("Preis", "Innovationspreis"),
        ("Preis", "Preisträger"),
        ("Träger", "Preisträger"),
        ("Netzwerk", "Clusternetzwerke"),
        ("Halle", "Lagerhalle"),
        ("Halle", "Hallenobjekt"),
        ("Innov", "Innovationspreis"),
        ("Wasser", "Wasserstoffwirtschaft"),
        ("Region", "Metropolregion"),
        ("Innovationen", "Innovationspreis"),
        ("Hafen", "Flughafen"),
    ],
)
def test_a_word_is_found_as_beginning_and_as_part_of_a_compound(typed, found):
    assert Term(typed, 0, fold(typed)).is_in(fold(found), stem(fold(found)))


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Messe", "angemessen"),
        ("Halle", "Schall"),
        ("Eis", "Preis"),
        ("Eisen", "Hinweis"),
        ("IT", "Italien"),
        ("Lage", "Anlage"),
        ("Messe", "Messung"),
        ("Lage", "Auflage"),
    ],
)
def test_letters_that_happen_to_stand_inside_another_word_are_no_part_of_it(typed, other):
    assert not Term(typed, 0, fold(typed)).is_in(fold(other), stem(fold(other)))


def test_a_word_with_a_hyphen_is_found_in_its_parts_and_as_one():
    assert set(forms("E-Mobilität")) == {"e", "mobilitat", "emobilitat"}


def test_soft_hyphens_and_ligatures_are_no_letters():
    assert folded_text(normalised("Metro\u00adpol\u00adregion e\ufb03zient")) == "metropolregion effizient"


def test_stop_words_are_left_out_beside_others_only():
    assert [term.typed for term in Question.read("der Preis der Region").terms] == ["Preis", "Region"]
    assert [term.typed for term in Question.read("der").terms] == ["der"]


@pytest.mark.parametrize("quoted", ['"Halle an der Saale"', "„Halle an der Saale“", "»Halle an der Saale«"])
def test_quotation_marks_of_all_countries_make_a_phrase(quoted):
    question = Question.read(f"Messe {quoted}")
    assert question.phrases == ("halle an der saale",)
    assert [term.typed for term in question.terms] == ["Messe", "Halle", "an", "der", "Saale"]


@pytest.mark.parametrize("text", ["", "   ", '"', '""', '"((', "AND OR NOT", "*", "😀", "\x00", "-", "{}[]^~:"])
def test_whatever_is_typed_can_be_read(text):
    question = Question.read(text)
    assert all(term.folded.isalnum() for term in question.terms)


def test_a_correction_is_put_where_the_word_stood():
    question = Question.read("Der Inovationspreis in Halle, „Inovationspreis“")
    first, *_, last = question.terms
    assert question.corrected({first: "Innovationspreis"}) == "Der Innovationspreis in Halle, „Inovationspreis“"
    both = question.corrected({first: "Innovationspreis", last: "Preis"})
    assert both == "Der Innovationspreis in Halle, „Preis“"
