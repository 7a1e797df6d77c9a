from .canvas import Canvas, box_points, curve
from .palette import AMBER, INK, LINE, MIST, SIGNAL, TEAL, Color, mix, veiled


def train_face(canvas: Canvas, x: float, base: float, unit: float) -> None:
    tone = canvas.mood.tone
    shell = [
        (-1.5, 0.1),
        (-1.5, 2.4),
        (-1.1, 3.7),
        (-0.6, 4.0),
        (0.6, 4.0),
        (1.1, 3.7),
        (1.5, 2.4),
        (1.5, 0.1),
    ]
    canvas.blend([(x + dx * unit, base - dy * unit) for dx, dy in shell], tone(MIST, 1, 0.35), tone(LINE, 1, -0.2))
    screen = [(-1.12, 2.0), (-0.92, 3.3), (-0.5, 3.6), (0.5, 3.6), (0.92, 3.3), (1.12, 2.0)]
    canvas.polygon([(x + dx * unit, base - dy * unit) for dx, dy in screen], tone(TEAL, 1, -0.8))
    gleam = [(-0.8, 2.1), (-0.6, 3.4), (-0.1, 3.5), (-0.4, 2.1)]
    canvas.polygon([(x + dx * unit, base - dy * unit) for dx, dy in gleam], veiled(MIST, 0.2))
    stripe = [(-1.5, 1.35), (1.5, 1.35), (1.5, 1.75), (0.9, 1.62), (-0.9, 1.62), (-1.5, 1.75)]
    canvas.polygon([(x + dx * unit, base - dy * unit) for dx, dy in stripe], tone(canvas.accent, 1, 0))
    canvas.box(x - 1.35 * unit, base - 0.5 * unit, 2.7 * unit, 0.45 * unit, tone(TEAL, 1, -0.9))
    canvas.box(x - 0.2 * unit, base - 0.75 * unit, 0.4 * unit, 0.4 * unit, tone(LINE, 1, -0.7))
    for dx, dy in ((-1.05, 1.05), (1.05, 1.05), (0, 3.8)):
        canvas.glow(x + dx * unit, base - dy * unit, unit * 1.3, mix(AMBER, MIST, 0.5), 0.85)
        canvas.disc(x + dx * unit, base - dy * unit, unit * 0.15, mix(AMBER, MIST, 0.75))


def express(canvas: Canvas, x: float, rail: float) -> None:
    tone, height = canvas.mood.tone, 74
    nose = curve((1130, -height), (1300, -height + 6), (1345, -8), 14)
    body = [(-500, -height), *nose, (1330, -4), (-500, -4)]
    canvas.blend([(x + dx * 0.72, rail + dy) for dx, dy in body], tone(MIST, 1, 0.5), tone(LINE, 1, -0.15))
    canvas.box(x - 360, rail - 52, 1190, 22, tone(TEAL, 1, -0.75))
    for window in range(40):
        if canvas.mood.dark and window % 7:
            canvas.box(x - 352 + window * 29, rail - 50, 21, 18, mix(AMBER, MIST, 0.35))
    canvas.box(x - 360, rail - 24, 1290, 7, tone(canvas.accent, 1, 0.05))
    canvas.polygon(
        [(x + 858, rail - 62), (x + 896, rail - 58), (x + 926, rail - 42), (x + 868, rail - 40)],
        tone(TEAL, 1, -0.85),
    )
    for dx in (-190, 70, 330, 590):
        canvas.box(x + dx, rail - height, 3, height - 4, tone(LINE, 1, -0.6))
    canvas.stroke(
        [(x + 300, rail - height), (x + 330, rail - 92), (x + 300, rail - 106), (x + 345, rail - 106)],
        tone(INK, 1),
        3,
    )
    canvas.glow(x + 958, rail - 16, 60, mix(AMBER, MIST, 0.6), 0.8)


def wheels(canvas: Canvas, x: float, rail: float, count: int, gap: float) -> None:
    tone = canvas.mood.tone
    canvas.rounded(x - 34, rail - 44, gap * (count - 1) + 68, 24, 8, tone(INK, 1, -0.5))
    for index in range(count):
        canvas.disc(x + index * gap, rail - 24, 26, tone(LINE, 1, -0.85))
        canvas.ring(x + index * gap, rail - 24, 20, tone(LINE, 1, -0.45), 4)
        canvas.disc(x + index * gap, rail - 24, 7, tone(LINE, 1, -0.3))


def container_wagon(canvas: Canvas, x: float, rail: float, colors: list[Color]) -> None:
    tone = canvas.mood.tone
    canvas.box(x, rail - 62, 430, 16, tone(INK, 1, -0.3))
    canvas.box(x + 430, rail - 56, 30, 6, tone(INK, 1, -0.5))
    for dx in (52, 290):
        wheels(canvas, x + dx, rail, 2, 76)
    for index, color in enumerate(colors):
        container(canvas, x + 6 + index * 212, rail - 64, 206, 150, color, 1)


def container(canvas: Canvas, x: float, base: float, width: float, height: float, color: Color, depth: float) -> None:
    tone = canvas.mood.tone
    canvas.blend(box_points(x, base - height, width, height), tone(color, depth, 0.22), tone(color, depth, -0.25))
    for rib in range(1, 14):
        canvas.box(x + rib * width / 14, base - height * 0.94, width * 0.022, height * 0.88, tone(color, depth, -0.4))
    for y in (base - height, base - height * 0.05):
        canvas.box(x, y, width, height * 0.05, tone(color, depth, -0.45))
    for side in (x, x + width * 0.97):
        canvas.box(side, base - height, width * 0.03, height, tone(color, depth, -0.5))


def locomotive(canvas: Canvas, x: float, rail: float) -> None:
    tone, color = canvas.mood.tone, SIGNAL
    body = [
        (x, rail - 52),
        (x, rail - 230),
        (x + 30, rail - 250),
        (x + 400, rail - 250),
        (x + 478, rail - 130),
        (x + 486, rail - 52),
    ]
    canvas.blend(body, tone(color, 1, 0.2), tone(color, 1, -0.35))
    canvas.polygon(
        [(x + 412, rail - 228), (x + 452, rail - 162), (x + 372, rail - 162), (x + 372, rail - 228)],
        tone(TEAL, 1, -0.8),
    )
    canvas.polygon(
        [
            (x + 412, rail - 228),
            (x + 424, rail - 208),
            (x + 386, rail - 162),
            (x + 372, rail - 162),
            (x + 372, rail - 200),
        ],
        veiled(MIST, 0.16),
    )
    canvas.box(x, rail - 118, 480, 16, tone(MIST, 1, 0.3))
    for grille in range(5):
        canvas.box(x + 40 + grille * 60, rail - 212, 46, 60, tone(color, 1, -0.55))
        for slat in range(5):
            canvas.box(x + 40 + grille * 60, rail - 206 + slat * 11, 46, 3, tone(color, 1, -0.15))
    canvas.box(x - 6, rail - 58, 496, 22, tone(INK, 1, -0.4))
    for dx in (70, 340):
        wheels(canvas, x + dx, rail, 2, 84)
    canvas.stroke([(x + 120, rail - 250), (x + 180, rail - 350), (x + 90, rail - 470)], tone(INK, 1, -0.2), 5)
    canvas.stroke([(x + 40, rail - 472), (x + 150, rail - 472)], tone(INK, 1, -0.2), 6)
    canvas.glow(x + 472, rail - 92, 130, mix(AMBER, MIST, 0.5), 0.8)
    canvas.disc(x + 470, rail - 90, 10, mix(AMBER, MIST, 0.7))
