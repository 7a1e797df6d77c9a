"""The PDFs of the demo data: readable by every program, in German, and marked as invented on every page."""

import os
import re
import shutil
import subprocess

import pytest
from django.core.files.base import ContentFile

from competition.models.papers import check_paper
from demo.papers import MARK, make_pdf

UMLAUTS = "Größe, Übermaß, Ärger: „so“ – und für 5 €"
#: Where everything is required, its absence is an error.
needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and os.environ.get("REQUIRE_ALL") != "1", reason="pdftotext is not installed"
)


def text_of(pdf, tmp_path):
    path = tmp_path / "unterlage.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_it_is_accepted_as_a_paper():
    check_paper(ContentFile(make_pdf("Titel", ["Text"]), name="unterlage.pdf"))


@pytest.mark.parametrize("paragraphs", [[], ["Kurz."], ["Ein langer Absatz. " * 400]], ids=["none", "one", "many"])
def test_the_table_at_the_end_names_the_byte_each_object_begins_at(paragraphs):
    pdf = make_pdf("Titel", paragraphs)
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF", pdf)[1])
    assert pdf[table : table + 4] == b"xref"
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n \n", pdf[table:])]
    assert len(offsets) == pdf.count(b"endobj") >= 7
    for number, offset in enumerate(offsets, start=1):
        assert pdf[offset:].startswith(f"{number} 0 obj\n".encode())
    for found in re.finditer(rb"/Length (\d+) >>\nstream\n", pdf):
        assert pdf[found.end() + int(found[1]) :].startswith(b"\nendstream")


@needs_pdftotext
def test_umlauts_quotes_and_brackets_come_out_as_they_went_in(tmp_path):
    text = text_of(make_pdf("Prüfung (erfunden)", [UMLAUTS, r"Klammer ( auf, Strich \ quer"]), tmp_path)
    lines = [line.strip() for line in text.replace("\f", "").splitlines() if line.strip()]
    assert lines == [MARK, "Prüfung (erfunden)", UMLAUTS, r"Klammer ( auf, Strich \ quer", "Seite 1 von 1"]


@needs_pdftotext
def test_a_long_text_goes_on_on_further_pages_each_with_mark_and_number(tmp_path):
    words = [f"Wort{number}" for number in range(900)]
    *pages, rest = text_of(make_pdf("Titel", [" ".join(words)]), tmp_path).split("\f")
    assert rest == ""
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert page.strip().startswith(MARK)
        assert page.strip().endswith(f"Seite {number} von 3")
    assert re.findall(r"Wort\d+", " ".join(pages)) == words


def test_what_the_fonts_do_not_know_breaks_nothing():
    assert b"(? ok)" in make_pdf("Titel", ["😀 ok"])
