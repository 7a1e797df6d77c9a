import itertools

from .canvas import WIDTH, Canvas, arc, box_points, curve
from .palette import AMBER, BLUE, GREEN, INK, LINE, MIST, PETROL, SIGNAL, TEAL, VIOLET, mix, veiled
from .rolling_stock import container, container_wagon, express, locomotive, train_face
from .scenery import bushes, far_hills, hill, lamp, person, ridge_line, sky, tree, tree_row, water
from .structures import mast, truss

MEADOW = mix(GREEN, AMBER, 0.28)
BALLAST = mix(LINE, SIGNAL, 0.16)
STONE = mix(LINE, AMBER, 0.25)


class Perspective:
    """One vanishing point; x and height in metres, distance in metres from the eye."""

    def __init__(self, x: float, horizon: float, eye: float = 3.2):
        self.x, self.horizon, self._eye = x, horizon, eye

    def scale(self, distance: float) -> float:
        return 900 / distance

    def at(self, x: float, height: float, distance: float) -> tuple[float, float]:
        scale = self.scale(distance)
        return self.x + x * scale, self.horizon + (self._eye - height) * scale


def open_line(canvas: Canvas) -> None:
    rng = canvas.rng
    view = Perspective(rng.uniform(640, 720), rng.uniform(450, 500))
    sky(canvas, view.horizon, (view.x + rng.uniform(-90, 60), view.horizon - rng.uniform(40, 120)), 85)
    far_hills(canvas, view.horizon, 70)
    tree_row(canvas, view.horizon + 12, 66, 0.55)
    canvas.blend(
        box_points(0, view.horizon + 8, WIDTH, 1000),
        canvas.mood.tone(MEADOW, 0.7, 0.2),
        canvas.mood.tone(GREEN, 1, -0.55),
    )
    for center in (-2.3, 2.3):
        track(canvas, view, center)
    for distance in (120, 80, 56, 40, 28, 19, 12.5):
        catenary_mast(canvas, view, -5.6, distance)
        catenary_mast(canvas, view, 5.6, distance)
        if distance == 19:
            train_front(canvas, view, -2.3, 15.5)
    overhead_wires(canvas, view)
    signal_post(canvas, 1190, 905, 520)
    bushes(canvas, 985, 30)


def track(canvas: Canvas, view: Perspective, center: float) -> None:
    tone = canvas.mood.tone
    bed = [view.at(center + dx, 0, z) for dx, z in ((-2.1, 300), (2.1, 300), (2.1, 4.6), (-2.1, 4.6))]
    canvas.blend(bed, tone(BALLAST, 0.7, 0.1), tone(BALLAST, 1, -0.45))
    distance = 5.0
    while distance < 75:
        sleeper = [
            view.at(center + dx, 0.03, z)
            for dx, z in ((-1.3, distance + 0.24), (1.3, distance + 0.24), (1.3, distance), (-1.3, distance))
        ]
        canvas.polygon(sleeper, tone(LINE, min(1.0, 0.72 + 2 / distance), -0.5))
        distance += 0.62
    for rail in (-0.72, 0.72):
        for width, lift, shine in ((0.1, 0.0, -0.9), (0.05, 0.1, 0.75)):
            strip = [
                view.at(center + rail + dx, lift, z)
                for dx, z in ((-width, 300), (width, 300), (width, 4.5), (-width, 4.5))
            ]
            canvas.polygon(strip, tone(LINE, 0.95, shine))


def catenary_mast(canvas: Canvas, view: Perspective, x: float, distance: float) -> None:
    depth, scale = min(1.0, 0.45 + 8 / distance), view.scale(distance)
    paint = canvas.mood.tone(mix(LINE, PETROL, 0.4), depth, -0.55)
    foot, head = view.at(x, 0, distance), view.at(x, 7.4, distance)
    canvas.box(foot[0] - 0.13 * scale, head[1], 0.26 * scale, foot[1] - head[1], paint)
    inward = -1 if x > 0 else 1
    for height, reach, end in ((6.9, 3.4, 6.5), (5.6, 3.4, 5.7), (5.6, 3.1, 6.5)):
        canvas.stroke(
            [view.at(x, height, distance), view.at(x + inward * reach, end, distance)],
            paint,
            max(1.2, 0.09 * scale),
        )


