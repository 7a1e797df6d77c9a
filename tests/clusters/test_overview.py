"""/cluster/: the clusters of today, what a cluster is, all networks with their filters, and the former clusters."""

import pytest
from django.test import Client

from clusters.views import ClusterList
from tests.clusters.factories import (
    make_cluster,
    make_expired_network,
    make_full_cluster,
    make_historic_cluster,
    make_network,
    make_network_draft,
    make_scheduled_network,
    make_withdrawn_network,
)
from tests.kept_pages import kept_pages
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def networks():
    energy, chemistry = make_cluster(name="Energie", slug="energie"), make_cluster(name="Chemie", slug="chemie")
    make_network(title="A", cluster=energy, kind="makro", seat="Halle (Saale)")
    make_network(title="B", cluster=energy, kind="mikro", seat="Jena")
    make_network(title="C", cluster=chemistry, kind="makro", seat="Halle (Saale)")
    make_network(title="D", kind="mikro", seat="Jena")
    make_network(title="E", kind="makro")


def names(page):
    return page.texts("h3", css="card-title", inside=page.one("ul", css="network-rows"))


def found(query=""):
    page = fetch(Client(), f"/cluster/?{query}")
    return "".join(names(page)) if page.all("ul", css="network-rows") else ""


def test_clusters_of_today_stand_in_their_order_with_sentence_subfields_and_number(client):
    late, early = make_full_cluster(name="Spät", order=2), make_full_cluster(name="Früh", order=1, summary="Ein Satz.")
    for _ in range(2):
        make_network(cluster=early)
    make_network(cluster=late)
    make_network_draft(cluster=late)
    page = fetch(client, "/cluster/")
    rows = page.all("li", css="cluster-entry")
    assert [row.text for row in rows] == [
        "Früh Ein Satz. Netze, Speicher 2 Netzwerke",
        "Spät Alles über Netze und Speicher. Netze, Speicher ein Netzwerk",
    ]
    assert page.links(inside=rows[0]) == [early.get_absolute_url()]


def test_the_page_says_what_macro_and_micro_mean(client):
    assert [text for text in fetch(client, "/cluster/").texts("h3") if text.startswith(("Makro", "Mikro"))] == [
        "Makro: über Landesgrenzen hinweg",
        "Mikro: rund um eine Stadt",
    ]


def test_former_clusters_are_named_apart_with_years_and_what_followed(client):
    today = make_cluster(name="Energie/Umwelt/Solarwirtschaft")
    former = make_historic_cluster(name="Solarwirtschaft", successor=today)
    make_historic_cluster(name="Optik", award_from=2012, award_until=2013, local_only=True)
    page = fetch(client, "/cluster/")
    assert page.texts("h2", css="card-title") == [today.name]
    rows = page.all("li", inside=page.one("ul", css="former-clusters"))
    assert [row.text for row in rows] == [
        "2010 bis 2011 Solarwirtschaft heute: Energie/Umwelt/Solarwirtschaft",
        "2012 bis 2013 Optik nur für lokale Preise",
    ]
    assert page.links(inside=rows[0]) == [former.get_absolute_url()]


def test_an_empty_overview_is_a_friendly_page(client):
    page = fetch(client, "/cluster/")
    assert "Noch ist hier kein Netzwerk eingetragen." in page.one("main").text
    assert page.all("ul", css="cluster-index") == page.all("ul", css="former-clusters") == []


def test_a_network_s_row_tells_kind_cluster_seat_and_founding(client):
    cluster = make_cluster(short_name="Energie")
    make_network(title="HYP", cluster=cluster, seat="Halle (Saale)", founded_year=2013, status="historisch")
    row = fetch(client, "/cluster/").one("li", css="network-row")
    assert row.text == (
        "Makro-Cluster · Energie · historisch HYP "
        + row.text.partition("HYP ")[2].partition(". ")[0]
        + ". Halle (Saale) · gegründet 2013"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABCDE"),
        ("cluster=energie", "AB"),
        ("cluster=uebergreifend", "DE"),
        ("art=makro", "ACE"),
        ("art=mikro", "BD"),
        ("sitz=halle-saale", "AC"),
        ("cluster=energie&art=mikro", "B"),
        ("cluster=chemie&art=makro&sitz=halle-saale", "C"),
        ("cluster=chemie&art=mikro", ""),
        ("cluster=&art=&sitz=", "ABCDE"),
    ],
)
def test_filters_narrow_the_list_alone_and_together(networks, query, expected):
    assert found(query) == expected


