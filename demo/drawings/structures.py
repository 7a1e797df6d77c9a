"""Technical building parts that industry, energy and transport share."""

import itertools

from .canvas import Canvas, Point, arc, box_points, curve
from .palette import AMBER, LINE, MIST, Color, mix, veiled
from .scenery import warning_light


def cylinder(canvas: Canvas, x: float, base: float, width: float, height: float, color: Color, depth: float) -> None:
    """Upright vessel with a domed head, lit from the left."""
    tone, dome = canvas.mood.tone, width * 0.22
    body = [*arc(x + width / 2, base - height, width / 2, dome, 180, 360), (x + width, base), (x, base)]
    canvas.blend(body, tone(color, depth, 0.45), tone(color, depth, -0.6), sideways=True)
    canvas.box(x + width * 0.16, base - height, width * 0.08, height, veiled(tone(MIST, depth, 0.4), 0.5))


def hoops(canvas: Canvas, x: float, base: float, width: float, height: float, count: int, depth: float) -> None:
    """Working platforms with railings around a vessel."""
    dark = canvas.mood.tone(LINE, depth, -0.75)
    for step in range(1, count + 1):
        y = base - height * step / (count + 0.35)
        left, span = x - width * 0.16, width * 1.32
        canvas.box(left, y, span, 5, dark)
        canvas.box(left, y - 14, span, 2, dark)
        for post in range(6):
            canvas.box(left + post * (span - 2) / 5, y - 14, 2, 14, dark)


def ladder(canvas: Canvas, x: float, top: float, bottom: float, depth: float) -> None:
    dark = canvas.mood.tone(LINE, depth, -0.8)
    for dx in (0, 9):
        canvas.box(x + dx, top, 2, bottom - top, dark)
    for y in range(round(top), round(bottom), 9):
        canvas.box(x, y, 10, 2, dark)


def truss(canvas: Canvas, start: Point, end: Point, width: float, paint: Color, cells: int) -> None:
    """Lattice beam between two points; width is measured downwards."""
    (x0, y0), (x1, y1) = start, end
    nodes = [(x0 + (x1 - x0) * i / cells, y0 + (y1 - y0) * i / cells) for i in range(cells + 1)]
    bar = max(2, width * 0.1)
    canvas.stroke([start, end], paint, bar * 1.3)
    canvas.stroke([(x0, y0 + width), (x1, y1 + width)], paint, bar * 1.3)
    for (ax, ay), (bx, by) in itertools.pairwise(nodes):
        canvas.stroke([(ax, ay), (ax, ay + width), (bx, by)], paint, bar)
    canvas.stroke([nodes[-1], (x1, y1 + width)], paint, bar)


def mast(canvas: Canvas, x: float, top: float, bottom: float, width: float, paint: Color, foot: float = 1.0) -> None:
    """Lattice tower; foot widens its base."""
    cells = max(4, round((bottom - top) / (width * 1.2)))
    sides = []
    for i in range(cells + 1):
        share = i / cells
        half = width / 2 * (1 + (foot - 1) * share)
        y = top + (bottom - top) * share
        sides.append(((x - half, y), (x + half, y)))
    bar = max(1.5, width * 0.09)
    canvas.stroke([left for left, _ in sides], paint, bar * 1.4)
    canvas.stroke([right for _, right in sides], paint, bar * 1.4)
    for (left, right), (next_left, next_right) in itertools.pairwise(sides):
        canvas.stroke([left, next_right], paint, bar)
        canvas.stroke([right, next_left], paint, bar)


def chimney(canvas: Canvas, x: float, base: float, width: float, height: float, color: Color, depth: float) -> None:
    tone, top = canvas.mood.tone, base - height
    body = [(x - width * 0.34, top), (x + width * 0.34, top), (x + width / 2, base), (x - width / 2, base)]
    canvas.blend(body, tone(color, depth, 0.3), tone(color, depth, -0.6), sideways=True)
    for band in (0.03, 0.13):
        y, half = top + height * band, width * (0.34 + 0.16 * band) + 1
        canvas.blend(
            box_points(x - half, y, 2 * half, height * 0.045),
            tone(MIST, depth, 0.2),
            tone(LINE, depth, -0.5),
            sideways=True,
        )
    if canvas.mood.dark:
        warning_light(canvas, x, top - 4)


def smoke(canvas: Canvas, x: float, y: float, size: float, depth: float = 0.5) -> None:
    """A plume of steam drifting to the right, its lit side towards the sun."""
    rng, mood = canvas.rng, canvas.mood
    path = curve((x, y), (x + size * 0.25, y - size * 0.75), (x + size * 1.5, y - size), 13)
    puffs = [(px, py + rng.uniform(-0.05, 0.05) * size, size * (0.05 + 0.016 * i)) for i, (px, py) in enumerate(path)]
    white = mix(mood.sky[0], MIST, 0.5 if mood.dark else 0.8)
    for color, lift in (
        (mood.tone(white, depth + 0.1, -0.25), 0),
        (mood.tone(white, depth + 0.2, 0.35), 0.24),
    ):
        for px, py, radius in puffs:
            canvas.disc(px - radius * lift, py - radius * lift, radius * (1 - lift * 0.8), color)


