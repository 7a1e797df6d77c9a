"""„Heute“: every listing that needs somebody, once, with a link, and counts that hold."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.utils import timezone

from properties.models import ChangeReport, Enquiry
from tests.factories import make_editor
from tests.properties.factories import make_district_user, make_hall, make_land
from tests.properties.listing_form import page_path

pytestmark = pytest.mark.django_db
BY_STAND = ("pruefen", "zweifelhaft", "bald-weg", "veraltet")


def panels(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return {
        panel.title: panel
        for panel in admin.site.today_panels(request)
        if panel.all_path.startswith("/admin/properties/")
    }


def titles(user):
    return {title: [task.label for task in panel.tasks] for title, panel in panels(user).items()}


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (10, None),
        (149, None),
        (151, "Stand zu prüfen"),
        (179, "Stand zu prüfen"),
        (181, "Stand zweifelhaft"),
        (334, "Stand zweifelhaft"),
        (336, "bald aus der Liste"),
        (364, "bald aus der Liste"),
        (366, "aus der Liste, weil veraltet"),
    ],
)
@pytest.mark.parametrize(("maker", "plural"), [(make_land, "Gewerbeflächen"), (make_hall, "Hallenobjekte")])
def test_each_listing_is_due_in_one_place(editor, days, title, maker, plural):
    listing = maker(confirmed_days_ago=days)
    expected = {f"{plural}: {title}": [listing.title]} if title else {}
    assert titles(editor) == expected


def test_what_is_taken_or_a_draft_needs_no_confirmation(editor):
    make_land(confirmed_days_ago=400, availability="taken")
    make_land(confirmed_days_ago=200, availability="taken")
    draft = make_land(confirmed_days_ago=400, released=False, publish_from=None)
    assert titles(editor) == {"Gewerbeflächen: Entwürfe": [draft.title]}


def test_a_listing_nobody_ever_confirmed_is_out_of_the_list(editor):
    land = make_land(confirmed_at=None, confirmed_by="")
    assert titles(editor) == {"Gewerbeflächen: aus der Liste, weil veraltet": [land.title]}


def test_what_was_submitted_given_back_asked_and_reported(editor):
    land = make_land(released=False, publish_from=None, submitted_at=timezone.now())
    back = make_land(released=False, publish_from=None, return_note="Bitte ein Bild.")
    Enquiry.objects.create(listing_id=land.pk, name="Ina", email="ina@example.org", message="Frei?")
    Enquiry.objects.create(
        listing_id=land.pk, name="Alt", email="a@example.org", message="Frei?", handled_at=timezone.now()
    )
    ChangeReport.objects.create(listing_id=land.pk, text="Der Kran ist weg.")
    found = titles(editor)
    found.pop("Gewerbeflächen: Entwürfe")
    assert found == {
        "Gewerbeflächen: zur Freigabe vorgelegt": [land.title],
        "Gewerbeflächen: von der Geschäftsstelle zurückgegeben": [back.title],
        "Anfragen zu Flächen und Hallen": [f"Ina zu {land.title}"],
        "Änderungsmeldungen zu Flächen und Hallen": [f"Änderung zu {land.title}"],
    }


@pytest.mark.parametrize(("days", "is_due"), [(-10, True), (0, True), (59, True), (61, False)])
def test_an_energy_certificate_ends(editor, days, is_due):
    until = timezone.localdate() + timedelta(days=days)
    hall = make_hall(energy_valid_until=until, energy_certificate="demand", energy_heat=80, energy_reason="")
    assert titles(editor) == ({"Hallenobjekte: Energieausweis läuft ab": [hall.title]} if is_due else {})


def test_counts_are_those_of_the_list_they_lead_to(client, editor):
    client.force_login(editor)
    for days in (151, 181, 336, 366) * 3:
        make_land(confirmed_days_ago=days)
        make_land(confirmed_days_ago=days, availability="taken")
    for _ in range(9):
        make_land(confirmed_days_ago=200)
    make_land(released=False, publish_from=None, submitted_at=timezone.now())
    for panel in panels(editor).values():
        rows = client.get(panel.all_path).context["cl"].result_list
        assert panel.count == len(rows), panel.title
        assert {task.path for task in panel.tasks} <= {page_path(row) for row in rows}
    assert panels(editor)["Gewerbeflächen: Stand zweifelhaft"].count == 12


def test_a_district_sees_what_is_its_own(db):
    own = make_land(confirmed_days_ago=200)
    strange = make_land(confirmed_days_ago=200, district="leipzig")
    for listing in (own, strange):
        Enquiry.objects.create(listing_id=listing.pk, name="Ina", email="ina@example.org", message="Frei?")
    make_land(released=False, publish_from=None, district="leipzig")
    assert titles(make_district_user("landkreis-leipzig")) == {
        "Gewerbeflächen: Stand zweifelhaft": [own.title],
        "Anfragen zu Flächen und Hallen": [f"Ina zu {own.title}"],
    }
    assert titles(make_district_user()) == {}


def test_an_enquiry_is_ticked_off_from_its_page(client):
    client.force_login(make_editor())
    land = make_land()
    enquiry = Enquiry.objects.create(listing_id=land.pk, name="Ina", email="ina@example.org", message="Frei?")
    path = f"/admin/properties/enquiry/{enquiry.pk}/change/"
    page = client.get(path).content.decode()
    assert "keine: Bitte schreiben Sie dem Kontakt selbst." in page
    assert page_path(land) in page
    assert client.post(path, {"message": "Gefälscht", "_save": "1"}).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.message, enquiry.handled_at is not None) == ("Frei?", True)
    assert 'name="_save"' not in client.get(path).content.decode()
