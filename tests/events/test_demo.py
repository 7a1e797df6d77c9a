"""The demo data as visitors meet it: through the models' own rules, never empty, its dates counted from today."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from demo import events, loader, pictures
from demo.clusters import save_clusters
from events.models import Category, Event, Organiser, Series, Venue
from news.models import Article
from tests.events.factories import make_event
from tests.factories import make_article, picture_file
from tests.parsed_page import fetch

read = loader._read
ENTRIES = [entry | {"picture": None} for entry in read("events")]
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    clusters = save_clusters(read("clusters"))
    for entry in ENTRIES:
        events.save_event(entry, clusters, {})


def test_every_event_of_the_file_is_public(loaded, client):
    assert Event.objects.published().count() == len(ENTRIES) == 39
    assert {one.slug for one in Event.objects.filter(is_example=True)} == {
        entry["slug"] for entry in ENTRIES if entry["example"]
    }
    for entry in ENTRIES:
        assert client.get(f"/termine/{entry['slug']}/").status_code == 200, entry["slug"]
        assert client.get(f"/termine/{entry['slug']}.ics").status_code == 200, entry["slug"]


def test_the_calendar_is_not_empty_and_what_is_invented_says_so(loaded):
    upcoming, past = Event.objects.upcoming(), Event.objects.past()
    assert (upcoming.count(), past.count()) == (16, 23)
    assert all(event.is_example for event in upcoming)
    assert not any(event.is_example for event in past)
    assert all(venue.is_example for venue in Venue.objects.filter(events__is_example=True))
    assert all(one.is_example for one in Organiser.objects.filter(events__is_example=True))


def test_example_dates_count_from_the_day_of_loading(loaded):
    today = timezone.localdate()
    for entry in ENTRIES:
        event = Event.objects.get(slug=entry["slug"])
        if entry["example"]:
            assert event.starts_on == today + timedelta(days=entry["days_from_today"])
            assert event.last_day == today + timedelta(days=entry["ends_days_from_today"])
        else:
            assert (event.starts_on.isoformat(), event.last_day.isoformat()) == (entry["starts_on"], entry["ends_on"])
        assert event.is_all_day is entry["all_day"]
        assert event.publish_from < timezone.now()


def test_statuses_deadlines_prices_and_series_are_taken_over(loaded):
    today = timezone.localdate()
    moved = Event.objects.get(slug="beispiel-regionalforum-verschoben")
    assert (moved.status, moved.former_starts_on) == (Event.Status.MOVED, today + timedelta(days=84))
    assert Event.objects.get(slug="beispiel-logistiktag").status == Event.Status.CANCELLED
    assert Event.objects.get(slug="beispiel-gruenderpitch").registration == Event.Registration.FULL
    fair = Event.objects.get(slug="beispiel-fachtag-kreislaufwirtschaft")
    assert (fair.cost, fair.registration, fair.registration_until) == ("paid", "open", today + timedelta(days=28))
    assert [(one.label, one.amount) for one in fair.price_groups.all()] == [("Teilnahme", 120), ("Studierende", 30)]
    assert Series.objects.get().events.count() == 2
    meeting = Event.objects.get(slug="expertentreffen-energiemetropole-leipzig-2018")
    assert [one.slug for one in meeting.clusters.all()] == [
        "energie-umwelt-solarwirtschaft",
        "informationstechnologie",
    ]
    assert [one.name for one in meeting.supporters.all()] == ["Amt für Wirtschaftsförderung der Stadt Leipzig"]


def test_venues_organisers_and_categories_are_there_once(loaded):
    assert Venue.objects.filter(name="Kulturhaus Leuna").count() == 1
    assert Venue.objects.filter(name="", town="Jena").count() == 1
    assert Category.objects.count() == len({entry["category"] for entry in ENTRIES})
    assert Organiser.objects.count() == len(
        {name for entry in ENTRIES for name in (*entry["organisers"], *entry["supporters"])}
    )


def test_no_address_of_the_source_s_dummies_is_left(loaded):
    for event in Event.objects.all():
        assert "/beispiel/" not in event.body
        assert event.registration_url in ("", "https://www.example.org/anmeldung")


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
