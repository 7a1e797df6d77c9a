from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from clusters.signs import NEUTRAL, SIGNS

register = template.Library()

# Written here and not in a template, which costs five times as much: a list of events shows dozens.
SIGN = (
    '<svg class="cluster-sign" viewBox="0 0 24 24" width="{size}" height="{size}" aria-hidden="true" '
    'focusable="false">{drawing}</svg>'
)


@register.simple_tag
def cluster_sign(name, size=16):
    """The sign alone; its colour comes from the class `sign-…` around it. A name always stands beside it."""
    return format_html(SIGN, size=size, drawing=mark_safe(SIGNS.get(name, NEUTRAL)))


@register.filter
def breakable(name):
    """„Energie/Umwelt/Solarwirtschaft“ may break after its strokes: it is too long for a narrow column."""
    return mark_safe(conditional_escape(name).replace("/", "/<wbr>"))
