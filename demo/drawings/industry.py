from .canvas import WIDTH, Canvas, arc, box_points
from .palette import AMBER, BLUE, LINE, MIST, PETROL, SIGNAL, TEAL, mix, veiled
from .scenery import bushes, far_hills, glitter, lamp, sky, tree_row, water
from .structures import (
    chimney,
    cylinder,
    flat_tank,
    hoops,
    ladder,
    pipe,
    pipe_bridge,
    smoke,
    storage_sphere,
    tower_crane,
)

STEEL = mix(LINE, BLUE, 0.18)
BRICK = mix(SIGNAL, LINE, 0.42)


def refinery(canvas: Canvas) -> None:
    rng, ground = canvas.rng, 800
    sky(canvas, 720, (rng.uniform(380, 560), rng.uniform(330, 450)), 85)
    far_hills(canvas, 720, 60)
    distant_works(canvas, 740)
    tree_row(canvas, 762, 70, 0.5)
    canvas.blend(box_points(0, 755, WIDTH, 245), canvas.mood.tone(LINE, 0.75, 0.1), canvas.mood.tone(TEAL, 1, -0.6))
    storage_sphere(canvas, 190, ground, 85, STEEL, 0.8)
    storage_sphere(canvas, 400, ground, 85, STEEL, 0.8)
    columns = (
        (540, 66, 330),
        (640, 92, 560),
        (770, 58, 430),
        (862, 110, 490),
        (1010, 70, 620),
        (1115, 84, 360),
    )
    for x, width, height in columns:
        tall = height * rng.uniform(0.88, 1.12)
        cylinder(canvas, x, ground, width, tall, STEEL, 0.88)
        hoops(canvas, x, ground, width, tall, round(tall / 95), 0.88)
        ladder(canvas, x + width * 0.55, ground - tall, ground, 0.88)
        pipe(
            canvas,
            [
                (x + width + 9, ground),
                (x + width + 9, ground - tall * 0.8),
                (x + width - 4, ground - tall * 0.8),
            ],
            9,
            canvas.accent,
            0.9,
        )
        if canvas.mood.dark:
            lamp(canvas, x + width, ground - tall * 0.66)
            lamp(canvas, x, ground - tall * 0.32, 3)
    flare(canvas, 1330, ground)
    flat_tank(canvas, 1225, ground, 250, 190, MIST, 0.9)
    pipe_bridge(canvas, -30, 880, 1530, 150, 1.0)
    bushes(canvas, 955, 40)


def distant_works(canvas: Canvas, ground: float) -> None:
    rng, paint = canvas.rng, canvas.mood.tone(PETROL, 0.32)
    for _ in range(26):
        x, height = rng.uniform(0, WIDTH), rng.uniform(30, 190) * rng.uniform(0.4, 1)
        canvas.box(
            x,
            ground - height,
            rng.uniform(8, 20) if height > 80 else rng.uniform(40, 110),
            height + 20,
            paint,
        )


def flare(canvas: Canvas, x: float, ground: float) -> None:
    tone, top = canvas.mood.tone, ground - 600
    canvas.blend(box_points(x, top, 16, 600), tone(STEEL, 0.85, 0.3), tone(STEEL, 0.85, -0.6), sideways=True)
    for y in (150, 330, 470):
        canvas.box(x - 8, top + y, 32, 5, tone(LINE, 0.85, -0.7))
    canvas.glow(x + 14, top - 30, 130, AMBER, 0.7)
    flame = [
        (x, top),
        (x - 8, top - 26),
        (x + 12, top - 50),
        (x + 40, top - 84),
        (x + 34, top - 36),
        (x + 16, top),
    ]
    canvas.polygon(flame, mix(AMBER, SIGNAL, 0.35))
    canvas.polygon([(x + 3, top), (x + 2, top - 22), (x + 22, top - 52), (x + 14, top)], mix(AMBER, MIST, 0.5))


