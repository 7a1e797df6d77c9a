"""The part of the map that is shown, as it stands in the address: „ausschnitt=412-380-120“ (left, top, width)."""

import math
import re
from dataclasses import dataclass

from properties.geometry import HEIGHT, WIDTH, Box, to_degrees

PARAMETER = "ausschnitt"
#: About 4 km: closer, bare outlines tell nobody where he is.
SMALLEST_WIDTH = 12
#: Around what shall be seen, as a part of its size.
MARGIN = 0.15
STEP = 2
KM_PER_UNIT_AT_THE_EQUATOR = 0.57411
SCALE_LENGTHS = (100, 50, 20, 10, 5, 2, 1)

_ADDRESS = re.compile(r"(\d{1,4})-(\d{1,4})-(\d{1,4})", re.ASCII)


@dataclass(frozen=True)
class Section:
    """As wide as high as the whole map, in whole units, and never beyond it."""

    x: int = 0
    y: int = 0
    width: int = WIDTH

    @classmethod
    def at(cls, x, y, width):
        """Around a middle."""
        width = min(max(math.ceil(width), SMALLEST_WIDTH), WIDTH)
        height = width * HEIGHT / WIDTH
        left = min(max(round(x - width / 2), 0), WIDTH - width)
        top = min(max(round(y - height / 2), 0), math.floor(HEIGHT - height))
        return cls(left, top, width)

    @classmethod
    def around(cls, box):
        """All of the box with some air around it."""
        width = max(box.width, box.height * WIDTH / HEIGHT) * (1 + 2 * MARGIN)
        return cls.at(box.x + box.width / 2, box.y + box.height / 2, width)

    @classmethod
    def around_all(cls, boxes):
        corners = [corner for box in boxes for corner in ((box.x, box.y), (box.right, box.bottom))]
        return cls.around(Box.around(corners)) if corners else WHOLE

    @classmethod
    def from_address(cls, raw):
        """None where it names no part of the map."""
        found = _ADDRESS.fullmatch(raw)
        if not found:
            return None
        section = cls(*map(int, found.groups()))
        return section if section == cls.at(*section.middle, section.width) else None

    @property
    def height(self):
        return self.width * HEIGHT / WIDTH

    @property
    def middle(self):
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def box(self):
        return Box(self.x, self.y, self.width, self.height)

    @property
    def is_whole(self):
        return self == WHOLE

    @property
    def is_smallest(self):
        return self.width <= SMALLEST_WIDTH

    @property
    def address(self):
        return f"{self.x}-{self.y}-{self.width}"

    @property
    def view_box(self):
        return f"{self.x} {self.y} {self.width} {self.height:g}"

    @property
    def degrees(self):
        """(south, north), (west, east)"""
        (north, west), (south, east) = to_degrees(self.x, self.y), to_degrees(self.box.right, self.box.bottom)
        return (south, north), (west, east)

    def place(self, x, y):
        """In percent of what is drawn: pictures of all sizes share one mark-up."""
        return f"{(x - self.x) / self.width:.2%}", f"{(y - self.y) / self.height:.2%}"

    # --- ways to other sections

    def closer(self):
        return Section.at(*self.middle, self.width / STEP)

    def wider(self):
        return Section.at(*self.middle, self.width * STEP)

    def moved(self, across, down):
        """By half of what is seen."""
        x, y = self.middle
        return Section.at(x + across * self.width / 2, y + down * self.height / 2, self.width)

    def scale(self):
        """(50, 13.85): a round number of kilometres, and its length in percent of the width."""
        latitude, _ = to_degrees(*self.middle)
        km = next((km for km in SCALE_LENGTHS if km / km_per_unit(latitude) <= self.width / 4), SCALE_LENGTHS[-1])
        return km, 100 * km / km_per_unit(latitude) / self.width


WHOLE = Section()


def km_per_unit(latitude):
    return KM_PER_UNIT_AT_THE_EQUATOR * math.cos(math.radians(latitude))