def overhead_wires(canvas: Canvas, view: Perspective) -> None:
    paint = canvas.mood.tone(INK, 0.85, -0.2)
    spans = [300, 120, 80, 56, 40, 28, 19, 12.5, 6]
    for x in (-2.3, 2.3):
        canvas.stroke([view.at(x, 5.6, 300), view.at(x, 5.6, 3)], paint, 2)
        for far, near in itertools.pairwise(spans):
            middle = view.at(x, 5.75, (far * near) ** 0.5)
            canvas.stroke(curve(view.at(x, 6.6, far), middle, view.at(x, 6.6, near)), paint, 1.6)


def train_front(canvas: Canvas, view: Perspective, x: float, distance: float) -> None:
    tone, unit = canvas.mood.tone, view.scale(distance)
    cx, base = view.at(x, 0.2, distance)
    top, half = base - 4.0 * unit, 1.5 * unit
    far_x, far_base = view.at(x + 1.2, 0.2, distance * 3.4)
    far_top = view.at(x + 1.2, 4.1, distance * 3.4)[1]
    canvas.polygon(
        [(cx + half * 0.9, top + unit * 0.4), (far_x, far_top), (far_x, far_base), (cx + half, base)],
        tone(LINE, 0.85, -0.35),
    )
    canvas.polygon(
        [
            (cx + half, top + unit * 1.1),
            (far_x, far_top + unit * 0.3),
            (far_x, far_base - unit * 0.55),
            (cx + half, top + unit * 2.1),
        ],
        tone(TEAL, 0.9, -0.55),
    )
    canvas.disc(cx, base, half * 1.15, veiled(canvas.mood.shadow, 0.5), 0.12)
    train_face(canvas, cx, base, unit)


def signal_post(canvas: Canvas, x: float, ground: float, height: float) -> None:
    tone, top = canvas.mood.tone, ground - height
    canvas.box(x - 9, top, 18, height, tone(LINE, 1, -0.6))
    canvas.box(x - 9, top, 6, height, tone(LINE, 1, -0.2))
    canvas.rounded(x - 42, top - 40, 84, 190, 20, tone(INK, 1, -0.5))
    canvas.rounded(x - 42, top - 40, 84, 190, 20, veiled(INK, 0.6))
    go = mix(GREEN, MIST, 0.3)
    canvas.glow(x, top + 8, 120, go, 0.8)
    for y, color in (
        (8, mix(go, (120, 255, 170), 0.5)),
        (56, mix(INK, SIGNAL, 0.35)),
        (104, mix(INK, AMBER, 0.3)),
    ):
        canvas.disc(x, top + y, 19, color)
        canvas.stroke(arc(x, top + y, 24, 22, 190, 350), tone(LINE, 1, -0.5), 5)
    for y in range(round(top + 170), round(ground), 24):
        canvas.box(x + 9, y, 18, 3, tone(LINE, 1, -0.6))
    canvas.box(x - 30, ground - 14, 60, 20, tone(LINE, 1, -0.3))


def viaduct(canvas: Canvas) -> None:
    rng, mood, river = canvas.rng, canvas.mood, 810
    sky(canvas, 600, (rng.uniform(900, 1100), rng.uniform(230, 330)), 85)
    far_hills(canvas, 640, 150)
    line = ridge_line(canvas, 690, 90, 0.8)
    hill(canvas, line, mood.tone(mix(GREEN, TEAL, 0.4), 0.55, 0.1), mood.tone(GREEN, 0.7, -0.3))
    tree_row(canvas, 730, 80, 0.62)
    canvas.veil(560, 800, mood.haze, 0, 0.35)
    deck = 500
    for pier in range(-1, 8):
        viaduct_arch(canvas, 90 + pier * 215, deck, river + 5)
    canvas.box(0, deck - 12, WIDTH, 34, mood.tone(STONE, 0.95, -0.05))
    canvas.box(0, deck - 16, WIDTH, 8, mood.tone(STONE, 0.95, 0.4))
    canvas.box(0, deck + 20, WIDTH, 5, mood.tone(STONE, 0.95, -0.6))
    for x in range(60, WIDTH, 215):
        wayside_mast(canvas, x, deck - 14)
    canvas.stroke([(0, deck - 122), (WIDTH, deck - 122)], mood.tone(INK, 0.8), 2)
    express(canvas, rng.uniform(120, 300), deck - 16)
    tree_row(canvas, river + 8, 110, 0.9, -40, 330)
    tree_row(canvas, river + 8, 90, 0.9, 1180, WIDTH + 30)
    canvas.box(0, river - 2, WIDTH, 12, mood.tone(GREEN, 0.95, -0.5))
    water(canvas, river + 8, 0.3, 2.2)


