import itertools
import math

from .buildings import roofscape, slim_high_rise, spire, town_hall_tower
from .canvas import HEIGHT, WIDTH, Canvas, Point, arc, box_points, curve
from .palette import AMBER, BLUE, DEEP_PETROL, INK, LINE, MIST, PETROL, VIOLET, Color, mix, veiled
from .scenery import sky


def light_colors(canvas: Canvas) -> tuple[Color, Color]:
    brightest = max(canvas.accent)
    luminous = tuple(round(channel * 255 / brightest) for channel in canvas.accent)
    return mix(luminous, MIST, 0.4), mix(AMBER, MIST, 0.2)


def dark_room(canvas: Canvas) -> None:
    deep = mix(canvas.accent, INK, 0.74)
    canvas.backdrop((INK, deep, mix(deep, INK, 0.4)))


def node(canvas: Canvas, x: float, y: float, size: float, color: Color) -> None:
    canvas.glow(x, y, size * 5, color, 0.75)
    canvas.disc(x, y, size, mix(color, MIST, 0.5))
    canvas.ring(x, y, size * 1.8, veiled(color, 0.7), 2)


def connected_city(canvas: Canvas) -> None:
    rng, _mood, ground = canvas.rng, canvas.mood, 800
    sky(canvas, 720, (rng.uniform(500, 900), 560), 70)
    canvas.veil(0, 800, mix(canvas.accent, INK, 0.6), 0.6, 0.1)
    roofscape(canvas, 720, 0.5)
    spire(canvas, 250, ground, 70, 290, 0.8)
    slim_high_rise(canvas, 420, ground, 130, 400, 0.85)
    town_hall_tower(canvas, 780, ground, 92, 320, 0.85)
    slim_high_rise(canvas, 1010, ground, 110, 260, 0.8)
    spire(canvas, 1260, ground, 80, 330, 0.8)
    skyline_front(canvas, ground)
    network_above(canvas)


def skyline_front(canvas: Canvas, ground: float) -> None:
    rng, x = canvas.rng, -10.0
    while x < WIDTH:
        width, height = rng.uniform(60, 120), rng.uniform(70, 190)
        canvas.blend(
            box_points(x, ground - height, width, height + 200),
            canvas.mood.tone(PETROL, 0.95, -0.5),
            mix(INK, PETROL, 0.1),
        )
        for row in range(round(height / 26) + 6):
            for column in range(round(width / 20) - 1):
                if rng.random() < 0.3:
                    canvas.box(
                        x + 10 + column * 20,
                        ground - height + 14 + row * 26,
                        9,
                        12,
                        veiled(mix(AMBER, MIST, 0.3), 0.85),
                    )
        x += width


def network_above(canvas: Canvas) -> None:
    rng = canvas.rng
    cool, warm = light_colors(canvas)
    roofs = [
        (250, 330),
        (485, 330),
        (780, 330),
        (1065, 470),
        (1260, 270),
        (90, 560),
        (620, 610),
        (930, 620),
        (1420, 560),
    ]
    hubs = [
        (rng.uniform(-40, 40) + x, y + rng.uniform(-40, 40))
        for x, y in ((180, 190), (470, 150), (750, 120), (1040, 210), (1330, 150))
    ]
    for start, end in itertools.pairwise(hubs):
        data_line(canvas, start, end, cool, 0.25)
    for index, roof in enumerate(roofs):
        hub = min(hubs, key=lambda spot: math.dist(spot, roof))
        data_line(canvas, roof, hub, warm if index % 3 == 0 else cool, 0.12)
        node(canvas, *roof, 8, warm if index % 3 == 0 else cool)
    for start, end in ((0, 2), (1, 3), (2, 4)):
        data_line(canvas, hubs[start], hubs[end], cool, 0.35)
    for hub in hubs:
        node(canvas, *hub, 13, cool)


def data_line(canvas: Canvas, start: Point, end: Point, color: Color, bow: float) -> None:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - math.dist(start, end) * bow)
    line = curve(start, middle, end)
    canvas.stroke(line, veiled(color, 0.25), 8)
    canvas.stroke(line, veiled(mix(color, MIST, 0.3), 0.9), 2.5)
    for spot in line[5:22:8]:
        canvas.disc(*spot, 4.5, mix(color, MIST, 0.7))


