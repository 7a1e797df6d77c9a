import hashlib
import io
import zipfile
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError

#: Extension → (name shown to visitors, content type).
KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "odt": ("OpenDocument Text", "application/vnd.oasis.opendocument.text"),
    "ods": ("OpenDocument Tabelle", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("OpenDocument Präsentation", "application/vnd.oasis.opendocument.presentation"),
    "zip": ("ZIP-Archiv", "application/zip"),
    "csv": ("CSV-Tabelle", "text/csv"),
}
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}


def extension_of(name):
    return PurePath(name).suffix.lower().removeprefix(".")


def check_document(file):
    """Returns the file's SHA-256, or raises a ValidationError that says in German what is wrong with the file."""
    extension = extension_of(file.name)
    if extension not in KINDS:
        allowed = ", ".join(KINDS)
        raise ValidationError(f"Dateien dieser Art können nicht angeboten werden. Erlaubt sind: {allowed}.")
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise ValidationError(
            f"Die Datei ist {file.size / 1_000_000:.0f} MB groß. "
            f"Erlaubt sind höchstens {settings.DOCUMENT_MAX_BYTES // 1_000_000} MB."
        )
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not data:
        raise ValidationError("Die Datei ist leer.")
    if not _content_fits(extension, data):
        raise ValidationError(
            f"Der Inhalt der Datei passt nicht zur Endung „.{extension}“, oder die Datei ist beschädigt."
        )
    return hashlib.sha256(data).hexdigest()


def _content_fits(extension, data):
    if extension == "pdf":
        return data[:1024].lstrip().startswith(b"%PDF-") and b"%%EOF" in data[-2048:]
    if extension == "csv":
        return b"\x00" not in data and not data.lstrip().startswith((b"<", b"%PDF", b"PK"))
    return _archive_fits(extension, data)


def _archive_fits(extension, data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if extension in _OFFICE_FOLDERS:
                _refuse_macros(names)
                return any(name.startswith(_OFFICE_FOLDERS[extension]) for name in names)
            if extension.startswith("od"):
                return (
                    archive.getinfo("mimetype").file_size < 200
                    and archive.read("mimetype").decode() == KINDS[extension][1]
                )
            return bool(names)
    except (
        zipfile.BadZipFile,
        KeyError,
        UnicodeDecodeError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ):
        return False


def _refuse_macros(names):
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(
            "Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros und laden Sie sie noch einmal hoch."
        )
