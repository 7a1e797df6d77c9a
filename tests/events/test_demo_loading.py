"""How the demo calendar is loaded: with the newsroom, through the models' own rules, or not at all."""

import json

import pytest
from django.core.exceptions import ValidationError

from demo import events, loader, pictures
from demo.clusters import save_clusters
from events.models import Event
from news.models import Article
from tests.events.factories import make_event
from tests.events.test_demo import ENTRIES, read
from tests.factories import make_article, picture_file
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def test_one_load_fills_calendar_and_newsroom(monkeypatch):
    def small_pictures(wanted, advance):
        return {key: picture_file(format="JPEG").read() for key in wanted}

    monkeypatch.setattr(pictures, "draw_all", small_pictures)
    loader.load(show_progress=False)
    assert Event.objects.published().count() == len(ENTRIES)
    pictured = Event.objects.exclude(image=None)
    assert [event.is_example for event in pictured] == [True] * 6
    assert len(set(pictured.values_list("image", flat=True))) == 6
    named = {entry["slug"]: set(entry["clusters"]) for entry in read("news") if entry["clusters"]}
    stored = {one.slug: {cluster.slug for cluster in one.clusters.all()} for one in Article.objects.all()}
    assert {slug: found for slug, found in stored.items() if found} == named
    assert not loader.is_empty()


def test_a_portal_with_one_event_is_not_empty():
    assert loader.is_empty()
    make_event()
    assert not loader.is_empty()


def test_loading_obeys_the_rules_of_the_admin():
    entry = next(one for one in ENTRIES if one["slug"] == "beispiel-fachtag-kreislaufwirtschaft")
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        events.save_event(entry | {"ends_days_from_today": 38, "ends_at": "08:00"}, save_clusters(read("clusters")), {})
    assert not Event.objects.exists()


def test_news_name_only_clusters_there_are():
    known = {entry["slug"] for entry in read("clusters") if entry["award_until"] is None}
    used = {slug for name in ("news", "events") for entry in read(name) for slug in entry["clusters"]}
    assert used <= known
    assert used


def test_the_clusters_of_an_article_stand_on_its_page(client):
    clusters = save_clusters(read("clusters"))
    article = make_article()
    article.clusters.set([clusters["automotive"], clusters["life-sciences"]])
    page = fetch(client, article.get_absolute_url())
    assert page.texts("li", inside=page.one("ul", css="cluster-tags")) == ["Auto", "Life Sciences"]
    assert list(Article.objects.filter(clusters=clusters["automotive"])) == [article]


def test_the_files_say_nothing_about_how_the_facts_were_collected():
    for name in ("events", "clusters", "networks"):
        assert not {"note", "uncertain", "source"} & {key for entry in read(name) for key in entry}
        json.dumps(read(name))
