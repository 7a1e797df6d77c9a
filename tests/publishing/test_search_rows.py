"""The index follows the rooms, its order can be said in a sentence, and only what is public is found."""

import contextlib

import pytest
from django.core.management import call_command
from django.db import transaction

from news.models import Article
from publishing.models import SearchDocument, SearchWord
from publishing.search import index, spelling
from publishing.search.query import Search
from publishing.site_version import one_bump_at_the_end
from tests.clusters.factories import make_cluster, make_network
from tests.events.factories import make_event, make_organiser, make_venue
from tests.factories import make_article, make_document, make_draft, make_expired, make_scheduled, make_withdrawn

pytestmark = pytest.mark.django_db


def found(question):
    return set(Search(question).documents().values_list("title", flat=True))


def in_order(question):
    search = Search(question)
    return list(search.best_first(search.documents()).values_list("title", flat=True))


def meant(question):
    search = Search(question)
    return spelling.correction(search, search.counts_of_single_terms())


# --- The order


def test_the_title_that_is_the_question_comes_first_then_titles_then_texts():
    make_article(title="Bericht", teaser="Alles über das Netzwerk.", days_ago=1)
    make_article(title="Clusternetzwerke im Vergleich", days_ago=2)
    make_article(title="Ein Netzwerk wächst", days_ago=3)
    make_article(title="Netzwerk", days_ago=4)
    assert in_order("Netzwerk") == ["Netzwerk", "Ein Netzwerk wächst", "Clusternetzwerke im Vergleich", "Bericht"]


def test_among_equals_what_has_no_date_comes_first_and_then_the_newest():
    make_article(title="Energie heute", days_ago=400)
    make_article(title="Energie morgen", days_ago=3)
    make_cluster(name="Energie und Umwelt")
    assert in_order("Energie") == ["Energie und Umwelt", "Energie morgen", "Energie heute"]


def test_what_is_hidden_does_not_change_the_order_of_what_is_seen():
    for number in range(5):
        make_article(title=f"Solar {number}", days_ago=number + 1)
    before = in_order("Solar")
    for number in range(30):
        make_draft(title=f"Solar Solar {number}", teaser="Solar " * 30)
    assert in_order("Solar") == before


# --- The index follows


def test_a_change_is_found_at_once_and_the_old_words_are_not():
    article = make_article(title="Kranbau")
    assert found("Kranbau") == {"Kranbau"}
    article.title = "Schiffbau"
    article.save()
    assert (found("Kranbau"), found("Schiffbau")) == (set(), {"Schiffbau"})
    article.delete()
    assert found("Schiffbau") == set()
    assert SearchDocument.objects.count() == 0


def test_the_index_belongs_to_the_transaction_of_the_change():
    class RegretError(Exception):
        pass

    def change_our_minds():
        with transaction.atomic():
            make_article(title="Kranbau")
            assert found("Kranbau")
            raise RegretError

    with pytest.raises(RegretError):
        change_our_minds()
    assert found("Kranbau") == set()
    assert not SearchWord.objects.filter(stem="kranbau").exists()


def test_a_new_address_is_the_one_that_is_shown():
    article = make_article(title="Kranbau")
    article.slug = "neue-adresse"
    article.save()
    assert Search("Kranbau").documents().get().path == "/aktuelles/neue-adresse/"


def test_names_that_a_row_shows_are_followed_too():
    venue, organiser = make_venue(town="Zeitz"), make_organiser(name="Handwerkskammer")
    make_event(title="Treffen", venue=venue, organisers=[organiser])
    assert found("Zeitz") == found("Handwerkskammer") == {"Treffen"}
    venue.town = "Naumburg"
    venue.save()
    organiser.name = "Innung"
    organiser.save()
    assert found("Zeitz") == found("Handwerkskammer") == set()
    assert found("Naumburg") == found("Innung") == {"Treffen"}


