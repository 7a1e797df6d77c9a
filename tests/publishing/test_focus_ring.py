"""The ring around what has the focus has two colours, so that one of them stands out on every ground."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
LIGHT, DARK, _ = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in TOKENS.split("@media"))
GROUNDS = ("paper", "mist", "masthead", "petrol", "signal", "map-ground", "map-land", "map-own")
ENOUGH = 3


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(*colours):
    below, above = sorted(map(luminance, colours))
    return (above + 0.05) / (below + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
def test_one_colour_of_the_ring_stands_out_on_every_ground(tokens):
    ring = tokens["focus"], tokens["focus-edge"]
    best = {ground: max(contrast(colour, tokens[ground]) for colour in ring) for ground in GROUNDS}
    assert {ground: ratio for ground, ratio in best.items() if ratio < ENOUGH} == {}
    # And the two from each other.
    assert contrast(*ring) >= ENOUGH


def test_the_measure_knows_black_from_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
