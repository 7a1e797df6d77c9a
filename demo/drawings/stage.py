import math

from .canvas import WIDTH, Canvas, Point, box_points, curve
from .palette import AMBER, INK, LINE, MIST, SIGNAL, TEAL, VIOLET, Color, mix, veiled
from .stage_props import (
    FLOOR,
    GOLD,
    WARM_LIGHT,
    audience,
    backdrop_panel,
    celebrant,
    confetti,
    cup,
    flowers,
    lectern,
    pedestal,
    podium_step,
    seated_guest,
    side_table,
    small_speaker,
    standing_guest,
)


def hall(canvas: Canvas) -> None:
    deep = mix(canvas.accent, INK, 0.72)
    canvas.backdrop((mix(deep, INK, 0.6), deep, mix(canvas.accent, INK, 0.5)), bottom=FLOOR)


def curtain(canvas: Canvas, start: float, end: float, bottom: float) -> None:
    """Folds lit from the middle of the stage, darker towards the wings."""
    rng, x = canvas.rng, start
    while x < end:
        width = rng.uniform(34, 62)
        shade = 0.12 + 0.5 * min(1.0, abs(x + width / 2 - 750) / 760)
        fold = mix(canvas.accent, INK, shade)
        canvas.blend(box_points(x, 0, width * 0.55, bottom), mix(fold, INK, 0.62), mix(fold, MIST, 0.1), sideways=True)
        canvas.blend(
            box_points(x + width * 0.55, 0, width * 0.47, bottom),
            mix(fold, MIST, 0.1),
            mix(fold, INK, 0.62),
            sideways=True,
        )
        x += width
    canvas.veil(0, bottom * 0.55, INK, 0.75, 0)


def swags(canvas: Canvas) -> None:
    for x in range(-130, WIDTH + 100, 270):
        drop = curve((x, 70), (x + 150, 300), (x + 300, 70))
        color = mix(canvas.accent, INK, 0.3)
        canvas.blend([(x, 0), *drop, (x + 300, 0)], mix(color, INK, 0.55), mix(color, MIST, 0.08))
        for fold in (0.35, 0.6, 0.8):
            canvas.stroke(curve((x, 70 * fold), (x + 150, 290 * fold), (x + 300, 70 * fold)), veiled(INK, 0.3), 5)
        canvas.stroke(drop, GOLD, 7)


def boards(canvas: Canvas) -> None:
    wood = mix(mix(SIGNAL, INK, 0.55), canvas.accent, 0.25)
    canvas.blend(box_points(0, FLOOR, WIDTH, 240), mix(wood, AMBER, 0.28), mix(wood, INK, 0.7))
    for x in range(-1500, 3000, 110):
        canvas.stroke([(750 + (x - 750) * 0.6, FLOOR), (x, 1000)], veiled(INK, 0.28), 2.5)
    canvas.box(0, FLOOR - 3, WIDTH, 5, veiled(INK, 0.5))


def spotlight(canvas: Canvas, lamp: Point, target: Point, spread: float, color: Color, strength: float = 0.6) -> None:
    (x, y), (tx, ty) = lamp, target
    canvas.beam([(x - 14, y), (x + 14, y), (tx + spread, ty), (tx - spread, ty)], color, strength)
    canvas.glow(x, y, 120, color, 0.8)
    turn = math.atan2(ty - y, tx - x)
    back = (x - math.cos(turn) * 46, y - math.sin(turn) * 46)
    canvas.stroke([back, (x, y)], INK, 40)
    canvas.disc(x, y, 21, mix(color, MIST, 0.6))


def light_bar(canvas: Canvas, y: float, lamps: list[tuple[float, Point, Color]], spread: float) -> None:
    for bar in (y - 46, y - 22):
        canvas.box(0, bar, WIDTH, 6, mix(INK, LINE, 0.18))
    for x in range(-20, WIDTH, 48):
        canvas.stroke([(x, y - 44), (x + 24, y - 19), (x + 48, y - 44)], mix(INK, LINE, 0.18), 3)
    for x, target, color in lamps:
        spotlight(canvas, (x, y + 26), target, spread, color)


