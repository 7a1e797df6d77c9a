"""„Heute“ as a whole: what each room says is due, where each line leads, and what the page costs."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import RequestFactory
from django.utils import timezone

from competition.models import Round
from events.models import Event
from properties.models import ChangeReport, Enquiry
from publishing.groups import ADMINISTRATORS
from publishing.imports import note_import
from publishing.link_check import checking, outside
from publishing.models import OutgoingMail
from publishing.outbox import prepare
from publishing.today import Panel
from tests.clusters.factories import make_network
from tests.competition.factories import make_category, make_edition, make_entry
from tests.competition.jury.factories import make_round
from tests.events.factories import make_event, make_event_draft
from tests.factories import make_article, make_contact, make_draft, make_editor, make_image, make_scheduled
from tests.module_rows import kept_for_the_module
from tests.pages.factories import make_page, make_project, make_study
from tests.properties.factories import make_district_user, make_hall, make_land

pytestmark = pytest.mark.django_db
MANY = Panel.SHOWN + 2
#: Of the whole page, with every panel there is and many rows in some.
BUDGET = 88


class Gone:
    def ask(self, url):
        return outside.Answer.of(404)


def fill(many=1):
    """Something is due everywhere; of articles and listings as much as `many`."""
    now, today = timezone.now(), timezone.localdate()
    for _ in range(many):
        make_draft()
        make_article(publish_until=now + timedelta(days=3))
        make_image(alternative_text="")
        make_land(confirmed_days_ago=200)
    make_scheduled()
    make_article(body='<p><a href="https://weg.example/">x</a></p>', publish_until=now + timedelta(days=40))
    checking.write_down_all_links()
    checking.check([link for link in checking.due_links() if not link.is_internal], asker=Gone())
    make_contact(role="Abgelaufen", valid_until=today - timedelta(days=1))
    make_contact(role="Endet", valid_until=today + timedelta(days=5))
    make_event_draft()
    make_event(status=Event.Status.PLANNED, starts_on=today + timedelta(days=5))
    make_event(starts_on=today - timedelta(days=5))
    make_network(is_uncertain=True)
    make_project(is_uncertain=True)
    make_study(is_uncertain=True)
    make_page(body="<p>[Name der Behörde]</p>")
    make_hall(confirmed_days_ago=366)
    land = make_land(submitted_at=now, released=False, publish_from=None)
    Enquiry.objects.create(listing_id=land.pk, name="Ina", email="ina@example.org", message="Frei?")
    ChangeReport.objects.create(listing_id=land.pk, text="Der Kran ist weg.")
    edition = make_edition(today.year + 1, finalists=-1, winners=3)
    make_entry(make_category(edition))
    make_round(edition)
    make_round(edition, Round.Kind.FINAL, opens=-9, closes=-2)
    prepare(to="otto@example.org", subject="Einladung", text="Guten Tag", purpose="Test")
    failed = prepare(to="otto@example.org", subject="Nochmal", text="Guten Tag", purpose="Test")
    OutgoingMail.objects.filter(pk=failed.pk).update(state=OutgoingMail.State.FAILED)
    note_import("Weiterleitungen", source="alt.csv", added=3, refused=["Zeile 2: Die Adresse fehlt."])


def make_person():
    person = make_editor("anna")
    person.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return person


@pytest.fixture(scope="module")
def person(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        fill(many=MANY)
        yield make_person()


def panels_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return {panel.title: panel for panel in admin.site.today_panels(request)}


def test_every_room_says_what_is_due(person):
    assert set(panels_of(person)) == {
        "Änderungsmeldungen zu Flächen und Hallen",
        "Anfragen zu Flächen und Hallen",
        "Beiträge: Entwürfe",
        "Beiträge: enden bald",
        "Beiträge: geplant",
        "Bilder ohne Alternativtext",
        "Defekte Links",
        "E-Mails: nicht hinausgegangen",
        "E-Mails: warten auf das Senden",
        "Gewerbeflächen: Entwürfe",
        "Gewerbeflächen: Stand zweifelhaft",
        "Gewerbeflächen: zur Freigabe vorgelegt",
        "Hallenobjekte: aus der Liste, weil veraltet",
        "IQ Innovationspreis: bald verkündet und nicht fertig",
        "Importe: zuletzt",
        "Juryrunden: beendet und nicht entschieden",
        "Juryrunden: laufen",
        "Kontakte: abgelaufen",
        "Kontakte: enden bald",
        "Netzwerke: Angaben nicht bestätigt",
        "Projekte: Angaben nicht bestätigt",
        "Seiten: Platzhalter im Text",
        "Studien: Angaben nicht bestätigt",
        "Termine: Entwürfe",
        "Termine: bald und nicht bestätigt",
        "Termine: vorbei und ohne Rückblick",
        "Wettbewerbsbeiträge: ohne Bild oder ohne Satz",
    }


def test_each_count_is_that_of_the_list_it_leads_to_and_each_line_opens(client, person):
    client.force_login(person)
    wrong = []
    for title, panel in panels_of(person).items():
        changelist = client.get(panel.all_path).context["cl"]
        if panel.count != changelist.result_count:
            wrong.append((title, panel.count, changelist.result_count, panel.all_path))
        wrong += [(title, task.path) for task in panel.tasks[:1] if client.get(task.path).status_code != 200]
        assert len(panel.tasks) == min(panel.count, Panel.SHOWN), title
    assert wrong == []
    assert panels_of(person)["Beiträge: Entwürfe"].count == MANY


def test_the_page_costs_the_same_for_many_rows(client, person, django_assert_max_num_queries):
    client.force_login(person)
    client.get("/admin/")
    with django_assert_max_num_queries(BUDGET):
        page = client.get("/admin/").content.decode()
    assert page.count('class="today-panel module"') == len(panels_of(person))
    assert f"Alle {MANY} ansehen" in page


def test_people_see_what_is_theirs(person):
    editor = panels_of(make_editor("bert"))
    assert {title for title in panels_of(person) if title not in editor} == {
        "E-Mails: nicht hinausgegangen",
        "E-Mails: warten auf das Senden",
    }
    keeper = panels_of(make_district_user("landkreis-leipzig"))
    assert {title.split(":")[0] for title in keeper} <= {
        *("Gewerbeflächen", "Hallenobjekte", "Anfragen zu Flächen und Hallen"),
        *("Änderungsmeldungen zu Flächen und Hallen", "Bilder ohne Alternativtext", "Kontakte", "Dokumente"),
    }
    assert panels_of(User.objects.create_user("neu", is_staff=True)) == {}
