"""Commercial land as a plan shows it: seen from above, the free lots in the accent colour."""

from .canvas import HEIGHT, WIDTH, Canvas, box_points, curve
from .palette import AMBER, GREEN, INK, LINE, MIST, PETROL, SIGNAL, mix, veiled

MEADOW = mix(GREEN, MIST, 0.62)
FIELD = mix(mix(AMBER, GREEN, 0.35), MIST, 0.6)
ROAD = mix(LINE, INK, 0.08)
ROOF = mix(LINE, INK, 0.22)
KERB = 7


def lots_along_a_road(canvas: Canvas) -> None:
    """A comb: lots on both sides of an access road with a turning place."""
    ground(canvas)
    road_y = canvas.rng.uniform(440, 560)
    through_road(canvas, canvas.rng.uniform(110, 190))
    road(canvas, [(150, road_y), (1240, road_y)], 54)
    canvas.disc(1260, road_y, 62, ROAD)
    for side in (-1, 1):
        lots(canvas, 250, 1210, road_y + side * 40, side * canvas.rng.uniform(230, 300), canvas.rng.randint(3, 5))
    trees(canvas, [(230 + 70 * step, road_y + 330 * side) for step in range(15) for side in (-1, 1)])


def large_field(canvas: Canvas) -> None:
    """One wide site between motorway and railway."""
    ground(canvas)
    motorway(canvas, canvas.rng.uniform(120, 170))
    railway(canvas, canvas.rng.uniform(850, 890))
    road(canvas, [(980, 0), (980, 240), (960, 320), (960, 820)], 46)
    lots(canvas, 170, 930, 280, canvas.rng.uniform(440, 520), canvas.rng.randint(2, 3))
    for row in range(3):
        works(canvas, 1030, 290 + row * 175, canvas.rng.uniform(240, 360), canvas.rng.uniform(100, 140))
    trees(canvas, [(150 + 58 * step, 258) for step in range(13)])


def around_a_loop(canvas: Canvas) -> None:
    """An older park with free lots between its works."""
    ground(canvas)
    brook(canvas, canvas.rng.uniform(1190, 1280))
    road(canvas, [(0, 250), (1080, 250), (1080, 750), (250, 750), (250, 250)], 46)
    for index, x in enumerate((300, 540, 780)):
        free = (index + canvas.rng.randint(0, 1)) % 2 == 0
        (lots if free else built_lots)(canvas, x, x + 225, 285, 195, 1)
        (built_lots if free else lots)(canvas, x, x + 225, 520, 195, 1)
    for x in (70, 420, 760):
        works(canvas, x, 815, 250, 110)
    trees(canvas, [(1125, 190 + 60 * step) for step in range(11)] + [(90 + 90 * step, 205) for step in range(11)])


def ground(canvas: Canvas) -> None:
    canvas.box(-200, -200, WIDTH + 400, HEIGHT + 400, MEADOW)
    for _ in range(4):
        x, y = canvas.rng.uniform(-100, WIDTH), canvas.rng.choice((-80, HEIGHT - 170))
        canvas.polygon([(x, y), (x + 420, y + 40), (x + 380, y + 260), (x - 60, y + 230)], FIELD)


def road(canvas: Canvas, points, width: float) -> None:
    canvas.stroke(points, MIST, width + 2 * KERB)
    canvas.stroke(points, ROAD, width)


def through_road(canvas: Canvas, x: float) -> None:
    road(canvas, curve((x - 60, -50), (x + 90, 450), (x - 30, HEIGHT + 50)), 62)


def motorway(canvas: Canvas, y: float) -> None:
    line = curve((-50, y + 40), (760, y - 70), (WIDTH + 50, y + 20))
    canvas.stroke(line, MIST, 104)
    canvas.stroke(line, mix(ROAD, PETROL, 0.25), 90)
    canvas.stroke(line, MIST, 8)


def railway(canvas: Canvas, y: float) -> None:
    canvas.stroke([(-50, y), (WIDTH + 50, y - 24)], INK, 14)
    for x in range(-40, WIDTH + 50, 44):
        canvas.stroke([(x, y - x * 24 / WIDTH), (x + 22, y - (x + 22) * 24 / WIDTH)], MIST, 8)


def brook(canvas: Canvas, x: float) -> None:
    canvas.stroke(curve((x, -50), (x + 150, 480), (x - 40, HEIGHT + 50)), mix(PETROL, MIST, 0.55), 34)


def lots(canvas: Canvas, left: float, right: float, edge: float, depth: float, number: int) -> None:
    """Free lots in a row, from the edge by the road inwards; a negative depth is upwards."""
    widths = [canvas.rng.uniform(0.7, 1.3) for _ in range(number)]
    x = left
    for width in widths:
        width *= (right - left) / sum(widths)
        corners = box_points(x + 8, edge, width - 16, depth)
        canvas.polygon(corners, veiled(mix(canvas.accent, MIST, 0.35), 0.92))
        canvas.stroke([*corners, corners[0]], canvas.accent, 7)
        x += width


def built_lots(canvas: Canvas, left: float, right: float, edge: float, depth: float, number: int) -> None:
    canvas.polygon(box_points(left + 8, edge, right - left - 16, depth), mix(LINE, MIST, 0.4))
    works(canvas, left + 30, edge + 28, right - left - 70, depth - 60)


def works(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.box(x + 8, y + 10, width, height, veiled(INK, 0.18))
    canvas.box(x, y, width, height, ROOF)
    for step in range(1, int(width // 46)):
        canvas.stroke([(x + 46 * step, y), (x + 46 * step, y + height)], veiled(MIST, 0.5), 4)
    canvas.box(x + width - 34, y + height - 30, 22, 18, mix(SIGNAL, MIST, 0.5))


def trees(canvas: Canvas, places) -> None:
    for x, y in places:
        if canvas.rng.random() < 0.8:
            radius = canvas.rng.uniform(13, 22)
            canvas.disc(x + 4, y + 5, radius, veiled(INK, 0.16))
            canvas.disc(x, y, radius, mix(GREEN, MIST, canvas.rng.uniform(0.05, 0.3)))


SCENES = (lots_along_a_road, large_field, around_a_loop)
