import math

from .canvas import WIDTH, Canvas, Point, arc, box_points, curve
from .palette import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LINE,
    MAGENTA,
    MIST,
    PETROL,
    SIGNAL,
    TEAL,
    VIOLET,
    Color,
    mix,
    veiled,
)
from .scenery import lens

LIQUIDS = (TEAL, MAGENTA, AMBER, BLUE, GREEN, VIOLET)
GLASS = mix(TEAL, MIST, 0.85)
BENCH = 770


def room(canvas: Canvas, window_x: float) -> None:
    """Bright wall or dark evening lab with one large round light behind the work."""
    mood = canvas.mood
    canvas.backdrop((mood.sky[0], mix(mood.sky[0], mood.sky[-1], 0.5), mix(mood.sky[-1], MIST, 0.2)), bottom=BENCH)
    canvas.glow(window_x, 430, 900, mix(mood.sun, MIST, 0.4), 0.6)
    canvas.disc(window_x, 430, 330, veiled(mix(mood.sun, MIST, 0.5), 0.28))
    shelves(canvas)


def shelves(canvas: Canvas) -> None:
    rng, tone = canvas.rng, canvas.mood.tone
    for y in (250, 450):
        for start in (-30, 1130):
            x = start + 20
            while x < start + 370:
                width, height = rng.uniform(26, 58), rng.uniform(50, 120)
                paint = tone(rng.choice(LIQUIDS), 0.26, 0.1)
                canvas.rounded(x, y - height, width, height + 4, 8, paint)
                canvas.box(x + width * 0.3, y - height - 14, width * 0.4, 20, paint)
                canvas.box(x, y - height * 0.6, width, height * 0.3, tone(MIST, 0.3, 0.2))
                x += width + rng.uniform(8, 26)
            canvas.box(start, y, 400, 12, tone(PETROL, 0.38))


def bench(canvas: Canvas) -> None:
    tone = canvas.mood.tone
    canvas.reflect(BENCH, 1000 - BENCH, tone(PETROL, 1, -0.2), 0.62, 0, 1.1)
    canvas.veil(BENCH, 1000, tone(PETROL, 1, -0.6), 0.1, 0.75)
    canvas.box(0, BENCH, WIDTH, 5, tone(MIST, 1, 0.2))


def molecule(canvas: Canvas, x: float, y: float, size: float, opacity: float) -> None:
    """Ring of six with side chains, as a faint diagram on the wall."""
    paint = veiled(MIST if canvas.mood.dark else mix(canvas.mood.sky[0], INK, 0.6), opacity)
    turn = canvas.rng.uniform(0, 60)
    atoms = [
        (x + size * math.cos(math.radians(turn + 60 * k)), y + size * math.sin(math.radians(turn + 60 * k)))
        for k in range(6)
    ]
    canvas.stroke([*atoms, atoms[0]], paint, size * 0.05)
    for index in (0, 1, 3, 4):
        ax, ay = atoms[index]
        outer = (ax + (ax - x) * 0.85, ay + (ay - y) * 0.85)
        canvas.stroke([(ax, ay), outer], paint, size * 0.05)
        canvas.disc(*outer, size * 0.15, veiled(canvas.accent, min(1.0, opacity + 0.3)))
    for ax, ay in atoms:
        canvas.disc(ax, ay, size * 0.18, canvas.mood.tone(TEAL, 0.6))
        canvas.disc(ax - size * 0.05, ay - size * 0.05, size * 0.06, veiled(MIST, 0.6))


def liquid(canvas: Canvas, points: list[Point], color: Color) -> None:
    bright = mix(color, MIST, 0.3)
    canvas.blend(points, bright, mix(color, INK, 0.25))


def bubbles(canvas: Canvas, x: float, base: float, spread: float, height: float) -> None:
    for _ in range(9):
        canvas.disc(
            x + canvas.rng.uniform(-spread, spread), base - canvas.rng.uniform(0.1, 1) * height,
            canvas.rng.uniform(2, 8), veiled(MIST, 0.45),
        )  # fmt: skip


