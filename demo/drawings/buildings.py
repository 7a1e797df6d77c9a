"""Houses and towers, seen from the front."""

from .canvas import WIDTH, Canvas, arc, box_points, curve
from .palette import AMBER, BLUE, GREEN, INK, LINE, MAGENTA, MIST, PETROL, SIGNAL, TEAL, Color, mix, veiled
from .scenery import lamp

PLASTER = (
    mix(AMBER, LINE, 0.55),
    mix(SIGNAL, LINE, 0.55),
    mix(LINE, MIST, 0.3),
    mix(TEAL, LINE, 0.62),
    mix(MAGENTA, LINE, 0.72),
    mix(BLUE, LINE, 0.66),
    mix(GREEN, LINE, 0.7),
)

TILES = mix(SIGNAL, INK, 0.1)

COPPER = mix(TEAL, LINE, 0.3)

SANDSTONE = mix(LINE, AMBER, 0.3)


def roofscape(canvas: Canvas, ground: float, depth: float) -> None:
    rng, x = canvas.rng, -20.0
    while x < WIDTH:
        width, height = rng.uniform(50, 110), rng.uniform(40, 130)
        paint = canvas.mood.tone(PETROL, depth * rng.uniform(0.75, 1.1))
        canvas.box(x, ground - height, width, height + 90, paint)
        if rng.random() < 0.5:
            canvas.polygon(
                [(x, ground - height), (x + width / 2, ground - height - 30), (x + width, ground - height)],
                paint,
            )
        x += width * 0.9


def house_row(canvas: Canvas, ground: float, height: float, depth: float, start: float, end: float) -> None:
    rng, x, index = canvas.rng, start - 30, 0
    while x < end:
        width = height * rng.uniform(0.62, 0.86)
        color = PLASTER[(index * 3 + rng.randint(0, 1)) % len(PLASTER)]
        house(canvas, x, ground, width, height * rng.uniform(0.82, 1.1), color, depth, index % len(ROOFS))
        x += width
        index += 1


def house(
    canvas: Canvas,
    x: float,
    ground: float,
    width: float,
    height: float,
    color: Color,
    depth: float,
    roof: int,
) -> None:
    tone, top = canvas.mood.tone, ground - height
    canvas.blend(box_points(x, top, width, height), tone(color, depth, 0.25), tone(color, depth, -0.1))
    ROOFS[roof](canvas, x, top, width, color, depth)
    canvas.box(x + width * 0.95, top, width * 0.05, height, tone(color, depth, -0.4))
    house_windows(canvas, x, top, width, height, depth)


def pointed_gable(canvas: Canvas, x: float, top: float, width: float, color: Color, depth: float) -> None:
    tone, peak = canvas.mood.tone, top - width * 0.62
    canvas.polygon([(x, top), (x + width / 2, peak), (x + width, top)], tone(color, depth, 0.18))
    verge = [(x - 4, top + 3), (x + width / 2, peak - 2), (x + width + 4, top + 3)]
    canvas.stroke(verge, tone(TILES, depth, -0.35), width * 0.06)
    attic_window(canvas, x, top, width, depth)


def stepped_gable(canvas: Canvas, x: float, top: float, width: float, color: Color, depth: float) -> None:
    tone, rise = canvas.mood.tone, width * 0.13
    for step in range(5):
        inset, y = width * 0.1 * step, top - rise * (step + 1)
        canvas.box(x + inset, y, width - 2 * inset, rise * 1.05, tone(color, depth, 0.18))
        canvas.box(x + inset, y, width - 2 * inset, width * 0.02, tone(LINE, depth, 0.4))
    attic_window(canvas, x, top, width, depth)


def attic_window(canvas: Canvas, x: float, top: float, width: float, depth: float) -> None:
    canvas.box(x + width * 0.42, top - width * 0.26, width * 0.16, width * 0.2, window_color(canvas, depth))


def tiled_roof(canvas: Canvas, x: float, top: float, width: float, color: Color, depth: float) -> None:
    tone, ridge = canvas.mood.tone, top - width * 0.5
    slope = [(x - 4, top), (x + width * 0.16, ridge), (x + width * 0.84, ridge), (x + width + 4, top)]
    canvas.blend(slope, tone(TILES, depth, 0.12), tone(TILES, depth, -0.3))
    for share in (0.3, 0.62):
        left, y = x + width * share, top - width * 0.31
        canvas.box(left, y, width * 0.13, width * 0.21, tone(color, depth, 0.3))
        canvas.box(left + width * 0.025, y + width * 0.04, width * 0.08, width * 0.17, window_color(canvas, depth))


ROOFS = (pointed_gable, stepped_gable, tiled_roof)


