import hashlib
import io
import re
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
# Visual Basic and Excel 4 macros; LibreOffice's Basic modules (its list of empty libraries is none) and scripts.
_MACRO = re.compile(
    r"vbaproject\.bin$|^xl/macrosheets/|^basic/[^/]+/(?!script-lb\.xml$|dialog-lb\.xml$).|^scripts/.", re.I
)


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
            f"Die Datei ist mit {file.size / 1_000_000:.0f} MB zu groß. "
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


def is_whole_pdf(data):
    return data[:1024].lstrip().startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def _content_fits(extension, data):
    if extension == "pdf":
        return is_whole_pdf(data)
    if extension == "csv":
        return b"\x00" not in data and not data.lstrip().startswith((b"<", b"%PDF", b"PK"))
    return _archive_fits(extension, data)


def _archive_fits(extension, data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if extension != "zip":
                _refuse_macros(names)
            if extension in _OFFICE_FOLDERS:
                return any(name.startswith(_OFFICE_FOLDERS[extension]) for name in names)
            if extension.startswith("od"):
                return (
                    archive.getinfo("mimetype").file_size < 200
                    and archive.read("mimetype").decode() == KINDS[extension][1]
                )
            return bool(names)
    except ValidationError:
        raise
    except Exception:
        # zipfile and its decompressors raise whatever comes to them, zlib.error and EOFError too.
        return False


def _refuse_macros(names):
    if any(_MACRO.search(name) for name in names):
        raise ValidationError(
            "Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros und laden Sie sie noch einmal hoch."
        )
