import pytest

from competition.models import Award, EditionImage
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_full_edition,
    make_local_prize,
    register,
)
from tests.factories import make_image
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
FINALISTS, WINNERS = "/iq/2024/finalisten/", "/iq/2024/preistraeger/"


@pytest.mark.parametrize(
    ("moments", "statuses"),
    [
        ({}, (404, 404)),
        ({"finalists": 1, "winners": 5}, (404, 404)),
        ({"finalists": -1, "winners": 5}, (200, 404)),
        ({"finalists": -1, "winners": -1}, (200, 200)),
        ({"finalists": -1, "winners": -1, "released": False}, (404, 404)),
    ],
)
def test_each_page_exists_from_its_moment_on(client, moments, statuses):
    make_decided_edition(2024, **moments)
    assert (client.get(FINALISTS).status_code, client.get(WINNERS).status_code) == statuses


def test_the_finalists_are_counted_and_link_to_their_entries(client):
    edition = make_decided_edition(2024, finalists=-1, winners=5, clusters=5)
    page = fetch(client, FINALISTS)
    assert page.texts("p", css="count") == ["10 Finalisten in fünf Clustern"]
    links = page.links(inside=page.one("main"))
    assert {one.entry.get_absolute_url() for one in edition.finalists.all()} <= set(links)
    assert page.texts("strong", css="prize-tag") == []


def test_a_second_finalist_not_named_yet_is_no_gap_in_the_archive(client):
    edition = make_edition(2024, finalists=-1, winners=5)
    make_finalist(make_category(edition))
    make_category(edition)
    assert fetch(client, FINALISTS).texts("li", css="panel-missing") == ["Noch nicht bekannt gegeben"] * 2
    edition.winners_public_at = edition.finalists_public_at
    edition.save()
    assert fetch(client, FINALISTS).texts("li", css="panel-missing") == [
        "Ein zweiter Finalist ist nicht überliefert",
        "Finalisten nicht überliefert",
    ]


def test_a_cluster_judged_for_local_prizes_only_has_no_final(client):
    edition = make_edition(2024, finalists=-1)
    make_finalist(make_category(edition, cluster=make_cluster(name="Auto")))
    make_category(edition, cluster=make_cluster(name="Optik"), is_local_only=True)
    page = fetch(client, FINALISTS)
    assert page.texts("h2", inside=page.one("main")) == ["Auto"]


def test_of_a_year_without_known_finalists_the_page_says_so(client):
    make_edition(2024, finalists=-9, winners=-8)
    page = fetch(client, FINALISTS)
    assert "nicht überliefert" in page.one("p", css="page-lead").text
    assert page.all("section", css="panel") == []


def test_the_overall_winner_comes_first_then_clusters_cities_and_special_prizes(client):
    edition = make_full_edition(2024, image=make_image())
    page = fetch(client, WINNERS)
    assert page.texts("h2", inside=page.one("main")) == [
        "Gesamtsieg",
        "Clustersieger",
        "Lokale Preise",
        "Sonderpreise",
        "Weitere Finalisten",
        "Bilder der Preisverleihung",
    ]
    first, *_ = page.all("article", css="winner")
    assert "winner-large" in first.classes
    assert first.text.startswith("Gesamtsieg 15.000 €")
    overall = edition.awards.get(kind="overall").entry
    assert page.texts("h3", inside=first) == [overall.title]
    assert page.texts("p", css="count") == ["3 Beiträge mit 5 Preisen"]


def test_a_winner_is_shown_with_prize_place_sentence_statement_and_film(client):
    edition = make_full_edition(2024, image=make_image(), clusters=1)
    page = fetch(client, WINNERS)
    award = edition.awards.get(kind="cluster")
    card = page.all("article", css="winner")[1]
    cluster = award.category.name
    for words in (f"Clustersieg {cluster} 7.500 €", "Institut für Proben, Leipzig", "Ein Satz zur Erfindung."):
        assert words in card.text
    assert page.links(inside=card) == [
        award.entry.get_absolute_url(),
        f"{award.entry.get_absolute_url()}#laudatio-{award.pk}",
        "https://www.youtube.com/watch?v=abc",
    ]
    assert "auf youtube.com" in card.text


