"""Areas, prices, ways and days of listings in German words: pure functions, no database."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from properties.models.terms import PlanStatus, Readiness
from publishing.days import NO_BREAK, day_in_words
from publishing.numbers import NARROW_SPACE, decimal, grouped, with_unit

M2_PER_HECTARE = 10_000
ON_REQUEST = "auf Anfrage"
PLANS_IN_SHORT = {
    PlanStatus.BINDING: "B-Plan rechtskräftig",
    PlanStatus.IN_PREPARATION: "B-Plan in Aufstellung",
    PlanStatus.BUILT_UP_AREA: "§ 34 BauGB",
    PlanStatus.NONE: "kein Baurecht",
}
DOUBTFUL = "Angaben seit über sechs Monaten nicht bestätigt"


def area(m2):
    """„8.500 m²“, „4,25 ha“: hectares from one on, to the nearest 100 m²."""
    if m2 is None:
        return ""
    return hectares(Decimal(m2) / M2_PER_HECTARE) if m2 >= M2_PER_HECTARE else square_metres(m2)


def hectares(number):
    """„4,25 ha“ of any number of hectares, as a sum of areas is."""
    return with_unit(Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP), "ha")


def total_area(number):
    """A sum of hectares: „62,75 ha“, „1.035 ha“, where hundredths would only pretend."""
    return with_unit(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP), "ha") if number >= 100 else hectares(number)


def square_metres(m2):
    return f"{grouped(m2)}{NARROW_SPACE}m²"


def rounded_away(m2):
    """The exact area, where hectares do not say all of it."""
    return square_metres(m2) if m2 >= M2_PER_HECTARE and m2 % 100 else ""


def per_m2(amount):
    """„26,00 €/m²“"""
    return f"{decimal(amount, 2)}{NARROW_SPACE}€/m²"


def per_m2_and_month(amount):
    """„4,40 €/m² im Monat“"""
    return f"{per_m2(amount)} im{NO_BREAK}Monat"


def price(listing):
    """In one line: what it costs to buy, to rent, or „auf Anfrage“."""
    known = []
    if listing.price_per_m2 is not None:
        known.append(per_m2(listing.price_per_m2))
    if listing.rent_per_m2 is not None:
        known.append(per_m2_and_month(listing.rent_per_m2))
    return " · ".join(known) or ON_REQUEST


def prices(listing):
    """[(„Kaufpreis“, „26,00 €/m²“), („Miete“, „auf Anfrage“)]: a line for each way to have it."""
    lines = []
    if listing.for_sale:
        lines.append(("Kaufpreis", _or_on_request(per_m2, listing.price_per_m2)))
    if listing.for_rent or listing.for_lease:
        lines.append((lettings(listing), _or_on_request(per_m2_and_month, listing.rent_per_m2)))
    if listing.for_ground_lease:
        lines.append(("Erbbauzins", ON_REQUEST))
    return lines


def _or_on_request(in_words, amount):
    return ON_REQUEST if amount is None else in_words(amount)


def offers(listing):
    """„Kauf, Miete oder Pacht“"""
    return any_of(listing.offers)


def lettings(listing):
    """„Miete“, „Pacht“ or „Miete oder Pacht“"""
    return any_of([name for name in listing.offers if name in ("Miete", "Pacht")])


def any_of(names):
    return " oder ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def availability(listing):
    """„sofort“, „ab 1. März 2027“, „kurzfristig, etwa ab 1. März 2027“"""
    day = listing.available_on
    if listing.readiness == Readiness.IMMEDIATE:
        return listing.get_readiness_display()
    if listing.readiness == Readiness.FROM_DATE:
        return f"ab{NO_BREAK}{day_in_words(day)}" if day > timezone.localdate() else Readiness.IMMEDIATE.label
    word = listing.get_readiness_display()
    return f"{word}, etwa ab{NO_BREAK}{day_in_words(day)}" if day else word


def equipment(hall):
    """[„8,4 m hoch“, „Kran 8 t“, „13 Tore“]"""
    return [
        *([f"{with_unit(hall.clear_height, 'm')} hoch"] if hall.clear_height else []),
        *([f"Kran {with_unit(hall.crane_load, 't')}"] if hall.crane_load else []),
        *([f"{hall.gates} Tor{'' if hall.gates == 1 else 'e'}"] if hall.gates else []),
    ]


def plan_in_short(listing):
    """For a column: „B-Plan rechtskräftig“."""
    return PLANS_IN_SHORT.get(listing.plan_status, "")


def confirmed_on(listing):
    """The day of „Stand“; nothing where nobody has confirmed it yet."""
    return day_in_words(timezone.localtime(listing.confirmed_at)) if listing.confirmed_at else ""


def kilometres(number):
    """„12 km“; from a hundred metres on, no finer."""
    return with_unit(Decimal(number).quantize(Decimal(1 if number >= 10 else "0.1"), ROUND_HALF_UP), "km")


def distance(way):
    """„3 km, 4 Min.“"""
    km = with_unit(way.km, "km")
    return km if way.minutes is None else f"{km}, {way.minutes}{NARROW_SPACE}Min."


def town(listing):
    """„04552 Borna“"""
    return " ".join(part for part in (listing.postcode, listing.town) if part)


def address(listing):
    """„Industriestraße 1, 04552 Borna“"""
    return ", ".join(part for part in (listing.street, town(listing)) if part)
