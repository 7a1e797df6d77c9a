"""Reading an entry, its confidential papers and the folder of them all."""

import contextlib
import re
import zlib

import pytest
from django.conf import settings
from django.core.files.storage import storages

from competition.models import LogEntry
from publishing import pdf
from tests.competition.jury.factories import (
    PDF,
    declare,
    make_cluster_round,
    make_final,
    make_full_entry,
    make_juror,
    make_paper,
    remove_seats_of,
)
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_cluster_round(entries=1, full=True)


@pytest.fixture
def juror_client(client, site):
    client.force_login(site.juror)
    return client


def paper_address(entry):
    return f"/jury/unterlagen/{entry.papers.first().token}/"


def whole(response):
    return b"".join(response.streaming_content)


def unpacked(pdf):
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(stream)


def downloads():
    return LogEntry.objects.filter(act=LogEntry.Act.DOWNLOADED)


def test_an_entry_shows_all_it_has(site, juror_client):
    page = fetch(juror_client, f"/jury/beitraege/{site.entry.pk}/")
    assert page.one("h1").text == site.entry.title
    for text in (site.entry.summary, "Was sie kann.", "Wer sie gemacht hat.", "Hochschule am Fluss", "am Markt"):
        assert text in page.html
    assert len(page.all("img")) == 2
    assert len(page.all("section", css="papers")) == 1
    assert paper_address(site.entry) in page.links()
    assert f"/jury/beitraege/{site.entry.pk}/bewertung/" in page.links()


def test_internal_words_about_an_entry_are_not_for_jurors(site, juror_client):
    site.entry.note, site.entry.sources, site.entry.contact_phone = "Intern!", "https://quelle.example", "0341 1"
    site.entry.save()
    html = fetch(juror_client, f"/jury/beitraege/{site.entry.pk}/").html
    assert [word for word in ("Intern!", "quelle.example", "0341 1") if word in html] == []


def test_a_finalist_is_read_but_not_rated(client):
    site = make_final()
    client.force_login(site.juror)
    page = fetch(client, f"/jury/beitraege/{site.entries[0].pk}/")
    assert [link for link in page.links() if "bewertung" in link] == []
    assert client.get(f"/jury/beitraege/{site.entries[0].pk}/bewertung/").status_code == 404


def test_a_paper_is_handed_out_to_be_kept_by_nobody(site, juror_client):
    response = juror_client.get(paper_address(site.entry))
    assert whole(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="firma-')
    assert response["Content-Disposition"].endswith('-bewerbung.pdf"')
    assert response["Cache-Control"] == "no-store, private"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    saved = juror_client.get(f"{paper_address(site.entry)}?speichern")
    assert saved["Content-Disposition"].startswith("attachment")
    assert whole(saved) == PDF


def test_each_download_is_noted_with_name_and_entry(site, juror_client):
    juror_client.head(paper_address(site.entry))
    assert not downloads().exists()
    for _ in range(2):
        whole(juror_client.get(paper_address(site.entry)))
    assert downloads().count() == 2
    row = downloads().first()
    assert (row.user, row.user_name, row.edition) == (site.juror, "Erika Beispiel", site.edition)
    assert row.text == f"{site.entry}: Bewerbung"


def test_a_name_as_long_as_names_may_be_can_be_noted(site, juror_client):
    site.juror.first_name, site.juror.last_name = "E" * 150, "B" * 150
    site.juror.save()
    whole(juror_client.get(paper_address(site.entry)))
    assert downloads().get().user_name == "E" * 150


def test_a_paper_leaves_for_nobody_else(site, client):
    strangers = [make_juror(), make_juror(), make_juror()]
    _nothing, recused, removed = strangers
    for user in (recused, removed):
        site.panel.members.create(user=user)
        declare(user, site.entry)
    declare(recused, site.entry, conflicted=True)
    remove_seats_of(removed)
    for user in strangers:
        client.force_login(user)
        assert client.get(paper_address(site.entry)).status_code == 404
    client.logout()
    assert client.get(paper_address(site.entry)).status_code == 302
    assert not downloads().exists()


def test_a_paper_has_no_other_address(site, juror_client):
    paper = site.entry.papers.first()
    assert storages["papers"].base_url is None or "papers" not in storages["papers"].base_url
    assert paper.file.path.startswith(str(settings.VAR_DIR / "papers"))
    for address in (
        f"/media/{paper.file.name}",
        f"/media/papers/{paper.file.name}",
        f"/media/../papers/{paper.file.name}",
    ):
        assert juror_client.get(address).status_code == 404
    assert paper.file.name not in fetch(juror_client, f"/jury/beitraege/{site.entry.pk}/").html


def test_a_lost_file_is_a_page_that_is_not_there_and_no_download(site, juror_client):
    paper = site.entry.papers.first()
    paper.file.storage.delete(paper.file.name)
    assert juror_client.get(paper_address(site.entry)).status_code == 404
    assert not downloads().exists()


def test_the_folder_holds_what_is_open_and_bears_name_and_time(site, juror_client):
    shut = make_full_entry(site.category)
    page = fetch(juror_client, f"/jury/runden/{site.round.pk}/lesemappe/")
    assert (page.texts("h2"), page.texts("h4")) == ([site.entry.title], ["Warum"])
    assert shut.organisation not in page.html
    assert page.one("p", css="folder-mark").text.startswith("Vertraulich · Erika Beispiel · ")
    assert page.one("p", css="folder-mark").text.endswith(" Uhr")
    assert downloads().get().text == "Lesemappe, Clusterrunde: 1 Beiträge"


def test_without_the_pdf_extra_the_page_to_print_does_as_well(site, juror_client, monkeypatch):
    base = f"/jury/runden/{site.round.pk}/lesemappe"
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    assert juror_client.get(f"{base}.pdf")["Location"] == f"{base}/"
    assert f"{base}.pdf" not in fetch(juror_client, f"{base}/").links()


def test_the_folder_comes_as_a_tagged_pdf(site, juror_client):
    pytest.importorskip("weasyprint")
    base = f"/jury/runden/{site.round.pk}/lesemappe"
    assert f"{base}.pdf" in fetch(juror_client, f"{base}/").links()
    response = juror_client.get(f"{base}.pdf")
    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in b"".join(unpacked(response.content))
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/x.css",
        "file:///etc/hostname",
        "https://portal.example/static/../../emmd/settings.py",
        "https://portal.example/media/../papers/x.pdf",
        "https://portal.example/jury/",
        "http://portal.example/static/css/jury.css",
    ],
)
def test_the_pdf_loads_nothing_but_own_pictures_and_styles(address):
    with pytest.raises(Exception, match=r"own files|escape|located|traversal"):
        pdf._own_file(address)


def test_the_pdf_finds_the_portals_own_style():
    content, kind = pdf._own_file("https://portal.example/static/css/jury-dossier.css")
    assert (kind, content.startswith(b"/*")) == ("text/css", True)


def test_papers_come_in_their_order(site, juror_client):
    make_paper(site.entry, "Zuletzt", order=9), make_paper(site.entry, "Zuerst", order=0)
    links = fetch(juror_client, f"/jury/beitraege/{site.entry.pk}/").texts("a")
    titles = [text for text in links if text.endswith("(PDF)")]
    assert titles == ["Bewerbung (PDF)", "Anlage (PDF)", "Zuerst (PDF)", "Zuletzt (PDF)"]
