"""The clusters and networks of the demo data: all there, through the models' own rules, doubts included."""

import pytest

from clusters.models import Cluster, Network
from demo import loader
from demo.clusters import save_clusters, save_network
from tests.parsed_page import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
read = loader._read


@pytest.fixture
def loaded():
    clusters = save_clusters(read("clusters"))
    for entry in read("networks"):
        save_network(entry, clusters)
    return clusters


def test_five_clusters_of_today_and_five_of_earlier_years_are_loaded(loaded):
    assert list(Cluster.objects.current().values_list("slug", "sign")) == [
        ("automotive", "automotive"),
        ("chemie-kunststoffe", "chemistry"),
        ("energie-umwelt-solarwirtschaft", "energy"),
        ("informationstechnologie", "it"),
        ("life-sciences", "life"),
    ]
    former = Cluster.objects.historic()
    assert {one.slug: (one.award_years, one.local_only, getattr(one.successor, "slug", None)) for one in former} == {
        "energie-umwelt": ("2006 bis 2011", False, "energie-umwelt-solarwirtschaft"),
        "solarwirtschaft": ("2010 bis 2011", False, "energie-umwelt-solarwirtschaft"),
        "ernaehrungswirtschaft": ("2006 bis 2012", False, None),
        "optik-medizintechnik": ("2010 bis 2011 belegt", True, None),
        "maschinen-und-anlagenbau": ("2013 bis etwa 2015", True, None),
    }
    assert {one.is_award_category for one in Cluster.objects.current()} == {True}
    assert {one.is_award_category for one in former} == {False}


def test_all_networks_are_public_and_say_what_is_not_certain(loaded, client):
    assert Network.objects.published().count() == len(read("networks")) == 17
    assert Network.objects.filter(status="historisch").count() == 3
    for entry in read("networks"):
        page = fetch(client, f"/cluster/netzwerke/{entry['slug']}/")
        assert page.one("h1").text == entry["name"]
        assert bool(page.all("p", css="doubt")) is entry["is_uncertain"]
        assert bool(page.all("p", css="history-note")) is (entry["status"] == "historisch")


def test_nothing_is_made_up_where_the_sources_are_silent(loaded):
    assert not Network.objects.exclude(logo=None).exists()
    assert not Network.objects.exclude(image=None).exists()
    optonet = Network.objects.get(slug="optonet")
    assert (optonet.founded, optonet.members_text, optonet.members_as_of) == (
        "",
        "187 Unternehmen",
        "undatiert, Altbestand",
    )
    angels = Network.objects.get(slug="bam")
    assert (angels.founded_year, angels.founded, angels.legal_form) == (None, "2022/2023", "")
    hypos = Network.objects.get(slug="hypos")
    assert (hypos.founded_year, hypos.founded, hypos.cluster.slug) == (
        2013,
        "30. Oktober 2013",
        "energie-umwelt-solarwirtschaft",
    )


def test_everything_passes_the_checks_an_editor_meets(loaded):
    for row in [*Cluster.objects.all(), *Network.objects.all()]:
        row.full_clean()
    assert all(cluster.summary and cluster.description for cluster in Cluster.objects.all())


def test_every_page_answers(loaded, client):
    paths = ["/cluster/", *(cluster.get_absolute_url() for cluster in Cluster.objects.all())]
    links = {link for path in paths for link in fetch(client, path).links() if link.startswith("/")}
    assert len(links) > 25
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []
