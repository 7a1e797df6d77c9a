import itertools
import math

from .canvas import WIDTH, Canvas, Point, arc, curve
from .palette import AMBER, GREEN, LINE, MIST, SIGNAL, TEAL, Color, mix, veiled
from .scenery import (
    birds,
    bushes,
    far_hills,
    glitter,
    height_at,
    hill,
    lens,
    ridge_line,
    sky,
    tree,
    tree_row,
    water,
)

MEADOW = mix(GREEN, AMBER, 0.35)
SAND = mix(AMBER, LINE, 0.55)


def sailing_lake(canvas: Canvas) -> None:
    rng, horizon = canvas.rng, canvas.rng.uniform(500, 560)
    sun = (rng.uniform(480, 700), horizon - rng.uniform(90, 180))
    sky(canvas, horizon, sun, 58)
    far_hills(canvas, horizon, 90)
    tree_row(canvas, horizon + 4, 46, 0.55, -20, rng.uniform(500, 800))
    tree_row(canvas, horizon + 4, 60, 0.68, rng.uniform(950, 1100))
    canvas.box(0, horizon - 3, WIDTH, 8, canvas.mood.tone(SAND, 0.7))
    water(canvas, horizon + 4)
    glitter(canvas, sun[0], horizon + 8)
    sail_boat(canvas, sun[0] + 330, horizon + 28, 90, 0.7)
    sail_boat(canvas, rng.uniform(780, 880), horizon + 190, 380, 1.0)
    birds(canvas, 450, 230)
    reeds(canvas, 0, 330)


def sail_boat(canvas: Canvas, x: float, y: float, height: float, depth: float) -> None:
    tone = canvas.mood.tone
    mast = y - height
    lens(canvas, x, y + height * 0.06, height * 0.36, height * 0.035, veiled(canvas.mood.shadow, 0.4))
    main = curve((x + 3, mast), (x + height * 0.34, y - height * 0.45), (x + height * 0.36, y - height * 0.13))
    canvas.blend([*main, (x + 3, y - height * 0.13)], tone(MIST, depth, 0.5), tone(LINE, depth, -0.05))
    jib = curve(
        (x - 4, mast + height * 0.1),
        (x - height * 0.1, y - height * 0.5),
        (x - height * 0.3, y - height * 0.1),
    )
    canvas.blend([*jib, (x - 6, y - height * 0.12)], tone(SIGNAL, depth, 0.3), tone(SIGNAL, depth, -0.2))
    canvas.stroke([(x, y), (x, mast - 5)], tone(LINE, depth, -0.7), max(2, height * 0.012))
    hull = curve((x - height * 0.36, y - height * 0.07), (x - height * 0.2, y + height * 0.05), (x, y + height * 0.05))
    canvas.polygon(
        [*hull, (x + height * 0.27, y + height * 0.045), (x + height * 0.32, y - height * 0.06)],
        tone(TEAL, depth, -0.6),
    )
    canvas.stroke(
        [(x - height * 0.36, y - height * 0.07), (x + height * 0.32, y - height * 0.06)],
        tone(MIST, depth, 0.3),
        height * 0.014,
    )
    for dx in (0.1, 0.19):
        canvas.disc(x + height * dx, y - height * 0.115, height * 0.022, tone(TEAL, depth, -0.8))
        canvas.box(x + height * (dx - 0.02), y - height * 0.1, height * 0.04, height * 0.05, tone(TEAL, depth, -0.8))


def reeds(canvas: Canvas, start: float, end: float) -> None:
    rng = canvas.rng
    for _ in range(90):
        x = start + (end - start) * rng.random() ** 1.6
        length = rng.uniform(90, 240) * (1.15 - (x - start) / (end - start))
        lean = rng.uniform(-30, 50)
        tone = canvas.mood.tone(mix(GREEN, AMBER, rng.uniform(0, 0.3)), 1, -rng.uniform(0.45, 0.8))
        blade = curve((x, 1005), (x + lean * 0.2, 1005 - length * 0.7), (x + lean, 1005 - length), 8)
        canvas.stroke(blade, tone, rng.uniform(3, 6))
        if rng.random() < 0.2:
            canvas.stroke([blade[-1], blade[-2]], canvas.mood.tone(SIGNAL, 1, -0.55), 10)


