from django import template

from competition import words

register = template.Library()

register.filter("euros", words.euros)
register.filter("number_word", words.number_in_words)
