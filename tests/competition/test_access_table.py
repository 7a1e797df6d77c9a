"""Who gets what answer at which address of the portal, and when: one table, asked line by line.

The columns are the people: a stranger without an account, a juror of another cluster, a juror who is recused of the
finalist asked for, a juror who may judge it, somebody of the editors and somebody of the administrators. “login” is the
way to the log-in, “on” any other redirect. What changes as an edition goes on says so for each of its phases.

Where a session needs a second factor is not asked here: it is switched off in the tests and has tests of its own.
"""

import logging
from dataclasses import dataclass
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import transaction

from tests.competition.access_scene import PHASES, ROLES, all_names, make_scene, name_of, path_of
from tests.module_rows import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@dataclass(frozen=True)
class Access:
    addresses: tuple
    answers: str | dict
    method: str = "get"

    def expected(self, phase):
        """{role: answer}: one answer is everybody's."""
        answers = self.answers if isinstance(self.answers, str) else self._answers_in(phase)
        words = answers.split()
        return dict(zip(ROLES, words * len(ROLES) if len(words) == 1 else words, strict=True))

    def _answers_in(self, phase):
        (answers,) = [answers for phases, answers in self.answers.items() if phase in phases.split()]
        return answers


def under(prefix, names):
    return tuple(f"{prefix}{name}" for name in names.split())


def forms(models, pages):
    """The admin's addresses of these pages for each of these models."""
    return tuple(f"admin:{model}_{page}" for model in models.split() for page in pages.split())


BEFORE_FINALISTS, SINCE_FINALISTS = "call rating meeting", "finalists final winners"
BEFORE_WINNERS, SINCE_WINNERS = "call rating meeting finalists final", "winners"
OUTSIDE_RATING = "call meeting finalists final winners"
OUTSIDE_FINAL = "call rating meeting finalists winners"
OUTSIDE_BOTH = "call meeting finalists winners"

# Of people:                 stranger elsewhere recused assigned editor administrator
EVERYBODY = "200"
NOBODY = "404"
NO_JUROR = "                 login    404       404     404      404    404"
OFFICE = "                   login    login     login   login    200    200"
OFFICE_IS_SENT_ON = "        login    login     login   login    on     on"
OFFICE_BUT_NOT_BY_GET = "    login    login     login   login    405    405"
ADMINISTRATORS = "           login    login     login   login    403    200"
NOT_EVEN_ADMINISTRATORS = "  login    login     login   login    403    403"

AWARD = (
    Access(under("competition:", "index hall-of-fame figures-csv atom edition"), EVERYBODY),
    Access(("home", "sitemap", "sitemap-section", "search", "search-suggestions", "opensearch"), EVERYBODY),
    Access(under("competition:", "finalists entry#finalist"), {BEFORE_FINALISTS: NOBODY, SINCE_FINALISTS: EVERYBODY}),
    Access(
        under("competition:", "winners record entry#local-winner"), {BEFORE_WINNERS: NOBODY, SINCE_WINNERS: EVERYBODY}
    ),
    Access(("competition:entry#without-a-place",), NOBODY),
)

