"""People and things on the stage, and those who watch."""

import math

from .canvas import WIDTH, Canvas, Point, arc, box_points, curve
from .palette import AMBER, INK, LINE, MAGENTA, MIST, PETROL, SIGNAL, TEAL, Color, mix, veiled

FLOOR = 760

WARM_LIGHT = mix(AMBER, MIST, 0.55)

GOLD = mix(AMBER, SIGNAL, 0.12)


def lectern(canvas: Canvas, x: float, base: float) -> None:
    wood = mix(SIGNAL, INK, 0.45)
    canvas.disc(x, base + 2, 120, veiled(INK, 0.45), 0.14)
    front = [(x - 88, base - 232), (x + 88, base - 232), (x + 66, base - 10), (x - 66, base - 10)]
    canvas.blend(front, mix(wood, AMBER, 0.4), mix(wood, INK, 0.4))
    canvas.polygon(
        [(x + 50, base - 232), (x + 88, base - 232), (x + 66, base - 10), (x + 36, base - 10)],
        veiled(INK, 0.3),
    )
    canvas.box(x - 84, base - 12, 168, 14, mix(wood, INK, 0.6))
    canvas.polygon(
        [(x - 112, base - 236), (x - 96, base - 262), (x + 96, base - 262), (x + 112, base - 236)],
        mix(wood, AMBER, 0.55),
    )
    canvas.box(x - 112, base - 238, 224, 12, mix(wood, INK, 0.35))
    star(canvas, x - 4, base - 130, 38, mix(AMBER, MIST, 0.2))
    for side in (-1, 1):
        stem = curve((x + side * 52, base - 258), (x + side * 60, base - 300), (x + side * 34, base - 306), 10)
        canvas.stroke(stem, INK, 5)
        canvas.disc(*stem[-1], 8, mix(INK, LINE, 0.35))


def star(canvas: Canvas, x: float, y: float, radius: float, color: Color) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = math.radians(-90 + corner * 36)
        points.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    canvas.polygon(points, color)


def standing_guest(canvas: Canvas, x: float, ground: float, height: float, paint: Color) -> None:
    """Upper body, seen above a lectern; everything below is hidden."""
    rim = veiled(WARM_LIGHT, 0.75)
    y = ground - height * 0.72
    torso = [
        *curve((x - 92, ground), (x - 92, y + 62), (x - 26, y + 48)),
        *curve((x + 26, y + 48), (x + 92, y + 62), (x + 92, ground)),
    ]
    canvas.stroke(torso[2:23], rim, 6)
    canvas.stroke(torso[28:48], rim, 6)
    canvas.polygon(torso, mix(paint, PETROL, 0.25))
    canvas.polygon([(x - 20, y + 48), (x + 20, y + 48), (x, y + 120)], mix(LINE, WARM_LIGHT, 0.4))
    canvas.polygon([(x - 6, y + 62), (x + 6, y + 62), (x + 9, y + 118), (x, y + 130), (x - 9, y + 118)], canvas.accent)
    canvas.box(x - 17, y + 20, 34, 36, paint)
    canvas.disc(x, y - 4, 43, rim, 1.2)
    canvas.disc(x, y, 41, paint, 1.2)


def flowers(canvas: Canvas, x: float, base: float) -> None:
    rng = canvas.rng
    canvas.polygon([(x - 44, base - 84), (x + 44, base - 84), (x + 30, base), (x - 30, base)], mix(LINE, INK, 0.35))
    canvas.polygon([(x + 8, base - 84), (x + 44, base - 84), (x + 30, base), (x + 6, base)], mix(LINE, INK, 0.6))
    for _ in range(26):
        tip = (x + rng.uniform(-95, 95), base - rng.uniform(100, 215))
        canvas.stroke(curve((x, base - 80), (x, base - 130), tip, 8), mix(TEAL, INK, 0.4), 5)
    for _ in range(24):
        px, py, size = x + rng.uniform(-90, 90), base - rng.uniform(105, 215), rng.uniform(11, 19)
        color = rng.choice((MIST, MAGENTA, AMBER, mix(SIGNAL, AMBER, 0.4)))
        canvas.disc(px, py, size, mix(color, INK, 0.25))
        canvas.disc(px - size * 0.2, py - size * 0.2, size * 0.65, color)


