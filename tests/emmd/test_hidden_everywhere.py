"""Hidden pictures on a portal that uses every part of every page."""

import pytest
from django.test import Client

from publishing.models import Image
from tests.emmd.public_pages import FEEDS, PUBLIC_PAGES, machine_paths, make_public_site
from tests.module_rows import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site_with_hidden_pictures(django_db_setup, django_db_blocker):
    """Every picture of a portal that uses every part, hidden."""
    with kept_for_the_module(django_db_blocker):
        make_public_site()
        shown_before = sum(b"/media/bilder/" in Client().get(page.address).content for page in PUBLIC_PAGES)
        for image in Image.objects.all():
            image.hide()
        yield shown_before


def test_no_page_names_a_hidden_picture_or_fails_without_it(site_with_hidden_pictures, client):
    assert site_with_hidden_pictures > 20
    pages = {page.address: client.get(page.address) for page in PUBLIC_PAGES if "gallery-photo" not in page.url_name}
    assert {path for path, answer in pages.items() if answer.status_code != 200} == set()
    assert [path for path, answer in pages.items() if b"/media/bilder/" in answer.content] == []


def test_no_feed_and_no_other_machine_is_told_of_a_hidden_picture(site_with_hidden_pictures, client):
    assert FEEDS
    told = [path for path in machine_paths() if b"/media/bilder/" in b"".join(client.get(path))]
    assert told == []
