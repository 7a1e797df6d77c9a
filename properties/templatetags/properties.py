from django import template

from properties import words
from properties.small_map import small_map

register = template.Library()

register.filter("area", words.area)
register.filter("hectares", words.hectares)
register.filter("price", words.price)
register.filter("offers", words.offers)
register.filter("availability", words.availability)
register.filter("confirmed_on", words.confirmed_on)
register.filter("plan_in_short", words.plan_in_short)
register.filter("equipment", words.equipment)
register.filter("total_area", words.total_area)
register.filter("distance", words.distance)
register.filter("kilometres", words.kilometres)
register.filter("address", words.address)
register.simple_tag(lambda: words.DOUBTFUL, name="doubtful_mark")
register.inclusion_tag("properties/_small_map.html", name="small_map")(lambda listing: {"map": small_map(listing)})