def glass(canvas: Canvas, outline: list[Point], weight: float = 5) -> None:
    canvas.polygon(outline, veiled(GLASS, 0.22))
    canvas.stroke([*outline, outline[0]], veiled(mix(GLASS, MIST, 0.5), 0.9), weight)


def erlenmeyer(canvas: Canvas, x: float, base: float, height: float, color: Color, level: float = 0.5) -> None:
    foot, neck = height * 0.36, height * 0.1
    shoulder = base - height * 0.68

    def half(y: float) -> float:
        return neck + (foot - neck) * (y - shoulder) / (base - shoulder)

    top = base - height * 0.68 * level
    corner = height * 0.05
    fill = [
        (x - half(top), top),
        (x + half(top), top),
        (x + foot, base - corner),
        (x + foot - corner, base - 4),
        (x - foot + corner, base - 4),
        (x - foot, base - corner),
    ]
    liquid(canvas, fill, color)
    lens(canvas, x, top, half(top), height * 0.025, mix(color, MIST, 0.5))
    bubbles(canvas, x, base, half(top) * 0.8, base - top)
    outline = [
        (x - neck, base - height),
        (x - neck, shoulder),
        (x - foot, base - corner),
        (x - foot + corner, base),
    ]
    glass(canvas, outline + [(2 * x - px, py) for px, py in reversed(outline)], height * 0.013)
    canvas.rounded(x - neck * 1.25, base - height - 8, neck * 2.5, height * 0.05, 6, mix(GLASS, MIST, 0.6))
    canvas.stroke(
        [(x - half(shoulder + 60) * 0.6, shoulder + 60), (x - half(base - 40) * 0.74, base - 40)],
        veiled(MIST, 0.6),
        height * 0.028,
    )
    for mark in range(4):
        y = base - height * (0.12 + 0.12 * mark)
        canvas.box(x + half(y) * 0.35, y, height * 0.09, 3, veiled(MIST, 0.75))


def round_flask(canvas: Canvas, x: float, base: float, height: float, color: Color) -> None:
    radius = height * 0.34
    y, neck = base - radius - height * 0.04, height * 0.075
    bowl = arc(x, y, radius, radius, -77, 257)
    liquid(canvas, arc(x, y, radius * 0.96, radius * 0.96, -5, 185), color)
    lens(canvas, x, y - radius * 0.08, radius * 0.96, height * 0.03, mix(color, MIST, 0.5))
    bubbles(canvas, x, y + radius * 0.8, radius * 0.55, radius * 0.8)
    glass(canvas, [(x + neck, base - height), *bowl, (x - neck, base - height)], height * 0.013)
    canvas.rounded(x - neck * 1.4, base - height - 6, neck * 2.8, height * 0.05, 6, mix(GLASS, MIST, 0.6))
    canvas.stroke(arc(x, y, radius * 0.78, radius * 0.78, 150, 215), veiled(MIST, 0.6), height * 0.028)
    canvas.polygon(
        [
            (x - radius * 0.6, base),
            (x - radius * 0.45, base - height * 0.09),
            (x + radius * 0.45, base - height * 0.09),
            (x + radius * 0.6, base),
        ],
        canvas.mood.tone(INK, 1, -0.3),
    )


def test_tube(canvas: Canvas, x: float, base: float, width: float, height: float, color: Color, level: float) -> None:
    half, round_at = width / 2, base - width / 2
    top = base - height * level
    liquid(canvas, [(x - half, top), (x + half, top), *arc(x, round_at, half, half, 0, 180)], color)
    lens(canvas, x, top, half, width * 0.1, mix(color, MIST, 0.5))
    bubbles(canvas, x, base, half * 0.6, height * level)
    glass(
        canvas,
        [(x - half, base - height), (x + half, base - height), *arc(x, round_at, half, half, 0, 180)],
        width * 0.06,
    )
    canvas.rounded(x - half * 1.2, base - height - width * 0.12, width * 1.2, width * 0.22, 5, mix(GLASS, MIST, 0.6))
    canvas.box(x - half * 0.6, base - height * 0.9, width * 0.1, height * 0.72, veiled(MIST, 0.55))


