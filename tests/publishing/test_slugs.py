import pytest
from django.core.validators import validate_slug
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news.models import Article, Rubric
from publishing.slugs import LONGEST_SLUG, free_slug, german_slug
from tests.factories import make_article, make_rubric


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Größe & Maß", "groesse-mass"),
        ("Ärzte über Öl", "aerzte-ueber-oel"),
        ("ÄÖÜ", "aeoeue"),
        ("STRASSE und STRAẞE", "strasse-und-strasse"),
        # As macOS writes them: letter and combining diaeresis.
        ("Mu\u0308ller & Gro\u0308ße", "mueller-groesse"),
        ("Halle (Saale)", "halle-saale"),
        ("Leipzig/Halle", "leipzig-halle"),
        ("Messe – ein Rückblick", "messe-ein-rueckblick"),
        ("Messe—ein Rückblick", "messe-ein-rueckblick"),
        ("E-Mobilität", "e-mobilitaet"),
        ("E\u2011Mobilität", "e-mobilitaet"),
        ("20\u202212\u20222025", "20-12-2025"),
        ("Import − Export", "import-export"),
        ("Chemie|Kunststoffe", "chemie-kunststoffe"),
        ("foto_der_halle.jpg", "foto-der-halle-jpg"),
        ("Ja…Nein", "ja-nein"),
        ("Bürger:innen", "buergerinnen"),
        ("„Zukunft“ beginnt hier!", "zukunft-beginnt-hier"),
        ("20 % mehr für 1.500 €", "20-mehr-fuer-1-500"),
        ("  viel\u00a0 Luft\u202f ", "viel-luft"),
        ("Weich\u00adtrennung", "weichtrennung"),
        ("--Titel--", "titel"),
        ("a -- b", "a-b"),
        ("CO₂-Speicher", "co2-speicher"),
        ("ﬁnanziell", "finanziell"),
        ("Café à la Française", "cafe-a-la-francaise"),
        ("Łódź und Wrocław", "lodz-und-wroclaw"),
        ("Ústí nad Labem", "usti-nad-labem"),
        ("Ærø, Åland, Œuvre", "aeroe-aaland-oeuvre"),
        ("IQ 2025", "iq-2025"),
        ("C++ & C#", "c-c"),
        ("Neubau 🏗️ beginnt", "neubau-beginnt"),
        ("👍🎉", ""),
        ("研究开发", ""),
        ("Наука", ""),
        ("???", ""),
        ("", ""),
        ("Zeile\nZwei\x00", "zeile-zwei"),
    ],
)
def test_a_german_title_becomes_a_german_address(text, slug):
    assert german_slug(text) == slug


def test_a_long_title_is_cut_between_words():
    slug = german_slug("Metropolregion Mitteldeutschland " * 8)
    assert slug == "-".join(["metropolregion-mitteldeutschland"] * 3 + ["metropolregion"])
    assert len(slug) <= LONGEST_SLUG


def test_a_title_that_just_fits_is_not_cut():
    assert german_slug("a" * 59 + " " + "b" * 60) == "a" * 59 + "-" + "b" * 60


def test_a_single_endless_word_is_cut_where_it_must_be():
    assert german_slug("ä" * 200) == "ae" * 60


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_the_address_is_a_slug_of_bearable_length(text):
    slug = german_slug(text)
    assert len(slug) <= LONGEST_SLUG
    assert slug == slug.strip("-")
    assert german_slug(slug) == slug
    if slug:
        validate_slug(slug)


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("Neubau", set(), "neubau"),
        ("Neubau", {"neubau"}, "neubau-2"),
        ("Neubau", {"neubau", "neubau-2", "neubau-3"}, "neubau-4"),
        ("Neubau", {"neubau", "neubau-3"}, "neubau-2"),
        ("👍", set(), "beitrag"),
        ("👍", {"beitrag"}, "beitrag-2"),
        ("b" * 130, {"b" * 120}, "b" * 118 + "-2"),
        ("a" * 59 + " " + "b" * 60, {"a" * 59 + "-" + "b" * 60}, "a" * 59 + "-2"),
    ],
)
def test_a_taken_address_gets_a_number(title, taken, slug):
    assert free_slug(title, taken.__contains__, fallback="beitrag") == slug
    assert len(slug) <= LONGEST_SLUG


@pytest.mark.django_db
def test_items_of_one_title_get_addresses_of_their_own():
    slugs = [make_article(title="Neubau beginnt").slug for _ in range(3)]
    assert slugs == ["neubau-beginnt", "neubau-beginnt-2", "neubau-beginnt-3"]


@pytest.mark.django_db
def test_items_of_one_long_title_fit_into_the_database():
    first, second = (make_article(title="x" * 200) for _ in range(2))
    assert (first.slug, second.slug) == ("x" * 120, "x" * 118 + "-2")
    for article in (first, second):
        Article._meta.get_field("slug").clean(article.slug, article)


@pytest.mark.django_db
def test_saving_again_keeps_the_address():
    article = make_article(title="Neubau beginnt")
    article.title = "Neubau ist fertig"
    article.save()
    assert article.slug == "neubau-beginnt"


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Archiv", "Rubrik", "Atom", "RSS"])
def test_an_address_of_the_portal_itself_is_never_given_away(title):
    reserved = german_slug(title)
    assert reserved in Article.reserved_slugs
    assert make_article(title=title).slug == f"{reserved}-2"


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["🎉", "研究开发", "!!!"])
def test_a_title_without_latin_letters_still_gets_an_address(title):
    assert [make_article(title=title).slug for _ in range(2)] == ["beitrag", "beitrag-2"]
    assert [make_rubric(name=f"{title}{n}").slug for n in ("", "!")] == ["rubrik", "rubrik-2"]
    assert Rubric.objects.count() == 2
