import io
import random
import struct
import time
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import ExifTags, ImageCms, ImageFile
from PIL import Image as Pillow

from news.models import ArticleImage
from publishing import image_files
from publishing.models import Image
from tests.factories import make_article, make_contact, make_image, picture_file

NO_PICTURE = "Diese Datei ist kein Bild, das wir lesen können. Erlaubt sind JPEG, PNG, WebP und AVIF."
BROKEN = "Das Bild ist beschädigt oder unvollständig. Bitte speichern Sie es neu und laden Sie es noch einmal hoch."
TOO_MANY_PIXELS = "Das Bild hat zu viele Bildpunkte. Erlaubt sind höchstens 40 Megapixel."
SECRET_PLACE = b"51N-GEHEIMER-ORT"


def encoded(pixels, format="PNG", **options):
    buffer = io.BytesIO()
    pixels.save(buffer, format, **options)
    return buffer.getvalue()


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width, height, *, bits=8, colour_type=2, rows=b""):
    """A valid header, whatever follows: what an attacker sends instead of a picture."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(rows, 9))
        + png_chunk(b"IEND", b"")
    )


def jpeg(width=300, height=200, colour="red", **options):
    return encoded(Pillow.new("RGB", (width, height), colour), "JPEG", **options)


def read(data, name="bild.jpg"):
    return image_files.read_picture(ContentFile(data, name=name))


def public_files(image):
    """What lies in the public folder for this picture, by the part of its name behind the hash."""
    found = Path(settings.MEDIA_ROOT, image.public_name).parent.glob(f"{Path(image.public_name).name}-*")
    return {path.name.removeprefix(f"{Path(image.public_name).name}-"): path for path in found}


def upload(data, name="bild.jpg", **values):
    return make_image(original=ContentFile(data, name=name), **values)


def refusal(image):
    with pytest.raises(ValidationError) as caught:
        image.full_clean()
    return caught.value.message_dict


def nearly(colour, expected, tolerance=14):
    return all(abs(one - other) <= tolerance for one, other in zip(colour, expected, strict=True))


# --- The widths the public gets -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (160, [160]),
        (479, [479]),
        (480, [480]),
        (481, [480, 481]),
        (700, [480, 700]),
        (960, [480, 960]),
        (1500, [480, 960, 1440, 1500]),
        (1920, [480, 960, 1440, 1920]),
        (2400, [480, 960, 1440, 1920]),
    ],
)
def test_a_picture_is_offered_in_the_standard_widths_it_fills_and_its_own(width, expected):
    image = make_image(original=picture_file(width, 160))
    assert (image.public_widths, image.width, image.height) == (expected, width, 160)
    names = {f"{one}.{extension}" for one in expected for extension in ("avif", "webp")} | {"druck.jpg"}
    assert set(public_files(image)) == names
    for one in expected:
        for extension in ("avif", "webp"):
            with Pillow.open(public_files(image)[f"{one}.{extension}"]) as written:
                assert (written.format, written.size) == (extension.upper(), (one, round(160 * one / width)))


@pytest.mark.django_db
def test_the_print_file_is_a_jpeg_of_at_most_4000_pixels():
    image = make_image(original=picture_file(4400, 165))
    with Pillow.open(public_files(image)["druck.jpg"]) as written:
        assert (written.format, written.size, written.info["dpi"]) == ("JPEG", (4000, 150), (300, 300))


@pytest.mark.django_db
def test_a_small_picture_is_printed_in_its_own_size():
    with Pillow.open(public_files(make_image(original=picture_file(210, 170)))["druck.jpg"]) as written:
        assert written.size == (210, 170)


@pytest.mark.django_db
def test_validating_and_saving_decode_the_file_once(monkeypatch):
    read_files = []
    real = image_files.read_picture
    monkeypatch.setattr(image_files, "read_picture", lambda file: read_files.append(file) or real(file))
    image = Image(original=picture_file(), alternative_text="Ein Kran", credit="Foto: E")
    image.full_clean()
    image.save()
    assert len(read_files) == 1


@pytest.mark.django_db
def test_changing_the_words_of_a_picture_writes_no_file(monkeypatch):
    image = make_image()
    monkeypatch.setattr(image_files, "write_public_files", lambda picture: pytest.fail("written again"))
    again = Image.objects.get(pk=image.pk)
    again.caption = "Neue Unterschrift"
    again.full_clean()
    again.save()
    assert Image.objects.get(pk=image.pk).caption == "Neue Unterschrift"


# --- Orientation, colour, kinds of picture --------------------------------------------------------------

CORNERS = {"top left": (255, 0, 0), "top right": (0, 200, 0), "bottom left": (0, 0, 255), "bottom right": (250, 220, 0)}
HOW_A_CAMERA_LAYS_IT = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


def four_corners(width=320, height=200):
    pixels = Pillow.new("RGB", (width, height))
    half_width, half_height = width // 2, height // 2
    for (x, y), colour in zip(
        [(0, 0), (half_width, 0), (0, half_height), (half_width, half_height)], CORNERS.values(), strict=True
    ):
        pixels.paste(colour, (x, y, x + half_width, y + half_height))
    return pixels


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", HOW_A_CAMERA_LAYS_IT)
def test_a_picture_taken_sideways_stands_upright(orientation, format):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    turn = HOW_A_CAMERA_LAYS_IT[orientation]
    laid = four_corners() if turn is None else four_corners().transpose(turn)
    pixels = read(encoded(laid, format, exif=exif.tobytes())).pixels
    assert pixels.size == (320, 200)
    found = [pixels.getpixel(point) for point in ((20, 20), (300, 20), (20, 180), (300, 180))]
    assert all(nearly(one, expected) for one, expected in zip(found, CORNERS.values(), strict=True)), found


@pytest.mark.django_db
def test_the_stored_size_is_that_of_the_upright_picture():
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = 6
    image = upload(jpeg(300, 200, "#123456", exif=exif.tobytes()))
    assert (image.width, image.height, image.public_widths) == (200, 300, [200])
    with Pillow.open(public_files(image)["200.webp"]) as written:
        assert written.size == (200, 300)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_exif_block_does_not_cost_the_picture(format):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Kamera"
    exif[ExifTags.Base.XResolution] = 72.0
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (51.0, 20.0, 0.0)}
    sound = exif.tobytes()
    dice = random.Random(3)
    pixels = Pillow.new("RGB", (170, 160))
    for turn in range(200):
        broken = bytearray(sound)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(6, len(broken))] = dice.randrange(256)
        if turn % 3 == 0:
            del broken[dice.randrange(8, len(broken)) :]
        assert set(read(encoded(pixels, format, exif=bytes(broken))).pixels.size) == {160, 170}


def swapped_profile():
    """A profile in which red and green have changed places: whoever ignores it sees the wrong colour."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"####", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"####", b"gXYZ", 1)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_the_colour_profile_is_applied(mode):
    red = Pillow.new("RGB", (200, 200), (255, 0, 0)).convert(mode)
    colour = read(encoded(red, icc_profile=swapped_profile())).pixels.getpixel((9, 9))
    assert nearly(colour[:3], (0, 255, 0), tolerance=3), colour