JURY = (
    Access(("jury:start",), "login 200 200 200 200 200"),
    Access(("jury:log-out",), "on"),
    Access(("jury:nothing-here",), NO_JUROR),
    Access(
        under("jury:", "round declare overview reading-folder"),
        {OUTSIDE_RATING: NO_JUROR, "rating": "login 200 200 200 404 404"},
    ),
    Access(
        under("jury:", "round#final declare#final reading-folder#final ballot"),
        {OUTSIDE_FINAL: NO_JUROR, "final": "login 404 200 200 404 404"},
    ),
    Access(under("jury:", "confirm-vote cast-vote"), {OUTSIDE_FINAL: NO_JUROR, "final": "login 404 on on 404 404"}),
    Access(
        under("jury:", "confirm-vote cast-vote"),
        {OUTSIDE_FINAL: NO_JUROR, "final": "login 404 200 200 404 404"},
        method="post",
    ),
    # In the final the jury reads of the finalists once more, but rates nothing.
    Access(
        under("jury:", "entry paper declare-one"),
        {OUTSIDE_BOTH: NO_JUROR, "rating final": "login 404 404 200 404 404"},
    ),
    Access(("jury:rate",), {OUTSIDE_RATING: NO_JUROR, "rating": "login 404 404 200 404 404"}),
    Access(
        under("jury:", "entry#without-a-place rate#without-a-place"),
        {OUTSIDE_RATING: NO_JUROR, "rating": "login 404 200 200 404 404"},
    ),
    # Who sat there and comes too late gets the text back (403), as do strangers, whose session may have ended. What
    # is sent here names no version of the sheet, so that it must not write over another (409).
    Access(
        under("jury:", "rate save-draft"),
        {
            "call": "403 404 404 404 404 404",
            "rating": "403 404 404 409 404 404",
            "meeting finalists final winners": "403 404 404 403 404 404",
        },
        method="post",
    ),
    Access(
        ("jury:declare-one",),
        {
            "call": "403 404 404 404 404 404",
            "rating final": "403 404 404 200 404 404",
            "meeting finalists winners": "403 404 404 403 404 404",
        },
        method="post",
    ),
    # Says nothing of any entry: by GET there is no draft, whosever it is.
    Access(
        ("jury:save-draft",), {"call": NO_JUROR, "rating meeting finalists final winners": "login 405 405 405 404 404"}
    ),
    # For a fortnight after the round, the means of one's own clusters.
    Access(("jury:means",), {"call rating": NO_JUROR, "meeting finalists final winners": "login 200 200 200 404 404"}),
    # Without the software that makes it, the page to print; that one then says who may.
    Access(
        ("jury:reading-folder-pdf",),
        {"call": NO_JUROR, "rating meeting finalists final winners": "login on on on 404 404"},
    ),
)

AWARD_OFFICE = (
    Access(
        under(
            "admin:competition_round_",
            "overview overview#final ranking sheets reminders invitations minutes minutes#final",
        ),
        OFFICE,
    ),
    Access(("admin:competition_edition_steer",), OFFICE),
    Access(under("admin:competition_edition_", "close reveal"), {BEFORE_WINNERS: OFFICE, "winners": OFFICE_IS_SENT_ON}),
    Access(("admin:competition_edition_reopen",), {BEFORE_WINNERS: OFFICE_IS_SENT_ON, "winners": OFFICE}),
    Access(
        ("admin:competition_round_decide",),
        {"call rating": OFFICE_IS_SENT_ON, "meeting finalists final winners": OFFICE},
    ),
    Access(("admin:competition_round_decide#decided", "admin:competition_round_decide_final"), OFFICE_IS_SENT_ON),
    Access(under("admin:competition_round_", "export_csv export_xlsx"), OFFICE_BUT_NOT_BY_GET),
    Access(under("admin:competition_round_", "export_csv export_xlsx"), OFFICE, method="post"),
    Access(("admin:competition_paper_open", "admin:competition_conflictstatement_lift"), OFFICE),
)

