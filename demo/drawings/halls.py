"""Halls as an exposé shows them: from the yard, gates in a row."""

from .canvas import HEIGHT, WIDTH, Canvas, box_points
from .industry import truck
from .palette import DEEP_PETROL, INK, LINE, MIST, PETROL, SIGNAL, mix, veiled
from .scenery import bushes, clouds, far_hills, sky, tree, tree_row

BRICK = mix(SIGNAL, INK, 0.3)


def logistics_hall(canvas: Canvas) -> None:
    ground = yard(canvas)
    top = ground - canvas.rng.uniform(300, 350)
    front(canvas, 130, top, 1240, ground - top, mix(LINE, MIST, 0.4))
    canvas.box(130, top, 1240, 46, canvas.mood.tone(canvas.accent))
    for gate in range(9):
        dock(canvas, 190 + gate * 126, ground)
    truck(canvas, canvas.rng.uniform(260, 420), ground + 130)


def workshop_hall(canvas: Canvas) -> None:
    ground = yard(canvas)
    top = ground - canvas.rng.uniform(290, 330)
    front(canvas, 180, top, 960, ground - top, mix(PETROL, MIST, 0.55))
    roof = [(150, top), (660, top - 120), (1170, top)]
    canvas.polygon(roof, canvas.mood.tone(mix(DEEP_PETROL, LINE, 0.25)))
    ribbon(canvas, 230, top + 40, 860)
    for gate in range(4):
        sectional_gate(canvas, 250 + gate * 225, ground, 150, 190)
    offices(canvas, 1150, ground, 250)
    tree(canvas, 90, ground + 20, 190)


def brick_hall(canvas: Canvas) -> None:
    ground = yard(canvas)
    top = ground - canvas.rng.uniform(250, 290)
    front(canvas, 160, top, 1180, ground - top, BRICK)
    for bay in range(6):
        left = 160 + bay * 1180 / 6
        middle, right = left + 1180 / 12, left + 1180 / 6
        canvas.polygon([(left, top), (middle, top - 95), (right, top)], canvas.mood.tone(BRICK, light=-0.12))
        canvas.box(middle - 50, top + 45, 100, 105, canvas.mood.tone(mix(PETROL, MIST, 0.5), light=0.3))
        for bar in (-18, 16):
            canvas.box(middle + bar, top + 45, 4, 105, canvas.mood.tone(INK))
    for gate in (1, 3, 5):
        sectional_gate(canvas, 160 + gate * 1180 / 6 - 60, ground, 120, 90)
    tree(canvas, 1420, ground + 25, 260)


def yard(canvas: Canvas) -> float:
    """Sky, trees, and the paved ground in front; returns the height of the hall's foot."""
    ground = canvas.rng.uniform(690, 730)
    sky(canvas, ground - 60, (canvas.rng.uniform(250, 1250), canvas.rng.uniform(150, 280)))
    clouds(canvas, ground - 160)
    far_hills(canvas, ground - 20)
    tree_row(canvas, ground + 2, 80, 0.6)
    paving = canvas.mood.tone(mix(LINE, INK, 0.12))
    canvas.blend(box_points(0, ground, WIDTH, HEIGHT - ground), paving, canvas.mood.tone(LINE, 1, -0.3))
    for step in range(6):
        canvas.stroke([(0, ground + 40 + step * 52), (WIDTH, ground + 46 + step * 54)], veiled(MIST, 0.14), 4)
    bushes(canvas, ground + 8, 26)
    return ground


def front(canvas: Canvas, x: float, top: float, width: float, height: float, color) -> None:
    tone = canvas.mood.tone
    canvas.blend(box_points(x, top, width, height), tone(color, light=0.25), tone(color, light=-0.12))
    for step in range(1, int(width // 40)):
        canvas.stroke([(x + step * 40, top), (x + step * 40, top + height)], veiled(INK, 0.07), 3)
    canvas.box(x, top + height - 14, width, 14, tone(INK, 0.8))


def dock(canvas: Canvas, x: float, ground: float) -> None:
    canvas.box(x - 8, ground - 140, 96, 118, canvas.mood.tone(INK))
    canvas.box(x + 4, ground - 128, 72, 100, canvas.mood.tone(MIST, light=-0.1))
    canvas.box(x - 4, ground - 26, 88, 14, canvas.mood.tone(SIGNAL, light=0.1))


def sectional_gate(canvas: Canvas, x: float, ground: float, width: float, height: float) -> None:
    canvas.box(x, ground - height, width, height, canvas.mood.tone(mix(canvas.accent, MIST, 0.2)))
    for row in range(1, 4):
        y = ground - height + row * height / 4
        canvas.stroke([(x, y), (x + width, y)], veiled(INK, 0.3), 4)
    canvas.box(x + width * 0.2, ground - height * 0.7, width * 0.6, height * 0.14, canvas.mood.tone(MIST, light=0.3))


def ribbon(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.box(x, y, width, 44, canvas.mood.tone(mix(PETROL, MIST, 0.35), light=0.3))
    for step in range(1, int(width // 70)):
        canvas.box(x + step * 70, y, 5, 44, canvas.mood.tone(INK))


def offices(canvas: Canvas, x: float, ground: float, width: float) -> None:
    front(canvas, x, ground - 230, width, 230, mix(MIST, LINE, 0.3))
    for floor in (0, 1):
        ribbon(canvas, x + 25, ground - 200 + floor * 95, width - 50)


SCENES = (logistics_hall, workshop_hall, brick_hall)