def test_an_unusable_colour_profile_leaves_the_plain_values():
    red = Pillow.new("RGB", (200, 200), (255, 0, 0))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile at all", lab):
        assert read(encoded(red, icc_profile=profile)).pixels.getpixel((9, 9)) == (255, 0, 0)


def frames():
    return Pillow.new("RGB", (200, 180), (200, 30, 30)), Pillow.new("RGB", (200, 180), (30, 30, 200))


def animated(format, **options):
    first, second = frames()
    return encoded(first, format, save_all=True, append_images=[second], **options)


def palette_picture(**options):
    return encoded(Pillow.new("RGB", (200, 180), (30, 160, 60)).quantize(4), **options)


def transparent_palette_picture():
    pixels = Pillow.new("P", (200, 180), 1)
    pixels.putpalette([0, 0, 0, 30, 160, 60])
    return encoded(pixels, transparency=bytes([255, 0]))


UNUSUAL = {
    "CMYK JPEG": (lambda: encoded(Pillow.new("CMYK", (200, 180), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
    "greyscale JPEG": (lambda: encoded(Pillow.new("L", (200, 180), 120), "JPEG"), (120, 120, 120)),
    "greyscale with alpha": (lambda: encoded(Pillow.new("LA", (200, 180), (90, 255))), (90, 90, 90, 255)),
    "16-bit greyscale": (lambda: encoded(Pillow.new("I;16", (200, 180), 40_000)), (156, 156, 156)),
    "16-bit colour": (
        lambda: png_that_claims(
            200, 180, bits=16, rows=(b"\0" + struct.pack(">HHH", 40_000, 1_000, 60_000) * 200) * 180
        ),
        (156, 4, 234),
    ),
    "black and white": (lambda: encoded(Pillow.new("1", (200, 180), 1)), (255, 255, 255)),
    "palette": (palette_picture, (30, 160, 60)),
    "transparent palette": (transparent_palette_picture, (30, 160, 60, 0)),
    "alpha": (lambda: encoded(Pillow.new("RGBA", (200, 180), (10, 20, 200, 128))), (10, 20, 200, 128)),
    "progressive JPEG": (lambda: jpeg(200, 180, (40, 90, 140), progressive=True), (40, 90, 140)),
    "animated PNG": (lambda: animated("PNG"), (200, 30, 30)),
    "animated WebP": (lambda: animated("WEBP", lossless=True), (200, 30, 30)),
    "animated AVIF": (lambda: animated("AVIF", speed=10, quality=90), (200, 30, 30)),
    "telephone's JPEG of several pictures": (lambda: animated("MPO", quality=95), (200, 30, 30)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNUSUAL)
def test_an_unusual_picture_keeps_its_colours_in_every_public_file(kind):
    make, expected = UNUSUAL[kind]
    picture = read(make())
    assert len(picture.pixels.getpixel((50, 50))) == len(expected)
    assert nearly(picture.pixels.getpixel((50, 50)), expected), picture.pixels.getpixel((50, 50))
    image_files.delete_public_files(picture.public_name, [200])  # of an earlier run of this test
    image = upload(make())
    alpha = expected[3] / 255 if len(expected) == 4 else 1
    for name, path in public_files(image).items():
        with Pillow.open(path) as written:
            assert getattr(written, "n_frames", 1) == 1
            colour = written.convert("RGBA").getpixel((50, 50))
            if name == "druck.jpg":
                on_white = [round(channel * alpha + 255 * (1 - alpha)) for channel in expected[:3]]
                assert nearly(colour[:3], on_white), (name, colour)
            else:
                assert nearly(colour[3:], expected[3:] or (255,)), (name, colour)
                assert alpha == 0 or nearly(colour[:3], expected[:3]), (name, colour)


# --- What a file tells about its maker ------------------------------------------------------------------


def telltale_exif():
    exif = Pillow.Exif()
    exif[ExifTags.Base.Make] = SECRET_PLACE.decode()
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (51.0, 20.0, 0.0), 29: SECRET_PLACE.decode()}
    return exif.tobytes()


def telltale_file(format):
    pixels = Pillow.new("RGB", (510, 170), (random.Random(format).randrange(256), 90, 90))
    options = {"exif": telltale_exif()}
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET_PLACE + b"</x:xmpmeta>"
    if format != "PNG":
        options["xmp"] = xmp
    if format == "JPEG":
        options["comment"] = SECRET_PLACE
    if format == "PNG":
        from PIL.PngImagePlugin import PngInfo

        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Author", SECRET_PLACE.decode())
    return encoded(pixels, format, icc_profile=swapped_profile(), **options)


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_public_file_carries_what_the_camera_wrote_and_the_original_keeps_it(format):
    data = telltale_file(format)
    assert SECRET_PLACE in data
    image = upload(data, name=f"foto.{format.lower()}")
    files = public_files(image)
    assert set(files) == {"480.avif", "480.webp", "510.avif", "510.webp", "druck.jpg"}
    for name, path in files.items():
        assert SECRET_PLACE not in path.read_bytes(), name
        with Pillow.open(path) as written:
            assert dict(written.getexif()) == {}, name
            left = set(written.info) & {
                "exif",
                "xmp",
                "icc_profile",
                "comment",
                "photoshop",
                "Author",
                "XML:com.adobe.xmp",
            }
            assert left == set(), name
    with image.original.open() as original:
        assert original.read() == data


@pytest.mark.django_db
def test_the_original_lies_outside_the_public_folder():
    image = make_image()
    original = Path(image.original.path).resolve()
    assert original.is_file()
    assert original.is_relative_to(Path(settings.ORIGINALS_ROOT).resolve())
    assert not original.is_relative_to(Path(settings.MEDIA_ROOT).resolve())


# --- What is refused ------------------------------------------------------------------------------------


def gif():
    return encoded(Pillow.new("P", (200, 200)), "GIF")


def bomb():
    """16 kB that would unfold to 132 megapixels."""
    return png_that_claims(11_500, 11_500, bits=1, colour_type=0, rows=b"\0" * 1439 * 11_500)


def huge_jpeg():
    data = bytearray(jpeg())
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = b"\xff\xff\xff\xff"
    return bytes(data)


def huge_animated_webp():
    data = bytearray(animated("WEBP", lossless=True))
    start = data.index(b"VP8X")
    data[start + 12 : start + 18] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


def bitten(data):
    return data[: len(data) * 2 // 3]


def avif_without_picture():
    return encoded(Pillow.new("RGB", (200, 200)), "AVIF", speed=10).replace(b"pitm", b"xxxx", 1)


HOSTILE = {
    "decompression bomb": (bomb, TOO_MANY_PIXELS),
    "a little more than 40 megapixels": (lambda: png_that_claims(6_400, 6_300), TOO_MANY_PIXELS),
    "bomb beyond every limit": (lambda: png_that_claims(100_000, 100_000), TOO_MANY_PIXELS),
    "largest declared size": (lambda: png_that_claims(2**31 - 1, 2**31 - 1), TOO_MANY_PIXELS),
    "JPEG declaring 65535 × 65535": (huge_jpeg, TOO_MANY_PIXELS),
    "animated WebP declaring 16383 × 16383": (huge_animated_webp, TOO_MANY_PIXELS),
    "40 megapixels declared, nothing there": (lambda: png_that_claims(6_300, 6_300), BROKEN),
    "declared size of zero": (lambda: png_that_claims(0, 0), NO_PICTURE),
    "truncated JPEG": (lambda: bitten(jpeg()), BROKEN),
    "truncated PNG": (lambda: bitten(encoded(four_corners())), BROKEN),
    "truncated WebP": (lambda: bitten(encoded(four_corners(), "WEBP")), BROKEN),
    "truncated AVIF": (lambda: bitten(encoded(four_corners(), "AVIF", speed=10)), NO_PICTURE),
    "AVIF without a picture": (avif_without_picture, BROKEN),
    "JPEG header and nothing else": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", BROKEN),
    "text file renamed": (lambda: b"Das ist kein Bild.\n" * 100, NO_PICTURE),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NO_PICTURE),
    "GIF": (gif, NO_PICTURE),
    "GIF that is also a script": (lambda: b"GIF89a/*" + gif()[8:] + b"*/=1;alert(1)", NO_PICTURE),
    "PDF before a JPEG": (lambda: b"%PDF-1.4\n" + jpeg(), NO_PICTURE),
    "TIFF": (lambda: encoded(four_corners(), "TIFF"), NO_PICTURE),
    "empty": (lambda: b"", "Die Datei ist leer."),
    "too small": (
        lambda: jpeg(300, 159),
        "Das Bild ist mit 300 × 159 Pixeln zu klein. Jede Seite braucht mindestens 160 Pixel.",
    ),
    "taller than WebP can be": (
        lambda: jpeg(960, 17_000),
        "Das Bild ist zu schmal: Es ist mehr als 8-mal so hoch wie breit. "
        "Bitte schneiden Sie es zu und laden Sie es noch einmal hoch.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_at_the_field_in_german_within_a_second(kind):
    make, sentence = HOSTILE[kind]
    data = make()
    image = Image(original=ContentFile(data, name="urlaub.jpg"), alternative_text="Ein Kran", credit="Foto: E")
    started = time.perf_counter()
    refused = refusal(image)
    assert time.perf_counter() - started < 1
    assert refused == {"original": [sentence]}


def test_the_bomb_is_as_small_as_it_is_dangerous():
    assert len(bomb()) < 17_500


@pytest.mark.django_db
def test_an_importer_that_does_not_validate_is_refused_all_the_same():
    with pytest.raises(ValidationError, match="kein Bild"):
        upload(b"Das ist kein Bild.")
    assert Image.objects.count() == 0


@pytest.mark.django_db
def test_a_file_too_large_is_refused_before_it_is_decoded(settings, monkeypatch):
    settings.IMAGE_MAX_BYTES = 2_000_000
    monkeypatch.setattr(Pillow, "open", lambda *args, **kwargs: pytest.fail("decoded"))
    image = Image(original=ContentFile(jpeg() + b"\0" * 2_600_000, name="gross.jpg"), credit="Foto: E")
    assert refusal(image) == {"original": ["Die Datei ist mit 3 MB zu groß. Erlaubt sind höchstens 2 MB."]}


def test_the_limit_editors_read_is_the_limit_that_holds():
    help_text = Image._meta.get_field("original").help_text
    assert f"höchstens {settings.IMAGE_MAX_BYTES / 1_000_000:.0f} MB" in help_text
    assert f"{image_files.MAX_PIXELS / 1_000_000:.0f} Megapixel" in help_text
    assert settings.IMAGE_MAX_BYTES % 1_000_000 == 0


@pytest.mark.django_db
def test_what_hangs_behind_a_picture_reaches_no_public_file():
    image = upload(jpeg(200, 170, "#224466") + b"<script>alert('SPRENGSATZ')</script>PK\x03\x04")
    assert len(public_files(image)) == 3
    assert all(b"SPRENGSATZ" not in path.read_bytes() for path in public_files(image).values())


FUZZ = hypothesis_settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
SOUND_FILES = [
    encoded(four_corners(200, 160), format, **options)
    for format, options in (
        ("JPEG", {"exif": telltale_exif(), "icc_profile": swapped_profile()}),
        ("PNG", {"exif": telltale_exif(), "icc_profile": swapped_profile()}),
        ("WEBP", {"exif": telltale_exif(), "icc_profile": swapped_profile()}),
        ("AVIF", {"exif": telltale_exif(), "speed": 10}),
    )
]


def reads_or_refuses(data):
    try:
        return read(data).pixels.mode in ("RGB", "RGBA")
    except ValidationError as error:
        return len(error.messages) == 1


@pytest.mark.filterwarnings("ignore::UserWarning")
@FUZZ
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8 "])
)
def test_random_bytes_give_a_picture_or_a_sentence(noise, beginning):
    assert reads_or_refuses(beginning + noise)


@pytest.mark.filterwarnings("ignore::UserWarning")
@FUZZ
@given(st.sampled_from(SOUND_FILES), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8))
def test_a_picture_with_damaged_bytes_gives_a_picture_or_a_sentence(sound, damages):
    data = bytearray(sound)
    for place, value in damages:
        data[int(place * len(data))] = value
    assert reads_or_refuses(bytes(data))


# --- Words that belong to a picture -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "IMG_1234",
        "DSC01234.JPG",
        "dscn0042",
        "PXL_20250101",
        "halle-aussen.jpeg",
        "Logo.webp",
        "P1020304",
        " foto.PNG ",
    ],
)
def test_a_file_name_is_no_alternative_text(text):
    image = Image(original=picture_file(), alternative_text=text, credit="Foto: E")
    assert refusal(image) == {
        "alternative_text": ["Das sieht nach einem Dateinamen aus. Bitte beschreiben Sie, was zu sehen ist."]
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["Kran vor Halle 7", "Die Seite mitteldeutschland.com auf einem Telefon", "Porträt: E. Beispiel"]
)
def test_a_description_is_an_alternative_text(text):
    Image(original=picture_file(), alternative_text=text, credit="Foto: E").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("credit", ["", " ", "-", "–", "?", "..."])
def test_a_credit_is_required(credit):
    image = Image(original=picture_file(), alternative_text="Ein Kran", credit=credit)
    assert set(refusal(image)) >= {"credit"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"credit": ""}, {"focal_x": 101}, {"focal_y": 101}, {"focal_x": -1}, {"is_decorative": True}],
)
def test_the_database_itself_refuses(change):
    image = make_image()
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(**change)
    assert Image.objects.filter(pk=image.pk, credit=image.credit, focal_x=50, focal_y=50, is_decorative=False).exists()