# What follows knows of no phase of an edition: it is asked in one of them.
PORTAL = (
    Access(under("news:", "list atom rss archive rubric rubric-atom rubric-rss detail press"), EVERYBODY),
    Access(under("news:", "press-atom press-rss press-kit"), EVERYBODY),
    Access(under("events:", "list calendar month archive event-ics detail"), EVERYBODY),
    Access(under("clusters:", "list network detail"), EVERYBODY),
    Access(under("properties:", "land-list land-compare land-csv land-xlsx land-geojson land-atom"), EVERYBODY),
    Access(under("properties:", "hall-list hall-compare hall-csv hall-xlsx hall-geojson hall-atom"), EVERYBODY),
    Access(under("properties:", "land-detail land-enquiry land-enquiry-sent land-qr"), EVERYBODY),
    Access(under("properties:", "hall-detail hall-enquiry hall-enquiry-sent hall-qr"), EVERYBODY),
    Access(under("properties:", "land-enquiry hall-enquiry"), EVERYBODY, method="post"),
    Access(under("properties:", "land-map hall-map"), EVERYBODY),
    # Without the software that makes them.
    Access(under("properties:", "land-pdf hall-pdf"), NOBODY),
    Access(("properties:confirm",), "410"),
    Access(under("pages:", "project-list project study-list study page"), EVERYBODY),
    Access(under("pages:", "contact message message-sent barrier barrier-sent"), EVERYBODY),
    Access(under("pages:", "message barrier"), EVERYBODY, method="post"),
    Access(under("pages:", "gallery-list gallery gallery-photo partner-list"), EVERYBODY),
    Access(under("pages:", "report-photo photo-reported"), EVERYBODY),
    Access(("pages:report-photo",), EVERYBODY, method="post"),
    Access(under("", "robots favicon manifest security healthz readyz"), EVERYBODY),
    Access(("former-address",), "on"),
    # With keys that nobody has been given.
    Access(under("", "media social-card document preview"), NOBODY),
)

OWN_ACCOUNT = "login 200 200 200 200 200"
CONFIRM_FIRST = "login on on on on on"
ACCOUNT = (
    Access(under("account_", "inactive reset_password reset_password_done reset_password_from_key"), EVERYBODY),
    Access(("account_login",), "200 on on on on on"),
    Access(under("mfa_", "authenticate login_webauthn"), CONFIRM_FIRST),
    Access(("account_logout",), "login 200 200 200 200 200"),
    Access(("access-invitation", "access-invitation-form"), "410"),
    Access(("access-onward", "access-second-factor", "account_set_password"), CONFIRM_FIRST),
    Access(("account_change_password", "account_reauthenticate"), OWN_ACCOUNT),
    Access(under("", "mfa_index mfa_list_webauthn usersessions_list"), OWN_ACCOUNT),
    Access(under("mfa_", "reauthenticate reauthenticate_webauthn activate_totp add_webauthn"), CONFIRM_FIRST),
    Access(under("mfa_", "edit_webauthn remove_webauthn generate_recovery_codes"), CONFIRM_FIRST),
    Access(under("mfa_", "deactivate_totp view_recovery_codes download_recovery_codes"), NO_JUROR),
)

