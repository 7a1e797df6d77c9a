"""The outlines of the districts (static/geo/districts.svg) and where a point of the earth lies among them.

The drawing is in Web Mercator, rounded to whole units; one unit is about 360 m.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings

WIDTH, HEIGHT = 1000, 895

# Fitted to the same outlines in degrees: no corner is off by more than the rounding of the drawing.
UNITS_PER_RADIAN = 11_097.25
LEFT, TOP = -1_913.389, 12_163.173
#: For scripts, as text: a template would write numbers with a German comma.
#: longitude = degrees((x - left) / unitsPerRadian)
#: latitude = degrees(2 * atan(exp((top - y) / unitsPerRadian)) - π / 2)
MAPPING = {"units_per_radian": str(UNITS_PER_RADIAN), "left": str(LEFT), "top": str(TOP)}

_PATH = re.compile(r'<path id="k(\d{5})" d="([^"]+)"/>')
_RING = re.compile(r"M([^Mz]+)")
_NUMBER = re.compile(r"-?\d+")
#: More lines find a better place for a name; so many are found in a moment.
LINES_TO_LOOK_FOR_A_LABEL = 12


def to_map(latitude, longitude):
    """(x, y) in units of the drawing, y downwards."""
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return LEFT + UNITS_PER_RADIAN * math.radians(longitude), TOP - UNITS_PER_RADIAN * north


def to_degrees(x, y):
    """(latitude, longitude)"""
    north = (TOP - y) / UNITS_PER_RADIAN
    return math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2), math.degrees((x - LEFT) / UNITS_PER_RADIAN)


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, points):
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height

    def holds(self, x, y):
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def meets(self, other):
        return self.x <= other.right and other.x <= self.right and self.y <= other.bottom and other.y <= self.bottom


WHOLE_MAP = Box(0, 0, WIDTH, HEIGHT)


@dataclass(frozen=True)
class Outline:
    ags: str
    #: As it stands in the drawing, for <path d="…">.
    path: str
    rings: tuple
    box: Box
    #: Well inside, for a name or a number.
    label: tuple

    @property
    def state(self):
        return self.ags[:2]

    def holds(self, x, y):
        return self.box.holds(x, y) and _is_inside(self.rings, x, y)


@cache
def outlines():
    """{official key: Outline}, read once per process."""
    drawing = (settings.BASE_DIR / "static/geo/districts.svg").read_text()
    return {ags: _outline(ags, path) for ags, path in _PATH.findall(drawing)}


def district_at(x, y):
    """The official key of the district a point of the map lies in, or None."""
    return next((one.ags for one in outlines().values() if one.holds(x, y)), None)


@cache
def state_borders():
    """Path data of what separates the three states from each other and from the rest of the world."""
    states_of = defaultdict(set)
    sides = Counter()
    for outline in outlines().values():
        for ring in outline.rings:
            for line in pairwise(ring):
                key = tuple(sorted(line))
                states_of[key].add(outline.state)
                sides[key] += 1
    border = [line for line, states in states_of.items() if len(states) == 2 or sides[line] == 1]
    return "".join(_as_path(chain) for chain in _chains(border))


def _outline(ags, path):
    rings = tuple(_ring(numbers) for numbers in _RING.findall(path))
    box = Box.around([point for ring in rings for point in ring])
    return Outline(ags, path, rings, box, _label_point(rings, box))


def _ring(numbers):
    """Absolute corners, the first one again at the end, out of “M x y l dx dy dx dy …”."""
    steps = list(map(int, _NUMBER.findall(numbers)))
    x = y = 0
    corners = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x, y))
    return (*corners, corners[0])


def _is_inside(rings, x, y):
    """Rings within rings are holes."""
    return sum(crossing > x for crossing in _crossings(rings, y)) % 2 == 1


def _crossings(rings, y):
    """Where the outline crosses the horizontal line at y, from left to right."""
    return sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )


def _label_point(rings, box):
    """Of the middles of some lines across the district, the one farthest from its outline."""
    middles = []
    for number in range(1, LINES_TO_LOOK_FOR_A_LABEL):
        y = box.y + box.height * number / LINES_TO_LOOK_FOR_A_LABEL
        crossings = _crossings(rings, y)
        middles += [((left + right) / 2, y) for left, right in zip(crossings[::2], crossings[1::2], strict=True)]
    corners = [corner for ring in rings for corner in ring]
    return max(middles, key=lambda middle: min(math.dist(middle, corner) for corner in corners))


def _chains(lines):
    """Lines put together end to end, so that each corner is written once."""
    ends = defaultdict(list)
    for line in lines:
        for end in line:
            ends[end].append(line)
    left = set(lines)
    for line in lines:
        if line not in left:
            continue
        left.remove(line)
        chain = list(line)
        while following := next((other for other in ends[chain[-1]] if other in left), None):
            left.remove(following)
            chain.append(following[0] if following[1] == chain[-1] else following[1])
        yield chain


def _as_path(corners):
    steps = " ".join(f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(corners))
    return f"M{corners[0][0]} {corners[0][1]}l{steps}"