def pedestal(canvas: Canvas, x: float, top: float) -> None:
    stone = mix(LINE, canvas.accent, 0.25)
    canvas.disc(x, top + 235, 230, veiled(INK, 0.5), 0.15)
    canvas.blend(box_points(x - 150, top + 30, 300, 205), mix(stone, MIST, 0.5), mix(stone, INK, 0.65), sideways=True)
    canvas.blend(box_points(x - 176, top, 352, 34), mix(stone, MIST, 0.7), mix(stone, INK, 0.5), sideways=True)
    canvas.blend(box_points(x - 176, top + 215, 352, 30), mix(stone, MIST, 0.5), mix(stone, INK, 0.6), sideways=True)


def cup(canvas: Canvas, x: float, base: float, height: float) -> None:
    unit, light, dark = height / 100, mix(AMBER, MIST, 0.6), mix(SIGNAL, AMBER, 0.3)

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * unit, base - py * unit) for px, py in points]

    for side in (-1, 1):
        handle = curve((side * 30, 92), (side * 62, 92), (side * 50, 68)) + curve(
            (side * 50, 68), (side * 42, 52), (side * 20, 50)
        )
        canvas.stroke(at(handle), mix(GOLD, dark, 0.45), 6.5 * unit)
        canvas.stroke(at([(px - 0.8, py + 0.8) for px, py in handle]), mix(GOLD, MIST, 0.25), 2.4 * unit)
    left = [*curve((-34, 98), (-32, 48), (-6, 40)), (-4, 24), *curve((-5, 22), (-8, 14), (-20, 12))]
    shell = left + [(-px, py) for px, py in reversed(left)]
    canvas.blend(at(shell), light, dark, sideways=True)
    gleam = curve((-25, 96), (-24, 60), (-10, 46)) + curve((-6, 46), (-17, 60), (-17, 96))
    canvas.polygon(at(gleam), veiled(MIST, 0.6))
    canvas.polygon(at(curve((20, 96), (19, 58), (6, 44)) + curve((9, 45), (26, 60), (26, 96))), veiled(AMBER, 0.4))
    canvas.polygon(at(arc(0, 98, 34, 4.6)), mix(GOLD, INK, 0.45))
    canvas.stroke(at(arc(0, 98, 34, 4.6)), mix(AMBER, MIST, 0.5), 1.6 * unit)
    canvas.polygon(at(arc(0, 32, 8, 3.4)), mix(AMBER, MIST, 0.25))
    canvas.blend(at([(-24, 12), (24, 12), (28, 0), (-28, 0)]), mix(INK, LINE, 0.3), INK, sideways=True)
    canvas.blend(at([(-14, 9), (14, 9), (15, 3), (-15, 3)]), light, mix(GOLD, dark, 0.5), sideways=True)
    star(canvas, x, base - 72 * unit, 12 * unit, mix(AMBER, MIST, 0.75))
    canvas.glow(x - 22 * unit, base - 92 * unit, 26 * unit, MIST, 0.9)


def confetti(canvas: Canvas) -> None:
    rng = canvas.rng
    for _ in range(110):
        x, y, size, turn = (
            rng.uniform(0, WIDTH),
            rng.uniform(40, 960),
            rng.uniform(5, 13),
            rng.uniform(0, 3.14),
        )
        color = rng.choice((AMBER, MIST, mix(MAGENTA, MIST, 0.25), mix(TEAL, MIST, 0.3), mix(canvas.accent, MIST, 0.4)))
        dx, dy = math.cos(turn) * size, math.sin(turn) * size
        canvas.polygon(
            [(x - dx, y - dy), (x + dy * 0.5, y - dx * 0.5), (x + dx, y + dy), (x - dy * 0.5, y + dx * 0.5)],
            veiled(color, 0.9),
        )


