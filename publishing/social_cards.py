"""The picture of a page where somebody shares its address: 1200 × 630, drawn from its kind and title.

Drawn when somebody asks for it, never in advance. The address carries a hash of what is on the card, so that a new
title has a new address; only the present one is answered, and only while the page is public.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from font_source_sans_pro import SourceSansProBold, SourceSansProSemibold
from PIL import Image, ImageDraw, ImageFont

from publishing.models import SearchDocument
from publishing.search.sources import SOURCES, source_of

WIDTH, HEIGHT = 1200, 630
MARGIN, BAR = 84, 14
GROUND, LINE, WHITE, QUIET = "#003B49", "#2C6170", "#FFFFFF", "#C3D8DE"
#: As in the dark scheme of static/css/tokens.css: the clusters' own colours are too dark for this ground.
SIGN_COLOURS = {
    "automotive": "#7FB2F0",
    "chemistry": "#C39BEE",
    "energy": "#7FCF84",
    "it": "#4FC6D1",
    "life": "#F58FAE",
}
NEUTRAL = "#6CC7DA"
TITLE_SIZES = (76, 68, 60, 52, 46, 40)
MOST_LINES, LEADING = 4, 1.16
TITLE_WIDTH, TITLE_TOP, TITLE_HEIGHT = WIDTH - 2 * MARGIN, 158, 300
KICKER_SIZE, NAME_SIZE, CLAIM_SIZE = 30, 32, 24
#: A new drawing of the same words has a new address, too.
DRAWING = "1"
KEPT = 24 * 60 * 60
_MAY_BREAK_AFTER = "-–/"


@dataclass(frozen=True)
class Card:
    #: Of its page. Numbers of rows would tell in which order they were typed.
    page_path: str
    kicker: str
    title: str
    sign: str = ""

    @classmethod
    def of(cls, row):
        """None for what has no card."""
        source = source_of(type(row))
        if source is None or source.headline is None or not row.pk:
            return None
        headline = source.headline(row)
        return cls(row.get_absolute_url(), headline.label, headline.title, headline.sign)

    @cached_property
    def hash(self):
        words = "\0".join([DRAWING, settings.SITE_NAME, self.kicker, self.title, self.sign])
        return hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=8).hexdigest()

    @property
    def path(self):
        return reverse("social-card", args=[self.page_path.strip("/"), self.hash])

    @property
    def alternative_text(self):
        return f"{self.kicker}: {self.title}" if self.kicker else self.title


@require_safe
def social_card(request, path, digest):
    """Kept a day by others: what is withdrawn must not be shown for ever."""
    row = public_row_at(f"/{path}/")
    card = row and Card.of(row)
    if card is None or card.hash != digest:
        raise Http404
    etag = f'"{card.hash}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = HttpResponse(caches["cards"].get_or_set(card.hash, lambda: draw(card)), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def public_row_at(path):
    """With what its headline reads beside it, or None."""
    document = SearchDocument.objects.filter(path=path, source__in=SOURCES).only("source", "object_id").first()
    if document is None:
        return None
    source = SOURCES[document.source]
    return source.rows().filter(pk__in=source.public().filter(pk=document.object_id).values("pk")).first()


# --- drawing


def draw(card):
    colour = SIGN_COLOURS.get(card.sign, NEUTRAL)
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, BAR, HEIGHT), fill=colour)
    _kicker(pen, card.kicker, colour)
    _title(pen, card.title)
    _word_mark(pen)
    file = io.BytesIO()
    # Flat colours and the edges of letters: 64 shades look the same, and take half the bytes.
    few = picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, format="PNG")
    return file.getvalue()


def _kicker(pen, words, colour):
    font = _font(SourceSansProSemibold, KICKER_SIZE)
    pen.text((MARGIN, 88), _cut(words, font, TITLE_WIDTH), font=font, fill=colour)


def _title(pen, title):
    size, lines = set_title(title)
    font, step = _font(SourceSansProBold, size), round(size * LEADING)
    top = TITLE_TOP + max(0, (TITLE_HEIGHT - step * len(lines)) // 3)
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * step), line, font=font, fill=WHITE)


def _word_mark(pen):
    pen.line((MARGIN, 506, WIDTH - MARGIN, 506), fill=LINE, width=2)
    pen.text((MARGIN, 526), settings.SITE_NAME, font=_font(SourceSansProBold, NAME_SIZE), fill=WHITE)
    pen.text((MARGIN, 566), settings.SITE_CLAIM, font=_font(SourceSansProSemibold, CLAIM_SIZE), fill=QUIET)


def set_title(title):
    """(size, lines): the largest size in which it fits, in lines of much the same length."""
    words = title.split()
    for size in TITLE_SIZES:
        font = _font(SourceSansProBold, size)
        lines = _lines(words, font, TITLE_WIDTH)
        if lines and len(lines) <= MOST_LINES and len(lines) * size * LEADING <= TITLE_HEIGHT:
            return size, _balanced(words, font, len(lines))
    broken = [part for word in words for part in _broken(word, font)]
    lines = _lines(broken, font, TITLE_WIDTH)
    if len(lines) > MOST_LINES:
        lines = lines[:MOST_LINES]
        lines[-1] = _cut(f"{lines[-1]} …", font, TITLE_WIDTH, always=True)
    return size, lines


def _lines(words, font, width):
    """None where a word is longer than a line."""
    lines = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        elif font.getlength(word) <= width:
            lines.append(word)
        else:
            return None
    return lines


def _balanced(words, font, count):
    """The narrowest column that takes no more lines."""
    low, high = 0, TITLE_WIDTH
    while high - low > 8:
        middle = (low + high) // 2
        lines = _lines(words, font, middle)
        low, high = (low, middle) if lines and len(lines) <= count else (middle, high)
    return _lines(words, font, high)


def _broken(word, font):
    """A word longer than a line in parts: after its own strokes, else where the line is full."""
    if font.getlength(word) <= TITLE_WIDTH:
        return [word]
    fits = max(n for n in range(1, len(word)) if font.getlength(word[:n] + "-") <= TITLE_WIDTH)
    at = max(word.rfind(sign, 0, fits) for sign in _MAY_BREAK_AFTER) + 1
    if at > fits // 3:
        return [word[:at], *_broken(word[at:], font)]
    return [f"{word[:fits]}-", *_broken(word[fits:], font)]


def _cut(words, font, width, *, always=False):
    if not always and font.getlength(words) <= width:
        return words
    words = words.removesuffix(" …")
    while words and font.getlength(f"{words} …") > width:
        words = words[:-1].rstrip()
    return f"{words} …"


@cache
def _font(file, size):
    return ImageFont.truetype(file, size)