def circuit_board(canvas: Canvas) -> None:
    rng = canvas.rng
    cool, warm = light_colors(canvas)
    board = mix(mix(canvas.accent, DEEP_PETROL, 0.62), INK, 0.2)
    canvas.backdrop((mix(board, INK, 0.35), board, mix(board, INK, 0.55)))
    canvas.glow(750, 500, 900, cool, 0.5)
    traces(canvas, mix(board, MIST, 0.3), cool, warm)
    for x, y, width, height in (
        (110, 120, 190, 120),
        (1190, 690, 220, 130),
        (1230, 130, 150, 150),
        (120, 720, 150, 170),
    ):
        small_chip(canvas, x + rng.uniform(-20, 20), y, width, height)
    for x, y in (
        (90, 330),
        (90, 372),
        (90, 610),
        (90, 652),
        (1370, 340),
        (1370, 382),
        (1370, 600),
        (1300, 340),
        (160, 652),
    ):
        capacitor(canvas, x, y)
    processor(canvas, 750, 500, 190, cool, warm)


def traces(canvas: Canvas, copper: Color, cool: Color, warm: Color) -> None:
    """Lines leave the four sides of the processor, bend once by 45 degrees and end in a solder point."""
    rng = canvas.rng
    for side in range(4):
        for pin in range(13):
            offset = -156 + pin * 26
            bend, fan = 230 + abs(offset) * 0.5 + rng.uniform(0, 30), offset * rng.uniform(0.9, 1.5)
            reach = rng.uniform(430, 800)
            path = [
                (190, offset),
                (bend, offset),
                (bend + abs(fan), offset + fan),
                (max(reach, bend + abs(fan) + 20), offset + fan),
            ]
            points = [turned(spot, side) for spot in path]
            canvas.stroke(points, veiled(INK, 0.4), 11)
            canvas.stroke(points, copper, 6)
            if rng.random() < 0.45:
                color = warm if rng.random() < 0.25 else cool
                canvas.stroke(points, veiled(color, 0.4), 9)
                canvas.stroke(points, mix(color, MIST, 0.5), 3)
                canvas.glow(*points[-1], 34, color, 0.8)
            canvas.disc(*points[-1], 10, copper)
            canvas.disc(*points[-1], 4, mix(copper, INK, 0.7))


def turned(spot: Point, side: int) -> Point:
    x, y = ((spot[0], spot[1]), (-spot[1], spot[0]), (-spot[0], -spot[1]), (spot[1], -spot[0]))[side]
    return 750 + x, 500 + y


def processor(canvas: Canvas, x: float, y: float, half: float, cool: Color, warm: Color) -> None:
    for pin in range(13):
        offset = -156 + pin * 26 - 7
        for left, top, width, height in (
            (-half - 26, offset, 30, 14),
            (half - 4, offset, 30, 14),
            (offset, -half - 26, 14, 30),
            (offset, half - 4, 14, 30),
        ):
            canvas.box(x + left, y + top, width, height, mix(LINE, AMBER, 0.3))
    canvas.rounded(x - half + 14, y - half + 20, 2 * half, 2 * half, 18, veiled(INK, 0.5))
    canvas.rounded(x - half, y - half, 2 * half, 2 * half, 18, mix(INK, LINE, 0.16))
    inner = half * 0.68
    canvas.blend(
        box_points(x - inner, y - inner, 2 * inner, 2 * inner),
        mix(INK, canvas.accent, 0.65),
        mix(INK, canvas.accent, 0.2),
    )
    canvas.glow(x, y, half * 1.2, cool, 0.85)
    cell = inner * 2 / 5
    for row in range(5):
        for column in range(5):
            color = warm if canvas.rng.random() < 0.2 else cool
            canvas.rounded(
                x - inner + column * cell + 7,
                y - inner + row * cell + 7,
                cell - 14,
                cell - 14,
                5,
                veiled(color, canvas.rng.uniform(0.25, 0.9)),
            )
    canvas.stroke(
        [(x - half + 8, y + half - 8), (x - half + 8, y - half + 8), (x + half - 8, y - half + 8)],
        veiled(MIST, 0.35),
        4,
    )
    canvas.disc(x - half + 32, y - half + 32, 9, veiled(MIST, 0.5))


