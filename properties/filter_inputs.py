"""One filter each, as it is read from an address, shown in the form, and said on a chip."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from properties import amounts, words
from publishing import name_search
from publishing.days import day_in_words
from publishing.lists import Choice, shortened
from publishing.models.published import FIRST_YEAR, LAST_YEAR
from publishing.numbers import decimal, with_unit

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_GERMAN_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}", re.ASCII)


class NotUnderstood(ValueError):  # noqa: N818
    """With the German sentence that says why."""


@dataclass(kw_only=True)
class Field:
    """`chosen` is what was understood, `address` how it is written, `shown` what stands in the form: also a slip."""

    name: str
    label: str
    phrase: str = "{}"
    chosen: Any = None
    address: str = ""
    shown: str = ""
    #: In its one spelling and offered by the form: worth a place in the page cache, which strangers must not fill.
    is_common: bool = False
    input: ClassVar[str] = ""

    def read(self, values):
        """`values` are all that the address says; the last one counts, as everywhere."""
        raw = values[-1].strip() if values else ""
        self.shown = shortened(raw, 80)
        self.is_common = not any(values)
        if raw:
            self.choose(raw)
            self.is_common = self.is_offered and values == [self.address]

    def choose(self, raw):
        """Sets `chosen` and `address`, or says why not."""
        raise NotImplementedError

    @property
    def is_offered(self):
        """Whether the form itself leads to this value."""
        return False

    def forget(self):
        """What was typed stays in the form."""
        self.chosen, self.address = None, ""

    def in_words(self):
        raise NotImplementedError

    @property
    def chip(self):
        return self.phrase.format(self.in_words())


@dataclass(kw_only=True)
class Words(Field):
    input: ClassVar[str] = "words"

    def choose(self, raw):
        words = name_search.cleaned(raw)
        self.chosen = self.address = self.shown = words

    def in_words(self):
        return f"„{self.chosen}“"


@dataclass(kw_only=True)
class OneOf(Field):
    """`choices` are offered; what is known but not offered today is understood too, and finds nothing."""

    choices: list[Choice]
    known: dict[str, str] = field(default_factory=dict)
    everything_label: str = "Alle"
    input: ClassVar[str] = "one"

    def choose(self, raw):
        self.chosen = self._known(raw)
        self.address = self.chosen.value

    @property
    def is_offered(self):
        return True

    def _known(self, raw):
        for choice in self.choices:
            if choice.value == raw:
                return choice
        if raw not in self.known:
            raise NotUnderstood(f"„{shortened(raw)}“ kennen wir nicht.")
        return Choice(raw, self.known[raw])

    @property
    def options(self):
        is_extra = self.chosen is not None and self.chosen not in self.choices
        return [*self.choices, *([self.chosen] if is_extra else [])]

    def in_words(self):
        return self.chosen.label


@dataclass(kw_only=True)
class SomeOf(OneOf):
    """gebiet=GE&gebiet=GI, or gebiet=GE,GI. `chosen` are several choices, in the order of `known`."""

    input: ClassVar[str] = "some"

    def read(self, values):
        raws = [one for value in values for raw in value.split(",") if (one := raw.strip())]
        self.shown = shortened(",".join(raws), 80)
        wanted = {raw for raw in raws if raw in self.known}
        self.chosen = [Choice(value, label) for value, label in self.known.items() if value in wanted] or None
        self.address = ",".join(one.value for one in self.chosen or ())
        self.is_common = not any(values) or [*values] == [self.address]
        if unknown := [raw for raw in raws if raw not in self.known]:
            raise NotUnderstood(f"„{shortened(unknown[0])}“ kennen wir nicht.")

    @property
    def options(self):
        offered = {one.value for one in (*self.choices, *(self.chosen or ()))}
        return [Choice(value, label) for value, label in self.known.items() if value in offered]

    def in_words(self):
        return " oder ".join(one.value for one in self.chosen)


@dataclass(kw_only=True)
class Amount(Field):
    """A number of so many `places`. `steps` are suggested in the form, and kept in the page cache."""

    unit: str
    smallest: Decimal = Decimal(0)
    largest: Decimal
    places: int = 0
    steps: tuple = ()
    example: str = ""
    input: ClassVar[str] = "amount"

    def choose(self, raw):
        number = self._number(raw)
        if number is None:
            raise NotUnderstood(f"„{shortened(raw)}“ ist keine Zahl, die wir lesen können. Zum Beispiel: {self.hint}.")
        if not self.smallest <= number <= self.largest:
            raise NotUnderstood(f"Möglich ist {self._measured(self.smallest)} bis {self._measured(self.largest)}.")
        if number != round(number, self.places):
            allowed = f"höchstens {self.places} Stellen nach dem Komma" if self.places else "eine ganze Zahl"
            raise NotUnderstood(f"Bitte {allowed} angeben.")
        self.chosen, self.address = number, amounts.plain(number)
        self.shown = self.in_form()

    @property
    def is_offered(self):
        return self.chosen in self.steps

    def _number(self, raw):
        return amounts.read_number(raw)

    @property
    def hint(self):
        return self.example or str(self.steps[0])

    @property
    def suggestions(self):
        return [decimal(Decimal(step)) for step in self.steps]

    def in_form(self):
        return decimal(self.chosen)

    def in_words(self):
        return self._measured(self.chosen)

    def _measured(self, number):
        return with_unit(number, self.unit) if self.unit else decimal(number)


@dataclass(kw_only=True)
class Area(Amount):
    """In m², typed with or without a unit."""

    unit: str = "m²"
    input: ClassVar[str] = "area"

    def _number(self, raw):
        return amounts.read_area(raw)

    @property
    def suggestions(self):
        return [words.area(step) for step in self.steps]

    def in_form(self):
        return self.in_words()

    def _measured(self, number):
        return words.rounded_away(int(number)) or words.area(int(number))


@dataclass(kw_only=True)
class Day(Field):
    input: ClassVar[str] = "day"

    def choose(self, raw):
        day = read_day(raw)
        if day is None:
            raise NotUnderstood(f"„{shortened(raw)}“ ist kein Tag, den es gibt. Bitte in der Form 2027-06-01 angeben.")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise NotUnderstood(f"Der Kalender reicht von {FIRST_YEAR} bis {LAST_YEAR}.")
        self.chosen = day
        self.address = self.shown = day.isoformat()

    def in_words(self):
        return day_in_words(self.chosen)


def read_day(raw):
    """2027-06-01, as browsers send it, or 1.6.2027, as people type it."""
    try:
        if _ISO_DAY.fullmatch(raw):
            return date.fromisoformat(raw)
        if _GERMAN_DAY.fullmatch(raw):
            return datetime.strptime(raw, "%d.%m.%Y").date()  # noqa: DTZ007
    except ValueError:
        return None
    return None
