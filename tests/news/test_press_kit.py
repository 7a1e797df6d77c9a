"""The press kit: text, logo and every press picture with its credit in one file."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from news import press_kit
from news.views import press_kit_size
from publishing.models import Image
from tests.factories import make_article, make_draft, make_image, make_press_office
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
ADDRESS = "/presse/pressemappe.zip"


def download(client, **headers):
    response = client.get(ADDRESS, headers=headers or None)
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def opened(body):
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert archive.testzip() is None
    return archive


def text_of(archive, name):
    return archive.read(name).decode("utf-8-sig").replace("\r\n", "\n")


def make_picture(**values):
    return make_image(**{"is_for_press": True, "caption": "Das Werk & die Größe"} | values)


def test_the_kit_holds_text_logo_and_pictures_with_their_credits(client):
    make_press_office(
        boilerplate="<h2>Wer wir sind</h2><p>Ein <b>Verein</b> &amp; mehr.</p><p>Zweiter Absatz.</p>",
        postal_address="Pressestelle\nMarkt 1\n04109 Leipzig",
    )
    picture = make_picture(licence="CC BY 4.0")
    response, body = download(client)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="pressemappe.zip"'
    archive, name = opened(body), f"bilder/das-werk-die-groesse-{picture.pk}.jpg"
    assert archive.namelist() == [
        *("bildnachweise.txt", "ueber-die-metropolregion.txt", "logo/logo.svg", "logo/logo.png"),
        name,
    ]
    with default_storage.open(f"{picture.public_name}-druck.jpg") as printed:
        assert archive.read(name) == printed.read()
    assert archive.read("logo/logo.svg").startswith(b"<svg")
    assert archive.read("logo/logo.png").startswith(b"\x89PNG")
    assert text_of(archive, "ueber-die-metropolregion.txt") == (
        "Wer wir sind\n\nEin Verein & mehr.\n\nZweiter Absatz.\n\nPressestelle\nMarkt 1\n04109 Leipzig\n"
    )
    assert text_of(archive, "bildnachweise.txt").split("\n\n")[1] == "\n".join(
        [
            f"Datei: {name}",
            "Bildnachweis: Foto: Erika Beispiel",
            "Lizenz: CC BY 4.0",
            "Bildunterschrift: Das Werk & die Größe",
            "Zu sehen: Eine Halle mit Kran\n",
        ]
    )


def test_only_press_pictures_with_a_text_are_handed_out(client):
    wanted = make_picture()
    make_picture(is_for_press=False)
    make_picture(alternative_text="")
    make_draft(image=make_image(caption="Geheimes Bild", is_for_press=False), kind="press")
    _, body = download(client)
    archive = opened(body)
    assert [name for name in archive.namelist() if name.startswith("bilder/")] == [
        press_kit.pictures(Image.objects.for_press())[0].name
    ]
    assert press_kit.pictures(Image.objects.for_press())[0].image == wanted
    assert "Geheim" not in text_of(archive, "bildnachweise.txt")


def test_a_name_leads_nowhere_else(client):
    make_picture(caption="../../etc/passwd\r\nC:\\böse", credit="Foto: A\nDatei: falsch.jpg")
    _, body = download(client)
    archive = opened(body)
    (name,) = [one for one in archive.namelist() if one.startswith("bilder/")]
    assert name.count("/") == 1
    assert ".." not in name
    assert "\nDatei: falsch.jpg" not in text_of(archive, "bildnachweise.txt")


def test_a_lost_file_costs_its_picture_and_not_the_kit(client):
    lost, there = make_picture(), make_picture()
    default_storage.delete(f"{lost.public_name}-druck.jpg")
    _, body = download(client)
    names = opened(body).namelist()
    assert [name for name in names if name.startswith("bilder/")] == [f"bilder/das-werk-die-groesse-{there.pk}.jpg"]


def test_whoever_has_it_gets_nothing_sent_until_something_changes(client):
    office = make_press_office()
    picture = make_picture()
    etag = download(client)[0]["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    for change in ({"credit": "Foto: Otto Beispiel"}, {"caption": "Anders"}, {"is_for_press": False}):
        for name, value in change.items():
            setattr(picture, name, value)
        picture.save()
        response, _ = download(client, **{"If-None-Match": etag})
        assert response["ETag"] != etag
        etag = response["ETag"]
    office.postal_address = "Neu 1"
    office.save()
    assert download(client, **{"If-None-Match": etag})[0]["ETag"] != etag


def test_the_size_beside_the_link_is_the_size(client):
    office = make_press_office()
    for _ in range(3):
        make_picture()
    _, body = download(client)
    assert abs(press_kit_size(office, Image.objects.for_press()) - len(body)) < 1000
    page = fetch(client, "/presse/")
    link = page.one("a", href=ADDRESS)
    assert "(ZIP, " in link.parent.text
    assert "Pressebilder in Druckgröße" in link.parent.text


def test_without_press_office_and_pictures_there_is_no_kit(client):
    make_article(kind="press")
    assert fetch(client, "/presse/").all("a", href=ADDRESS) == []
    assert client.get(ADDRESS).status_code == 404


def test_the_archive_is_written_in_pieces():
    make_picture()
    pieces = list(press_kit.stream(None, press_kit.pictures(Image.objects.for_press())))
    assert max(map(len, pieces)) <= press_kit.CHUNK + 1000
    assert len(pieces) > 3


def test_the_kit_needs_few_questions_however_many_pictures(client, django_assert_max_num_queries):
    make_press_office()
    for _ in range(5):
        make_picture()
    with django_assert_max_num_queries(8):
        download(client)


def test_the_press_page_shows_the_postal_address(client):
    make_press_office(postal_address="Pressestelle\n<Markt> 1")
    page = fetch(client, "/presse/")
    assert page.one("address").text == "Pressestelle<Markt> 1"
    assert len(page.all("br", inside=page.one("address"))) == 1
