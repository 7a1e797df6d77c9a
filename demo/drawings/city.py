from .buildings import (
    PLASTER,
    SANDSTONE,
    TILES,
    apartment_house,
    house_row,
    office_block,
    roofscape,
    slim_high_rise,
    spire,
    street_lamp,
    town_hall_tower,
)
from .canvas import WIDTH, Canvas, arc, box_points, curve
from .palette import AMBER, GREEN, INK, LINE, MIST, TEAL, mix, veiled
from .scenery import birds, bushes, far_hills, glitter, person, sky, tree, tree_row, water
from .structures import tower_crane


def riverside(canvas: Canvas) -> None:
    rng, bank = canvas.rng, 680
    sun = (rng.uniform(560, 780), rng.uniform(330, 420))
    sky(canvas, 600, sun, 85)
    far_hills(canvas, 620, 70)
    roofscape(canvas, 640, 0.45)
    slim_high_rise(canvas, 1190, bank, 110, rng.uniform(360, 430), 0.55)
    spire(canvas, 300, bank, 74, 330, 0.68)
    spire(canvas, 392, bank, 74, 330, 0.68)
    town_hall_tower(canvas, rng.uniform(620, 680), bank, 96, 400, 0.72)
    spire(canvas, 960, bank, 56, 280, 0.66)
    house_row(canvas, bank, 130, 0.86, 0, WIDTH)
    tree_row(canvas, bank + 6, 62, 0.9, -20, 260)
    tree_row(canvas, bank + 6, 58, 0.9, 1180, WIDTH + 30)
    canvas.box(0, bank - 4, WIDTH, 34, canvas.mood.tone(SANDSTONE, 0.95, -0.45))
    canvas.box(0, bank - 8, WIDTH, 7, canvas.mood.tone(SANDSTONE, 0.95, 0.2))
    water(canvas, bank + 28, 0.28, 1.35)
    glitter(canvas, sun[0], bank + 30)
    stone_bridge(canvas, bank + 60)
    birds(canvas, 1050, 190)


def stone_bridge(canvas: Canvas, deck: float) -> None:
    tone, foot = canvas.mood.tone, deck + 175
    span, count = 330, 6
    for index in range(count):
        x = -150 + index * span
        crown = arc(x + span / 2, foot, span / 2 - 34, 118, 180, 360)
        body = [(x, deck), (x, foot + 8), *crown, (x + span, foot + 8), (x + span, deck)]
        canvas.blend(body, tone(SANDSTONE, 1, 0.15), tone(SANDSTONE, 1, -0.5))
        canvas.stroke(crown, tone(SANDSTONE, 1, -0.65), 8)
        canvas.polygon(
            [(x - 26, foot + 16), (x - 18, deck + 70), (x + 18, deck + 70), (x + 26, foot + 16)],
            tone(SANDSTONE, 1, -0.2),
        )
        canvas.polygon(
            [(x + 4, foot + 16), (x + 4, deck + 70), (x + 18, deck + 70), (x + 26, foot + 16)],
            tone(SANDSTONE, 1, -0.6),
        )
    canvas.box(0, deck - 22, WIDTH, 28, tone(SANDSTONE, 1, 0.2))
    canvas.box(0, deck + 4, WIDTH, 6, tone(SANDSTONE, 1, -0.6))
    for x in range(90, WIDTH, 330):
        street_lamp(canvas, x, deck - 20, 110)
    for _ in range(7):
        x = canvas.rng.uniform(60, 1440)
        person(canvas, x, deck - 12, 58, canvas.mood.tone(INK, 1, -0.4))
    canvas.box(0, deck - 22, WIDTH, 18, tone(SANDSTONE, 1, 0.05))


def market_square(canvas: Canvas) -> None:
    rng, ground = canvas.rng, 800
    sky(canvas, 640, (rng.uniform(380, 520), rng.uniform(230, 320)), 80)
    roofscape(canvas, 640, 0.35)
    for x in (1010, 1140):
        spire(canvas, x, 700, 84, 400, 0.66)
    canvas.box(930, 520, 290, 180, canvas.mood.tone(SANDSTONE, 0.62, -0.2))
    town_hall_tower(canvas, rng.uniform(610, 660), ground, 104, 520, 0.82)
    house_row(canvas, ground, 300, 0.97, 0, WIDTH)
    canvas.blend(
        box_points(0, ground, WIDTH, 200),
        canvas.mood.tone(SANDSTONE, 0.95, 0.15),
        canvas.mood.tone(LINE, 1, -0.5),
    )
    paving(canvas, ground)
    for x in (250, 1270):
        tree(canvas, x, ground + 25, 170)
    for x in (460, 960):
        street_lamp(canvas, x, ground + 44, 190)
    market_stalls(canvas, ground + 50)
    for _ in range(13):
        x, y = rng.uniform(60, 1440), rng.uniform(ground + 25, ground + 105)
        person(
            canvas,
            x,
            y,
            62 + (y - ground) * 0.45,
            canvas.mood.tone(mix(INK, rng.choice(PLASTER), 0.25), 1, -0.4),
        )


def paving(canvas: Canvas, ground: float) -> None:
    line = veiled(canvas.mood.shadow, 0.16)
    for step in range(7):
        canvas.box(0, ground + 6 * step**1.8, WIDTH, 1.5 + step * 0.3, line)
    for x in range(-1500, 3000, 90):
        canvas.stroke([(750 + (x - 750) * 0.55, ground), (x, 1000)], line, 2)


