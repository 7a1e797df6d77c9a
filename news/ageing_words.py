"""Words that are true on the day they are written and wrong soon after."""

import re

_ANY_CASE = {
    "heute": "heute",
    "gestern": "gestern",
    "übermorgen": "übermorgen",
    "diese Woche": "diese[rn]? woche",
    "nächste Woche": "nächste[rn]? woche",
    "dieser Monat": "diese[mnrs] monats?",
    "dieses Jahr": "diese[ms] jahre?s?",
    "nächstes Jahr": "nächste[ns] jahr(es)?",
    "letztes Jahr": "(letzte|vergangene)[ns] jahr(es)?",
    "kürzlich": "kürzlich",
    "demnächst": "demnächst",
    "derzeit": "derzeit",
    "Frühbucher": r"frühbucher\w*",
}
_PATTERNS = {name: re.compile(rf"\b({pattern})\b", re.IGNORECASE) for name, pattern in _ANY_CASE.items()}
# „am Morgen“ does not age: only the adverb does, and it is written small.
_PATTERNS["morgen"] = re.compile(r"\bmorgen\b")


def find_ageing_words(text):
    return [name for name, pattern in _PATTERNS.items() if pattern.search(text)]
