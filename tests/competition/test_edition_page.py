"""/iq/ and /iq/<jahr>/: the programme booklet of an edition in each of its six states."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from competition.models import Award, Category, JuryMember
from competition.results import close_results
from publishing import preview
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_full_edition,
    make_local_prize,
    make_sponsor,
    make_testimonial,
    register,
)
from tests.factories import make_contact, make_editor, make_image
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def parts(page):
    """{heading of a part: its text}"""
    found = {}
    for section in page.all("section", css="booklet-part"):
        heading = page.all("h2", inside=section)[0]
        found[heading.text] = section.text.removeprefix(heading.text).strip()
    return found


def days(number):
    return timezone.localdate() + timedelta(days=number)


# --- which edition, which address


def test_the_home_of_the_award_shows_the_newest_public_edition(client):
    make_edition(2024, winners=-100, finalists=-120)
    make_edition(2026)
    make_edition(2027, released=False)
    page = fetch(client, "/iq/")
    assert page.texts("p", css="edition-year") == ["2026"]
    assert page.texts("h1") == ["IQ Innovationspreis Mitteldeutschland"]


def test_a_suspended_year_is_the_current_one_too(client):
    make_edition(2024)
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Neu aufgesetzt.")
    page = fetch(client, "/iq/")
    assert page.texts("p", css="edition-year") == ["2025"]
    assert parts(page)["Ausgesetzt"].startswith("Neu aufgesetzt.")


def test_without_an_edition_the_award_is_explained_all_the_same(client):
    page = fetch(client, "/iq/")
    assert "Noch ist kein Wettbewerbsjahr eröffnet" in page.texts("h2")
    assert page.texts("h3") == ["Erst im Cluster", "Dann vor allen Branchen", "Und in den Städten"]


@pytest.mark.parametrize("part", ["", "finalisten/", "preistraeger/", "protokoll.json"])
@pytest.mark.parametrize("year", ["02024", "99999", "1", "9" * 40])
def test_an_address_no_link_makes_is_not_found(client, year, part):
    make_decided_edition(2024, finalists=-10, winners=-1)
    assert client.get(f"/iq/{year}/{part}").status_code == 404


def test_a_draft_is_unknown_and_a_withdrawn_year_says_so(client):
    make_edition(2023, released=False)
    edition = make_decided_edition(2024, finalists=-10, winners=-1)
    entry = edition.awards.first().entry
    edition.withdraw()
    edition.save()
    assert client.get("/iq/2023/").status_code == 404
    for path in ("/iq/2024/", "/iq/2024/finalisten/", "/iq/2024/preistraeger/", entry.get_absolute_url()):
        assert client.get(path).status_code == 410, path


def test_what_was_never_public_of_a_withdrawn_year_stays_unknown(client):
    edition = make_decided_edition(2024, finalists=5, winners=9)
    entry = edition.awards.first().entry
    edition.withdraw()
    edition.save()
    assert client.get("/iq/2024/").status_code == 410
    for path in ("/iq/2024/finalisten/", "/iq/2024/preistraeger/", entry.get_absolute_url()):
        assert client.get(path).status_code == 404, path


def test_pages_of_a_year_suspended_later_are_gone(client):
    edition = make_decided_edition(2024, finalists=-10, winners=9)
    finalist, winner = edition.finalists.first().entry, edition.awards.get(kind="local").entry
    edition.is_suspended, edition.suspension_reason = True, "Abgesagt."
    edition.save()
    assert client.get("/iq/2024/").status_code == 200
    assert client.get("/iq/2024/finalisten/").status_code == 410
    assert client.get(finalist.get_absolute_url()).status_code == 410
    for path in ("/iq/2024/preistraeger/", winner.get_absolute_url()):
        assert client.get(path).status_code == 404, path


def test_a_draft_can_be_previewed_and_shows_no_result(client):
    edition = make_decided_edition(2024, finalists=-10, winners=-1, released=False)
    page = fetch(client, preview.make_link(edition))
    assert page.texts("h1") == [edition.title]
    assert [one.organisation for one in edition.entries.all() if one.organisation in page.html] == []


# --- status


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"call_opens_on": 5}, "angekündigt"),
        ({"call_opens_on": -5, "call_closes_on": 5}, "Bewerbung läuft"),
        ({"call_opens_on": -9, "call_closes_on": -5}, "Jury tagt"),
        ({"finalists": -1}, "Finalisten"),
        ({"finalists": -2, "winners": -1}, "Preisträger"),
        ({"is_suspended": True, "suspension_reason": "Darum."}, "ausgesetzt"),
    ],
)
def test_every_status_has_its_label(client, values, label):
    moved = {name: days(value) if name.startswith("call") else value for name, value in values.items()}
    make_edition(2024, **moved)
    for path in ("/iq/", "/iq/2024/"):
        assert fetch(client, path).texts("strong", css="award-status") == [label]


def test_while_the_call_is_open_the_deadline_and_the_way_to_apply_stand_on_top(client):
    make_edition(
        2024,
        call_opens_on=days(-5),
        call_closes_on=days(5),
        application_url="https://bewerbung.example.org/",
        participation="<p>Bewerben kann sich jeder.</p>",
    )
    page = fetch(client, "/iq/2024/")
    call = page.one("p", css="edition-call")
    assert page.one("time", inside=call).attrs["datetime"] == days(5).isoformat()
    assert page.links(inside=call) == ["https://bewerbung.example.org/"]
    assert parts(page)["So nehmen Sie teil"] == "Bewerben kann sich jeder."


@pytest.mark.parametrize("when", [{"call_opens_on": 5}, {"call_opens_on": -9, "call_closes_on": -1}, {"finalists": -1}])
def test_before_and_after_the_call_nobody_is_asked_to_apply(client, when):
    moved = {name: days(value) if name.startswith("call") else value for name, value in when.items()}
    make_edition(2024, application_url="https://bewerbung.example.org/", **moved)
    assert "bewerbung.example.org" not in fetch(client, "/iq/2024/").html


# --- the booklet


def test_a_complete_edition_has_every_part_in_order(client):
    make_full_edition(2024, image=make_image())
    page = fetch(client, "/iq/2024/")
    assert list(parts(page)) == [
        "Das Wettbewerbsjahr",
        "Preisträger",
        "Das Jahr",
        "Finalisten",
        "Shortlist",
        "Preise",
        "Partnerstädte",
        "Kriterien",
        "Jury",
        "Stifter und Sponsoren",
        "Stimmen",
        "Bewerbungen",
        "Zur Quellenlage",
        "Presse und Kontakt",
    ]


def test_nothing_internal_reaches_a_page(client):
    edition = make_full_edition(2024, image=make_image())
    paths = ["/iq/", "/iq/2024/", "/iq/2024/finalisten/", "/iq/2024/preistraeger/", "/iq/preistraeger/", "/iq/atom/"]
    paths += [entry.get_absolute_url() for entry in edition.entries.all()]
    words = ("Geheimer Name", "geheim@", "geheime Bemerkung", "geheim.example", "999999")
    assert [(path, word) for path in paths for word in words if word in client.get(path).content.decode()] == []


def test_of_an_old_year_without_any_record_the_page_says_what_is_missing(client):
    make_edition(2008, finalists=-100, winners=-90)
    page = fetch(client, "/iq/2008/")
    assert parts(page) == {
        "Preisträger": "Die Preisträger dieses Jahres sind nicht überliefert.",
        "Zur Quellenlage": "Termine und Preise dieses Jahres sind nicht überliefert.",
        "Presse und Kontakt": "Pressemitteilungen, Pressekontakt und Bilder in Druckgröße",
    }


def test_the_two_finalists_of_a_cluster_stand_side_by_side_in_the_order_of_the_alphabet(client):
    edition = make_edition(2024, finalists=-1, winners=5)
    for name in ("Chemie", "Auto"):
        category = make_category(edition, cluster=make_cluster(name=name, order=len(name)))
        winner = make_finalist(category, organisation="Zebra", title="A", slug=f"{name}-a".lower())
        make_finalist(category, organisation="Ätherklang", title="B", slug=f"{name}-b".lower())
        make_award(Award.Kind.CLUSTER, winner.entry)
    for path in ("/iq/2024/", "/iq/2024/finalisten/"):
        page = fetch(client, path)
        panels = page.all("section", css="panel")
        assert [page.texts("h2", "h3", inside=panel) for panel in panels] == [["Auto"], ["Chemie"]]
        assert [page.texts("p", css="panel-entry-title", inside=panel) for panel in panels] == [["B", "A"]] * 2
        assert "Die Reihenfolge folgt dem Alphabet der Organisationen. Sie sagt nichts über das Ergebnis." in (
            page.one("main").text
        )


def test_before_the_finalists_are_public_only_the_clusters_are_named(client):
    edition = make_decided_edition(2024, finalists=1, winners=5)
    page = fetch(client, "/iq/2024/")
    assert "Cluster" in parts(page)
    assert [one.organisation for one in edition.entries.all() if one.organisation in page.html] == []


def test_the_winners_stand_in_the_booklet_from_the_announcement_on(client):
    edition = make_decided_edition(2024, finalists=-5, winners=-1)
    page = fetch(client, "/iq/2024/")
    text = parts(page)["Preisträger"]
    for award in edition.awards.select_related("entry"):
        assert award.entry.title in text
    tags = page.texts("strong", css="prize-tag")
    assert sorted(tags) == ["Clustersieg", "Clustersieg", "Gesamtsieg"]


def test_the_public_shortlist_is_listed_without_the_finalists(client):
    now = timezone.now()
    edition = make_edition(2024, finalists=-1, shortlist_public_at=now - timedelta(days=3))
    category = make_category(edition)
    make_finalist(category, title="Im Finale", is_shortlisted=True)
    make_entry(category, title="Auf der Liste", is_shortlisted=True)
    make_entry(category, title="Nur beworben")
    page = fetch(client, "/iq/2024/")
    assert "Auf der Liste" in parts(page)["Shortlist"]
    assert "Im Finale" not in parts(page)["Shortlist"]
    assert "Nur beworben" not in page.html


def test_a_finalist_on_the_public_shortlist_is_no_finalist_yet(client):
    now = timezone.now()
    edition = make_edition(2024, finalists=1, shortlist_public_at=now - timedelta(days=3))
    category = make_category(edition)
    first = make_finalist(category, title="Wird Finalist", is_shortlisted=True).entry
    second = make_entry(category, title="Bleibt auf der Liste", is_shortlisted=True)
    page = fetch(client, "/iq/2024/")
    assert page.links(inside=page.one("section", **{"aria-labelledby": "shortlist"})) == [
        first.get_absolute_url(),
        second.get_absolute_url(),
    ]
    assert page.all("section", css="panel") == []
    assert "Finalist 2024" not in fetch(client, first.get_absolute_url()).html


# --- prizes


def prize_rows(page):
    table = page.one("table", css="prizes")
    return [page.texts("th", "td", inside=row) for row in page.all("tr", inside=table)][1:]


def test_the_sum_of_the_prizes_is_computed_and_the_announced_one_shown_as_announced(client):
    edition = make_edition(2024, overall_prize=15000, announced_total=70000)
    for number in range(5):
        make_category(edition, prize=7500, cluster=make_cluster(name=f"Fach {number}"))
    for city in ("Halle (Saale)", "Leipzig", "Magdeburg"):
        make_local_prize(edition, city, prize=5000)
    page = fetch(client, "/iq/2024/")
    rows = prize_rows(page)
    assert rows[0] == ["Gesamtsieg", "15.000 €"]
    assert len(rows) == 1 + 5 + 3 + 1
    assert rows[-1] == ["Summe, errechnet", "67.500 €"]
    assert page.one("p", css="prizes-announced").text.startswith("Angekündigt waren insgesamt 70.000 €")


def test_of_a_prize_whose_amount_is_lost_the_page_says_so(client):
    edition = make_edition(2009, overall_prize=15000)
    make_local_prize(edition, "Jena")
    rows = prize_rows(fetch(client, "/iq/2009/"))
    assert rows == [
        ["Gesamtsieg", "15.000 €"],
        ["IQ Innovationspreis Jena", "nicht überliefert"],
        ["Summe der bekannten Beträge, errechnet", "15.000 €"],
    ]


def test_beside_each_prize_stands_who_gives_it(client):
    edition = make_edition(2024, overall_prize=15000)
    category = make_category(edition, prize=7500, cluster=make_cluster(name="Auto"))
    local_prize = make_local_prize(edition, "Leipzig", prize=5000)
    both = make_sponsor(name="beide GmbH")
    edition.sponsors.add(both)
    category.sponsors.add(both, make_sponsor(name="Alpha AG"))
    local_prize.sponsors.add(make_sponsor(name="Stadt Leipzig"))
    page = fetch(client, "/iq/2024/")
    assert [prize for prize, _ in prize_rows(page)[:3]] == [
        "Gesamtsieg gestiftet von beide GmbH",
        "Clustersieg Auto gestiftet von Alpha AG, beide GmbH",
        "IQ Innovationspreis Leipzig gestiftet von Stadt Leipzig",
    ]
    assert page.texts("span", css="sponsor-name") == ["Alpha AG", "beide GmbH", "Stadt Leipzig"]


def test_a_sponsor_has_a_logo_with_its_name_as_text_or_the_name_itself(client):
    edition = make_edition(2024)
    edition.sponsors.add(make_sponsor(name="Mit Logo", logo=make_image(), website="https://logo.example.org/"))
    page = fetch(client, "/iq/2024/")
    logo = page.one("img", inside=page.one("ul", css="sponsors"))
    assert logo.attrs["alt"] == "Mit Logo"
    assert page.links(inside=page.one("ul", css="sponsors")) == ["https://logo.example.org/"]


def test_the_jury_stands_by_panel_the_final_jury_first(client):
    edition = make_edition(2024, final_jury_size=23)
    category = make_category(edition, cluster=make_cluster(name="Auto"))
    JuryMember.objects.create(edition=edition, category=category, name="Karl Kenner")
    JuryMember.objects.create(edition=edition, name="Vera Vorsitz", function="Vorsitz", organisation="Kammer")
    page = fetch(client, "/iq/2024/")
    juries = page.all("section", css="jury")
    assert [jury.text for jury in juries] == ["Gesamtjury Vera Vorsitz Vorsitz, Kammer", "Auto Karl Kenner"]
    assert "Mitglieder der Gesamtjury: 23" in parts(page)["Jury"]


def test_a_voice_of_the_day_speaks_on_the_home_of_the_award_only(client):
    make_edition(2024)
    make_testimonial(quote="Ein guter Wettbewerb.", name="Erika Beispiel", is_example=True)
    assert parts(fetch(client, "/iq/"))["Eine Stimme"].startswith("„Ein guter Wettbewerb.“ Erika Beispiel")
    assert "Eine Stimme" not in parts(fetch(client, "/iq/2024/"))


def test_a_contact_is_shown_until_it_ends(client):
    contact = make_contact(role="Projektleitung", valid_until=days(1))
    make_edition(2024, contact=contact)
    assert "Projektleitung" in parts(fetch(client, "/iq/2024/"))["Presse und Kontakt"]
    contact.valid_until = days(-1)
    contact.save()
    assert "Projektleitung" not in fetch(client, "/iq/2024/").html


def test_all_public_years_are_listed_newest_first_with_what_became_of_them(client):
    make_edition(2026, call_opens_on=days(9))
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Darum.")
    make_edition(2024, finalists=-9, winners=-8, ceremony_town="Merseburg")
    make_edition(2023, released=False)
    page = fetch(client, "/iq/2024/")
    assert page.texts("li", inside=page.one("ul", css="edition-list")) == [
        "2026 angekündigt",
        "2025 ausgesetzt",
        "2024 20. Preis, Merseburg",
    ]
    assert page.texts("a", **{"aria-current": "true"}, inside=page.one("ul", css="edition-list")) == ["2024"]


# --- the record


def test_the_checksum_of_closed_results_is_public_before_the_record_is(client):
    edition = make_decided_edition(2024, finalists=-5, winners=5)
    assert "Prüfsumme" not in parts(fetch(client, "/iq/2024/"))
    record = close_results(edition, make_editor())
    page = fetch(client, "/iq/2024/")
    assert page.texts("code", css="checksum") == [record.sha256]
    assert "/iq/2024/protokoll.json" not in page.links()
    assert client.get("/iq/2024/protokoll.json").status_code == 404


def test_after_the_announcement_the_record_proves_its_checksum(client):
    edition = make_decided_edition(2024, finalists=-5, winners=-1)
    assert client.get("/iq/2024/protokoll.json").status_code == 404
    record = close_results(edition, make_editor())
    assert "/iq/2024/protokoll.json" in fetch(client, "/iq/2024/").links()
    response = client.get("/iq/2024/protokoll.json")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == record.sha256
    assert response.json()["edition"] == 2024


def test_a_category_without_a_known_cluster_is_no_panel_of_its_own(client):
    edition = make_decided_edition(2023, finalists=-9, winners=-8, clusters=1)
    unknown = Category.objects.create(edition=edition, cluster=None)
    entry = make_entry(unknown, title="Lokal geehrt")
    local_prize = make_local_prize(edition, "Jena")
    register(entry, local_prize)
    make_award(Award.Kind.LOCAL, entry, local_prize=local_prize)
    for path in ("/iq/2023/", "/iq/2023/finalisten/", "/iq/2023/preistraeger/"):
        assert "Cluster nicht überliefert" not in fetch(client, path).one("main").text
    assert "Cluster nicht überliefert" in fetch(client, entry.get_absolute_url()).one("main").text