def sawtooth_factory(canvas: Canvas) -> None:
    rng, ground = canvas.rng, 810
    sky(canvas, 700, (rng.uniform(900, 1150), rng.uniform(300, 420)), 80)
    far_hills(canvas, 710, 70)
    distant_works(canvas, 720)
    tall = rng.uniform(520, 580)
    for x, height in ((330, tall), (470, tall * 0.86)):
        chimney(canvas, x, ground, 64, height, BRICK, 0.75)
        smoke(canvas, x, ground - height - 6, rng.uniform(230, 290))
    tree_row(canvas, 745, 90, 0.6)
    canvas.blend(box_points(0, 740, WIDTH, 260), canvas.mood.tone(LINE, 0.8, 0.15), canvas.mood.tone(TEAL, 1, -0.55))
    silos(canvas, 40, ground)
    for bay in range(5):
        factory_bay(canvas, 300 + bay * 186, ground, bay)
    office(canvas, 1235, ground)
    loading_yard(canvas, ground)


def factory_bay(canvas: Canvas, x: float, ground: float, bay: int) -> None:
    tone, width, wall = canvas.mood.tone, 186, 190
    top = ground - wall
    canvas.blend(box_points(x, top, width, wall), tone(BRICK, 0.95, 0.15), tone(BRICK, 0.95, -0.35))
    canvas.polygon([(x, top), (x + 6, top - 104), (x + width, top)], tone(BRICK, 0.95, -0.1))
    glass = [(x + 16, top - 8), (x + 20, top - 76), (x + width * 0.74, top - 8)]
    canvas.polygon(glass, mix(AMBER, MIST, 0.25) if canvas.mood.dark else tone(MIST, 0.9, 0.4))
    for share in (0.3, 0.5):
        canvas.stroke([(x + width * share, top), (x + width * share, top - 70)], tone(BRICK, 0.95, -0.6), 3)
    canvas.polygon(
        [(x - 2, top - 100), (x + 8, top - 112), (x + width, top - 8), (x + width, top + 4)],
        tone(PETROL, 1, -0.2),
    )
    for row in range(2):
        for column in range(4):
            window(canvas, x + 18 + column * 40, top + 28 + row * 78, 28, 50)
    canvas.box(x + width - 6, top, 6, wall, tone(BRICK, 0.95, -0.6))
    if bay == 2:
        canvas.box(x + 40, ground - 90, 106, 90, tone(canvas.accent, 0.95, -0.35))
        for y in range(5):
            canvas.box(x + 40, ground - 86 + y * 18, 106, 3, tone(canvas.accent, 1, -0.7))


