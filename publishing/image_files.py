"""From an uploaded file to the pictures the public sees. Runs once, at upload: about 2 s for 12 megapixels."""

import contextlib
import hashlib
import io
import warnings
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import ExifTags, ImageCms, ImageFile
from PIL import Image as Pillow

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
WIDTHS = (480, 960, 1440, 1920)
PRINT_EDGE = 4000
MAX_PIXELS = 40_000_000
MIN_EDGE = 160
# WebP ends at 16,383 pixels: at 1920 pixels width a picture taller than this could not be written.
MAX_TALLNESS = 8
ENCODINGS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
}
_TO_UPRIGHT = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Picture:
    """A decoded, upright picture in sRGB, and the SHA-256 of the file it came from."""

    pixels: Pillow.Image
    sha256: str

    @property
    def public_name(self):
        return f"bilder/{self.sha256[:2]}/{self.sha256[2:26]}"


def read_picture(file):
    """Decodes the file completely, or raises a ValidationError that says in German what is wrong with it."""
    if file.size > settings.IMAGE_MAX_BYTES:
        raise ValidationError(
            f"Die Datei ist mit {file.size / 1_000_000:.0f} MB zu groß. "
            f"Erlaubt sind höchstens {settings.IMAGE_MAX_BYTES // 1_000_000} MB."
        )
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not data:
        raise ValidationError("Die Datei ist leer.")
    # A switch of the whole process: the library that makes PDFs turns it on, and half a picture would pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        try:
            opened = Pillow.open(io.BytesIO(data), formats=FORMATS)
            _refuse_size(*opened.size)
            opened.load()
        except ValidationError:
            raise
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
            raise _too_many_pixels() from error
        except Pillow.UnidentifiedImageError as error:
            raise ValidationError(
                "Diese Datei ist kein Bild, das wir lesen können. Erlaubt sind JPEG, PNG, WebP und AVIF."
            ) from error
        except Exception as error:
            # Decoders raise whatever comes to them, RuntimeError and struct.error too: the file is at fault.
            raise ValidationError(
                "Das Bild ist beschädigt oder unvollständig. "
                "Bitte speichern Sie es neu und laden Sie es noch einmal hoch."
            ) from error
    pixels = _upright_srgb(opened)
    if pixels.height > MAX_TALLNESS * pixels.width:
        raise ValidationError(
            f"Das Bild ist zu schmal: Es ist mehr als {MAX_TALLNESS}-mal so hoch wie breit. "
            "Bitte schneiden Sie es zu und laden Sie es noch einmal hoch."
        )
    return Picture(pixels, hashlib.sha256(data).hexdigest())


def _refuse_size(width, height):
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_EDGE:
        raise ValidationError(
            f"Das Bild ist mit {width} × {height} Pixeln zu klein. Jede Seite braucht mindestens {MIN_EDGE} Pixel."
        )


def _too_many_pixels():
    return ValidationError(
        f"Das Bild hat zu viele Bildpunkte. Erlaubt sind höchstens {MAX_PIXELS // 1_000_000} Megapixel."
    )


def _upright_srgb(opened):
    profile = opened.info.get("icc_profile")
    turn = _TO_UPRIGHT.get(_orientation(opened))
    picture = opened if turn is None else opened.transpose(turn)
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    wanted = "RGBA" if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info else "RGB"
    if picture.mode in ("P", "PA"):
        picture = picture.convert(wanted)
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        # With an unusable profile the plain values are the better picture than none.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            picture = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=picture.mode if picture.mode == "RGBA" else "RGB",
            )
    picture = picture.convert(wanted)
    picture.info.clear()
    return picture


def _orientation(opened):
    # A damaged EXIF block must not cost the editor the picture: it then stays as it lies.
    try:
        return opened.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        return None


def widths_for(picture):
    """The standard widths the picture fills, and its own width where it falls between them."""
    largest = min(picture.pixels.width, WIDTHS[-1])
    return [width for width in WIDTHS if width < largest] + [largest]


def write_public_files(picture):
    """Writes every width as AVIF and WebP, and the print JPEG. Returns the widths written."""
    widths = widths_for(picture)
    step = picture.pixels
    for width in reversed(widths):
        # Each width is made from the next larger one: reducing in small steps is faster and looks the same.
        if step.width != width:
            height = max(1, round(picture.pixels.height * width / picture.pixels.width))
            step = step.resize((width, height), Pillow.Resampling.LANCZOS)
        for extension, encoding in ENCODINGS.items():
            _write(f"{picture.public_name}-{width}.{extension}", step, **encoding)
    _write_print_file(picture)
    return widths


def _write_print_file(picture):
    flat = Pillow.new("RGB", picture.pixels.size, "white")
    flat.paste(picture.pixels, mask=picture.pixels.getchannel("A") if picture.pixels.mode == "RGBA" else None)
    flat.thumbnail((PRINT_EDGE, PRINT_EDGE), Pillow.Resampling.LANCZOS)
    _write(f"{picture.public_name}-druck.jpg", flat, format="JPEG", quality=92, dpi=(300, 300))


def _write(name, pixels, **encoding):
    if default_storage.exists(name):
        return  # The name carries the content's hash: the file is the same.
    buffer = io.BytesIO()
    pixels.save(buffer, **encoding)
    default_storage.save(name, ContentFile(buffer.getvalue()))


def delete_public_files(public_name, widths):
    for width in widths:
        for extension in ENCODINGS:
            default_storage.delete(f"{public_name}-{width}.{extension}")
    default_storage.delete(f"{public_name}-druck.jpg")
