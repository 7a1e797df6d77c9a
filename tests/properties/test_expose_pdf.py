"""The exposé as a PDF, made where the software for it is installed."""

import contextlib
import re
import threading
import zlib

import pytest
from django.core.cache import caches

from publishing import pdf
from tests.parsed_page import fetch
from tests.properties.factories import make_full_hall, make_full_land, make_land

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def address_of(listing):
    return f"{listing.get_absolute_url()}expose.pdf"


def unpacked(content):
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(stream)


@pytest.fixture
def written(monkeypatch):
    """What is handed to the program that makes PDFs, without waiting for it."""
    made = []

    def make_pdf(request, template, context, **options):
        made.append((template, context))
        return b"%PDF-1.7 made"

    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "make_pdf", make_pdf)
    return made


@pytest.mark.parametrize("maker", [make_full_land, make_full_hall])
def test_the_expose_comes_as_a_tagged_pdf_that_names_its_sources(client, maker):
    pytest.importorskip("weasyprint")
    listing = maker()
    assert address_of(listing) in fetch(client, listing.get_absolute_url()).links()
    response = client.get(address_of(listing))
    content = b"".join([response.content, *unpacked(response.content)])
    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in content
    assert b"/StructTreeRoot" in content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{listing.slug}.pdf"'
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_page_of_the_pdf_names_the_sources_of_map_and_picture(rf):
    pytest.importorskip("weasyprint")
    from django.template.loader import render_to_string

    from properties.views.expose import parts_of

    land = make_full_land(is_example=True)
    request = rf.get("/")
    html = render_to_string("properties/expose_pdf.html", {"listing": land, **parts_of(land)}, request=request)
    assert "© GeoBasis-DE" in html
    assert "Foto: Erika Beispiel" in html
    assert "Beispiel, erfundener Inhalt" in html


def test_without_the_pdf_extra_there_is_neither_link_nor_file(client, monkeypatch):
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    land = make_land()
    assert address_of(land) not in fetch(client, land.get_absolute_url()).html
    assert client.get(address_of(land)).status_code == 404


def test_it_is_made_once_until_content_changes(client, written):
    land = make_land()
    for _ in range(3):
        assert client.get(address_of(land)).status_code == 200
    assert len(written) == 1
    land.title = "Neuer Titel"
    land.save()
    client.get(address_of(land))
    assert [context["listing"].title for _, context in written][1:] == ["Neuer Titel"]


def test_parameters_of_strangers_make_no_second_one(client, written):
    land = make_land()
    for query in ("", "?x=1", "?x=2", "?utm_source=y"):
        client.get(f"{address_of(land)}{query}")
    assert len(written) == 1


def test_it_lies_in_no_page_cache(client, written):
    client.get(address_of(make_land()))
    assert len(caches["pages"]._cache) == 0


def test_while_one_is_being_made_another_is_asked_for_later(client, written, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.05)
    busy = threading.Lock()
    busy.acquire()
    monkeypatch.setattr(pdf, "_one_at_a_time", busy)
    response = client.get(address_of(make_land()))
    assert (response.status_code, response["Retry-After"], written) == (503, "10", [])
    assert "Gerade ist viel los" in response.content.decode()


def test_one_that_fails_lets_the_next_one_in(client, monkeypatch):
    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "make_pdf", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get(address_of(make_land()))
    assert pdf._one_at_a_time.acquire(blocking=False)
    pdf._one_at_a_time.release()
