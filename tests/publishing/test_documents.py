import io
import random
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news.models import ArticleDownload
from publishing.document_files import KINDS, check_document
from publishing.models import Document
from tests.factories import make_article, make_document

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def archive(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as written:
        for name, content in files.items():
            # Dated 1980, so that the same files make the same archive, and the same test names in every process.
            written.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def office(folder, **more):
    return archive({"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<x/>"} | more)


def open_document(extension, **more):
    return archive({"mimetype": KINDS[extension][1], "content.xml": "<x/>"} | more, zipfile.ZIP_STORED)


SOUND = {
    "pdf": PDF,
    "docx": office("word"),
    "xlsx": office("xl"),
    "pptx": office("ppt"),
    "odt": open_document("odt"),
    "ods": open_document("ods"),
    "odp": open_document("odp"),
    "zip": archive({"lies-mich.txt": "Guten Tag"}),
    "csv": "Ort;Fläche\nHalle (Saale);12,5\n".encode("cp1252"),
}


def misfit(extension):
    return f"Der Inhalt der Datei passt nicht zur Endung „.{extension}“, oder die Datei ist beschädigt."


def document(data, name, **values):
    return Document(title="Kurzfassung", file=ContentFile(data, name=name), **values)


def refusal(data, name):
    with pytest.raises(ValidationError) as caught:
        document(data, name).full_clean()
    assert set(caught.value.message_dict) == {"file"}
    [sentence] = caught.value.message_dict["file"]
    return sentence


# --- What is taken and what is refused --------------------------------------------------------------------


def test_every_kind_on_offer_has_a_sample_here():
    assert set(SOUND) == set(KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", KINDS)
def test_each_kind_is_taken_and_shown_with_its_name_and_size(extension):
    taken = document(SOUND[extension], f"Kurzfassung.{extension.upper()}")
    taken.full_clean()
    taken.save()
    stored = Document.objects.get()
    assert (stored.kind_label, stored.content_type) == KINDS[extension]
    assert (stored.extension, stored.byte_size) == (extension, len(SOUND[extension]))
    assert stored.file.open().read() == SOUND[extension]


@pytest.mark.django_db
@pytest.mark.parametrize("extension", KINDS)
def test_content_of_another_kind_is_refused(extension):
    # A ZIP archive may contain anything, so an Office file is one, and a table of text is whatever is text.
    taken_as_well = {"zip": set(KINDS) - {"pdf", "csv"}}.get(extension, set())
    for other in set(KINDS) - {extension} - taken_as_well:
        assert refusal(SOUND[other], f"datei.{extension}") == misfit(extension), other


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [b"MZ\x90\x00\x03", b"<html><script>alert(1)</script>", b"\x7fELF\x02", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18],
    ids=["program", "page", "Linux program", "half an archive", "empty archive"],
)
@pytest.mark.parametrize("extension", sorted(set(KINDS) - {"csv"}))
def test_a_renamed_file_is_refused(extension, data):
    assert refusal(data, f"datei.{extension}") == misfit(extension)


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"<html>", b"  <svg onload=alert(1)>", b"MZ\x90\x00\x03", PDF, SOUND["zip"]], ids=str)
def test_a_table_of_text_is_neither_a_page_nor_a_program(data):
    assert refusal(data, "tabelle.csv") == misfit("csv")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["seite.html", "bild.svg", "programm.exe", "mappe.xlsm", "brief.docm", "brief.doc", "skript.js", "datei", ".pdf"],
)
def test_a_kind_not_on_offer_is_refused_with_the_list_of_those_that_are(name):
    assert refusal(PDF, name) == (
        "Dateien dieser Art können nicht angeboten werden. "
        "Erlaubt sind: pdf, docx, xlsx, pptx, odt, ods, odp, zip, csv."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("extension", KINDS)
def test_an_empty_file_is_refused(extension):
    assert refusal(b"", f"leer.{extension}") == "Die Datei ist leer."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (office("word", **{"word/vbaProject.bin": "x"}), "brief.docx"),
        (office("xl", **{"xl/VBAPROJECT.BIN": "x"}), "mappe.xlsx"),
        (office("xl", **{"xl/macrosheets/sheet1.xml": "x"}), "mappe.xlsx"),
        (office("ppt", **{"ppt/vbaProject.bin": "x"}), "folien.pptx"),
        (open_document("odt", **{"Basic/Standard/Module1.xml": "x"}), "brief.odt"),
        (open_document("ods", **{"Scripts/python/makro.py": "x"}), "mappe.ods"),
    ],
    ids=["Word", "Excel", "Excel 4", "PowerPoint", "Basic", "Python"],
)
def test_macros_are_refused_with_a_way_out(data, name):
    assert refusal(data, name) == (
        "Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros und laden Sie sie noch einmal hoch."
    )


@pytest.mark.django_db
def test_an_empty_macro_library_is_no_macro():
    document(open_document("odt", **{"Basic/Standard/script-lb.xml": "<library/>"}), "brief.odt").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [PDF[:-6], PDF[5:], b"\n\n<script>" + PDF], ids=["cut", "headless", "page first"])
