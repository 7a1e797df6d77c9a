from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Value
from django.template.loader import render_to_string

from publishing.models import Contact
from tests.factories import make_article, make_contact, make_image


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "current"),
    [
        (datetime(2026, 5, 30, 12, 0, tzinfo=UTC), True),
        # The last day counts to its end, by the clock of Berlin (two hours before UTC in May).
        (datetime(2026, 5, 31, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 5, 31, 22, 1, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 12, 0, tzinfo=UTC), False),
    ],
)
def test_a_contact_is_valid_to_the_end_of_its_last_day(now, current, monkeypatch):
    # The clock of the database stands still, too.
    monkeypatch.setattr("publishing.models.contact.Now", lambda: Value(now))
    contact, lasting = make_contact(valid_until=date(2026, 5, 31)), make_contact()
    with time_machine.travel(now, tick=False):
        assert contact.is_current is current
        assert lasting.is_current is True
        assert set(Contact.objects.current()) == ({contact, lasting} if current else {lasting})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0341 600160", "tel:0341600160"),
        ("0341 600-16", "tel:034160016"),
        ("0341/600 160", "tel:0341600160"),
        ("(0341) 600 160", "tel:0341600160"),
        ("+49 341 600160", "tel:+49341600160"),
        ("+49 (0) 341 600-16", "tel:+4934160016"),
        ("+49 (0)341 600160", "tel:+49341600160"),
        ("+49 ( 0 ) 341 600160", "tel:+49341600160"),
        ("0391 – 535 0", "tel:03915350"),
    ],
)
def test_a_phone_number_is_one_to_call(phone, link):
    contact = Contact(role="Presse", phone=phone)
    contact.full_clean()
    assert contact.phone_link == link
    assert f'<a href="{link}">' in render_to_string("partials/contact.html", {"contact": contact})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "phone",
    [
        "keine",
        "110",
        "0341",
        "siehe Website",
        "0341 600160 (Frau Beispiel)",
        "a@example.org",
        "٠٣٤١٦٠٠١٦٠",
        "-----",
        "javascript:1",
    ],
)
def test_what_cannot_be_called_is_refused(phone):
    with pytest.raises(ValidationError) as caught:
        Contact(role="Presse", phone=phone, email="presse@example.org").full_clean()
    assert caught.value.message_dict == {
        "phone": ["Bitte geben Sie eine Telefonnummer mit Vorwahl an, zum Beispiel 0341 600160."]
    }


@pytest.mark.django_db
def test_a_contact_can_be_reached():
    for ways in (
        {"phone": "0341 600160"},
        {"email": "a@example.org"},
        {"phone": "0341 600160", "email": "a@example.org"},
    ):
        Contact(role="Presse", **ways).full_clean()
    with pytest.raises(ValidationError) as caught:
        Contact(role="Presse").full_clean()
    assert caught.value.message_dict == {
        "__all__": ["Ein Kontakt braucht eine Telefonnummer oder eine E-Mail-Adresse."]
    }


@pytest.mark.django_db
def test_the_database_refuses_a_contact_nobody_can_reach():
    contact = make_contact()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(email="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.bulk_create([Contact(role="Presse")])
    assert Contact.objects.get().email == contact.email


@pytest.mark.django_db
def test_a_contact_is_a_task_that_may_have_a_name():
    assert str(make_contact(role="Presse")) == "Presse"
    assert str(make_contact(role="Presse", name="Erika Beispiel")) == "Presse (Erika Beispiel)"


@pytest.mark.django_db
def test_contacts_come_in_the_order_editors_give_them():
    for role, order in (("Zentrale", 1), ("Presse", 2), ("Fläche", 2)):
        make_contact(role=role, order=order)
    assert [contact.role for contact in Contact.objects.all()] == ["Zentrale", "Fläche", "Presse"]


@pytest.mark.django_db
def test_a_contact_in_use_cannot_be_deleted():
    contact = make_contact()
    make_article(contact=contact, released=False, publish_from=None)
    with pytest.raises(ProtectedError):
        contact.delete()


@pytest.mark.django_db
def test_a_contact_shows_only_what_it_has():
    html = render_to_string("partials/contact.html", {"contact": make_contact(role="Presse", email="a@example.org")})
    assert html.count("<p") == 1
    assert html.count("<li>") == 1
    assert "tel:" not in html
    full = make_contact(
        role="Presse",
        name="Erika Beispiel",
        department="Kommunikation",
        office="Leipzig",
        phone="0341 600160",
        photo=make_image(alternative_text="Porträt"),
        is_example=True,
    )
    html = render_to_string("partials/contact.html", {"contact": full})
    assert html.count("<li>") == 2
    for shown in (
        "Erika Beispiel",
        "Kommunikation",
        "Leipzig",
        "Beispiel</p>",
        'alt="Porträt"',
        'href="tel:0341600160"',
    ):
        assert shown in html
