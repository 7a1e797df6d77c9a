import pytest

from news.models import ArticleDownload, ArticleImage
from publishing.usage import Usage, usages
from tests.factories import (
    make_article,
    make_contact,
    make_document,
    make_draft,
    make_expired,
    make_full_article,
    make_image,
    make_press_office,
    make_scheduled,
    make_withdrawn,
)


def pairs(target):
    return sorted((str(usage.user), usage.field_label) for usage in target.usages())


@pytest.mark.django_db
def test_what_is_used_nowhere_says_so():
    make_full_article()
    assert make_image().usages() == make_document().usages() == make_contact().usages() == []


@pytest.mark.django_db
def test_a_picture_names_every_page_and_how_it_is_used_there():
    image = make_image()
    main, gallery = make_article(title="Hauptbild", image=image), make_article(title="Galerie")
    row = ArticleImage.objects.create(article=gallery, image=image)
    contact = make_contact(role="Presse", photo=image)
    make_full_article(title="Anderes Bild")
    assert pairs(image) == [("Galerie", "weiteres Bild"), ("Hauptbild", "Bild"), ("Presse", "Foto")]
    assert {usage.user for usage in image.usages()} == {main, gallery, contact}
    assert row not in {usage.user for usage in image.usages()}, "an editor knows the page, not the row"


@pytest.mark.django_db
def test_a_picture_used_twice_on_one_page_is_named_twice():
    image = make_image()
    article = make_article(image=image)
    ArticleImage.objects.create(article=article, image=image)
    assert usages(image) == [Usage(article, "Bild"), Usage(article, "weiteres Bild")]


@pytest.mark.django_db
def test_drafts_and_former_pages_use_it_too():
    image = make_image()
    made = [make(image=image) for make in (make_draft, make_scheduled, make_expired, make_withdrawn)]
    assert {usage.user for usage in image.usages()} == set(made)


@pytest.mark.django_db
def test_earlier_versions_use_nothing():
    image = make_image()
    article = make_article(image=image)
    article.image = make_image()
    article.save()
    assert article.history.filter(image_id=image.pk).exists()
    assert image.usages() == []


@pytest.mark.django_db
def test_a_document_names_the_pages_that_offer_it():
    document = make_document()
    article = make_article()
    ArticleDownload.objects.create(article=article, document=document)
    assert document.usages() == [Usage(article, "Download")]


@pytest.mark.django_db
def test_a_contact_names_its_pages_and_the_press_office():
    contact = make_contact()
    article, office = make_article(title="Beitrag", contact=contact), make_press_office(contact=contact)
    assert {(usage.user, usage.field_label) for usage in contact.usages()} == {
        (article, "Kontakt"),
        (office, "Pressekontakt"),
    }