@pytest.mark.django_db
def test_the_focal_point_may_lie_on_the_edge():
    image = make_image(focal_x=0, focal_y=100)
    image.full_clean()
    assert Image.objects.filter(focal_x=0, focal_y=100).get() == image


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("focal_x", 101), ("focal_y", -1)])
def test_a_focal_point_outside_is_refused_at_its_field(name, value):
    image = Image(original=picture_file(), alternative_text="Ein Kran", credit="Foto: E", **{name: value})
    assert name in refusal(image)


@pytest.mark.django_db
def test_a_picture_is_described_or_decorative_but_not_both():
    both = Image(original=picture_file(), alternative_text="Ein Kran", is_decorative=True, credit="Foto: E")
    assert refusal(both) == {"__all__": ["Alternativtext oder „rein schmückend“: Bitte wählen Sie eines von beiden."]}
    Image(original=picture_file(), alternative_text="", is_decorative=True, credit="Foto: E").full_clean()


@pytest.mark.django_db
def test_pictures_without_text_are_found_and_kept_from_the_press_page():
    described, decorative, silent = (
        make_image(is_for_press=True, **values)
        for values in ({}, {"alternative_text": "", "is_decorative": True}, {"alternative_text": ""})
    )
    make_image()
    assert list(Image.objects.without_text()) == [silent]
    assert set(Image.objects.for_press()) == {described, decorative}
    assert [one.has_text_or_is_decorative for one in (described, decorative, silent)] == [True, True, False]


