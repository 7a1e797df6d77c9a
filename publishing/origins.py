"""Where what the portal shows comes from, and under what anybody may use it. Each room says so in its `origins.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    MAPS = "Karten und Geodaten"
    PICTURES = "Bilder"
    DATA = "Daten des Portals zum Weiterverwenden"
    SOFTWARE = "Programme und Schriften"


def always():
    return True


@dataclass(frozen=True)
class Origin:
    kind: Kind
    what: str
    #: As the licence wants it said.
    credit: str = ""
    credit_url: str = ""
    licence: str = ""
    licence_url: str = ""
    #: Whether this portal shows any of it at present.
    is_shown: Callable[[], bool] = always


ORIGINS: dict[str, Origin] = {}


def register(origin):
    ORIGINS[origin.what] = origin


def shown():
    """[(„Karten und Geodaten“, [origin, …]), …] without empty groups."""
    groups = [(kind.value, [one for one in ORIGINS.values() if one.kind is kind and one.is_shown()]) for kind in Kind]
    return [(label, origins) for label, origins in groups if origins]
