"""The page of a cluster: its own words, and what other rooms bring up through their relations."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competition.models import Award
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
from tests.competition.factories import make_award, make_category, make_edition, make_finalist
from tests.events.factories import (
    make_event,
    make_event_draft,
    make_expired_event,
    make_scheduled_event,
    make_withdrawn_event,
)
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def section(page, heading_id):
    return page.one("section", **{"aria-labelledby": heading_id})


def article_of(cluster, make=make_article, **values):
    article = make(**values)
    article.clusters.add(cluster)
    return article


def test_text_sentence_subfields_and_award_years_are_there(client):
    cluster = make_full_cluster(name="Energie", description="<p>Erster Absatz.</p><p>Zweiter.</p>")
    page = fetch(client, cluster.get_absolute_url())
    assert page.one("h1").text == "Energie"
    assert page.one("p", css="kicker", inside=page.one("header", css="cluster-head")).text == "Cluster"
    assert page.one("p", css="lead").text == "Alles über Netze und Speicher."
    assert page.texts("p", inside=page.one("div", css="prose")) == ["Erster Absatz.", "Zweiter."]
    assert page.texts("li", inside=page.one("ul", css="subfields")) == ["Netze", "Speicher"]
    assert "Wettbewerbscluster, seit 2012" in page.one("aside").text
    assert page.meta("description") == "Alles über Netze und Speicher."


def test_a_cluster_with_nothing_but_a_name_has_a_page_without_empty_sections(client):
    page = fetch(client, make_cluster(name="Leer", is_award_category=False).get_absolute_url())
    assert page.texts("h2") == ["Bereiche", "Auf dem Laufenden"]
    assert page.meta("description") == "Leer: ein Cluster in Mitteldeutschland."
    assert page.all("aside") == []


def test_without_a_sentence_the_text_describes_the_page(client):
    cluster = make_cluster(description="<p>Aus dem Text.</p>" + "<p>Lang.</p>" * 200)
    description = fetch(client, cluster.get_absolute_url()).meta("description")
    assert description.startswith("Aus dem Text. Lang.")
    assert len(description) <= 300


def test_its_public_networks_stand_on_the_page_those_at_work_first(client):
    cluster = make_cluster()
    make_network(title="Alt", cluster=cluster, status="historisch")
    make_network(title="Neu", cluster=cluster)
    make_network(title="Fremd", cluster=make_cluster())
    make_network(title="Übergreifend")
    page = fetch(client, cluster.get_absolute_url())
    assert page.texts("h3", inside=section(page, "netzwerke")) == ["Neu", "Alt"]


def test_the_four_newest_articles_of_the_cluster_are_shown_newest_first(client):
    cluster, other = make_cluster(), make_cluster()
    for number in (5, 1, 3, 2, 4):
        article_of(cluster, title=f"vor {number} Tagen", days_ago=number)
    article_of(other, title="fremd")
    page = fetch(client, cluster.get_absolute_url())
    assert page.texts("h3", inside=section(page, "aus-dem-cluster")) == [
        "vor 1 Tagen",
        "vor 2 Tagen",
        "vor 3 Tagen",
        "vor 4 Tagen",
    ]


def test_the_four_next_events_of_the_cluster_are_shown_soonest_first(client):
    cluster, other = make_cluster(slug="energie"), make_cluster()
    for number in (5, 1, 3, 2, 4):
        make_event(title=f"in {number} Tagen", days=number, clusters=[cluster, other])
    make_event(title="vorbei", days=-2, clusters=[cluster])
    make_event(title="fremd", clusters=[other])
    page = fetch(client, cluster.get_absolute_url())
    events = section(page, "naechste-termine")
    assert page.texts("h3", inside=events) == ["in 1 Tagen", "in 2 Tagen", "in 3 Tagen", "in 4 Tagen"]
    assert "/termine/?cluster=energie" in page.links(inside=events)


def test_what_is_not_public_never_reaches_the_page(client):
    cluster = make_full_cluster()
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        article_of(cluster, make, title="Geheim", featured_until=timezone.now() + timedelta(days=1))
    for make in (make_event_draft, make_scheduled_event, make_expired_event, make_withdrawn_event):
        make(title="Geheim", clusters=[cluster])
    for make in (make_network_draft, make_scheduled_network, make_expired_network, make_withdrawn_network):
        make(title="Geheim", cluster=cluster)
    page = fetch(client, cluster.get_absolute_url())
    assert "Geheim" not in page.html
    for heading in ("netzwerke", "aus-dem-cluster", "naechste-termine"):
        assert page.all("section", **{"aria-labelledby": heading}) == []


def test_the_other_clusters_of_today_lead_on(client):
    cluster, second, first = make_cluster(), make_cluster(order=2), make_cluster(order=1)
    make_historic_cluster()
    page = fetch(client, cluster.get_absolute_url())
    row = page.one("ul", css="cluster-line")
    assert page.links(inside=row) == [first.get_absolute_url(), second.get_absolute_url()]


def test_winners_and_finalists_of_all_years_are_shown_when_their_moments_have_come(client):
    cluster = make_cluster()
    for year, moments in ((2022, (-9, -8)), (2023, (-2, 2)), (2024, (2, 4))):
        edition = make_edition(year, finalists=moments[0], winners=moments[1])
        category = make_category(edition, cluster=cluster)
        winner, _second = (
            make_finalist(category, title=f"{name} {year}", organisation=f"{name} GmbH {year}") for name in "AB"
        )
        make_award(Award.Kind.CLUSTER, winner.entry)
    page = fetch(client, cluster.get_absolute_url())
    results = section(page, "iq-im-cluster")
    assert page.texts("h3", inside=results) == ["2023", "2022"]
    assert [text for text in page.texts("a", inside=results) if text[0] in "AB" and text[1] == " "] == [
        "A 2023",
        "B 2023",
        "A 2022",
        "B 2022",
    ]
    assert results.text.count("Clustersieg") == 1
    assert "2024" not in results.text


# --- former clusters


def test_a_former_cluster_says_from_when_to_when_it_was_judged_and_what_succeeded_it(client):
    today = make_cluster(name="Energie/Umwelt/Solarwirtschaft")
    former = make_historic_cluster(name="Solarwirtschaft", successor=today)
    page = fetch(client, former.get_absolute_url())
    assert page.one("p", css="kicker", inside=page.one("header", css="cluster-head")).text == "Früheres Cluster"
    note = page.one("p", css="history-note")
    assert note.text == (
        "Dieses Cluster ist Geschichte. Gewertet im IQ Innovationspreis: 2010 bis 2011. "
        "Heute gehört das Thema zum Cluster Energie/Umwelt/Solarwirtschaft."
    )
    assert page.links(inside=note) == [today.get_absolute_url()]


def test_a_former_cluster_of_local_prizes_says_so_in_the_words_of_the_sources(client):
    former = make_historic_cluster(local_only=True, award_years_text="2010 bis 2011 belegt")
    note = fetch(client, former.get_absolute_url()).one("p", css="history-note").text
    assert note.endswith("Gewertet im IQ Innovationspreis: 2010 bis 2011 belegt, nur für lokale Preise.")


def test_the_successor_names_its_predecessors(client):
    today = make_cluster()
    make_historic_cluster(name="Energie/Umwelt", successor=today)
    aside = fetch(client, today.get_absolute_url()).one("aside").text
    assert "Vorläufer Energie/Umwelt 2010 bis 2011" in aside


def test_two_clusters_that_name_each_other_still_have_pages(client):
    one = make_historic_cluster()
    other = make_historic_cluster(successor=one)
    one.successor = other
    one.save()
    assert [client.get(each.get_absolute_url()).status_code for each in (one, other)] == [200, 200]


# --- elsewhere


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "netzwerke"])
def test_an_unknown_cluster_is_not_found(client, slug):
    assert client.get(f"/cluster/{slug}/").status_code == 404


def test_articles_and_events_lead_to_their_clusters(client):
    cluster = make_full_cluster(short_name="Energie", slug="energie")
    former = make_historic_cluster()
    article, event = article_of(cluster), make_event(clusters=[cluster, former])
    page = fetch(client, article.get_absolute_url())
    tags = page.one("ul", css="cluster-tags")
    assert (page.links(inside=tags), page.texts("li", inside=tags)) == (["/cluster/energie/"], ["Energie"])
    assert len(page.all("svg", css="cluster-sign", inside=page.one("span", css="sign-energy"))) == 1
    page = fetch(client, event.get_absolute_url())
    assert page.links(inside=page.one("ul", css="cluster-links")) == [
        "/cluster/energie/",
        former.get_absolute_url(),
    ]


def test_an_article_without_clusters_has_no_empty_list(client):
    assert fetch(client, make_article().get_absolute_url()).all("ul", css="cluster-tags") == []


def test_events_offer_the_clusters_of_today_and_a_former_one_only_when_asked_for(client):
    make_cluster(name="Heute")
    former = make_historic_cluster(name="Früher", slug="frueher", order=9)
    make_event(title="Alt und neu", clusters=[former])
    choices = fetch(client, "/termine/")
    assert choices.texts("option", inside=choices.one("select", name="cluster")) == ["Alle Cluster", "Heute"]
    # Whoever has subscribed to it must not suddenly get everything.
    make_event(title="Ganz anders")
    asked = fetch(client, "/termine/?cluster=frueher")
    assert asked.texts("option", inside=asked.one("select", name="cluster")) == ["Alle Cluster", "Heute", "Früher"]
    assert asked.texts("h4") == ["Alt und neu"]


def test_the_home_page_shows_the_clusters_of_today_in_a_row(client):
    second, first = make_cluster(name="Zwei", order=2), make_full_cluster(name="Eins", order=1)
    make_historic_cluster()
    page = fetch(client, "/")
    row = page.one("ul", css="cluster-line")
    assert page.texts("h3", inside=row) == ["Eins", "Zwei"]
    assert page.links(inside=row) == [first.get_absolute_url(), second.get_absolute_url()]
    assert [one.classes[1] for one in page.all("li", inside=row)] == ["sign-energy", "sign-none"]


def test_without_clusters_the_home_page_has_no_empty_row(client):
    make_historic_cluster()
    assert fetch(client, "/").all(id="cluster-der-region") == []
