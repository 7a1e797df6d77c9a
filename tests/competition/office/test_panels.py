"""Juries: their clusters and members, and what holds them together once rating has begun."""

import re

import pytest
from django.core.exceptions import ValidationError

from competition import panels
from competition.models import LogEntry, Panel, PanelCategory, PanelMember, Round, Sheet
from competition.rankings import ranking_of
from tests.competition.factories import make_category, make_edition
from tests.competition.office.factories import make_juror, make_panel, make_rated_category, make_round, make_seat

pytestmark = pytest.mark.django_db


def change(panel):
    return f"/admin/competition/panel/{panel.pk}/change/"


def panel_form(panel, *, seats=(), new_seats=(), categories=(), new_categories=(), **values):
    """What the browser sends. `seats` and `categories` are (row, {field: value})."""
    data = {"name": panel.name, "_continue": "1"}
    groups = (("members", "user", seats, new_seats), ("panel_categories", "category", categories, new_categories))
    for prefix, field, rows, new in groups:
        data |= {f"{prefix}-TOTAL_FORMS": len(rows) + len(new), f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, (row, fields) in enumerate(rows):
            start = f"{prefix}-{number}-"
            own = {"id": row.pk, "panel": panel.pk, field: getattr(row, f"{field}_id")} | fields
            data |= {start + name: value for name, value in own.items()}
        for number, fields in enumerate(new, start=len(rows)):
            data |= {f"{prefix}-{number}-{name}": value for name, value in ({"panel": panel.pk} | fields).items()}
    return data | values


STAYS, LEAVES = {"is_member": "on"}, {}


def log_lines():
    return list(LogEntry.objects.order_by("pk").values_list("act", "text", "user__username"))


# --- Coming and going


def test_a_juror_is_assigned_and_this_is_noted(office_client):
    panel, juror = make_panel(make_round(), name="Jury IT"), make_juror(last_name="Neumann")
    response = office_client.post(change(panel), panel_form(panel, new_seats=[{"user": juror.pk, "is_member": "on"}]))
    assert response.status_code == 302
    assert PanelMember.objects.get().removed_at is None
    assert log_lines() == [("assigned", "Jutta Neumann, Jury IT (Clusterrunde 2026)", "office")]


def test_a_juror_leaves_mid_round_the_sheets_stay_and_count_no_more(office_client):
    round_, category, seats, _ = make_rated_category()
    panel, sheets = seats[0].panel, Sheet.objects.count()
    rows = [(seat, LEAVES if seat == seats[0] else STAYS) for seat in seats]
    categories = [(one, {}) for one in panel.panel_categories.all()]
    assert office_client.post(change(panel), panel_form(panel, seats=rows, categories=categories)).status_code == 302
    seats[0].refresh_from_db()
    assert seats[0].removed_at
    assert Sheet.objects.count() == sheets
    assert ranking_of(round_, category).standings[0].sheets == 2
    assert log_lines() == [("unassigned", f"{seats[0]}, {panel} (Clusterrunde 2026)", "office")]


def test_a_juror_who_left_comes_back_with_all_sheets(office_client, office):
    round_, category, seats, _ = make_rated_category()
    panels.remove(seats[0], by=office)
    panel = seats[0].panel
    rows = [(seat, STAYS) for seat in seats]
    office_client.post(change(panel), panel_form(panel, seats=rows))
    assert ranking_of(round_, category).standings[0].sheets == 3
    assert [act for act, _, _ in log_lines()] == ["unassigned", "assigned"]


def test_saving_without_a_change_notes_nothing(office_client):
    _, _, seats, _ = make_rated_category()
    panel = seats[0].panel
    rows = [(seat, STAYS) for seat in seats]
    assert office_client.post(change(panel), panel_form(panel, seats=rows)).status_code == 302
    assert log_lines() == []


def test_leaving_and_coming_twice_is_noted_once(office):
    seat = make_seat(make_panel(make_round()))
    for _ in range(2):
        panels.remove(seat, by=office)
    for _ in range(2):
        panels.assign(seat, by=office)
    assert [act for act, _, _ in log_lines()] == ["unassigned", "assigned"]


def test_a_seat_passes_to_nobody_else_and_is_not_deleted(office_client):
    _, _, seats, _ = make_rated_category(jurors=1)
    panel, stranger = seats[0].panel, make_juror()
    rows = [(seats[0], STAYS | {"user": stranger.pk, "DELETE": "on"})]
    office_client.post(change(panel), panel_form(panel, seats=rows))
    assert PanelMember.objects.get().user == seats[0].user


def test_nobody_sits_twice_in_a_panel(office_client):
    panel = make_panel(make_round())
    seat = make_seat(panel)
    data = panel_form(panel, seats=[(seat, STAYS)], new_seats=[{"user": seat.user_id, "is_member": "on"}])
    response = office_client.post(change(panel), data)
    assert response.status_code == 200
    assert PanelMember.objects.count() == 1


# --- Clusters of a panel


def test_a_panel_gets_clusters_of_its_edition_only(office_client):
    round_ = make_round()
    panel, own = make_panel(round_), make_category(round_.edition)
    stranger = make_category(make_edition(2020))
    page = office_client.get(change(panel)).content.decode()
    assert [f'<option value="{one.pk}">{one}' in page for one in (own, stranger)] == [True, False]
    refused = office_client.post(change(panel), panel_form(panel, new_categories=[{"category": stranger.pk}]))
    assert refused.status_code == 200
    assert (
        office_client.post(change(panel), panel_form(panel, new_categories=[{"category": own.pk}])).status_code == 302
    )
    assert panel.panel_categories.get().category == own


def test_a_cluster_of_another_panel_is_refused_in_words(office_client):
    round_ = make_round()
    category = make_category(round_.edition)
    make_panel(round_, category)
    panel = make_panel(round_)
    response = office_client.post(change(panel), panel_form(panel, new_categories=[{"category": category.pk}]))
    assert "schon eine Jury" in response.content.decode()


def test_a_rated_cluster_stays_with_its_panel_and_the_page_says_why(office_client):
    _, category, seats, _ = make_rated_category()
    panel = seats[0].panel
    row = panel.panel_categories.get()
    response = office_client.post(change(panel), panel_form(panel, categories=[(row, {"DELETE": "on"})]))
    assert response.status_code == 200
    assert f"Zu „{category}“ gibt es schon Bewertungsbögen" in response.content.decode()
    other = make_category(panel.round.edition)
    response = office_client.post(change(panel), panel_form(panel, categories=[(row, {"category": other.pk})]))
    assert f"Zu „{category}“ gibt es schon Bewertungsbögen" in response.content.decode()
    assert panel.panel_categories.get().category == category


def test_the_model_refuses_it_too():
    _, category, _seats, _ = make_rated_category()
    row = PanelCategory.objects.get()
    with pytest.raises(ValidationError, match="Bewertungsbögen"):
        row.delete()
    row.category = make_category(row.edition)
    with pytest.raises(ValidationError, match="Bewertungsbögen"):
        row.save()
    assert PanelCategory.objects.get().category == category


def test_a_cluster_nobody_has_rated_is_taken_away(office_client):
    round_ = make_round()
    panel = make_panel(round_, make_category(round_.edition))
    row = panel.panel_categories.get()
    assert office_client.post(change(panel), panel_form(panel, categories=[(row, {"DELETE": "on"})])).status_code == 302
    assert not panel.panel_categories.exists()


# --- Panels


def test_a_panel_is_made_from_its_round(office_client):
    round_ = make_round()
    add = f"/admin/competition/panel/add/?round={round_.pk}"
    assert f'<option value="{round_.pk}" selected' in office_client.get(add).content.decode()
    response = office_client.post(add, {"round": round_.pk, "name": "Jury IT"})
    assert response.headers["Location"] == change(Panel.objects.get())
    again = office_client.post(add, {"round": round_.pk, "name": "Jury IT"})
    assert "gibt es in dieser Runde schon" in again.content.decode()


@pytest.mark.parametrize("value", ["x", "987654", "9" * 40, "\x00"])
def test_a_made_up_round_in_the_address_does_no_harm(office_client, value):
    assert office_client.get("/admin/competition/panel/add/", {"round": value}).status_code == 200


def test_the_jury_of_the_final_has_no_clusters(office_client):
    panel = make_panel(make_round(kind=Round.Kind.FINAL))
    page = office_client.get(change(panel)).content.decode()
    assert ["panel_categories-TOTAL_FORMS" in page, "members-TOTAL_FORMS" in page] == [False, True]


def test_saving_leads_back_to_the_round(office_client):
    panel = make_panel(make_round())
    data = panel_form(panel)
    del data["_continue"]
    response = office_client.post(change(panel), data | {"_save": "1"})
    assert response.headers["Location"] == f"/admin/competition/round/{panel.round_id}/uebersicht/"


def test_a_panel_with_sheets_is_not_deleted_and_the_page_says_why(office_client):
    _, _, seats, _ = make_rated_category()
    panel = seats[0].panel
    for method in (office_client.get, office_client.post):
        response = method(f"/admin/competition/panel/{panel.pk}/delete/", {"post": "yes"}, follow=True)
        assert "Sie bleibt bestehen" in response.content.decode()
    assert Panel.objects.exists()


def test_a_panel_without_sheets_is_deleted_and_its_members_are_noted_as_gone(office_client):
    panel = make_panel(make_round())
    seat = make_seat(panel)
    office_client.post(f"/admin/competition/panel/{panel.pk}/delete/", {"post": "yes"})
    assert not Panel.objects.exists()
    assert [(act, text.startswith(str(seat))) for act, text, _ in log_lines()] == [("unassigned", True)]


def test_a_juror_with_sheets_cannot_be_deleted_as_a_user_and_it_is_no_error(client, django_user_model):
    _, _, seats, _ = make_rated_category()
    client.force_login(django_user_model.objects.create_superuser("chefin"))
    response = client.post(f"/admin/auth/user/{seats[0].user_id}/delete/", {"post": "yes"})
    assert response.status_code == 200
    assert django_user_model.objects.filter(pk=seats[0].user_id).exists()


def test_the_form_of_a_panel_needs_few_queries_for_many_members(office_client, django_assert_max_num_queries):
    panel = make_panel(make_round())
    for _ in range(20):
        make_seat(panel)
    with django_assert_max_num_queries(20):
        page = office_client.get(change(panel)).content.decode()
    # Twenty seats, three free rows and the row that new ones are made from.
    assert len(re.findall(r'name="members-[\w]+-user"', page)) == 24


def test_permissions(client, staff_without_rights):
    panel = make_panel(make_round())
    assert client.get(change(panel)).status_code == 302
    client.force_login(staff_without_rights)
    assert client.get(change(panel)).status_code == 403
