import itertools
import re
import unicodedata

from django.utils.text import slugify

_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ł": "l", "đ": "d"}
_GERMAN = str.maketrans(_LETTERS)
# Every dash there is (the no-break hyphen of “E‑Mobilität” too), the minus sign, and what stands in its place.
_BETWEEN_WORDS = re.compile(r"[_/.|·•\u2010-\u2015\u2212]+")
LONGEST_SLUG = 120


def german_slug(text):
    """„Größe & Maß“ → "groesse-mass", at most LONGEST_SLUG characters, cut between words where possible."""
    # Decomposed umlauts (as macOS writes them) must become one letter before they are translated.
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_GERMAN)
    return _shortened(slugify(_BETWEEN_WORDS.sub("-", lowered)), LONGEST_SLUG)


def _shortened(slug, length):
    if len(slug) <= length:
        return slug
    cut = slug[:length]
    return cut.rsplit("-", 1)[0] if "-" in cut else cut


def free_slug(text, taken, *, fallback):
    """`taken(slug)` says whether another row, or an address of the portal itself, has that slug."""
    base = german_slug(text) or fallback
    endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    candidates = (_shortened(base, LONGEST_SLUG - len(ending)) + ending for ending in endings)
    return next(slug for slug in candidates if not taken(slug))


def slug_for(row, text, *, fallback, reserved=frozenset()):
    """A slug no other row of the model has, nor any address of the portal itself."""
    others = type(row)._base_manager.exclude(pk=row.pk)
    return free_slug(text, lambda slug: slug in reserved or others.filter(slug=slug).exists(), fallback=fallback)
