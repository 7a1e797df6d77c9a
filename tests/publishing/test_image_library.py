"""The library of pictures: what is used where, a file replaced everywhere, many files at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import ArticleImage
from publishing.models import Image
from tests.factories import make_article, make_contact, make_image, make_rubric, picture_file

pytestmark = pytest.mark.django_db
LIST = "/admin/publishing/image/"
UPLOAD = f"{LIST}hochladen/"


def shown(client, query=""):
    return {image.alternative_text: image.usage_count for image in client.get(LIST + query).context["cl"].result_list}


def test_the_list_says_how_often_each_picture_is_used(editor_client):
    often, once = make_image(alternative_text="Oft"), make_image(alternative_text="Einmal")
    make_image(alternative_text="Nie")
    article = make_article(image=often)
    make_article(image=often)
    ArticleImage.objects.create(article=article, image=often)
    make_contact(photo=once)
    assert shown(editor_client) == {"Oft": 3, "Einmal": 1, "Nie": 0}
    assert {image.alternative_text: len(image.usages()) for image in Image.objects.all()} == shown(editor_client)
    assert shown(editor_client, "?verwendet=nein") == {"Nie": 0}
    assert shown(editor_client, "?verwendet=ja") == {"Oft": 3, "Einmal": 1}
    assert shown(editor_client, "?verwendet=quatsch") == shown(editor_client)
    page = editor_client.get(LIST).content.decode()
    assert ("3-mal" in page, "1-mal" in page, "nirgends" in page) == (True, True, True)


def test_the_list_needs_as_many_queries_for_many_pictures_as_for_few(editor_client, django_assert_num_queries):
    make_article(image=make_image())
    with django_assert_num_queries(9) as few:
        editor_client.get(LIST)
    for _ in range(4):
        make_article(image=make_image())
    with django_assert_num_queries(len(few)):
        editor_client.get(LIST)


def test_pictures_are_found_by_their_words_and_by_what_they_lack(editor_client):
    make_image(alternative_text="Kran über der Halle", credit="Foto: Ada")
    make_image(alternative_text="", caption="Richtfest", credit="Foto: Bo")
    assert shown(editor_client, "?q=kran") == {"Kran über der Halle": 0}
    assert shown(editor_client, "?q=Ada") == {"Kran über der Halle": 0}
    assert shown(editor_client, "?text=fehlt") == {"": 0}
    assert shown(editor_client, "?text=fehlt&q=kran") == {}


def as_upload(file):
    return SimpleUploadedFile(file.name, file.read(), "image/png")


def test_a_replaced_file_appears_on_every_page_and_the_old_one_is_gone(
    editor_client, client, django_capture_on_commit_callbacks
):
    image = make_image(original=picture_file(960, 600))
    rubric = make_rubric()
    article = make_article(title="Mit Bild", image=image, rubric=rubric)
    other = make_article(title="Mit Galerie", image=make_image(original=picture_file(960, 600)), rubric=rubric)
    ArticleImage.objects.create(article=other, image=image)
    pages = ["/", "/aktuelles/", article.get_absolute_url(), other.get_absolute_url()]
    old = image.public_stem
    assert [old in client.get(page).content.decode() for page in pages] == [True] * 4
    old_files = [image.file_url(width, kind) for width in image.public_widths for kind in ("webp", "avif")]
    assert {client.get(path).status_code for path in old_files} == {200}
    data = {
        "original": as_upload(picture_file(1000, 640)),
        "alternative_text": image.alternative_text,
        "credit": image.credit,
        "focal_x": 50,
        "focal_y": 50,
        "_save": "1",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert editor_client.post(f"{LIST}{image.pk}/change/", data).status_code == 302
    image.refresh_from_db()
    assert image.public_stem != old
    for page in pages:
        words = client.get(page).content.decode()
        assert (old in words, image.public_stem in words) == (False, True), page
    assert {client.get(path).status_code for path in old_files} == {404}
    assert client.get(image.largest_url).status_code == 200


# --- Many at once, each sent by the script


def send(client, file, **values):
    data = {"files": file, "credit": "Foto: Erika Beispiel"} | values
    response = client.post(UPLOAD, data, headers={"accept": "application/json"})
    assert response.status_code == 200
    return json.loads(response.content)


def test_the_script_is_told_of_each_file_what_became_of_it(editor_client):
    good = picture_file(name="gut.png")
    data = good.read()
    answer = send(editor_client, SimpleUploadedFile("gut.png", data, "image/png"))
    image = Image.objects.get()
    assert answer == {"is_taken": True, "text": "übernommen", "path": f"{LIST}{image.pk}/change/"}
    assert (image.credit, image.history.get().history_user.username) == ("Foto: Erika Beispiel", "erika")
    again = send(editor_client, SimpleUploadedFile("gut.png", data, "image/png"))
    assert (again["is_taken"], "gibt es schon" in again["text"]) == (False, True)
    broken = send(editor_client, SimpleUploadedFile("kaputt.png", data[:60], "image/png"))
    assert (broken["is_taken"], "beschädigt" in broken["text"]) == (False, True)
    empty = send(editor_client, SimpleUploadedFile("leer.png", b"", "image/png"))
    assert (empty["is_taken"], "leer" in empty["text"]) == (False, True)
    without_credit = send(editor_client, SimpleUploadedFile("ohne.png", data, "image/png"), credit="")
    assert without_credit == {"is_taken": False, "text": "Dieses Feld ist zwingend erforderlich."}
    assert Image.objects.count() == 1


def test_strangers_get_no_answer(client):
    assert client.post(UPLOAD, headers={"accept": "application/json"}).status_code == 302