def vineyard(canvas: Canvas) -> None:
    rng, mood, horizon = canvas.rng, canvas.mood, 490
    sky(canvas, horizon, (rng.uniform(330, 560), rng.uniform(200, 300)), 60)
    far_hills(canvas, horizon, 85)
    slope = curve((0, 640), (380, 560), (760, 600)) + curve((760, 600), (1100, 640), (1500, 430))
    castle(canvas, 1270, 520, 1.0)
    tree_row(canvas, 545, 60, 0.6, 1130, 1240)
    tree_row(canvas, 535, 70, 0.6, 1330, 1520)
    hill(canvas, slope, mood.tone(MEADOW, 0.75, 0.25), mood.tone(GREEN, 0.95, -0.2))
    vine_rows(canvas, slope, -500, 26, 0.8)
    valley = curve((0, 730), (500, 620), (1500, 900))
    hill(canvas, valley, mood.tone(MEADOW, 0.95, 0.3), mood.tone(GREEN, 1, -0.45))
    vine_rows(canvas, valley, 2300, 44, 1.0)
    wine_press_hut(canvas, 470, 720)
    tree(canvas, 330, 735, 150)
    bushes(canvas, 985, 34)


def vine_rows(canvas: Canvas, slope: list[Point], vanishing_x: float, gap: float, depth: float) -> None:
    mood = canvas.mood
    for x in range(-600, WIDTH + 900, round(gap)):
        top = (x, height_at(slope, x) + 6)
        if not 0 <= x <= WIDTH:
            top = (x, slope[0 if x < 0 else -1][1] + 6)
        fall = 1000 - top[1]
        foot = (x + (x - vanishing_x) * fall * 0.00045, 1000)
        row = [(top[0] + (foot[0] - top[0]) * t, top[1] + (foot[1] - top[1]) * t) for t in (0, 0.12, 0.3, 0.6, 1)]
        widths = [gap * w for w in (0.16, 0.22, 0.3, 0.42, 0.55)]
        edge = [(px - w, py) for (px, py), w in zip(row, widths, strict=True)]
        other = [(px + w * 0.2, py) for (px, py), w in zip(row, widths, strict=True)]
        canvas.polygon(edge + other[::-1], mood.tone(mix(GREEN, TEAL, 0.3), depth, -0.42))
        crest = [(px - w * 0.35, py) for (px, py), w in zip(row, widths, strict=True)]
        canvas.polygon(crest + other[::-1], mood.tone(mix(GREEN, AMBER, 0.25), depth, 0.12))


def castle(canvas: Canvas, x: float, ground: float, size: float) -> None:
    wall, shade, roof = (canvas.mood.tone(c, 0.62, s) for c, s in ((LINE, 0.1), (LINE, -0.5), (SIGNAL, -0.2)))
    for dx, width, height in ((-90, 120, 70), (10, 70, 95), (-40, 34, 190), (70, 40, 130)):
        left, top = x + dx * size, ground - height * size
        canvas.box(left, top, width * size, 200, wall)
        canvas.box(left + width * size * 0.6, top, width * size * 0.4, 200, shade)
        peak = 62 if width < 60 else 34
        canvas.polygon(
            [(left - 4, top), (left + width * size + 4, top), (left + width * size / 2, top - peak * size)],
            roof,
        )


def wine_press_hut(canvas: Canvas, x: float, ground: float) -> None:
    tone = canvas.mood.tone
    canvas.box(x, ground - 80, 90, 90, tone(MIST, 0.95, 0.2))
    canvas.box(x + 56, ground - 80, 34, 90, tone(LINE, 0.95, -0.45))
    canvas.polygon([(x - 10, ground - 78), (x + 45, ground - 132), (x + 100, ground - 78)], tone(SIGNAL, 0.95, -0.05))
    canvas.box(x + 20, ground - 48, 22, 58, tone(TEAL, 1, -0.5))


def open_fields(canvas: Canvas) -> None:
    rng, mood, horizon = canvas.rng, canvas.mood, canvas.rng.uniform(400, 450)
    sky(canvas, horizon, (rng.uniform(800, 1050), horizon - rng.uniform(60, 150)), 75)
    far_hills(canvas, horizon + 20, 100)
    village(canvas, rng.uniform(560, 700), horizon + 32)
    tree_row(canvas, horizon + 36, 50, 0.55, 0, 520)
    tree_row(canvas, horizon + 36, 44, 0.5, 900, WIDTH)
    crops = [MEADOW, AMBER, GREEN, mix(AMBER, SIGNAL, 0.25), mix(GREEN, AMBER, 0.15)]
    for step in range(5):
        depth, base = 0.6 + 0.1 * step, horizon + 60 + step**1.6 * 48
        line = ridge_line(canvas, base, 26 + 12 * step, 0.55)
        crop = crops[(step + rng.randint(0, 1)) % len(crops)]
        hill(canvas, line, mood.tone(crop, depth, 0.3), mood.tone(crop, depth, -0.35))
        furrows(canvas, line, mood.tone(crop, depth, -0.25), 16 + 9 * step)
        if step in (1, 2):
            x = rng.uniform(150, 500) + 550 * (step - 1)
            tree_row(canvas, height_at(line, x) + 8, 60 + 30 * step, depth, x, x + 200)
    country_road(canvas, horizon + 70)
    tree(canvas, 1230, 860, 400)
    bushes(canvas, 990, 26)


