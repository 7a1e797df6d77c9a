import pytest
from defusedxml import ElementTree

from tests.competition.factories import make_category, make_decided_edition, make_edition, make_entry, make_finalist
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"
ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(client, part):
    root = ElementTree.fromstring(client.get(f"/sitemap-{part}.xml").content)
    return [one.text.removeprefix(SITE) for one in root.findall(".//{*}loc")]


def entries_of_feed(client):
    return ElementTree.fromstring(client.get("/iq/atom/").content).findall(f"{ATOM}entry")


def test_the_feed_tells_of_announced_winners_the_last_announcement_first(client):
    make_decided_edition(2023, finalists=-50, winners=-40)
    edition = make_decided_edition(2024, finalists=-5, winners=-1)
    make_decided_edition(2026, finalists=-5, winners=5)
    found = entries_of_feed(client)
    assert [one.findtext(f"{ATOM}title") for one in found] == [
        "20. IQ Innovationspreis Mitteldeutschland: die Preisträger 2024",
        "19. IQ Innovationspreis Mitteldeutschland: die Preisträger 2023",
    ]
    assert found[0].find(f"{ATOM}link").attrib["href"] == f"{SITE}/iq/2024/preistraeger/"
    text = found[0].findtext(f"{ATOM}content")
    for award in edition.awards.select_related("entry"):
        assert f'<a href="{SITE}{award.entry.get_absolute_url()}">{award.entry.title}</a>' in text


def test_a_feed_without_winners_is_valid(client):
    make_decided_edition(2024, finalists=-5, winners=5)
    assert entries_of_feed(client) == []


def test_the_award_and_the_wall_name_the_feed(client):
    for path in ("/iq/", "/iq/preistraeger/"):
        page = fetch(client, path)
        assert page.one("link", type="application/atom+xml").attrs["href"] == "/iq/atom/"


def test_the_sitemap_lists_pages_that_exist_and_no_others(client):
    make_decided_edition(2023, finalists=-50, winners=-40)
    make_decided_edition(2024, finalists=-5, winners=5)
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Darum.")
    make_decided_edition(2026, finalists=5, winners=9)
    make_edition(2027, released=False)
    listed = addresses(client, "iq")
    assert listed == [
        *("/iq/", "/iq/preistraeger/"),
        *("/iq/2026/", "/iq/2025/", "/iq/2024/", "/iq/2023/"),
        *("/iq/2024/finalisten/", "/iq/2023/finalisten/", "/iq/2023/preistraeger/"),
    ]
    assert [path for path in listed if client.get(path).status_code != 200] == []


def test_the_sitemap_lists_public_entries_by_their_address(client):
    edition = make_decided_edition(2024, finalists=-5, winners=5, clusters=1)
    category = edition.categories.first()
    listed = addresses(client, "einreichungen")
    assert listed == sorted(one.entry.get_absolute_url() for one in edition.finalists.all())
    edition.winners_public_at = edition.finalists_public_at
    edition.save()
    make_entry(category, title="Nur beworben")
    everybody = {one.entry.get_absolute_url() for one in [*edition.finalists.all(), *edition.awards.all()]}
    assert addresses(client, "einreichungen") == sorted(everybody)
    assert [path for path in everybody if client.get(path).status_code != 200] == []


def test_no_day_in_the_sitemap_tells_who_is_being_worked_on(client):
    edition = make_edition(2024, finalists=-5)
    make_finalist(make_category(edition))
    for part in ("iq", "einreichungen"):
        assert b"lastmod" not in client.get(f"/sitemap-{part}.xml").content
