"""Recusals: set and lifted by the office, and what a recused member of the office gets to see."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from competition.models import ConflictStatement, LogEntry
from competition.recusals import lift, recuse
from tests.competition.factories import make_category, make_edition, make_entry
from tests.competition.office.factories import make_juror, make_rated_category, make_round, state

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/competition/conflictstatement/", "/admin/competition/conflictstatement/add/"


@pytest.fixture
def rated(db):
    return make_rated_category()


def lift_path(statement):
    return reverse("admin:competition_conflictstatement_lift", args=[statement.pk])


def test_the_office_recuses_a_juror_who_had_seen_no_conflict(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    state(seat.user, entry, conflicted=False)
    recuse(seat.user, entry, reason="Aufsichtsrat", by=office)
    statement = ConflictStatement.objects.get()
    assert (statement.is_conflicted, statement.is_by_office, statement.reason) == (True, True, "Aufsichtsrat")


def test_the_log_names_juror_and_entry_and_not_the_reason(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    recuse(seat.user, entry, reason="Aufsichtsrat", by=office)
    line = LogEntry.objects.get(act=LogEntry.Act.RECUSED)
    assert line.text == f"{seat}, {entry} (durch die Geschäftsstelle)"
    assert line.user == office


def test_a_recusal_needs_a_reason_and_happens_once(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    with pytest.raises(ValidationError, match="Grund"):
        recuse(seat.user, entry, reason="  ", by=office)
    recuse(seat.user, entry, reason="Aufsichtsrat", by=office)
    with pytest.raises(ValidationError, match="schon befangen"):
        recuse(seat.user, entry, reason="Aufsichtsrat", by=office)


def test_lifting_asks_the_juror_again(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    statement = state(seat.user, entry, conflicted=True)
    lift(statement, reason="Namensgleichheit", by=office)
    assert not ConflictStatement.objects.exists()
    line = LogEntry.objects.get(act=LogEntry.Act.RECUSAL_LIFTED)
    assert line.text == f"{seat}, {entry}: Namensgleichheit"


def test_lifting_needs_a_reason(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    statement = state(seat.user, entry, conflicted=True)
    with pytest.raises(ValidationError, match="Grund"):
        lift(statement, reason=" ", by=office)
    assert ConflictStatement.objects.recused().exists()


def test_nobody_lifts_their_own_recusal(rated, office):
    _, _, _, (entry, *_) = rated
    statement = state(office, entry, conflicted=True)
    with pytest.raises(ValidationError, match="jemand anderes"):
        lift(statement, reason="Doch nicht", by=office)


def test_a_lifted_recusal_is_logged_once(rated, office):
    _, _, (seat, *_), (entry, *_) = rated
    statement = state(seat.user, entry, conflicted=True)
    pk = statement.pk
    lift(statement, reason="Irrtum", by=office)
    statement.pk = pk
    lift(statement, reason="Irrtum", by=office)
    assert LogEntry.objects.filter(act=LogEntry.Act.RECUSAL_LIFTED).count() == 1


# --- Pages


def test_the_list_shows_who_has_stated_what(office_client, rated):
    _, _, seats, (entry, other, _) = rated
    state(seats[0].user, entry, conflicted=True, reason="Onkel des Gründers")
    state(seats[1].user, other, conflicted=False)
    page = office_client.get(LIST).content.decode()
    assert "Onkel des Gründers" in page
    assert page.count("kein Interessenkonflikt") == 1
    assert page.count(">befangen<") == 1


def test_the_office_recuses_on_a_page(office_client, rated):
    _, _, (seat, *_), (entry, *_) = rated
    page = office_client.get(ADD)
    assert entry.organisation in page.content.decode()
    data = {"user": seat.user.pk, "entry": entry.pk, "reason": "Aufsichtsrat"}
    response = office_client.post(ADD, data)
    assert (response.status_code, response.headers["Location"]) == (302, LIST)
    assert ConflictStatement.objects.recused().get().is_by_office


@pytest.mark.parametrize(
    "data", [{}, {"user": "x", "entry": "y"}, {"user": "9" * 30, "entry": "9" * 30, "reason": "\x00"}]
)
def test_a_bad_recusal_is_refused_in_words(office_client, rated, data):
    response = office_client.post(ADD, data)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not ConflictStatement.objects.exists()


def test_the_office_lifts_on_a_page(office_client, rated):
    _, _, (seat, *_), (entry, *_) = rated
    statement = state(seat.user, entry, conflicted=True, reason="Onkel des Gründers")
    path = lift_path(statement)
    assert "Onkel des Gründers" in office_client.get(path).content.decode()
    assert office_client.post(path, {"reason": ""}).status_code == 200
    assert ConflictStatement.objects.exists()
    assert office_client.post(path, {"reason": "Irrtum"}).status_code == 302
    assert not ConflictStatement.objects.exists()


def test_a_recused_member_of_the_office_finds_nothing_of_the_entry(office, office_client, rated):
    _, _, seats, (hidden, shown, _) = rated
    own = state(office, hidden, conflicted=True)
    other = state(seats[0].user, hidden, conflicted=True)
    state(seats[1].user, shown, conflicted=True)
    listed, form = (office_client.get(path).content.decode() for path in (LIST, ADD))
    assert (shown.organisation in listed, hidden.organisation in listed) == (True, False)
    assert (shown.organisation in form, hidden.organisation in form) == (True, False)
    assert [office_client.get(lift_path(one)).status_code for one in (own, other)] == [404, 404]
    data = {"user": seats[2].user.pk, "entry": hidden.pk, "reason": "Aufsichtsrat"}
    assert office_client.post(ADD, data).status_code == 200
    assert not ConflictStatement.objects.filter(user=seats[2].user).exists()


def test_only_entries_of_editions_with_a_jury_are_offered(office_client, rated):
    elsewhere = make_entry(make_category(make_edition(2020)), organisation="Vergangen GmbH")
    assert elsewhere.organisation not in office_client.get(ADD).content.decode()


def test_statements_are_neither_changed_nor_deleted_in_the_admin(office_client, rated):
    _, _, (seat, *_), (entry, *_) = rated
    statement = state(seat.user, entry, conflicted=True)
    change = f"/admin/competition/conflictstatement/{statement.pk}/change/"
    delete = f"/admin/competition/conflictstatement/{statement.pk}/delete/"
    assert [office_client.post(path, {"post": "yes"}).status_code for path in (change, delete)] == [403, 403]
    assert ConflictStatement.objects.recused().exists()


def test_strangers_log_in_and_staff_without_rights_are_refused(client, rated, staff_without_rights):
    _, _, (seat, *_), (entry, *_) = rated
    paths = [LIST, ADD, lift_path(state(seat.user, entry, conflicted=True))]
    assert {client.get(path).status_code for path in paths} == {302}
    client.force_login(staff_without_rights)
    assert {client.get(path).status_code for path in paths} == {403}


def test_the_list_needs_the_same_number_of_queries_for_many(office_client, django_assert_max_num_queries):
    round_ = make_round()
    category = make_category(round_.edition)
    entries = [make_entry(category) for _ in range(5)]
    jurors = [make_juror() for _ in range(12)]
    for juror in jurors:
        for entry in entries:
            state(juror, entry, conflicted=True)
    with django_assert_max_num_queries(12):
        office_client.get(LIST)