def podium_step(canvas: Canvas, x: float, ground: float, height: float) -> None:
    color = mix(canvas.accent, LINE, 0.35)
    canvas.blend(box_points(x - 120, ground - height, 240, height), mix(color, MIST, 0.4), mix(color, INK, 0.5))
    canvas.box(x - 128, ground - height - 14, 256, 18, mix(AMBER, MIST, 0.5))
    star(canvas, x, ground - height * 0.5, 26, mix(AMBER, MIST, 0.3))


def celebrant(canvas: Canvas, x: float, ground: float, height: float, arms_up: int) -> None:
    paint, unit = mix(INK, canvas.accent, 0.12), height / 100
    rim = veiled(WARM_LIGHT, 0.8)

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * unit, ground - py * unit) for px, py in points]

    body = [
        (-13, 80),
        (13, 80),
        (15, 74),
        (11, 46),
        (11, 0),
        (3, 0),
        (1, 42),
        (-1, 42),
        (-3, 0),
        (-11, 0),
        (-11, 46),
        (-15, 74),
    ]
    arms = [[(-12, 77), (-24, 90), (-20, 110)], [(12, 77), (24, 90), (20, 110)]]
    if arms_up == 1:
        arms[0] = [(-12, 77), (-20, 62), (-13, 48)]
    for color, width, grow in ((rim, 8.4, 1), (paint, 7, 0)):
        for arm in arms:
            canvas.stroke(at(arm), color, width * unit)
            canvas.disc(*at([arm[-1]])[0], width * unit / 2, color)
        canvas.disc(x, ground - 92 * unit, (8 + grow * 0.7) * unit, color, 1.15)
    canvas.polygon(at(body), paint)
    canvas.stroke(at([(-15, 74), (-11, 46), (-11, 4)]), rim, 1.2 * unit)
    if arms_up == 2:
        cup(canvas, x, ground - 108 * unit, 46 * unit)
    else:
        bouquet(canvas, *at([(20, 112)])[0], unit)


def bouquet(canvas: Canvas, x: float, y: float, unit: float) -> None:
    canvas.polygon(
        [(x - 6 * unit, y - 8 * unit), (x + 6 * unit, y - 8 * unit), (x, y + 10 * unit)], mix(TEAL, MIST, 0.2)
    )
    for _ in range(14):
        color = canvas.rng.choice((MAGENTA, MIST, AMBER))
        spot = x + canvas.rng.uniform(-9, 9) * unit, y - canvas.rng.uniform(6, 18) * unit
        canvas.disc(*spot, 3.6 * unit, mix(color, MIST, 0.2))


def backdrop_panel(canvas: Canvas, x: float, top: float) -> None:
    color = mix(canvas.accent, INK, 0.25)
    canvas.blend(box_points(x, top, 150, FLOOR - top), mix(color, MIST, 0.3), mix(color, INK, 0.45))
    canvas.box(x + 144, top, 6, FLOOR - top, veiled(INK, 0.3))
    canvas.box(x, FLOOR - 12, 150, 6, mix(AMBER, MIST, 0.4))


def seated_guest(canvas: Canvas, x: float, ground: float, height: float, facing: int) -> None:
    """Silhouette in an armchair, turned towards the middle of the stage."""
    unit, paint = height / 100, mix(INK, canvas.accent, 0.1)
    leather, rim = mix(SIGNAL, INK, 0.35), veiled(WARM_LIGHT, 0.8)

    def at(points: list[Point]) -> list[Point]:
        return [(x + facing * px * unit, ground - py * unit) for px, py in points]

    canvas.disc(x, ground, 34 * unit, veiled(INK, 0.4), 0.16)
    canvas.polygon(at([(-24, 4), (-30, 58), (-20, 60), (-14, 26), (24, 26), (24, 4)]), leather)
    canvas.polygon(at([(-14, 32), (20, 34), (20, 28), (-15, 25)]), mix(leather, AMBER, 0.3))
    for leg in (-20, 19):
        canvas.stroke(at([(leg, 5), (leg, 0)]), INK, 2.5 * unit)
    torso = [(-15, 30), (-16, 66), (-10, 72), (-2, 71), (3, 62), (4, 32)]
    canvas.stroke(at([(3, 64), (5, 34)]), rim, 1.6 * unit)
    canvas.polygon(at(torso), paint)
    canvas.stroke(at([(-4, 33), (26, 36), (29, 2), (36, 1)]), paint, 9 * unit)
    canvas.stroke(at([(-4, 62), (6, 46), (20, 52)]), paint, 6 * unit)
    head_x, head_y = at([(-4, 84)])[0]
    canvas.disc(head_x + facing * 0.6 * unit, head_y - 0.4 * unit, 8 * unit, rim, 1.18)
    canvas.disc(head_x, head_y, 7.7 * unit, paint, 1.18)
    canvas.box(head_x - 3 * unit, head_y + 5 * unit, 6 * unit, 9 * unit, paint)
    canvas.stroke(at([(20, 52), (22, 62)]), mix(INK, LINE, 0.5), 2 * unit)
    canvas.disc(*at([(22.5, 64)])[0], 2.2 * unit, mix(INK, LINE, 0.6))


