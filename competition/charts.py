"""Columns over the years, drawn by the server: whole numbers, so that no language puts a comma into a drawing."""

import itertools
from dataclasses import dataclass, field

TOP, BASE, LEFT, RIGHT = 18, 26, 34, 12  # Room for the highest number, the years, the scale, half a year.
MOST_GRID_LINES = 4


@dataclass(frozen=True)
class Column:
    x: int
    y: int
    width: int
    height: int
    middle: int
    year: int
    value: int | None
    shows_value: bool
    shows_year: bool
    missing_word: str

    @property
    def above(self):
        return self.y - 4


@dataclass(frozen=True)
class GridLine:
    y: int
    value: int

    @property
    def below(self):
        return self.y + 4


@dataclass
class Chart:
    name: str
    sign: str
    description: str
    width: int
    height: int
    columns: list[Column] = field(default_factory=list)
    grid: list[GridLine] = field(default_factory=list)

    @property
    def base(self):
        return self.height - BASE

    @property
    def under_base(self):
        return self.height - 8


def large_chart(rows, name, sign=""):
    """Every year with its number."""
    return _chart(rows, 0, name, sign, scale=_highest(rows), step=36, height=260, is_large=True)


def small_charts(rows, series):
    """One for each series, all to the same scale: eyes compare them."""
    scale = _highest(rows)
    return [
        _chart(rows, position, one.name, one.sign, scale=scale, step=13, height=120, is_large=False)
        for position, one in enumerate(series)
    ]


def _round_steps():
    """1, 2, 5, 10, 20, 50, …"""
    for power in itertools.count():
        yield from (one * 10**power for one in (1, 2, 5))


def _highest(rows):
    return max((value for row in rows for value in row.values if value is not None), default=0)


def _chart(rows, position, name, sign, *, scale, step, height, is_large):
    values = [row.values[position] for row in rows]
    grid_step = next(one for one in _round_steps() if scale / one <= MOST_GRID_LINES)
    room = height - TOP - BASE

    def y_of(value):
        return height - BASE - round(room * value / (scale or 1))

    known = [(value, row.edition.year) for value, row in zip(values, rows, strict=True) if value is not None]
    marked = {max(known, key=lambda one: one[0])[1], known[-1][1]} if known else set()
    chart = Chart(name, sign, _in_words(known), LEFT + step * len(rows) + RIGHT, height)
    chart.grid = [GridLine(y_of(value), value) for value in range(0, scale + 1, grid_step)]
    for number, (value, row) in enumerate(zip(values, rows, strict=True)):
        year, x = row.edition.year, LEFT + step * number
        gap = max(step // 6, 2)
        top = y_of(value or 0)
        chart.columns.append(
            Column(
                x=x + gap,
                y=top,
                width=step - 2 * gap,
                height=height - BASE - top,
                middle=x + step // 2,
                year=year,
                value=value,
                shows_value=value is not None and (is_large or year in marked),
                shows_year=is_large or number in (0, len(rows) - 1),
                missing_word=row.missing_word,
            )
        )
    return chart


def _in_words(known):
    """The description for those who hear the chart; the numbers themselves stand in the table."""
    if not known:
        return "Keine Zahlen überliefert."
    (lowest, in_low), (highest, in_high) = min(known), max(known, key=lambda one: one[0])
    first, last = known[0], known[-1]
    if len(known) == 1:
        return f"Nur {first[1]} ist überliefert: {first[0]}."
    return (
        f"{len(known)} Jahre sind überliefert, von {first[1]} ({first[0]}) bis {last[1]} ({last[0]}); "
        f"am meisten {in_high} ({highest}), am wenigsten {in_low} ({lowest})."
    )