def furrows(canvas: Canvas, line: list[Point], tone: Color, gap: float) -> None:
    for x in range(-900, WIDTH + 900, round(gap)):
        top = height_at(line, min(max(x, 0), WIDTH))
        canvas.stroke([(x, top + 3), (x + (x - 700) * 0.55, top + 300)], veiled(tone, 0.5), 2 + gap / 14)


def country_road(canvas: Canvas, top: float) -> None:
    left = curve((640, top), (420, top + 150), (620, top + 260)) + curve(
        (620, top + 260), (800, top + 380), (330, 1010)
    )
    right = curve((648, top), (450, top + 150), (680, top + 255)) + curve(
        (680, top + 255), (980, top + 390), (760, 1010)
    )
    canvas.polygon(left + right[::-1], canvas.mood.tone(mix(LINE, AMBER, 0.2), 0.92, 0.1))


def village(canvas: Canvas, x: float, ground: float) -> None:
    tone = canvas.mood.tone
    for _ in range(9):
        left, width = x + canvas.rng.uniform(-130, 130), canvas.rng.uniform(26, 44)
        canvas.box(left, ground - 22, width, 24, tone(MIST, 0.6, -0.1))
        canvas.polygon(
            [(left - 3, ground - 22), (left + width / 2, ground - 44), (left + width + 3, ground - 22)],
            tone(SIGNAL, 0.55),
        )
    canvas.box(x - 12, ground - 90, 24, 90, tone(LINE, 0.65, -0.15))
    canvas.polygon([(x - 15, ground - 88), (x, ground - 160), (x + 15, ground - 88)], tone(TEAL, 0.65, -0.3))


def jetty(canvas: Canvas) -> None:
    rng, mood, horizon = canvas.rng, canvas.mood, canvas.rng.uniform(430, 480)
    sun = (750 + rng.uniform(-60, 60), horizon - rng.uniform(60, 130))
    sky(canvas, horizon, sun, 85)
    far_hills(canvas, horizon, 120)
    tree_row(canvas, horizon + 4, 70, 0.6, -30, 480)
    tree_row(canvas, horizon + 4, 58, 0.5, 980, WIDTH + 40)
    water(canvas, horizon + 4)
    glitter(canvas, sun[0], horizon + 6)
    sail_boat(canvas, 430, horizon + 60, 170, 0.85)
    planks(canvas, horizon + 130)
    reeds(canvas, 1500, 1180)
    birds(canvas, 1050, 200)
    canvas.veil(horizon - 40, horizon + 4, mood.haze, 0, 0.25)


def planks(canvas: Canvas, end: float) -> None:
    tone, count = canvas.mood.tone, 22
    wood = mix(SIGNAL, LINE, 0.6)
    edges = []
    for step in range(count + 1):
        near = (step / count) ** 2.2
        edges.append((720 - 290 * near, 800 + 300 * near, end + (1020 - end) * near))
    for index, ((l0, r0, y0), (l1, r1, y1)) in enumerate(itertools.pairwise(edges)):
        if index % 5 == 2:
            for x in (l0, r0):
                canvas.box(x - 3 - index * 0.5, y0 - 12 - index * 2.4, 6 + index, 30 + index * 5, tone(wood, 1, -0.8))
        shine = 0.25 + 0.12 * math.sin(index * 2.3)
        canvas.polygon([(l0, y0), (r0, y0), (r1, y1), (l1, y1)], tone(wood, 1, shine))
        canvas.stroke([(l1, y1), (r1, y1)], tone(wood, 1, -0.75), 1.5 + index * 0.16)
    canvas.disc(760, end - 4, 11, tone(TEAL, 1, -0.9))
    canvas.polygon(arc(760, end + 34, 17, 34, 180, 360), tone(TEAL, 1, -0.9))


SCENES = (sailing_lake, vineyard, open_fields, jetty)