def market_stalls(canvas: Canvas, ground: float) -> None:
    tone = canvas.mood.tone
    for x in (90, 700, 1090):
        for dx in (0, 142):
            canvas.box(x + dx, ground - 90, 6, 92, tone(LINE, 1, -0.6))
        canvas.box(x - 4, ground - 42, 156, 42, tone(TILES, 1, -0.3))
        for stripe in range(8):
            color = tone(MIST if stripe % 2 else canvas.accent, 1, 0.1)
            left = x - 14 + stripe * 22
            canvas.polygon(
                [
                    (left + (4 - stripe) * 3, ground - 124),
                    (left + 22 + (3 - stripe) * 3, ground - 124),
                    (left + 22, ground - 84),
                    (left, ground - 84),
                ],
                color,
            )


def park_skyline(canvas: Canvas) -> None:
    rng, mood, ground = canvas.rng, canvas.mood, 740
    sky(canvas, 660, (rng.uniform(950, 1130), rng.uniform(260, 360)), 90)
    far_hills(canvas, 660, 50)
    roofscape(canvas, 660, 0.35)
    office_block(canvas, 70, ground, 190, 250, 0.6)
    spire(canvas, 345, ground, 70, 320, 0.64)
    slim_high_rise(canvas, rng.uniform(500, 560), ground, 170, 520, 0.82)
    office_block(canvas, 740, ground, 230, 210, 0.72)
    town_hall_tower(canvas, 1060, ground, 92, 340, 0.72)
    office_block(canvas, 1200, ground, 240, 290, 0.64)
    house_row(canvas, ground, 110, 0.84, 0, 480)
    house_row(canvas, ground, 104, 0.84, 950, WIDTH)
    tree_row(canvas, ground + 14, 96, 0.88)
    canvas.blend(
        box_points(0, ground + 8, WIDTH, 260),
        mood.tone(mix(GREEN, AMBER, 0.3), 0.9, 0.3),
        mood.tone(GREEN, 1, -0.5),
    )
    canvas.box(0, ground + 66, WIDTH, 20, mood.tone(LINE, 0.95, -0.2))
    tram(canvas, rng.uniform(380, 700), ground + 76)
    path = curve((560, ground + 88), (700, 900), (340, 1010)) + curve((640, 1010), (860, 890), (610, ground + 88))
    canvas.polygon(path, mood.tone(SANDSTONE, 0.97, 0.2))
    tree(canvas, 130, 930, 330)
    tree(canvas, 1360, 945, 390)
    for x, y in ((600, 895), (640, 900), (560, 960)):
        person(canvas, x, y, 70 + (y - 890) * 0.4, mood.tone(INK, 1, -0.4))
    bushes(canvas, 990, 24)


def tram(canvas: Canvas, x: float, rail: float) -> None:
    tone = canvas.mood.tone
    canvas.disc(x + 190, rail + 2, 220, veiled(canvas.mood.shadow, 0.4), 0.03)
    canvas.stroke([(0, rail - 118), (WIDTH, rail - 118)], tone(INK, 0.8), 1.5)
    canvas.stroke([(x + 150, rail - 78), (x + 172, rail - 98), (x + 150, rail - 117)], tone(INK, 0.9), 3)
    for car in range(3):
        left = x + car * 130
        canvas.rounded(left, rail - 78, 126, 70, 10, tone(canvas.accent, 1, 0.1))
        canvas.box(left + 4, rail - 66, 118, 26, tone(TEAL, 1, -0.7))
        canvas.box(left, rail - 30, 126, 5, tone(MIST, 1, 0.3))
        for pane in range(4):
            if canvas.mood.dark:
                canvas.box(left + 7 + pane * 29, rail - 64, 24, 22, mix(AMBER, MIST, 0.4))
        for dx in (30, 96):
            canvas.disc(left + dx, rail - 6, 9, tone(INK, 1, -0.6))


def new_quarter(canvas: Canvas) -> None:
    rng, mood, ground = canvas.rng, canvas.mood, 770
    sky(canvas, 660, (rng.uniform(620, 780), rng.uniform(250, 340)), 90)
    far_hills(canvas, 670, 60)
    roofscape(canvas, 670, 0.35)
    spire(canvas, 690, 720, 60, 300, 0.5)
    tower_crane(canvas, 860, ground, 560, 330, AMBER, 0.8)
    apartment_house(canvas, 900, ground - 6, 250, 5, 0.78)
    apartment_house(canvas, 420, ground - 6, 200, 4, 0.78)
    tree_row(canvas, ground, 84, 0.82, 560, 940)
    apartment_house(canvas, 60, ground + 14, 330, 6, 0.96)
    apartment_house(canvas, 1110, ground + 14, 350, 6, 0.96)
    canvas.blend(
        box_points(0, ground + 10, WIDTH, 240),
        mood.tone(mix(GREEN, AMBER, 0.3), 0.92, 0.3),
        mood.tone(GREEN, 1, -0.5),
    )
    plaza = curve((300, 1010), (560, 870), (640, ground + 10)) + curve((820, ground + 10), (900, 870), (1240, 1010))
    canvas.polygon(plaza, mood.tone(SANDSTONE, 0.97, 0.25))
    for x, y, height in ((70, 850, 200), (470, 830, 150), (1050, 835, 160), (1430, 870, 230)):
        tree(canvas, x, y, height)
    for _ in range(8):
        x, y = rng.uniform(560, 960), rng.uniform(ground + 35, ground + 150)
        person(canvas, x, y, 58 + (y - ground) * 0.4, mood.tone(mix(INK, rng.choice(PLASTER), 0.25), 1, -0.4))
    bushes(canvas, 990, 24)


SCENES = (riverside, market_square, park_skyline, new_quarter)