def test_an_entry_may_stand_under_several_prizes(client):
    edition = make_edition(2024, finalists=-9, winners=-1)
    entry = make_finalist(make_category(edition), title="Alles gewonnen").entry
    local_prize = make_local_prize(edition)
    register(entry, local_prize)
    make_award(Award.Kind.CLUSTER, entry)
    make_award(Award.Kind.OVERALL, entry)
    make_award(Award.Kind.LOCAL, entry, local_prize=local_prize)
    page = fetch(client, WINNERS)
    assert page.texts("h3", css="winner-title") == ["Alles gewonnen"] * 3
    assert page.texts("p", css="count") == ["Ein Beitrag mit 3 Preisen"]


def test_finalists_without_a_prize_are_listed_without_any_rank(client):
    edition = make_edition(2024, finalists=-9, winners=-1)
    category = make_category(edition)
    winner = make_finalist(category, organisation="A")
    make_finalist(category, organisation="Z", title="Ohne Preis")
    make_award(Award.Kind.CLUSTER, winner.entry)
    page = fetch(client, WINNERS)
    section = page.one("section", **{"aria-labelledby": "weitere-finalisten"})
    assert page.texts("a", inside=page.one("ul", inside=section)) == ["Ohne Preis"]
    assert "Platz" not in page.one("main").text


def test_places_of_a_local_prize_stand_in_their_order(client):
    edition = make_edition(2024, finalists=-9, winners=-1)
    local_prize = make_local_prize(edition, "Jena")
    category = make_category(edition)
    for place in (3, 1, 2):
        entry = make_entry(category, title=f"Rang {place}")
        register(entry, local_prize)
        make_award(Award.Kind.LOCAL, entry, local_prize=local_prize, place=place)
    page = fetch(client, WINNERS)
    assert page.texts("h3", css="winner-title") == ["Rang 1", "Rang 2", "Rang 3"]
    assert page.texts("p", css="winner-prize")[1] == "IQ Innovationspreis Jena, 2. Platz"


def test_what_is_lost_of_the_results_is_named(client):
    edition = make_edition(2024, finalists=-9, winners=-1)
    make_finalist(make_category(edition, cluster=make_cluster(name="Auto")))
    page = fetch(client, WINNERS)
    assert page.one("p", css="page-lead").text == "Die Preisträger dieses Jahres sind nicht überliefert."
    assert "Wer den Gesamtsieg errang, ist nicht überliefert." in page.one("main").text
    assert page.texts("div", css="winner-missing") == ["Auto Clustersieg nicht überliefert"]


def test_five_equal_winners_of_a_year_without_a_final_miss_no_overall_winner(client):
    edition = make_edition(2024, finalists=-9, winners=-1)
    category = make_category(edition)
    for number in range(5):
        make_award(
            Award.Kind.SPECIAL,
            make_entry(category, title=f"Beitrag {number}"),
            special_name="Preisträger (gleichrangig)",
        )
    page = fetch(client, WINNERS)
    assert page.texts("h2", inside=page.one("main")) == ["Preise"]
    assert "nicht überliefert" not in page.one("main").text


def test_a_picture_of_the_ceremony_is_public_only_with_the_winners(client):
    edition = make_decided_edition(2024, finalists=-9, winners=1)
    picture, award_picture = make_image(), make_image()
    EditionImage.objects.create(edition=edition, image=picture)
    award = edition.awards.get(kind="overall")
    award.image = award_picture
    award.save()
    paths = ["/", "/iq/", "/iq/2024/", FINALISTS, award.entry.get_absolute_url()]
    for path in paths:
        html = fetch(client, path).html
        assert picture.public_name not in html, path
        assert award_picture.public_name not in html, path
    edition.winners_public_at = edition.finalists_public_at
    edition.save()
    html = fetch(client, WINNERS).html
    assert picture.public_name in html
    assert award_picture.public_name in html