def viaduct_arch(canvas: Canvas, x: float, deck: float, ground: float) -> None:
    tone, span, pier = canvas.mood.tone, 215, 48
    light, dark = tone(STONE, 0.92, 0.2), tone(STONE, 0.92, -0.45)
    canvas.blend(box_points(x - pier / 2, deck, pier, ground - deck), light, dark)
    canvas.box(x + pier / 2 - 13, deck + 80, 13, ground - deck - 80, tone(STONE, 0.92, -0.55))
    canvas.box(x - pier / 2 - 6, deck + 118, pier + 12, 8, tone(STONE, 0.92, 0.3))
    crown = arc(x + span / 2, deck + 120, (span - pier) / 2, 92, 180, 360)
    spandrel = [(x, deck), (x, deck + 120), *crown, (x + span, deck + 120), (x + span, deck)]
    canvas.polygon(spandrel, tone(STONE, 0.92, 0.1))
    canvas.stroke(crown, tone(STONE, 0.92, -0.5), 7)


def wayside_mast(canvas: Canvas, x: float, ground: float) -> None:
    paint = canvas.mood.tone(mix(LINE, PETROL, 0.4), 0.9, -0.6)
    canvas.box(x - 3, ground - 150, 6, 150, paint)
    canvas.stroke([(x, ground - 138), (x + 52, ground - 128), (x, ground - 108)], paint, 3)


def freight_train(canvas: Canvas) -> None:
    rng, mood, rail = canvas.rng, canvas.mood, 800
    sky(canvas, 640, (rng.uniform(300, 460), rng.uniform(280, 380)), 85)
    far_hills(canvas, 650, 60)
    gantry_crane(canvas, 760, 690)
    container_yard(canvas, 690)
    tree_row(canvas, 700, 60, 0.6, -20, 420)
    canvas.blend(box_points(0, 690, WIDTH, 310), mood.tone(LINE, 0.8, 0.1), mood.tone(BALLAST, 1, -0.6))
    for x in (130, 720, 1310):
        paint = mood.tone(mix(LINE, PETROL, 0.4), 0.9, -0.55)
        canvas.box(x - 7, 230, 14, 560, paint)
        canvas.stroke([(x, 262), (x + 180, 300), (x, 350)], paint, 6)
    for y in (270, 318):
        canvas.stroke([(0, y), (WIDTH, y)], mood.tone(INK, 0.85), 2.5)
    canvas.box(0, rail + 6, WIDTH, 12, mood.tone(LINE, 1, -0.7))
    locomotive(canvas, 960, rail)
    colors = [canvas.accent, SIGNAL, BLUE, TEAL, AMBER, VIOLET]
    for wagon in range(3):
        container_wagon(canvas, 500 - wagon * 450, rail, colors[wagon * 2 : wagon * 2 + 2])
    canvas.box(0, rail + 2, WIDTH, 6, mood.tone(LINE, 1, 0.6))
    for x in range(0, WIDTH, 46):
        canvas.box(x, rail + 14, 26, 14, mood.tone(LINE, 1, -0.65))
    foreground_track(canvas, 905)
    bushes(canvas, 975, 36)


def foreground_track(canvas: Canvas, rail: float) -> None:
    for x in range(-20, WIDTH, 62):
        canvas.box(x, rail + 6, 36, 20, canvas.mood.tone(LINE, 1, -0.75))
    canvas.box(0, rail, WIDTH, 12, canvas.mood.tone(LINE, 1, -0.5))
    canvas.box(0, rail - 3, WIDTH, 5, canvas.mood.tone(LINE, 1, 0.6))


def gantry_crane(canvas: Canvas, x: float, ground: float) -> None:
    paint = canvas.mood.tone(AMBER, 0.68, -0.1)
    for dx in (0, 480):
        mast(canvas, x + dx, ground - 360, ground, 34, paint, 1.6)
    truss(canvas, (x - 130, ground - 400), (x + 640, ground - 400), 40, paint, 22)
    for dx in (-20, 20):
        canvas.stroke([(x + 250 + dx, ground - 360), (x + 250 + dx, ground - 230)], paint, 2)
    container(canvas, x + 185, ground - 165, 130, 62, TEAL, 0.7)