def house_windows(canvas: Canvas, x: float, top: float, width: float, height: float, depth: float) -> None:
    tone, columns, rows = canvas.mood.tone, 3, max(2, round(height / width * 2))
    cell, floor = width * 0.9 / columns, height / (rows + 0.35)
    for row in range(rows):
        for column in range(columns):
            left, y = x + width * 0.04 + cell * (column + 0.24), top + floor * (row + 0.3)
            canvas.box(left - cell * 0.06, y - floor * 0.05, cell * 0.64, floor * 0.64, tone(MIST, depth, 0.3))
            canvas.box(left, y, cell * 0.52, floor * 0.54, window_color(canvas, depth))
            canvas.box(left + cell * 0.24, y, cell * 0.05, floor * 0.54, tone(MIST, depth, 0.3))
    canvas.box(x, top - height * 0.006, width, height * 0.02, tone(MIST, depth, 0.3))


def window_color(canvas: Canvas, depth: float) -> Color:
    if canvas.mood.dark and canvas.rng.random() < 0.6:
        return mix(AMBER, MIST, canvas.rng.uniform(0, 0.35))
    return canvas.mood.tone(TEAL, depth, -0.5)


def tower_shaft(
    canvas: Canvas, x: float, ground: float, width: float, height: float, color: Color, depth: float
) -> None:
    """Square tower centred on x, its right face in shadow."""
    tone, left, top = canvas.mood.tone, x - width / 2, ground - height
    canvas.blend(box_points(left, top, width, height), tone(color, depth, 0.3), tone(color, depth, -0.1))
    canvas.box(left + width * 0.62, top, width * 0.38, height, tone(color, depth, -0.45))
    for storey in range(3):
        y = top + width * (0.25 + storey * 1.25)
        canvas.box(left - width * 0.04, y + width * 0.95, width * 1.08, width * 0.06, tone(color, depth, 0.4))
        for share in (0.2, 0.72):
            wx, span = left + width * share, width * 0.15
            canvas.polygon(
                [
                    *arc(wx + span / 2, y + span, span / 2, span, 180, 360),
                    (wx + span, y + span * 4),
                    (wx, y + span * 4),
                ],
                window_color(canvas, depth),
            )


def spire(canvas: Canvas, x: float, ground: float, width: float, height: float, depth: float) -> None:
    tone, top = canvas.mood.tone, ground - height
    tower_shaft(canvas, x, ground, width, height, SANDSTONE, depth)
    peak = top - width * 2.5
    canvas.polygon([(x - width * 0.56, top), (x, peak), (x + width * 0.56, top)], tone(COPPER, depth, 0.05))
    canvas.polygon([(x + width * 0.1, top), (x, peak), (x + width * 0.56, top)], tone(COPPER, depth, -0.5))
    canvas.box(x - 1.5, peak - width * 0.35, 3, width * 0.4, tone(AMBER, depth, 0))
    canvas.disc(x, peak, width * 0.05, tone(AMBER, depth, 0.2))


def town_hall_tower(canvas: Canvas, x: float, ground: float, width: float, height: float, depth: float) -> None:
    """Shaft with clock, gallery, curved copper dome and lantern."""
    tone, top = canvas.mood.tone, ground - height
    tower_shaft(canvas, x, ground, width, height, SANDSTONE, depth)
    canvas.disc(x - width * 0.02, top + width * 0.5, width * 0.26, tone(MIST, depth, 0.4))
    canvas.ring(x - width * 0.02, top + width * 0.5, width * 0.26, tone(TEAL, depth, -0.5), width * 0.035)
    canvas.stroke(
        [
            (x + width * 0.12, top + width * 0.42),
            (x - width * 0.02, top + width * 0.5),
            (x - width * 0.02, top + width * 0.3),
        ],
        tone(INK, depth, -0.3),
        width * 0.03,
    )
    canvas.box(x - width * 0.62, top - 6, width * 1.24, width * 0.13, tone(SANDSTONE, depth, 0.35))
    dome = [
        *curve(
            (x - width * 0.5, top - 4),
            (x - width * 0.52, top - width * 0.75),
            (x - width * 0.16, top - width * 0.85),
        )
    ]
    dome += [(2 * x - px, py) for px, py in reversed(dome)]
    canvas.blend(dome, tone(COPPER, depth, 0.35), tone(COPPER, depth, -0.5), sideways=True)
    canvas.box(x - width * 0.14, top - width * 1.25, width * 0.28, width * 0.42, tone(SANDSTONE, depth, 0.1))
    canvas.box(x + width * 0.03, top - width * 1.25, width * 0.11, width * 0.42, tone(SANDSTONE, depth, -0.45))
    canvas.polygon(
        [
            (x - width * 0.2, top - width * 1.24),
            (x, top - width * 2.1),
            (x + width * 0.2, top - width * 1.24),
        ],
        tone(COPPER, depth, -0.2),
    )
    canvas.disc(x, top - width * 2.1, width * 0.045, tone(AMBER, depth, 0.2))


