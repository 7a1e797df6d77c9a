import pytest

from competition.models import Award
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_full_edition,
    make_full_entry,
)
from tests.factories import make_image
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def winner(db):
    edition = make_full_edition(2024, image=make_image(), clusters=1)
    return edition.awards.get(kind="overall").entry


def test_an_entry_shows_everything_that_is_public_of_it(client, winner):
    page = fetch(client, winner.get_absolute_url())
    main = page.one("main")
    assert page.texts("h1") == [winner.title]
    for words in (winner.organisation, "Institut für Proben", "Leipzig (Sachsen)", "Ein Satz zur Erfindung."):
        assert words in main.text
    for words in ("Text zum Beitrag.", "Vier Menschen.", "neuer Ansatz, am Markt", "Eine gute Idee.", "Vera Vorsitz"):
        assert words in main.text
    assert page.texts("li", inside=page.one("ul", css="entry-prizes")) == [
        "Gesamtsieg 15.000 €",
        f"Clustersieg {winner.category.name} 7.500 €",
        "Finalist 2024",
    ]


def test_a_film_is_a_link_that_names_its_host_and_loads_nothing(client, winner):
    page = fetch(client, winner.get_absolute_url())
    film = next(one for one in page.all("a") if one.attrs["href"] == winner.film_url)
    assert film.text == "Film ansehen auf youtube.com"
    assert page.all("iframe", "video", "embed", "object") == []
    assert page.html.count("youtube.com") == 2


def test_machines_learn_of_prizes_only_when_they_are_announced(client):
    edition = make_decided_edition(2024, finalists=-5, winners=5)
    entry = edition.awards.get(kind="overall").entry
    path = entry.get_absolute_url()
    assert "award" not in fetch(client, path).json_ld("CreativeWork")
    edition.winners_public_at = edition.finalists_public_at
    edition.save()
    data = fetch(client, path).json_ld("CreativeWork")
    assert data["award"] == ["Gesamtsieg 2024", f"Clustersieg {entry.category.name} 2024"]
    assert data["creator"] == {
        "@type": "Organization",
        "name": entry.organisation,
        "address": {"@type": "PostalAddress", "addressLocality": "Leipzig", "addressCountry": "DE"},
    }
    assert data["url"] == f"https://portal.example{path}"


def test_a_winner_and_a_loser_look_alike_until_the_announcement(client):
    edition = make_edition(2024, finalists=-5, winners=5)
    category = make_category(edition)
    same = {"organisation": "Firma GmbH", "title": "Erfindung"}
    winner = make_finalist(category, **same).entry
    loser = make_finalist(category, **same).entry
    make_award(Award.Kind.CLUSTER, winner, statement="<p>Glückwunsch</p>")
    make_award(Award.Kind.OVERALL, winner)
    pages = [client.get(one.get_absolute_url()).content.decode().replace(one.slug, "") for one in (winner, loser)]
    assert pages[0] == pages[1]


def test_an_entry_without_a_name_of_its_innovation_bears_its_organisation(client):
    edition = make_edition(2009, finalists=-9, winners=-8)
    entry = make_finalist(make_category(edition), title="", organisation="Werk & Söhne").entry
    page = fetch(client, entry.get_absolute_url())
    assert page.texts("h1") == ["Werk & Söhne"]
    assert page.title.startswith("Werk & Söhne (2009)")
    assert "Wie die Innovation hieß, ist nicht überliefert." in page.one("main").text


def test_what_is_not_certain_is_said(client):
    edition = make_edition(2009, finalists=-9, winners=-8)
    category = make_category(edition)
    doubtful, certain = (make_finalist(category, is_uncertain=one).entry for one in (True, False))
    words = "Die Angaben zu diesem Beitrag sind nicht gesichert"
    assert words in fetch(client, doubtful.get_absolute_url()).one("main").text
    assert words not in fetch(client, certain.get_absolute_url()).one("main").text


def test_an_entry_on_the_shortlist_says_so_and_no_more(client):
    edition = make_full_edition(2024, image=make_image(), clusters=1, finalists=-5, winners=5)
    entry = edition.entries.get(is_shortlisted=True)
    page = fetch(client, entry.get_absolute_url())
    assert page.texts("li", inside=page.one("ul", css="entry-prizes")) == ["Shortlist 2024"]


@pytest.mark.parametrize("moments", [{}, {"finalists": 5}, {"finalists": 5, "winners": 9}])
def test_before_its_moment_no_entry_is_found(client, moments):
    edition = make_decided_edition(2024, **moments)
    assert {client.get(one.get_absolute_url()).status_code for one in edition.entries.all()} == {404}


def test_the_winner_of_a_local_prize_is_unknown_until_the_announcement(client):
    edition = make_decided_edition(2024, finalists=-5, winners=5)
    entry = edition.awards.get(kind="local").entry
    never = make_entry(entry.category, title="Ohne alles")
    for one in (entry, never):
        assert client.get(one.get_absolute_url()).status_code == 404
    edition.winners_public_at = edition.finalists_public_at
    edition.save()
    assert client.get(entry.get_absolute_url()).status_code == 200
    assert client.get(never.get_absolute_url()).status_code == 404


def test_a_registration_for_a_local_prize_is_not_shown(client):
    edition = make_full_edition(2024, image=make_image(), clusters=1, finalists=-5, winners=5)
    entry = edition.finalists.first().entry
    assert "IQ Innovationspreis Leipzig" not in fetch(client, entry.get_absolute_url()).html


@pytest.mark.parametrize("path", ["/iq/02024/beitraege/{}/", "/iq/2023/beitraege/{}/", "/iq/2024/beitraege/{}x/"])
def test_an_entry_has_one_address(client, winner, path):
    assert client.get(path.format(winner.slug)).status_code == 404


def test_a_moved_entry_redirects(client):
    edition = make_edition(2024, finalists=-1)
    entry = make_finalist(make_category(edition)).entry
    old = entry.get_absolute_url()
    entry.slug = "neu"
    entry.save()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/iq/2024/beitraege/neu/")


def test_the_name_of_a_cluster_is_that_of_the_year(client):
    edition = make_edition(2009, finalists=-9)
    category = make_category(edition, cluster=make_cluster(name="Life Sciences"), label="Biotechnologie")
    entry = make_full_entry(category, image=make_image())
    page = fetch(client, entry.get_absolute_url())
    assert page.texts("span", css="category") == ["Biotechnologie"]
