"""Sums, numbers and days of the award in German words: pure functions, no database."""

from publishing import numbers
from publishing.days import day_in_words

_NUMBERS = ("kein", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


def euros(amount):
    """„7.500 €“; nothing where no amount is known."""
    return "" if amount is None else numbers.euros(amount)


def number_in_words(number):
    """„zehn“; figures from 13."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def period_in_words(begin, end):
    """From and until, each a day, words, or nothing: „4. Dezember 2023 bis 11. März 2024“, „ab November 2013“."""
    first, last = (one if isinstance(one, str) else one and day_in_words(one) for one in (begin, end))
    if first and last:
        return f"{first} bis {last}"
    if first:
        return f"ab {first}"
    return f"bis {last}" if last else ""
