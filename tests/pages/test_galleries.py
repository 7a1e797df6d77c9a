"""Galleries, the page of each photo, and partners."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import Gallery, GalleryPhoto
from tests.factories import make_editor, make_image
from tests.pages.factories import make_full_gallery, make_gallery, make_partner, make_photo
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
DRAFT = {"released": False, "publish_from": None}


@pytest.fixture
def editor_client(client):
    client.force_login(make_editor())
    return client


@pytest.fixture
def gallery():
    return make_full_gallery(title="Im Dom", slug="dom")


def titles(page):
    return [link.text for link in page.all("a") if link.parent.attrs.get("class") == "card-title"]


# --- the list


def test_galleries_are_listed_from_the_latest_and_found_by_year(client):
    make_gallery(title="Früher", taken_on=date(2023, 9, 15))
    make_gallery(make_image(), make_image(), title="Später", taken_on=date(2024, 1, 1))
    make_gallery(title="Zuletzt", taken_on=date(2024, 12, 31))
    make_gallery(title="Entwurf", taken_on=date(2022, 1, 1), **DRAFT)
    page = fetch(client, "/galerien/")
    assert titles(page) == ["Zuletzt", "Später", "Früher"]
    assert page.one("p", css="count").text == "3 Galerien"
    assert "2 Fotos" in page.one("main").text
    assert titles(fetch(client, "/galerien/?jahr=2024")) == ["Zuletzt", "Später"]
    assert "kennen wir bei „Jahr“ nicht" in fetch(client, "/galerien/?jahr=2022").one("div", css="hint").text


def test_hidden_photos_are_not_counted(client):
    gallery = make_gallery(make_image(), make_image())
    gallery.photos.first().image.hide()
    assert "Ein Foto" in fetch(client, "/galerien/").one("main").text


# --- a gallery and its photos


def test_a_gallery_shows_its_photos_in_order_with_words_and_credit(client, gallery):
    gallery.photos.filter(number=3).update(order=0, caption="Zuerst")
    gallery.photos.filter(number=1).update(order=1)
    page = fetch(client, "/galerien/dom/")
    wall = page.one("ul", css="photo-wall")
    assert page.links(inside=wall) == ["/galerien/dom/3/", "/galerien/dom/1/", "/galerien/dom/2/"]
    credit = "Foto: Erika Beispiel"
    assert page.texts("figcaption", inside=wall) == [
        f"Zuerst {credit}",
        f"Das Werk am Fluss {credit}, CC BY 4.0",
        f"Die Bühne kurz vor Beginn {credit}",
    ]
    assert [one["url"] for one in page.json_ld("ImageGallery")["image"]] == [
        f"https://portal.example/galerien/dom/{number}/" for number in (3, 1, 2)
    ]


def test_a_photo_page_leads_to_its_neighbours_and_to_the_report(client, gallery):
    page = fetch(client, "/galerien/dom/2/")
    assert page.one("h1").text == "Foto 2 von 3"
    assert page.links(inside=page.one("nav", css="photo-ways")) == [
        *("/galerien/dom/1/", "/galerien/dom/", "/galerien/dom/3/")
    ]
    assert page.one("a", rel="nofollow", inside=page.one("main")).attrs["href"] == "/galerien/dom/2/melden/"
    assert page.links(inside=fetch(client, "/galerien/dom/1/").one("nav", css="photo-ways")) is not None
    assert not fetch(client, "/galerien/dom/1/").all("a", rel="prev")
    assert not fetch(client, "/galerien/dom/3/").all("a", rel="next")


def test_a_hidden_photo_is_skipped_and_its_page_is_gone(client, gallery):
    gallery.photos.get(number=2).image.hide()
    assert client.get("/galerien/dom/2/").status_code == 410
    assert client.get("/galerien/dom/2/melden/").status_code == 410
    page = fetch(client, "/galerien/dom/3/")
    assert page.one("h1").text == "Foto 2 von 2"
    assert page.one("a", rel="prev").attrs["href"] == "/galerien/dom/1/"
    assert "/galerien/dom/2/" not in fetch(client, "/galerien/dom/").html


def test_a_number_is_given_once_and_a_removed_photo_is_gone(client, gallery):
    gallery.photos.get(number=3).delete()
    assert make_photo(gallery).number == 4
    assert [client.get(f"/galerien/dom/{number}/").status_code for number in (0, 3, 4, 5)] == [404, 410, 200, 404]
    assert client.get(f"/galerien/dom/{'9' * 30}/").status_code == 404


def test_a_number_is_free_although_the_gallery_was_saved_with_an_older_count(gallery):
    stale = Gallery.objects.get(pk=gallery.pk)
    make_photo(gallery)
    stale.last_number = 0
    stale.save()
    assert make_photo(gallery).number == 5


@pytest.mark.parametrize("values", [DRAFT, {"publish_from": timezone.now() + timezone.timedelta(days=1)}])
def test_nothing_of_a_gallery_is_public_before_its_time(client, values):
    make_full_gallery(title="Geheime Bilder", slug="geheim", **values)
    for path in ("", "1/", "1/melden/", "1/melden/danke/"):
        assert client.get(f"/galerien/geheim/{path}").status_code == 404
    assert "Geheim" not in fetch(client, "/galerien/").html
    assert "/galerien/geheim/" not in fetch(client, "/suche/?q=Geheime").links()
    assert "geheim" not in client.get("/sitemap-seiten.xml").content.decode()


def test_a_withdrawn_gallery_is_gone_with_its_photos(client, gallery):
    gallery.withdraw()
    gallery.save()
    assert {client.get(f"/galerien/dom/{path}").status_code for path in ("", "1/", "1/melden/")} == {410}


def test_a_gallery_is_found_by_its_words_but_not_by_a_caption(client, gallery):
    assert "/galerien/dom/" in fetch(client, "/suche/?q=Abend").links()
    assert "/galerien/dom/" not in fetch(client, "/suche/?q=Bühne").links()
    assert "/galerien/dom/" in client.get("/sitemap-seiten.xml").content.decode()


@pytest.mark.parametrize(("path", "most"), [("/galerien/", 8), ("/galerien/dom/", 10), ("/galerien/dom/1/", 10)])
def test_questions_do_not_grow_with_the_photos(client, gallery, django_assert_max_num_queries, path, most):
    for _ in range(9):
        make_photo(gallery)
        make_full_gallery()
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_a_mistyped_year_is_refused():
    with pytest.raises(ValidationError, match="Bitte prüfen Sie das Jahr"):
        make_gallery(taken_on=date(225, 1, 1)).full_clean()


def test_a_copy_takes_its_photos_along_with_numbers_of_its_own(gallery):
    gallery.photos.get(number=1).delete()
    twin = gallery.copy_as_draft()
    twin.save()
    gallery.copy_relations_to(twin)
    assert [*twin.photos.values_list("number", "caption")] == [(1, "Die Bühne kurz vor Beginn"), (2, "")]
    assert gallery.photos.count() == 2


# --- in the admin


def test_many_photos_of_the_library_are_added_at_once(editor_client, gallery):
    new, hidden = [make_image(alternative_text=f"Neu {one}") for one in range(3)], make_image(alternative_text="Weg")
    hidden.hide()
    address = f"/admin/pages/gallery/{gallery.pk}/fotos/"
    page = fetch(editor_client, address)
    offered = {one.attrs["value"] for one in page.all("input", name="images")}
    assert offered == {str(one.pk) for one in new}
    chosen = {"images": [new[2].pk, new[0].pk], "legal_ground": "none"}
    assert editor_client.post(address, chosen)["Location"] == f"/admin/pages/gallery/{gallery.pk}/change/"
    added = gallery.photos.in_order().filter(number__gt=3)
    assert [(one.image, one.legal_ground) for one in added] == [(new[0], "none"), (new[2], "none")]


@pytest.mark.parametrize(
    "values",
    [{}, {"images": ["x"]}, {"images": ["0"], "legal_ground": "none"}, {"images": ["9" * 30], "legal_ground": "none"}],
)
def test_a_wrong_choice_adds_nothing_and_keeps_what_was_ticked(editor_client, gallery, values):
    image = make_image()
    address = f"/admin/pages/gallery/{gallery.pk}/fotos/"
    data = {"images": [], "legal_ground": ""} | values
    data["images"] = [*data["images"], image.pk]
    answer = editor_client.post(address, data)
    assert answer.status_code == 200
    assert f'value="{image.pk}" checked' in answer.content.decode()
    assert GalleryPhoto.objects.count() == 3


def test_the_form_of_a_gallery_opens_with_its_photos_and_its_preview_shows_them(editor_client, gallery):
    page = fetch(editor_client, f"/admin/pages/gallery/{gallery.pk}/change/")
    assert len(page.all("img", css="image-chooser-thumbnail")) == 5
    draft = make_full_gallery(title="Entwurf", **DRAFT)
    preview = fetch(editor_client, f"/admin/pages/gallery/{draft.pk}/vorschau/")
    assert preview.links(inside=preview.one("ul", css="photo-wall")) == [
        one.image.largest_url for one in draft.photos.select_related("image")
    ]


# --- partners


def test_partners_are_grouped_by_kind_with_logo_or_name(client):
    make_partner(name="Stadt am Fluss", kind="member", order=2, website="https://stadt.example/")
    make_partner(name="Anfangsverein", kind="member", order=2)
    make_partner(name="Zeichen GmbH", kind="partner", logo=make_image())
    make_partner(name="Verborgen", kind="media", is_shown=False)
    page = fetch(client, "/partner/")
    assert page.texts("h2", inside=page.one("main")) == ["Mitglieder", "Partner"]
    assert page.texts("span", css="partner-name") == ["Anfangsverein", "Stadt am Fluss"]
    assert [one.attrs["alt"] for one in page.all("img", inside=page.one("main"))] == ["Zeichen GmbH"]
    assert page.one("a", href="https://stadt.example/")
    assert "Verborgen" not in page.html


def test_many_partners_cost_no_more_questions(client, django_assert_max_num_queries):
    for kind in ("member", "partner", "supporter", "media"):
        for _ in range(3):
            make_partner(kind=kind, logo=make_image())
    with django_assert_max_num_queries(8):
        assert client.get("/partner/").status_code == 200
