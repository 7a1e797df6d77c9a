"""Many redirects from a table, as the former site's operator or a spreadsheet writes it: old address; new address.

What the file would do is a plan first: people read it, and it is saved as a whole or not at all.
"""

import csv
import hashlib
import io
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve

from publishing.imports import note_import
from publishing.links import is_internal
from publishing.models import Redirect, SearchDocument
from publishing.models.redirect import LONGEST_ADDRESS, path_alone
from publishing.site_version import one_bump_at_the_end
from publishing.tables import as_csv

LARGEST_FILE = 1_000_000
MOST_ROWS = 10_000
HEADING = ("alt", "neu")
GONE = "entfernt"
_MEAN_GONE = {"", GONE, "410", "gone"}
_AT_ONCE = 400
HAS_PAGE = "Unter der alten Adresse steht eine öffentliche Seite."


@dataclass(frozen=True)
class Row:
    line: int
    old_path: str
    new_path: str
    #: Why this row cannot be taken, in German.
    reason: str = ""


@dataclass(frozen=True)
class Change:
    old_path: str
    new_path: str
    former: str | None = None
    remark: str = ""

    @property
    def target(self):
        return self.new_path or GONE

    @property
    def former_target(self):
        return self.former or GONE


@dataclass
class Plan:
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self):
        return [*self.added, *self.changed]

    @property
    def fingerprint(self):
        """What somebody has read and pressed the button for."""
        lines = [f"{one.old_path}\n{one.former}\n{one.new_path}" for one in self.changes]
        return hashlib.blake2b("\n\n".join(lines).encode(errors="surrogatepass"), digest_size=16).hexdigest()


# --- reading


