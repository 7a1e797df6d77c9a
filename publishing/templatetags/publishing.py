from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from publishing import days, numbers
from publishing import json_ld as structured
from publishing.social_cards import Card

register = template.Library()

# Written here and not in a template, which costs five times as much: a list shows a dozen pictures.
PICTURE = (
    '<picture><source type="image/avif" srcset="{avif}" sizes="{sizes}"><img class="fx-{focal_x} fy-{focal_y}{css}" '
    'src="{largest}" srcset="{webp}" sizes="{sizes}" width="{width}" height="{height}" alt="{alt}"{loading} '
    'decoding="async"></picture>'
)
WITH_THE_PAGE = mark_safe(' fetchpriority="high"')
WHEN_NEAR = mark_safe(' loading="lazy"')


@register.simple_tag
def picture(image, sizes="100vw", *, eager=False, alt=None, css=""):
    """<picture> in AVIF and WebP with width, height and focal point. `alt=""` where the neighbouring text says it all.

    `eager` for the picture a visitor sees first: everything else loads lazily.
    """
    if alt is None:
        alt = "" if image.is_decorative else image.alternative_text
    stem = image.public_stem
    return format_html(
        PICTURE,
        avif=_srcset(stem, image.public_widths, "avif"),
        webp=_srcset(stem, image.public_widths, "webp"),
        largest=f"{stem}-{image.public_widths[-1]}.webp",
        sizes=sizes,
        width=image.width,
        height=image.height,
        alt=alt,
        loading=WITH_THE_PAGE if eager else WHEN_NEAR,
        css=f" {css}" if css else "",
        # Inline styles are forbidden, so the focal point is one of 21 × 21 classes (static/css/focal-point.css).
        focal_x=round(image.focal_x / 5) * 5,
        focal_y=round(image.focal_y / 5) * 5,
    )


def _srcset(stem, widths, extension):
    return ", ".join(f"{stem}-{width}.{extension} {width}w" for width in widths)


@register.simple_tag(takes_context=True)
def social_card(context):
    """The card of the page's item; None on lists, and in previews, whose item strangers must not see."""
    row, request = context.get("object"), context.get("request")
    return Card.of(row) if row is not None and not getattr(request, "is_preview", False) else None


@register.simple_tag
def json_ld(data):
    return structured.script(data)


@register.simple_tag
def breadcrumbs_json_ld(crumbs):
    return structured.script(structured.breadcrumb_list(crumbs))


@register.filter
def file_size(byte_count):
    """1536 → „1,5 KB“, with the narrow space German typography puts before units."""
    size, unit = float(byte_count), "Byte"
    for larger in ("KB", "MB", "GB"):
        if round(size) < 1000:
            break
        size, unit = size / 1000, larger
    digits = f"{size:.1f}" if size < 10 and unit != "Byte" else f"{size:.0f}"
    return f"{digits.removesuffix('.0').replace('.', ',')}{numbers.NARROW_SPACE}{unit}"


@register.filter
def number(value):
    """12500 → „12.500“"""
    return numbers.grouped(value)


@register.filter
def day(moment):
    """„26. November 2025“ that does not break after the day."""
    return days.day_in_words(_in_berlin(moment)) if moment else ""


@register.filter
def weekday_and_day(moment):
    return days.weekday_and_day(_in_berlin(moment)) if moment else ""


@register.filter
def iso_day(moment):
    """For <time>. Django's own filter `date` asks for the language first, and takes ten times as long."""
    return f"{_in_berlin(moment):%Y-%m-%d}" if moment else ""


@register.filter
def iso_moment(moment):
    return timezone.localtime(moment).isoformat() if moment else ""


def _in_berlin(moment):
    return timezone.localtime(moment) if hasattr(moment, "tzinfo") else moment


@register.filter
def rich_text(html):
    """For fields of type RichTextField only: they are sanitised whenever they are written."""
    return mark_safe(
        html.replace(
            "<table>", '<div class="table-scroll" tabindex="0" role="group" aria-label="Tabelle"><table>'
        ).replace("</table>", "</table></div>")
    )


@register.simple_tag(takes_context=True)
def page_query(context, page_number):
    """The address of another page of the same filtered list; the first page needs no number."""
    parts = [context.get("filter_query", ""), f"seite={page_number}" if page_number > 1 else ""]
    query = "&".join(part for part in parts if part)
    return f"{context['request'].path}{'?' + query if query else ''}"


@register.filter
def host(address):
    """„youtube.com“, so that visitors know where a link leads."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
