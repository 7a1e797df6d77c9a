"""The closed jury area in a real browser: reach, keyboard, saving by itself, and what stays on the device."""

import contextlib
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error as PlaywrightError

from competition.models import ConflictStatement, Participation, Round, Sheet, VoteCount
from tests.browser.conftest import _session_cookie
from tests.browser.reach import faults
from tests.competition.jury.factories import (
    declare,
    make_cluster_round,
    make_final,
    make_full_entry,
    make_juror,
    make_sheet,
    remove_seats_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server):
    site = make_cluster_round(entries=4, full=True, aggregates=Round.Aggregates.AFTER_OWN)
    site.undeclared = [make_full_entry(site.category) for _ in range(2)]
    site.final = make_final(year=2023)
    site.final.panel.members.create(user=site.juror)
    declare(site.juror, *site.final.entries)
    make_sheet(site.juror, site.entries[1])
    make_sheet(site.juror, site.entries[2], (3, None, 1), submitted=False, notes="Ein Entwurf.")
    return site


def sheet_path(site):
    return f"/jury/beitraege/{site.entry.pk}/bewertung/"


def pages_of(site):
    base, final = f"/jury/runden/{site.round.pk}/", f"/jury/runden/{site.final.round.pk}/"
    return [
        *("/jury/", base, f"{base}befangenheit/", f"{base}uebersicht/", f"{base}mittelwerte/", f"{base}lesemappe/"),
        *(final, f"{final}abstimmung/", f"/jury/beitraege/{site.entry.pk}/", sheet_path(site)),
        f"/jury/beitraege/{site.entries[1].pk}/bewertung/",
        f"/jury/beitraege/{site.undeclared[0].pk}/befangenheit/",
    ]


def test_every_page_reaches_everybody(open_page, site):
    page = open_page(site.juror)
    found = []
    for address in pages_of(site):
        page.goto(address)
        found += faults(page)
    # Pages that only a form leads to.
    page.goto(f"/jury/runden/{site.round.pk}/befangenheit/")
    page.get_by_label("befangen", exact=True).first.check()
    page.get_by_role("button", name="Erklärungen speichern").click()
    found += faults(page)
    page.get_by_label("Grund der Befangenheit").first.fill("Verwandt mit der Gründerin.")
    page.get_by_role("button", name="Erklärungen speichern").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sind Sie sicher?"
    found += faults(page)
    page.goto(f"/jury/runden/{site.final.round.pk}/abstimmung/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Weiter").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ihre Stimme"
    found += faults(page)
    assert found == []


def test_targets_are_large_enough_for_a_tablet(open_page, site):
    page = open_page(site.juror, viewport={"width": 768, "height": 1024})
    for address in (sheet_path(site), f"/jury/runden/{site.final.round.pk}/abstimmung/"):
        page.goto(address)
        heights = page.locator("form .choice, form .button, main form .button-quiet").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert len(heights) >= 5
        assert min(heights) >= 44


def test_a_sheet_is_filled_in_and_handed_in_by_keyboard_alone(open_page, site):
    page = open_page(site.juror)
    page.goto(sheet_path(site))
    first = page.locator(".criterion input").first
    while not first.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    for downs in (3, 2, 1):
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.type("Nur mit der Tastatur.")
    page.keyboard.press("Tab")
    focused = ""
    while focused != "Abgeben":
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "ist abgegeben" in page.locator(".jury-message").inner_text()
    sheet = Sheet.objects.get(entry=site.entry)
    values = [score.step.value for score in sheet.scores.order_by("criterion__order")]
    assert (values, sheet.notes, sheet.is_submitted) == ([4, 3, 2], "Nur mit der Tastatur.", True)


def test_a_vote_is_cast_by_keyboard_alone_and_not_shown_again(open_page, site):
    page = open_page(site.juror)
    page.goto(f"/jury/runden/{site.final.round.pk}/abstimmung/")
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    chosen = page.locator(".chosen strong").inner_text()
    while page.evaluate("document.activeElement.textContent.trim()") != "Stimme abgeben":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Sie haben abgestimmt"
    assert VoteCount.objects.get(votes=1).finalist.entry.organisation == chosen
    assert Participation.objects.count() == 1
    assert chosen not in page.locator("html").inner_html()
    assert "wahl" not in page.url
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    with contextlib.suppress(PlaywrightError):
        # Chromium has kept nothing: it would have to send the form once more.
        page.go_back()
    assert chosen not in page.locator("html").inner_html()


def test_without_javascript_buttons_do_it_all(open_page, site):
    page = open_page(site.juror, java_script_enabled=False)
    page.goto(f"/jury/beitraege/{site.undeclared[0].pk}/")
    page.get_by_label("kein Interessenkonflikt").check()
    page.get_by_role("button", name="Erklärung speichern").click()
    assert ConflictStatement.objects.free().filter(entry=site.undeclared[0]).exists()
    page.get_by_role("link", name="Bewerten").click()
    page.get_by_label("Private Notizen").fill("Ohne Skript.")
    page.get_by_role("button", name="Als Entwurf speichern").click()
    assert Sheet.objects.get(entry=site.undeclared[0]).notes == "Ohne Skript."
    assert page.get_by_label("Private Notizen").input_value() == "Ohne Skript."


def test_a_draft_saves_itself_and_leaves_no_copy(open_page, site):
    page = open_page(site.juror)
    page.goto(sheet_path(site))
    page.get_by_label("Private Notizen").fill("Von selbst.")
    assert "Von selbst." in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("radio").nth(2).check()
    page.get_by_text(re.compile(r"^gespeichert um \d\d:\d\d$")).wait_for()
    sheet = Sheet.objects.get(entry=site.entry)
    assert (sheet.notes, sheet.scores.get().step.value, sheet.is_submitted) == ("Von selbst.", 3, False)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("radio").nth(6).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern und weiter").click()
    assert page.locator(".error-summary").count() == 0
    assert Sheet.objects.get(entry=site.entry).scores.count() == 2


