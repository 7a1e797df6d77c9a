"""Plain functions that make complete rows: every relation filled, so that query budgets are honest."""

import io
import itertools
import random
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow

from news.models import Article, ArticleDownload, ArticleImage, ArticleLink, PressOffice, Rubric
from publishing.groups import EDITORS
from publishing.models import Contact, Document, Image

_numbers = itertools.count(1)


def picture_file(width=200, height=160, format="PNG", name=None, **save_options):
    """A small picture no other call has made: two equal files would be one picture."""
    number = next(_numbers)
    rng = random.Random(number)
    pixels = Pillow.new("RGB", (width, height), tuple(rng.randrange(256) for _ in range(3)))
    pixels.putpixel((0, 0), (number % 256, number // 256 % 256, number // 65536 % 256))
    buffer = io.BytesIO()
    pixels.save(buffer, format, **save_options)
    return ContentFile(buffer.getvalue(), name=name or f"bild-{number}.{format.lower()}")


def make_image(**values):
    defaults = {
        "original": picture_file(),
        "alternative_text": "Eine Halle mit Kran",
        "credit": "Foto: Erika Beispiel",
    }
    return Image.objects.create(**defaults | values)


def make_document(**values):
    defaults = {
        "title": "Studie Kurzfassung",
        "file": ContentFile(b"%PDF-1.4\n...\n%%EOF\n", name="studie.pdf"),
    }
    return Document.objects.create(**defaults | values)


def make_contact(**values):
    return Contact.objects.create(**{"role": "Presse und Kommunikation", "email": "presse@example.org"} | values)


def make_rubric(**values):
    return Rubric.objects.create(**{"name": f"Rubrik {next(_numbers)}"} | values)


def make_press_office(**values):
    contact = values.pop("contact", None) or make_contact()
    return PressOffice.objects.create(**{"contact": contact, "boilerplate": "<p>Über uns.</p>"} | values)


def make_article(*, days_ago=1, **values):
    """A public article unless told otherwise: with text, no relations."""
    number = next(_numbers)
    defaults = {
        "title": f"Beitrag {number}",
        "teaser": f"Vorspann {number}.",
        "body": f"<p>Text {number}.</p>",
        "released": True,
        "publish_from": timezone.now() - timedelta(days=days_ago),
    }
    return Article.objects.create(**defaults | values)


def make_full_article(*, image=None, document=None, rubric=None, contact=None, **values):
    """Every relation an article page can show."""
    image, document = image or make_image(), document or make_document()
    article = make_article(
        image=image,
        rubric=rubric or make_rubric(),
        contact=contact or make_contact(),
        kind=Article.Kind.PRESS,
        release_statement="Frei ab sofort",
        **values,
    )
    for kind in ArticleLink.Kind:
        ArticleLink.objects.create(article=article, kind=kind, label=kind.label, url="https://www.example.org/")
    ArticleImage.objects.create(article=article, image=image)
    ArticleDownload.objects.create(article=article, document=document)
    return article


def make_draft(**values):
    return make_article(**{"released": False, "publish_from": None} | values)


def make_scheduled(**values):
    return make_article(**{"publish_from": timezone.now() + timedelta(days=1)} | values)


def make_expired(**values):
    now = timezone.now()
    return make_article(**{"publish_from": now - timedelta(days=2), "publish_until": now - timedelta(days=1)} | values)


def make_withdrawn(**values):
    article = make_article(**values)
    article.withdraw()
    article.save()
    return article


def make_editor(name="erika", **values):
    user = User.objects.create_user(name, password="geheim-genug-123", is_staff=True, **values)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user
