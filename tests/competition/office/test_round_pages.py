"""The office's pages of a round: progress, rankings, sheets to print."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competition.models import Award, Decision, Edition, Finalist, PanelMember, Participation, Round
from competition.progress import progress_of
from tests.competition.factories import make_category, make_entry, make_finalist
from tests.competition.office.factories import (
    cast_votes,
    make_criteria,
    make_crowd,
    make_juror,
    make_panel,
    make_rated_category,
    make_round,
    make_seat,
    rate,
    reopen,
    state,
)

pytestmark = pytest.mark.django_db


def path(round_, name="overview", *args):
    return reverse(f"admin:competition_round_{name}", args=[round_.pk, *args])


def words(response):
    """What stands between the tags, spaces made single."""
    body = response.content.decode().split('id="content-main"')[-1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def row_of(response, name):
    """The cells of the table row that begins with this name."""
    body = response.content.decode()
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
        cells = [
            re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", one)).strip()
            for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        if name in cells:
            return cells
    return None


@pytest.fixture
def rated(db):
    return make_rated_category()


@pytest.fixture
def final(db):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    panel = make_panel(round_)
    seats = [make_seat(panel) for _ in range(4)]
    cast_votes(round_, {finalists[0]: 1, finalists[1]: 2}, [seat.user for seat in seats[:3]])
    return round_, finalists, seats


# --- Progress


def test_the_overview_counts_statements_recusals_and_sheets_juror_by_juror(office_client):
    round_ = make_round()
    make_criteria(round_.edition)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    busy, idle = make_seat(panel), make_seat(panel)
    entries = [make_entry(category) for _ in range(4)]
    for entry in entries[:3]:
        state(busy.user, entry, conflicted=entry == entries[0])
    rate(busy, entries[1], 4)
    rate(busy, entries[2], 4, submitted=False)
    response = office_client.get(path(round_))
    assert row_of(response, str(busy)) == [str(busy), "3 von 4", "1", "1 von 3", "offen"]
    assert row_of(response, str(idle)) == [str(idle), "0 von 4", "0", "0 von 4", "offen"]
    assert "Bögen: 1 von 7 · fertig: 0 von 2" in words(response)


def test_who_has_stated_and_rated_everything_is_done(rated, office):
    round_, _, seats, entries = rated
    for entry in entries:
        state(seats[0].user, entry)
    state(seats[1].user, entries[0], conflicted=True)
    by_seat = {one.seat: one for panel in progress_of(round_, reader=office) for one in panel.seats}
    assert by_seat[seats[0]].is_done
    assert not by_seat[seats[1]].is_done
    assert (by_seat[seats[1]].submitted, by_seat[seats[1]].to_rate, by_seat[seats[1]].to_state) == (2, 2, 2)


def test_who_has_left_is_named_apart_and_expected_to_do_nothing(rated, office_client):
    round_, _, seats, _ = rated
    PanelMember.objects.filter(pk=seats[0].pk).update(removed_at=timezone.now())
    response = office_client.get(path(round_))
    assert row_of(response, str(seats[0])) is None
    assert f"Ausgeschieden: {seats[0]}" in words(response)
    assert "Bögen: 6 von 6" in words(response)


def test_the_overview_says_deadline_state_and_who_sees_means(office_client):
    round_ = make_round(opens=-1, closes=2, aggregates=Round.Aggregates.AFTER_OWN)
    page = words(office_client.get(path(round_)))
    assert timezone.localtime(round_.closes_at).strftime("%d.%m.%Y, %H:%M") in page
    assert "läuft" in page
    assert "nach dem eigenen Bogen" in page


def test_a_cluster_without_decision_is_offered_one_after_the_end_only(rated, office_client, office):
    round_, category, _, (_first, _second, _) = rated
    assert "Entscheidung eintragen" in row_of(office_client.get(path(round_)), str(category))
    reopen(round_)
    assert "nach dem Ende der Runde" in row_of(office_client.get(path(round_)), str(category))


def test_in_the_final_the_overview_shows_who_has_voted_and_before_the_end_no_counts(final, office_client):
    round_, finalists, seats = final
    reopen(round_)
    response = office_client.get(path(round_))
    assert row_of(response, str(seats[0]))[3:] == ["abgegeben", "offen"]
    assert row_of(response, str(seats[3]))[3:] == ["fehlt", "offen"]
    assert "3 Mitglieder haben abgestimmt" in words(response)
    assert "erst nach dem Ende der Runde" in words(response)
    assert [finalist.entry.organisation in words(response) for finalist in finalists] == [False, False]


def test_after_the_end_the_final_shows_the_counts(final, office_client):
    round_, (one, other), _ = final
    response = office_client.get(path(round_))
    assert row_of(response, str(other.entry)) == ["1", str(other.entry), "2"]
    assert row_of(response, str(one.entry)) == ["2", str(one.entry), "1"]
    assert "Entscheidung eintragen" in words(response)


def test_equal_votes_are_called_a_tie(office_client):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category), make_finalist(category)]
    cast_votes(round_, {finalists[0]: 1, finalists[1]: 1}, [])
    assert words(office_client.get(path(round_))).count("Gleichstand") == 2


# --- Ranking


def test_the_ranking_shows_places_means_spread_and_criteria(office_client):
    round_ = make_round()
    make_criteria(round_.edition, Innovationsgrad=2, Marktfähigkeit=1)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    first, second = make_entry(category, town="Halle"), make_entry(category, town="Jena")
    for seat, points in ((make_seat(panel), (5, 4)), (make_seat(panel), (4, 4))):
        rate(seat, first, *points)
        rate(seat, second, 2)
    response = office_client.get(path(round_, "ranking", category.pk))
    assert row_of(response, f"{first} Halle") == [
        "1",
        f"{first} Halle",
        "4,33",
        "2",
        "4,33",
        "4,00",
        "4,67",
        "4,50",
        "4,00",
    ]
    assert row_of(response, f"{second} Jena") == [
        "2",
        f"{second} Jena",
        "2,00",
        "2",
        "2,00",
        "2,00",
        "2,00",
        "2,00",
        "2,00",
    ]
    assert words(response).count("stabil") == 2
    assert "knapp" not in words(response)


def test_a_close_ranking_says_what_would_change_it(office_client):
    round_ = make_round()
    make_criteria(round_.edition)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    one, other = make_seat(panel), make_seat(panel)
    first, second = make_entry(category), make_entry(category)
    for seat, points in ((one, (5, 3)), (other, (2, 3))):
        rate(seat, first, points[0])
        rate(seat, second, points[1])
    page = words(office_client.get(path(round_, "ranking", category.pk)))
    assert "Ohne eines von 2 Mitgliedern wären es in 1 Fall ein anderer Erster" in page
    assert [str(one) in page, str(other) in page] == [False, False]


def test_a_tie_is_flagged(office_client):
    round_, category, seats, (entry,) = make_rated_category(entries=1)
    equal = make_entry(category)
    for seat in seats:
        rate(seat, equal, 5)
    response = office_client.get(path(round_, "ranking", category.pk))
    assert row_of(response, f"{entry} Leipzig Gleichstand")[0] == "1"
    assert row_of(response, f"{equal} Leipzig Gleichstand")[0] == "1"


def test_while_the_round_is_running_the_ranking_is_provisional(rated, office_client):
    round_, category, _, _ = rated
    assert "Vorläufig" not in words(office_client.get(path(round_, "ranking", category.pk)))
    reopen(round_)
    page = words(office_client.get(path(round_, "ranking", category.pk)))
    assert "Vorläufig" in page
    assert "Entscheidung eintragen" not in page


def test_a_cluster_of_another_round_has_no_ranking_here(rated, office_client):
    round_, _, _, _ = rated
    elsewhere = make_category(round_.edition)
    assert office_client.get(path(round_, "ranking", elsewhere.pk)).status_code == 404


# --- Sheets to print


def test_a_blank_sheet_for_every_entry_with_all_steps_and_no_points(rated, office_client):
    round_, category, _, entries = rated
    response = office_client.get(path(round_, "sheets", category.pk))
    body = response.content.decode()
    assert body.count('class="jury-sheet"') == 3
    assert words(response).count("☐ 4 – Stufe 4") == 9
    assert [body.count(entry.organisation) for entry in entries] == [1, 1, 1]


# --- Recused members of the office


def test_nothing_of_an_entry_reaches_a_member_of_the_office_who_is_recused(rated, office, office_client):
    """Planted in every page of the round; the numbers shrink with it."""
    round_, category, _, (hidden, shown, _) = rated
    state(office, hidden, conflicted=True)
    names = ("overview", "reminders", "invitations", "minutes")
    pages = [path(round_, name) for name in names]
    pages += [path(round_, name, category.pk) for name in ("ranking", "sheets")]
    for page in pages:
        response = office_client.get(page)
        assert response.status_code == 200
        assert hidden.organisation not in response.content.decode(), page
    assert shown.organisation in office_client.get(pages[-1]).content.decode()
    overview = office_client.get(path(round_))
    assert row_of(overview, str(category))[2:4] == ["2", "6"]
    assert "Bögen: 6 von 6" in words(overview)


def test_the_ranking_of_the_cluster_shows_them_no_places_and_no_way_to_decide(rated, office, office_client):
    round_, category, _, (hidden, shown, _) = rated
    state(office, hidden, conflicted=True)
    response = office_client.get(path(round_, "ranking", category.pk))
    assert "Ohne Plätze" in words(response)
    assert row_of(response, f"{shown} Leipzig")[1] == "4,00"
    assert "stabil" not in words(response)
    assert "Entscheidung eintragen" not in words(response)


def test_in_the_final_they_see_no_votes(final, office, office_client):
    round_, (one, other), _ = final
    state(office, one.entry, conflicted=True)
    page = words(office_client.get(path(round_)))
    assert "Das Ergebnis sehen Sie nicht" in page
    assert [entry.organisation in page for entry in (one.entry, other.entry)] == [False, False]


# --- Entering decisions


def decision_data(first, second=None, **values):
    data = {
        "first": first.pk,
        "second": second.pk if second else "",
        "reason": "Die beste Idee.",
        "present": "Anna\nBernd",
        "decided_on": timezone.localdate().strftime("%d.%m.%Y"),
        "statement": "<p>Großartig.</p>",
        "statement_by": "",
    }
    return data | values


def test_the_form_proposes_those_present_and_shows_the_ranking(rated, office_client):
    round_, category, seats, entries = rated
    response = office_client.get(path(round_, "decide", category.pk))
    body = response.content.decode()
    assert "\n".join(map(str, seats)) in body
    assert row_of(response, f"{entries[0]} Leipzig")[0] == "1"
    assert "Die Software ordnet, die Jury entscheidet" in words(response)


def test_a_decision_is_entered_on_the_page(rated, office_client):
    round_, category, _, (first, second, _) = rated
    response = office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    assert (response.status_code, response.headers["Location"]) == (302, path(round_))
    assert {one.entry for one in Finalist.objects.all()} == {first, second}
    assert Award.objects.get().statement == "<p>Großartig.</p>"
    overview = office_client.get(path(round_))
    assert f"entschieden am {timezone.localdate():%d.%m.%Y}" in row_of(overview, str(category))
    assert first.organisation not in words(overview).split("Cluster Jury")[-1]


def test_a_departure_from_the_ranking_is_said_at_once(rated, office_client):
    round_, category, _, (first, _, third) = rated
    response = office_client.post(path(round_, "decide", category.pk), decision_data(third, first), follow=True)
    assert "weicht von der Rangfolge ab" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first", "", "zwingend erforderlich"),
        ("first", "999999", "gültige Auswahl"),
        ("first", "drei", "gültige Auswahl"),
        ("second", "", "zweiten Finalisten"),
        ("reason", "", "zwingend erforderlich"),
        ("present", "", "zwingend erforderlich"),
        ("decided_on", "32.13.2026", "gültiges Datum"),
        ("decided_on", "01.01.2099", "in der Zukunft"),
        ("decided_on", "01.01.2001", "vor dem Beginn"),
        ("reason", "\x00", "Nullzeichen"),
    ],
)
def test_a_bad_decision_is_refused_in_words_and_what_was_typed_stays(rated, office_client, field, value, message):
    round_, category, _, (first, second, _) = rated
    data = decision_data(first, second, statement_by="Rita Redner") | {field: value}
    response = office_client.post(path(round_, "decide", category.pk), data)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert "Rita Redner" in response.content.decode()
    assert not Decision.objects.exists()


def test_an_entry_of_another_cluster_cannot_be_sent(rated, office_client):
    round_, category, _, (first, *_) = rated
    stray = make_entry(make_category(round_.edition))
    response = office_client.post(path(round_, "decide", category.pk), decision_data(first, stray))
    assert response.status_code == 200
    assert not Decision.objects.exists()


def test_the_same_entry_twice_is_refused_in_words(rated, office_client):
    round_, category, _, (first, *_) = rated
    response = office_client.post(path(round_, "decide", category.pk), decision_data(first, first))
    assert "derselbe Beitrag" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_running_round_sends_back_with_a_sentence(rated, office_client, method):
    round_, category, _, (first, second, _) = rated
    reopen(round_)
    send = getattr(office_client, method)
    response = send(path(round_, "decide", category.pk), decision_data(first, second), follow=True)
    assert "Die Runde läuft noch" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_decided_cluster_sends_back_with_a_sentence(rated, office_client):
    round_, category, _, (first, second, _) = rated
    for _ in range(2):
        response = office_client.post(path(round_, "decide", category.pk), decision_data(first, second), follow=True)
    assert "Hier stehen schon Ergebnisse" in response.content.decode()
    assert Decision.objects.count() == 1


def test_who_is_recused_is_sent_back_without_seeing_the_form(rated, office, office_client):
    round_, category, _, (first, second, third) = rated
    state(office, third, conflicted=True)
    response = office_client.post(path(round_, "decide", category.pk), decision_data(first, second), follow=True)
    assert "Sie sind bei einem der Beiträge befangen" in response.content.decode()
    assert not Decision.objects.exists()


def test_results_that_appear_meanwhile_are_not_overwritten(rated, office_client, monkeypatch):
    """Checked again under the lock, and said in the form."""
    from competition.admin import decisions

    round_, category, _, (first, second, third) = rated
    Finalist.objects.create(entry=third)
    monkeypatch.setattr(decisions, "has_results", lambda *_: False)
    response = office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    assert response.status_code == 200
    assert "Hier stehen schon Ergebnisse" in response.content.decode()
    assert not Decision.objects.exists()


def test_the_overall_winner_is_entered_on_the_page(final, office_client):
    round_, (_, other), _ = final
    page = path(round_, "decide_final")
    assert 'name="second"' not in office_client.get(page).content.decode()
    assert office_client.post(page, decision_data(other.entry)).status_code == 302
    assert Award.objects.get().kind == "overall"


def test_a_cluster_round_has_no_page_for_the_overall_winner(rated, office_client):
    assert office_client.get(path(rated[0], "decide_final")).status_code == 404


def revoke_path(decision):
    return reverse("admin:competition_decision_revoke", args=[decision.pk])


def test_a_decision_is_listed_and_revoked_with_a_reason(rated, office_client):
    round_, category, _, (first, second, _) = rated
    office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    decision = Decision.objects.get()
    assert first.organisation in office_client.get("/admin/competition/decision/").content.decode()
    page = office_client.get(revoke_path(decision)).content.decode()
    assert "Laudatio geht dabei verloren" in page
    assert "Großartig." in page
    assert office_client.post(revoke_path(decision), {"reason": ""}).status_code == 200
    assert office_client.post(revoke_path(decision), {"reason": "Zählfehler"}).status_code == 302
    assert (Finalist.objects.count(), Award.objects.count()) == (0, 0)
    assert "Zählfehler" in office_client.get("/admin/competition/decision/").content.decode()
    assert "schon aufgehoben" in office_client.post(revoke_path(decision), {"reason": "x"}).content.decode()


def test_a_refused_revocation_says_why(rated, office_client):
    round_, category, _, (first, second, _) = rated
    office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    cast_votes(make_round(round_.edition, kind=Round.Kind.FINAL), {}, [make_juror()])
    response = office_client.post(revoke_path(Decision.objects.get()), {"reason": "Zählfehler"})
    assert response.status_code == 200
    assert "Über die Finalisten ist abgestimmt" in response.content.decode()


def test_decisions_of_a_cluster_in_which_one_is_recused_are_not_to_be_found(rated, office, office_client):
    round_, category, _, (first, second, third) = rated
    office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    decision = Decision.objects.get()
    state(office, third, conflicted=True)
    assert first.organisation not in office_client.get("/admin/competition/decision/").content.decode()
    assert office_client.get(revoke_path(decision)).status_code == 404
    assert office_client.get(f"/admin/competition/decision/{decision.pk}/change/").status_code == 302


def test_the_decision_of_a_final_in_which_one_is_recused_is_not_to_be_found(final, office, office_client):
    round_, (one, other), _ = final
    office_client.post(path(round_, "decide_final"), decision_data(other.entry))
    state(office, one.entry, conflicted=True)
    assert other.entry.organisation not in office_client.get("/admin/competition/decision/").content.decode()
    assert other.entry.organisation not in office_client.get(path(round_, "minutes")).content.decode()


# --- Who may, and bad addresses


def all_paths(round_, category):
    return [
        "/admin/competition/round/",
        "/admin/competition/decision/",
        *(path(round_, name) for name in ("overview", "reminders", "invitations", "minutes")),
        *(path(round_, name, category.pk) for name in ("ranking", "sheets", "decide")),
    ]


def test_editors_open_every_page(rated, office_client):
    paths = all_paths(*rated[:2])
    assert {one: office_client.get(one).status_code for one in paths} == dict.fromkeys(paths, 200)


def test_strangers_are_sent_to_the_log_in(client, rated):
    for one in all_paths(*rated[:2]):
        response = client.get(one)
        assert (response.status_code, response.headers.get("Location")) == (302, f"/admin/login/?next={one}")


def test_staff_without_rights_are_refused(client, rated, staff_without_rights):
    client.force_login(staff_without_rights)
    paths = all_paths(*rated[:2])
    assert {one: client.get(one).status_code for one in paths} == dict.fromkeys(paths, 403)
    missing = path(rated[0]).replace(f"/{rated[0].pk}/", "/987654/")
    assert client.get(missing).status_code == 403


def test_jurors_without_access_to_the_admin_are_sent_to_the_log_in(client, rated):
    client.force_login(rated[2][0].user)
    assert {client.get(one).status_code for one in all_paths(*rated[:2])} == {302}


@pytest.mark.parametrize("number", ["987654", "99999999999999999999999999"])
def test_numbers_of_nothing_are_not_found(rated, office_client, number):
    round_, category, _, _ = rated
    for one in all_paths(round_, category)[2:]:
        assert office_client.get(one.replace(f"/{round_.pk}/", f"/{number}/", 1)).status_code == 404
    for name in ("ranking", "sheets", "decide"):
        assert office_client.get(path(round_, name, number)).status_code == 404


def test_pages_that_only_show_take_no_posts(rated, office_client):
    round_, category, _, _ = rated
    assert office_client.post(path(round_)).status_code == 405
    assert office_client.post(path(round_, "ranking", category.pk)).status_code == 405


# --- Budgets


BUDGET = 24  # of which the admin itself takes five: session, user, permissions


def number_of_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_three_entries_and_for_a_hundred_and_fifty(office_client):
    few, few_categories, _, _ = make_crowd(entries=5, jurors=2)
    names = ("overview", "minutes", "reminders", "invitations", "ranking", "sheets")
    before = {one: number_of_queries(office_client, _page(few, few_categories, one)) for one in names}
    Edition.objects.filter(pk=few.edition_id).update(year=2006, number=2)
    many, many_categories, _, _ = make_crowd(entries=150, jurors=12)
    after = {one: number_of_queries(office_client, _page(many, many_categories, one)) for one in names}
    assert after == before
    assert max(after.values()) <= BUDGET


def _page(round_, categories, name):
    return path(round_, name, *([categories[0].pk] if name in ("ranking", "sheets") else []))


def test_a_final_with_many_jurors_stays_within_the_budget(office_client, django_assert_max_num_queries):
    round_ = make_round(kind=Round.Kind.FINAL)
    panel = make_panel(round_)
    for _ in range(5):
        category = make_category(round_.edition)
        for _ in range(2):
            make_finalist(category)
    cast_votes(round_, {}, [make_seat(panel).user for _ in range(20)])
    assert Participation.objects.count() == 20
    with django_assert_max_num_queries(BUDGET):
        assert office_client.get(path(round_)).status_code == 200


def test_what_is_due_stands_on_the_start_page(rated, office_client):
    round_, category, _, (first, second, _) = rated
    running = make_round(round_.edition, kind=Round.Kind.FINAL, opens=-1, closes=3)
    page = office_client.get("/admin/").content.decode()
    assert "Juryrunden: laufen" in page
    assert str(running) in page
    assert "Juryrunden: beendet und nicht entschieden" in page
    office_client.post(path(round_, "decide", category.pk), decision_data(first, second))
    assert "beendet und nicht entschieden" not in office_client.get("/admin/").content.decode()


def test_a_running_final_cannot_be_decided_whatever_the_page_says(final, office):
    from competition.jury_decisions import decide

    round_, (one, _), _ = final
    reopen(round_)
    with pytest.raises(ValidationError):
        decide(
            round_,
            None,
            first=one.entry,
            second=None,
            by=office,
            reason="x",
            present="y",
            decided_on=timezone.localdate(),
        )
