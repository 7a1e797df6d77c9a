"""New and changed land and halls as Atom."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from properties.models import Listing
from publishing.site_version import bump
from tests.properties.factories import make_full_hall, make_hall, make_land

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address="/flaechen/atom/"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]


def changed(listing, days_ago):
    moment = timezone.now() - timedelta(days=days_ago)
    Listing.objects.filter(pk=listing.pk).update(changed_at=moment, publish_from=moment)
    bump()


def test_the_newest_change_stands_first(client):
    old, new = make_land(title="alt"), make_land(title="neu")
    changed(old, 9)
    changed(new, 3)
    assert titles(feed(client)) == ["neu", "alt"]
    old.refresh_from_db()
    old.confirm("Stadt")
    old.save()
    assert titles(feed(client)) == ["alt", "neu"]


@pytest.mark.parametrize(("address", "make"), [("/flaechen/atom/", make_land), ("/hallen/atom/", make_hall)])
def test_what_is_not_on_offer_is_in_no_feed(client, address, make):
    make(title="öffentlich")
    (make_hall if make is make_land else make_land)(title="Geheim")
    make(title="Geheim", released=False)
    make(title="Geheim", confirmed_days_ago=366)
    make(title="Geheim", availability="taken")
    root = feed(client, address)
    assert titles(root) == ["öffentlich"]
    assert b"Geheim" not in ElementTree.tostring(root)


def test_an_entry_has_an_address_a_moment_and_the_facts(client):
    hall = make_full_hall(number="HO-1")
    (entry,) = feed(client, "/hallen/atom/").findall(f"{ATOM}entry")
    address = f"https://portal.example{hall.get_absolute_url()}"
    assert entry.find(f"{ATOM}link").get("href") == address
    assert entry.findtext(f"{ATOM}id") == address
    assert entry.findtext(f"{ATOM}updated")[:10] == timezone.localtime(hall.changed_at).date().isoformat()
    text = entry.findtext(f"{ATOM}content")
    assert "HO-1" in text
    assert "4,40\u202f€/m²" in text


def test_a_choice_of_the_list_can_be_followed(client):
    make_land(title="A", town="Borna")
    make_land(title="B", town="Grimma")
    root = feed(client, "/flaechen/atom/?ort=grimma")
    assert titles(root) == ["B"]
    assert root.findtext(f"{ATOM}title") == "Gewerbeflächen in der Metropolregion Mitteldeutschland: Grimma"
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://portal.example/flaechen/?ort=grimma",
        "self": "https://portal.example/flaechen/atom/?ort=grimma",
    }


def test_what_a_feed_cannot_mean_is_left_out(client):
    make_land(title="A")
    assert titles(feed(client, "/flaechen/atom/?flaeche-von=NaN&um=atlantis&%00=1")) == ["A"]
