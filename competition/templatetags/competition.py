from urllib.parse import urlsplit

from django import template

from competition import words

register = template.Library()

register.filter("euros", words.euros)
register.filter("number_word", words.number_in_words)


@register.filter
def host(address):
    """„youtube.com“, so that visitors know where a link leads."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
