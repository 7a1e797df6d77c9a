"""For an address that leads nowhere: the visible pages it may have meant.

Wrong addresses are asked for by machines, in floods. So it costs at most four queries, few letters are compared, and
each process does it only so many times a second: who comes then gets the page without suggestions.
"""

import re
import time
from difflib import get_close_matches
from threading import Lock

from django.db import DatabaseError
from django.db.models import Case, F, Q, Value, When

from emmd.former_addresses import words_of
from emmd.navigation import FURTHER, MAIN
from publishing.models import SearchDocument
from publishing.page_cache import NOT_PAGES
from publishing.search import backends, spelling
from publishing.search.sources import with_pages
from publishing.search.words import Question

SHOWN, MOST_WORDS, SHORTEST_WORD, MOST_CORRECTED = 5, 6, 3, 2
A_SECOND = 2
#: What only machines ask for: “/wp-login.php”, “/.env”, “/xmlrpc.php”.
_FOR_MACHINES = re.compile(r"/\.|\.\w{1,5}$|/(wp-|cgi-bin|vendor/|api/)")


class Allowance:
    """So many times a second, and as many at once as were saved up in five."""

    def __init__(self, a_second, clock=time.monotonic):
        self.a_second, self.most, self.clock = a_second, 5 * a_second, clock
        self.left, self.at, self.lock = self.most, clock(), Lock()

    def take(self):
        with self.lock:
            now = self.clock()
            self.left = min(self.left + (now - self.at) * self.a_second, self.most)
            self.at = now
            if self.left < 1:
                return False
            self.left -= 1
            return True


allowance = Allowance(A_SECOND)


def nearest_pages(request):
    """[(title, path), …], at most SHOWN; empty where nobody reads them or the database does not answer."""
    path = request.path
    if request.method != "GET" or path.startswith(NOT_PAGES) or _FOR_MACHINES.search(path) or not _reads_html(request):
        return []
    sections = _sections_like(path)
    try:
        pages = _pages_about(path) if allowance.take() else []
    except DatabaseError:
        pages = []
    found = {path: title for title, path in (*sections, *pages)}
    return [(title, path) for path, title in found.items()][:SHOWN]


def _reads_html(request):
    accepted = request.META.get("HTTP_ACCEPT", "*/*")
    return "text/html" in accepted or "*/*" in accepted


def _sections_like(path):
    """Whose name is mistyped."""
    first = path.strip("/").split("/")[0].lower()
    sections = {beginning.strip("/"): entry.label for entry in (*MAIN, *FURTHER) for beginning in entry.beginnings}
    if first in sections:
        return []
    return [(sections[name], f"/{name}/") for name in get_close_matches(first[:40], sections, n=1, cutoff=0.75)]


def _pages_about(path):
    words = [word for word in words_of(path) if len(word) >= SHORTEST_WORD and not word.isdecimal()][:MOST_WORDS]
    question = Question.read(" ".join(words))
    if not words or not question.terms:
        return []
    found = _documents({term.stem for term in question.terms}, path)
    if len(found) < SHOWN:
        # Longer words are rarer, and a slip in them is more likely.
        doubtful = sorted(question.terms, key=lambda term: -len(term.folded))[:MOST_CORRECTED]
        meant = spelling.nearest_words([term for term in doubtful if len(term.folded) >= spelling.SHORTEST])
        if meant:
            corrected = Question.read(question.corrected(meant))
            found += _documents({term.stem for term in corrected.terms}, path)
    return found


def _documents(stems, path):
    """Those with most of the words in their title first; of equals what lies in the same section."""
    stems = sorted(stems)
    is_there = [Q(pk__in=backends.matching([[stem]], in_title=True)) for stem in stems]
    rank = sum((Case(When(one, then=Value(2)), default=Value(0)) for one in is_there), Value(0))
    same_section = Q(path__startswith=f"/{path.strip('/').split('/')[0]}/")
    rank += Case(When(same_section, then=Value(1)), default=Value(0))
    visible = SearchDocument.objects.visible(with_pages()).filter(pk__in=backends.matching([stems], in_title=True))
    return list(
        visible.annotate(rank=rank)
        .order_by("-rank", F("day").desc(nulls_last=True), "pk")
        .values_list("title", "path")[:SHOWN]
    )
