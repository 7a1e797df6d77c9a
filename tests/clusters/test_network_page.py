import pytest

from tests.clusters.factories import (
    make_cluster,
    make_expired_network,
    make_full_cluster,
    make_full_network,
    make_network,
    make_network_draft,
    make_scheduled_network,
    make_withdrawn_network,
)
from tests.factories import make_image
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def facts(page):
    box = page.one("section", css="network-facts")
    return dict(zip(page.texts("dt", inside=box), page.texts("dd", inside=box), strict=True))


def test_everything_known_stands_on_the_page(client):
    cluster = make_full_cluster(short_name="Energie", slug="energie")
    network = make_full_network(title="Netz mit Teilen", cluster=cluster, teaser="Der Vorspann.")
    page = fetch(client, network.get_absolute_url())
    assert network.get_absolute_url() == "/cluster/netzwerke/netz-mit-teilen/"
    assert page.one("h1").text == "Netz mit Teilen"
    assert page.one("p", css="lead").text == "Der Vorspann."
    assert page.texts("p", inside=page.one("div", css="prose")) == ["Text zum Netzwerk."]
    assert page.texts("li", inside=page.one("ul", css="topics")) == ["Wasserstoff", "Speicherung"]
    assert facts(page) == {
        "Abkürzung": "NMT",
        "Cluster": "Energie",
        "Rechtsform": "e. V.",
        "Sitz": "Halle (Saale)",
        "Gegründet": "30. Oktober 2013",
        "Mitglieder": "über 170 Stand: November 2023",
        "Website": "netzwerk.example",
    }
    assert page.links(inside=page.one("section", css="network-facts")) == [
        "/cluster/energie/",
        "https://www.netzwerk.example/start",
    ]
    assert "sind nicht bestätigt" in page.one("p", css="doubt").text
    assert len(page.all("img", inside=page.one("p", css="network-logo"))) == 1
    assert len(page.all("figure", css="article-picture")) == 1


def test_what_is_unknown_is_left_out(client):
    page = fetch(client, make_network().get_absolute_url())
    assert facts(page) == {"Cluster": "clusterübergreifend"}
    assert page.all("p", css="doubt") == page.all("ul", css="topics") == page.all("p", css="history-note") == []
    assert page.texts("h2") == ["Bereiche", "Auf dem Laufenden"]


def test_a_former_network_says_so(client):
    page = fetch(client, make_network(status="historisch").get_absolute_url())
    assert page.one("p", css="history-note").text.startswith("Dieses Netzwerk ist Geschichte.")


def test_breadcrumbs_lead_through_the_cluster(client):
    cluster = make_cluster(name="Chemie")
    for network, trail in (
        (make_network(title="A", cluster=cluster), ["Start", "Cluster", "Chemie", "A"]),
        (make_network(title="B"), ["Start", "Cluster", "B"]),
    ):
        page = fetch(client, network.get_absolute_url())
        assert page.texts("li", inside=page.one("nav", css="breadcrumbs")) == trail


def test_the_other_networks_of_the_cluster_follow(client):
    cluster = make_cluster()
    network = make_network(title="A", cluster=cluster)
    make_network(title="B", cluster=cluster)
    make_network_draft(title="Geheim", cluster=cluster)
    make_network(title="Fremd")
    page = fetch(client, network.get_absolute_url())
    assert page.texts("h3") == ["B"]
    assert fetch(client, make_network(title="Ohne").get_absolute_url()).texts("h3") == []


def test_machines_read_an_organisation(client):
    network = make_full_network(title="Netz", teaser="Der Vorspann.", logo=(logo := make_image()))
    assert fetch(client, network.get_absolute_url()).json_ld("Organization") == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Netz",
        "alternateName": "NMT",
        "description": "Der Vorspann.",
        "url": "https://www.netzwerk.example/start",
        "mainEntityOfPage": "https://portal.example/cluster/netzwerke/netz/",
        "address": {"@type": "PostalAddress", "addressLocality": "Halle (Saale)", "addressCountry": "DE"},
        "foundingDate": "2013",
        "logo": f"https://portal.example{logo.largest_url}",
        "knowsAbout": ["Wasserstoff", "Speicherung"],
    }


def test_machines_are_told_nothing_that_is_unknown(client):
    data = fetch(client, make_network().get_absolute_url()).json_ld("Organization")
    assert set(data) == {"@context", "@type", "name", "description", "mainEntityOfPage"}


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (make_network_draft, 404),
        (make_scheduled_network, 404),
        (make_expired_network, 410),
        (make_withdrawn_network, 410),
    ],
)
def test_what_is_not_public_is_not_found_and_what_was_says_so(client, make, status):
    network = make(title="Geheimes Netz", slug="adresse")
    response = client.get(network.get_absolute_url())
    assert response.status_code == status
    assert "Geheimes Netz" not in response.content.decode()


def test_a_moved_network_leaves_a_redirect(client):
    network = make_network(slug="alt")
    network.slug = "neu"
    network.save()
    response = client.get("/cluster/netzwerke/alt/")
    assert (response.status_code, response["Location"]) == (301, "/cluster/netzwerke/neu/")


def test_hostile_words_stay_words(client):
    evil = "</script><b>\"'&"
    network = make_full_network(
        title=evil, abbreviation=evil, topics=evil, seat=evil, members_text=evil, members_as_of=evil, slug="boese"
    )
    page = fetch(client, network.get_absolute_url())
    assert page.faults == []
    assert page.one("h1").text == evil
    assert page.json_ld("Organization")["name"] == evil
    assert fetch(client, "/cluster/").faults == []