def container_yard(canvas: Canvas, ground: float) -> None:
    palette = (BLUE, SIGNAL, TEAL, AMBER, PETROL, VIOLET, LINE)
    for column in range(8):
        for level in range(canvas.rng.randint(1, 3)):
            container(canvas, 470 + column * 130, ground + 6 - level * 58, 124, 56, canvas.rng.choice(palette), 0.62)


def station(canvas: Canvas) -> None:
    mood = canvas.mood
    view = Perspective(canvas.rng.uniform(720, 780), 520, 2.6)
    sky(canvas, view.horizon, (view.x + 120, view.horizon - 130), 80)
    far_hills(canvas, view.horizon, 60)
    tree_row(canvas, view.horizon + 12, 60, 0.5)
    canvas.blend(box_points(0, view.horizon + 8, WIDTH, 1000), mood.tone(BALLAST, 0.7, 0), mood.tone(BALLAST, 1, -0.6))
    verge = [view.at(-5, 0, 300), view.at(-5, 0, 4), (-300, 1000), (-300, view.horizon + 8)]
    canvas.blend(verge, mood.tone(MEADOW, 0.7, 0.2), mood.tone(GREEN, 1, -0.45))
    for center in (-2.4, 2.4):
        track(canvas, view, center)
    for distance in (60, 38, 24, 15):
        catenary_mast(canvas, view, -5.4, distance)
    overhead_wires(canvas, view)
    tree(canvas, 130, 660, 260, 0.85)
    tree(canvas, 20, 700, 320, 0.9)
    platform(canvas, view)
    train_front(canvas, view, -2.4, 9.6)
    travellers(canvas, view)


def platform(canvas: Canvas, view: Perspective) -> None:
    tone = canvas.mood.tone
    top = [view.at(x, 0.76, z) for x, z in ((4.3, 150), (14, 150), (14, 3), (4.3, 3))]
    canvas.blend(top, tone(LINE, 0.75, 0.2), tone(LINE, 1, -0.25))
    side = [view.at(4.3, height, z) for height, z in ((0.76, 150), (0.76, 3), (0, 3), (0, 150))]
    canvas.polygon(side, tone(LINE, 1, -0.65))
    edge = [view.at(x, 0.77, z) for x, z in ((4.75, 150), (4.95, 150), (4.95, 3), (4.75, 3))]
    canvas.polygon(edge, tone(MIST, 1, 0.4))
    for distance in (60, 40, 28, 20, 14, 10, 7.4):
        depth = min(1.0, 0.5 + 5 / distance)
        scale, foot, head = view.scale(distance), view.at(8.2, 0.76, distance), view.at(8.2, 5.0, distance)
        canvas.box(foot[0] - 0.12 * scale, head[1], 0.24 * scale, foot[1] - head[1], tone(PETROL, depth, -0.4))
        canvas.stroke(
            [view.at(5.2, 5.3, distance), head, view.at(12, 5.3, distance)],
            tone(PETROL, depth, -0.4),
            0.16 * scale,
        )
        if canvas.mood.dark:
            lamp(canvas, *view.at(6.6, 4.9, distance), 0.09 * scale)
    roof = [view.at(x, height, z) for x, height, z in ((5, 5.4, 80), (5, 5.4, 3), (8.2, 5.1, 3), (8.2, 5.1, 80))]
    canvas.polygon(roof, tone(TEAL, 0.95, -0.5))
    other = [view.at(x, height, z) for x, height, z in ((13, 5.4, 80), (13, 5.4, 3), (8.2, 5.1, 3), (8.2, 5.1, 80))]
    canvas.polygon(other, tone(TEAL, 0.95, -0.72))
    fascia = [view.at(5, height, z) for height, z in ((5.4, 80), (5.4, 3), (5.75, 3), (5.75, 80))]
    canvas.polygon(fascia, tone(MIST, 0.95, 0.1))


def travellers(canvas: Canvas, view: Perspective) -> None:
    for x, distance in ((6.0, 34), (6.9, 26), (6.2, 19), (7.0, 13.5), (7.5, 13.2), (6.1, 11)):
        foot, scale = view.at(x, 0.76, distance), view.scale(distance)
        person(
            canvas,
            *foot,
            1.7 * scale * canvas.rng.uniform(0.94, 1.04),
            canvas.mood.tone(mix(INK, canvas.accent, 0.3), 0.95, -0.4),
        )


SCENES = (open_line, freight_train, viaduct, station)
