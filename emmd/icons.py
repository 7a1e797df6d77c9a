"""The sign of the portal, an M on deep petrol as in static/img/favicon.svg, in the sizes that devices want."""

from PIL import Image, ImageDraw

from publishing.social_cards import GROUND

SIGN = "#FFFFFF"
#: The corners of the M on a ground of 64 × 64.
CORNERS = (
    *((12, 50), (12, 14), (21, 14), (32, 31), (43, 14), (52, 14)),
    *((52, 50), (43, 50), (43, 29), (32, 46), (21, 29), (21, 50)),
)
UNITS, FINER = 64, 4
#: Devices cut icons into circles: the M stands within the inner 80 %.
WITHIN_A_CIRCLE = 0.78


def draw_icon(size, *, scale=1.0, radius=0):
    """Drawn larger and made smaller: so its edges are smooth."""
    edge = size * FINER
    unit = edge / UNITS
    picture = Image.new("RGBA", (edge, edge), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, edge - 1, edge - 1), radius * unit, fill=GROUND)
    pen.polygon([(edge / 2 + (x - 32) * unit * scale, edge / 2 + (y - 32) * unit * scale) for x, y in CORNERS], SIGN)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def write_icons(folder):
    for size in (192, 512):
        draw_icon(size, scale=WITHIN_A_CIRCLE).convert("RGB").save(folder / f"icon-{size}.png", optimize=True)
    draw_icon(180, scale=0.9).convert("RGB").save(folder / "apple-touch-icon.png", optimize=True)
    draw_icon(48, radius=8).save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
