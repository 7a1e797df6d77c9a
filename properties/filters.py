"""The filters of land and of halls as they stand in an address: the same for list, map, exports and feed."""

import operator
from decimal import Decimal
from functools import reduce

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.http import urlencode

from properties.facets import facets_of
from properties.filter_fields import OFFERS, PLANS, RAIL, STATES, filter_groups
from properties.filter_inputs import NotUnderstood, SomeOf
from properties.models import Distance, Listing
from properties.models.terms import Kind, Readiness
from publishing import name_search
from publishing.lists import hints_about_names, hints_about_repeated
from publishing.numbers import with_unit

USUAL_RADIUS = Decimal(25)
TEXT_FIELDS = ("title", "town", "number", "teaser")
#: Of these pairs the first must not be more than the second.
FROM_AND_TO = (("flaeche-von", "flaeche-bis"),)


class ListingFilters:
    """What an address asks for. What it cannot mean is left out, with a hint, and the rest is kept.

    `kind` is that of the page. `carried` are parameters that are no filters but go with every address of this page
    (remembered numbers, page size), `further` others it may hold, which change what is shown but are not carried.
    With `request`, what the pool has to choose from is read once a process.
    """

    def __init__(self, parameters, *, kind, request=None, carried=None, further=("seite",)):
        self.kind = Kind(kind)
        self.carried = {name: value for name, value in (carried or {}).items() if value}
        self._facets = facets_of(self.kind, request)
        self.groups = filter_groups(self.kind, self._facets)
        self.fields = [field for _, fields in self.groups for field in fields]
        self.hints = hints_about_names(parameters, {*(one.name for one in self.fields), *(carried or ()), *further})
        once = {field.name: field.label for field in self.fields if not isinstance(field, SomeOf)}
        self.hints += hints_about_repeated(parameters, once)
        for field in self.fields:
            self._read(field, parameters.getlist(field.name))
        self._refuse_what_contradicts_itself()
        self.chosen = {field.name: field.address for field in self.fields if field.address}
        if self.radius == USUAL_RADIUS:
            self.chosen.pop("radius", None)

    # --- what the address says

    def field(self, name):
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name):
        field = self.field(name)
        return field and field.chosen

    @property
    def place(self):
        """The Place to search around, with latitude and longitude."""
        chosen = self.value("um")
        return chosen and self._facets.places[chosen.value]

    @property
    def radius(self):
        """In km, where there is a place."""
        return (self.value("radius") or USUAL_RADIUS) if self.value("um") else None

    @property
    def understood(self):
        """The parameters this address may hold and still be kept in the page cache.

        Choices in their one spelling, and numbers that the form suggests: words, days and numbers of somebody's own
        are as many as anybody likes.
        """
        if self.hints:
            return frozenset()
        return frozenset(field.name for field in self.fields if field.is_common)

    @property
    def is_common(self):
        """Whether all of the choice is such that its figures may be kept."""
        return self.chosen.keys() <= self.understood

    def address(self, **changes):
        """The query string of exactly this choice with what is carried, always in the same order. None leaves out."""
        return urlencode(self._parameters(changes))

    def canonical_address(self):
        """Only the choice."""
        return urlencode(self.chosen)

    def address_of_twin(self):
        """For the other kind: what is asked of the place and the ways there, not of the thing."""
        names = ("land", "kreis", "um", "radius", "autobahn-km", "autobahn-min", "gleis", "verfuegbar")
        return urlencode({name: self.chosen[name] for name in names if name in self.chosen} | self.carried)

    def _parameters(self, changes):
        values = self.chosen | self.carried | changes
        if not values.get("um"):
            values.pop("radius", None)
        names = [field.name for field in self.fields]
        names += [name for name in values if name not in names]
        return {name: values[name] for name in names if values.get(name)}

    @property
    def summary(self):
        """[(„bis 25 km um Leipzig“, the address without it), …]"""
        return [
            (self._chip(field), self.address(**{field.name: None}))
            for field in self.fields
            if field.name in self.chosen and field.name != "radius"
        ]

    def _chip(self, field):
        if field.name != "um":
            return field.chip
        return f"bis {with_unit(self.radius, 'km')} um {field.in_words()}"

    # --- which listings

    def apply(self, listings):
        """`listings` are of Listing; those around a place get `distance_km`."""
        if self.place:
            listings = listings.around(self.place.latitude, self.place.longitude, float(self.radius))
        listings = listings.fitting_area(self.value("flaeche-von"), self.value("flaeche-bis"))
        if self.value("tore"):
            gates = (Coalesce(f"hall__{name}", 0) for name in ("gates_ground", "gates_ramp"))
            listings = listings.alias(gates=reduce(operator.add, gates))
        for condition in self._conditions():
            listings = listings.filter(condition)
        if km := self.value("autobahn-km"):
            listings = listings.near(Distance.Kind.MOTORWAY, km=km)
        if minutes := self.value("autobahn-min"):
            listings = listings.near(Distance.Kind.MOTORWAY, minutes=minutes)
        return listings

    def pool(self):
        return self.apply(Listing.objects.pool(self.kind))

    def _conditions(self):
        for name, condition in CONDITIONS.items():
            if (value := self.value(name)) is not None:
                yield condition(value)

    # --- reading

    def _read(self, field, values):
        try:
            field.read(values)
        except NotUnderstood as reason:
            self.hints.append(f"„{field.label}“ wurde weggelassen: {reason}")

    def _refuse_what_contradicts_itself(self):
        for first, last in FROM_AND_TO:
            low, high = self.field(first), self.field(last)
            if low.chosen is not None and high.chosen is not None and low.chosen > high.chosen:
                self.hints.append(
                    f"„{low.label}“ ({low.in_words()}) ist mehr als „{high.label}“ ({high.in_words()}). "
                    "Beide Angaben wurden weggelassen."
                )
                low.forget(), high.forget()
        radius = self.field("radius")
        if radius.chosen and not self.value("um"):
            if not self.field("um").shown and radius.chosen != USUAL_RADIUS:
                self.hints.append("Zum Umkreis fehlt der Ort, um den gesucht wird. Er wurde weggelassen.")
            radius.forget()


CONDITIONS = {
    "q": lambda words: name_search.named(words, *TEXT_FIELDS),
    "land": lambda chosen: Q(district__state=STATES[chosen.value]),
    "kreis": lambda chosen: Q(district__slug=chosen.value),
    "ort": lambda chosen: Q(town_slug=chosen.value),
    "angebot": lambda chosen: Q(**{OFFERS[chosen.value]: True}),
    "gebiet": lambda chosen: Q(zoning__in=[one.value for one in chosen]),
    "preis-bis": lambda price: Q(price_per_m2__lte=price),
    "miete-bis": lambda rent: Q(rent_per_m2__lte=rent),
    "planung": lambda chosen: Q(plan_status=PLANS[chosen.value]),
    "gleis": lambda chosen: Q(rail_siding__in=RAIL[chosen.value]),
    "verfuegbar": lambda day: Q(readiness=Readiness.IMMEDIATE) | Q(available_on__lte=day),
    "hoehe": lambda metres: Q(hall__clear_height__gte=metres),
    "kran": lambda tonnes: Q(hall__crane_load__gte=tonnes),
    "bodenlast": lambda tonnes: Q(hall__floor_load__gte=tonnes),
    "tore": lambda number: Q(gates__gte=number),
}