# --- The same picture twice -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_second_copy_is_refused_and_the_first_is_named():
    data = jpeg(220, 170, "#31a2c4")
    first = upload(data, name="eins.jpg", alternative_text="Ein Kran")
    second = Image(original=ContentFile(data, name="zwei.jpg"), alternative_text="Kran", credit="Foto: E")
    assert refusal(second) == {
        "original": [f"Dieses Bild gibt es schon in der Bibliothek: „Ein Kran“ (Nr. {first.pk})."]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    assert Image.objects.get() == first


@pytest.mark.django_db
def test_a_picture_may_be_replaced_by_itself(django_capture_on_commit_callbacks):
    data = jpeg(220, 170, "#31a2c5")
    image = upload(data, name="eins.jpg")
    before = image.original.path
    with django_capture_on_commit_callbacks(execute=True):
        image.original = ContentFile(data, name="eins.jpg")
        image.full_clean()
        image.save()
    assert len(public_files(image)) == 3
    assert Path(image.original.path).is_file()
    # The earlier original carries the same private data: it must not stay behind unowned.
    assert not Path(before).exists()


# --- Replacing and deleting -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_file_renews_the_public_files_and_removes_the_old_after_the_commit(django_capture_on_commit_callbacks):
    image = make_image(original=picture_file(500, 170))
    old_files, old_original = public_files(image), Path(image.original.path)
    assert len(old_files) == 5
    with django_capture_on_commit_callbacks() as after_commit:
        image.original = picture_file(300, 180)
        image.full_clean()
        image.save()
    assert all(path.exists() for path in [*old_files.values(), old_original]), "a rollback would need them"
    for callback in after_commit:
        callback()
    assert not any(path.exists() for path in [*old_files.values(), old_original])
    stored = Image.objects.get(pk=image.pk)
    assert (stored.width, stored.height, stored.public_widths) == (300, 180, [300])
    assert set(public_files(stored)) == {"300.avif", "300.webp", "druck.jpg"}
    assert Path(stored.original.path).is_file()


@pytest.mark.django_db
def test_an_earlier_version_brings_back_its_words_and_keeps_the_file(django_capture_on_commit_callbacks):
    image = make_image(original=picture_file(500, 170), caption="Früher")
    with django_capture_on_commit_callbacks(execute=True):
        image.original, image.caption = picture_file(300, 180), "Heute"
        image.save()
    kept = Image.objects.get(pk=image.pk)
    with django_capture_on_commit_callbacks(execute=True):
        earlier = image.history.earliest().instance
        earlier._state.adding = False
        earlier.full_clean()
        earlier.save()
    restored = Image.objects.get(pk=image.pk)
    assert restored.caption == "Früher"
    assert (restored.sha256, restored.original.name, restored.public_widths, restored.width) == (
        kept.sha256,
        kept.original.name,
        kept.public_widths,
        kept.width,
    )
    assert Path(restored.original.path).is_file()
    assert len(public_files(restored)) == 3


@pytest.mark.django_db
def test_a_deleted_picture_leaves_no_file_once_the_deletion_is_committed(django_capture_on_commit_callbacks):
    image, other = make_image(), make_image()
    files, original = public_files(image), Path(image.original.path)
    with django_capture_on_commit_callbacks() as after_commit:
        image.delete()
    assert all(path.exists() for path in [*files.values(), original]), "a rollback would need them"
    for callback in after_commit:
        callback()
    assert not any(path.exists() for path in [*files.values(), original])
    assert len(public_files(other)) == 3
    assert Path(other.original.path).is_file()


@pytest.mark.django_db
def test_a_picture_deleted_and_uploaded_again_in_one_go_keeps_its_files(django_capture_on_commit_callbacks):
    data = jpeg(220, 170, "#31a2c6")
    with django_capture_on_commit_callbacks(execute=True):
        upload(data).delete()
        again = upload(data)
    assert len(public_files(again)) == 3
    assert Path(again.original.path).is_file()


@pytest.mark.django_db
@pytest.mark.parametrize("use", ["main picture of a draft", "gallery", "photo of a contact"])
def test_a_used_picture_cannot_be_deleted(use, django_capture_on_commit_callbacks):
    image = make_image()
    if use == "gallery":
        ArticleImage.objects.create(article=make_article(), image=image)
    elif use == "photo of a contact":
        make_contact(photo=image)
    else:
        make_article(image=image, released=False, publish_from=None)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ProtectedError), transaction.atomic():
        image.delete()
    assert Image.objects.filter(pk=image.pk).exists()
    assert len(public_files(image)) == 3
    assert Path(image.original.path).is_file()


def test_originals_and_public_files_have_different_homes():
    assert storages["originals"].location != default_storage.location
    assert not Path(storages["originals"].location).is_relative_to(default_storage.location)


@pytest.mark.django_db
def test_half_a_picture_is_refused_also_after_a_pdf_was_made(monkeypatch):
    """The library that makes PDFs tells Pillow, for the whole process, to take what is there."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    make, sentence = HOSTILE["truncated JPEG"]
    image = Image(original=ContentFile(make(), name="urlaub.jpg"), alternative_text="Ein Kran", credit="Foto: E")
    assert refusal(image) == {"original": [sentence]}
