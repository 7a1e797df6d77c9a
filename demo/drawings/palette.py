from dataclasses import dataclass

Color = tuple[int, int, int]
Paint = tuple[int, int, int] | tuple[int, int, int, int]

INK = (0x12, 0x24, 0x2E)
PETROL = (0x00, 0x5F, 0x73)
DEEP_PETROL = (0x00, 0x3B, 0x49)
MIST = (0xF2, 0xF5, 0xF6)
LINE = (0xD3, 0xDC, 0xE0)
SIGNAL = (0xB9, 0x3A, 0x0E)
AMBER = (0xFF, 0xBF, 0x47)
BLUE = (0x1D, 0x4E, 0x89)
VIOLET = (0x6A, 0x3D, 0x9A)
GREEN = (0x2E, 0x7D, 0x32)
TEAL = (0x00, 0x70, 0x7A)
MAGENTA = (0xA6, 0x21, 0x4B)


def mix(first: Color, second: Color, share: float) -> Color:
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def veiled(color: Color, opacity: float) -> Paint:
    return (*color, round(255 * opacity))


@dataclass(frozen=True)
class Mood:
    """The light of a picture: every object takes its colours from here, so that a scene holds together."""

    sky: tuple[Color, ...]
    sun: Color
    haze: Color
    shadow: Color
    gloom: float
    dark: bool = False

    def tone(self, color: Color, depth: float = 1.0, light: float = 0.0) -> Color:
        """Colour of a surface; depth 0 dissolves in the haze, light runs from -1 (shadow) to 1 (full sun)."""
        shaded = mix(color, self.shadow, self.gloom)
        lit = mix(shaded, self.sun, light * 0.6) if light > 0 else mix(shaded, self.shadow, -light)
        return mix(self.haze, lit, depth)


ROSE = mix(MAGENTA, AMBER, 0.55)
EMBER = mix(SIGNAL, AMBER, 0.5)

DAY = Mood(
    sky=(mix(PETROL, MIST, 0.3), mix(TEAL, MIST, 0.62), mix(AMBER, MIST, 0.8)),
    sun=mix(AMBER, MIST, 0.75),
    haze=mix(TEAL, MIST, 0.7),
    shadow=DEEP_PETROL,
    gloom=0.14,
)
SUNSET = Mood(
    sky=(DEEP_PETROL, mix(PETROL, MIST, 0.25), mix(EMBER, MIST, 0.35), mix(AMBER, EMBER, 0.25)),
    sun=mix(AMBER, MIST, 0.55),
    haze=mix(EMBER, MIST, 0.3),
    shadow=mix(DEEP_PETROL, INK, 0.5),
    gloom=0.5,
)
MORNING = Mood(
    sky=(mix(BLUE, MIST, 0.4), mix(BLUE, MIST, 0.68), mix(ROSE, MIST, 0.66), mix(AMBER, MIST, 0.5)),
    sun=mix(AMBER, MIST, 0.6),
    haze=mix(ROSE, MIST, 0.6),
    shadow=mix(BLUE, INK, 0.55),
    gloom=0.28,
)
NIGHT = Mood(
    sky=(INK, DEEP_PETROL, mix(PETROL, MIST, 0.14)),
    sun=mix(MIST, AMBER, 0.15),
    haze=mix(PETROL, MIST, 0.16),
    shadow=INK,
    gloom=0.5,
    dark=True,
)
FRESH = Mood(
    sky=(mix(TEAL, MIST, 0.42), mix(TEAL, MIST, 0.7), mix(mix(GREEN, AMBER, 0.65), MIST, 0.72)),
    sun=mix(AMBER, MIST, 0.8),
    haze=mix(mix(GREEN, TEAL, 0.4), MIST, 0.72),
    shadow=mix(DEEP_PETROL, GREEN, 0.2),
    gloom=0.2,
)
DUSK = Mood(
    sky=(mix(BLUE, INK, 0.6), mix(VIOLET, BLUE, 0.5), mix(ROSE, MIST, 0.2), mix(AMBER, MIST, 0.2)),
    sun=mix(AMBER, MIST, 0.35),
    haze=mix(mix(VIOLET, ROSE, 0.55), MIST, 0.22),
    shadow=mix(VIOLET, INK, 0.75),
    gloom=0.5,
    dark=True,
)

MOODS = (DAY, SUNSET, MORNING, NIGHT, FRESH, DUSK)
ACCENTS = (PETROL, MAGENTA, BLUE, GREEN, VIOLET, SIGNAL)