def slim_high_rise(canvas: Canvas, x: float, ground: float, width: float, height: float, depth: float) -> None:
    """Modern tower with a curved crown."""
    tone, top = canvas.mood.tone, ground - height
    crown = curve((x, top), (x + width * 0.35, top - width * 0.75), (x + width, top - width * 0.95), 12)
    canvas.blend([*crown, (x + width, ground), (x, ground)], tone(BLUE, depth, 0.4), tone(PETROL, depth, -0.1))
    canvas.polygon([crown[8], *crown[9:], (x + width, ground), (crown[8][0], ground)], tone(PETROL, depth, -0.4))
    rows = round(height / 17)
    for row in range(rows):
        y = top + 8 + row * 17
        canvas.box(x + width * 0.05, y, width * 0.9, 2.5, veiled(tone(MIST, depth, 0.3), 0.55))
        for column in range(7):
            if canvas.mood.dark and canvas.rng.random() < 0.4:
                canvas.box(x + width * (0.07 + column * 0.125), y + 4, width * 0.09, 10, mix(AMBER, MIST, 0.3))


def office_block(canvas: Canvas, x: float, ground: float, width: float, height: float, depth: float) -> None:
    tone, top = canvas.mood.tone, ground - height
    canvas.blend(box_points(x, top, width, height), tone(LINE, depth, 0.35), tone(LINE, depth, -0.15))
    canvas.box(x + width * 0.72, top, width * 0.28, height, tone(LINE, depth, -0.4))
    for row in range(round(height / 26)):
        for column in range(round(width / 22)):
            canvas.box(x + 8 + column * 22, top + 12 + row * 26, 14, 15, window_color(canvas, depth))


def apartment_house(canvas: Canvas, x: float, ground: float, width: float, floors: int, depth: float) -> None:
    tone, storey = canvas.mood.tone, 74 * depth
    top, facade = ground - floors * storey, canvas.rng.choice(PLASTER[:4])
    canvas.blend(box_points(x, top, width, ground - top), tone(MIST, depth, 0.3), tone(LINE, depth, -0.1))
    canvas.box(x + width * 0.34, top - storey * 0.5, width * 0.5, storey * 0.5, tone(facade, depth, 0.1))
    for bush in range(round(width / 16)):
        canvas.disc(x + 8 + bush * 16, top, canvas.rng.uniform(6, 13), tone(GREEN, depth, -0.1))
    columns = round(width / 82)
    cell = width * 0.94 / columns
    for floor in range(floors):
        for column in range(columns):
            left, y = x + column * cell, top + floor * storey
            if (floor + column) % 3 == 0:
                canvas.box(left, y, cell, storey, tone(facade, depth, 0.1))
            canvas.box(left + cell * 0.16, y + storey * 0.2, cell * 0.3, storey * 0.8, window_color(canvas, depth))
            canvas.box(left + cell * 0.56, y + storey * 0.2, cell * 0.28, storey * 0.5, window_color(canvas, depth))
            if column % 2 == 0:
                balcony(canvas, left + cell * 0.06, y + storey * 0.62, cell * 0.52, storey * 0.34, depth)
        canvas.box(x, top + floor * storey, width, 3, tone(LINE, depth, -0.3))
    canvas.box(x + width * 0.94, top, width * 0.06, ground - top, tone(LINE, depth, -0.45))


def balcony(canvas: Canvas, x: float, y: float, width: float, height: float, depth: float) -> None:
    tone = canvas.mood.tone
    canvas.box(x, y, width, height, veiled(tone(TEAL, depth, 0.4), 0.55))
    canvas.box(x, y, width, 3, tone(INK, depth, -0.2))
    canvas.box(x - 3, y + height, width + 6, 6, tone(LINE, depth, -0.5))
    for plant in range(3):
        if canvas.rng.random() < 0.5:
            canvas.disc(x + width * (0.2 + 0.3 * plant), y, 7 * depth, tone(GREEN, depth, 0))


def street_lamp(canvas: Canvas, x: float, ground: float, height: float) -> None:
    paint = canvas.mood.tone(INK, 1, -0.3)
    canvas.box(x - 3, ground - height, 6, height, paint)
    canvas.polygon(
        [
            (x - 12, ground - height - 22),
            (x + 12, ground - height - 22),
            (x + 7, ground - height),
            (x - 7, ground - height),
        ],
        paint,
    )
    if canvas.mood.dark:
        lamp(canvas, x, ground - height - 12, 8)
