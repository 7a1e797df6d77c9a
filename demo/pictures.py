"""Draws the demo pictures in several processes: drawing and encoding is what loading spends its time on."""

import io
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.core.files.base import ContentFile

CREDIT = "Illustration: Beispielbild des Portals"
PRESS_IMAGES_OF_EACH_MOTIF = 1


def draw_all(wanted, advance):
    """Returns {(motif, variant): JPEG bytes} for the keys wanted; their public widths are written already."""
    jpegs = {}
    # Spawned, not forked: a forked process would share this one's database connection.
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup
    ) as pool:
        for key, jpeg in zip(wanted, pool.map(_draw_one, wanted), strict=True):
            jpegs[key] = jpeg
            advance()
    return jpegs


def _draw_one(key):
    from demo.drawings import draw
    from publishing.image_files import read_picture, write_public_files

    buffer = io.BytesIO()
    draw(*key).save(buffer, "JPEG", quality=90)
    write_public_files(read_picture(ContentFile(buffer.getvalue())))
    return buffer.getvalue()
