"""What a visitor has remembered: numbers of listings in the address, and nowhere else."""

import re
from dataclasses import dataclass

from publishing.lists import shortened

MOST_REMEMBERED, MOST_COMPARED = 12, 4
_NUMBER = re.compile(r"\w[\w ./-]{0,19}")
_OURS = re.compile(r"(gf|ho)-\d+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Remembered:
    numbers: tuple = ()
    hints: tuple = ()

    @classmethod
    def from_address(cls, raw):
        """„gf-001, HO-002,GF-001“ → GF-001, HO-002. What can be nobody's number is left out, with a hint."""
        numbers, hints = [], []
        for part in filter(None, (one.strip() for one in raw.split(","))):
            number = part.upper() if _OURS.fullmatch(part) else part
            if not can_be_remembered(number):
                hints.append(f"„{shortened(part)}“ ist keine Objektnummer. Sie wurde weggelassen.")
            elif number not in numbers:
                numbers.append(number)
        if len(numbers) > MOST_REMEMBERED:
            hints.append(f"Merken lassen sich {MOST_REMEMBERED} Objekte auf einmal. Die übrigen wurden weggelassen.")
        return cls(tuple(numbers[:MOST_REMEMBERED]), tuple(dict.fromkeys(hints))[:MOST_COMPARED])

    def __bool__(self):
        return bool(self.numbers)

    def __contains__(self, number):
        return number in self.numbers

    def __len__(self):
        return len(self.numbers)

    @property
    def is_full(self):
        return len(self) >= MOST_REMEMBERED

    @property
    def parameter(self):
        return ",".join(self.numbers)

    def toggled(self, number):
        """The parameter with one more or one less."""
        others = [one for one in self.numbers if one != number]
        return ",".join(others if number in self else [*others, number])


def can_be_remembered(number):
    return _NUMBER.fullmatch(number) is not None
