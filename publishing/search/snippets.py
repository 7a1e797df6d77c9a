"""The lines of a text in which a question is answered, with the words marked."""

import itertools

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from publishing.search.words import fold, stem, words

LENGTH, BEFORE = 240, 60
ELLIPSIS = "…"


def marked(text, stems):
    """The text with each word of one of these stems in <mark>, escaped."""
    hits = [match.span() for match in words(text) if stem(fold(match[0])) in stems]
    edges = [0, *(edge for hit in hits for edge in hit), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    wrapped = [
        format_html("<mark>{}</mark>" if number % 2 else "{}", piece) for number, piece in enumerate(pieces) if piece
    ]
    return mark_safe("".join(wrapped))


def snippet(text, stems):
    """Where most of the words stand together; the beginning, where none does."""
    positions = [(match.start(), found) for match in words(text) if (found := stem(fold(match[0]))) in stems]
    start = _cut_before(text, _densest(positions))
    end = _cut_after(text, start + LENGTH)
    before, after = (ELLIPSIS if start else ""), (ELLIPSIS if end < len(text) else "")
    return format_html("{}{}{}", before, marked(text[start:end].strip(), stems), after)


def _densest(positions):
    """Where most different stems follow within one snippet; the earliest such place."""
    best, best_count = 0, 0
    for number, (start, _) in enumerate(positions):
        near = set()
        for position, found in positions[number:]:
            if position - start > LENGTH - BEFORE:
                break
            near.add(found)
        if len(near) > best_count:
            best, best_count = start, len(near)
    return best


def _cut_before(text, position):
    if position <= BEFORE:
        return 0
    return text.find(" ", position - BEFORE, position) + 1 or position


def _cut_after(text, position):
    if position >= len(text):
        return len(text)
    return max(text.rfind(" ", position - BEFORE, position), 0) or position
