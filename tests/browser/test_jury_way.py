"""The whole way of a jury in a real browser: invited, declared, rated, voted, decided, revealed."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail

from competition.models import Award, LogEntry, Sheet
from tests.access.people import link_in_mail
from tests.browser.reach import WCAG, violations
from tests.browser.test_admin_language import ALSO_GERMAN, ENGLISH, visible_words
from tests.competition.factories import make_category, make_edition
from tests.competition.jury.factories import (
    declare,
    end,
    make_criteria,
    make_full_entry,
    make_juror,
    make_panel,
    make_round,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADMIN = "/admin/competition"
PASSWORD = "sieben-zwerge-27"
ADMIN_RULES = {"runOnly": ["color-contrast", "label", "select-name", "button-name", "link-name", "listitem"]}


@pytest.fixture
def site(transactional_db):
    """A year whose jury is about to begin: three entries of one cluster, a panel without anybody, a final."""
    edition = make_edition(2027)
    make_criteria(edition)
    category = make_category(edition)
    names = ("Ambossfabrik", "Bienenwerk", "Chipschmiede")
    entries = [make_full_entry(category, organisation=name, title=f"Erfindung der {name}") for name in names]
    cluster_round, final = (make_round(edition, kind, second_factor_required=False) for kind in ("cluster", "final"))
    panel, final_panel = make_panel(cluster_round, category), make_panel(final, members=[make_juror("im-finale")])
    return {
        "edition": edition,
        "entries": entries,
        "round": cluster_round,
        "final": final,
        "panel": panel,
        "voter": final_panel.members.get().user,
    }


def check(page, rules=WCAG):
    """German, readable for everybody, nothing cut off."""
    assert violations(page, rules) == []
    assert {word.lower() for word in ENGLISH.findall(visible_words(page))} - ALSO_GERMAN == set(), page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def press(page, name, role="button"):
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).first.click()


def test_from_the_invitation_to_the_winners(open_page, site):
    chief = User.objects.create_superuser("chefin", email="chefin@example.org")
    office, visitor = open_page(chief), open_page()
    invite(office, site)
    juror = open_page(viewport={"width": 360, "height": 760})
    come_in(juror)
    declare_and_rate(juror, site)
    end(site["round"])
    decide_the_cluster(office, site)
    vote(open_page(site["voter"]), site)
    end(site["final"])
    decide_the_final(office, site)
    visitor.watch.expect_status(404)
    assert visitor.goto("/iq/2027/preistraeger/").status == 404
    close_and_reveal(office, site)
    visitor.goto("/iq/2027/preistraeger/")
    assert visitor.get_by_role("heading", name="Erfindung der Ambossfabrik").count() >= 1
    check(visitor)


def invite(office, site):
    office.goto("/admin/auth/user/add/")
    office.get_by_label("Benutzername").fill("frieda")
    office.get_by_label("Vorname").fill("Frieda")
    office.get_by_label("Nachname").fill("Fachfrau")
    office.get_by_label("E-Mail-Adresse").fill("frieda@example.org")
    press(office, "Speichern")
    office.get_by_text("Die Einladung an frieda@example.org ist unterwegs.").wait_for()
    check(office, ADMIN_RULES)
    office.goto(f"{ADMIN}/panel/{site['panel'].pk}/change/")
    check(office, ADMIN_RULES)
    office.get_by_label("Jurymitglied", exact=True).first.select_option(label="Fachfrau, Frieda (frieda)")
    press(office, "Speichern und zur Liste")
    press(office, "Einladungen", role="link")
    check(office, ADMIN_RULES)
    press(office, "In den Postausgang legen")
    press(office, "Postausgang („E-Mails“)", role="link")
    office.locator("tr", has_text="frieda@example.org").locator(".action-select").check()
    office.locator("select[name=action]").select_option("send_after_reading")
    with office.expect_navigation():
        office.locator(".actions button").click()
    assert "Guten Tag Frieda Fachfrau," in office.locator(".mail-text").inner_text()
    check(office, ADMIN_RULES)
    press(office, "Jetzt senden")
    office.get_by_text("Eine E-Mail gesendet.").wait_for()


def come_in(juror):
    # The invitation to the jury came after the invitation to the account: that one has the link.
    mail.outbox.reverse()
    juror.goto(link_in_mail())
    check(juror)
    juror.get_by_label("Passwort", exact=True).fill(PASSWORD)
    juror.get_by_label("Passwort noch einmal").fill(PASSWORD)
    press(juror, "Passwort festlegen")
    juror.wait_for_url("**/jury/")
    check(juror)


def declare_and_rate(juror, site):
    press(juror, "Weiter mit den Erklärungen", role="link")
    for entry in site["entries"][:2]:
        juror.locator(f"#frei-{entry.pk}").check()
    third = site["entries"][2].pk
    juror.locator(f"input[name=erklaerung-{third}][value=befangen]").check()
    juror.locator(f"#grund-{third}").fill("Ich sitze im Aufsichtsrat.")
    press(juror, "Erklärungen speichern")
    press(juror, "Befangenheit erklären und alles speichern")
    assert "Chipschmiede" not in juror.locator("main").inner_text()
    first = site["entries"][0]
    juror.goto(f"/jury/beitraege/{first.pk}/")
    check(juror)
    paper = juror.get_by_role("link", name=re.compile("Bewerbung")).first.get_attribute("href")
    assert juror.context.request.get(paper).headers["content-type"] == "application/pdf"
    for entry, step in ((first, 5), (site["entries"][1], 3)):
        juror.goto(f"/jury/beitraege/{entry.pk}/bewertung/")
        juror.get_by_label("Private Notizen").fill("Vertraulich.")
        press(juror, "Als Entwurf speichern")
        for criterion in juror.locator(".criterion").all():
            criterion.get_by_role("radio").nth(step - 1).check()
        press(juror, "Abgeben")
    assert Sheet.objects.submitted().count() == 2
    juror.goto("/jury/")
    assert "2 von 2 bewertet" in juror.locator("main").inner_text()


def decide_the_cluster(office, site):
    office.goto(f"{ADMIN}/round/{site['round'].pk}/uebersicht/")
    check(office, ADMIN_RULES)
    office.get_by_role("link", name=re.compile("^Rangfolge")).click()
    assert "Ambossfabrik" in office.locator(".jury-table tbody tr").first.inner_text()
    check(office, ADMIN_RULES)
    press(office, "Entscheidung eintragen", role="link")
    choose = {"Erster Platz": "Ambossfabrik", "Zweiter Platz": "Bienenwerk"}
    for label, name in choose.items():
        office.get_by_label(label).select_option(label=f"{name}: Erfindung der {name}")
    office.get_by_label("Begründung der Jury").fill("Einstimmig.")
    check(office, ADMIN_RULES)
    press(office, "Entscheidung eintragen")
    office.get_by_text("Die Entscheidung ist eingetragen.").wait_for()


def vote(voter, site):
    declare(site["voter"], *site["entries"][:2])
    voter.goto("/jury/")
    press(voter, "Weiter zur Abstimmung", role="link")
    press(voter, "Weiter")
    assert "Bitte wählen Sie einen Beitrag." in voter.locator(".error-summary").inner_text()
    voter.get_by_role("radio", name=re.compile("Ambossfabrik")).check()
    press(voter, "Weiter")
    press(voter, "Stimme abgeben")
    check(voter)


def decide_the_final(office, site):
    office.goto(f"{ADMIN}/round/{site['final'].pk}/entscheidung/")
    office.get_by_label("Gesamtsieger").select_option(label="Ambossfabrik: Erfindung der Ambossfabrik")
    office.get_by_label("Begründung der Jury").fill("Die meisten Stimmen.")
    press(office, "Entscheidung eintragen")
    assert Award.objects.filter(kind=Award.Kind.OVERALL).count() == 1


def close_and_reveal(office, site):
    office.goto(f"{ADMIN}/edition/{site['edition'].pk}/steuern/")
    check(office, ADMIN_RULES)
    press(office, "Ergebnisse schließen …", role="link")
    press(office, "Ergebnisse schließen")
    assert "Bitte prüfen und ankreuzen." in office.locator("#content-main").inner_text()
    office.get_by_role("checkbox").check()
    press(office, "Ergebnisse schließen")
    press(office, "Preisträger jetzt verkünden …", role="link")
    office.get_by_role("checkbox").check()
    press(office, "Jetzt verkünden")
    office.get_by_text("Die Preisträger sind verkündet").wait_for()
    acts = [LogEntry.Act.REVEALED, LogEntry.Act.CLOSED, LogEntry.Act.DECIDED, LogEntry.Act.DECIDED]
    assert list(LogEntry.objects.values_list("act", flat=True)[:4]) == acts
