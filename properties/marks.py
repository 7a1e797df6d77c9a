"""Points that would cover one another, gathered into circles that do not."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from properties.geometry import Box

#: In pixels, as drawn: what is pressed is at least 24 wide.
SINGLE_RADIUS, LARGEST_RADIUS, GAP = 12, 20, 1
#: Two points in one square of this side are closer than two circles may be.
SQUARE = 2 * SINGLE_RADIUS / math.sqrt(2)


class Point(NamedTuple):
    pk: int
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """One point, or several in one circle."""

    points: tuple
    x: float
    y: float

    @classmethod
    def of(cls, points):
        return cls(tuple(points), _mean(point.x for point in points), _mean(point.y for point in points))

    def and_with(self, other):
        count, more = len(self.points), len(other.points)
        return Mark(
            self.points + other.points,
            (self.x * count + other.x * more) / (count + more),
            (self.y * count + other.y * more) / (count + more),
        )

    @property
    def count(self):
        return len(self.points)

    @property
    def is_single(self):
        return len(self.points) == 1

    @cached_property
    def radius(self):
        """In pixels: grows with the number, slowly."""
        return min(round(SINGLE_RADIUS + 1.1 * math.log2(len(self.points))), LARGEST_RADIUS)

    @property
    def box(self):
        return Box.around([(point.x, point.y) for point in self.points])

    def covers(self, other, units_per_pixel):
        return math.dist((self.x, self.y), (other.x, other.y)) < (self.radius + other.radius + GAP) * units_per_pixel


def gathered(points, units_per_pixel):
    """Marks that do not touch each other when a pixel is so many units of the map."""
    waiting = deque(Mark.of(square) for square in _squares(points, SQUARE * units_per_pixel))
    placed = _Neighbourhood((2 * LARGEST_RADIUS + GAP) * units_per_pixel)
    while waiting:
        mark = waiting.popleft()
        neighbour = next((other for other in placed.near(mark) if mark.covers(other, units_per_pixel)), None)
        if neighbour is None:
            placed.add(mark)
        else:
            placed.remove(neighbour)
            waiting.append(mark.and_with(neighbour))
    return sorted(placed.marks(), key=lambda mark: (mark.y, mark.x))


class _Neighbourhood:
    """Marks by squares so large that what touches lies in the same or the next one."""

    def __init__(self, side):
        self._side = side
        self._squares = defaultdict(list)

    def add(self, mark):
        self._squares[self._square_of(mark)].append(mark)

    def remove(self, mark):
        self._squares[self._square_of(mark)].remove(mark)

    def near(self, mark):
        column, row = self._square_of(mark)
        for across in (0, -1, 1):
            for down in (0, -1, 1):
                yield from self._squares.get((column + across, row + down), ())

    def marks(self):
        return [mark for square in self._squares.values() for mark in square]

    def _square_of(self, mark):
        return mark.x // self._side, mark.y // self._side


def _squares(points, side):
    """The fullest first: smaller ones join it."""
    squares = defaultdict(list)
    for point in points:
        squares[point.x // side, point.y // side].append(point)
    return sorted(squares.values(), key=lambda square: (-len(square), square[0]))


def _mean(values):
    values = list(values)
    return sum(values) / len(values)
