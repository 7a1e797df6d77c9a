"""The editors' work on clusters and networks."""

import pytest

from clusters.models import Cluster, Network
from tests.clusters.factories import (
    make_cluster,
    make_full_network,
    make_historic_cluster,
    make_network,
    make_network_draft,
)
from tests.events.factories import make_event
from tests.factories import make_article, make_image
from tests.parsed_page import ParsedPage, fetch

pytestmark = pytest.mark.django_db
ADD = "/admin/clusters/network/add/"


def change(row):
    return f"/admin/clusters/{row._meta.model_name}/{row.pk}/change/"


def network_form(**values):
    defaults = {
        "title": "Netz",
        "teaser": "Zwei Sätze.",
        "body": "<p>Text</p>",
        "kind": "makro",
        "status": "aktiv",
        "_continue": "1",
    }
    return defaults | values


def cluster_form(**values):
    defaults = {"name": "Wasser", "short_name": "Wasser", "order": "0", "is_award_category": "on"}
    return defaults | values


# --- networks


def test_a_network_is_entered_released_and_found(editor_client, client):
    cluster = make_cluster()
    data = network_form(
        cluster=cluster.pk,
        topics="Eins\r\nZwei",
        seat="Jena",
        founded_year="1996",
        members_text="187 Unternehmen",
        members_as_of="2019",
        website="www.netz.example",
        logo=make_image().pk,
        _release="1",
    )
    assert editor_client.post(ADD, data).status_code == 302
    network = Network.objects.get()
    assert network.is_public
    assert network.website == "https://www.netz.example"
    assert network.topic_list == ["Eins", "Zwei"]
    assert fetch(client, "/cluster/netzwerke/netz/").one("h1").text == "Netz"


def test_a_network_without_teaser_stays_a_draft(editor_client):
    response = editor_client.post(ADD, network_form(teaser="", _release="1"))
    assert "Vor der Veröffentlichung fehlt noch: der Vorspann." in response.content.decode()
    assert not Network.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"members_text": "über 60"}, "Zur Zahl der Mitglieder gehört ihr Stand, und umgekehrt."),
        ({"founded_year": "20"}, "größer oder gleich 1800"),
        ({"founded_year": "99999999999999999999"}, "kleiner oder gleich 2100"),
        ({"website": "javascript:alert(1)"}, "gültige Adresse"),
        ({"cluster": "x"}, "gültige Auswahl"),
        ({"logo": "999999999999999999999"}, "gültige Auswahl"),
        ({"title": "a\x00b"}, "NULL"),
    ],
)
def test_bad_input_is_refused_in_german_and_loses_nothing(editor_client, values, sentence):
    response = editor_client.post(ADD, network_form(topics="Bleibt stehen") | values)
    assert response.status_code == 200
    assert sentence.casefold() in response.content.decode().casefold()
    assert "Bleibt stehen" in response.content.decode()
    assert not Network.objects.exists()


def test_a_draft_has_a_preview_and_a_link_for_others(editor_client, client):
    draft = make_network_draft(title="Noch geheim", cluster=make_cluster())
    page = ParsedPage(editor_client.get(f"/admin/clusters/network/{draft.pk}/vorschau/"))
    assert page.one("h1").text == "Noch geheim"
    assert page.one("aside", css="preview-bar")


def test_a_network_is_copied_compared_and_restored(editor_client):
    network = make_full_network(title="Alt")
    network.title = "Neu"
    network.save()
    assert editor_client.post(f"/admin/clusters/network/{network.pk}/kopieren/").status_code == 302
    twin = Network.objects.exclude(pk=network.pk).get()
    assert (twin.title, twin.topics, twin.state.name) == ("Kopie von Neu", network.topics, "draft")
    assert editor_client.get(f"/admin/clusters/network/{network.pk}/history/").status_code == 200
    oldest = network.history.last()
    page = editor_client.get(f"/admin/clusters/network/{network.pk}/history/{oldest.pk}/").content.decode()
    assert 'value="Alt"' in page


def test_lists_and_filters_of_the_admin_answer(editor_client):
    make_full_network()
    for query in ("", "?q=wasser", "?stand=public", "?is_uncertain__exact=1&status__exact=aktiv", "?q=%00"):
        assert editor_client.get(f"/admin/clusters/network/{query}").status_code in (200, 302), query