def storage_sphere(canvas: Canvas, x: float, ground: float, radius: float, color: Color, depth: float) -> None:
    tone = canvas.mood.tone
    y = ground - radius * 1.45
    for share in (-0.8, -0.4, 0, 0.4, 0.8):
        canvas.box(x + share * radius - 4, y, 8, ground - y, tone(LINE, depth, -0.5))
    canvas.blend(arc(x, y, radius, radius), tone(color, depth, 0.55), tone(color, depth, -0.6), sideways=True)
    canvas.stroke(arc(x, y, radius, radius * 0.16, 0, 180), tone(LINE, depth, -0.65), 4)
    canvas.disc(x - radius * 0.38, y - radius * 0.4, radius * 0.2, veiled(mix(canvas.mood.sun, MIST, 0.5), 0.4), 0.75)
    canvas.box(x - radius * 0.3, y - radius - 8, radius * 0.6, 8, tone(LINE, depth, -0.6))
    stairs = curve((x + radius * 0.95, ground), (x + radius * 1.35, y), (x + radius * 0.2, y - radius), 16)
    canvas.stroke(stairs, tone(LINE, depth, -0.75), 4)


def flat_tank(canvas: Canvas, x: float, ground: float, width: float, height: float, color: Color, depth: float) -> None:
    tone, center, brim = canvas.mood.tone, x + width / 2, width * 0.09
    wall = [
        *arc(center, ground, width / 2, brim * 0.6, 0, 180),
        (x, ground - height),
        (x + width, ground - height),
    ]
    canvas.blend(wall, tone(color, depth, 0.4), tone(color, depth, -0.55), sideways=True)
    canvas.polygon(arc(center, ground - height, width / 2, brim), tone(color, depth, 0.5))
    canvas.polygon(arc(center, ground - height, width * 0.44, brim * 0.76), tone(color, depth, 0.15))
    for share in (0.33, 0.66):
        canvas.stroke(
            arc(center, ground - height * share, width / 2, brim * 0.7, 0, 180),
            veiled(tone(color, depth, -0.7), 0.4),
            2,
        )
    stair = [(x + width * (0.2 + 0.5 * t), ground + brim * 0.4 - height * t) for t in (0, 0.25, 0.5, 0.75, 1)]
    canvas.stroke(stair, tone(LINE, depth, -0.7), 5)


def pipe(canvas: Canvas, points: list[Point], width: float, color: Color, depth: float) -> None:
    tone = canvas.mood.tone
    canvas.stroke(points, tone(color, depth, -0.5), width)
    lifted = [(x - width * 0.08, y - width * 0.16) for x, y in points]
    canvas.stroke(lifted, tone(color, depth, 0.0), width * 0.55)
    bright = [(x - width * 0.12, y - width * 0.26) for x, y in points]
    canvas.stroke(bright, tone(color, depth, 0.5), width * 0.16)


def pipe_bridge(canvas: Canvas, x: float, ground: float, length: float, height: float, depth: float) -> None:
    frame = canvas.mood.tone(LINE, depth, -0.7)
    top = ground - height
    for post in range(round(length / 150) + 1):
        for dx in (0, 26):
            canvas.box(x + post * 150 + dx, top - 6, 8, height + 6, frame)
        canvas.stroke([(x + post * 150, ground), (x + post * 150 + 30, top + height * 0.4)], frame, 3)
    for row, color in enumerate((AMBER, MIST, canvas.accent, LINE)):
        y = top + 8 + row * 19
        pipe(canvas, [(x - 20, y), (x + length + 20, y)], 15 - row, color, depth)
    canvas.box(x - 20, top + 82, length + 60, 6, frame)
    canvas.box(x - 20, top - 8, length + 60, 4, frame)


def tower_crane(
    canvas: Canvas, x: float, ground: float, height: float, reach: float, color: Color, depth: float
) -> None:
    """Negative reach turns the jib to the left."""
    paint, top, side = canvas.mood.tone(color, depth, -0.1), ground - height, reach / abs(reach)
    width = height * 0.042
    mast(canvas, x, top, ground, width, paint)
    truss(canvas, (x - side * abs(reach) * 0.3, top - width), (x + reach, top - width), width, paint, 18)
    peak = (x, top - height * 0.14)
    canvas.polygon([peak, (x - width / 2, top), (x + width / 2, top)], paint)
    for end in (x + reach * 0.75, x - reach * 0.27):
        canvas.stroke([peak, (end, top - width)], paint, 2)
    canvas.box(x - reach * 0.28 - width, top - width, width * 2, width * 2.6, canvas.mood.tone(LINE, depth, -0.6))
    canvas.box(x - width * 0.2 + side * width * 0.5, top, width, width * 1.4, canvas.mood.tone(MIST, depth, 0))
    hook = x + reach * 0.62
    canvas.box(hook, top, 2, height * 0.3, paint)
    canvas.box(hook - width, top + height * 0.3, width * 2, width * 0.9, canvas.mood.tone(LINE, depth, -0.4))
