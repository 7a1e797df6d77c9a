"""Somebody who knows nothing and tries every address: follows each link, picture, feed and filter of the portal."""

import html
import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.test import Client
from django.utils.http import urlencode

from tests.emmd.public_pages import FORM_PAGES
from tests.parsed_page import ParsedPage

_ATTRIBUTE = re.compile(r'(?:href|src|srcset|action|poster)="([^"]*)"')
_ABSOLUTE = re.compile(re.escape(settings.SITE_URL) + r"(/[^\s\"'<>\\;]*)?")
#: How calendar files break long lines.
_FOLD = "\r\n "
#: What changes from one request to the next and tells nothing.
RESTLESS_HEADERS = frozenset(("Date",))
# The calendar has a page for every month of a century, the pool one for every choice of its filters. It is another
# room, which knows nothing of the award, and its files carry the second in which they were made. So do public forms.
NOT_FOLLOWED = ("/static/", "/admin/", "/termine/monat/", "/flaechen/", "/hallen/", "/kontakt/")
FAR_TOO_MANY = 2000


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple
    body: bytes

    @property
    def text(self):
        return self.body.decode(errors="replace")

    def without(self, fingerprint):
        """What is shown before the ceremony as a proof for afterwards may differ; its place may not."""
        if fingerprint.encode() not in self.body:
            return self
        headers = tuple(pair for pair in self.headers if pair[0] != "ETag")
        return Answer(self.status, headers, self.body.replace(fingerprint.encode(), b"fingerprint"))


def ask(address, client=None):
    response = (client or Client(raise_request_exception=False)).get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sorted((name, value) for name, value in response.items() if name not in RESTLESS_HEADERS)
    match = getattr(response, "resolver_match", None)
    assert not response.cookies or match.view_name in FORM_PAGES, address
    return Answer(response.status_code, tuple(headers), body)


def leads_to_the_award(address, source):
    """Outside the award, one filter at a time: calendars have hundreds of combinations."""
    # A form has another key each time.
    is_left_out = address.startswith(NOT_FOLLOWED) or address.endswith("/melden/")
    return not is_left_out and (address.startswith("/iq/") or address.count("&") == 0)


def every_answer(starts, guesses=(), *, is_followed=leads_to_the_award):
    """{address: answer} of all addresses that can be reached, breadth first, and of those a stranger might guess."""
    client, answers = Client(raise_request_exception=False), {}
    waiting = deque(one for one in starts if is_followed(one, None))
    while waiting:
        address = waiting.popleft()
        if address in answers:
            continue
        answers[address] = ask(address, client)
        assert answers[address].status < 500, address
        assert len(answers) < FAR_TOO_MANY, "the portal has no end"
        found = addresses_in(answers[address])
        waiting += [one for one in found if one not in answers and is_followed(one, address)]
    for address in guesses:
        answers.setdefault(address, ask(address, client))
    return answers


@lru_cache(maxsize=FAR_TOO_MANY)
def addresses_in(answer):
    kind, location = dict(answer.headers).get("Content-Type", ""), dict(answer.headers).get("Location")
    found = {location} if location else set()
    if kind.startswith(("text/", "application/")) and b"\x00" not in answer.body:
        found |= {match or "/" for match in _ABSOLUTE.findall(html.unescape(answer.text).replace(_FOLD, ""))}
    if kind.startswith("text/html"):
        for value in map(html.unescape, _ATTRIBUTE.findall(answer.text)):
            found |= {part.split()[0] for part in value.split(", ") if part.split()}
        found |= set(_questions(answer))
    own = {address.removeprefix(settings.SITE_URL).partition("#")[0] for address in found}
    return sorted(one for one in own if one.startswith("/") and not one.startswith("//"))


def _questions(answer):
    """Each choice of each filter, one at a time."""
    if b"<form" not in answer.body:
        return
    page = parsed(answer)
    for form in page.all("form"):
        if form.attrs.get("method", "get").lower() == "get" and "action" in form.attrs:
            for option in page.all("option", inside=form):
                name = option.parent.attrs.get("name") or option.parent.parent.attrs.get("name")
                if name and option.attrs.get("value"):
                    address = form.attrs["action"].partition("#")[0]
                    yield f"{address}?{urlencode({name: option.attrs['value']})}"


def parsed(answer):
    return ParsedPage(_Content(answer.body))


@dataclass
class _Content:
    content: bytes
