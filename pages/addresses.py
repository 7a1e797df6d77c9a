"""Where editorial pages may lie: below no first word that a room, or the server itself, has taken."""

from functools import cache

from django.conf import settings
from django.urls import get_resolver

LONGEST_PATH = 400


class PagePath:
    """A path converter. What is no page's is refused here already, so that wrong addresses of rooms stay wrong ones
    instead of leading to themselves with a slash at the end."""

    regex = "[a-z0-9-]+(?:/[a-z0-9-]+)*"

    def to_python(self, value):
        if len(value) > LONGEST_PATH or first_word(value) in taken_words():
            raise ValueError
        return value

    def to_url(self, value):
        return value


@cache
def taken_words():
    """The first words of every address but those of pages: {"aktuelles", "admin", "static", …}"""
    words = {first_word(one) for one in (settings.STATIC_URL, settings.MEDIA_URL)}
    return frozenset(words | set(_first_words(get_resolver().url_patterns))) - {""}


def _first_words(patterns):
    for pattern in patterns:
        text = str(pattern.pattern)
        if hasattr(pattern, "url_patterns") and not text:
            yield from _first_words(pattern.url_patterns)
        elif not text.startswith("<page:"):
            yield first_word(text)


def first_word(path):
    return path.lstrip("/").split("/")[0]