def picked_liquids(canvas: Canvas) -> list[Color]:
    others = [color for color in LIQUIDS if color != canvas.accent]
    canvas.rng.shuffle(others)
    return [canvas.accent, *others]


def glassware(canvas: Canvas) -> None:
    colors = picked_liquids(canvas)
    room(canvas, canvas.rng.uniform(660, 840))
    molecule(canvas, 480, 250, 92, 0.5)
    molecule(canvas, 1030, 215, 64, 0.4)
    beaker(canvas, 160, BENCH, 150, 210, colors[3])
    round_flask(canvas, 1010, BENCH, 430, colors[1])
    erlenmeyer(canvas, 690, BENCH, 560, colors[0], canvas.rng.uniform(0.5, 0.72))
    erlenmeyer(canvas, 378, BENCH, 320, colors[2], 0.55)
    for index in range(3):
        test_tube(canvas, 1245 + index * 70, BENCH - 12, 46, 250, colors[index + 2], canvas.rng.uniform(0.35, 0.7))
    tube_rack(canvas, 1200, BENCH, 235)
    bench(canvas)
    petri_dish(canvas, 870, 885, 120, 0.3, colors[2])


def beaker(canvas: Canvas, x: float, base: float, width: float, height: float, color: Color) -> None:
    left = x - width / 2
    liquid(canvas, box_points(left, base - height * 0.58, width, height * 0.57), color)
    lens(canvas, x, base - height * 0.58, width / 2, 5, mix(color, MIST, 0.5))
    glass(canvas, box_points(left, base - height, width, height))
    canvas.stroke([(x - width * 0.1, base - 14), (x + width * 0.42, base - height * 1.35)], veiled(MIST, 0.8), 7)
    for mark in range(5):
        canvas.box(left + width * 0.66, base - height * (0.15 + 0.15 * mark), width * 0.22, 3, veiled(MIST, 0.8))


def tube_rack(canvas: Canvas, x: float, base: float, width: float) -> None:
    wood = canvas.mood.tone(mix(SIGNAL, LINE, 0.45), 1, 0)
    for lift, height in ((150, 16), (14, 18)):
        canvas.box(x, base - lift, width, height, wood)
        canvas.box(x, base - lift, width, 4, mix(wood, MIST, 0.35))
    for dx in (0, width - 14):
        canvas.box(x + dx, base - 170, 14, 170, mix(wood, INK, 0.25))


def petri_dish(canvas: Canvas, x: float, y: float, radius: float, flat: float, color: Color) -> None:
    canvas.disc(
        x + radius * 0.06,
        y + radius * 0.14 * (1 + flat),
        radius * 1.04,
        veiled(canvas.mood.shadow, 0.4),
        flat,
    )
    canvas.disc(x, y, radius, mix(GLASS, MIST, 0.4), flat)
    canvas.disc(x, y, radius * 0.93, mix(color, MIST, 0.62), flat)
    for _ in range(round(radius / 5)):
        angle, reach = canvas.rng.uniform(0, 6.28), radius * 0.82 * math.sqrt(canvas.rng.random())
        size = radius * canvas.rng.uniform(0.02, 0.085)
        spot = (x + math.cos(angle) * reach, y + math.sin(angle) * reach * flat)
        canvas.disc(*spot, size, mix(color, INK, canvas.rng.uniform(0, 0.35)), flat)
        canvas.disc(spot[0] - size * 0.25, spot[1] - size * 0.25 * flat, size * 0.4, veiled(MIST, 0.45), flat)
    canvas.ring(x, y, radius, veiled(MIST, 0.9), radius * 0.035, flat)
    canvas.stroke(arc(x, y, radius * 0.86, radius * 0.86 * flat, 195, 255), veiled(MIST, 0.8), radius * 0.03)


