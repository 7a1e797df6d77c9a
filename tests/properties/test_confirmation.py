"""The link with which a provider's contact says that a listing still holds."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from properties import confirmation
from properties.confirmation import Answer, make_link
from properties.models import ChangeReport, Hall, Land
from tests.kept_pages import kept_pages
from tests.parsed_page import ParsedPage, fetch
from tests.properties.factories import make_full_hall, make_full_land, make_land, make_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return make_full_land(confirmed_days_ago=200, provider=make_provider(name="Stadt Borna"))


def answer(client, link, chosen, text=""):
    return client.post(link, {"antwort": chosen, "text": text})


def stored(listing):
    return type(listing).objects.get(pk=listing.pk)


def the_page_after(client, link):
    return ParsedPage(client.get(link))


# --- opening


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_the_link_shows_the_facts_and_three_answers(client, maker):
    listing = maker()
    page = fetch(client, make_link(listing))
    assert listing.title in page.one("h1").text
    assert [one.attrs["value"] for one in page.all("button", name="antwort")] == Answer.values
    assert "Stadtwerke" in page.html


def test_opening_the_link_changes_nothing_however_often(client, land):
    link = make_link(land)
    for _ in range(3):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert stored(land).confirmed_at == land.confirmed_at
    assert (ChangeReport.objects.count(), land.history.count()) == (0, 1)


def test_nobody_keeps_the_page_and_no_search_engine_finds_it(client, land):
    link = make_link(land)
    for response in (client.get(link), answer(client, link, "holds"), client.get(link), client.get(f"{link[:-2]}x/")):
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
    assert kept_pages() == 0


# --- answering


def test_still_true_renews_the_date_and_names_the_provider(client, land):
    response = answer(client, make_link(land), "holds")
    assert response.status_code == 302
    now = stored(land)
    assert now.confirmed_at > timezone.now() - timedelta(minutes=1)
    assert (now.confirmed_by, now.is_doubtful) == ("Stadt Borna", False)
    assert now.next_check_on == timezone.localdate() + timedelta(days=150)
    assert now.history.first().history_change_reason == "Über den Link bestätigt: Alles stimmt noch"


def test_a_listing_that_was_stale_is_back_in_the_list(client):
    land = make_full_land(confirmed_days_ago=400)
    assert not Land.objects.published().exists()
    answer(client, make_link(land), "holds")
    assert [*Land.objects.published()] == [land]


def test_taken_is_stored_with_its_day(client):
    hall = make_full_hall(confirmed_days_ago=200)
    answer(client, make_link(hall), "taken")
    assert (stored(hall).availability, stored(hall).is_doubtful) == ("taken", False)
    assert not Hall.objects.published().on_offer().exists()


def test_a_change_is_told_to_the_office_and_vouches_for_nothing(client, land):
    answer(client, make_link(land), "changed", "Der Preis ist jetzt 30 Euro.\nUnd der Zaun ist weg.")
    report = ChangeReport.objects.get()
    assert (report.listing_id, report.text) == (land.pk, "Der Preis ist jetzt 30 Euro.\nUnd der Zaun ist weg.")
    assert stored(land).confirmed_at == land.confirmed_at


def test_what_was_written_beside_another_answer_is_not_lost(client, land):
    answer(client, make_link(land), "taken", "seit Mai")
    assert ChangeReport.objects.get().text == "seit Mai"


def test_it_is_the_last_confirmer_who_is_named_where_nobody_else_is_known(client):
    land = make_land(confirmed_by="Landkreis Leipzig")
    answer(client, make_link(land), "holds")
    assert stored(land).confirmed_by == "Landkreis Leipzig"


def test_a_contact_is_named_by_its_task_and_never_by_its_person(client):
    land = make_full_land(provider=None)
    land.contact.name = "Erika Beispiel"
    land.contact.save()
    answer(client, make_link(land), "holds")
    assert stored(land).confirmed_by == "Wirtschaftsförderung der Stadt"


def test_another_field_an_editor_saves_meanwhile_is_not_written_over(client, land):
    link = make_link(land)
    read = confirmation._read

    def and_an_editor_saves(*args):
        link = read(*args)
        link.listing.specific  # noqa: B018 - read before the editor saves
        Land.objects.filter(pk=land.pk).update(title="Neuer Titel")
        return link

    with patch("properties.confirmation._read", and_an_editor_saves):
        answer(client, link, "holds")
    assert (stored(land).title, stored(land).is_doubtful) == ("Neuer Titel", False)


# --- what is wrong


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Bitte wählen Sie eine der drei Antworten."),
        ({"antwort": "löschen"}, "Bitte wählen Sie eine der drei Antworten."),
        ({"antwort": "changed", "text": "  \x00 "}, "Bitte schreiben Sie kurz, was sich geändert hat."),
        ({"antwort": "changed", "text": "x" * 4001}, "Bitte fassen Sie sich kürzer: Hier passen 4.000 Zeichen hinein."),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_loses_nothing(client, land, sent, sentence):
    page = ParsedPage(client.post(make_link(land), sent))
    assert sentence in page.one("div", css="error-summary").text
    assert page.one("textarea").text == sent.get("text", "").replace("\x00", "").strip()
    assert (stored(land).confirmed_at, ChangeReport.objects.count()) == (land.confirmed_at, 0)


def test_an_expired_form_gives_back_what_was_typed(land):
    client = Client(enforce_csrf_checks=True)
    response = answer(client, make_link(land), "changed", "Der Zaun ist weg.")
    assert response.status_code == 403
    page = ParsedPage(response)
    assert page.one("textarea").text == "Der Zaun ist weg."
    assert "Ihre Eingaben sind noch da" in page.one("div", css="error-summary").text
    assert not ChangeReport.objects.exists()


# --- when it ends


def test_a_link_is_good_for_sixty_days(client, land):
    link, end = make_link(land), confirmation.link_ends_at()
    with time_machine.travel(end - timedelta(minutes=1)):
        assert client.get(link).status_code == 200
    with time_machine.travel(end + timedelta(minutes=1)):
        assert client.get(link).status_code == 410
        answer(client, link, "holds")
    assert stored(land).confirmed_at == land.confirmed_at


@pytest.mark.parametrize(
    ("chosen", "heading"),
    [
        ("holds", "ist bestätigt"),
        ("taken", "ist als vergeben eingetragen"),
        ("changed", "Ihre Änderung ist gemeldet"),
    ],
)
def test_a_link_works_once_and_then_says_what_came_of_it(client, land, chosen, heading):
    link = make_link(land)
    answer(client, link, chosen, "Neuer Zaun")
    after = stored(land)
    page = the_page_after(client, link)
    assert heading in page.one("h1").text
    assert page.all("button", name="antwort") == []
    answer(client, link, "taken", "noch einmal")
    assert (stored(land).confirmed_at, stored(land).availability) == (after.confirmed_at, after.availability)
    assert ChangeReport.objects.count() == 1


def test_a_link_ends_when_somebody_else_has_confirmed(client, land):
    link = make_link(land)
    land.confirm("Geschäftsstelle")
    land.save()
    assert "ist bestätigt" in the_page_after(client, link).one("h1").text
    answer(client, link, "taken")
    assert (stored(land).availability, stored(land).confirmed_by) == ("free", "Geschäftsstelle")


def test_an_earlier_link_ends_when_a_later_one_was_used(client, land):
    earlier, later = make_link(land), make_link(land)
    answer(client, later, "changed", "Neuer Zaun")
    assert "gemeldet" in the_page_after(client, earlier).one("h1").text


def test_after_a_report_a_new_link_asks_anew(client, land):
    answer(client, make_link(land), "changed", "Neuer Zaun")
    assert len(fetch(client, make_link(land)).all("button", name="antwort")) == 3


@pytest.mark.parametrize("values", [{"released": False, "publish_from": None}, {"availability": "taken"}])
def test_what_is_not_on_offer_asks_nobody(client, values):
    land = make_full_land(**values)
    page = ParsedPage(client.get(make_link(land)))
    assert page.one("h1").text == "Dieser Link gilt nicht mehr"
    assert land.title not in page.html
    answer(client, make_link(land), "holds")
    assert stored(land).confirmed_at == land.confirmed_at


@pytest.mark.parametrize("token", ["x", "a:b:c", "…", "WzEsIiIsIiJd:1abc:def", "%00"])
def test_a_forged_link_is_a_helpful_page(client, land, token):
    response = client.get(f"/flaechen/stand/{token}/")
    assert response.status_code in (400, 410)


def test_a_link_of_one_listing_says_nothing_of_another(client, land):
    other = make_full_land(title="Geheimer Nachbar", released=False, publish_from=None)
    page = fetch(client, make_link(land))
    assert other.title not in page.html
    answer(client, make_link(land), "taken")
    assert stored(other).availability == "free"


def test_a_report_makes_no_page_anew(client, land):
    fetch(client, land.get_absolute_url())
    kept = kept_pages()
    answer(client, make_link(land), "changed", "Neuer Zaun")
    fetch(client, land.get_absolute_url())
    assert kept_pages() == kept == 1