@pytest.mark.parametrize("in_an_import", [False, True])
def test_a_name_that_vanishes_is_no_longer_found_where_it_stood(in_an_import):
    organiser, event = make_organiser(name="Quantenverein"), make_event(title="Lange Nacht")
    event.organisers.add(organiser)
    assert found("Quantenverein") == {"Lange Nacht"}
    with one_bump_at_the_end() if in_an_import else contextlib.nullcontext():
        organiser.delete()
    assert (found("Quantenverein"), found("Nacht")) == (set(), {"Lange Nacht"})


def test_a_long_import_is_indexed_when_it_ends():
    with one_bump_at_the_end():
        article = make_article(title="Kranbau")
        make_article(title="Verworfen").delete()
        assert found("Kranbau") == set()
    assert found("Kranbau") == {article.title}
    assert found("Verworfen") == set()


def test_saving_nothing_new_writes_nothing(django_assert_num_queries):
    article = make_article(title="Kranbau")
    document = SearchDocument.objects.get()
    with django_assert_num_queries(3):
        # What is stored, the row, its words.
        index.write(next(iter(index.SOURCES.values())), [article.pk])
    assert SearchDocument.objects.get().pk == document.pk


def test_rebuilding_finds_what_came_without_a_signal(capsys):
    kept, gone = make_article(title="Kranbau"), make_article(title="Verworfen")
    Article.objects.filter(pk=kept.pk).update(title="Schiffbau")
    Article.objects.filter(pk=gone.pk)._raw_delete("default")
    assert found("Schiffbau") == set()
    call_command("rebuild_search", verbosity=0)
    assert (found("Kranbau"), found("Schiffbau")) == (set(), {"Schiffbau"})
    assert list(SearchDocument.objects.values_list("title", flat=True)) == ["Schiffbau"]
    assert not SearchWord.objects.filter(stem__in=["kranbau", "verworf"]).exists()


def test_rebuilding_if_empty_builds_once():
    make_article(title="Kranbau")
    SearchDocument.objects.all().delete()
    call_command("rebuild_search", if_empty=True, verbosity=0)
    assert found("Kranbau")
    SearchDocument.objects.update(title="unberührt")
    call_command("rebuild_search", if_empty=True, verbosity=0)
    assert SearchDocument.objects.get().title == "unberührt"


# --- Only what is public


SECRETLY = {
    "Entwurf": make_draft,
    "Geplant": make_scheduled,
    "Abgelaufen": make_expired,
    "Zurückgezogen": make_withdrawn,
}


@pytest.mark.parametrize("make", SECRETLY.values(), ids=SECRETLY)
def test_what_is_not_public_is_indexed_but_neither_found_nor_counted_nor_offered(make):
    secret = make(title="Quastenflosser", body="<p>Quastenflosser</p>", teaser="Quastenflosser")
    assert SearchDocument.objects.get().title == "Quastenflosser"
    assert found("Quastenflosser") == found("Quasten") == found('"Quastenflosser"') == set()
    assert Search("Quastenflosser").counts.of == {}
    assert meant("Quastnflosser") is None
    # The proof: the moment it is public, all of this changes.
    Article.objects.filter(pk=secret.pk).update(released=True, publish_until=None, publish_from=secret.created_at)
    assert found("Quasten") == {"Quastenflosser"}
    assert meant("Quastnflosser") == "Quastenflosser"


def test_a_document_is_found_while_a_public_page_offers_it():
    document = make_document(title="Machbarkeitsstudie")
    assert found("Machbarkeit") == set()
    draft = make_draft(title="Wartet")
    draft.downloads.create(document=document)
    assert found("Machbarkeit") == set()
    article = make_article(title="Erschienen")
    article.downloads.create(document=document)
    assert found("Machbarkeit") == {"Machbarkeitsstudie"}
    assert Search("Machbarkeit").documents().get().path == document.get_absolute_url()
    document.is_withdrawn = True
    document.save()
    assert found("Machbarkeit") == set()


def test_networks_are_found_by_their_abbreviation():
    make_network(title="Hydrogen Power Storage", abbreviation="HYPOS")
    assert found("hypos") == {"Hydrogen Power Storage (HYPOS)"}
