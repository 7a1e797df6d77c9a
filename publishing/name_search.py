"""Finds names as people type them: in any case, „ae“ for „ä“, „ss“ for „ß“, and alike on both databases.

SQLite ignores case for the letters of ASCII only, PostgreSQL as its locale says: so the pattern names both cases.
"""

import unicodedata

from django.db.models import Q

from publishing.text import without_control_characters

LONGEST, MOST_WORDS = 80, 8

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# The last spelling of each umlaut is that of macOS: a letter and two dots.
_EITHER_WAY = {
    "ae": "(?:[äÄ]|[aA][eE]|[aA]\u0308)",
    "oe": "(?:[öÖ]|[oO][eE]|[oO]\u0308)",
    "ue": "(?:[üÜ]|[uU][eE]|[uU]\u0308)",
    "ss": "(?:[ßẞ]|[sS][sS])",
}


def cleaned(text, *, longest=LONGEST, most_words=MOST_WORDS):
    """What is left of a search as it is shown and asked."""
    words = unicodedata.normalize("NFKC", without_control_characters(text)).split()
    return " ".join(words[:most_words])[:longest].strip()


def named(text, *fields):
    """Rows in which every word of `text` stands somewhere in `fields`."""
    every_word = Q()
    for word in cleaned(text).split():
        pattern = _pattern(word)
        some_field = Q()
        for field in fields:
            some_field |= Q(**{f"{field}__regex": pattern})
        every_word &= some_field
    return every_word


def _pattern(word):
    letters = word.lower().translate(_SPELLED_OUT)
    parts, position = [], 0
    while position < len(letters):
        pair = letters[position : position + 2]
        if pair in _EITHER_WAY:
            parts.append(_EITHER_WAY[pair])
            position += 2
        else:
            parts.append(_letter(letters[position]))
            position += 1
    return "".join(parts)


def _letter(letter):
    """Understood alike by both databases: a class of both cases, or the sign itself, kept from meaning anything."""
    if not letter.isalnum():
        return f"\\{letter}" if letter.isascii() else letter
    cases = {case for case in (letter, letter.upper()) if len(case) == 1}
    return f"[{''.join(sorted(cases))}]" if len(cases) > 1 else letter
