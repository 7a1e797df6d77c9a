"""From text to what is compared: the same for what stands on a page and for what a visitor types.

Folded: lower case, ä = ae = a, ß = ss, no accents. Stemmed: „Häuser“ and „Haus“ are one word (Snowball German).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from publishing.text import without_control_characters

_WORD = re.compile(r"[^\W_]+")
# From the beginning of a word, and never back into it: else each letter of a long text would be tried as a beginning.
_JOINED_BY_HYPHENS = re.compile(r"(?<![^\W_])[^\W_]++(?:[-\u2010\u2011][^\W_]++)+")
_QUOTE = '["„“”»«]'
_PHRASE = re.compile(f'{_QUOTE}([^"„“”»«]*){_QUOTE}')
# Not in “neue”, “Bauer” or “Quelle”, where it is no umlaut.
_SPELLED_OUT = re.compile(r"(?<=[ao])e|(?<![aeq]u)(?<=u)e")
# Letters of our neighbours that are no base letter with an accent.
_NEIGHBOURS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "a", "œ": "o"})
_stemmer = snowballstemmer.stemmer("german")

#: In nearly every text: they say nothing beside other words.
STOP_WORDS = frozenset("""
    aber als am an auch auf aus bei beim bis das dass dem den der des die durch ein eine einem einen einer eines er es
    fur hat ich im in ins ist mit nach nicht noch oder sich sie sind so uber um und uns unter vom von vor war was wer
    wie wir wird wo zu zum zur
""".split())  # fmt: skip  # noqa: SIM905
#: Beginnings that make another word, no compound: “Anlage” is no “Lage”, “angemessen” nothing of a “Messe”.
_NO_HEADS = frozenset("abge ange aufge ausge auf aus bei ein ent mit nach ver vor zer zuge".split())  # noqa: SIM905
SHORTEST_BEGINNING, SHORTEST_PART, LONG_PART, SHORTEST_HEAD = 3, 4, 6, 3


def normalised(text):
    """As text is kept: one spelling for each letter (macOS writes two for ä), no soft hyphens."""
    return unicodedata.normalize("NFKC", without_control_characters(text)).replace("\u00ad", "")


@lru_cache(maxsize=100_000)
def fold(word):
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_NEIGHBOURS))
    return _SPELLED_OUT.sub("", "".join(letter for letter in decomposed if letter.isalnum()))


@lru_cache(maxsize=100_000)
def stem(folded):
    return _stemmer.stemWord(folded) or folded


def words(text):
    """Each word of normalised text as it stands there."""
    return _WORD.finditer(text)


def folded_text(text):
    return " ".join(filter(None, (fold(match[0]) for match in words(text))))


def forms(text):
    """{folded: a word of the text that reads so}. „E-Mobilität“ is found as one word, too."""
    found = {}
    for match in (*words(text), *_JOINED_BY_HYPHENS.finditer(text)):
        if folded := fold(match[0]):
            found.setdefault(folded, match[0])
    return found


# --- What a visitor types


@dataclass(frozen=True)
class Term:
    """One word of a question, and where in it the word stands."""

    typed: str
    start: int
    folded: str

    @property
    def stem(self):
        return stem(self.folded)

    def is_in(self, other, other_stem):
        """Whether a folded word begins with this one, or is a compound that has it as a part."""
        if self.stem == other_stem:
            return True
        if len(self.folded) < SHORTEST_BEGINNING:
            return False
        if other.startswith(self.folded):
            return True
        places = [other.find(self.folded)] if len(self.folded) >= SHORTEST_PART else []
        if len(self.stem) >= SHORTEST_PART and other_stem.endswith(self.stem):
            places.append(len(other_stem) - len(self.stem))
        if len(self.stem) >= LONG_PART:
            places.append(other_stem.find(self.stem))
        return any(at == 0 or (at > 0 and _is_head(other[:at])) for at in places)


def _is_head(beginning):
    return len(beginning) >= SHORTEST_HEAD and beginning not in _NO_HEADS


@dataclass(frozen=True)
class Question:
    """`terms` must all be found, `phrases` (folded) stand there word by word."""

    text: str
    terms: tuple[Term, ...]
    phrases: tuple[str, ...]

    @classmethod
    def read(cls, text):
        text = normalised(text)
        phrases = tuple(filter(None, (folded_text(match[1]) for match in _PHRASE.finditer(text))))
        terms = [Term(match[0], match.start(), folded) for match in words(text) if (folded := fold(match[0]))]
        quoted = {word for phrase in phrases for word in phrase.split()}
        telling = [term for term in terms if term.folded not in STOP_WORDS or term.folded in quoted]
        return cls(text, tuple(telling or terms), phrases)

    def corrected(self, corrections):
        """The text with some of its terms replaced: {term: word}."""
        text = self.text
        for term in sorted(corrections, key=lambda one: -one.start):
            text = f"{text[: term.start]}{corrections[term]}{text[term.start + len(term.typed) :]}"
        return text
