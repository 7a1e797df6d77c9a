"""Sky, land, water and trees: what more than one motif stands in."""

import itertools
import math
from random import Random

from .canvas import WIDTH, Canvas, Point, curve
from .palette import AMBER, GREEN, MIST, SIGNAL, TEAL, Color, Paint, mix, veiled


def sky(canvas: Canvas, horizon: float, sun: Point, radius: float = 70) -> None:
    mood = canvas.mood
    canvas.backdrop(mood.sky, bottom=horizon)
    canvas.backdrop((mood.sky[-1], mood.haze), top=horizon)
    if mood.dark:
        stars(canvas, horizon * 0.7)
    canvas.glow(*sun, radius * 7, mood.sun, 0.55)
    canvas.disc(*sun, radius, mix(mood.sun, MIST, 0.35))
    clouds(canvas, horizon)


def stars(canvas: Canvas, lowest: float) -> None:
    for _ in range(70):
        x, y = canvas.rng.uniform(0, WIDTH), canvas.rng.uniform(0, 1) ** 1.5 * lowest
        canvas.disc(x, y, canvas.rng.uniform(0.7, 1.9), veiled(MIST, 0.7))


def clouds(canvas: Canvas, horizon: float) -> None:
    rng, mood = canvas.rng, canvas.mood
    color = mix(mood.sky[-2], mood.sun, 0.5)
    for _ in range(rng.randint(3, 5)):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0.1, 0.62) * horizon
        length = rng.uniform(180, 420)
        for _ in range(4):
            bank_x, bank_y = x + rng.uniform(-0.5, 0.5) * length, y + rng.uniform(-16, 16)
            lens(
                canvas,
                bank_x,
                bank_y,
                length * rng.uniform(0.35, 0.8),
                rng.uniform(5, 13),
                veiled(color, 0.32),
            )


def lens(canvas: Canvas, x: float, y: float, half: float, thickness: float, paint: Paint) -> None:
    upper = curve((x - half, y), (x, y - 2 * thickness), (x + half, y))
    lower = curve((x + half, y), (x, y + thickness), (x - half, y))
    canvas.polygon(upper + lower, paint)


def ridge_line(canvas: Canvas, base: float, height: float, waves: float = 1.5) -> list[Point]:
    rng = canvas.rng
    parts = [(0.62 * height / (k + 1), waves * (k + 1) * rng.uniform(0.8, 1.2), rng.uniform(0, 6.3)) for k in range(3)]
    return [
        (x, base - sum(a * (0.5 + 0.5 * math.sin(x / WIDTH * 6.3 * f + p)) for a, f, p in parts))
        for x in range(0, WIDTH + 25, 25)
    ]


def hill(canvas: Canvas, line: list[Point], top: Color, bottom: Color, floor: float = 1000) -> None:
    canvas.blend([*line, (WIDTH, floor), (0, floor)], top, bottom)


def height_at(line: list[Point], x: float) -> float:
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def far_hills(canvas: Canvas, horizon: float, height: float = 70) -> None:
    for depth in (0.12, 0.26, 0.4):
        tone = canvas.mood.tone(TEAL, depth)
        line = ridge_line(canvas, horizon - (0.4 - depth) * height, height * (1.1 - depth), 1 + 2 * depth)
        hill(canvas, line, tone, mix(tone, canvas.mood.haze, 0.6), horizon + 160)


def tree(canvas: Canvas, x: float, ground: float, height: float, depth: float = 1.0, slim: bool = False) -> None:
    rng, mood = canvas.rng, canvas.mood
    leaf = mix(GREEN, TEAL, rng.uniform(0.1, 0.7))
    dark, middle, light = (mood.tone(leaf, depth, shine) for shine in (-0.55, -0.15, 0.28))
    half = height * (0.13 if slim else 0.34)
    foot, fork = height * 0.045, height * 0.022
    canvas.polygon(
        [
            (x - foot, ground),
            (x - fork, ground - height * 0.5),
            (x + fork, ground - height * 0.5),
            (x + foot, ground),
        ],
        dark,
    )
    puffs = [leaf_puff(rng) for _ in range(9 + round(height / 22))]
    for color, lift, size in ((dark, 0, 1.0), (middle, 0.1, 0.84), (light, 0.26, 0.5)):
        for dx, dy, scale in puffs:
            radius = half * scale * size
            canvas.disc(
                x + (dx - lift) * half,
                ground - dy * height - lift * half * 0.8,
                radius,
                color,
                1.7 if slim else 0.95,
            )


