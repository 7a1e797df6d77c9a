from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emmd.sitemaps import SITEMAPS
from publishing.sitemaps import PortalSitemap
from tests.clusters.factories import (
    make_cluster,
    make_historic_cluster,
    make_network,
    make_network_draft,
    make_withdrawn_network,
)
from tests.competition.factories import make_category, make_edition, make_finalist
from tests.events.factories import make_event
from tests.factories import (
    make_article,
    make_draft,
    make_expired,
    make_image,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)
from tests.pages.factories import make_project
from tests.properties.factories import make_hall, make_land

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"


def addresses(client, path, **headers):
    response = client.get(path, headers=headers or None)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [one.text for one in ElementTree.fromstring(response.content).findall(".//{*}loc")]


def days(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    return {
        one.findtext("{*}loc").removeprefix(SITE): one.findtext("{*}lastmod")
        for one in [*root.findall("{*}url"), *root.findall("{*}sitemap")]
    }


def test_the_index_names_every_part_under_the_public_host(client):
    assert addresses(client, "/sitemap.xml") == [
        f"{SITE}/sitemap-portal.xml",
        f"{SITE}/sitemap-aktuelles.xml",
        f"{SITE}/sitemap-beitraege.xml",
        f"{SITE}/sitemap-kalender.xml",
        f"{SITE}/sitemap-termine.xml",
        f"{SITE}/sitemap-iq.xml",
        f"{SITE}/sitemap-einreichungen.xml",
        f"{SITE}/sitemap-cluster.xml",
        f"{SITE}/sitemap-flaechenpool.xml",
        f"{SITE}/sitemap-objekte.xml",
        f"{SITE}/sitemap-seiten.xml",
    ]


@pytest.mark.parametrize("part", ["", "-portal", "-aktuelles", "-beitraege", "-kalender", "-cluster", "-flaechenpool"])
def test_whatever_host_was_asked_the_public_one_is_named(client, part):
    make_article()
    found = addresses(client, f"/sitemap{part}.xml", Host="localhost")
    assert found
    assert [one for one in found if not one.startswith(f"{SITE}/")] == []


def test_articles_are_listed_with_the_day_of_their_last_version_in_berlin(client):
    published = datetime(2025, 7, 20, 22, 30, tzinfo=UTC)
    make_article(slug="a", publish_from=published)
    make_article(slug="b", publish_from=published, correction="x", corrected_at=published + timedelta(days=4))
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make()
    found = days(client, "/sitemap-beitraege.xml")
    assert {path: day[:10] for path, day in found.items()} == {
        "/aktuelles/a/": "2025-07-21",
        "/aktuelles/b/": "2025-07-25",
    }


def test_the_index_says_when_the_newest_version_appeared(client):
    published = datetime(2025, 7, 20, 12, 0, tzinfo=UTC)
    make_article(publish_from=published)
    make_article(publish_from=published, correction="x", corrected_at=published + timedelta(days=4))
    make_scheduled()
    found = days(client, "/sitemap.xml")
    assert found["/sitemap-beitraege.xml"][:10] == "2025-07-24"
    assert found["/sitemap-portal.xml"] is None


def test_pages_are_listed_where_there_is_something_to_read(client):
    make_article(rubric=make_rubric(slug="energie"), publish_from=timezone.make_aware(datetime(2024, 5, 1)))  # noqa: DTZ001
    make_rubric(slug="leer")
    make_draft(rubric=make_rubric(slug="geheim"))
    make_withdrawn(publish_from=timezone.make_aware(datetime(2020, 5, 1)))  # noqa: DTZ001
    assert addresses(client, "/sitemap-aktuelles.xml") == [
        f"{SITE}/aktuelles/",
        f"{SITE}/presse/",
        f"{SITE}/aktuelles/rubrik/energie/",
        f"{SITE}/aktuelles/archiv/2024/",
    ]
    assert addresses(client, "/sitemap-portal.xml") == [f"{SITE}/"]


def test_every_address_of_the_sitemap_answers(client):
    make_article(rubric=make_rubric(slug="energie"))
    listed = [one for part in addresses(client, "/sitemap.xml") for one in addresses(client, part.removeprefix(SITE))]
    assert len(listed) == 20
    assert [one for one in listed if client.get(one.removeprefix(SITE)).status_code != 200] == []


def test_a_sitemap_of_an_empty_portal_is_valid(client):
    assert addresses(client, "/sitemap-beitraege.xml") == []
    assert addresses(client, "/sitemap.xml")


def test_long_sitemaps_are_split_and_the_index_names_every_part(client, monkeypatch):
    monkeypatch.setattr(PortalSitemap, "limit", 2)
    for _ in range(5):
        make_article()
    index = [one for one in addresses(client, "/sitemap.xml") if "beitraege" in one]
    assert index == [f"{SITE}/sitemap-beitraege.xml{query}" for query in ("", "?p=2", "?p=3")]
    parts = [addresses(client, part.removeprefix(SITE)) for part in index]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert len({one for part in parts for one in part}) == 5


@pytest.mark.parametrize("path", ["/sitemap-unbekannt.xml", "/sitemap-beitraege.xml?p=99", "/sitemap-portal.xml?p=abc"])
def test_an_unknown_part_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_robots_are_told_the_sitemap_and_what_is_not_theirs(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().split("\n") == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /konto/",
        "Disallow: /jury/",
        "Disallow: /vorschau/",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
        "",
    ]


def test_clusters_of_all_times_and_public_networks_are_listed(client):
    today, former = make_cluster(), make_historic_cluster()
    network = make_network()
    for make in (make_network_draft, make_withdrawn_network):
        make()
    changed_on = timezone.localtime(network.changed_at).date().isoformat()
    found = days(client, "/sitemap-cluster.xml")
    assert {path: day and day[:10] for path, day in found.items()} == {
        "/cluster/": None,
        today.get_absolute_url(): None,
        former.get_absolute_url(): None,
        network.get_absolute_url(): changed_on,
    }
    assert days(client, "/sitemap.xml")["/sitemap-cluster.xml"][:10] == changed_on


def test_what_is_on_offer_is_listed_with_the_day_of_its_last_change(client):
    land, hall = make_land(), make_hall()
    make_land(released=False)
    make_land(availability="taken")
    make_land(confirmed_days_ago=366)
    changed_on = timezone.localtime(land.changed_at).date().isoformat()
    found = days(client, "/sitemap-objekte.xml")
    assert {path: day[:10] for path, day in found.items()} == {
        land.get_absolute_url(): changed_on,
        hall.get_absolute_url(): changed_on,
    }
    assert days(client, "/sitemap.xml")["/sitemap-objekte.xml"][:10] == changed_on
    assert addresses(client, "/sitemap-flaechenpool.xml") == [
        f"{SITE}/flaechen/",
        f"{SITE}/flaechen/karte/",
        f"{SITE}/hallen/",
        f"{SITE}/hallen/karte/",
    ]


# --- Pictures ------------------------------------------------------------------------------------------


def pictures(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    return {
        one.findtext("{*}loc").removeprefix(SITE): one.findtext("{*}image/{*}loc") for one in root.findall("{*}url")
    }


def test_pages_with_a_picture_name_it(client):
    image = make_image()
    address = f"{SITE}{image.largest_url}"
    entry = make_finalist(make_category(make_edition(2024, finalists=-9)), image=image).entry
    items = {
        "beitraege": make_article(image=image),
        "termine": make_event(image=image),
        "einreichungen": entry,
        "cluster": make_network(image=image),
        "objekte": make_land(image=image),
        "seiten": make_project(image=image),
    }
    plain = make_article()
    for part, item in items.items():
        assert pictures(client, f"/sitemap-{part}.xml")[item.get_absolute_url()] == address
    assert pictures(client, "/sitemap-beitraege.xml")[plain.get_absolute_url()] is None
    assert client.get(address.removeprefix(SITE)).status_code == 200


def test_a_picture_of_what_is_not_public_stands_in_no_sitemap(client):
    image = make_image()
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make(image=image)
    make_finalist(make_category(make_edition(2024, finalists=9)), image=image)
    for part in SITEMAPS:
        assert image.sha256[2:26] not in client.get(f"/sitemap-{part}.xml").content.decode()


def test_pictures_cost_no_further_question(client):
    def questions():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            for part in ("beitraege", "termine", "einreichungen", "cluster", "objekte", "seiten"):
                client.get(f"/sitemap-{part}.xml")
        return len(queries)

    image = make_image()
    rows = (make_article, make_event, make_network, make_land, make_project)
    for make in rows:
        make(image=image)
    few = questions()
    for make in rows:
        for _ in range(2):
            make(image=image)
    assert questions() == few
