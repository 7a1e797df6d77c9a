"""Addresses of the former sites: /de/…, /press-releases/…, /news/article/…

What an editor has put into the table of redirects counts first. Then whatever public item has the last part of the
address as the end of its own; then the one whose title has the same words; else the search is asked for them.
"""

import re
from urllib.parse import urlencode

from django.db.models import Case, F, Value, When
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from emmd.search import WORDS, cleaned
from publishing import redirects
from publishing.models import SearchDocument
from publishing.page_cache import REVALIDATE
from publishing.search.sources import SOURCES, with_pages
from publishing.search.words import folded_text
from publishing.slugs import german_slug

_ENDINGS = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)
LONGEST = 300


@require_safe
def former_address(request, rest):
    if answer := redirects.stored_answer(request):
        return answer
    words = words_of(rest)
    if not words:
        raise Http404
    if document := item_for(words):
        return HttpResponsePermanentRedirect(document.path, headers={"Cache-Control": REVALIDATE})
    question = cleaned(" ".join(words))
    address = f"{reverse('search')}?{urlencode({WORDS: question})}"
    return HttpResponseRedirect(address, headers={"Cache-Control": REVALIDATE})


def words_of(address):
    """Of the last part: ["strukturwandel", "im", "revier"]. A number before the words, as some sites write it, too."""
    parts = [part for part in address[:LONGEST].split("/") if part.strip()]
    last = _ENDINGS.sub("", parts[-1]) if parts else ""
    return re.findall(r"[^\W_]+", cleaned(last))


def item_for(words):
    """The public item at this address; of several that of the room installed first, then the newest."""
    order = Case(*(When(source=name, then=Value(number)) for number, name in enumerate(SOURCES)), default=Value(99))
    visible = (
        SearchDocument.objects.visible(with_pages()).order_by(order, F("day").desc(nulls_last=True), "pk").only("path")
    )
    slug, title = german_slug(" ".join(words)), folded_text(" ".join(words))
    return (slug and visible.filter(path__endswith=f"/{slug}/").first()) or (
        # Other sites write „groesse“ as „grosse“ or „größe“: folded, they are the same.
        title and visible.filter(folded__startswith=f" {title} |").first()
    )