def test_without_a_connection_the_text_stays_and_is_saved_later(open_page, site):
    page = open_page(site.juror)
    page.goto(sheet_path(site))
    drafts = f"**{sheet_path(site).replace('bewertung', 'entwurf')}"
    page.route(drafts, lambda route: route.abort())
    page.watch.complaints = Forgiving("net::ERR_FAILED")
    page.get_by_label("Private Notizen").fill("Im Zug geschrieben.")
    page.get_by_role("radio").first.check()
    page.get_by_text("Keine Verbindung: noch nicht gespeichert.").wait_for()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.reload()
    assert dialogs == ["beforeunload"]
    page.get_by_text("Eingaben zu diesem Bogen, die nicht gespeichert wurden").wait_for()
    page.unroute(drafts)
    page.get_by_role("button", name="Eingaben übernehmen").click()
    page.get_by_text(re.compile("^gespeichert um")).wait_for()
    assert Sheet.objects.get(entry=site.entry).notes == "Im Zug geschrieben."
    assert Sheet.objects.get(entry=site.entry).scores.get().step.value == 1


class Forgiving(list):
    """Leaves out the one complaint that the test causes on purpose."""

    def __init__(self, expected):
        self.expected = expected

    def append(self, complaint):
        if self.expected not in complaint:
            super().append(complaint)


def test_an_expired_session_is_told_and_nothing_is_lost(open_page, site, live_server):
    page = open_page(site.juror)
    page.watch.expect_status(403)
    page.goto(sheet_path(site))
    Session.objects.all().delete()
    page.get_by_label("Private Notizen").fill("Nach der Pause.")
    page.get_by_role("radio").first.check()
    page.get_by_text("Ihre Anmeldung ist abgelaufen: noch nicht gespeichert.").wait_for()
    page.context.add_cookies([_session_cookie(site.juror, live_server.url)])
    page.get_by_role("radio").nth(1).check()
    page.get_by_text(re.compile("^gespeichert um")).wait_for()
    assert Sheet.objects.get(entry=site.entry).notes == "Nach der Pause."


def test_a_new_token_after_logging_in_elsewhere_is_taken_silently(open_page, site, live_server):
    page = open_page(site.juror)
    page.watch.expect_status(403)
    page.goto(sheet_path(site))
    token = {"name": "csrftoken", "value": "a" * 32, "url": live_server.url}
    page.context.add_cookies([token])
    page.get_by_role("radio").first.check()
    page.get_by_text(re.compile("^gespeichert um")).wait_for()
    assert Sheet.objects.get(entry=site.entry).scores.count() == 1


def test_two_windows_end_in_a_choice_and_not_in_a_loss(open_page, site):
    one = open_page(site.juror)
    one.watch.expect_status(409)
    one.goto(sheet_path(site))
    other = one.context.new_page()
    other.goto(sheet_path(site))
    other.get_by_label("Private Notizen").fill("Aus dem anderen Fenster.")
    other.get_by_role("radio").first.check()
    other.get_by_text(re.compile("^gespeichert um")).wait_for()
    one.get_by_label("Private Notizen").fill("Aus diesem Fenster.")
    one.get_by_role("radio").nth(4).check()
    one.get_by_text("sehen Sie beide Fassungen").wait_for()
    one.get_by_role("button", name="Als Entwurf speichern").click()
    assert one.get_by_label("Private Notizen").input_value() == "Aus diesem Fenster."
    assert one.get_by_label("Notizen der anderen Fassung").input_value() == "Aus dem anderen Fenster."
    one.get_by_role("button", name="Als Entwurf speichern").click()
    assert Sheet.objects.get(entry=site.entry).notes == "Aus diesem Fenster."


def test_a_submitted_sheet_is_changed_by_button_only(open_page, site):
    page = open_page(site.juror)
    page.goto(f"/jury/beitraege/{site.entries[1].pk}/bewertung/")
    asked = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    page.get_by_role("radio").first.check()
    page.wait_for_timeout(500)
    assert asked == []
    with page.expect_navigation():
        page.get_by_role("button", name="Änderungen speichern").click()
    assert "ist abgegeben" in page.locator(".jury-message").inner_text()
    assert page.evaluate("localStorage.length") == 0


def test_copies_go_on_logging_out_and_when_somebody_else_comes(open_page, site, live_server):
    page = open_page(site.juror)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/jury/beitraege/{site.entries[1].pk}/bewertung/")
    page.get_by_label("Private Notizen").fill("Vertraulich.")
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="Abmelden").click()
    page.get_by_role("heading", name="Sie sind abgemeldet").wait_for()
    assert page.evaluate("localStorage.length") == 0
    page.evaluate("localStorage.setItem('jury:999:1', 'von jemand anderem')")
    page.evaluate("localStorage.setItem('anderes', 'bleibt')")
    page.context.add_cookies([_session_cookie(make_juror(), live_server.url)])
    page.goto("/jury/")
    assert page.evaluate("Object.keys(localStorage)") == ["anderes"]


def test_a_juror_removed_meanwhile_is_told_by_the_script(open_page, site):
    page = open_page(site.juror)
    page.watch.expect_status(403)
    page.goto(sheet_path(site))
    remove_seats_of(site.juror)
    page.get_by_role("radio").first.check()
    page.get_by_text("Ihr Zugang zu dieser Jury ist beendet.").wait_for()
    assert not Sheet.objects.filter(entry=site.entry).exists()
