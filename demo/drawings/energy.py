import itertools
import math

from .canvas import WIDTH, Canvas, arc, box_points, curve
from .palette import AMBER, BLUE, GREEN, INK, LINE, MIST, PETROL, SIGNAL, TEAL, Color, mix, veiled
from .scenery import (
    birds,
    bushes,
    far_hills,
    glitter,
    height_at,
    hill,
    ridge_line,
    sky,
    tree_row,
    warning_light,
    water,
)
from .structures import cylinder, mast, pipe, truss

MEADOW = mix(GREEN, AMBER, 0.3)


def wind_farm(canvas: Canvas) -> None:
    rng, horizon = canvas.rng, canvas.rng.uniform(620, 680)
    sky(canvas, horizon, (rng.uniform(350, 550), horizon - rng.uniform(120, 220)), 80)
    far_hills(canvas, horizon, 80)
    for x in (90, 300, 560, 730, 1130, 1330):
        turbine(canvas, x + rng.uniform(-40, 40), horizon - 5, rng.uniform(150, 210), 0.42)
    for step, depth in enumerate((0.6, 0.78, 0.95)):
        line = ridge_line(canvas, horizon + 50 + step * 95, 70, 0.7 + 0.2 * step)
        crop = (MEADOW, AMBER, mix(GREEN, TEAL, 0.4))[step]
        hill(canvas, line, canvas.mood.tone(crop, depth, 0.25), canvas.mood.tone(crop, depth, -0.35))
        if step == 0:
            tree_row(canvas, height_at(line, 1000) + 18, 60, 0.6, 880, 1280)
            turbine(canvas, 420, height_at(line, 420) + 10, 380, 0.75)
        if step == 1:
            turbine(canvas, 1190, height_at(line, 1190) + 20, 520, 0.85)
    turbine(canvas, rng.uniform(760, 860), 930, 760, 1.0)
    bushes(canvas, 955, 44)


def turbine(canvas: Canvas, x: float, ground: float, height: float, depth: float) -> None:
    """Height is that of the hub."""
    tone, hub, foot, head = canvas.mood.tone, ground - height, height * 0.024, height * 0.011
    tower = [(x - head, hub), (x + head, hub), (x + foot, ground), (x - foot, ground)]
    canvas.blend(tower, tone(MIST, depth, 0.4), tone(LINE, depth, -0.55), sideways=True)
    canvas.rounded(
        x - height * 0.02,
        hub - height * 0.018,
        height * 0.075,
        height * 0.034,
        height * 0.01,
        tone(LINE, depth, -0.35),
    )
    turn, length = canvas.rng.uniform(0, 120), height * 0.62
    for blade in range(3):
        rotor_blade(canvas, x, hub, length, math.radians(turn + 120 * blade), depth)
    canvas.disc(x, hub, height * 0.024, tone(LINE, depth, -0.2))
    canvas.disc(x - height * 0.004, hub - height * 0.004, height * 0.015, tone(MIST, depth, 0.4))
    if canvas.mood.dark:
        warning_light(canvas, x + height * 0.05, hub - height * 0.022)


def rotor_blade(canvas: Canvas, x: float, y: float, length: float, angle: float, depth: float) -> None:
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))

    def spot(reach: float, side: float) -> tuple[float, float]:
        return (
            x + (along[0] * reach + across[0] * side) * length,
            y + (along[1] * reach + across[1] * side) * length,
        )

    spine = [spot(0, 0), spot(1, 0.004)]
    canvas.polygon([*spine, spot(0.55, 0.032), spot(0.2, 0.058), spot(0.05, 0.02)], canvas.mood.tone(LINE, depth, -0.3))
    canvas.polygon(
        [*spine, spot(0.5, -0.012), spot(0.16, -0.02), spot(0.02, -0.016)], canvas.mood.tone(MIST, depth, 0.5)
    )


def solar_park(canvas: Canvas) -> None:
    rng, horizon = canvas.rng, canvas.rng.uniform(410, 460)
    sun_x = rng.uniform(560, 760)
    sky(canvas, horizon, (sun_x, horizon - rng.uniform(130, 210)), 85)
    far_hills(canvas, horizon, 60)
    for x in (160, 330, 1010, 1180, 1370):
        turbine(canvas, x + rng.uniform(-40, 40), horizon + 6, rng.uniform(180, 270), 0.5)
    tree_row(canvas, horizon + 12, 44, 0.6)
    ground = canvas.mood.tone(MEADOW, 0.75, 0.15), canvas.mood.tone(GREEN, 1, -0.5)
    canvas.blend(box_points(0, horizon + 8, WIDTH, 1000), *ground)
    for row in range(11, -1, -1):
        solar_row(canvas, horizon, 0.52 + row**1.25 * 0.3, sun_x)


