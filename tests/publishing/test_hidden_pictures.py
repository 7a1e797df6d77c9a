"""A hidden picture is shown nowhere, and is back wherever it was when an editor shows it again."""

import pytest
from django.test import Client

from news.models import Article, ArticleImage
from publishing.models import Image
from tests.factories import make_article, make_editor, make_image, make_rubric
from tests.kept_pages import kept_pages
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client(client):
    client.force_login(make_editor())
    return client


def test_every_file_of_a_hidden_picture_answers_that_it_is_gone(client):
    image, other = make_image(), make_image()
    addresses = [image.thumbnail_url, image.file_url(200, "avif"), image.print_url]
    image.hide()
    assert [client.get(address).status_code for address in addresses] == [410] * 3
    assert "immutable" not in client.get(addresses[0]).get("Cache-Control", "")
    assert client.get(other.thumbnail_url).status_code == 200
    image.keep()
    assert [client.get(address).status_code for address in addresses] == [200] * 3


def test_a_page_kept_from_before_is_not_shown_again(client):
    article = make_article(image=make_image())
    assert article.image.largest_url in fetch(client, article.get_absolute_url()).html
    assert kept_pages() == 1
    article.image.hide()
    assert "/media/bilder/" not in fetch(client, article.get_absolute_url()).html


def test_it_is_back_wherever_it_was(client):
    image = make_image()
    article = make_article(image=image)
    ArticleImage.objects.create(article=article, image=image)
    before = fetch(client, article.get_absolute_url()).html
    image.hide()
    image.keep()
    assert fetch(client, article.get_absolute_url()).html == before


def test_the_key_stays_when_a_page_is_saved_while_its_picture_is_hidden():
    image = make_image()
    article = make_article(image=image, rubric=make_rubric())
    image.hide()
    article = Article.objects.get(pk=article.pk)
    assert article.image is None
    article.full_clean()
    article.save()
    article.copy_as_draft().save()
    assert {*Article.objects.values_list("image", flat=True)} == {image.pk}


def test_what_was_kept_once_is_hidden_by_an_editor_only():
    image = make_image()
    assert image.hide()
    image.keep()
    assert not image.hide()
    assert not image.is_hidden
    assert image.hide(although_kept=True)
    assert Image.objects.shown().count() == 0


def test_editors_see_it_with_a_mark_and_nobody_else_gets_the_file(editor_client):
    image = make_image(alternative_text="Die Halle am Fluss")
    article = make_article(image=image)
    image.hide()
    thumbnail = f"/admin/publishing/image/{image.pk}/verborgen/"
    library = fetch(editor_client, "/admin/publishing/image/?verborgen=ja")
    assert [one.attrs["src"] for one in library.all("img", css="thumbnail")] == [thumbnail]
    assert library.texts("span", css="state-hidden") == ["verborgen"]
    assert thumbnail in fetch(editor_client, f"/admin/publishing/image/{image.pk}/change/").html
    form = fetch(editor_client, f"/admin/news/article/{article.pk}/change/")
    assert form.texts("span", css="image-chooser-label")[0] == "Verborgen: Die Halle am Fluss"
    data = editor_client.get(f"/admin/publishing/image/{image.pk}/miniatur/").json()
    assert data == {"src": thumbnail, "label": "Verborgen: Die Halle am Fluss"}
    response = editor_client.get(thumbnail)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    b"".join(response.streaming_content)
    assert Client().get(thumbnail).status_code == 302


@pytest.mark.parametrize(("action", "is_hidden"), [("hide_selected", True), ("show_selected", False)])
def test_editors_hide_and_show_pictures_in_the_library(editor_client, action, is_hidden):
    image = make_image()
    if not is_hidden:
        image.hide()
    editor_client.post("/admin/publishing/image/", {"action": action, "_selected_action": [image.pk]})
    image.refresh_from_db()
    assert image.is_hidden is is_hidden


def test_a_hidden_picture_costs_no_page_a_question(client, django_assert_max_num_queries):
    image = make_image()
    for _ in range(5):
        make_article(image=image)
    image.hide()
    with django_assert_max_num_queries(8):
        assert "/media/bilder/" not in client.get("/aktuelles/").content.decode()
