from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.safestring import mark_safe

from publishing import json_ld as structured

register = template.Library()

NARROW_SPACE = "\u202f"
NO_BREAK = "\u00a0"


@register.inclusion_tag("publishing/picture.html")
def picture(image, sizes="100vw", *, eager=False, alt=None, css=""):
    """<picture> in AVIF and WebP with width, height and focal point. `alt=""` where the neighbouring text says it all.

    `eager` for the picture a visitor sees first: everything else loads lazily.
    """
    if alt is None:
        alt = "" if image.is_decorative else image.alternative_text
    return {
        "image": image,
        "avif": _srcset(image, "avif"),
        "webp": _srcset(image, "webp"),
        "sizes": sizes,
        "eager": eager,
        "alt": alt,
        "css": css,
        # Inline styles are forbidden, so the focal point is one of 21 × 21 classes (static/css/focal-point.css).
        "focal_x": round(image.focal_x / 5) * 5,
        "focal_y": round(image.focal_y / 5) * 5,
    }


def _srcset(image, extension):
    return ", ".join(f"{image.file_url(width, extension)} {width}w" for width in image.public_widths)


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
        if size < 1000:
            break
        size, unit = size / 1000, larger
    digits = f"{size:.1f}" if size < 10 and unit != "Byte" else f"{size:.0f}"
    return f"{digits.removesuffix('.0').replace('.', ',')}{NARROW_SPACE}{unit}"


@register.filter
def number(value):
    """12500 → „12.500“"""
    return f"{value:,}".replace(",", ".")


@register.filter
def day(moment):
    """„26. November 2025“ that does not break after the day."""
    return _in_berlin(moment, f"j.{NO_BREAK}F Y")


@register.filter
def weekday_and_day(moment):
    return _in_berlin(moment, f"l, j.{NO_BREAK}F Y")


def _in_berlin(moment, pattern):
    if moment is None:
        return ""
    local = timezone.localtime(moment) if hasattr(moment, "tzinfo") else moment
    return format_date(local, pattern)


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