def solar_row(canvas: Canvas, horizon: float, distance: float, sun_x: float) -> None:
    """One line of tilted modules, seen from the front; the eye is above the middle of the sheet."""
    tone, near = canvas.mood.tone, 1 / distance
    foot, rise, center = horizon + 300 * near, 92 * near, 690
    if foot - rise > 1000:
        return
    depth = min(1.0, 0.55 + 0.3 * near)
    slant, module = 26 * near, 210 * near
    first, last = math.floor((-40 - center) / module), math.ceil((1540 - center) / module)
    canvas.box(0, foot + 16 * near, WIDTH, 18 * near, veiled(canvas.mood.shadow, 0.35))
    for table in range(first, last + 1):
        left = center + table * module + module * 0.04
        right = left + module * 0.92
        lean = slant * (0.5 - (left - center) / 1500)
        corners = [(left + lean, foot - rise), (right + lean, foot - rise), (right, foot), (left, foot)]
        for x in (left + module * 0.2, right - module * 0.2):
            canvas.box(x, foot - 6, 5 * near, 30 * near, tone(LINE, depth, -0.7))
        gleam = max(0.0, 1 - abs((left + right) / 2 - sun_x) / 520)
        glass = mix(tone(BLUE, depth, -0.15), canvas.mood.sky[-2], 0.22 + 0.5 * gleam)
        canvas.blend(corners, glass, tone(BLUE, depth, -0.45))
        for share in (0.25, 0.5, 0.75):
            x = left + (right - left) * share
            canvas.stroke([(x + lean, foot - rise), (x, foot)], veiled(MIST, 0.35), 1.6 * near)
        canvas.stroke(
            [(left + lean / 2, foot - rise / 2), (right + lean / 2, foot - rise / 2)],
            veiled(MIST, 0.35),
            1.6 * near,
        )
        canvas.stroke([*corners, corners[0]], tone(LINE, depth, 0.1), 3 * near)


def hydrogen_site(canvas: Canvas) -> None:
    rng, ground = canvas.rng, 790
    sky(canvas, 660, (rng.uniform(850, 1050), rng.uniform(300, 400)), 80)
    far_hills(canvas, 680, 80)
    power_line(canvas, 690)
    turbine(canvas, 1330, 720, 430, 0.6)
    tree_row(canvas, 716, 70, 0.6)
    canvas.blend(box_points(0, 705, WIDTH, 295), canvas.mood.tone(MEADOW, 0.75, 0.2), canvas.mood.tone(GREEN, 1, -0.6))
    canvas.blend(
        box_points(0, ground - 20, WIDTH, 90),
        canvas.mood.tone(LINE, 0.9, 0.2),
        canvas.mood.tone(LINE, 0.9, -0.3),
    )
    for index in range(4):
        cylinder(canvas, 70 + index * 118, ground, 96, 330, MIST, 0.92)
        canvas.box(70 + index * 118, ground - 250, 96, 34, canvas.mood.tone(canvas.accent, 0.92, -0.1))
    pipe(canvas, [(40, ground - 60), (580, ground - 60), (580, ground - 26), (700, ground - 26)], 16, AMBER, 1)
    for level, y in enumerate((ground - 24, ground - 164)):
        for x in (690 + level * 20, 1090 + level * 20):
            pressure_tank(canvas, x, y, 370 - level * 20, 118)
    bushes(canvas, 930, 50)


def pressure_tank(canvas: Canvas, x: float, base: float, length: float, width: float) -> None:
    tone, radius = canvas.mood.tone, width / 2
    for saddle in (0.2, 0.8):
        canvas.box(x + length * saddle - 14, base - 30, 28, 40, tone(PETROL, 1, -0.6))
    body = [*arc(x + radius * 0.7, base - radius, radius * 0.7, radius, 90, 270)]
    body += arc(x + length - radius * 0.7, base - radius, radius * 0.7, radius, 270, 450)
    canvas.blend(body, tone(MIST, 0.97, 0.5), tone(LINE, 0.97, -0.6))
    canvas.box(x + radius * 0.8, base - width * 0.84, length - radius * 1.6, 7, veiled(MIST, 0.7))
    for share in (0.3, 0.7):
        canvas.box(x + length * share, base - width, 5, width, veiled(canvas.mood.shadow, 0.3))
    canvas.box(x + length * 0.36, base - width * 0.62, length * 0.28, width * 0.26, tone(canvas.accent, 1, 0))
    canvas.box(x + length * 0.5 - 8, base - width - 14, 16, 16, tone(LINE, 1, -0.6))


def power_line(canvas: Canvas, ground: float) -> None:
    towers = ((-140, 560, 0.8), (560, 430, 0.62), (1000, 300, 0.5), (1270, 215, 0.42), (1440, 160, 0.36))
    for (x0, h0, depth), (x1, h1, _) in itertools.pairwise(towers):
        for level, reach in ((0.96, 0.15), (0.8, 0.22), (0.66, 0.17)):
            for side in (-1, 1):
                start = (x0 + side * reach * h0, ground - h0 * level + h0 * 0.05)
                end = (x1 + side * reach * h1, ground - h1 * level + h1 * 0.05)
                middle = ((start[0] + end[0]) / 2, max(start[1], end[1]) + 20)
                canvas.stroke(curve(start, middle, end), canvas.mood.tone(LINE if canvas.mood.dark else INK, depth), 2)
    for x, height, depth in towers:
        pylon(canvas, x, ground, height, depth)