def leaf_puff(rng: Random) -> tuple[float, float, float]:
    """Place and size of one clump of leaves within an egg-shaped crown."""
    turn, reach = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
    return 0.68 * reach * math.cos(turn), 0.6 + 0.26 * reach * math.sin(turn), rng.uniform(0.28, 0.5)


def tree_row(canvas: Canvas, ground: float, height: float, depth: float, start: float = 0, end: float = WIDTH):
    x = start
    while x < end:
        size = height * canvas.rng.uniform(0.6, 1.15)
        tree(canvas, x, ground + canvas.rng.uniform(0, 5), size, depth, canvas.rng.random() < 0.2)
        x += size * canvas.rng.uniform(0.28, 0.6)


def bushes(canvas: Canvas, ground: float, height: float, depth: float = 1.0) -> None:
    """A dark, soft foreground edge that closes the picture at the bottom."""
    rng = canvas.rng
    tone = canvas.mood.tone(mix(GREEN, TEAL, 0.5), depth, -0.75)
    for x in range(-20, WIDTH + 40, 26):
        canvas.disc(x + rng.uniform(-8, 8), ground, height * rng.uniform(0.5, 1.1), tone, 0.8)
    canvas.box(0, ground, WIDTH, 1000 - ground, tone)


def water(canvas: Canvas, line: float, tint: float = 0.35, squeeze: float = 1.2) -> None:
    mood = canvas.mood
    canvas.reflect(line, 1000 - line, mood.tone(TEAL, 0.75), tint, 5, squeeze)
    canvas.veil(line, 1000, mood.tone(TEAL, 1, -0.5), 0.0, 0.55)
    for _ in range(70):
        near = canvas.rng.random() ** 1.4
        x, y = canvas.rng.uniform(0, WIDTH), line + 6 + near * (985 - line)
        paint = veiled(mood.sun, 0.28) if canvas.rng.random() < 0.6 else veiled(mood.shadow, 0.16)
        lens(canvas, x, y, canvas.rng.uniform(20, 60) * (0.4 + 1.6 * near), 0.8 + 2.2 * near, paint)


def glitter(canvas: Canvas, x: float, line: float, bottom: float = 1000) -> None:
    """The path of light below a low sun."""
    steps = 34
    for step in range(steps):
        near = step / steps
        y = line + 4 + near**1.5 * (bottom - line)
        offset = canvas.rng.uniform(-25, 25) * (0.5 + near)
        lens(
            canvas, x + offset, y, canvas.rng.uniform(15, 60) * (0.6 + near), 1 + 2.6 * near,
            veiled(canvas.mood.sun, 0.62 - 0.3 * near),
        )  # fmt: skip


def birds(canvas: Canvas, x: float, y: float) -> None:
    tone = canvas.mood.tone(TEAL, 0.8, -0.6)
    for _ in range(canvas.rng.randint(4, 7)):
        bx, by, span = (
            x + canvas.rng.uniform(-90, 90),
            y + canvas.rng.uniform(-40, 40),
            canvas.rng.uniform(6, 13),
        )
        wing = curve((bx - span, by - span * 0.35), (bx - span * 0.35, by - span * 0.6), (bx, by), 6)
        canvas.stroke(wing + [(2 * bx - px, py) for px, py in reversed(wing)], tone, 2)


def lamp(canvas: Canvas, x: float, y: float, size: float = 4) -> None:
    canvas.glow(x, y, size * 9, AMBER, 0.75)
    canvas.disc(x, y, size, mix(AMBER, MIST, 0.4))


def warning_light(canvas: Canvas, x: float, y: float) -> None:
    canvas.glow(x, y, 30, SIGNAL, 0.7)
    canvas.disc(x, y, 3.5, mix(SIGNAL, MIST, 0.25))


def person(canvas: Canvas, x: float, ground: float, height: float, paint: Color) -> None:
    canvas.disc(x, ground, height * 0.2, veiled(canvas.mood.shadow, 0.4), 0.25)
    canvas.disc(x, ground - height * 0.91, height * 0.075, paint)
    canvas.rounded(x - height * 0.125, ground - height * 0.82, height * 0.25, height * 0.42, height * 0.08, paint)
    for side in (-1, 1):
        canvas.stroke(
            [(x + side * height * 0.05, ground - height * 0.45), (x + side * height * 0.07, ground)],
            paint,
            height * 0.08,
        )
