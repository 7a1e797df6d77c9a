"""The list of entries as a file: what it shows, no formula in it, each one on record."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from openpyxl import load_workbook

from competition import results
from competition.models import LogEntry
from publishing.tables import harmless
from tests.competition.factories import (
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/competition/entry/"
CSV, XLSX = f"{LIST}export/csv/", f"{LIST}export/xlsx/"


@pytest.fixture
def edition():
    return make_edition(2026)


@pytest.fixture
def category(edition):
    return make_category(edition, label="Auto")


def texts(response):
    return [str(message) for message in response.context["messages"]]


def csv_rows(response):
    text = response.content.decode("utf-8-sig")
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")]


def xlsx_rows(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    heading, *rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_the_list_is_exported_as_it_is_filtered(editor_client, edition, category):
    prize = make_local_prize(edition)
    entry = make_entry(
        category,
        organisation="Müller & Söhne; GmbH",
        title="Größe „zwei“",
        state="Sachsen",
        summary="Zeile eins\nZeile zwei",
        phase="idea",
        contact_name="Erika Beispiel",
        contact_email="erika@example.org",
        note="Rückruf",
        is_shortlisted=True,
    )
    register(entry, prize)
    make_entry(category, state="Thüringen")
    query = f"?edition__id__exact={edition.pk}&state__exact=Sachsen"
    for path, read in ((CSV, csv_rows), (XLSX, xlsx_rows)):
        response = editor_client.post(f"{path}{query}")
        assert response.status_code == 200
        (row,) = read(response)
        expected = {
            "Cluster": "Auto",
            "Organisation": "Müller & Söhne; GmbH",
            "Innovation": "Größe „zwei“",
            "Land": "Sachsen",
            "in einem Satz": "Zeile eins\nZeile zwei",
            "Phase": "Idee",
            "lokale Preise": "IQ Innovationspreis Leipzig",
            "Shortlist": "ja",
            "Finalist": "",
            "Preise": "",
            "Ansprechpartner": "Erika Beispiel",
            "E-Mail": "erika@example.org",
            "interne Bemerkung": "Rückruf",
        }
        assert {name: row[name] for name in expected} == expected
        assert str(row["Jahr"]) == "2026"
        assert response["Content-Disposition"].startswith('attachment; filename="iq-beitraege-')
        assert "no-store" in response["Cache-Control"]


def test_the_csv_is_what_german_excel_reads(editor_client, category):
    make_entry(category)
    response = editor_client.post(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbfJahr;Cluster;Organisation;")
    assert response.content.count(b"\r\n") == 2


DANGEROUS = [
    "=1+1",
    "+49 341 1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("https://example.org")',
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Firma", "1-2", "a=b", "Müller", "", "'=1", " x"])
def test_harmless_words_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+49 341 1", "=cmd|' /C calc'!A0"])
def test_what_an_applicant_typed_is_no_formula_in_either_file(editor_client, category, text):
    make_entry(category, organisation=text, title=text, contact_phone=text, note=text)
    (row,) = csv_rows(editor_client.post(CSV))
    assert [row[name] for name in ("Organisation", "Innovation", "Telefon", "interne Bemerkung")] == [f"'{text}"] * 4
    book = load_workbook(io.BytesIO(editor_client.post(XLSX).content))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds
    assert f"'{text}" in {cell.value for row in book.active.iter_rows() for cell in row}


def test_odd_characters_and_endless_notes_break_no_file(editor_client, category):
    make_entry(category, note="x" * 40_000, team="<p>\x01</p>", contact_name="Erika\x0b\x1f")
    assert editor_client.post(CSV).status_code == 200
    (row,) = xlsx_rows(editor_client.post(XLSX))
    assert row["Ansprechpartner"] == "Erika"
    assert len(row["interne Bemerkung"]) < 32_767


def test_contacts_leave_only_with_those_who_may_change_entries(client, edition, category):
    make_entry(category, contact_name="Erika Beispiel", contact_email="erika@example.org", note="Vertraulich")
    reader = User.objects.create_user("nina", password="geheim-genug-123", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_entry"))
    client.force_login(reader)
    for path in (CSV, XLSX):
        response = client.post(path)
        read = csv_rows if path == CSV else xlsx_rows
        (row,) = read(response)
        assert not {"Ansprechpartner", "E-Mail", "Telefon", "interne Bemerkung"} & row.keys()
        assert row["Organisation"]
    assert {line.text for line in edition.log.all()} == {
        "1 Beitrag, CSV, ohne Kontaktdaten",
        "1 Beitrag, XLSX, ohne Kontaktdaten",
    }


def test_each_export_is_a_line_in_the_log_of_its_edition_with_the_number_of_rows(editor_client, editor, category):
    make_entry(category), make_entry(category)
    old = make_entry(make_category(make_edition(2024)))
    editor_client.post(CSV)
    lines = {line.edition.year: (line.act, line.text, line.user) for line in LogEntry.objects.all()}
    assert lines == {
        2026: ("exported", "2 Beiträge, CSV, mit Kontaktdaten", editor),
        2024: ("exported", "1 Beitrag, CSV, mit Kontaktdaten", editor),
    }
    assert old.edition.log.count() == 1


def test_an_empty_selection_gives_no_file_and_no_line(editor_client, edition):
    response = editor_client.post(f"{CSV}?edition__id__exact={edition.pk}", follow=True)
    assert texts(response) == ["Die Auswahl ist leer: Es gibt nichts zu exportieren."]
    assert not LogEntry.objects.exists()


def test_the_file_knows_no_more_of_the_results_than_visitors_do(editor_client, editor):
    edition = make_decided_edition(2026)
    winner = edition.awards.get(kind="overall").entry.organisation

    def told():
        rows = csv_rows(editor_client.post(CSV))
        return (
            sum(row["Finalist"] == "ja" for row in rows),
            next(row["Preise"] for row in rows if row["Organisation"] == winner),
        )

    assert told() == (0, "")
    edition.finalists_public_at = edition.publish_from
    edition.save()
    assert told() == (4, "")
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    assert told()[0] == 4
    assert "Gesamtsieg" in told()[1]


def test_the_export_needs_as_many_queries_for_150_entries_as_for_ten(
    editor_client, django_assert_max_num_queries, edition, category
):
    prize = make_local_prize(edition)
    for _ in range(10):
        register(make_entry(category), prize)
    make_finalist(category)
    editor_client.post(CSV)
    with django_assert_max_num_queries(40) as few:
        editor_client.post(CSV)
    for _ in range(140):
        register(make_entry(category), prize)
    with django_assert_max_num_queries(len(few)):
        assert len(csv_rows(editor_client.post(CSV))) == 151


@pytest.mark.parametrize(
    "query", ["angaben=unsinn", "nichts__dergleichen=1", "edition__id__exact=abc", "o=99", "q=%00"]
)
def test_an_export_with_a_made_up_query_is_no_error(editor_client, category, query):
    make_entry(category)
    assert editor_client.post(f"{CSV}?{query}").status_code in (200, 302, 400)


def test_who_may_not_see_entries_exports_none_and_links_do_not_export(client, editor_client, category):
    make_entry(category)
    assert editor_client.get(CSV).status_code == 405
    assert editor_client.post(f"{LIST}export/pdf/").status_code == 404
    client.logout()
    assert client.post(CSV).status_code == 302
    client.force_login(User.objects.create_user("neu", password="geheim-genug-123", is_staff=True))
    assert client.post(CSV).status_code == 403
    assert not LogEntry.objects.exists()