def small_chip(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    for pin in range(round(width / 24)):
        for edge in (y - 14, y + height - 2):
            canvas.box(x + 10 + pin * 24, edge, 10, 16, mix(LINE, INK, 0.2))
    canvas.rounded(x + 8, y + 12, width, height, 8, veiled(INK, 0.45))
    canvas.rounded(x, y, width, height, 8, mix(INK, LINE, 0.12))
    canvas.disc(x + 20, y + 20, 6, mix(INK, LINE, 0.45))
    canvas.box(x + 6, y + 4, width - 12, 3, veiled(MIST, 0.3))


def capacitor(canvas: Canvas, x: float, y: float) -> None:
    canvas.rounded(x + 3, y + 5, 46, 22, 4, veiled(INK, 0.4))
    canvas.box(x, y, 46, 22, mix(LINE, INK, 0.15))
    canvas.box(x + 11, y, 24, 22, mix(AMBER, INK, 0.45))


def data_centre(canvas: Canvas) -> None:
    dark_room(canvas)
    cool, warm = light_colors(canvas)
    x, y = 750 + canvas.rng.uniform(-50, 50), 470
    canvas.glow(x, y, 520, cool, 0.9)
    aisle(canvas, x, y, cool)
    for bay in range(9, -1, -1):
        for side in (-1, 1):
            rack(canvas, x, y, side, 1.0 * 1.32**bay * 0.62, 1.0 * 1.32 ** (bay + 1) * 0.62, cool, warm)
    canvas.glow(x, y, 330, mix(cool, MIST, 0.4), 0.8)
    technician(canvas, x + 60, y, cool)


def aisle(canvas: Canvas, x: float, y: float, cool: Color) -> None:
    canvas.blend([(x - 16, y + 12), (x + 16, y + 12), (x + 1400, 1100), (x - 1400, 1100)], mix(cool, INK, 0.3), INK)
    canvas.blend([(x - 1400, -160), (x + 1400, -160), (x + 16, y - 10), (x - 16, y - 10)], INK, mix(cool, INK, 0.45))
    for step in range(10):
        near = 1.45**step * 20
        canvas.box(0, y + near, WIDTH, max(1, near * 0.012), veiled(cool, 0.28))
        half = near * 0.62
        canvas.polygon(
            [
                (x - half, y - near * 0.92),
                (x + half, y - near * 0.92),
                (x + half * 1.22, y - near * 1.12),
                (x - half * 1.22, y - near * 1.12),
            ],
            veiled(mix(cool, MIST, 0.7), 0.85),
        )


def rack(canvas: Canvas, x: float, y: float, side: int, far: float, near: float, cool: Color, warm: Color) -> None:
    """One cabinet; the side facing the aisle lies between two distances given as scales."""
    rng, half, top, bottom = canvas.rng, 82, 108, 100

    def at(scale: float, height: float) -> Point:
        return x + side * half * scale, y + bottom * scale - (top + bottom) * scale * height

    depth = min(1.0, far / 5)
    face = [at(far, 0), at(near, 0), at(near, 1), at(far, 1)]
    body = mix(mix(cool, INK, 0.55), mix(INK, canvas.accent, 0.14), depth)
    canvas.polygon(face, body)
    units = 18
    for unit in range(1, units):
        low = unit / units
        edge = far + (near - far) * 0.08, far + (near - far) * 0.92
        slot = [at(edge[0], low), at(edge[1], low), at(edge[1], low + 0.038), at(edge[0], low + 0.038)]
        canvas.polygon(slot, mix(body, LINE, 0.1 if unit % 3 else 0.2))
        for share in (0.16, 0.26, 0.36, 0.62, 0.72, 0.82):
            if rng.random() < 0.55:
                spot = at(far + (near - far) * share, low + 0.019)
                color = warm if rng.random() < 0.14 else mix(cool, MIST, rng.uniform(0, 0.5))
                canvas.disc(*spot, max(0.9, far * 0.85), color, 0.8)
    canvas.stroke([at(near, 0), at(near, 1)], mix(INK, cool, 0.5), max(1, near * 0.9))
    canvas.stroke([at(far, 0), at(near, 0)], veiled(cool, 0.8), max(1, near * 0.7))


def technician(canvas: Canvas, x: float, y: float, cool: Color) -> None:
    ground, height = y + 205, 250
    canvas.disc(x, ground, 60, veiled(INK, 0.6), 0.16)
    canvas.disc(x, ground - height * 0.92, height * 0.068, INK, 1.15)
    canvas.rounded(x - height * 0.115, ground - height * 0.84, height * 0.23, height * 0.44, height * 0.07, INK)
    for side in (-1, 1):
        canvas.stroke(
            [(x + side * height * 0.05, ground - height * 0.45), (x + side * height * 0.06, ground)],
            INK,
            height * 0.085,
        )
    tablet = [
        (x - height * 0.24, ground - height * 0.66),
        (x - height * 0.1, ground - height * 0.7),
        (x - height * 0.08, ground - height * 0.56),
        (x - height * 0.22, ground - height * 0.52),
    ]
    canvas.stroke([(x, ground - height * 0.74), (x - height * 0.14, ground - height * 0.58)], INK, height * 0.06)
    canvas.polygon(tablet, mix(cool, MIST, 0.6))


def glass_fibre(canvas: Canvas) -> None:
    rng = canvas.rng
    dark_room(canvas)
    cool, warm = light_colors(canvas)
    source = (rng.uniform(120, 240), rng.uniform(780, 860))
    canvas.glow(*source, 900, canvas.accent, 0.8)
    for index in range(58):
        target = (900 + rng.uniform(-380, 640), rng.uniform(60, 900))
        control = (rng.uniform(420, 700), 560 + rng.uniform(-160, 300))
        color = rng.choice((cool, cool, mix(cool, BLUE, 0.4), mix(VIOLET, MIST, 0.4), warm))
        fibre(canvas, curve(source, control, target, 30), color, 0.4 + 0.6 * index / 58)
    cable(canvas, source)


def fibre(canvas: Canvas, line: list[Point], color: Color, near: float) -> None:
    canvas.stroke(line, veiled(color, 0.12 * near), 9 * near)
    canvas.stroke(line, veiled(color, 0.35 + 0.4 * near), 2.4 * near)
    x, y = line[-1]
    canvas.glow(x, y, 34 + 44 * near, color, 0.85)
    canvas.disc(x, y, 3 + 6 * near, mix(color, MIST, 0.75))


def cable(canvas: Canvas, source: Point) -> None:
    x, y = source
    jacket = mix(canvas.accent, INK, 0.55)
    path = curve((x - 420, y + 330), (x - 150, y + 170), (x + 40, y - 30))
    for color, width, lift in (
        (INK, 150, 8),
        (jacket, 138, 0),
        (mix(jacket, MIST, 0.2), 40, -34),
        (mix(jacket, MIST, 0.45), 8, -44),
    ):
        canvas.stroke([(px + lift * 0.6, py + lift) for px, py in path], color, width)
    canvas.glow(x + 60, y - 50, 160, MIST, 0.7)


def data_globe(canvas: Canvas) -> None:
    rng = canvas.rng
    dark_room(canvas)
    cool, warm = light_colors(canvas)
    x, y, radius = 750 + rng.uniform(-60, 60), 520, 350
    for _ in range(90):
        canvas.disc(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(0.8, 2.2), veiled(MIST, 0.5))
    canvas.glow(x, y, radius * 2.1, cool, 0.75)
    canvas.blend(arc(x, y, radius, radius), mix(canvas.accent, INK, 0.1), mix(canvas.accent, INK, 0.82), sideways=True)
    graticule(canvas, x, y, radius, cool)
    places = [on_globe(x, y, radius, rng.uniform(-0.9, 0.9), rng.uniform(-1.15, 1.15)) for _ in range(24)]
    for index, start in enumerate(places):
        end = places[(index * 7 + 5) % len(places)]
        data_line(canvas, start, end, warm if index % 4 == 0 else cool, 0.3)
    for index, place in enumerate(places):
        node(canvas, *place, rng.uniform(5, 11), warm if index % 4 == 0 else cool)
    orbits(canvas, x, y, radius, cool)


def on_globe(x: float, y: float, radius: float, latitude: float, longitude: float) -> Point:
    """Seen from slightly above, hence the tilt."""
    tilt = 0.35
    across, up = math.cos(latitude) * math.sin(longitude), math.sin(latitude)
    towards = math.cos(latitude) * math.cos(longitude)
    return x + radius * across, y - radius * (up * math.cos(tilt) - towards * math.sin(tilt))


def graticule(canvas: Canvas, x: float, y: float, radius: float, color: Color) -> None:
    for step in range(-4, 5):
        parallel = [on_globe(x, y, radius, step * 0.3, t * 0.1) for t in range(-15, 16)]
        meridian = [on_globe(x, y, radius, t * 0.08, step * 0.36) for t in range(-15, 16)]
        for line in (parallel, meridian):
            canvas.stroke(line, veiled(color, 0.2), 2)
    canvas.ring(x, y, radius, veiled(mix(color, MIST, 0.4), 0.8), 4)


def orbits(canvas: Canvas, x: float, y: float, radius: float, color: Color) -> None:
    for reach, flat, start in ((1.36, 0.26, 8), (1.62, 0.34, 30)):
        path = arc(x, y, radius * reach, radius * reach * flat, start, 180 - start)
        canvas.stroke(path, veiled(color, 0.55), 2.5)
        node(canvas, *path[len(path) // 3], 8, color)
        node(canvas, *path[-3], 6, color)


SCENES = (connected_city, circuit_board, data_centre, glass_fibre, data_globe)
