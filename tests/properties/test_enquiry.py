"""Asking about a site: stored, mailed, confirmed, forgotten."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from properties.models import Enquiry, Listing
from publishing.models import OutgoingMail
from tests.emmd.public_pages import FORM_PAGES
from tests.factories import make_contact
from tests.kept_pages import kept_pages
from tests.parsed_page import ParsedPage, fetch
from tests.properties.factories import make_full_hall, make_full_land, make_hall, make_land

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Paula Muster",
    "organisation": "Muster GmbH",
    "email": "paula@muster.example",
    "phone": "0341 12345",
    "message": "Ist das Grundstück\nauch zur Miete zu haben?",
}


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def land():
    return make_full_land(title="Nordpark", number="GF-7")


def address_of(listing):
    return f"{listing.get_absolute_url()}anfrage/"


def ask(client, listing, **values):
    return client.post(address_of(listing), TYPED | values)


def errors_of(response):
    page = ParsedPage(response)
    return [(one.text, page.links(inside=one)) for one in page.all("li", inside=page.one("div", css="error-summary"))]


def typed_in(response):
    page = ParsedPage(response)
    return {
        one.attrs["name"]: one.attrs.get("value", one.text)
        for one in page.all("input", "textarea")
        if one.attrs["name"] in TYPED
    }


# --- the page


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_the_form_says_who_gets_it_and_until_when_it_is_kept(client, maker):
    listing = maker()
    page = fetch(client, address_of(listing))
    assert listing.contact.role in page.one("main").text
    end = timezone.localdate() + timedelta(days=180)
    assert page.one("time", inside=page.one("p", css="form-consent")).attrs["datetime"] == end.isoformat()
    for name in TYPED:
        field = page.one("input", "textarea", name=name)
        assert page.all("label", **{"for": field.attrs["id"]})


@pytest.mark.parametrize("name", [name for name in FORM_PAGES if name.startswith("properties:")])
def test_no_form_is_kept_by_anybody_or_found_by_search_engines(client, name):
    make_full_land(slug="flaeche-mit-allen-teilen"), make_full_hall(slug="halle-mit-allen-teilen")
    response = client.get(reverse(name, kwargs=FORM_PAGES[name]))
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert kept_pages() == 0


def test_the_expose_itself_sets_no_cookie(client, land):
    response = client.get(land.get_absolute_url())
    assert not response.cookies
    assert "csrf" not in response.content.decode()


# --- asking


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_an_enquiry_is_stored_and_mailed_and_confirmed(client, maker, django_capture_on_commit_callbacks):
    listing = maker(title="Nordpark", number="X-7")
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(client, listing)
    assert response.status_code == 302
    assert response["Location"] == f"{address_of(listing)}danke/"
    enquiry = Enquiry.objects.get()
    assert {name: getattr(enquiry, name) for name in TYPED} == TYPED
    assert (enquiry.listing_id, enquiry.forgotten_on) == (listing.pk, timezone.localdate() + timedelta(days=180))
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == ([listing.contact.email], ["paula@muster.example"])
    assert sent.subject == "Anfrage zu X-7: Nordpark"
    for value in TYPED.values():
        assert value in sent.body
    assert f"https://portal.example{listing.get_absolute_url()}" in sent.body
    assert enquiry.mail.state == "sent"
    page = fetch(client, response["Location"])
    assert page.one("h1").text == "Ihre Anfrage ist angekommen"
    assert "Paula" not in page.html


def test_what_the_mail_server_refuses_is_not_lost(client, land, django_capture_on_commit_callbacks):
    with (
        patch("django.core.mail.EmailMessage.send", side_effect=ConnectionError("aus")),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert ask(client, land).status_code == 302
    assert Enquiry.objects.get().mail.state == "failed"
    assert OutgoingMail.objects.get().next_attempt_at is not None


@pytest.mark.parametrize(
    "contact",
    [None, {"email": "", "phone": "0341 600160"}, {"valid_until": timezone.localdate() - timedelta(days=1)}],
)
def test_without_anybody_to_write_to_it_waits_for_the_office(client, contact):
    land = make_land(contact=make_contact(**contact) if contact else None)
    assert ask(client, land).status_code == 302
    assert Enquiry.objects.get().mail is None
    assert not OutgoingMail.objects.exists()


def test_only_what_is_needed_must_be_given(client, land):
    assert ask(client, land, organisation="", phone="").status_code == 302
    assert Enquiry.objects.get().organisation == ""


def test_an_enquiry_makes_no_page_anew(client, land):
    fetch(client, land.get_absolute_url())
    ask(client, land)
    fetch(client, land.get_absolute_url())
    assert kept_pages() == 1


# --- what is wrong


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("name", " ", "Bitte nennen Sie Ihren Namen."),
        ("name", "x" * 121, "Hier passen 120 Zeichen hinein"),
        ("email", "", "sonst kann niemand antworten"),
        ("email", "paula", "Sie sieht aus wie name@beispiel.de."),
        ("email", "paula@muster.example\nBcc: alle@muster.example", "nicht vollständig"),
        ("phone", "1" * 41, "Hier passen 40 Zeichen hinein"),
        ("message", "", "Bitte schreiben Sie, was Sie wissen möchten."),
        ("message", "x" * 4001, "Hier passen 4000 Zeichen hinein"),
    ],
)
def test_a_mistake_gets_a_sentence_that_leads_to_its_field_and_loses_nothing(client, land, name, value, sentence):
    response = ask(client, land, **{name: value})
    ((text, links),) = errors_of(response)
    assert sentence in text
    assert links == [f"#id_{name}"]
    assert typed_in(response) | {name: ""} == {key: " ".join(one.split()) for key, one in TYPED.items()} | {name: ""}
    assert not Enquiry.objects.exists()


def test_control_characters_and_line_breaks_cannot_reach_a_header(client, land, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, land, name="Paula\x00\r\nBcc: alle@muster.example", message="Guten\x00 Tag\x1b")
    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.message) == ("Paula Bcc: alle@muster.example", "Guten Tag")
    (sent,) = mail.outbox
    assert sent.recipients() == ["flaechen@example.org"]


def test_a_title_with_line_breaks_cannot_reach_a_header(client, django_capture_on_commit_callbacks):
    land = make_full_land(number="GF-7")
    Listing.objects.filter(pk=land.pk).update(title="Nord\r\nBcc: alle@muster.example" + "x" * 170)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client, land).status_code == 302
    (sent,) = mail.outbox
    assert sent.recipients() == ["flaechen@example.org"]
    assert "\n" not in sent.subject


def test_what_fills_in_every_field_is_thanked_and_forgotten(client, land):
    response = ask(client, land, webseite="https://spam.example/")
    assert response["Location"].endswith("/danke/")
    assert not Enquiry.objects.exists()


def test_people_never_meet_the_field_for_programs(client, land):
    trap = fetch(client, address_of(land)).one("input", name="webseite")
    assert (trap.attrs["tabindex"], trap.attrs["autocomplete"]) == ("-1", "off")
    assert trap.parent.attrs["aria-hidden"] == "true"


def test_the_same_enquiry_twice_is_one(client, land):
    for _ in range(2):
        assert ask(client, land)["Location"].endswith("/danke/")
    assert Enquiry.objects.count() == OutgoingMail.objects.count() == 1
    ask(client, land, message="Noch etwas.")
    ask(client, make_full_hall())
    assert Enquiry.objects.count() == 3


def test_an_hour_later_the_same_words_are_a_new_enquiry(client, land):
    ask(client, land)
    Enquiry.objects.update(received_at=timezone.now() - timedelta(hours=2))
    ask(client, land)
    assert Enquiry.objects.count() == 2


def test_many_enquiries_from_one_address_must_wait_and_lose_nothing(client, land):
    answers = [ask(client, land, message=f"Frage {number}").status_code for number in range(10)]
    assert answers == [302] * 10
    response = ask(client, land, message="Frage 11")
    assert response.status_code == 429
    assert typed_in(response)["message"] == "Frage 11"
    assert "Bitte warten Sie etwas" in errors_of(response)[0][0]
    assert Enquiry.objects.count() == 10
    assert ask(Client(REMOTE_ADDR="203.0.113.9"), land, message="Frage 12").status_code == 302


def test_mistakes_are_not_counted(client, land):
    for _ in range(12):
        assert ask(client, land, email="").status_code == 200
    assert ask(client, land).status_code == 302


def test_an_expired_form_gives_back_what_was_typed(land):
    response = ask(Client(enforce_csrf_checks=True), land)
    assert response.status_code == 403
    assert "Ihre Eingaben sind noch da" in errors_of(response)[0][0]
    assert typed_in(response)["name"] == "Paula Muster"
    assert response.cookies["csrftoken"]
    assert not Enquiry.objects.exists()


def test_a_body_of_five_megabytes_is_refused_with_a_page(client, land):
    response = ask(client, land, message="x" * 5_000_000)
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()
    encoded = client.post(
        address_of(land), "message=" + "x" * 5_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert encoded.status_code == 400
    assert not Enquiry.objects.exists()


# --- who cannot be asked


def test_nobody_asks_for_what_is_taken(client):
    taken = make_full_land(availability="taken")
    assert client.get(address_of(taken)).status_code == ask(client, taken).status_code == 410
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("values", "status"), [({"confirmed_days_ago": 400}, 410), ({"released": False, "publish_from": None}, 404)]
)
def test_nobody_asks_for_what_is_not_public(client, values, status):
    hall = make_hall(title="Geheime Halle", **values)
    for response in (client.get(address_of(hall)), ask(client, hall), client.get(f"{address_of(hall)}danke/")):
        assert response.status_code == status
        assert "Geheime Halle" not in response.content.decode()
    expired_form = ask(Client(enforce_csrf_checks=True), hall)
    assert expired_form.status_code == status
    assert not Enquiry.objects.exists()


# --- forgetting


def test_what_has_reached_its_end_is_forgotten_with_its_mail(client, land, capsys):
    ask(client, land)
    ask(client, land, message="Bleibt")
    Enquiry.objects.exclude(message="Bleibt").update(forgotten_on=timezone.localdate())
    call_command("forget_enquiries", "--dry-run")
    call_command("forget_enquiries")
    assert capsys.readouterr().out == "1 enquiries would be deleted.\n1 enquiries deleted.\n"
    assert [one.message for one in Enquiry.objects.all()] == ["Bleibt"]
    assert ["Bleibt" in one.text for one in OutgoingMail.objects.all()] == [True]
    call_command("forget_enquiries")
    assert capsys.readouterr().out == "0 enquiries deleted.\n"


def test_a_mail_of_something_else_is_never_forgotten_with_them():
    other = OutgoingMail.objects.create(to="a@example.org", subject="Einladung", text="x", purpose="Test")
    Enquiry.objects.create(
        listing=make_land().listing_ptr, name="P", email="p@example.org", message="x", forgotten_on=timezone.localdate()
    )
    call_command("forget_enquiries", verbosity=0)
    assert [*OutgoingMail.objects.all()] == [other]


def test_an_enquiry_stays_when_the_copy_of_its_mail_is_forgotten_before_it(client, land):
    ask(client, land)
    long_ago = timezone.now() - timedelta(days=181)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=long_ago, prepared_at=long_ago)
    call_command("forget_mails", verbosity=0)
    assert (OutgoingMail.objects.count(), Enquiry.objects.get().mail) == (0, None)
