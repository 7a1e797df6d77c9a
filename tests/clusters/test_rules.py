"""What clusters and networks may be, and what the database itself refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clusters.models import Cluster, Network
from publishing.models import Redirect
from publishing.templatetags.publishing import host
from tests.clusters.factories import (
    make_cluster,
    make_expired_network,
    make_historic_cluster,
    make_network,
    make_network_draft,
    make_scheduled_network,
    make_withdrawn_network,
)
from tests.events.factories import make_event
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def refused(model, row, **values):
    """The sentence the form shows; the database refuses the same row behind every form's back."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return " ".join(error.value.messages)


# --- clusters


def test_today_and_history_are_told_apart_by_the_last_year():
    today, former = make_cluster(), make_historic_cluster()
    topic = make_cluster(is_award_category=False)
    assert list(Cluster.objects.current()) == [today, topic]
    assert list(Cluster.objects.historic()) == [former]
    assert [one.is_current for one in (today, former, topic)] == [True, False, True]


def test_award_years_stand_in_order():
    assert refused(Cluster, make_historic_cluster(), award_until=2009) == "„Gewertet bis“ liegt vor „gewertet ab“."


def test_a_cluster_of_today_s_award_has_no_last_year():
    message = refused(Cluster, make_cluster(), award_until=2011)
    assert message.startswith("Ein Wettbewerbscluster von heute hat kein letztes Jahr")


def test_a_cluster_does_not_succeed_itself():
    cluster = make_historic_cluster()
    assert refused(Cluster, cluster, successor_id=cluster.pk) == "Ein Cluster kann nicht sein eigener Nachfolger sein."


def test_a_mistyped_award_year_is_refused():
    cluster = make_cluster(award_from=205)
    with pytest.raises(ValidationError, match="1990"):
        cluster.full_clean()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"award_from": 2005}, "seit 2005"),
        ({}, ""),
        ({"award_from": 2010, "award_until": 2011}, "2010 bis 2011"),
        ({"award_from": 2010, "award_until": 2010}, "2010"),
        ({"award_until": 2011}, "bis 2011"),
        ({"award_from": 2013, "award_until": 2015, "award_years_text": "2013 bis etwa 2015"}, "2013 bis etwa 2015"),
    ],
)
def test_award_years_in_words(values, words):
    assert Cluster(**values).award_years == words


def test_subfields_and_topics_are_lines_without_blank_ones():
    assert Cluster(subfields=" Netze \r\n\r\nSpeicher\n").subfield_list == ["Netze", "Speicher"]
    assert Network(topics="").topic_list == []


def test_a_cluster_gets_a_german_address_and_none_that_is_taken():
    cluster = Cluster.objects.create(name="Ernährung/Öl", short_name="Öl")
    assert cluster.slug == "ernaehrung-oel"
    assert Cluster.objects.create(name="Netzwerke", short_name="N").slug == "netzwerke-2"
    for slug in ("netzwerke", "uebergreifend"):
        with pytest.raises(ValidationError, match="feste Adresse"):
            Cluster(name="X", short_name="X", slug=slug).full_clean()


def test_a_cluster_s_address_never_dies(client):
    cluster = make_cluster(slug="alt")
    cluster.slug = "neu"
    cluster.save()
    moved = client.get("/cluster/alt/")
    assert (moved.status_code, moved["Location"]) == (301, "/cluster/neu/")
    cluster.delete()
    assert client.get("/cluster/neu/").status_code == 410
    assert client.get("/cluster/alt/").status_code == 410


def test_an_unchanged_address_leaves_no_redirect():
    cluster = make_cluster()
    cluster.save()
    assert not Redirect.objects.exists()


def test_control_characters_reach_no_page():
    cluster = make_cluster(name="Che\x00mie", short_name="C\x07", subfields="Sal\x00ze", summary="K\x1burz")
    cluster.refresh_from_db()
    assert (cluster.name, cluster.short_name, cluster.subfields, cluster.summary) == ("Chemie", "C", "Salze", "Kurz")


def test_what_points_to_a_cluster_keeps_it_in_use():
    assert not make_cluster().is_in_use
    by_network, by_news, by_event, by_history = (make_cluster() for _ in range(4))
    make_network_draft(cluster=by_network)
    make_article().clusters.add(by_news)
    make_event(clusters=[by_event])
    make_historic_cluster(successor=by_history)
    assert [one.is_in_use for one in (by_network, by_news, by_event, by_history)] == [True] * 4


def test_a_deleted_successor_leaves_its_predecessor():
    successor = make_cluster()
    former = make_historic_cluster(successor=successor)
    successor.delete()
    former.refresh_from_db()
    assert former.successor is None


def test_every_change_of_a_cluster_is_recorded():
    cluster = make_cluster(name="Alt")
    cluster.name = "Neu"
    cluster.save()
    assert list(cluster.history.values_list("name", flat=True)) == ["Neu", "Alt"]


def test_the_number_of_networks_counts_what_is_public():
    cluster, empty = make_cluster(), make_cluster()
    for make in (
        make_network,
        make_network,
        make_network_draft,
        make_scheduled_network,
        make_expired_network,
        make_withdrawn_network,
    ):
        make(cluster=cluster)
    counts = dict(Cluster.objects.with_network_count().values_list("pk", "network_count"))
    assert counts == {cluster.pk: 2, empty.pk: 0}


# --- networks


@pytest.mark.parametrize("values", [{"members_text": "über 60"}, {"members_as_of": "2019"}], ids=str)
def test_members_and_their_date_come_together(values):
    assert "Zur Zahl der Mitglieder gehört ihr Stand" in refused(Network, make_network(), **values)


def test_a_network_with_members_and_date_is_accepted():
    make_network(members_text="über 60", members_as_of="2019").full_clean()


def test_a_mistyped_founding_year_is_refused():
    with pytest.raises(ValidationError, match="1800"):
        make_network(founded_year=196).full_clean()


def test_networks_at_work_come_first_whatever_the_case_of_their_names():
    make_network(title="alt", status="historisch")
    for title in ("biosaxony", "ACOD", "Cluster IT"):
        make_network(title=title)
    assert [one.title for one in Network.objects.in_order()] == ["ACOD", "biosaxony", "Cluster IT", "alt"]


@pytest.mark.parametrize(
    ("title", "abbreviation", "full_name"),
    [
        ("Solar Power Transformation Network", "SPOT ON", "Solar Power Transformation Network (SPOT ON)"),
        ("BAM! – Business Angels", "BAM!", "BAM! – Business Angels"),
        ("OptoNet", "", "OptoNet"),
    ],
)
def test_the_abbreviation_stands_behind_the_name_where_it_adds_something(title, abbreviation, full_name):
    assert Network(title=title, abbreviation=abbreviation).full_name == full_name


@pytest.mark.parametrize(
    ("website", "label"),
    [("https://www.acod.de/start?x=1", "acod.de"), ("https://silicon-saxony.de", "silicon-saxony.de")],
)
def test_a_website_is_named_by_its_host(website, label):
    assert host(website) == label


def test_the_founding_is_told_as_exactly_as_it_is_known():
    assert Network(founded_year=1996).founded == "1996"
    assert Network(founded_year=2013, founded_text="30. Oktober 2013").founded == "30. Oktober 2013"
    assert Network(founded_text="2022/2023").founded == "2022/2023"
    assert Network().founded == ""


def test_a_cluster_with_networks_cannot_vanish_under_them():
    network = make_network(cluster=make_cluster())
    with pytest.raises(IntegrityError), transaction.atomic():
        network.cluster.delete()
    assert Network.objects.get().cluster is not None
