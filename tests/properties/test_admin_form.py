"""The form of a listing: German numbers, one sentence for each mistake, nothing lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from properties.admin import HallAdmin, LandAdmin
from properties.admin.number_fields import AmountField, AreaField, DegreesField
from properties.models import Hall, Land, Listing
from publishing.models.published import PUBLIC
from tests.factories import make_contact, make_image
from tests.properties.factories import (
    make_full_hall,
    make_full_land,
    make_hall,
    make_land,
    make_provider,
    the_district,
)
from tests.properties.listing_form import page_path, save, sentences, shown_form

pytestmark = pytest.mark.django_db
MAKERS = pytest.mark.parametrize("maker", [make_full_land, make_full_hall])


# --- numbers


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (AreaField(), "86000", 86_000),
        (AreaField(), "86.000", 86_000),
        (AreaField(), "86\u202f000 m²", 86_000),
        (AreaField(), "4,25 ha", 42_500),
        (AmountField(), "1.234,56", Decimal("1234.56")),
        (AmountField(), "1234,56", Decimal("1234.56")),
        (AmountField(), " 26.00 ", Decimal("26.00")),
        (DegreesField(), "51.339", 51.339),
        (DegreesField(), "51,339", 51.339),
    ],
)
def test_numbers_are_read_as_germans_type_them(field, typed, value):
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    "typed", ["1e400", "NaN", "inf", "viel", "1,2,3", "1,234.56", "-5", "٣", "9" * 40, "\x00", "½"]
)
@pytest.mark.parametrize("field", [AreaField(), AmountField(), DegreesField()])
def test_what_is_no_number_is_refused(field, typed):
    with pytest.raises(ValidationError, match="Bitte eine Zahl eingeben, zum Beispiel"):
        field.clean(typed)


def test_an_area_has_whole_square_metres():
    with pytest.raises(ValidationError):
        AreaField().clean("1,5")


def test_numbers_typed_in_german_are_stored(editor_client):
    land = make_land(contact=make_contact())
    typed = {
        "area_total": "86.000",
        "area_available": "42 500",
        "price_per_m2": "1.234,56",
        "latitude": "51,339",
        "longitude": "12.373",
        "site_coverage": "0,8",
    }
    assert sentences(save(editor_client, land, **typed)) is None
    land.refresh_from_db()
    assert (land.area_total, land.area_available, land.price_per_m2) == (86_000, 42_500, Decimal("1234.56"))
    assert (land.latitude, land.longitude, land.site_coverage) == (51.339, 12.373, Decimal("0.8"))


def test_the_form_shows_numbers_in_german(editor_client):
    land = make_land(price_per_m2=Decimal("1234.50"), latitude=51.1456)
    shown = shown_form(editor_client, page_path(land))
    names = ("area_total", "price_per_m2", "latitude", "trade_tax_rate")
    assert [shown[name] for name in names] == ["86.000", "1.234,50", "51,1456", ""]


@pytest.mark.one_database
@MAKERS
def test_saving_what_was_shown_changes_nothing(editor_client, maker):
    listing = maker()
    model, before = type(listing), type(listing).objects.values().get(pk=listing.pk)
    assert sentences(save(editor_client, listing)) is None
    after = model.objects.values().get(pk=listing.pk)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"changed_at", "edit_number"}
    for name in ("lots", "utilities", "distances", "gallery", "downloads"):
        assert getattr(listing, name).count() == 2


@pytest.mark.parametrize("value", ["1e400", "NaN", "inf", "viel", "9" * 400, "-1", "\x00", "=1+1", "12 34 ab"])
def test_what_is_no_number_is_refused_in_german(editor_client, value):
    land, names = make_land(), ("area_total", "price_per_m2", "latitude", "trade_tax_rate", "site_coverage")
    response = save(editor_client, land, **dict.fromkeys(names, value))
    errors = response.context["adminform"].form.errors
    # A latitude may be below zero: then it is the point that lies elsewhere.
    assert set(names) - set(errors) <= {"latitude"}
    found = sentences(response)
    assert not any("Enter" in one or "Ensure" in one for one in found)
    assert land.title in response.content.decode()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"area_available": "90.000"}, "Verfügbar kann nicht mehr sein als das ganze Grundstück."),
        ({"latitude": "48,137", "longitude": "11,576"}, "Dieser Punkt liegt nicht in Sachsen"),
        ({"latitude": ""}, "Dieser Punkt liegt nicht in Sachsen"),
        ({"rent_per_m2": "4,40"}, "Eine Miete gehört zu Miete oder Pacht"),
        ({"postcode": "0455"}, "Fünf Ziffern, bitte."),
        ({"district": "999999"}, "Bitte eine gültige Auswahl treffen."),
        ({"district": "Atlantis"}, "Bitte eine gültige Auswahl treffen."),
        ({"area_total": "viel"}, "Bitte eine Zahl eingeben, zum Beispiel 86.000 oder 8,6 ha."),
        ({"confirmed_by": ""}, "Zum Stand gehört, wer ihn bestätigt hat."),
        ({"utilities-0-capacity": "x" * 500}, "höchstens 80 Zeichen"),
        ({"distances-0-km": "weit"}, "Bitte eine Zahl eingeben"),
        ({"lots-0-area": "-4"}, "Bitte eine Zahl eingeben"),
    ],
)
def test_every_mistake_gets_a_german_sentence(editor_client, values, sentence):
    land = make_full_land()
    response = save(editor_client, land, **values)
    assert sentence in " ".join(sentences(response))


def test_a_new_listing_is_written_on_one_screen(editor_client):
    contact, provider = make_contact(), make_provider()
    typed = {
        "title": "Gewerbegebiet Nord",
        "teaser": "Zwei Sätze.",
        "body": "<p>Ein Text.</p>",
        "district": str(the_district().pk),
        "town": "Borna",
        "latitude": "51,1456",
        "longitude": "12,5021",
        "area_total": "86.000",
        "area_available": "42.500",
        "plan_status": "binding",
        "for_sale": "on",
        "contact": str(contact.pk),
        "provider": str(provider.pk),
        "confirmed_at_0": f"{timezone.localdate():%d.%m.%Y}",
        "confirmed_at_1": "00:00",
        "confirmed_by": "Landkreis Leipzig",
    }
    path = "/admin/properties/land/add/"
    response = editor_client.post(path, shown_form(editor_client, path) | typed | {"_release": "1"})
    assert sentences(response) is None
    land = Land.objects.published().get()
    assert (land.number, land.slug) == ("GF-001", "gf-001-gewerbegebiet-nord")


@pytest.mark.parametrize(
    ("model_admin", "model", "strange"),
    [(LandAdmin, Land, {"clear_height", "energy_heat"}), (HallAdmin, Hall, {"parcel", "emission_limits"})],
)
def test_the_form_has_every_field_of_its_kind_and_none_of_the_other(model_admin, model, strange):
    fields = {
        name
        for _, options in model_admin.fieldsets
        for one in options["fields"]
        for name in (one if isinstance(one, tuple) else (one,))
    }
    editable = {one.name for one in model._meta.fields if one.editable and not one.primary_key}
    assert fields - {"seen_edit_number", "point_picker"} == editable - {"released", "listing_ptr"}
    assert not fields & strange


@MAKERS
def test_the_form_says_what_is_missing(editor_client, maker):
    listing = maker(released=False, publish_from=None, contact=None, confirmed_at=None, confirmed_by="")
    page = editor_client.get(page_path(listing)).content.decode()
    assert "<li>der Kontakt</li>" in page
    assert "<li>der Stand: wann und durch wen die Angaben bestätigt sind</li>" in page


@MAKERS
def test_two_saves_of_the_same_listing_are_noticed(editor_client, maker):
    """Both tables are locked and read anew, or the second would not see the number of the first."""
    listing = maker()
    mine = shown_form(editor_client, page_path(listing))
    other = type(listing).objects.get(pk=listing.pk)
    other.town = "Grimma"
    other.save()
    response = editor_client.post(page_path(listing), mine | {"title": "Meiner", "_continue": "1"})
    assert "Jemand anderes hat diesen Inhalt gespeichert" in " ".join(sentences(response))
    again = mine | {"title": "Meiner", "overwrite": str(other.edit_number), "_continue": "1"}
    assert sentences(editor_client.post(page_path(listing), again)) is None


# SQLite writes one after another by itself.
@pytest.mark.postgresql
@MAKERS
def test_a_save_locks_both_tables(editor_client, maker):
    listing = maker()
    mine = shown_form(editor_client, page_path(listing))
    with CaptureQueriesContext(connection) as queries:
        editor_client.post(page_path(listing), mine | {"_continue": "1"})
    locking = next(one["sql"] for one in queries if "FOR UPDATE" in one["sql"])
    assert locking.endswith(f'FOR UPDATE OF "properties_{listing.kind}", "properties_listing"')


@MAKERS
def test_history_compares_and_restores(editor_client, maker):
    listing = maker(town="Borna")
    first = listing.history.first()
    listing.town = "Grimma"
    listing.save()
    assert "Borna" in editor_client.get(page_path(listing, "history")).content.decode()
    path = f"/admin/properties/{listing.kind}/{listing.pk}/history/{first.pk}/"
    page = editor_client.get(path)
    assert [(one.label, one.theirs, one.mine) for one in page.context["differences"]] == [("Ort", "Grimma", "Borna")]
    response = editor_client.post(path, shown_form(editor_client, path) | {"_continue": "1"})
    assert response.status_code == 302
    listing.refresh_from_db()
    assert (listing.town, listing.state, Listing.objects.count()) == ("Borna", PUBLIC, 1)


def test_the_history_writes_numbers_in_german(editor_client):
    land = make_land(price_per_m2=Decimal("26.00"), latitude=51.1)
    land.price_per_m2, land.latitude = Decimal("29.50"), 51.2
    land.save()
    page = editor_client.get(page_path(land, "history")).content.decode()
    for words in ("<del>26,00</del> → <ins>29,50</ins>", "<del>51,1</del> → <ins>51,2</ins>"):
        assert words in page


@MAKERS
def test_a_deleted_listing_comes_back_as_a_draft(editor_client, maker):
    listing = maker()
    pk, kind = listing.pk, listing.kind
    version = listing.history.first().pk
    type(listing).objects.get(pk=pk).delete()
    path = f"/admin/properties/{kind}/{pk}/history/{version}/"
    assert editor_client.post(path, shown_form(editor_client, path) | {"_continue": "1"}).status_code == 302
    found = type(listing).objects.get()
    assert (found.pk, found.town, found.released) == (pk, listing.town, False)


@MAKERS
def test_a_copy_is_a_draft_with_the_same_rows(editor_client, maker):
    listing = maker(number="X-1")
    response = editor_client.post(page_path(listing, "kopieren"))
    twin = type(listing).objects.exclude(pk=listing.pk).get()
    assert response.headers["Location"] == page_path(twin)
    assert (twin.released, twin.lots.count(), twin.distances.count()) == (False, 2, 2)
    assert twin.number != "X-1"


@MAKERS
def test_the_preview_shows_a_draft(editor_client, maker):
    listing = maker(released=False, publish_from=None)
    assert listing.title in editor_client.get(page_path(listing, "vorschau")).content.decode()


def test_confirming_today_asks_for_a_post_and_brings_a_stale_listing_back(editor_client):
    land = make_full_land(confirmed_days_ago=400)
    path = page_path(land, "bestaetigen")
    assert editor_client.get(path).status_code == 405
    assert editor_client.post(path).headers["Location"] == page_path(land)
    land.refresh_from_db()
    assert land.confirmed_by == "Geschäftsstelle der Metropolregion Mitteldeutschland"
    assert land.is_public
    assert land.history.first().history_user.username == "erika"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"<html><script>alert(1)</script>"),
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("plan.exe", b"MZ"),
        ("../../etc/passwd.pdf", b""),
    ],
)
def test_a_hostile_upload_beside_the_form_is_refused(editor_client, name, content):
    data = {"title": "Plan", "file": SimpleUploadedFile(name, content), "_popup": "1"}
    response = editor_client.post("/admin/publishing/document/add/?_popup=1", data)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_control_characters_in_every_text_are_no_accident(editor_client):
    land = make_full_land()
    hostile = "a\x01b\x7f 😀 <script>"
    texts = ("title", "teaser", "town", "street", "price_note", "commission", "confirmed_by", "parcel")
    assert sentences(save(editor_client, land, **dict.fromkeys(texts, hostile))) is None
    land.refresh_from_db()
    assert land.town == "ab 😀 <script>"
    assert "<script>" not in editor_client.get(page_path(land)).context["original"].slug


@pytest.mark.parametrize("maker", [make_land, make_hall])
@pytest.mark.parametrize(
    "query", ["?q=Borna%00", "?district__id__exact=x", "?faellig=nichts", "?aktualitaet=%27", "?p=1e400"]
)
def test_a_strange_question_to_the_list_is_no_accident(editor_client, maker, query):
    listing = maker()
    assert editor_client.get(f"/admin/properties/{listing.kind}/{query}").status_code in (200, 302)


# --- the list


def found(client, kind, query):
    return {row.pk for row in client.get(f"/admin/properties/{kind}/?{query}").context["cl"].result_list}


def test_the_list_filters_by_freshness(editor_client):
    rows = {
        "frisch": make_land(confirmed_days_ago=10),
        "zweifelhaft": make_land(confirmed_days_ago=200),
        "veraltet": make_land(confirmed_days_ago=400),
        "nie": make_land(confirmed_at=None, confirmed_by=""),
    }
    for name, row in rows.items():
        assert found(editor_client, "land", f"aktualitaet={name}") == {row.pk}


@pytest.mark.parametrize(("maker", "kind"), [(make_full_land, "land"), (make_full_hall, "hall")])
def test_incomplete_is_what_the_form_says(editor_client, maker, kind):
    gaps = [
        {"teaser": ""},
        {"body": ""},
        {"latitude": None, "longitude": None},
        {"for_sale": False, "for_rent": False, "price_per_m2": None, "rent_per_m2": None},
        {"contact": None},
        {"confirmed_at": None, "confirmed_by": ""},
        {"image": make_image(alternative_text="")},
        {"plan_status": ""} if kind == "land" else {"energy_certificate": "", "energy_heat": None},
        {},
        {"image": None},
        {"image": make_image(alternative_text="", is_decorative=True)},
    ]
    rows = [maker(released=False, publish_from=None, **gap) for gap in gaps]
    expected = {row.pk for row in rows if row.missing_for_publication()}
    assert len(expected) == 8
    assert found(editor_client, kind, "angaben=unvollstaendig") == expected
    assert found(editor_client, kind, "angaben=vollstaendig") == {row.pk for row in rows} - expected


@pytest.mark.parametrize("term", ["GF-7", "Nordpark", "Grimma", "Stadtwerke AG"])
def test_the_list_is_searched(editor_client, term):
    wanted = make_land(number="GF-7", title="Nordpark", town="Grimma", provider=make_provider(name="Stadtwerke AG"))
    make_land()
    assert found(editor_client, "land", f"q={term}") == {wanted.pk}


@pytest.mark.parametrize("kind", ["land", "hall"])
def test_a_list_of_any_length_asks_the_same_questions(editor_client, kind, django_assert_max_num_queries):
    for _ in range(12):
        (make_land if kind == "land" else make_hall)(confirmed_at=timezone.now() - timedelta(days=200))
    with django_assert_max_num_queries(14):
        editor_client.get(f"/admin/properties/{kind}/")


# --- where a picture or a contact is used


def test_a_contact_and_a_picture_name_the_listings_that_use_them(editor_client):
    land, hall = make_full_land(), make_full_hall()
    for listing in (land, hall):
        row = listing.gallery.first()
        for address in (
            f"/admin/publishing/contact/{listing.contact_id}/change/",
            f"/admin/publishing/image/{listing.image_id}/change/",
            f"/admin/publishing/image/{row.image_id}/change/",
            f"/admin/properties/provider/{listing.provider_id}/change/",
        ):
            assert f"href='{page_path(listing)}'" in editor_client.get(address).content.decode(), address
