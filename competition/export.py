"""Entries as a table for a spreadsheet. No cell is a formula, whatever an applicant has typed."""

import csv
import io

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from publishing.text import without_control_characters

KINDS = ("csv", "xlsx")
LONGEST_CELL = 32_767
COLUMN_WIDTH = 24
#: What makes a spreadsheet calculate, also in the wide forms of East Asian keyboards.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

#: (heading, value of an entry)
COLUMNS = (
    ("Jahr", lambda entry: entry.edition.year),
    ("Cluster", lambda entry: entry.category.name),
    ("Organisation", lambda entry: entry.organisation),
    ("weitere Organisationen", lambda entry: entry.further_organisations),
    ("Ort", lambda entry: entry.town),
    ("Land", lambda entry: entry.state),
    ("Innovation", lambda entry: entry.title),
    ("in einem Satz", lambda entry: entry.summary),
    ("Phase", lambda entry: entry.get_phase_display()),
    ("Ansatz", lambda entry: entry.get_novelty_display()),
    ("lokale Preise", lambda entry: ", ".join(one.local_prize.name for one in entry.local_registrations.all())),
    ("Shortlist", lambda entry: "ja" if entry.is_shortlisted else ""),
    # A file leaves the house: it knows no more of the results than visitors do.
    ("Finalist", lambda entry: "ja" if entry.edition.finalists_are_public and hasattr(entry, "finalist") else ""),
    ("Preise", lambda entry: ", ".join(_announced(entry))),
    ("Website", lambda entry: entry.website),
    ("Film", lambda entry: entry.film_url),
    ("Bild", lambda entry: "ja" if entry.image_id else ""),
)
CONTACT_COLUMNS = (
    ("Ansprechpartner", lambda entry: entry.contact_name),
    ("E-Mail", lambda entry: entry.contact_email),
    ("Telefon", lambda entry: entry.contact_phone),
    ("interne Bemerkung", lambda entry: entry.note),
)


def with_all_parts(entries):
    parts = entries.select_related("edition", "category__cluster", "finalist")
    return list(
        parts.prefetch_related("local_registrations__local_prize", "awards__category__cluster", "awards__local_prize")
    )


def response(entries, kind, *, with_contacts):
    table = [*_table(entries, COLUMNS + (CONTACT_COLUMNS if with_contacts else ()))]
    answer = _csv(table) if kind == "csv" else _xlsx(table)
    name = f"iq-beitraege-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def harmless(value):
    if not isinstance(value, str):
        return value
    text = without_control_characters(value)[: LONGEST_CELL - 1]
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def _announced(entry):
    return [award.name for award in entry.awards.all()] if entry.edition.winners_are_public else []


def _table(entries, columns):
    yield [heading for heading, _ in columns]
    for entry in entries:
        yield [harmless(value(entry)) for _, value in columns]


def _csv(table):
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(table)
    # The mark by which German Excel knows UTF-8.
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")


def _xlsx(table):
    book = Workbook()
    sheet = book.active
    sheet.title = "Beiträge"
    for row in table:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = COLUMN_WIDTH
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return HttpResponse(
        file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
