"""Numbers and areas as people type them into an address: „2 ha“, „1,5ha“, „20.000 m²“, „20000“, „4.5“."""

import re
from decimal import Decimal

from properties.words import M2_PER_HECTARE

LONGEST = 24

_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", re.ASCII)
_ISO = re.compile(r"\d+\.\d+", re.ASCII)
_AREA = re.compile(r"(?P<number>[\d.,]+)(?P<unit>ha|hektar|m²|m2|qm)?", re.ASCII | re.IGNORECASE)


def read_number(raw):
    """None where it is no number. A single dot before three digits groups thousands, as Germans write: „1.500“."""
    text = _without_spaces(raw)
    if len(text) > LONGEST:
        return None
    if _GERMAN.fullmatch(text) and not text.startswith("0."):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text) if _ISO.fullmatch(text) else None


def read_area(raw):
    """In m²; without a unit it is m²."""
    found = _AREA.fullmatch(_without_spaces(raw))
    number = read_number(found["number"]) if found else None
    if number is None:
        return None
    unit = (found["unit"] or "").lower()
    return number * M2_PER_HECTARE if unit in ("ha", "hektar") else number


def plain(number):
    """As it stands in an address, one way for each number: „4.5“, „20000“."""
    return f"{number.normalize():f}"


def _without_spaces(raw):
    return "".join(raw.split())