def decoded(data):
    """As Excel, a text editor or another program has saved it; else a German sentence."""
    if len(data) > LARGEST_FILE:
        raise ValidationError("Die Datei ist größer als 1 MB. Bitte teilen Sie sie.")
    if data.startswith(b"PK") or b"\x00" in data:
        raise ValidationError("Das ist keine CSV-Datei. Bitte speichern Sie die Tabelle als „CSV UTF-8“.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError("Die Schriftzeichen der Datei sind nicht lesbar. Bitte speichern Sie sie als „CSV UTF-8“.")


def read(text):
    """[Row, …] with the line each begins on; rows that cannot be used say why."""
    text = text.removeprefix("\ufeff")
    separator = ";" if ";" in text else "\t" if "\t" in text else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, line = [], 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            is_heading = not rows and tuple(cells[:2]) != ("", "") and not any("/" in cell for cell in cells[:2])
            if any(cells) and not is_heading:
                rows.append(_row(line, cells))
            if len(rows) > MOST_ROWS:
                raise ValidationError("Die Datei hat mehr als 10.000 Zeilen. Bitte teilen Sie sie.")
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(f"Die Datei lässt sich ab Zeile {line} nicht als Tabelle lesen.") from error
    if not rows:
        raise ValidationError("Die Datei enthält keine Weiterleitung.")
    return rows


def _row(line, cells):
    def refused(old, new, reason):
        return Row(line, old[:LONGEST_ADDRESS], new[:LONGEST_ADDRESS], reason)

    if len(cells) < 2:
        return refused(cells[0], "", "Es fehlt die zweite Spalte: die neue Adresse oder „entfernt“.")
    if any(cells[2:]):
        return refused(cells[0], "", "Die Zeile hat mehr als zwei Spalten.")
    old, new = cells[:2]
    try:
        old_path = unquote(own_path(old), errors="strict")
        new_path = "" if new.lower() in _MEAN_GONE else own_path(new)
        redirect = Redirect(old_path=old_path, new_path=new_path)
        # Whether it is there already, and circles, are looked at for all rows together.
        redirect.clean_fields()
        redirect.refuse_addresses_without_effect()
    except ValidationError as error:
        return refused(old, new, " ".join(error.messages))
    except ValueError:
        return refused(old, new, "Die Adresse ist nicht lesbar.")
    return Row(line, old_path, new_path)


def own_path(address):
    """The path of a whole address of this portal; an address of another host is refused."""
    if not address.lower().startswith(("http://", "https://")):
        return address
    if not is_internal(address):
        raise ValidationError("Die Adresse liegt nicht in diesem Portal.")
    return address.partition("//")[2].removeprefix(urlsplit(address).netloc) or "/"


# --- planning


def plan_for(rows):
    plan, wanted = Plan(), {}
    stored = dict(Redirect.objects.values_list("old_path", "new_path"))
    pages = addresses_of_pages([row.old_path for row in rows if not row.reason])
    first_lines = {}
    for row in rows:
        if reason := row.reason or _refusal(row, pages, first_lines, wanted):
            plan.refused.append(Row(row.line, row.old_path, row.new_path, reason))
        elif row.old_path not in first_lines:
            first_lines[row.old_path], wanted[row.old_path] = row.line, row.new_path
    for circling in _circling(stored, wanted):
        line, target = first_lines[circling], wanted.pop(circling)
        plan.refused.append(Row(line, circling, target, "Diese Weiterleitung führt im Kreis."))
    plan.refused.sort(key=lambda row: row.line)
    _compare(plan, stored, wanted)
    return plan


def _refusal(row, pages, first_lines, wanted):
    if row.old_path in pages:
        return HAS_PAGE
    if row.old_path in first_lines and wanted[row.old_path] != row.new_path:
        return f"Zeile {first_lines[row.old_path]} leitet dieselbe Adresse anders weiter."
    return ""


def addresses_of_pages(paths):
    """Those at which visitors find something now: fixed pages, and whatever the search knows and may show."""
    found = {path for path in paths if _is_fixed_page(path)}
    for start in range(0, len(paths), _AT_ONCE):
        batch = paths[start : start + _AT_ONCE]
        found |= set(SearchDocument.objects.visible().filter(path__in=batch).values_list("path", flat=True))
    return found


def _is_fixed_page(path):
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return not match.kwargs and not match.args


def _circling(stored, wanted):
    """Old addresses of the file from which a visitor would come back to where he has been."""
    together = stored | wanted
    found = []
    for old_path in wanted:
        seen, here = {old_path}, path_alone(wanted[old_path])
        while here in together and here not in seen:
            seen.add(here)
            here = path_alone(together[here])
        if here in seen:
            found.append(old_path)
    return found


def _compare(plan, stored, wanted):
    together = stored | wanted
    for old_path, new_path in together.items():
        target = _end_of(new_path, together)
        is_longer = target != new_path
        if old_path in stored:
            if stored[old_path] == target:
                plan.unchanged += old_path in wanted
            elif old_path in wanted or path_alone(stored[old_path]) in wanted:
                remark = "führt jetzt gleich ans Ziel" if is_longer else ""
                plan.changed.append(Change(old_path, target, stored[old_path], remark))
        else:
            plan.added.append(Change(old_path, target, remark="führt gleich ans Ziel" if is_longer else ""))


def _end_of(new_path, together):
    """Where a visitor arrives in the end: nobody is sent on twice. What circles in the table stays as it is."""
    seen, here = set(), new_path
    while (path := path_alone(here)) in together:
        if path in seen:
            return new_path
        seen.add(path)
        here = together[path]
    return here


# --- saving


@transaction.atomic
def save(plan, *, source="", by=None):
    with one_bump_at_the_end():
        for change in plan.changes:
            Redirect.objects.update_or_create(old_path=change.old_path, defaults={"new_path": change.new_path})
    note_import(
        Redirect._meta.verbose_name_plural,
        source=source,
        by=by,
        added=len(plan.added),
        changed=len(plan.changed),
        refused=[f"Zeile {row.line}: {row.old_path}: {row.reason}" for row in plan.refused],
    )


def table_of(redirects):
    return as_csv([HEADING, *((one.old_path, one.new_path or GONE) for one in redirects)])
