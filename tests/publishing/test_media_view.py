from pathlib import Path

import pytest
from django.conf import settings

from publishing.views import FOR_EVER
from tests.factories import make_document, make_image

SECRET = b"STRENG VERTRAULICH"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        (lambda image: image.file_url(200, "avif"), "image/avif"),
        (lambda image: image.file_url(200, "webp"), "image/webp"),
        (lambda image: image.thumbnail_url, "image/webp"),
        (lambda image: image.largest_url, "image/webp"),
        (lambda image: image.print_url, "image/jpeg"),
    ],
)
def test_a_generated_file_is_kept_for_ever(client, address, content_type):
    image = make_image()
    response = client.get(address(image), headers={"accept-encoding": "gzip, br"})
    data = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == FOR_EVER == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(data))
    assert "Content-Encoding" not in response, "pictures are compressed already"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert data == Path(settings.MEDIA_ROOT, address(image).removeprefix(settings.MEDIA_URL)).read_bytes()


@pytest.mark.django_db
def test_the_print_size_is_known_before_it_is_downloaded(client):
    image = make_image()
    assert image.print_bytes == len(b"".join(client.get(image.print_url).streaming_content))


@pytest.mark.django_db
def test_originals_and_documents_have_no_media_address(client):
    image, document = make_image(), make_document()
    assert Path(image.original.path).is_file()
    for name in (image.original.name, document.file.name):
        for prefix in ("", "originals/", "../originals/", "..%2Foriginals%2F", "bilder/../../originals/"):
            assert client.get(f"/media/{prefix}{name}").status_code == 404, prefix + name


@pytest.fixture
def secrets_in_the_public_folder():
    """What could lie there by mistake: beside the pictures, and above the folder."""
    root = Path(settings.MEDIA_ROOT)
    planted = [
        root / "geheim.txt",
        root / "bilder" / "geheim.webp",
        root / "bilder" / "ab" / f"{'0' * 24}.jpg",
        root / "bilder" / "ab" / f"{'0' * 24}-200.svg",
        root / "bilder" / "ab" / f"{'0' * 24}-200.webp.bak",
        root / "bilder" / "ab" / f"{'0' * 24}-druck.jpg.html",
        root.parent / "geheim.txt",
    ]
    for path in planted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(SECRET)
    yield [str(path.relative_to(root)) for path in planted[:-1]]
    for path in planted:
        path.unlink()


def test_only_generated_files_are_reachable(client, db, secrets_in_the_public_folder):
    for name in secrets_in_the_public_folder:
        assert client.get(f"/media/{name}").status_code == 404, name


@pytest.mark.parametrize(
    "path",
    [
        "../geheim.txt",
        "..%2fgeheim.txt",
        "%2e%2e/geheim.txt",
        "%2e%2e%2fgeheim.txt",
        "..%5cgeheim.txt",
        "bilder/../../geheim.txt",
        "bilder/ab/../../../geheim.txt",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "geheim.txt%00.webp",
        "bilder/ab/" + "0" * 24 + "-200.webp%00",
        "bilder/ab/" + "0" * 24 + "-200.webp%0a",
        "bilder/AB/" + "A" * 24 + "-200.webp",
        "bilder/ab/" + "0" * 24 + "-200.webp/",
        "bilder/ab/" + "0" * 24 + "-.webp",
        "bilder/ab/" + "0" * 24 + "-" + "9" * 900 + ".webp",
        "bilder/ab/" + "0" * 24 + "-200.jpg",
        "bilder/ab/",
        "bilder",
        "%",
        "%ff%fe",
    ],
)
def test_no_path_leads_out_or_lists_a_folder(client, db, secrets_in_the_public_folder, path):
    response = client.get(f"/media/{path}")
    assert response.status_code in (400, 404)
    assert SECRET not in response.content
    assert "immutable" not in response.get("Cache-Control", ""), "a missing file must not be remembered"


@pytest.mark.django_db
def test_a_file_of_a_deleted_picture_is_not_found(client, django_capture_on_commit_callbacks):
    image = make_image()
    address = image.thumbnail_url
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_pictures_are_only_read(client):
    address = make_image().thumbnail_url
    assert client.head(address).status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405
