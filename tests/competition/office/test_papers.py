"""Confidential papers: in the form of their entry, never at a public address, and gone with it."""

import io

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competition.models import LogEntry, Paper
from tests.competition.factories import make_category, make_edition, make_entry
from tests.competition.office.factories import PDF, make_paper, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    return make_entry(make_category(make_edition(2026)), organisation="Firma Müller")


@pytest.fixture
def send(office_client, entry, settings):
    settings.ROOT_URLCONF = "tests.competition.office.entry_form_urls"
    address = f"/admin/competition/entry/{entry.pk}/change/"
    return lambda data=None: office_client.post(address, data) if data else office_client.get(address)


def form(entry, *rows, initial=0):
    data = {"organisation": entry.organisation, "_continue": "1"}
    data |= {"papers-TOTAL_FORMS": len(rows), "papers-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"papers-{number}-{name}": value for name, value in ({"entry": entry.pk, "order": 0} | row).items()}
    return data


def pdf(content=PDF, name="plan.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def stored_files():
    return sorted(storages["papers"].listdir("2026")[1]) if storages["papers"].exists("2026") else []


def open_path(paper):
    return reverse("admin:competition_paper_open", args=[paper.token])


@pytest.fixture(autouse=True)
def _empty_folder():
    yield
    for name in stored_files():
        storages["papers"].delete(f"2026/{name}")


def test_a_pdf_is_stored_under_a_name_that_says_nothing(send, entry):
    send(form(entry, {"title": "Geschäftsplan", "file": pdf(name="Müller-geheim.pdf")}))
    paper = Paper.objects.get()
    assert (paper.title, paper.entry) == ("Geschäftsplan", entry)
    assert "ller" not in paper.file.name
    assert paper.file.name.startswith("2026/")


def test_no_public_address_leads_to_a_paper(client, entry):
    paper = make_paper(entry)
    assert storages["papers"].exists(paper.file.name)
    assert client.get(f"/media/{paper.file.name}").status_code == 404
    assert client.get(f"/media/papers/{paper.file.name}").status_code == 404
    assert client.get(f"/dokumente/{paper.token}/").status_code == 404


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (pdf(b"hallo %%EOF"), "kein vollständiges PDF"),
        (pdf(PDF[:20]), "kein vollständiges PDF"),
        (pdf(name="plan.exe"), "Nur PDF-Dateien"),
        (pdf(name="plan.pdf.html"), "Nur PDF-Dateien"),
        (pdf(b"%PDF-" + b"0" * 20_000_001 + b"%%EOF"), "zu groß"),
    ],
)
def test_a_bad_file_is_refused_in_words(send, entry, file, message):
    response = send(form(entry, {"title": "Plan", "file": file}))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Paper.objects.exists()


def test_the_form_links_to_the_noting_address_and_to_no_other(send, entry):
    paper = make_paper(entry)
    page = send().content.decode()
    assert open_path(paper) in page
    assert paper.file.name not in page


def test_a_new_file_replaces_the_old_one_on_the_disk(send, entry, django_capture_on_commit_callbacks):
    paper = make_paper(entry)
    before = paper.file.name
    row = {"id": paper.pk, "title": "Neu", "file": pdf(PDF + b"\n%%EOF")}
    with django_capture_on_commit_callbacks(execute=True):
        send(form(entry, row, initial=1))
    paper.refresh_from_db()
    assert paper.title == "Neu"
    assert stored_files() == [paper.file.name.split("/")[1]] != [before.split("/")[1]]


def test_a_new_title_keeps_the_file(send, entry, django_capture_on_commit_callbacks):
    paper = make_paper(entry)
    with django_capture_on_commit_callbacks(execute=True):
        send(form(entry, {"id": paper.pk, "title": "Neu"}, initial=1))
    assert Paper.objects.get().file.name == paper.file.name
    assert len(stored_files()) == 1


def test_a_deleted_row_takes_its_file_along(send, entry, django_capture_on_commit_callbacks):
    paper = make_paper(entry)
    row = {"id": paper.pk, "title": paper.title, "DELETE": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        send(form(entry, row, initial=1))
    assert (Paper.objects.count(), stored_files()) == (0, [])


def test_a_deleted_entry_takes_its_files_along(entry, django_capture_on_commit_callbacks):
    make_paper(entry)
    with django_capture_on_commit_callbacks(execute=True):
        entry.delete()
    assert stored_files() == []


def test_opening_a_paper_is_noted(office, office_client, entry):
    paper = make_paper(entry)
    response = office_client.get(open_path(paper))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="firma-mueller-geschaeftsplan.pdf"'
    line = LogEntry.objects.get()
    assert (line.act, line.text, line.user) == ("downloaded", f"{entry}: Geschäftsplan", office)


def test_a_member_of_the_office_who_is_recused_finds_no_paper(send, office, office_client, entry):
    paper = make_paper(entry, title="Sehr geheim")
    state(office, entry, conflicted=True)
    assert office_client.get(open_path(paper)).status_code == 404
    assert "Sehr geheim" not in office_client.get("/admin/competition/paper/").content.decode()
    assert "Sehr geheim" not in send().content.decode()
    assert not LogEntry.objects.exists()


def test_a_file_missing_on_the_disk_is_not_found(office_client, entry):
    paper = make_paper(entry)
    storages["papers"].delete(paper.file.name)
    assert office_client.get(open_path(paper)).status_code == 404


def test_strangers_log_in_jurors_and_staff_without_rights_are_refused(client, entry, staff_without_rights):
    paper = make_paper(entry)
    assert client.get(open_path(paper)).status_code == 302
    client.force_login(staff_without_rights)
    assert client.get(open_path(paper)).status_code == 403
    assert not LogEntry.objects.exists()


def test_the_check_reads_the_whole_file_and_leaves_it_at_its_beginning():
    from competition.models.papers import check_paper

    file = io.BytesIO(PDF)
    file.name, file.size = "plan.pdf", len(PDF)
    check_paper(file)
    assert file.tell() == 0
