"""Names on a map that cover neither each other nor, where possible, what they explain."""

from dataclasses import dataclass
from typing import NamedTuple

from properties.geometry import Box

#: In pixels, as drawn. What stands FAR goes around a circle that covers the place itself.
LETTER_WIDTH, LINE_HEIGHT, DISTANCE, FAR, DOT = 7.2, 17, 7, 22, 2.5


class Name(NamedTuple):
    """Something to be named, in pixels from the left upper corner of what is drawn."""

    text: str
    x: float
    y: float
    #: Shown even where it covers a point: without any name nobody finds his way.
    is_needed: bool = False
    has_dot: bool = True


@dataclass(frozen=True)
class Label:
    name: Name
    anchor: str
    dx: float
    dy: float
    box: Box


def placed(names, width, height, obstacles=()):
    """Labels for as many names as there is room for; the earlier ones choose first. `obstacles` are boxes."""
    picture = Box(0, 0, width, height)
    labels = []
    # Whoever writes first leaves the places of the important ones free.
    dots = {name: _dot(name) for name in names if name.is_needed}
    for name in names:
        if not picture.holds(name.x, name.y):
            continue
        free = [
            label
            for label in _ways_to_write(name)
            if _lies_in(label.box, picture) and not any(_cover(label, other) for other in labels)
        ]
        kept_free = [*obstacles, *(dot for other, dot in dots.items() if other != name)]
        covered = {label: sum(_common_area(label.box, box) for box in kept_free) for label in free}
        best = min(free, key=covered.get, default=None)
        if best and (name.is_needed or not covered[best]):
            labels.append(best)
    return labels


def _ways_to_write(name):
    """To the right, to the left, above and below, as mapmakers like it; without a dot around the place itself."""
    length = len(name.text) * LETTER_WIDTH
    if not name.has_dot:
        yield _label(name, "middle", 0, 4, length)
        return
    for distance in (DISTANCE, FAR):
        yield _label(name, "start", distance, 4, length)
        yield _label(name, "end", -distance, 4, length)
        yield _label(name, "middle", 0, -distance - 1, length)
        yield _label(name, "middle", 0, distance + 10, length)


def _label(name, anchor, dx, dy, length):
    left = name.x + dx - {"start": 0, "middle": length / 2, "end": length}[anchor]
    return Label(name, anchor, dx, dy, Box(left, name.y + dy - LINE_HEIGHT * 0.8, length, LINE_HEIGHT))


def _common_area(one, other):
    if not one.meets(other):
        return 0
    across = min(one.right, other.right) - max(one.x, other.x)
    return across * (min(one.bottom, other.bottom) - max(one.y, other.y))


def _cover(one, other):
    return one.box.meets(other.box) or one.box.meets(_dot(other.name)) or other.box.meets(_dot(one.name))


def _dot(name):
    return Box(name.x - DOT, name.y - DOT, 2 * DOT, 2 * DOT)


def _lies_in(box, picture):
    return picture.holds(box.x, box.y) and picture.holds(box.right, box.bottom)
