import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .palette import Color, Mood, Paint

# Scenes are composed on a sheet of 1500 x 1000 units, whatever the size of the finished picture.
WIDTH, HEIGHT = 1500, 1000
# Drawing at double size and reducing once is the cheapest antialiasing Pillow offers.
OVERSAMPLING = 2

Point = tuple[float, float]


class Canvas:
    def __init__(self, size: tuple[int, int], mood: Mood, accent: Color, rng: Random, zoom: float = 1.0):
        self.mood = mood
        self.accent = accent
        self.rng = rng
        self._size = (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING)
        self._grain = grain_sheet(self._size, rng)
        self._image = Image.new("RGB", self._size)
        self._pen = ImageDraw.Draw(self._image, "RGBA")
        self._scale = max(self._size[0] / WIDTH, self._size[1] / HEIGHT) * zoom
        self._left = (self._size[0] - WIDTH * self._scale) / 2
        self._top = (self._size[1] - HEIGHT * self._scale) / 2

    def backdrop(self, colors: tuple[Color, ...], top: float = 0, bottom: float = HEIGHT) -> None:
        stops = Image.new("RGB", (1, len(colors)))
        stops.putdata(colors)
        height = round((bottom - top) * self._scale)
        # The outer half of the first and last stop would be flat, so only the span between centres is used.
        ramp = stops.resize((1, height), Image.Resampling.BILINEAR, box=(0, 0.5, 1, len(colors) - 0.5))
        self._image.paste(ramp.resize((self._size[0], height), Image.Resampling.NEAREST), (0, self._at((0, top))[1]))

    def polygon(self, points: list[Point], paint: Paint) -> None:
        self._pen.polygon(self._all_at(points), fill=paint)

    def box(self, x: float, y: float, width: float, height: float, paint: Paint) -> None:
        left, top = self._at((x, y))
        right, bottom = self._at((x + width, y + height))
        self._pen.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=paint)

    def rounded(self, x: float, y: float, width: float, height: float, radius: float, paint: Paint) -> None:
        corners = (*self._at((x, y)), *self._at((x + width, y + height)))
        self._pen.rounded_rectangle(corners, radius=radius * self._scale, fill=paint)

    def disc(self, x: float, y: float, radius: float, paint: Paint, flat: float = 1.0) -> None:
        corners = (*self._at((x - radius, y - radius * flat)), *self._at((x + radius, y + radius * flat)))
        self._pen.ellipse(corners, fill=paint)

    def stroke(self, points: list[Point], paint: Paint, width: float) -> None:
        self._pen.line(self._all_at(points), fill=paint, width=self._thickness(width), joint="curve")

    def ring(self, x: float, y: float, radius: float, paint: Paint, width: float, flat: float = 1.0) -> None:
        corners = (*self._at((x - radius, y - radius * flat)), *self._at((x + radius, y + radius * flat)))
        self._pen.ellipse(corners, outline=paint, width=self._thickness(width))

    def blend(self, points: list[Point], start: Color, end: Color, sideways: bool = False) -> None:
        """Fill a shape with a grainy transition, downwards or from left to right."""
        pixels = self._all_at(points)
        left, top = (max(0, min(p[axis] for p in pixels)) for axis in (0, 1))
        right, bottom = (min(self._size[axis], max(p[axis] for p in pixels) + 1) for axis in (0, 1))
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        shape = Image.new("L", size)
        ImageDraw.Draw(shape).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        ramp = Image.linear_gradient("L")
        ramp = ramp.transpose(Image.Transpose.ROTATE_90) if sideways else ramp
        grainy = ImageChops.add(ramp.resize(size), self._grain.crop((left, top, right, bottom)), 1, -128)
        filling = Image.new("RGB", size, start)
        filling.paste(end, (0, 0), grainy)
        self._image.paste(filling, (left, top), shape)

    def glow(self, x: float, y: float, radius: float, color: Color, strength: float) -> None:
        center_x, center_y = self._at((x, y))
        reach = max(1, round(radius * self._scale))
        # Pillow's gradient reaches 255 in the corners only; the edge of the inscribed circle lies at 180.
        fading = [round(255 * strength * max(0, 1 - distance / 180) ** 2) for distance in range(256)]
        halo = Image.radial_gradient("L").point(fading)
        self._paste_light(color, halo, (center_x - reach, center_y - reach, center_x + reach, center_y + reach))

    def beam(self, points: list[Point], color: Color, strength: float) -> None:
        """A cone of light that fades downwards, with soft edges."""
        pixels = self._all_at(points)
        left, top = (min(p[axis] for p in pixels) for axis in (0, 1))
        right, bottom = (max(p[axis] for p in pixels) + 1 for axis in (0, 1))
        coarse = 6
        small = ((right - left) // coarse + 1, (bottom - top) // coarse + 1)
        shape = Image.new("L", small)
        ImageDraw.Draw(shape).polygon([((x - left) // coarse, (y - top) // coarse) for x, y in pixels], fill=255)
        fading = Image.linear_gradient("L").point([round((255 - step) * strength) for step in range(256)])
        light = ImageChops.multiply(shape, fading.resize(small)).filter(ImageFilter.GaussianBlur(3))
        self._paste_light(color, light, (left, top, right, bottom))

    def veil(self, top: float, bottom: float, color: Color, upper: float, lower: float) -> None:
        """Lay mist over the full width, from one opacity at the top to another at the bottom."""
        ramp = [round(255 * (upper + (lower - upper) * step / 255)) for step in range(256)]
        first, last = self._at((0, top))[1], self._at((0, bottom))[1]
        self._paste_light(color, Image.linear_gradient("L").point(ramp), (0, first, self._size[0], last))

    def reflect(self, line: float, depth: float, color: Color, tint: float, ripple: float, squeeze: float = 1.0):
        """Mirror what lies above a line into the area below it, broken up by ripples."""
        y = self._at((0, line))[1]
        height = min(round(depth * self._scale), self._size[1] - y)
        source = min(y, round(height * squeeze))
        above = self._image.crop((0, y - source, self._size[0], y))
        mirrored = ImageOps.flip(above).resize((self._size[0], height), Image.Resampling.BILINEAR)
        mirrored = Image.blend(mirrored, Image.new("RGB", mirrored.size, color), tint)
        self._image.paste(mirrored, (0, y))
        if ripple:
            self._ripple(mirrored, y, ripple)

    def finished(self, mirrored: bool) -> Image.Image:
        picture = self._image.reduce(OVERSAMPLING)
        if mirrored:
            picture = ImageOps.mirror(picture)
        grain = self._grain.resize(picture.size, Image.Resampling.NEAREST).point([112 + v // 8 for v in range(256)])
        return ImageChops.add(picture, Image.merge("RGB", (grain, grain, grain)), 1, -128)

    def _ripple(self, water: Image.Image, top: int, strength: float) -> None:
        band = max(2, round(3 * self._scale))
        for y in range(0, water.height, band):
            nearness = y / water.height
            shift = round(math.sin(y / band * 1.7) * strength * self._scale * (0.3 + nearness))
            strip = water.crop((0, y, water.width, min(water.height, y + band)))
            self._image.paste(ImageChops.offset(strip, shift, 0), (0, top + y))

    def _paste_light(self, color: Color, mask: Image.Image, area: tuple[int, int, int, int]) -> None:
        left, top = max(0, area[0]), max(0, area[1])
        right, bottom = min(self._size[0], area[2]), min(self._size[1], area[3])
        if right <= left or bottom <= top:
            return
        across, down = mask.width / (area[2] - area[0]), mask.height / (area[3] - area[1])
        visible = (
            (left - area[0]) * across,
            (top - area[1]) * down,
            (right - area[0]) * across,
            (bottom - area[1]) * down,
        )
        light = mask.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=visible)
        self._image.paste(color, (left, top, right, bottom), light)

    def _at(self, point: Point) -> tuple[int, int]:
        return round(self._left + point[0] * self._scale), round(self._top + point[1] * self._scale)

    def _all_at(self, points: list[Point]) -> list[tuple[int, int]]:
        return [self._at(point) for point in points]

    def _thickness(self, width: float) -> int:
        return max(1, round(width * self._scale))


def grain_sheet(size: tuple[int, int], rng: Random) -> Image.Image:
    """Noise around a middle of 128, one grain to a pixel of the finished picture."""
    edge = 384
    values = rng.randbytes(2 * edge * edge)
    # The mean of two random values clusters around the middle, which looks less harsh than a flat spread.
    grains = bytes((a + b) // 4 + 64 for a, b in zip(values[::2], values[1::2], strict=True))
    tile = Image.frombytes("L", (edge, edge), grains).resize(
        (edge * OVERSAMPLING, edge * OVERSAMPLING), Image.Resampling.NEAREST
    )
    sheet = Image.new("L", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            sheet.paste(tile, (x, y))
    return sheet


def box_points(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def arc(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360) -> list[Point]:
    steps = max(12, round(abs(end - start) / 6))
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def curve(start: Point, control: Point, end: Point, steps: int = 24) -> list[Point]:
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return points
