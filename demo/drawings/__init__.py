"""Illustrations for the demo data, drawn in the colours of the portal."""

from random import Random

from PIL import Image

from . import city, digital, energy, halls, industry, laboratory, landscape, railway, sites, stage
from .canvas import Canvas
from .palette import ACCENTS, MOODS

_SCENES = {
    "industrie": industry.SCENES,
    "energie": energy.SCENES,
    "labor": laboratory.SCENES,
    "stadt": city.SCENES,
    "bühne": stage.SCENES,
    "landschaft": landscape.SCENES,
    "schiene": railway.SCENES,
    "digital": digital.SCENES,
    "lageplan": sites.SCENES,
    "halle": halls.SCENES,
}
MOTIFS = tuple(_SCENES)


def draw(motif: str, variant: int, size: tuple[int, int] = (1920, 1280)) -> Image.Image:
    if motif not in _SCENES:
        raise ValueError(f"Unknown motif {motif!r}; known motifs are {', '.join(MOTIFS)}.")
    scenes = _SCENES[motif]
    lap, turn = divmod(variant, len(scenes))
    # Each lap moves on by five of the six moods, so that a scene never returns in the same light.
    light = turn + 5 * lap
    canvas = Canvas(
        size,
        mood=MOODS[(light + MOTIFS.index(motif)) % len(MOODS)],
        accent=ACCENTS[light % len(ACCENTS)],
        rng=Random(f"{motif}-{variant}"),
        zoom=1 + 0.08 * (lap % 3),
    )
    scenes[turn](canvas)
    return canvas.finished(mirrored=lap % 2 == 1)
