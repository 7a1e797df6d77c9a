import pytest
from django.db import OperationalError

from emmd import nearest
from publishing.models import SearchDocument
from tests.events.factories import make_event
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _allowed(monkeypatch):
    """As if nobody had asked before."""
    monkeypatch.setattr(nearest, "allowance", nearest.Allowance(2))


def suggested(client, path, **headers):
    response = client.get(path, **headers)
    assert response.status_code == 404
    page = ParsedPage(response)
    assert page.faults == []
    assert [one.attrs["content"] for one in page.all("meta", name="robots")] == ["noindex"]
    lists = page.all("ul", css="nearest-pages")
    return page.links(inside=lists[0]) if lists else []


def test_pages_with_the_words_of_the_address_are_suggested_the_best_first(client):
    half = make_article(title="Wasserstoff in Leuna", days_ago=1)
    whole = make_article(title="Wasserstoff für den Verkehr", days_ago=90)
    make_article(title="Etwas anderes")
    assert suggested(client, "/aktuelles/2019/wasserstoff-verkehr/") == [
        whole.get_absolute_url(),
        half.get_absolute_url(),
    ]


def test_a_slip_of_the_finger_finds_the_page(client):
    article = make_article(title="Strukturwandel im Revier")
    assert suggested(client, "/strukturwadnel/") == [article.get_absolute_url()]


def test_of_equals_that_of_the_same_section_comes_first(client):
    make_article(title="Energietag")
    event = make_event(title="Energietag", slug="energietag-2")
    assert suggested(client, "/termine/energietag-alt/")[0] == event.get_absolute_url()


def test_a_mistyped_section_is_suggested(client):
    assert suggested(client, "/aktuelle/") == ["/aktuelles/"]
    assert suggested(client, "/flaeche/") == ["/flaechen/"]


def test_at_most_five_are_suggested(client):
    for _ in range(9):
        make_article(title="Wasserstoff im Verkehr")
    assert len(suggested(client, "/x/wasserstoff/")) == 5


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_expired, make_withdrawn])
def test_nothing_tells_of_what_is_not_public(client, make):
    make(title="Geheimprojekt Zwiebelturm", slug="anders")
    for path in ("/geheimprojekt-zwiebelturm/", "/geheimprojekt-zwiebeltrum/", "/aktuelles/zwiebelturm/"):
        response = client.get(path)
        assert "Zwiebelturm" not in response.content.decode().replace(path, "")
        assert suggested(client, path) == []


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/.env",
        "/wp-content/wasserstoff/",
        "/x/wasserstoff.png",
        "/static/wasserstoff/",
        "/media/wasserstoff/",
        "/jury/wasserstoff/",
    ],
)
def test_machines_that_try_addresses_cost_nothing(client, path, monkeypatch):
    monkeypatch.setattr(nearest, "_pages_about", lambda path: pytest.fail("asked"))
    client.get(path)


def test_only_a_page_that_somebody_reads_is_worth_the_questions(client, monkeypatch):
    make_article(title="Wasserstoff")
    monkeypatch.setattr(nearest, "_pages_about", lambda path: pytest.fail("asked"))
    client.head("/x/wasserstoff/")
    client.post("/x/wasserstoff/")
    client.get("/x/wasserstoff/", headers={"Accept": "application/json"})


def test_a_flood_soon_gets_the_page_without_suggestions(client, monkeypatch):
    monkeypatch.setattr(nearest, "allowance", nearest.Allowance(1, clock=lambda: 100.0))
    article = make_article(title="Wasserstoff")
    answers = [suggested(client, "/x/wasserstoff/") for _ in range(8)]
    assert answers == [[article.get_absolute_url()]] * 5 + [[]] * 3


def test_the_allowance_comes_back():
    now = [100.0]
    allowance = nearest.Allowance(1, clock=lambda: now[0])
    assert [allowance.take() for _ in range(6)] == [True] * 5 + [False]
    now[0] += 1
    assert [allowance.take() for _ in range(2)] == [True, False]
    now[0] += 100
    assert [allowance.take() for _ in range(6)] == [True] * 5 + [False]


def test_the_questions_are_few_whatever_the_address(client, django_assert_max_num_queries):
    for number in range(30):
        make_article(title=f"Wasserstoff {number}")
    for path in ("/x/" + "wassrestoff-" * 30, "/x/wasserstoff/", "/x/" + "-".join(f"wort{n}" for n in range(90))):
        # Site version, the editorial page, whether there was one, the table of redirects; menus.
        with django_assert_max_num_queries(10):
            client.get(path)


def test_without_the_index_the_page_still_helps(client, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(type(SearchDocument.objects.all()), "visible", broken)
    assert suggested(client, "/aktuelle/wasserstoff/") == ["/aktuelles/"]


@pytest.mark.parametrize("path", ["/x/%22%27)%20OR%20*/", "/x/%F0%9F%98%80/", "/x/und-der-die/", "/%ff%fe/", "/x/a/"])
def test_whatever_stands_in_the_address_nothing_breaks(client, path):
    assert suggested(client, path) == []


def test_the_suggestions_are_not_kept_as_a_page(client):
    assert "ETag" not in client.get("/x/wasserstoff/")
