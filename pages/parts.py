"""What the portal itself writes below an editorial page, so that no text can say anything else than the code does."""

from pages.barriers import enforcement_body
from pages.models import Page
from publishing import origins
from publishing.personal_data import STORED

_PARTS = {
    Page.Part.STORED: ("pages/_stored_data.html", lambda: {"stored": STORED.values()}),
    Page.Part.ORIGINS: ("pages/_origins.html", lambda: {"origins": origins.shown()}),
    Page.Part.BARRIERS: ("pages/_barriers.html", lambda: {"enforcement_body": enforcement_body()}),
}


def part_of(page):
    """The template of the page's part, and what it shows."""
    if page.part not in _PARTS:
        return {}
    template, read = _PARTS[page.part]
    return {"part_template": template, **read()}
