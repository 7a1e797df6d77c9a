"""Rows like those of the portal, on which every step of the guide can be done, and the address of each step's page."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from pages.models import MenuEntry
from properties.models import Enquiry
from publishing.groups import ADMINISTRATORS
from tests.competition.factories import make_category, make_edition, make_entry
from tests.events.factories import make_event
from tests.factories import make_article, make_draft, make_editor, make_image, make_rubric, make_scheduled, picture_file
from tests.pages.factories import make_page
from tests.properties.factories import make_land


def make_guide_scene(picture=None):
    """Addresses by the names the steps use; and somebody who may do all of it."""
    rubric = make_rubric(name="Aus der Region")
    teaser = "In Leuna hat der Bau einer Anlage begonnen, die aus Strom und Wasser Wasserstoff macht."
    draft = make_draft(title="Baubeginn für die Wasserstoffanlage in Leuna", teaser=teaser, rubric=rubric)
    public = make_article(title="Zehn Cluster stellen sich vor", teaser=teaser, rubric=rubric)
    make_scheduled(title="Neue Studie zum Strukturwandel", rubric=rubric)
    image = make_image(original=picture or picture_file(960, 540), alternative_text="Eine Werkhalle von außen")
    event = make_event(title="Clustertag in Halle (Saale)", starts_on=timezone.localdate() + timedelta(days=30))
    edition = make_edition(timezone.localdate().year + 1)
    make_entry(make_category(edition), organisation="Beispiel GmbH")
    land = make_land(title="Gewerbepark an der Autobahn", confirmed_days_ago=200)
    MenuEntry.objects.create(page=make_page(title="Über uns"), place=MenuEntry.Place.MENU, order=1)
    MenuEntry.objects.create(page=make_page(title="Impressum"), place=MenuEntry.Place.FOOTER, order=2)
    enquiry = Enquiry.objects.create(
        listing_id=land.pk, name="Ina Interessent", email="ina@example.org", message="Ist die Fläche noch frei?"
    )
    keys = {
        "news_article_change#draft": draft,
        "news_article_change#public": public,
        "publishing_image_change": image,
        "events_event_change": event,
        "competition_edition_change": edition,
        "competition_edition_steer": edition,
        "properties_land_change": land,
        "properties_enquiry_change": enquiry,
    }
    person = make_editor("anna", first_name="Anna")
    person.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return person, lambda page: _address(page, keys.get(page))


def _address(page, row):
    return reverse(f"admin:{page.split('#')[0]}", args=[row.pk] if row else [])
