"""The page of one site."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from properties.models import Hall, Land
from properties.similar import similar_to
from publishing.preview import make_link
from tests.factories import make_contact, make_document
from tests.kept_pages import own_questions
from tests.parsed_page import ParsedPage, fetch
from tests.properties.factories import make_full_hall, make_full_land, make_hall, make_land, make_provider

pytestmark = pytest.mark.django_db


def page_of(client, listing):
    caches["pages"].clear()
    return fetch(client, listing.get_absolute_url())


def table_rows(page):
    return {row.text for row in page.all("tr")}


# --- what it says


def test_the_head_says_what_and_where_and_how_sure(client):
    land = make_full_land(
        title="Nordpark", number="GF-7", town="Borna", postcode="04552", street="Am Park 1", is_example=True
    )
    page = page_of(client, land)
    assert page.one("h1").text == "Nordpark"
    assert page.one("p", css="kicker").text == "Gewerbefläche GF-7 Beispiel"
    assert page.one("p", css="expose-place").text == "Am Park 1, 04552 Borna, Landkreis Leipzig"
    assert page.one("p", css="expose-confirmed").text.endswith("bestätigt durch Wirtschaftsförderung der Stadt")
    assert page.all("strong", css="doubtful") == []


def test_a_city_is_not_named_twice(client):
    page = page_of(client, make_land(town="Leipzig", district="leipzig"))
    assert page.one("p", css="expose-place").text == "Leipzig"


def test_what_nobody_confirmed_for_half_a_year_is_marked_in_words(client):
    page = page_of(client, make_land(confirmed_days_ago=181))
    mark = "Angaben seit über sechs Monaten nicht bestätigt"
    assert page.texts("strong", css="doubtful")[0] == mark
    assert page.html.count(mark) == 2, "at the head and at the foot of the print"


@pytest.mark.parametrize(
    ("availability", "heading"), [("free", []), ("reserved", ["Reserviert"]), ("taken", ["Vergeben"])]
)
def test_a_band_says_what_is_reserved_or_taken(client, availability, heading):
    page = page_of(client, make_land(availability=availability))
    assert [page.one("strong", inside=band).text for band in page.all("div", css="status-band")] == heading


def test_key_figures_of_land_come_first(client):
    page = page_of(client, make_full_land())
    assert page.texts("span", css="key-fact-value") == ["4,25 ha", "GE", "26,00 €/m²", "3 km, 4 Min."]


def test_key_figures_of_a_hall_come_first(client):
    page = page_of(client, make_full_hall())
    assert page.texts("span", css="key-fact-value") == [
        *("7.300 m²", "8,4 m", "4,40 €/m² im Monat", "3 km, 4 Min."),
    ]


def test_the_table_has_a_heading_for_every_row_and_a_caption_for_every_group(client):
    page = page_of(client, make_full_hall(energy_valid_until=timezone.localdate() - timedelta(days=1)))
    for row in page.all("tr"):
        assert [one.attrs["scope"] for one in page.all("th", inside=row)] == ["row"]
        assert page.one("td", inside=row).text
    captions = [page.one("caption", inside=table).text for table in page.all("table")]
    assert captions == [
        *("Lage", "Flächen", "Halle", "Planungsrecht", "Angebot und Preis", "Ver- und Entsorgung"),
        *("Verkehr", "Energieausweis", "Eigentum"),
    ]
    assert any(row.startswith("Gültig bis") and row.endswith("abgelaufen") for row in table_rows(page))


def test_pictures_carry_their_credit(client):
    land = make_full_land()
    page = page_of(client, land)
    assert page.texts("span", css="credit") == ["Foto: Erika Beispiel"] * 3


def test_the_page_has_a_map_with_its_source(client):
    page = page_of(client, make_full_land())
    assert len(page.all("svg")) == 1
    assert "© GeoBasis-DE / BKG 2017 (Daten verändert)" in page.one("p", css="map-attribution").text
    assert page_of(client, make_land(latitude=None, longitude=None)).all("svg") == []


def test_documents_and_contact_are_offered_but_not_what_was_withdrawn_or_has_ended(client):
    land = make_full_land(
        contact=make_contact(role="Alter Kontakt", valid_until=timezone.localdate() - timedelta(days=1))
    )
    land.downloads.create(document=make_document(title="Zurückgezogener Plan", is_withdrawn=True))
    page = page_of(client, land)
    assert "Plan 0" in page.texts("a")
    assert "Zurückgezogener Plan" not in page.html
    assert "Alter Kontakt" not in page.html


def test_a_provider_is_named_and_linked(client):
    provider = make_provider(name="Stadt Borna", website="https://www.borna.example/")
    page = page_of(client, make_land(provider=provider))
    assert "https://www.borna.example/" in page.links()


def test_what_is_taken_can_not_be_asked_for(client):
    land, taken = make_land(), make_land(availability="taken")
    assert f"{land.get_absolute_url()}anfrage/" in page_of(client, land).links()
    assert "anfrage" not in page_of(client, taken).html


def test_editors_html_stays_and_typed_html_is_text(client):
    land = make_land(title="<b>Nord</b>", teaser="<script>x</script>", body="<h2>Lage</h2><p>Text</p>", town="<i>")
    page = page_of(client, land)
    assert page.one("h1").text == "<b>Nord</b>"
    assert "<script>x" not in page.html
    assert "Lage" in page.texts("h2")


# --- similar sites


def test_similar_sites_are_of_the_same_kind_near_by_and_of_like_size():
    land = make_land(area_available=40_000)
    near = make_land(area_available=38_000, latitude=51.16)
    far_larger = make_land(area_available=80_000, area_total=90_000, latitude=51.2)
    make_land(area_available=1_000, divisible_from=None)
    make_land(latitude=52.1, longitude=11.6)
    make_hall()
    assert similar_to(land) == [near, far_larger]


def test_without_a_point_the_district_is_what_is_near():
    land = make_land(latitude=None, longitude=None)
    same = make_land(latitude=None, longitude=None)
    make_land(latitude=None, longitude=None, district="leipzig")
    assert similar_to(land) == [same]


def test_similar_sites_leak_nothing_and_are_at_most_four(client):
    land = make_land()
    make_land(title="Entwurf", released=False, publish_from=None)
    make_land(title="Geplant", publish_from=timezone.now() + timedelta(days=1))
    make_land(title="Veraltet", confirmed_days_ago=366)
    make_land(title="Schon weg", availability="taken")
    for number in range(5):
        make_land(title=f"Offen {number}")
    page = page_of(client, land)
    assert len(page.all("li", css="card")) == 4
    assert all(title.startswith("Offen") for title in page.texts("h3", css="card-title"))


def test_the_largest_site_there_can_be_has_similar_ones(client):
    land = make_land(area_total=2_000_000_000, area_available=2_000_000_000, divisible_from=None)
    assert page_of(client, land).one("h1")


# --- who may read it


@pytest.mark.parametrize(
    "values",
    [{"confirmed_days_ago": 366}, {"publish_until": timezone.now() - timedelta(hours=1)}],
)
@pytest.mark.parametrize("rest", ["", "anfrage/", "anfrage/danke/", "expose.pdf", "qr.svg"])
def test_what_was_public_says_that_it_is_over_and_where_to_go_on(client, values, rest):
    land = make_land(title="Geheimer Name", publish_from=timezone.now() - timedelta(days=9), **values)
    response = client.get(land.get_absolute_url() + rest)
    assert response.status_code == 410
    page = ParsedPage(response)
    assert page.one("h1").text == "Dieses Angebot ist nicht mehr öffentlich"
    assert "/flaechen/" in page.links()
    assert "Geheimer Name" not in page.html


def test_what_was_withdrawn_says_so(client):
    hall = make_hall()
    hall.withdraw()
    hall.save()
    page = fetch(client, hall.get_absolute_url(), status=410)
    assert "/hallen/" in page.links()


@pytest.mark.parametrize("rest", ["", "anfrage/", "anfrage/danke/", "expose.pdf", "qr.svg"])
@pytest.mark.parametrize(
    "values",
    [{"released": False, "publish_from": None}, {"publish_from": timezone.now() + timedelta(days=1)}],
)
def test_what_is_not_public_yet_does_not_exist(client, values, rest):
    land = make_full_land(**values)
    response = client.get(land.get_absolute_url() + rest)
    assert response.status_code == 404
    assert land.title not in response.content.decode()


def test_an_address_of_land_is_none_of_a_hall(client):
    land = make_full_land(slug="nordpark")
    assert client.get(land.get_absolute_url()).status_code == 200
    assert client.get("/hallen/nordpark/").status_code == 404


# --- QR code


@pytest.mark.parametrize("maker", [make_land, make_hall])
def test_the_qr_code_is_a_drawing_that_leads_to_the_page(client, maker):
    listing = maker()
    path = f"{listing.get_absolute_url()}qr.svg"
    assert page_of(client, listing).all("img", src=path)
    response = client.get(path)
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg ")
    assert b"style" not in response.content
    assert not response.cookies


def test_two_pages_have_two_codes(client):
    codes = {client.get(f"{make_land().get_absolute_url()}qr.svg").content for _ in range(2)}
    assert len(codes) == 2


# --- cost


@pytest.mark.parametrize(("maker", "model"), [(make_full_land, Land), (make_full_hall, Hall)])
def test_a_page_asks_at_most_ten_questions(client, maker, model):
    listing = maker()
    for _ in range(6):
        maker()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(listing.get_absolute_url()).status_code == 200
    assert len(own_questions(queries)) <= 10, own_questions(queries)


# --- previews


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_a_draft_is_seen_whole_by_whoever_has_its_link(client, maker):
    draft = maker(title="Noch ein Entwurf", released=False, publish_from=None)
    response = client.get(make_link(draft))
    assert response["Cache-Control"] == "no-store, private"
    page = ParsedPage(response)
    assert page.one("h1").text == "Noch ein Entwurf"
    assert len(page.all("table")) > 5
    # What a draft does not answer yet is not offered.
    own = [link for link in page.links() if link.startswith(draft.get_absolute_url())]
    assert own == []
    assert page.all("img", src=f"{draft.get_absolute_url()}qr.svg") == []
