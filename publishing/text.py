import re

# C0 and C1 controls but tab and line breaks, lone surrogates, non-characters: XML forbids them, PostgreSQL NUL.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def without_control_characters(text):
    return _FORBIDDEN.sub("", text)


def lines(text):
    """What editors wrote one below the other, without blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]