WITH_PREVIEW = (
    "clusters_network news_article events_event competition_edition pages_page pages_project pages_study pages_gallery"
)
READ, FORM = "changelist change history", "add change changelist history"
ADMIN = (
    Access(under("admin:", "index app_list jsi18n guide guide_task"), OFFICE),
    Access(("admin:login",), "login 403 403 403 on on"),
    Access(("admin:logout",), "on on on on on on"),
    Access(under("admin:", "password_change password_change_done view_on_site"), OFFICE_IS_SENT_ON),
    Access(("admin:unnamed <path:object_id>/", "admin:unnamed (?P<url>.*)$"), OFFICE_IS_SENT_ON),
    # Without saying which field it is for.
    Access(("admin:autocomplete",), NOT_EVEN_ADMINISTRATORS),
    Access(forms("auth_group auth_user", f"{FORM} delete"), ADMINISTRATORS),
    Access(("admin:auth_user_password_change",), ADMINISTRATORS),
    Access(forms("publishing_redirect", f"{FORM} delete import export"), OFFICE),
    Access(forms("publishing_outgoingmail", READ), ADMINISTRATORS),
    Access(forms("publishing_outgoingmail", "add delete"), NOT_EVEN_ADMINISTRATORS),
    # Written by the portal itself.
    Access(forms("publishing_linkuse publishing_importrun", READ), OFFICE),
    Access(forms("publishing_linkuse publishing_importrun", "add delete"), NOT_EVEN_ADMINISTRATORS),
    Access(
        forms(
            "publishing_contact publishing_document publishing_image publishing_testimonial clusters_network "
            "news_article events_event events_organiser events_venue competition_edition competition_entry "
            "pages_page pages_project pages_study pages_gallery",
            f"{FORM} delete simple_history",
        ),
        OFFICE,
    ),
    Access(
        forms(
            "news_rubric events_category events_series competition_criterion competition_panel competition_sponsor "
            "pages_menuentry pages_partner",
            f"{FORM} delete",
        ),
        OFFICE,
    ),
    Access(("admin:emmd_homepage_changelist",), OFFICE_IS_SENT_ON),
    Access(forms("emmd_homepage", "change history"), OFFICE),
    Access(forms("emmd_homepage", "add delete"), NOT_EVEN_ADMINISTRATORS),
    Access(under("admin:publishing_image_", "upload_many thumbnail hidden"), OFFICE),
    Access(forms("pages_project pages_study pages_gallery", "connectable"), OFFICE),
    Access(("admin:pages_gallery_add_photos",), OFFICE),
    Access(forms("pages_photoreport", f"{READ} delete"), OFFICE),
    Access(forms("pages_photoreport", "add"), NOT_EVEN_ADMINISTRATORS),
    Access(under("admin:events_event_", "neighbours add_dates"), OFFICE),
    Access(forms(WITH_PREVIEW, "preview"), OFFICE),
    Access(forms(WITH_PREVIEW, "copy share"), OFFICE_BUT_NOT_BY_GET),
    Access(
        forms(WITH_PREVIEW, "copy share"),
        OFFICE_IS_SENT_ON,
        method="post",
    ),
    Access(("admin:competition_edition_next", "admin:competition_entry_export"), OFFICE_BUT_NOT_BY_GET),
    Access(("admin:competition_edition_next",), OFFICE_IS_SENT_ON, method="post"),
    Access(("admin:competition_entry_export",), OFFICE, method="post"),
    # Who of the districts opens what of this: tests/properties/test_admin_roles.py.
    Access(forms("properties_land properties_hall", f"{FORM} delete simple_history preview"), OFFICE),
    Access(forms("properties_land properties_hall", "copy share confirm ask"), OFFICE_BUT_NOT_BY_GET),
    Access(forms("properties_land properties_hall", "copy share confirm ask"), OFFICE_IS_SENT_ON, method="post"),
    Access(forms("properties_land properties_hall", "give_back"), OFFICE_IS_SENT_ON),
    Access(forms("properties_provider", f"{FORM} delete simple_history"), OFFICE),
    Access(forms("properties_place", f"{FORM} delete"), OFFICE),
    Access(forms("properties_district", READ), OFFICE),
    Access(forms("properties_enquiry properties_changereport", f"{READ} delete"), OFFICE),
    Access(forms("properties_enquiry properties_changereport", "add"), NOT_EVEN_ADMINISTRATORS),
    Access(forms("properties_district", "add delete"), NOT_EVEN_ADMINISTRATORS),
    # A cluster has a history that others refer to; there is one press office and one office.
    Access(forms("clusters_cluster", f"{FORM} simple_history"), OFFICE),
    Access(
        ("admin:clusters_cluster_delete", "admin:news_pressoffice_add", "admin:pages_office_add"),
        NOT_EVEN_ADMINISTRATORS,
    ),
    Access(forms("news_pressoffice pages_office", f"{READ} delete simple_history"), OFFICE),
    Access(forms("pages_contactmessage pages_barrierreport", f"{READ} delete"), OFFICE),
    Access(forms("pages_contactmessage pages_barrierreport", "add"), NOT_EVEN_ADMINISTRATORS),
    # Results are entered in the edition or by a decision; what was said, decided and recorded stays as it is.
    Access(forms("competition_award", f"{READ} simple_history"), OFFICE),
    Access(forms("competition_decision competition_logentry competition_paper competition_resultrecord", READ), OFFICE),
    Access(
        forms(
            "competition_award competition_decision competition_logentry competition_paper competition_resultrecord",
            "add delete",
        ),
        NOT_EVEN_ADMINISTRATORS,
    ),
    Access(("admin:competition_decision_revoke", "admin:competition_resultrecord_file"), OFFICE),
    Access(forms("competition_conflictstatement", FORM), OFFICE),
    Access(("admin:competition_conflictstatement_delete",), NOT_EVEN_ADMINISTRATORS),
    Access(forms("competition_round", FORM), OFFICE),
    # Something was decided in it.
    Access(("admin:competition_round_delete",), OFFICE_IS_SENT_ON),
)

