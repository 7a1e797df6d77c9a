import pytest

from publishing.name_search import LONGEST, cleaned, named
from tests.competition.factories import make_category, make_edition, make_entry

pytestmark = pytest.mark.django_db
NAMES = (
    "Ätherklang GmbH",
    "Größe & Maß AG",
    "MÜLLER UND SÖHNE",
    "Mueller Optik",
    "Straße 7",
    "C++ (Werkstatt) [Halle] 50% {1} ^$ | a.b*c? \\d",
    "Éclair Énergie",
    "50x Werkstatt",
)


@pytest.fixture
def entries():
    category = make_category(make_edition())
    for name in NAMES:
        make_entry(category, organisation=name, title="Neu")
    make_entry(category, organisation="Muster AG", title="Messung von Ölen")
    return type(category.entries.first()).objects.all()


def found(entries, text):
    return {one.organisation for one in entries.filter(named(text, "organisation", "title"))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ätherklang", {"Ätherklang GmbH"}),
        ("ÄTHERKLANG", {"Ätherklang GmbH"}),
        ("a\u0308therklang", {"Ätherklang GmbH"}),
        ("aetherklang", {"Ätherklang GmbH"}),
        ("GRÖSSE", {"Größe & Maß AG"}),
        ("groesse mass", {"Größe & Maß AG"}),
        ("größe MAẞ", {"Größe & Maß AG"}),
        ("müller", {"MÜLLER UND SÖHNE", "Mueller Optik"}),
        ("MUELLER", {"MÜLLER UND SÖHNE", "Mueller Optik"}),
        ("soehne", {"MÜLLER UND SÖHNE"}),
        ("strasse", {"Straße 7"}),
        ("éclair", {"Éclair Énergie"}),
        ("ÉNERGIE éclair", {"Éclair Énergie"}),
        ("muster ölen", {"Muster AG"}),
        ("muster optik", set()),
    ],
)
def test_a_name_is_found_in_any_case_and_spelling(entries, text, names):
    assert found(entries, text) == names


@pytest.mark.parametrize("text", ["c++", "(werkstatt)", "[halle]", "50%", "{1}", "^$", "|", "a.b*c?", "\\d", "&"])
def test_no_sign_means_more_than_itself(entries, text):
    expected = {name for name in NAMES if text in name.lower()}
    assert expected
    assert found(entries, text) == expected


@pytest.mark.parametrize(
    "text", ["(", "[", "\\", "*", "+?", "{9999999}", "(?i)x", "[[:alpha:]]", "\\1", "a" * 5000, "]^-"]
)
def test_no_search_breaks_the_database(entries, text):
    assert found(entries, text) <= {*NAMES, "Muster AG"}


def test_a_search_is_cut_and_cleaned():
    assert cleaned("  zwei \t Wörter\x00\n ") == "zwei Wörter"
    assert len(cleaned("x" * 1000)) == LONGEST
    assert cleaned("a b c d e f g h i j").split() == list("abcdefgh")
    assert cleaned("\x00 \u200b".replace("\u200b", "")) == ""
