import gzip

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from emmd import home
from emmd.admin import make_rows
from emmd.home import Band
from emmd.models import HomeBand, HomePage
from news.models import Article
from publishing.site_version import bump
from tests.emmd.public_pages import make_public_site
from tests.emmd.test_home import chosen_lead, story_titles
from tests.factories import make_article, make_scheduled
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _site(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        make_public_site()
        for _ in range(9):
            make_article()
        yield


def bands_of(page):
    return [one.attrs["aria-labelledby"] for one in page.all("section") if "aria-labelledby" in one.attrs]


def test_the_bands_stand_in_the_order_of_their_table_until_somebody_moves_them(client):
    assert bands_of(fetch(client, "/")) == [
        "weitere-meldungen",
        "naechste-termine",
        "iq-innovationspreis",
        "cluster-der-region",
        "flaechen-und-hallen",
        "projekte-der-region",
        "neueste-studien",
        "fuer-die-presse",
    ]


def form_of(**changes):
    make_rows()
    bands = list(HomePage.objects.get().bands.order_by("position"))
    data = {"lead": "", "bands-TOTAL_FORMS": len(bands), "bands-INITIAL_FORMS": len(bands)}
    for number, band in enumerate(bands):
        position, is_shown = changes.get(band.name, (band.position, True))
        data |= {f"bands-{number}-id": band.pk, f"bands-{number}-page": 1, f"bands-{number}-position": position}
        data |= {f"bands-{number}-is_shown": "on"} if is_shown else {}
    return data


def test_editors_move_and_hide_bands_and_choose_the_lead(editor_client, client):
    lead = Article.objects.get(slug="kurze-meldung")
    fetch(client, "/")
    data = form_of(presse=(1, True), iq=(10, False), studien=(5, True)) | {"lead": lead.pk}
    response = editor_client.post("/admin/emmd/homepage/1/change/", data)
    assert response.status_code == 302
    page = fetch(client, "/")
    assert story_titles(page)[0] == ["Kurze Meldung"]
    assert bands_of(page)[:3] == ["fuer-die-presse", "neueste-studien", "weitere-meldungen"]
    assert "iq-innovationspreis" not in bands_of(page)


def test_a_hidden_band_asks_the_database_nothing(client):
    make_rows()
    HomeBand.objects.exclude(name="aktuelles").update(is_shown=False)
    bump()
    with CaptureQueriesContext(connection) as queries:
        assert bands_of(fetch(client, "/")) == ["weitere-meldungen"]
    assert [one for one in queries.captured_queries if "pages_study" in one["sql"] or "events_" in one["sql"]] == []


def test_a_page_without_news_shows_the_press_its_newest(client):
    make_rows()
    HomeBand.objects.filter(name="aktuelles").update(is_shown=False)
    bump()
    page = fetch(client, "/")
    assert bands_of(page)[0] == "naechste-termine"
    newest = Article.objects.published().press_releases().newest_first()[:4]
    assert page.texts("a", inside=page.one("ul", css="dated-list")) == [one.title for one in newest]


def test_a_band_that_is_new_stands_at_its_place_and_can_be_moved(monkeypatch, editor_client, client):
    make_rows()
    new = Band("neu", "Neuer Abschnitt", "news/_home_press.html", lambda home: {})
    monkeypatch.setattr(home, "BANDS", (home.BANDS[0], new, *home.BANDS[1:]))
    monkeypatch.setattr("emmd.admin.BANDS", home.BANDS)
    assert home.layout()[1][:3] == ["aktuelles", "neu", "termine"]
    assert "Neuer Abschnitt" in editor_client.get("/admin/emmd/homepage/1/change/").content.decode()
    HomeBand.objects.filter(name="neu").update(position=1)
    assert home.layout()[1][0] == "neu"


def test_there_is_one_home_page_and_its_admin_opens_it(editor_client):
    response = editor_client.get("/admin/emmd/homepage/", follow=True)
    assert response.redirect_chain == [("/admin/emmd/homepage/1/change/", 302)]
    html = response.content.decode()
    assert "Kein Aufmacher gewählt." in html
    assert "Flächen und Hallen" in html
    for page in ("add/", "1/delete/"):
        assert editor_client.get(f"/admin/emmd/homepage/{page}").status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        HomePage.objects.create(pk=2)


def test_editors_see_that_their_lead_story_is_not_public(editor_client):
    chosen_lead(make_scheduled(title="Kommt noch"))
    html = editor_client.get("/admin/emmd/homepage/1/change/").content.decode()
    assert "„Kommt noch“ ist nicht öffentlich (geplant)." in html


@pytest.mark.parametrize("changes", [{"lead": "999999"}, {"lead": "x"}, {"bands-0-position": "-1"}])
def test_what_cannot_be_saved_is_explained(editor_client, changes):
    response = editor_client.post("/admin/emmd/homepage/1/change/", form_of() | changes)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_the_home_page_is_light(client):
    assert len(gzip.compress(client.get("/").content)) < 20_000


def test_the_home_page_asks_at_most_fourteen_questions(client):
    chosen_lead(Article.objects.get(slug="kurze-meldung"))
    caches["pages"].clear(), caches["figures"].clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    # One is left for a band to come.
    assert len(queries) <= 14