LOGIN_PATHS = {"/konto/anmelden/", "/admin/login/"}
IN_EVERY_PHASE = (*AWARD, *JURY, *AWARD_OFFICE)
IN_ANY_PHASE = (*PORTAL, *ACCOUNT, *ADMIN)
TABLE = (*IN_EVERY_PHASE, *IN_ANY_PHASE)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    # Hundreds of answers are refusals: a log of each with its way through the code would cost more than asking.
    logging.disable(logging.ERROR)
    # With or without the software that makes PDFs, the table is the same.
    without_pdf = patch("publishing.pdf.is_possible", return_value=False)
    with kept_for_the_module(django_db_blocker), without_pdf:
        yield make_scene()
    logging.disable(logging.NOTSET)


@pytest.fixture(params=PHASES)
def phase(request, scene):
    with transaction.atomic():
        scene.move_to(request.param)
        forget_pages()
        yield request.param
        transaction.set_rollback(True)


def forget_pages():
    caches["pages"].clear(), caches["figures"].clear()


def ask(scene, role, address, method):
    """What a form changes is taken back at once."""
    path = path_of(scene, address)
    client = scene.clients[role]
    if method == "get":
        return client.get(path)
    with transaction.atomic():
        response = client.post(path)
        transaction.set_rollback(True)
    return response


def answer_of(response):
    if response.streaming:
        b"".join(response.streaming_content)
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "login" if urlsplit(response["Location"]).path in LOGIN_PATHS else "on"


def wrong_answers(scene, rows, phase):
    """{(method, address, role): (what was expected, what came)}"""
    return {
        (row.method, address, role): (expected, answer)
        for row in rows
        for address in row.addresses
        for role, expected in row.expected(phase).items()
        if (answer := answer_of(ask(scene, role, address, row.method))) != expected
    }


def test_every_address_of_the_portal_stands_in_the_table():
    assert {name_of(address) for row in TABLE for address in row.addresses} == all_names()


def test_no_address_stands_in_the_table_twice():
    asked = [(row.method, address) for row in TABLE for address in row.addresses]
    assert len(asked) == len(set(asked))


def test_everybody_gets_the_answer_of_the_table_in_every_phase_of_an_edition(scene, phase):
    assert wrong_answers(scene, IN_EVERY_PHASE, phase) == {}


def test_everybody_gets_the_answer_of_the_table_where_no_phase_matters(scene):
    assert wrong_answers(scene, IN_ANY_PHASE, PHASES[0]) == {}


@pytest.mark.parametrize("phase", ["final"], indirect=True)
def test_public_pages_of_the_award_are_the_same_for_everybody(scene, phase):
    for row in AWARD:
        for address in row.addresses:
            assert len({page_without_cache(scene, role, address) for role in ROLES}) == 1, address


def page_without_cache(scene, role, address):
    forget_pages()
    response = scene.clients[role].get(path_of(scene, address))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    return response.content


def test_nobody_but_the_office_can_send_a_form_to_the_admin(scene):
    addresses = [address for row in TABLE for address in row.addresses if address.startswith("admin:")]
    got_in = {
        (address, role, answer)
        for address in set(addresses) - {"admin:login", "admin:logout"}
        for role in ("stranger", "assigned")
        if (answer := answer_of(ask(scene, role, address, "post"))) != "login"
    }
    assert got_in == set()
