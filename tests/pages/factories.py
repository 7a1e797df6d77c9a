"""Pages, projects and studies, public unless told otherwise; the full ones fill every relation a page can show."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from pages.models import Gallery, GalleryPhoto, Office, Page, PageDownload, Partner, Project, Study
from tests.clusters.factories import make_cluster
from tests.factories import make_contact, make_document, make_image

_numbers = itertools.count(1)


def public_values(noun, **values):
    """What every published row needs."""
    number = next(_numbers)
    defaults = {
        "title": f"{noun} {number}",
        "teaser": f"Vorspann {number}.",
        "released": True,
        "publish_from": timezone.now() - timedelta(days=1),
    }
    return defaults | values


def make_page(**values):
    return Page.objects.create(**{"body": "<h2>Mehr</h2><p>Text der Seite.</p>"} | public_values("Seite", **values))


def make_full_page(**values):
    """With a page above, one beside and one below it."""
    parent = values.pop("parent", None) or make_page(title="Über die Region")
    defaults = {
        "parent": parent,
        "image": make_image(),
        "contact": make_contact(role="Geschäftsstelle", email="info@example.org"),
        "side_notes": "<p>Eine Randnotiz.</p>",
        "figures_as_of": "März 2024",
    }
    page = make_page(**defaults | values)
    PageDownload.objects.create(page=page, document=make_document(title="Satzung"))
    make_page(title="Nachbarseite", parent=parent)
    make_page(title="Unterseite", parent=page)
    return page


def make_office(**values):
    contact = values.pop("contact", None) or make_contact(role="Geschäftsstelle", email="info@example.org")
    defaults = {"street": "Beispielstraße 1", "postcode": "04109", "town": "Leipzig", "hours": "Montag 9–16 Uhr"}
    return Office.objects.create(contact=contact, **defaults | values)


def make_project(**values):
    defaults = {"period_text": "seit 2022", "start_year": 2022, "body": "<p>Text zum Projekt.</p>"}
    return Project.objects.create(**defaults | public_values("Projekt", **values))


def make_full_project(**values):
    defaults = {
        "image": make_image(),
        "logo": make_image(),
        "funding": "Bundesprogramm STARK",
        "partners": "Stadt Leipzig\nStadt Halle (Saale)",
        "website": "https://projekt.example/",
        "contact": make_contact(role="Leitung Transformation", email="transformation@example.org"),
        "is_uncertain": True,
    }
    project = make_project(**defaults | values)
    project.clusters.set([make_cluster(), make_cluster()])
    for _ in range(2):
        make_study(project=project)
    return project


def make_study(**values):
    return Study.objects.create(**{"topic": "Energie", "year": 2022} | public_values("Studie", **values))


def make_full_study(**values):
    defaults = {
        "image": make_image(),
        "contractor": "Institut für Beispiele",
        "series": "GRW-Studie",
        "partners": "Elf Kommunen",
        "key_figures": "54 Auftraggeber\n339 Kilometer Netz",
        "versions": "Kurzfassung, Langfassung",
        "short_version": make_document(title="Kurzfassung"),
        "long_version": make_document(title="Langfassung"),
        "project": make_project(),
        "is_uncertain": True,
    }
    study = make_study(**defaults | values)
    make_study(topic=study.topic)
    return study


def make_gallery(*images, **values):
    """With these pictures as photos."""
    gallery = Gallery.objects.create(**{"taken_on": date(2024, 6, 27)} | public_values("Galerie", **values))
    for order, image in enumerate(images):
        make_photo(gallery, image, order=order)
    return gallery


def make_photo(gallery, image=None, **values):
    defaults = {
        "gallery": gallery,
        "image": image or make_image(),
        "legal_ground": GalleryPhoto.LegalGround.PUBLIC_EVENT,
    }
    return GalleryPhoto.objects.create(**defaults | values)


def make_full_gallery(**values):
    images = [make_image(caption="Das Werk am Fluss", licence="CC BY 4.0"), make_image(), make_image()]
    defaults = {"image": images[0], "place": "Merseburg", "body": "<p>Ein Abend im Dom.</p>", "is_example": True}
    gallery = make_gallery(*images, **defaults | values)
    gallery.photos.filter(number=2).update(caption="Die Bühne kurz vor Beginn")
    return gallery


def make_partner(**values):
    return Partner.objects.create(**{"name": f"Verein {next(_numbers)}"} | values)