def microscope_desk(canvas: Canvas) -> None:
    colors = picked_liquids(canvas)
    room(canvas, canvas.rng.uniform(640, 760))
    molecule(canvas, 1060, 250, 84, 0.55)
    erlenmeyer(canvas, 1130, BENCH, 300, colors[1], 0.5)
    erlenmeyer(canvas, 1310, BENCH, 220, colors[2], 0.6)
    for index in range(3):
        test_tube(canvas, 225 + index * 70, BENCH - 12, 46, 250, colors[index], canvas.rng.uniform(0.35, 0.7))
    tube_rack(canvas, 180, BENCH, 235)
    microscope(canvas, 720, BENCH, 620)
    bench(canvas)
    petri_dish(canvas, 1080, 870, 105, 0.3, colors[0])
    petri_dish(canvas, 430, 905, 125, 0.3, colors[2])


def microscope(canvas: Canvas, x: float, base: float, height: float) -> None:
    tone, unit = canvas.mood.tone, height / 100
    white, shade, dark = tone(MIST, 1, 0.3), tone(LINE, 1, -0.35), tone(INK, 1, -0.35)

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * unit, base - py * unit) for px, py in points]

    canvas.blend(at([(-26, 0), (-26, 6), (-20, 10), (30, 10), (36, 5), (36, 0)]), white, shade)
    limb = curve((20, 8), (48, 42), (18, 74)) + curve((8, 68), (29, 42), (8, 10))
    canvas.blend(at(limb), white, shade, sideways=True)
    canvas.blend(at([(-6, 92), (8, 98), (22, 70), (8, 63)]), white, shade, sideways=True)
    canvas.polygon(at([(-20, 101), (-8, 107), (-1, 92), (-13, 86)]), dark)
    canvas.polygon(at([(-14, 87), (-1, 93), (8, 80), (-4, 74)]), tone(canvas.accent, 1, 0))
    canvas.polygon(at([(-12, 85), (0, 90), (2, 87), (-10, 82)]), veiled(MIST, 0.5))
    canvas.blend(at([(-12, 76), (10, 76), (6, 66), (-8, 66)]), white, shade, sideways=True)
    for left, tip, color in ((-10, 46, TEAL), (-1, 50, AMBER), (6, 53, SIGNAL)):
        canvas.blend(
            at([(left, 66), (left + 7, 66), (left + 5.5, tip), (left + 1.5, tip)]),
            white,
            tone(LINE, 1, -0.6),
            sideways=True,
        )
        canvas.polygon(
            at([(left + 0.3, 61), (left + 6.7, 61), (left + 6.5, 59), (left + 0.5, 59)]), tone(color, 1, 0.1)
        )
    canvas.polygon(at([(-28, 38), (22, 38), (22, 34), (-28, 34)]), dark)
    canvas.polygon(at([(-20, 39.4), (6, 39.4), (6, 38), (-20, 38)]), tone(GLASS, 1, 0.4))
    canvas.polygon(at([(-12, 34), (0, 34), (-2, 27), (-10, 27)]), dark)
    canvas.beam(at([(-8, 12), (-4, 12), (2, 34), (-14, 34)])[::-1], AMBER, 0.2)
    canvas.glow(x - 6 * unit, base - 12 * unit, 22 * unit, AMBER, 0.8)
    canvas.polygon(at([(-13, 10), (1, 10), (-1, 14), (-11, 14)]), dark)
    canvas.polygon(at([(-10, 14), (-2, 14), (-3, 16), (-9, 16)]), mix(AMBER, MIST, 0.4))
    for dy, radius in ((30, 6.5), (19, 4.6)):
        canvas.disc(x + 26 * unit, base - dy * unit, radius * unit, dark)
        canvas.disc(x + 25.4 * unit, base - (dy + 0.6) * unit, radius * 0.7 * unit, tone(LINE, 1, -0.2))
        canvas.disc(x + 25.4 * unit, base - (dy + 0.6) * unit, radius * 0.3 * unit, dark)