def test_today_lists_drafts_and_unconfirmed_facts(editor_client):
    draft = make_network_draft(title="Entwurf")
    doubtful = make_network(title="Zweifel", is_uncertain=True)
    make_network(title="Sicher")
    make_network(title="Archiv", is_uncertain=True, status="historisch")
    make_network_draft(title="Entwurf im Zweifel", is_uncertain=True).delete()
    panels = {panel.title: panel for panel in editor_client.get("/admin/").context["panels"]}
    assert {title: [task.label for task in panel.tasks] for title, panel in panels.items()} == {
        "Netzwerke: Entwürfe": [draft.title],
        "Netzwerke: Angaben nicht bestätigt": [doubtful.title],
    }
    assert {editor_client.get(panel.all_path).status_code for panel in panels.values()} == {200}


def test_a_picture_names_the_networks_that_use_it():
    logo = make_image()
    network = make_full_network(logo=logo)
    assert [(one.user, one.field_label) for one in logo.usages()] == [(network, "Logo")]


# --- clusters


def test_a_cluster_is_entered_and_has_a_page(editor_client, client):
    data = cluster_form(sign="energy", summary="Ein Satz.", description="<p>Text</p>", subfields="A\r\nB")
    assert editor_client.post("/admin/clusters/cluster/add/", data).status_code == 302
    cluster = Cluster.objects.get()
    assert (cluster.slug, cluster.sign, cluster.subfield_list) == ("wasser", "energy", ["A", "B"])
    assert fetch(client, "/cluster/wasser/").one("h1").text == "Wasser"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"award_from": "2012", "award_until": "2010", "is_award_category": ""}, "liegt vor „gewertet ab“"),
        ({"award_until": "2010"}, "Ein Wettbewerbscluster von heute hat kein letztes Jahr"),
        ({"award_from": "205"}, "größer oder gleich 1990"),
        ({"slug": "netzwerke"}, "feste Adresse des Portals"),
        ({"sign": "erfunden"}, "keine gültige Auswahl"),
        ({"name": ""}, "zwingend erforderlich"),
    ],
)
def test_a_wrong_cluster_is_refused_in_german(editor_client, values, sentence):
    data = {name: value for name, value in cluster_form(**values).items() if value or name == "name"}
    response = editor_client.post("/admin/clusters/cluster/add/", data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Cluster.objects.exists()


def test_a_cluster_becomes_history_in_the_form(editor_client, client):
    cluster, successor = make_cluster(award_from=2010), make_cluster()
    data = cluster_form(name=cluster.name, award_from="2010", award_until="2011", successor=successor.pk)
    del data["is_award_category"]
    assert editor_client.post(change(cluster), data).status_code == 302
    assert not Cluster.objects.get(pk=cluster.pk).is_current
    assert fetch(client, "/cluster/").texts("h2", css="card-title") == [successor.name]


def test_every_change_of_a_cluster_can_be_looked_up(editor_client):
    cluster = make_cluster()
    assert editor_client.get(f"/admin/clusters/cluster/{cluster.pk}/history/").status_code == 200


# --- choosing clusters


def boxes(client, path):
    page = fetch(client, path)
    found = page.all("input", type="checkbox", name="clusters")
    return {one.parent.text: "checked" in one.attrs for one in found}


@pytest.mark.parametrize("path", ["/admin/news/article/add/", "/admin/events/event/add/"])
def test_a_new_item_is_offered_the_clusters_of_today(editor_client, path):
    make_cluster(name="Heute")
    make_historic_cluster(name="Früher")
    assert boxes(editor_client, path) == {"Heute": False}


def test_an_old_item_keeps_the_former_cluster_it_has(editor_client):
    make_cluster(name="Heute", order=1)
    former = make_historic_cluster(name="Früher", order=2)
    make_historic_cluster(name="Ganz früher", order=3)
    article, event = make_article(), make_event(clusters=[former])
    article.clusters.add(former)
    for path in (f"/admin/news/article/{article.pk}/change/", f"/admin/events/event/{event.pk}/change/"):
        assert boxes(editor_client, path) == {"Heute": False, "Früher": True}


def test_a_network_is_offered_the_clusters_of_today_and_the_one_it_has(editor_client):
    make_cluster(name="Heute", order=1)
    former = make_historic_cluster(name="Früher", order=2)
    make_historic_cluster(name="Ganz früher", order=3)

    def offered(path):
        page = fetch(editor_client, path)
        return page.texts("option", inside=page.one("select", name="cluster"))

    assert offered(ADD) == ["---------", "Heute"]
    assert offered(change(make_network(cluster=former))) == ["---------", "Heute", "Früher"]
