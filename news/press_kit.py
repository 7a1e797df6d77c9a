"""Everything the press asks for in one file, written while it is sent: no picture is ever held in memory whole."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.utils import timezone

from publishing.models import Image
from publishing.rich_text import plain_text
from publishing.slugs import german_slug

FILE_NAME = "pressemappe.zip"
LOGOS = {"logo/logo.svg": "img/favicon.svg", "logo/logo.png": "img/logo.png"}
PICTURES, CREDITS, BOILERPLATE = "bilder", "bildnachweise.txt", "ueber-die-metropolregion.txt"
LONGEST_NAME = 60
CHUNK = 65_536
#: One file's heads, and what closes the archive: for the size that is told beforehand.
_HEADS, _END = 200, 22
_PARAGRAPH_ENDS = re.compile(r"(?<=</p>)|(?<=</h2>)|(?<=</h3>)|(?<=</li>)")


@dataclass(frozen=True)
class Picture:
    image: Image
    name: str
    size: int | None


def pictures(images):
    """As they are handed out. One whose file was lost is not in the archive, and not among the credits."""
    in_order = sorted(images, key=lambda one: one.pk)
    found = [Picture(one, _name_of(one), one.print_bytes) for one in in_order]
    return [one for one in found if one.size is not None]


def _name_of(image):
    words = german_slug(image.caption or image.alternative_text) or "bild"
    return f"{PICTURES}/{words[:LONGEST_NAME].rstrip('-')}-{image.pk}.jpg"


def texts(office, found):
    """{name in the archive: text}"""
    written = {CREDITS: credits_of(found)} if found else {}
    if office and (boilerplate := boilerplate_of(office)):
        written[BOILERPLATE] = boilerplate
    return written


def credits_of(found):
    blocks = ["Bitte nennen Sie zu jedem Bild den Bildnachweis."]
    for picture in found:
        image = picture.image
        facts = (
            ("Datei", picture.name),
            ("Bildnachweis", image.credit),
            ("Lizenz", image.licence or "für die Berichterstattung über die Metropolregion"),
            ("Bildunterschrift", image.caption),
            ("Zu sehen", image.alternative_text),
        )
        blocks.append("\n".join(f"{label}: {' '.join(text.split())}" for label, text in facts if text))
    return _as_file("\n\n".join(blocks))


def boilerplate_of(office):
    paragraphs = [plain_text(one) for one in _PARAGRAPH_ENDS.split(office.boilerplate)]
    address = "\n".join(office.address_lines)
    return _as_file("\n\n".join(one for one in (*paragraphs, address) if one))


def _as_file(text):
    """As every system's simplest editor shows it: with a mark for UTF-8."""
    return "\ufeff" + text.replace("\n", "\r\n") + "\r\n"


def size_of(office, found):
    """What the download weighs, to the kilobyte."""
    words = sum(len(text.encode()) for text in texts(office, found).values())
    logos = sum(path.stat().st_size for path in logo_files().values())
    count = len(found) + len(LOGOS) + 2
    return sum(one.size for one in found) + words + logos + count * _HEADS + _END


def logo_files():
    return {name: Path(finders.find(source)) for name, source in LOGOS.items()}


def fingerprint(office, found):
    """Changes when anything in the archive does."""
    parts = [(one.name, one.image.sha256) for one in found], sorted(texts(office, found).items())
    logos = [(name, path.stat().st_mtime_ns) for name, path in logo_files().items()]
    return hashlib.blake2b(repr((parts, logos)).encode(errors="replace"), digest_size=12).hexdigest()


class _Outlet(io.RawIOBase):
    """What the archive writes and nobody has fetched yet. Nothing can be corrected afterwards: it is gone."""

    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)

    def fetch(self):
        parts, self.parts = self.parts, []
        return b"".join(parts)


def stream(office, found):
    """The archive in pieces."""
    outlet = _Outlet()
    newest = max((one.image.created_at for one in found), default=None)
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, text in texts(office, found).items():
            archive.writestr(_entry(name, newest), text.encode())
            yield outlet.fetch()
        for name, path in logo_files().items():
            with path.open("rb") as source:
                yield from _copied(archive, _entry(name, newest), source, outlet)
        for picture in found:
            with default_storage.open(f"{picture.image.public_name}-druck.jpg") as source:
                yield from _copied(archive, _entry(picture.name, picture.image.created_at), source, outlet)
    yield outlet.fetch()


def _entry(name, moment):
    """With a moment of its own, not of the download: the same content makes the same bytes."""
    return zipfile.ZipInfo(name, timezone.localtime(moment).timetuple()[:6]) if moment else zipfile.ZipInfo(name)


def _copied(archive, entry, source, outlet):
    with archive.open(entry, "w") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield outlet.fetch()
