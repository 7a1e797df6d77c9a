"""Rows of plain values as files for a spreadsheet. No cell is a formula, whatever somebody has typed."""

import csv
import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from publishing.text import without_control_characters

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
COLUMN_WIDTH = 24
#: What makes a spreadsheet calculate, also in the wide forms of East Asian keyboards.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def harmless(value):
    """A spreadsheet runs what begins like a formula, also after spaces: the apostrophe makes it words."""
    if not isinstance(value, str):
        return value
    text = without_control_characters(value)[: LONGEST_CELL - 1]
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def as_csv(rows):
    """As German Excel opens it: a mark by which it knows UTF-8, semicolons, a comma in decimals."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_in_csv(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows, title):
    """The first row is the heading: it stays in sight and sorts the others."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = COLUMN_WIDTH
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _in_csv(value):
    return str(value).replace(".", ",") if isinstance(value, Decimal) else harmless(value)
