"""Sums, numbers and days of the award as German typography writes them: pure functions, no database."""

from django.utils.dateformat import format as format_date

NO_BREAK = "\u00a0"
NARROW_SPACE = "\u202f"

_NUMBERS = ("kein", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


def euros(amount):
    """„7.500 €“; nothing where no amount is known."""
    return "" if amount is None else f"{amount:,}".replace(",", ".") + f"{NARROW_SPACE}€"


def number_in_words(number):
    """„zehn“; figures from 13."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def day_in_words(day):
    """„27. Juni 2024“"""
    return format_date(day, f"j.{NO_BREAK}F Y")


def weekday_and_day(day):
    """„Donnerstag, 27. Juni 2024“"""
    return format_date(day, f"l, j.{NO_BREAK}F Y")


def period_in_words(begin, end):
    """From and until, each a day, words, or nothing: „4. Dezember 2023 bis 11. März 2024“, „ab November 2013“."""
    first, last = (one if isinstance(one, str) else one and day_in_words(one) for one in (begin, end))
    if first and last:
        return f"{first} bis {last}"
    if first:
        return f"ab {first}"
    return f"bis {last}" if last else ""