def pylon(canvas: Canvas, x: float, ground: float, height: float, depth: float) -> None:
    paint = canvas.mood.tone(LINE if canvas.mood.dark else mix(INK, PETROL, 0.4), depth, -0.2)
    mast(canvas, x, ground - height, ground, height * 0.05, paint, foot=4.5)
    bar = max(2, height * 0.008)
    for level, reach in ((0.96, 0.15), (0.8, 0.22), (0.66, 0.17)):
        y, span = ground - height * level, height * reach
        canvas.stroke([(x - span, y), (x + span, y)], paint, bar)
        canvas.stroke([(x - span, y), (x, y - height * 0.05), (x + span, y)], paint, bar)
        for side in (-1, 1):
            canvas.box(x + side * span - bar / 2, y, bar, height * 0.05, paint)


def lignite_giant(canvas: Canvas) -> None:
    """Decommissioned bucket-wheel excavator on the shore of a flooded mine."""
    rng, shore = canvas.rng, 745
    sun = (rng.uniform(470, 620), rng.uniform(440, 540))
    sky(canvas, 690, sun, 130)
    far_hills(canvas, 700, 55)
    for x in (120, 240, 1380):
        turbine(canvas, x, 700, rng.uniform(120, 170), 0.4)
    tree_row(canvas, 722, 44, 0.5)
    hill(
        canvas,
        [(0, 735), (500, 722), (1500, 712)],
        canvas.mood.tone(MEADOW, 0.75),
        canvas.mood.tone(TEAL, 0.9, -0.5),
        shore + 6,
    )
    excavator(canvas, 850, 728)
    water(canvas, shore, 0.25, 1.7)
    glitter(canvas, sun[0], shore + 6)
    birds(canvas, 300, 300)


def excavator(canvas: Canvas, x: float, ground: float) -> None:
    steel = canvas.mood.tone(mix(INK, PETROL, 0.25), 0.95, -0.35)
    rust = canvas.mood.tone(SIGNAL, 0.9, -0.45)
    for dx in (-150, -10, 130):
        canvas.rounded(x + dx - 62, ground - 34, 124, 36, 18, steel)
    canvas.box(x - 150, ground - 66, 300, 34, steel)
    canvas.polygon(
        [(x - 110, ground - 64), (x + 110, ground - 64), (x + 70, ground - 150), (x - 70, ground - 150)], rust
    )
    canvas.box(x - 120, ground - 205, 250, 62, steel)
    for window in range(7):
        canvas.box(x - 104 + window * 33, ground - 190, 20, 18, mix(AMBER, canvas.mood.sky[-1], 0.4))
    mast(canvas, x - 20, ground - 520, ground - 200, 52, steel, foot=1.7)
    mast(canvas, x + 90, ground - 430, ground - 200, 36, steel, foot=1.5)
    truss(canvas, (x - 60, ground - 230), (x - 470, ground - 175), 44, steel, 11)
    truss(canvas, (x + 80, ground - 240), (x + 430, ground - 330), 40, steel, 10)
    canvas.box(x + 370, ground - 350, 110, 92, rust)
    truss(canvas, (x + 120, ground - 190), (x + 560, ground - 120), 26, steel, 14)
    canvas.box(x + 540, ground - 100, 16, 90, steel)
    for start, end in (
        ((-20, -516), (-440, -180)),
        ((-20, -516), (-260, -205)),
        ((-20, -516), (90, -430)),
        ((90, -430), (420, -335)),
    ):
        canvas.stroke([(x + start[0], ground + start[1]), (x + end[0], ground + end[1])], steel, 4)
    bucket_wheel(canvas, x - 500, ground - 138, 105, steel, rust)


def bucket_wheel(canvas: Canvas, x: float, y: float, radius: float, steel: Color, rust: Color) -> None:
    for step in range(12):
        angle = math.radians(step * 30)
        cx, cy = x + math.cos(angle) * radius, y + math.sin(angle) * radius
        tip = (cx + math.cos(angle + 0.9) * 34, cy + math.sin(angle + 0.9) * 34)
        side = (cx - math.sin(angle) * 26, cy + math.cos(angle) * 26)
        canvas.polygon([(cx, cy), tip, side], rust)
        canvas.stroke([(x, y), (cx, cy)], steel, 5)
    canvas.ring(x, y, radius + 5, steel, 13)
    canvas.ring(x, y, radius * 0.55, steel, 5)
    canvas.disc(x, y, 22, steel)


SCENES = (wind_farm, solar_park, hydrogen_site, lignite_giant)
