"""Up to four listings side by side: the lines of their exposés, made into rows."""

from dataclasses import dataclass, field

from properties.facts import facts
from properties.models import Hall, Land, Listing
from properties.models.terms import Kind
from properties.remembered import MOST_COMPARED


@dataclass
class Row:
    label: str
    #: One Fact a column; None where a listing says nothing.
    cells: list

    @property
    def differs(self):
        return len({cell and (cell.value, cell.hint) for cell in self.cells}) > 1


@dataclass
class Comparison:
    listings: list
    #: Numbers that are public, but of the other kind; that are one too many here; that are nobody's.
    elsewhere: list = field(default_factory=list)
    left_over: list = field(default_factory=list)
    unknown: list = field(default_factory=list)

    @property
    def groups(self):
        """[(„Lage“, [Row, …]), …]"""
        columns = [_lines(listing) for listing in self.listings]
        groups = {}
        for heading, *key in _merged([list(column) for column in columns]):
            cells = [column.get((heading, *key)) for column in columns]
            groups.setdefault(heading, []).append(Row(key[0], cells))
        return list(groups.items())


def compare(numbers, kind):
    """In the order of the address."""
    kinds = dict(Listing.objects.published().filter(number__in=numbers).values_list("number", "kind"))
    own = [number for number in numbers if kinds.get(number) == kind]
    return Comparison(
        _read(own[:MOST_COMPARED], kind),
        elsewhere=[number for number in numbers if number in kinds and kinds[number] != kind],
        left_over=own[MOST_COMPARED:],
        unknown=[number for number in numbers if number not in kinds],
    )


def _read(numbers, kind):
    model = Land if kind == Kind.LAND else Hall
    rows = model.objects.published().filter(number__in=numbers).select_related("district").defer("body")
    found = {one.number: one for one in rows.prefetch_related("lots", "utilities", "distances")}
    return [found[number] for number in numbers if number in found]


def _lines(listing):
    """{(heading, label, how often it stood there before): Fact}: two motorways are two lines."""
    lines = {}
    for heading, group in facts(listing):
        for fact in group:
            times = sum(1 for known in lines if known[:2] == (heading, fact.label))
            lines[heading, fact.label, times] = fact
    return lines


def _merged(columns):
    """All keys of all columns, each after the one that it follows in its own column, headings together."""
    merged = []
    for column in columns:
        place = 0
        for key in column:
            if key in merged:
                place = merged.index(key) + 1
            else:
                merged.insert(place, key)
                place += 1
    headings = list(dict.fromkeys(key[0] for key in merged))
    return sorted(merged, key=lambda key: headings.index(key[0]))
