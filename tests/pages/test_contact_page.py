from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from pages.models import Office
from publishing.models import Contact
from publishing.search.query import Search
from tests.factories import make_contact
from tests.pages.factories import make_office
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def test_the_page_lists_current_contacts_by_their_topics_and_nobody_else(client):
    make_contact(role="Flächenpool", email="flaechen@example.org", phone="0341 600160", topics="Hallen\n\n Flächen ")
    make_contact(role="Geheim ohne Thema", email="geheim@example.org")
    make_contact(role="Geheim von gestern", email="gestern@example.org", topics="Gestern", valid_until=YESTERDAY)
    page = fetch(client, "/kontakt/")
    entry = page.one("ul", css="contact-list")
    assert page.texts("h3", inside=entry) == ["Flächenpool"]
    assert page.texts("li", inside=page.one("ul", css="contact-topics")) == ["Hallen", "Flächen"]
    assert page.links(inside=entry) == [
        *("tel:0341600160", "mailto:flaechen@example.org", "/kontakt/nachricht/?thema=Hallen"),
    ]
    assert "Geheim" not in page.html
    assert "gestern@example.org" not in page.html


def test_the_page_names_the_office_for_people_and_for_machines(client):
    make_office(hours="Montag 9–16 Uhr\nFreitag 9–13 Uhr", is_example=True)
    make_contact(role="Presse", phone="0341 600160", topics="Bilder")
    page = fetch(client, "/kontakt/")
    assert page.one("address").text == "Europäische Metropolregion MitteldeutschlandBeispielstraße 104109 Leipzig"
    assert "Freitag 9–13 Uhr" in page.one("aside").text
    data = page.json_ld("Organization")
    assert data["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Beispielstraße 1",
        "postalCode": "04109",
        "addressLocality": "Leipzig",
        "addressCountry": "DE",
    }
    assert data["contactPoint"] == [
        {
            "@type": "ContactPoint",
            "contactType": "Presse",
            "telephone": "0341600160",
            "email": "presse@example.org",
            "availableLanguage": "de",
        }
    ]


def test_the_page_stands_without_office_and_contacts(client):
    page = fetch(client, "/kontakt/")
    assert page.texts("h1") == ["Kontakt"]
    assert page.all("address") == []
    assert page.json_ld("Organization").keys() == {"@context", "@type", "name", "url", "logo"}


def test_the_page_needs_few_questions_however_many_contacts(client, django_assert_max_num_queries):
    make_office()
    for number in range(20):
        make_contact(role=f"Aufgabe {number}", topics="Thema", photo=None)
    with django_assert_max_num_queries(8):
        client.get("/kontakt/")


@pytest.mark.parametrize("path", ["/gibt-es-nicht/", "/aktuelles/gibt-es-nicht/"])
def test_error_pages_lead_to_the_contact(client, path):
    page = fetch(client, path, status=404)
    assert "/kontakt/" in page.links(inside=page.one("ul", css="way-out"))


def test_the_search_finds_whom_to_ask_as_long_as_they_are_there():
    contact = make_contact(role="Leitung", topics="Wasserstoffwirtschaft")
    make_contact(role="Ohne", department="Wasserstoffwirtschaft")

    def found():
        return [*Search("Wasserstoffwirtschaft").documents().values_list("path", flat=True)]

    assert found() == [f"/kontakt/#kontakt-{contact.pk}"]
    contact.valid_until = YESTERDAY
    contact.save()
    assert found() == []


def test_topics_are_put_in_order():
    contact = Contact(role="Presse", email="a@example.org", topics=" Bilder \r\n\nVerteiler  neu\nBilder")
    contact.full_clean()
    assert contact.topic_list == ["Bilder", "Verteiler neu"]
    with pytest.raises(ValidationError) as refusal:
        Contact(role="Presse", email="a@example.org", topics="x" * 81).full_clean()
    assert refusal.value.message_dict == {
        "topics": ["Ein Thema hat höchstens 80 Zeichen: Es steht in einer Auswahlliste."]
    }


# --- the office


def test_there_is_one_office():
    make_office()
    Office(contact=make_contact(), street="Neue Straße 2", postcode="04109", town="Leipzig").save()
    assert [one.street for one in Office.objects.all()] == ["Neue Straße 2"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.bulk_create([Office(pk=2, contact=make_contact(), street="x", postcode="04109", town="y")])


@pytest.mark.parametrize("postcode", ["4109", "0410A", "٠٤١٠٩"])
def test_an_office_has_a_german_address(postcode):
    with pytest.raises(ValidationError) as refusal:
        Office(contact=make_contact(), street="Straße 1", postcode=postcode, town="Leipzig").full_clean()
    assert refusal.value.message_dict == {"postcode": ["Eine deutsche Postleitzahl hat fünf Ziffern."]}


def test_an_office_without_an_address_is_none():
    office = make_office()
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(town="")


def test_whoever_answers_for_the_office_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        make_office().contact.delete()
