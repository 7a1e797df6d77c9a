from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_article,
    make_contact,
    make_draft,
    make_expired,
    make_image,
    make_press_office,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def test_only_public_press_releases_are_listed(client):
    wanted = make_article(kind="press")
    for kind in ("news", "study", "personnel", "call"):
        make_article(kind=kind)
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make(kind="press")
    page = fetch(client, "/presse/")
    assert page.texts("h3", css="card-title") == [wanted.title]
    assert page.texts("p", css="count") == ["Ein Beitrag"]


def test_releases_are_filtered_by_rubric_and_year(client):
    rubric = make_rubric(slug="energie")
    wanted = make_article(kind="press", rubric=rubric)
    make_article(kind="press")
    make_article(kind="news", rubric=rubric)
    page = fetch(client, "/presse/?rubrik=energie")
    assert page.texts("h3", css="card-title") == [wanted.title]
    assert [select.attrs["name"] for select in page.all("select")] == ["rubrik", "jahr"]


def test_a_featured_release_keeps_its_place(client):
    make_article(kind="press", title="Alt", days_ago=9, featured_until=timezone.now() + timedelta(days=1))
    make_article(kind="press", title="Neu", days_ago=1)
    assert fetch(client, "/presse/").texts("h3", css="card-title") == ["Neu", "Alt"]


def test_the_page_names_press_contact_and_boilerplate(client):
    make_press_office(
        contact=make_contact(role="Pressestelle", phone="0341 600160"), boilerplate="<p>Über den <b>Verein</b>.</p>"
    )
    page = fetch(client, "/presse/")
    assert page.texts("p", css="contact-role") == ["Pressestelle"]
    assert page.links(inside=page.one("div", css="contact")) == ["tel:0341600160", "mailto:presse@example.org"]
    assert page.one("h2", id="pressekontakt").text == "Pressekontakt"
    assert page.one("div", css="boilerplate").text == "Über den Verein."


def test_an_expired_press_contact_is_hidden(client):
    make_press_office(
        contact=make_contact(role="Frühere Pressestelle", valid_until=timezone.localdate() - timedelta(days=1))
    )
    page = fetch(client, "/presse/")
    assert page.texts("p", css="contact-role") == []
    assert page.one("div", css="boilerplate").text == "Über uns."


def test_the_page_stands_without_press_office_releases_and_pictures(client):
    page = fetch(client, "/presse/")
    assert page.texts("h1") == ["Presse"]
    assert page.texts("p", css="count") == ["0 Beiträge"]
    assert page.links(inside=page.one("div", css="nothing")) == ["/aktuelles/"]


def test_press_pictures_are_offered_in_print_size_with_their_credit(client):
    image = make_image(is_for_press=True, caption="Das Werk", licence="CC BY 4.0")
    make_image(is_for_press=False, caption="Nicht für die Presse")
    make_image(is_for_press=True, alternative_text="", caption="Noch ohne Alternativtext")
    page = fetch(client, "/presse/")
    pictures = page.one("ul", css="press-images")
    assert page.texts("span", css="credit", inside=pictures) == ["Foto: Erika Beispiel, CC BY 4.0"]
    link = page.one("a", css="download", inside=pictures)
    assert link.attrs["href"] == image.print_url
    assert "download" in link.attrs
    assert link.text.startswith("Druckgröße von „Eine Halle mit Kran“ (JPEG, ")
    answer = client.get(image.print_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_a_lost_print_file_costs_its_size_and_not_the_page(client):
    from django.core.files.storage import default_storage

    image = make_image(is_for_press=True)
    default_storage.delete(f"{image.public_name}-druck.jpg")
    fetch(client, "/presse/")


def test_the_page_offers_its_feeds(client):
    page = fetch(client, "/presse/")
    assert [link.attrs["href"] for link in page.all("link", rel="alternate")] == ["/presse/atom/", "/presse/rss/"]
    assert {"/presse/atom/", "/presse/rss/"} <= set(page.links(inside=page.one("main")))
