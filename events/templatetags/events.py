import re
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe

from events import dates, status

register = template.Library()

register.filter("price", dates.price_in_words)
register.filter("deadline", dates.deadline_in_words)
register.filter("day_words", dates.day_in_words)
register.filter("weekday_words", dates.weekday_and_day)
register.filter("weekday_letters", dates.weekday_in_letters)
register.filter("month_letters", dates.month_in_letters)
register.filter("status_tags", status.tags)


#: „10–12.30 Uhr“, „26.–27. November“: browsers would break the line after the dash.
_RANGE = re.compile(rf"\d[\d.]*{dates.DASH}\d[\d.]*{dates.NO_BREAK}\w+")


@register.filter
def when(event):
    """Days and times; with the zone where a visitor may take part from elsewhere."""
    return ranges_unbroken(dates.when_in_words(event, with_zone=event.takes_place_online))


@register.filter
def times(event):
    return ranges_unbroken(dates.times_in_words(event, with_zone=event.takes_place_online))


@register.filter
def ranges_unbroken(words):
    return mark_safe(_RANGE.sub(r'<span class="keep-together">\g<0></span>', escape(words)))


@register.filter
def starts_in_figures(event):
    """„10 Uhr“ for the cells of a month; nothing for whole days."""
    return dates.clocks_in_words(event.start_time) if event.start_time else ""


@register.filter
def datetime_attribute(event):
    """For <time>: a day where no clock time is known."""
    return event.starts_on.isoformat() if event.start_time is None else event.begins_at.isoformat()


@register.filter
def map_address(venue):
    """A page of OpenStreetMap to open with a click: nothing is loaded from there before."""
    if venue.latitude is None or venue.longitude is None:
        return "https://www.openstreetmap.org/search?" + urlencode({"query": f"{venue.address}"})
    place = {"mlat": f"{venue.latitude:.5f}", "mlon": f"{venue.longitude:.5f}"}
    return f"https://www.openstreetmap.org/?{urlencode(place)}#map=17/{place['mlat']}/{place['mlon']}"


@register.filter
def as_webcal(path):
    """The address under which calendar programs subscribe instead of downloading."""
    return f"webcal://{settings.SITE_URL.split('://', 1)[1]}{path}"