def test_a_pdf_has_a_beginning_and_an_end(data):
    assert refusal(data, "studie.pdf") == misfit("pdf")


@pytest.mark.django_db
def test_a_file_too_large_is_refused_with_its_size(settings):
    settings.DOCUMENT_MAX_BYTES = 2_000_000
    data = PDF[:9] + b"\0" * 2_600_000 + PDF[9:]
    assert refusal(data, "studie.pdf") == "Die Datei ist mit 3 MB zu groß. Erlaubt sind höchstens 2 MB."


@pytest.mark.django_db
def test_an_importer_that_does_not_validate_is_refused_all_the_same():
    with pytest.raises(ValidationError, match="passt nicht zur Endung"):
        make_document(file=ContentFile(b"MZ", name="studie.pdf"))
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_title_is_required_by_the_database_too():
    made = make_document()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=made.pk).update(title="")
    assert Document.objects.get().title == made.title


def taken_or_refused(data, name):
    try:
        return len(check_document(ContentFile(data, name=name))) == 64
    except ValidationError as error:
        return len(error.messages) == 1


FUZZ = hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04"]))
def test_random_bytes_are_taken_or_refused_with_a_sentence(extension, noise, beginning):
    assert taken_or_refused(beginning + noise, f"datei.{extension}")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_taken_or_refused_with_a_sentence(method):
    sound = archive({"mimetype": KINDS["odt"][1], "content.xml": "<x/>" * 30}, method)
    dice = random.Random(method)
    for _ in range(300):
        broken = bytearray(sound)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        assert taken_or_refused(bytes(broken), "brief.odt")


# --- Where it is kept, how long its address lives ---------------------------------------------------------


@pytest.mark.django_db
def test_a_document_lies_outside_the_public_folder():
    path = Path(make_document().file.path).resolve()
    assert path.is_file()
    assert not path.is_relative_to(Path(settings.MEDIA_ROOT).resolve())


@pytest.mark.django_db
def test_addresses_cannot_be_guessed():
    tokens = {make_document().token for _ in range(20)}
    assert len(tokens) == 20
    # 12 characters of 64 are 72 bits.
    assert {len(token) for token in tokens} == {12}


@pytest.mark.django_db
def test_the_download_is_named_after_the_title():
    assert make_document(title="Studie: Größe & Maß").download_name == "studie-groesse-mass.pdf"
    assert make_document(title="研究").download_name == "dokument.pdf"


@pytest.mark.django_db
def test_replacing_the_file_keeps_the_token_and_removes_the_old_file_after_the_commit(
    django_capture_on_commit_callbacks,
):
    made = make_document()
    token, old = made.token, Path(made.file.path)
    with django_capture_on_commit_callbacks() as after_commit:
        made.file = ContentFile(SOUND["docx"], name="neu.docx")
        made.full_clean()
        made.save()
    assert old.exists(), "a rollback would need it"
    for callback in after_commit:
        callback()
    stored = Document.objects.get()
    assert not old.exists()
    assert (stored.token, stored.extension, stored.byte_size) == (token, "docx", len(SOUND["docx"]))
    assert Path(stored.file.path).read_bytes() == SOUND["docx"]


@pytest.mark.django_db
def test_the_same_file_uploaded_again_stays(django_capture_on_commit_callbacks):
    made = make_document()
    with django_capture_on_commit_callbacks(execute=True):
        made.file = ContentFile(Path(made.file.path).read_bytes(), name="studie.pdf")
        made.full_clean()
        made.save()
    assert Path(Document.objects.get().file.path).is_file()
    assert len(list(Path(made.file.path).parent.iterdir())) == 1


@pytest.mark.django_db
def test_an_earlier_version_brings_back_its_title_and_keeps_the_file(django_capture_on_commit_callbacks):
    made = make_document(title="Früher")
    with django_capture_on_commit_callbacks(execute=True):
        made.title, made.file = "Heute", ContentFile(SOUND["docx"], name="neu.docx")
        made.save()
    with django_capture_on_commit_callbacks(execute=True):
        earlier = made.history.earliest().instance
        earlier._state.adding = False
        earlier.full_clean()
        earlier.save()
    stored = Document.objects.get()
    assert (stored.title, stored.extension, stored.byte_size) == ("Früher", "docx", len(SOUND["docx"]))
    assert Path(stored.file.path).read_bytes() == SOUND["docx"]


@pytest.mark.django_db
def test_a_deleted_document_leaves_no_file_once_the_deletion_is_committed(django_capture_on_commit_callbacks):
    made, other = make_document(), make_document()
    path = Path(made.file.path)
    with django_capture_on_commit_callbacks() as after_commit:
        made.delete()
    assert path.exists(), "a rollback would need it"
    for callback in after_commit:
        callback()
    assert not path.exists()
    assert Path(other.file.path).exists()


@pytest.mark.django_db
def test_a_document_on_offer_cannot_be_deleted(django_capture_on_commit_callbacks):
    made = make_document()
    ArticleDownload.objects.create(article=make_article(), document=made)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ProtectedError), transaction.atomic():
        made.delete()
    assert Path(Document.objects.get().file.path).is_file()