def side_table(canvas: Canvas, x: float, ground: float) -> None:
    canvas.disc(x, ground, 80, veiled(INK, 0.35), 0.16)
    canvas.box(x - 5, ground - 110, 10, 108, mix(INK, LINE, 0.3))
    canvas.disc(x, ground - 110, 88, mix(LINE, AMBER, 0.3), 0.15)
    for dx in (-46, 46):
        canvas.blend(box_points(x + dx - 11, ground - 152, 22, 40), mix(TEAL, MIST, 0.8), mix(TEAL, MIST, 0.5))
    for dx, dy, color in ((-14, 176, MAGENTA), (10, 188, AMBER), (0, 162, MIST), (18, 166, MAGENTA)):
        canvas.stroke([(x, ground - 118), (x + dx, ground - dy)], mix(TEAL, INK, 0.3), 3)
        canvas.disc(x + dx, ground - dy, 13, mix(color, MIST, 0.15))
    canvas.polygon(box_points(x - 10, ground - 146, 20, 34), mix(LINE, INK, 0.3))


def small_speaker(canvas: Canvas, x: float, ground: float) -> None:
    canvas.disc(x, ground - 158, 19, INK, 1.2)
    canvas.rounded(x - 34, ground - 132, 68, 132, 24, INK)
    desk = [(x - 46, ground - 86), (x + 46, ground - 86), (x + 36, ground), (x - 36, ground)]
    canvas.blend(desk, mix(SIGNAL, AMBER, 0.4), mix(SIGNAL, INK, 0.5))
    canvas.box(x - 54, ground - 94, 108, 10, mix(AMBER, MIST, 0.2))


def listener(canvas: Canvas, x: float, y: float, size: float, paint: Color, lit: Color) -> None:
    shoulders = [
        (x - size * 1.2, y + size * 2.4),
        *arc(x, y + size * 1.75, size * 1.15, size * 0.85, 190, 350),
        (x + size * 1.2, y + size * 2.4),
    ]
    canvas.stroke(arc(x, y + size * 1.72, size * 1.13, size * 0.85, 200, 340), veiled(lit, 0.55), size * 0.08)
    canvas.polygon(shoulders, paint)
    canvas.disc(x, y - size * 0.04, size * 0.6, veiled(lit, 0.6), 1.18)
    canvas.disc(x, y, size * 0.6, paint, 1.18)


def audience(canvas: Canvas, top: float, rows: int, lit: Color) -> None:
    """Heads from behind, each rimmed by the light of the stage."""
    rng = canvas.rng
    for row in range(rows):
        size, y = 30 + row * 13, top + row * 52
        paint = mix(INK, canvas.accent, 0.2 - 0.06 * row)
        x = -30 + (row % 2) * size
        while x < WIDTH + 60:
            px, py = x + rng.uniform(-8, 8), y + rng.uniform(-10, 8)
            listener(canvas, px, py, size, paint, lit)
            x += size * 2.55
        canvas.box(0, y + size * 1.9, WIDTH, 400, paint)
