"""The ratings as a table: complete, without names of jurors, harmless in a spreadsheet, noted."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from competition.models import LogEntry, Round
from competition.ratings_export import rating_rows
from publishing.tables import as_csv, as_xlsx, harmless
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


def address(round_, kind="csv"):
    return reverse(f"admin:competition_round_export_{kind}", args=[round_.pk])


def table(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def sheet_rows(response):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(response.content)).active]


@pytest.fixture
def rated(db):
    round_ = make_round()
    make_criteria(round_.edition, Innovationsgrad=2, Marktfähigkeit=1)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    seats = [make_seat(panel, last_name="Geheimnis"), make_seat(panel, last_name="Verborgen")]
    entries = [make_entry(category, organisation="Alpha"), make_entry(category, organisation="Beta")]
    rate(seats[0], entries[0], 5, 4, notes="ganz privat")
    rate(seats[1], entries[0], 3, 2)
    rate(seats[0], entries[1], 1, 1)
    rate(seats[1], entries[1], 1, 1, submitted=False)
    return round_, category, seats, entries


def test_a_row_for_every_sheet_that_counts(rated, office_client):
    round_, category, _, (alpha, beta) = rated
    response = office_client.post(address(round_))
    head, *rows = table(response)
    assert head == [
        "Cluster",
        "Organisation",
        "Innovation",
        "Jurymitglied",
        "Innovationsgrad (Gewicht 2)",
        "Marktfähigkeit (Gewicht 1)",
    ]
    assert sorted([*row[:3], *row[4:]] for row in rows) == [
        [str(category), "Alpha", alpha.title, "3", "2"],
        [str(category), "Alpha", alpha.title, "5", "4"],
        [str(category), "Beta", beta.title, "1", "1"],
    ]


def test_the_file_opens_in_a_german_spreadsheet(rated, office_client):
    response = office_client.post(address(rated[0]))
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="bewertungen-2026-')
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


def test_neither_names_nor_notes_of_jurors_are_in_it_and_one_juror_is_the_same_throughout(rated, office_client):
    for kind in ("csv", "xlsx"):
        response = office_client.post(address(rated[0], kind))
        rows = table(response) if kind == "csv" else sheet_rows(response)
        words = " ".join(str(cell) for row in rows for cell in row)
        assert [word in words for word in ("Geheimnis", "Verborgen", "privat", "Jutta")] == [False] * 4
        by_points = {(row[1], str(row[4])): row[3] for row in rows[1:]}
        assert by_points["Alpha", "5"] == by_points["Beta", "1"] != by_points["Alpha", "3"]
        assert {row[3] for row in rows[1:]} == {"Mitglied 1", "Mitglied 2"}


def test_the_spreadsheet_has_numbers(rated, office_client):
    response = office_client.post(address(rated[0], "xlsx"))
    assert {type(row[4]) for row in sheet_rows(response)[1:]} == {int}


def test_what_begins_like_a_formula_is_words(office_client):
    round_, category, seats, _ = make_rated_category(jurors=1, entries=0)
    evil = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", " =1"]
    for text in evil:
        rate(seats[0], make_entry(category, organisation="Firma", title=text.strip("\t")), 3)
    for kind in ("csv", "xlsx"):
        response = office_client.post(address(round_, kind))
        rows = table(response) if kind == "csv" else sheet_rows(response)
        titles = [row[2] for row in rows[1:]]
        assert len(titles) == len(evil)
        assert [title for title in titles if not title.startswith("'")] == []
    book = load_workbook(io.BytesIO(response.content))
    assert {cell.data_type for row in book.active for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1"])
def test_every_beginning_of_a_formula_is_known(text):
    assert harmless(text) == f"'{text}"


def test_ordinary_words_stay_as_they_are():
    assert [harmless(one) for one in ("Firma = gut", "", "5-fach")] == ["Firma = gut", "", "5-fach"]


def test_cells_of_every_kind():
    rows = [["Text;mit", 'und "so"', None, 3, Decimal("4.25")]]
    assert as_csv(rows).decode("utf-8-sig") == '"Text;mit";"und ""so""";;3;4,25\r\n'
    cells = load_workbook(io.BytesIO(as_xlsx(rows, "Bewertungen"))).active[1]
    assert [cell.value for cell in cells][2:] == [None, 3, 4.25]


def test_sheets_of_entries_of_which_the_reader_is_recused_are_missing(rated, office, office_client):
    round_, _, _, (alpha, _) = rated
    state(office, alpha, conflicted=True)
    for kind in ("csv", "xlsx"):
        response = office_client.post(address(round_, kind))
        rows = table(response) if kind == "csv" else sheet_rows(response)
        assert [row[1] for row in rows[1:]] == ["Beta"]
    assert LogEntry.objects.filter(text="Clusterrunde 2026: 1 Zeilen").count() == 2


def test_sheets_that_do_not_count_are_missing(rated, office):
    round_, _, seats, (alpha, _) = rated
    state(seats[0].user, alpha, conflicted=True)
    assert [row[1] for row in rating_rows(round_, office)[1:]] == ["Alpha", "Beta"]


def test_the_export_is_noted(rated, office, office_client):
    office_client.post(address(rated[0]))
    line = LogEntry.objects.get()
    assert (line.act, line.text, line.user) == ("exported", "Clusterrunde 2026: 3 Zeilen", office)


# --- The final


@pytest.fixture
def final(db):
    round_ = make_round(kind=Round.Kind.FINAL)
    category = make_category(round_.edition)
    finalists = [make_finalist(category, organisation="Alpha"), make_finalist(category, organisation="Beta")]
    cast_votes(round_, {finalists[0]: 1, finalists[1]: 2}, [make_juror(last_name="Geheimnis") for _ in range(3)])
    return round_, finalists


def test_the_final_is_exported_as_counts(final, office_client):
    round_, (one, other) = final
    assert table(office_client.post(address(round_))) == [
        ["Organisation", "Innovation", "Stimmen", "Platz", "Gleichstand"],
        ["Beta", other.entry.title, "2", "1", "nein"],
        ["Alpha", one.entry.title, "1", "2", "nein"],
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_before_the_end_there_is_no_file_and_no_note(final, office_client, kind):
    round_, _ = final
    reopen(round_)
    response = office_client.post(address(round_, kind), follow=True)
    assert "Stimmen gibt es erst nach dem Ende der Runde" in response.content.decode()
    assert not LogEntry.objects.exists()


def test_who_is_recused_of_a_finalist_gets_no_file(final, office, office_client):
    round_, (one, _) = final
    state(office, one.entry, conflicted=True)
    assert office_client.post(address(round_)).status_code == 302


# --- Who may


def test_only_by_a_pressed_button(rated, office_client):
    assert [office_client.get(address(rated[0], kind)).status_code for kind in ("csv", "xlsx")] == [405, 405]
    assert not LogEntry.objects.exists()


def test_strangers_log_in_and_staff_without_rights_are_refused(client, rated, staff_without_rights):
    assert client.post(address(rated[0])).status_code == 302
    client.force_login(staff_without_rights)
    assert client.post(address(rated[0])).status_code == 403
    assert not LogEntry.objects.exists()


def test_a_large_round_is_exported_with_few_queries(office_client, django_assert_max_num_queries):
    round_, _, _, _ = make_crowd(entries=150, jurors=12)
    with django_assert_max_num_queries(24):
        response = office_client.post(address(round_))
    assert len(table(response)) == 1 + 150 * 12
