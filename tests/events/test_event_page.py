"""The page of one event."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from events.models import Event, EventLink, PriceGroup
from publishing.preview import make_link
from tests.events.factories import (
    make_category,
    make_cluster,
    make_event,
    make_event_draft,
    make_expired_event,
    make_full_event,
    make_organiser,
    make_scheduled_event,
    make_series,
    make_venue,
    make_withdrawn_event,
)
from tests.factories import make_contact

pytestmark = pytest.mark.django_db
NB = "\u00a0"


def page(client, event):
    caches["pages"].clear()
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)).split(" "))


def facts(html):
    """{„Wo“: „Villa Ida …“} of the fact box, words only."""
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.DOTALL)
    return {name: re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", value)).strip() for name, value in rows}


def bands(html):
    found = re.findall(r'<div class="status-band[^"]*"><p><strong>(.*?)</strong>(?: <span>(.*?)</span>)?</p>', html)
    return [(title, re.sub(r"<[^>]+>", "", sentence)) for title, sentence in found]


def further(html, heading):
    section = re.search(rf'<h2 id="{heading}">.*?</ul>', html, re.DOTALL)
    return re.findall(r'<h3 class="card-title[^"]*"><a href="[^"]*">([^<]*)</a>', section[0]) if section else []


def test_the_fact_box_comes_first_and_says_everything_a_visitor_needs(client):
    event = make_full_event(
        starts_on=date(2031, 1, 10),
        start_time=time(10),
        end_time=time(12, 30),
        registration_until=date(2031, 1, 6),
        venue=make_venue(
            name="Villa Ida",
            street="Poetenweg 28",
            postcode="04155",
            town="Leipzig",
            access_notes="Haltestelle Fritz-Seger-Straße, Aufzug vorhanden",
        ),
        organisers=[make_organiser(name="Kammer", website="https://kammer.example/")],
        supporters=[make_organiser(name="Stadt")],
        clusters=[make_cluster(slug="automotive", short_name="Auto")],
    )
    event.price_groups.filter(label="Mitglieder").update(until=date(2030, 12, 1))
    html = page(client, event)
    assert facts(html) == {
        "Wann": f"Freitag, 10.{NB}Januar 2031, 10–12.30{NB}Uhr (MEZ)",
        "Wo": "Villa Ida Poetenweg 28, 04155 Leipzig Karte bei OpenStreetMap "
        "Haltestelle Fritz-Seger-Straße, Aufzug vorhanden Online teilnehmen",
        "Kosten": f"Mitglieder bis 1.{NB}Dezember 2030 60\u202f€ Gäste 90\u202f€",
        "Anmeldung": f"bis Montag, 6.{NB}Januar 2031 Zur Anmeldung",
        "Für wen": "kleine und mittlere Betriebe",
        "Veranstalter": "Kammer alle Termine von Kammer",
        "Unterstützt von": "Stadt",
        "Schirmherrschaft": "Oberbürgermeisteramt der Stadt Leipzig",
        "Cluster": "Auto",
    }
    assert html.index("fact-box") < html.index('class="prose"')
    for address in (
        "https://www.openstreetmap.org/?mlat=51.33970&amp;mlon=12.37310#map=17/51.33970/12.37310",
        "https://kammer.example/",
        "https://www.example.org/anmeldung",
        "https://www.example.org/stream",
        "/termine/?veranstalter=kammer",
        "/cluster/automotive/",
        f"/termine/?art={event.category.slug}",
        f"/termine/{event.slug}.ics",
        f"webcal://portal.example/termine/{event.slug}.ics",
    ):
        assert f'href="{address}"' in html, address


def test_every_kind_of_link_the_download_the_recap_and_the_contact_are_there(client):
    event = make_full_event()
    html = page(client, event)
    for kind in EventLink.Kind:
        assert f'<h2 class="small-heading">{kind.label}</h2>' in html
    for part in ("Studie Kurzfassung", "<p>So war es.</p>", "Presse und Kommunikation", 'class="gallery"'):
        assert part in html
    event.downloads.get().document.__class__.objects.update(is_withdrawn=True)
    event.contact.__class__.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    html = page(client, event)
    assert "Studie Kurzfassung" not in html
    assert "presse@example.org" not in html


def test_what_is_not_known_is_not_shown(client):
    html = page(client, make_event(start_time=None, end_time=None, teaser="Kurz", starts_on=date(2031, 1, 10)))
    assert facts(html) == {"Wann": f"Freitag, 10.{NB}Januar 2031"}
    assert "Uhr" not in text(html)
    assert "status-band" not in html


@pytest.mark.parametrize(
    ("values", "band"),
    [
        ({"status": "cancelled", "status_note": "Der Saal ist gesperrt."},
         ("Abgesagt", "Diese Veranstaltung findet nicht statt. Der Saal ist gesperrt.")),
        ({"status": "postponed", "former_starts_on": date(2031, 1, 4)},
         ("Verschoben", f"Der neue Termin steht noch nicht fest. Ursprünglich geplant: 4.{NB}Januar 2031.")),
        ({"status": "moved", "former_starts_on": date(2031, 1, 4)},
         ("Neuer Termin", f"Freitag, 10.{NB}Januar 2031, 10–12{NB}Uhr. Ursprünglich geplant: 4.{NB}Januar 2031.")),
        ({"status": "moved_online"}, ("Jetzt online", "Diese Veranstaltung findet online statt, nicht vor Ort.")),
        ({"status": "planned"}, ("Geplant", "Der Termin ist noch nicht bestätigt.")),
        ({"registration": "full"}, ("Ausgebucht", "Es gibt keine freien Plätze mehr.")),
        ({"status_note": "Einlass ab 9 Uhr"}, ("Hinweis", "Einlass ab 9 Uhr")),
    ],
)  # fmt: skip
def test_a_band_says_what_must_be_known_before_setting_out(client, values, band):
    assert bands(page(client, make_event(starts_on=date(2031, 1, 10), **values))) == [band]


def test_a_cancelled_event_takes_no_registration_and_its_date_is_struck_out(client):
    event = make_full_event(status="cancelled", registration_until=timezone.localdate())
    html = page(client, event)
    assert "Anmeldung" not in facts(html)
    assert "https://www.example.org/stream" not in html
    assert re.search(r'<p class="fact-when"><s>', html)


def test_a_postponed_event_shows_its_former_date_only_as_former(client):
    event = make_event(starts_on=date(2031, 1, 4), status="postponed", former_starts_on=date(2031, 1, 4))
    assert facts(page(client, event))["Wann"] == f"Neuer Termin offen ursprünglich 4.{NB}Januar 2031"


def test_a_moved_event_shows_both_dates(client):
    event = make_event(
        starts_on=date(2031, 1, 10), start_time=None, end_time=None, status="moved", former_starts_on=date(2031, 1, 4)
    )
    assert facts(page(client, event))["Wann"] == f"Freitag, 10.{NB}Januar 2031 ursprünglich 4.{NB}Januar 2031"


def test_what_moved_online_has_no_way_there_but_a_link(client):
    event = make_event(venue=make_venue(name="Villa Ida"), status="moved_online", online_url="https://raum.example/")
    html = page(client, event)
    assert facts(html)["Wo"] == "Online teilnehmen"
    assert "Villa Ida" not in html
    assert "MEZ" in facts(html)["Wann"] or "MESZ" in facts(html)["Wann"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"registration": "open"}, "erforderlich"),
        ({"registration": "full"}, "ausgebucht"),
        ({"registration": "closed"}, "geschlossen"),
        ({"registration": "open", "registration_url": "https://a.example/"}, "Zur Anmeldung"),
    ],
)
def test_registration_says_its_state(client, values, words):
    assert facts(page(client, make_event(**values)))["Anmeldung"] == words


def test_after_the_deadline_nobody_is_sent_to_register(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    event = make_event(registration="open", registration_url="https://a.example/", registration_until=yesterday)
    html = page(client, event)
    assert facts(html)["Anmeldung"].startswith("geschlossen seit dem Anmeldeschluss am")
    assert "https://a.example/" not in html


def test_a_past_event_says_so_and_shows_no_way_in(client):
    event = make_full_event(days=-30, actual_guests=1200)
    html = page(client, event)
    assert bands(html) == [("Diese Veranstaltung ist vorbei", "")]
    assert "Anmeldung" not in facts(html)
    assert "https://www.example.org/stream" not in html
    assert ".ics" not in html
    assert "1.200 Gäste" in html


def test_costs_are_free_paid_or_unsaid(client):
    assert facts(page(client, make_event(cost="free")))["Kosten"] == "kostenfrei"
    assert facts(page(client, make_event(cost="paid")))["Kosten"] == "kostenpflichtig"
    assert "Kosten" not in facts(page(client, make_event()))


def test_a_group_that_pays_nothing_reads_free(client):
    event = make_event(cost="paid")
    PriceGroup.objects.create(event=event, label="Studierende", amount=0)
    assert facts(page(client, event))["Kosten"] == "Studierende kostenfrei"


def test_a_town_without_a_house_has_no_link_to_a_map(client):
    venue = make_venue(name="", street="", postcode="", town="Leipzig", latitude=None, longitude=None)
    html = page(client, make_event(venue=venue))
    assert facts(html)["Wo"] == "Leipzig"
    assert "openstreetmap" not in html
    street = make_venue(name="", street="Markt 1", town="Jena", postcode="07743", latitude=None, longitude=None)
    html = page(client, make_event(venue=street))
    assert 'href="https://www.openstreetmap.org/search?query=Markt+1%2C+07743+Jena"' in html


def test_further_dates_of_the_series_are_public_ahead_and_others(client):
    series = make_series()
    event = make_event(title="selbst", series=series, days=5)
    make_event(title="zweiter", series=series, days=9)
    make_event(title="erster", series=series, days=7)
    make_event(title="vorbei", series=series, days=-7)
    for make in (make_event_draft, make_scheduled_event, make_expired_event, make_withdrawn_event):
        make(title="verborgen", series=series)
    make_event(title="fremd", days=6)
    html = page(client, event)
    assert further(html, "reihe") == ["erster", "zweiter"]
    assert further(html, "weitere-termine") == ["fremd"]
    assert "verborgen" not in html


def test_more_events_prefer_the_same_kind_and_stand_by_date(client):
    fair = make_category(name="Messe")
    event = make_event(category=fair, days=1)
    for number in range(3):
        make_event(title=f"bald {number}", days=2 + 2 * number)
    make_event(title="Messe spät", category=fair, days=90)
    make_event(title="Messe früh", category=fair, days=3)
    make_event(title="vorbei", category=fair, days=-3)
    make_event_draft(title="Entwurf", category=fair)
    assert further(page(client, event), "weitere-termine") == ["bald 0", "Messe früh", "bald 1", "Messe spät"]


@pytest.mark.parametrize(
    ("make", "status"),
    [(make_event_draft, 404), (make_scheduled_event, 404), (make_expired_event, 410), (make_withdrawn_event, 410)],
)
def test_what_is_not_public_has_no_page(client, make, status):
    event = make(title="Geheime Sache")
    response = client.get(event.get_absolute_url())
    assert response.status_code == status
    assert "Geheime Sache" not in response.content.decode()


def test_a_draft_with_hardly_anything_can_be_previewed(client):
    event = Event.objects.create(title="Nur ein Titel", starts_on=date(2031, 7, 10))
    response = client.get(make_link(event))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Nur ein Titel" in html
    assert "no-store" in response["Cache-Control"]
    # The file of a draft is not public: a link to it would lead nowhere.
    assert ".ics" not in html


def test_head_of_the_page_names_the_event(client):
    event = make_event(title="Forum", teaser="Zwei Tage.", contact=make_contact())
    html = page(client, event)
    assert "<title>Forum · Metropolregion Mitteldeutschland</title>" in html
    assert '<meta name="description" content="Zwei Tage.">' in html
    assert f'<link rel="canonical" href="https://portal.example{event.get_absolute_url()}">' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    long = page(client, make_event(teaser="Ein Satz. " * 60))
    assert len(re.search(r'<meta name="description" content="([^"]*)">', long)[1]) == 300
    crumbs = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)][-1]
    assert [one["name"] for one in crumbs["itemListElement"]] == ["Start", "Termine", "Forum"]