def test_the_list_says_how_many_there_are_and_what_was_chosen(networks, client):
    page = fetch(client, "/cluster/?cluster=energie&art=mikro")
    assert page.texts("p", css="count") == ["Ein Netzwerk"]
    assert page.title.startswith("Cluster: Netzwerke Energie, Mikro-Cluster")
    assert [one.text for one in page.all("option") if "selected" in one.attrs] == ["Energie", "Mikro-Cluster"]
    assert fetch(client, "/cluster/").texts("p", css="count") == ["5 Netzwerke"]
    assert "Zu dieser Auswahl gibt es kein Netzwerk." in fetch(client, "/cluster/?cluster=chemie&art=mikro").html


def test_the_filter_leads_back_to_the_list_and_not_to_the_top(networks, client):
    page = fetch(client, "/cluster/?art=mikro")
    assert page.one("form", css="filters").attrs["action"] == "/cluster/#netzwerke"
    assert page.one("a", css="filters-reset").attrs["href"] == "/cluster/#netzwerke"
    assert page.one("h2", id="netzwerke").text == "Netzwerke"


def test_only_clusters_and_places_with_public_networks_are_offered(client):
    make_network(cluster=make_cluster(name="Voll"), seat="Jena")
    make_network_draft(cluster=make_cluster(name="Entwurf"), seat="Geheimstadt")
    make_network(cluster=make_historic_cluster(name="Früher"))
    make_cluster(name="Leer")
    page = fetch(client, "/cluster/")
    assert page.texts("option", inside=page.one("select", name="cluster")) == [
        "Alle Cluster",
        "Voll",
        "Clusterübergreifend",
    ]
    assert page.texts("option", inside=page.one("select", name="sitz")) == ["Alle Orte", "Jena"]


def test_every_spelling_of_a_place_is_one_choice(client):
    for seat in ("Halle (Saale)", "Halle/Saale"):
        make_network(title=seat[:6], seat=seat)
    page = fetch(client, "/cluster/?sitz=halle-saale")
    assert len(names(page)) == 2
    assert len(page.texts("option", inside=page.one("select", name="sitz"))) == 2


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("cluster=x", "„x“ kennen wir bei „Cluster“ nicht. Dieser Filter wurde weggelassen."),
        ("art=nano", "„nano“ kennen wir bei „Art“ nicht. Dieser Filter wurde weggelassen."),
        ("sitz=atlantis", "„atlantis“ kennen wir bei „Sitz“ nicht. Dieser Filter wurde weggelassen."),
        ("seite=9", "Diese Seitenzahl gibt es hier nicht. Sie sehen Seite 1 von 1."),
    ],
)
def test_an_unknown_value_is_left_out_with_a_hint(networks, client, query, hint):
    page = fetch(client, f"/cluster/?{query}")
    assert page.one("div", css="hint").text == hint
    assert "".join(names(page)) == "ABCDE"
    assert kept_pages() == 0


@pytest.mark.parametrize(
    "query",
    [
        "cluster=%00&art=%00&sitz=%00",
        "cluster=%ff&sitz=%c3%28",
        "cluster=' OR 1=1 --&art=makro;DROP TABLE",
        "sitz=%3Cscript%3Ealert(1)%3C/script%3E",
        "seite=%D9%A1&cluster=%ED%A0%80",
        "cluster=" + "a" * 3000,
        "cluster=energie&cluster=chemie",
        "cluster[]=energie&q=%00",
    ],
)
def test_no_address_breaks_the_overview(networks, query):
    response = Client().get(f"/cluster/?{query}")
    assert response.status_code == 200
    body = response.content.decode()
    assert "\x00" not in body
    assert "<script>alert" not in body


def test_known_choices_are_kept_and_unknown_parameters_are_not(networks, client):
    client.get("/cluster/?cluster=energie&art=mikro&sitz=jena")
    assert kept_pages() == 1
    client.get("/cluster/?erfunden=1")
    assert kept_pages() == 1


def test_a_long_list_has_pages_that_keep_the_filter(client, monkeypatch):
    monkeypatch.setattr(ClusterList, "paginate_by", 2)
    for title in "ABC":
        make_network(title=title, kind="mikro")
    make_network(title="X", kind="makro")
    assert names(fetch(client, "/cluster/?art=mikro&seite=2")) == ["C"]
    page = fetch(client, "/cluster/?art=mikro")
    assert "/cluster/?art=mikro&seite=2" in page.links(inside=page.one("nav", css="pagination"))
    assert page.one("link", rel="canonical").attrs["href"] == "https://portal.example/cluster/?art=mikro"


@pytest.mark.parametrize(
    "make", [make_network_draft, make_scheduled_network, make_expired_network, make_withdrawn_network]
)
def test_what_is_not_public_is_neither_listed_nor_counted(client, make):
    make(title="Geheim", cluster=make_cluster(), seat="Geheimstadt")
    html = fetch(client, "/cluster/").html
    assert "Geheim" not in html
    assert "0 Netzwerke" in html