def light_pool(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.disc(x, y, radius * 1.12, veiled(WARM_LIGHT, 0.2), 0.2)
    canvas.disc(x, y, radius, veiled(WARM_LIGHT, 0.42), 0.2)


def speaker_at_lectern(canvas: Canvas) -> None:
    rng = canvas.rng
    x = rng.uniform(690, 810)
    curtain(canvas, -20, WIDTH + 20, FLOOR)
    canvas.glow(x, 560, 620, WARM_LIGHT, 0.42)
    boards(canvas)
    light_pool(canvas, x, 812, 330)
    spotlight(canvas, (330, 110), (x - 10, 815), 250, WARM_LIGHT, 0.5)
    spotlight(canvas, (1170, 110), (x + 10, 815), 250, WARM_LIGHT, 0.42)
    swags(canvas)
    flowers(canvas, x - 330, 810)
    flowers(canvas, x + 340, 815)
    standing_guest(canvas, x + 6, 700, 350, INK)
    lectern(canvas, x, 815)
    audience(canvas, 850, 2, mix(WARM_LIGHT, canvas.accent, 0.3))


def award_cup(canvas: Canvas) -> None:
    rng = canvas.rng
    hall(canvas)
    x = rng.uniform(710, 790)
    bokeh(canvas)
    for lamp, color in ((150, canvas.accent), (480, WARM_LIGHT), (1020, WARM_LIGHT), (1350, canvas.accent)):
        spotlight(canvas, (lamp, 100), (x + (lamp - 750) * 0.1, 850), 170, mix(color, MIST, 0.45), 0.5)
    canvas.glow(x, 480, 560, WARM_LIGHT, 0.5)
    boards(canvas)
    light_pool(canvas, x, 850, 420)
    pedestal(canvas, x, 690)
    cup(canvas, x, 690, 440)
    confetti(canvas)


def bokeh(canvas: Canvas) -> None:
    rng = canvas.rng
    for _ in range(46):
        color = rng.choice((AMBER, canvas.accent, MIST, VIOLET, TEAL))
        canvas.disc(
            rng.uniform(0, WIDTH),
            rng.uniform(120, FLOOR),
            rng.uniform(10, 54),
            veiled(mix(color, MIST, 0.3), 0.1),
        )


def congress(canvas: Canvas) -> None:
    rng = canvas.rng
    hall(canvas)
    lamps = [(x, (x + rng.uniform(-160, 160), 740.0), mix(canvas.accent, MIST, 0.5)) for x in (130, 390, 1110, 1370)]
    light_bar(canvas, 120, lamps, 120)
    screen(canvas, 330, 170, 840, 430)
    canvas.blend(box_points(0, 690, WIDTH, 70), mix(canvas.accent, LINE, 0.35), mix(canvas.accent, INK, 0.5))
    canvas.box(0, 752, WIDTH, 60, mix(canvas.accent, INK, 0.8))
    canvas.box(0, 752, WIDTH, 4, mix(AMBER, MIST, 0.3))
    speaker_x = rng.choice((255, 1245))
    light_pool(canvas, speaker_x, 726, 120)
    small_speaker(canvas, speaker_x, 728)
    canvas.glow(750, 480, 760, mix(canvas.accent, MIST, 0.6), 0.3)
    audience(canvas, 780, 4, mix(canvas.accent, MIST, 0.65))


def screen(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Projected landscape in the colours of the region, so that the screen reads as a screen without text."""
    canvas.box(x - 14, y - 14, width + 28, height + 28, INK)
    canvas.blend(box_points(x, y, width, height), mix(canvas.accent, MIST, 0.55), mix(AMBER, MIST, 0.65))
    canvas.disc(x + width * 0.62, y + height * 0.5, height * 0.2, mix(AMBER, MIST, 0.35))
    for step, share in enumerate((0.62, 0.74, 0.86)):
        ridge = [
            (x + width * t / 24, y + height * (share - 0.09 * math.sin(t / 24 * (5 + step) + step * 1.9)))
            for t in range(25)
        ]
        color = mix(mix(canvas.accent, TEAL, 0.4), MIST, 0.5 - 0.2 * step)
        canvas.polygon([*ridge, (x + width, y + height), (x, y + height)], color)
    canvas.box(x, y, width, 4, veiled(MIST, 0.5))


def winners(canvas: Canvas) -> None:
    rng = canvas.rng
    curtain(canvas, -20, WIDTH + 20, FLOOR)
    canvas.glow(750, 520, 760, WARM_LIGHT, 0.4)
    boards(canvas)
    light_pool(canvas, 750, 870, 560)
    lamps = [(x, (750 + (x - 750) * 0.55, 860.0), WARM_LIGHT) for x in (210, 570, 930, 1290)]
    light_bar(canvas, 130, lamps, 130)
    for x, height, lift in ((510, 120, 1), (990, 80, 1), (750, 190, 2)):
        podium_step(canvas, x, 880, height)
        celebrant(canvas, x, 880 - height, 300 * rng.uniform(0.94, 1.04), lift)
    confetti(canvas)


def panel_talk(canvas: Canvas) -> None:
    rng = canvas.rng
    hall(canvas)
    canvas.glow(750, 430, 820, mix(canvas.accent, MIST, 0.4), 0.6)
    for index in range(7):
        backdrop_panel(canvas, 150 + index * 175, 150 + 26 * abs(3 - index))
    boards(canvas)
    light_pool(canvas, 750, 850, 620)
    lamps = [(x, (x * 0.7 + 225, 850.0), WARM_LIGHT) for x in (260, 580, 920, 1240)]
    light_bar(canvas, 120, lamps, 120)
    for x, facing in ((315, 1), (550, 1), (950, -1), (1185, -1)):
        seated_guest(canvas, x + rng.uniform(-12, 12), 850, 340 * rng.uniform(0.96, 1.04), facing)
    side_table(canvas, 750, 862)
    audience(canvas, 925, 1, mix(WARM_LIGHT, canvas.accent, 0.3))


SCENES = (speaker_at_lectern, award_cup, congress, winners, panel_talk)
