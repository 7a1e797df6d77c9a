from django import template

from access.browsers import describe

register = template.Library()
register.filter("browser", describe)
