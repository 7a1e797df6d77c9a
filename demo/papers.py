"""Plain example papers: real PDFs of a few lines of text, written by hand instead of by a library."""

import textwrap
from dataclasses import dataclass

MARK = "Beispiel – erfundener Inhalt"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 62
LINE_HEIGHT, FIRST_LINE, LAST_LINE = 16, PAGE_HEIGHT - 110, 90
# Helvetica's letters are half as wide as high, on the average of a German text: such lines stay within the margins.
LINE_LENGTH, TITLE_LENGTH = 80, 50
REGULAR, BOLD = "F1", "F2"
CATALOG, PAGES, FONT, BOLD_FONT, INFO = 1, 2, 3, 4, 5
FIRST_PAGE = 6


@dataclass(frozen=True)
class Line:
    text: str
    font: str = REGULAR
    size: int = 11


def make_pdf(title, paragraphs):
    """PDF 1.4 with the fonts every reader has; characters outside Windows-1252 become question marks."""
    pages = _pages(_lines(title, paragraphs))
    numbers = range(FIRST_PAGE, FIRST_PAGE + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        f"<< /Type /Catalog /Pages {PAGES} 0 R /Lang (de-DE) >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        b"<< /Title <" + (b"\xfe\xff" + title.encode("utf-16-be")).hex().encode() + b"> >>",
    ]
    for page, (number, lines) in enumerate(zip(numbers, pages, strict=True), start=1):
        content = _content(lines, page, len(pages))
        objects.append(_page(content_number=number + 1))
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _lines(title, paragraphs):
    lines = [Line(text, BOLD, 16) for text in textwrap.wrap(title, TITLE_LENGTH)]
    for paragraph in paragraphs:
        lines.append(Line(""))
        lines += [Line(text) for text in textwrap.wrap(paragraph, LINE_LENGTH)]
    return lines


def _pages(lines):
    lines_a_page = (FIRST_LINE - LAST_LINE) // LINE_HEIGHT
    return [lines[start : start + lines_a_page] for start in range(0, len(lines), lines_a_page)] or [[]]


def _content(lines, page, page_count):
    footer = Line(f"Seite {page} von {page_count}", size=9)
    parts = [_drawn(Line(MARK, BOLD, 9), PAGE_HEIGHT - 60)]
    parts += [_drawn(line, FIRST_LINE - order * LINE_HEIGHT) for order, line in enumerate(lines) if line.text]
    return b"\n".join([*parts, _drawn(footer, 50)])


def _drawn(line, height):
    return f"BT /{line.font} {line.size} Tf {MARGIN} {height} Td (".encode() + _escaped(line.text) + b") Tj ET"


def _escaped(text):
    encoded = text.encode("cp1252", errors="replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _font(name):
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _page(content_number):
    fonts = f"<< /{REGULAR} {FONT} 0 R /{BOLD} {BOLD_FONT} 0 R >>"
    box = f"[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
    return (
        f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox {box} "
        f"/Resources << /Font {fonts} >> /Contents {content_number} 0 R >>"
    ).encode()


def _file(objects):
    """The table at the end says at which byte each object begins."""
    # The second line tells programs that guess: this is no text.
    written, offsets = bytearray(b"%PDF-1.4\n%\xe4\xf6\xfc\xdf\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table_starts_at = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root {CATALOG} 0 R /Info {INFO} 0 R >>"
    written += f"trailer\n{trailer}\nstartxref\n{table_starts_at}\n%%EOF\n".encode()
    return bytes(written)
