"""The number of questions a page asks does not grow with what there is."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competition.models import Award
from tests.clusters.factories import make_full_cluster, make_full_network, make_historic_cluster, make_network
from tests.competition.factories import make_award, make_category, make_edition, make_finalist
from tests.events.factories import make_category as make_event_category
from tests.events.factories import make_event, make_full_event, make_series, make_venue
from tests.factories import make_article, make_full_article, make_image, make_press_office
from tests.kept_pages import own_questions
from tests.module_rows import kept_for_the_module

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 150
LIST_BUDGET, DETAIL_BUDGET, HOME_BUDGET = 8, 10, 14
BUDGETS = {
    "/": HOME_BUDGET,
    "/cluster/": LIST_BUDGET,
    "/cluster/?seite=1": LIST_BUDGET,
    "/cluster/?cluster=energie&art=makro&sitz=halle-saale": LIST_BUDGET,
    "/cluster/?cluster=uebergreifend": LIST_BUDGET,
    "/cluster/energie/": DETAIL_BUDGET,
    "/cluster/frueher/": DETAIL_BUDGET,
    "/cluster/netzwerke/voll/": DETAIL_BUDGET,
    "/aktuelles/voll/": DETAIL_BUDGET,
    "/sitemap-cluster.xml": LIST_BUDGET,
}


def fill(first, number, cluster, image):
    """`number` of everything that belongs to a cluster."""
    for position in range(first, first + number):
        make_full_network(title=f"Netz {position}", cluster=cluster if position % 3 else None, image=image, logo=image)
        make_article(image=image, days_ago=1 + position % 90).clusters.add(cluster)
        make_event(days=3 + position % 90, clusters=[cluster])
    for year in range(2005 + first // 10, 2005 + (first + number) // 10):
        category = make_category(make_edition(year, finalists=-2, winners=-1), cluster=cluster)
        winner, _second = make_finalist(category), make_finalist(category)
        make_award(Award.Kind.CLUSTER, winner.entry)
    for position in range(number // 5):
        make_full_cluster(sign="it", successor=None, order=position)
        make_historic_cluster(successor=cluster)


def queries_for(path):
    caches["pages"].clear()
    caches["figures"].clear()
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path)
    assert response.status_code == 200, path
    return own_questions(captured)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    """{path: (queries at FEW rows, queries at MANY)}."""
    with kept_for_the_module(django_db_blocker):
        image, cluster = make_image(), make_full_cluster(slug="energie")
        make_press_office()
        make_full_network(slug="voll", cluster=cluster, image=image, logo=image)
        make_full_article(slug="voll", image=image).clusters.add(cluster)
        parts = {"category": make_event_category(), "venue": make_venue(), "series": make_series(), "image": image}
        make_full_event(clusters=[cluster], **parts)
        former = make_historic_cluster(slug="frueher", successor=cluster)
        make_historic_cluster(successor=former)
        make_network(cluster=former)
        results = {path: [] for path in BUDGETS}
        for first, last in ((0, FEW), (FEW, MANY)):
            fill(first, last - first, cluster, image)
            for path, counts in results.items():
                counts.append(queries_for(path))
        yield results


@pytest.mark.parametrize("path", BUDGETS)
def test_an_address_keeps_its_budget_at_ten_rows_and_at_many(measured, path):
    few, many = measured[path]
    assert len(few) == len(many), "\n".join([*few, "---", *many])
    assert len(many) <= BUDGETS[path], "\n".join(many)


def test_lists_do_not_fetch_the_texts(measured):
    for path in ("/", "/cluster/", "/cluster/energie/"):
        assert [sql for sql in measured[path][1] if '"clusters_network"."body"' in sql] == [], path
    row_of_clusters = [sql for sql in measured["/"][1] if 'FROM "clusters_cluster"' in sql]
    assert len(row_of_clusters) == 1
    assert "description" not in row_of_clusters[0]