def tube_series(canvas: Canvas) -> None:
    colors = picked_liquids(canvas)
    room(canvas, canvas.rng.uniform(600, 900))
    for index in range(7):
        x, color = 285 + index * 155, mix(colors[0], colors[1], index / 6)
        test_tube(
            canvas,
            x,
            BENCH - 24,
            96,
            560,
            color,
            0.3 + 0.4 * (0.5 + 0.5 * math.sin(index * 0.9 + canvas.rng.uniform(0, 0.6))),
        )
    big_rack(canvas)
    pipette(canvas, 285 + 155 * canvas.rng.randint(2, 4), 205, colors[1])
    bench(canvas)


def big_rack(canvas: Canvas) -> None:
    metal, edge = canvas.mood.tone(MIST, 1, 0.25), canvas.mood.tone(LINE, 1, -0.45)
    for y in (BENCH - 400, BENCH - 34):
        canvas.blend(box_points(170, y, 1160, 34), metal, edge)
    for x in (170, 1302):
        canvas.blend(box_points(x, BENCH - 430, 28, 430), metal, edge, sideways=True)


def pipette(canvas: Canvas, x: float, tip: float, color: Color) -> None:
    canvas.blend([(x - 4, tip), (x - 22, tip - 150), (x + 22, tip - 150), (x + 4, tip)], mix(GLASS, MIST, 0.6), color)
    canvas.rounded(x - 30, tip - 330, 60, 190, 16, canvas.mood.tone(PETROL, 1, -0.4))
    canvas.box(x - 30, tip - 180, 60, 14, canvas.mood.tone(canvas.accent, 1, 0.3))
    drop_y = tip + 34
    canvas.polygon([(x, drop_y - 24), *arc(x, drop_y, 11, 12, -20, 200)], mix(color, MIST, 0.2))
    canvas.disc(x - 4, drop_y - 1, 3, veiled(MIST, 0.8))


def culture_dishes(canvas: Canvas) -> None:
    """Bench seen from above."""
    rng, mood, colors = canvas.rng, canvas.mood, picked_liquids(canvas)
    canvas.backdrop((mix(mood.sky[0], MIST, 0.12), mix(mood.sky[0], mood.haze, 0.6), mix(mood.haze, MIST, 0.3)))
    canvas.glow(420, 150, 1000, mix(mood.sun, MIST, 0.4), 0.55)
    for x in range(-200, WIDTH + 600, 250):
        canvas.stroke([(x, 0), (x - 320, 1000)], veiled(mood.shadow, 0.07), 3)
    dishes = (
        (720, 520, 300),
        (250, 300, 175),
        (1210, 320, 190),
        (330, 800, 190),
        (1190, 790, 220),
        (820, 20, 140),
    )
    for index, (x, y, radius) in enumerate(dishes):
        petri_dish(canvas, x + rng.uniform(-25, 25), y + rng.uniform(-20, 20), radius, 1.0, colors[index % 4])
    inoculation_loop(canvas)


def inoculation_loop(canvas: Canvas) -> None:
    start, end = (1480, 40), (830, 470)
    shaded = [(x + 14, y + 24) for x, y in (start, (980, 371))]
    canvas.stroke(shaded, veiled(canvas.mood.shadow, 0.3), 24)
    canvas.stroke([start, (980, 371)], canvas.mood.tone(PETROL, 1, -0.2), 26)
    canvas.stroke([(start[0] - 4, start[1] - 8), (976, 363)], veiled(MIST, 0.45), 6)
    canvas.stroke([(980, 371), end], canvas.mood.tone(LINE, 1, 0.3), 7)
    canvas.ring(end[0] - 18, end[1] + 12, 24, canvas.mood.tone(LINE, 1, 0.3), 6)


SCENES = (glassware, microscope_desk, tube_series, culture_dishes)
