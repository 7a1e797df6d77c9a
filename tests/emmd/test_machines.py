import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from PIL import Image

from emmd.icons import write_icons
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"


def fields_of(response):
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines() if line)


def test_weaknesses_are_reported_where_the_text_says(client, settings):
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    fields = fields_of(client.get("/.well-known/security.txt"))
    assert list(fields) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert fields["Contact"] == "mailto:sicherheit@example.org"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "de, en"


def test_the_text_ends_within_a_year_and_stays_the_same_for_a_day(client):
    texts = set()
    for hour in (0, 23):
        with time_machine.travel(datetime(2027, 3, 1, hour, 30, tzinfo=UTC), tick=False):
            texts.add(client.get("/.well-known/security.txt", headers={"Host": "localhost"}).content)
    assert len(texts) == 1
    ends = datetime.fromisoformat(fields_of(client.get("/.well-known/security.txt"))["Expires"])
    assert timedelta(days=170) < ends - datetime.now(UTC) < timedelta(days=365)


def test_without_a_setting_the_legal_notice_is_the_contact():
    assert f"{SITE}/impressum/" == settings.SECURITY_CONTACT


def test_the_manifest_names_the_portal_and_icons_that_are_there(client):
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    content = response.json()
    assert (content["name"], content["lang"]) == ("Metropolregion Mitteldeutschland", "de")
    assert content["theme_color"] == "#003B49"
    assert {one["purpose"] for one in content["icons"]} == {"any", "maskable"}
    for icon in content["icons"]:
        assert icon["src"].startswith("/static/img/")
        picture = Image.open(settings.BASE_DIR / icon["src"].removeprefix("/"))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_pages_link_the_manifest_and_the_icons_and_the_policy_lets_them_load(client):
    response = client.get("/")
    page = fetch(client, "/")
    links = {one.attrs["rel"]: one.attrs["href"] for one in page.all("link") if "rel" in one.attrs}
    assert links["manifest"] == "/site.webmanifest"
    assert links["apple-touch-icon"] == "/static/img/apple-touch-icon.png"
    # There is no word on manifests: they follow the default.
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "manifest-src" not in policy


def test_the_icon_is_found_without_reading_a_page(client):
    response = client.get("/favicon.ico")
    picture = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert response["Content-Type"] == "image/x-icon"
    assert (picture.format, picture.ico.sizes()) == ("ICO", {(16, 16), (32, 32), (48, 48)})
    assert response.cookies == {}


def test_the_icons_shipped_are_those_that_are_drawn(tmp_path):
    write_icons(tmp_path)
    for path in tmp_path.iterdir():
        shipped, drawn = Image.open(settings.BASE_DIR / "static/img" / path.name), Image.open(path)
        assert (shipped.size, shipped.convert("RGBA").tobytes()) == (drawn.size, drawn.convert("RGBA").tobytes())
