import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Article
from publishing.admin.base import PortalInline
from publishing.models import Image
from tests.factories import make_draft, make_image, picture_file
from tests.publishing.article_form import change_path, form_data

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 5000),
        ("title", "Titel\x00mit Null"),
        ("teaser", "y" * 5000),
        ("teaser", "Vor\x00spann"),
        ("slug", "Kein Slug!"),
        ("slug", "archiv"),
        ("image", "abc"),
        ("image", "²"),
        ("image", "99999999999999999999999"),
        ("image", "-1"),
        ("rubric", "99999999999999999999999"),
        ("contact", "keiner"),
        ("related", "0"),
        ("related", "abc"),
        ("publish_from_0", "31.02.2026"),
        ("publish_from_0", "gestern"),
        ("publish_from_0", "01.01.99999"),
        ("publish_until_1", "25:99"),
        ("corrected_at_0", "nie"),
        ("links-TOTAL_FORMS", "abc"),
        ("links-TOTAL_FORMS", "99999999"),
    ],
)
def test_bad_input_is_refused_in_german_and_what_was_typed_is_kept(editor_client, field, value):
    draft = make_draft(title="Alt")
    data = form_data(draft, kicker="Getippte Dachzeile", **{field: value})
    response = editor_client.post(change_path(draft), data)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'value="Getippte Dachzeile"' in page
    assert "errornote" in page
    assert Article.objects.get().kicker == ""


def test_a_form_draws_no_more_rows_than_fit_into_one_request_whatever_number_it_claims(editor_client):
    draft = make_draft()
    data = form_data(draft, **{"links-TOTAL_FORMS": "99999999"})
    page = editor_client.post(change_path(draft), data).content.decode()
    assert len(set(re.findall(r'name="(links-\d+)-label"', page))) == PortalInline.max_num == 200


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Titel\x01\x1f mit\x7f Steuerzeichen", "Titel mit Steuerzeichen"),
        ("Gründer:innen feiern 🎉", "Gründer:innen feiern 🎉"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE news_article; --", "'; DROP TABLE news_article; --"),
    ],
)
def test_odd_titles_are_taken_and_shown_harmlessly(editor_client, typed, stored):
    assert editor_client.post(ADD, form_data(title=typed)).status_code == 302
    article = Article.objects.get()
    assert article.title == stored
    for page in (change_path(article), "/admin/news/article/", f"/admin/news/article/{article.pk}/history/", "/admin/"):
        assert "<script>alert" not in editor_client.get(page).content.decode()


def test_hostile_html_in_the_text_is_cleaned(editor_client):
    body = '<p onclick="x()">Gut</p><script>alert(1)</script><a href="javascript:x()">Link</a><img src=x onerror=x()>'
    editor_client.post(ADD, form_data(body=body))
    stored = Article.objects.get().body
    assert stored.startswith("<p>Gut</p>")
    assert [bad for bad in ("script", "onclick", "onerror", "<img") if bad in stored] == []


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "stand=%00",
        "stand=unbekannt",
        "rubric__id__exact=abc",
        "rubric__id__exact=%00",
        "kind__exact=%00",
        "p=99999999999999999999",
        "p=abc",
        "o=abc",
        "o=99",
        "_facets=1",
        "q=" + "x" * 3000,
        "nichts__dergleichen=1",
        "q=%ff%fe",
    ],
)
def test_the_list_survives_any_query(editor_client, query):
    make_draft()
    response = editor_client.get(f"/admin/news/article/?{query}", follow=True)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("key", ["99999999999999999999999", "abc", "_00", "0"])
@pytest.mark.parametrize("page", ["change/", "delete/", "history/", "vorschau/", "history/1/"])
def test_addresses_of_items_that_do_not_exist_say_so(editor_client, key, page):
    assert editor_client.get(f"/admin/news/article/{key}/{page}", follow=True).status_code in (200, 404)


def test_of_several_uploads_each_is_judged_alone(editor_client):
    twin = picture_file(name="zwilling.png")
    make_image(original=twin)
    twin.seek(0)
    files = [
        SimpleUploadedFile("gut.png", picture_file().read(), "image/png"),
        SimpleUploadedFile("zwilling.png", twin.read(), "image/png"),
        SimpleUploadedFile("kein-bild.png", b"<svg onload=alert(1)>", "image/png"),
        SimpleUploadedFile("leer.png", b"", "image/png"),
    ]
    data = {"files": files[:3], "credit": "Foto: Erika"}
    page = editor_client.post("/admin/publishing/image/hochladen/", data, follow=True).content.decode()
    assert Image.objects.count() == 2
    assert "„zwilling.png“ wurde nicht übernommen. Dieses Bild gibt es schon in der Bibliothek" in page
    assert "„kein-bild.png“ wurde nicht übernommen. Diese Datei ist kein Bild, das wir lesen können." in page
    assert "Ein Bild ist hochgeladen." in page
    response = editor_client.post("/admin/publishing/image/hochladen/", {"files": files[3:], "credit": "Foto: Erika"})
    assert response.status_code == 200
    assert "leer" in response.content.decode()


def test_an_old_version_of_a_picture_does_not_bring_back_a_file_that_is_gone(editor_client):
    image = make_image(alternative_text="Erste Worte")
    image.original, image.alternative_text = picture_file(), "Zweite Worte"
    image.save()
    now = Image.objects.get()
    first = image.history.last()
    data = {"alternative_text": "Erste Worte", "credit": now.credit, "focal_x": 50, "focal_y": 50}
    response = editor_client.post(f"/admin/publishing/image/{image.pk}/history/{first.pk}/", data)
    assert response.status_code == 302
    restored = Image.objects.get()
    assert restored.alternative_text == "Erste Worte"
    assert (restored.original.name, restored.sha256) == (now.original.name, now.sha256)