def window(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    lit = canvas.mood.dark and canvas.rng.random() < 0.6
    glass = mix(AMBER, MIST, 0.2) if lit else canvas.mood.tone(TEAL, 1, -0.35)
    canvas.box(x, y, width, height, glass)
    canvas.polygon([(x, y), (x + width * 0.7, y), (x, y + height * 0.6)], veiled(MIST, 0.16))
    canvas.box(x + width / 2 - 1, y, 2, height, canvas.mood.tone(LINE, 1, -0.5))
    canvas.box(x, y + height / 2, width, 2, canvas.mood.tone(LINE, 1, -0.5))


def silos(canvas: Canvas, x: float, ground: float) -> None:
    for index in range(3):
        cylinder(canvas, x + index * 82, ground, 78, 300, STEEL, 0.9)
        for ring in range(1, 7):
            canvas.box(x + index * 82, ground - ring * 44, 78, 2, veiled(canvas.mood.shadow, 0.35))
    canvas.box(x - 10, ground - 345, 260, 26, canvas.mood.tone(PETROL, 0.95, -0.3))


def office(canvas: Canvas, x: float, ground: float) -> None:
    tone = canvas.mood.tone
    canvas.blend(box_points(x, ground - 270, 300, 270), tone(MIST, 0.95, 0.2), tone(LINE, 0.95, -0.25))
    canvas.box(x, ground - 280, 300, 14, tone(PETROL, 1, -0.4))
    for floor in range(3):
        y = ground - 240 + floor * 80
        canvas.box(x + 16, y, 300, 42, tone(TEAL, 1, -0.35))
        for cell in range(7):
            if canvas.mood.dark and canvas.rng.random() < 0.55:
                canvas.box(x + 16 + cell * 42, y, 42, 42, mix(AMBER, MIST, 0.25))
            canvas.box(x + 16 + cell * 42, y, 3, 42, tone(LINE, 1, -0.1))


def loading_yard(canvas: Canvas, ground: float) -> None:
    tone = canvas.mood.tone
    canvas.box(0, ground, WIDTH, 5, tone(TEAL, 1, -0.8))
    for x in range(-40, WIDTH, 150):
        canvas.polygon([(x, 905), (x + 80, 905), (x + 70, 912), (x - 12, 912)], veiled(MIST, 0.6))
    truck(canvas, canvas.rng.uniform(560, 800), 880)
    bushes(canvas, 965, 34)


def truck(canvas: Canvas, x: float, ground: float) -> None:
    tone = canvas.mood.tone
    canvas.disc(x + 150, ground + 3, 190, veiled(canvas.mood.shadow, 0.4), 0.05)
    canvas.blend(box_points(x, ground - 118, 240, 96), tone(MIST, 1, 0.3), tone(LINE, 1, -0.2))
    canvas.box(x, ground - 58, 240, 10, tone(canvas.accent, 1, 0))
    canvas.box(x, ground - 24, 330, 10, tone(LINE, 1, -0.85))
    cab = [
        (x + 252, ground - 20),
        (x + 252, ground - 108),
        (x + 300, ground - 108),
        (x + 326, ground - 62),
        (x + 330, ground - 20),
    ]
    canvas.polygon(cab, tone(canvas.accent, 1, 0.05))
    canvas.polygon(
        [(x + 278, ground - 98), (x + 296, ground - 98), (x + 316, ground - 62), (x + 278, ground - 62)],
        tone(TEAL, 1, -0.5),
    )
    for dx in (34, 76, 190, 288):
        canvas.disc(x + dx, ground - 10, 17, tone(TEAL, 1, -0.95))
        canvas.disc(x + dx, ground - 10, 7, tone(LINE, 1, -0.3))


def harbour_works(canvas: Canvas) -> None:
    rng, quay = canvas.rng, 740
    sun = (rng.uniform(500, 700), rng.uniform(420, 500))
    sky(canvas, 660, sun, 95)
    far_hills(canvas, 670, 60)
    distant_works(canvas, 690)
    cooling_tower(canvas, 260, 720, 330)
    cooling_tower(canvas, 505, 715, 270)
    tree_row(canvas, 722, 60, 0.55)
    tower_crane(canvas, 900, quay, 590, -360, AMBER, 0.9)
    tower_crane(canvas, 1240, quay, 470, 330, SIGNAL, 0.85)
    new_hall(canvas, 740, quay)
    for x, width in ((20, 230), (270, 190), (480, 190)):
        flat_tank(canvas, x, quay - 6, width, rng.uniform(95, 150), MIST, 0.92)
    canvas.box(0, quay - 8, WIDTH, 30, canvas.mood.tone(LINE, 1, -0.45))
    canvas.box(0, quay - 10, WIDTH, 5, canvas.mood.tone(LINE, 1, 0.2))
    water(canvas, quay + 20, 0.3, 1.5)
    glitter(canvas, sun[0], quay + 24)


def cooling_tower(canvas: Canvas, x: float, ground: float, height: float) -> None:
    tone, half = canvas.mood.tone, height * 0.42
    smoke(canvas, x - 20, ground - height, height * 0.95, 0.35)
    waist = [
        (half * (0.56 + 0.44 * ((t - 0.25) / 0.75) ** 2), ground - height * (1 - t))
        for t in (i / 12 for i in range(13))
    ]
    body = [(x - w, y) for w, y in waist] + [(x + w, y) for w, y in reversed(waist)]
    canvas.blend(body, tone(LINE, 0.62, 0.35), tone(LINE, 0.62, -0.55), sideways=True)
    canvas.polygon(arc(x, ground - height, waist[0][0], 11), tone(LINE, 0.62, -0.55))


def new_hall(canvas: Canvas, x: float, ground: float) -> None:
    """Steel frame of a hall under construction, cladding finished on its left part."""
    tone = canvas.mood.tone
    frame = tone(SIGNAL, 0.95, -0.3)
    for bay in range(8):
        canvas.box(x + bay * 82, ground - 210, 8, 210, frame)
    for y in (210, 140, 70):
        canvas.box(x, ground - y, 582, 8, frame)
    for bay in range(3, 7):
        canvas.stroke([(x + bay * 82, ground), (x + (bay + 1) * 82, ground - 70)], frame, 3)
    canvas.polygon(
        [(x - 10, ground - 208), (x + 290, ground - 262), (x + 592, ground - 208)], tone(PETROL, 0.95, -0.25)
    )
    canvas.blend(box_points(x, ground - 200, 250, 200), tone(MIST, 0.95, 0.2), tone(LINE, 0.95, -0.2))
    for stripe in range(12):
        canvas.box(x + stripe * 21, ground - 200, 2, 200, veiled(canvas.mood.shadow, 0.2))
    canvas.box(x, ground - 150, 250, 26, tone(canvas.accent, 0.95, 0))


def pressure_spheres(canvas: Canvas) -> None:
    rng, ground = canvas.rng, 830
    sky(canvas, 700, (rng.uniform(680, 800), rng.uniform(250, 340)), 90)
    far_hills(canvas, 710, 60)
    distant_works(canvas, 720)
    for x, height in ((90, 430), (1390, 500)):
        chimney(canvas, x, 780, 54, height, LINE, 0.55)
        smoke(canvas, x, 776 - height, 210, 0.3)
    tree_row(canvas, 745, 80, 0.55)
    canvas.blend(box_points(0, 740, WIDTH, 260), canvas.mood.tone(LINE, 0.8, 0.15), canvas.mood.tone(TEAL, 1, -0.6))
    for x in (180, 1240):
        flat_tank(canvas, x - 90, 790, 230, 190, STEEL, 0.75)
    storage_sphere(canvas, 400, ground, 165, MIST, 0.88)
    storage_sphere(canvas, 1110, ground, 165, MIST, 0.88)
    storage_sphere(canvas, 755, ground + 25, 205, MIST, 0.97)
    canvas.stroke(arc(755, ground + 25 - 205 * 1.45, 205, 33, 0, 180), canvas.mood.tone(canvas.accent, 1, 0), 16)
    for row, color in enumerate((AMBER, LINE, canvas.accent)):
        y = 905 + row * 24
        pipe(canvas, [(-20, y), (300 + row * 30, y), (300 + row * 30, y - 40), (1520, y - 40)], 19, color, 1)
    for x in (170, 640, 1000, 1360):
        valve(canvas, x, 846 if x > 300 else 886)
    bushes(canvas, 975, 30)


def valve(canvas: Canvas, x: float, y: float) -> None:
    tone = canvas.mood.tone
    canvas.box(x - 20, y + 2, 40, 34, tone(LINE, 1, -0.45))
    canvas.box(x - 4, y - 32, 8, 36, tone(LINE, 1, -0.65))
    canvas.ring(x, y - 34, 30, tone(SIGNAL, 1, 0.1), 8, 0.4)
    canvas.box(x - 26, y - 37, 52, 5, tone(SIGNAL, 1, -0.1))


SCENES = (refinery, sawtooth_factory, harbour_works, pressure_spheres)
