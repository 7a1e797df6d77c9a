import itertools
import re
import unicodedata

from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"})
LONGEST_SLUG = 120


def german_slug(text):
    """„Größe & Maß“ → "groesse-mass", at most LONGEST_SLUG characters, cut between words where possible."""
    # Decomposed umlauts (as macOS writes them) must become one letter before they are translated.
    lowered = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    slug = slugify(re.sub(r"[_/.–—]+", "-", lowered))
    if len(slug) <= LONGEST_SLUG:
        return slug
    cut = slug[:LONGEST_SLUG]
    return cut.rsplit("-", 1)[0] if "-" in cut else cut


def free_slug(text, taken, *, fallback):
    """`taken(slug)` says whether another row, or an address of the portal itself, has that slug."""
    base = german_slug(text) or fallback
    candidates = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    return next(slug for slug in candidates if not taken(slug))
