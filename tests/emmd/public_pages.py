"""The page-promise table: every address visitors read, and the rows that fill all of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from clusters.models import Cluster
from competition.models import Award
from competition.results import close_results
from events.models import Event
from news.models import Article
from pages.models import MenuEntry
from publishing.connections import connect
from tests.clusters.factories import make_full_cluster, make_full_network, make_historic_cluster, make_network
from tests.competition.factories import make_award, make_edition, make_full_edition, make_full_entry
from tests.competition.factories import make_category as make_award_category
from tests.events.factories import make_category, make_event, make_full_event, make_venue
from tests.factories import (
    make_article,
    make_contact,
    make_document,
    make_editor,
    make_full_article,
    make_image,
    make_press_office,
    make_rubric,
)
from tests.pages.factories import (
    make_full_gallery,
    make_full_page,
    make_full_project,
    make_full_study,
    make_office,
    make_page,
    make_partner,
)
from tests.properties.factories import make_full_hall, make_full_land, make_land


@dataclass(frozen=True)
class PublicPage:
    url_name: str
    kwargs: dict = field(default_factory=dict)
    query: str = ""
    has_breadcrumbs: bool = True

    @property
    def path(self):
        return reverse(self.url_name, kwargs=self.kwargs)

    @property
    def address(self):
        return f"{self.path}{self.query}"

    def __str__(self):
        return " ".join([self.url_name, *map(str, self.kwargs.values()), self.query]).strip()


THIS_MONTH = timezone.localdate()
YESTERDAY = THIS_MONTH - timedelta(days=1)

#: A new page adds its line here; tests/emmd/test_house.py turns red until it does.
PUBLIC_PAGES = (
    PublicPage("home", has_breadcrumbs=False),
    PublicPage("news:list"),
    PublicPage("news:list", query="?seite=2"),
    PublicPage("news:rubric", {"slug": "energie"}),
    PublicPage("news:archive", {"year": 2024}),
    PublicPage("news:detail", {"slug": "beitrag-mit-allen-teilen"}),
    PublicPage("news:detail", {"slug": "kurze-meldung"}),
    PublicPage("news:press"),
    PublicPage("events:list"),
    PublicPage("events:list", query="?art=konferenz&ort=leipzig"),
    PublicPage("events:month", {"year": THIS_MONTH.year, "month": THIS_MONTH.month}),
    PublicPage("events:archive", {"year": YESTERDAY.year}),
    PublicPage("events:detail", {"slug": "termin-mit-allen-teilen"}),
    PublicPage("events:detail", {"slug": "abgesagter-termin"}),
    PublicPage("competition:index"),
    PublicPage("competition:hall-of-fame"),
    PublicPage("competition:hall-of-fame", query="?cluster=energie&preis=gesamtsieg&jahr=2024"),
    PublicPage("competition:edition", {"year": 2026}),
    PublicPage("competition:edition", {"year": 2025}),
    PublicPage("competition:edition", {"year": 2024}),
    PublicPage("competition:edition", {"year": 2008}),
    PublicPage("competition:finalists", {"year": 2026}),
    PublicPage("competition:finalists", {"year": 2024}),
    PublicPage("competition:winners", {"year": 2024}),
    PublicPage("competition:winners", {"year": 2008}),
    PublicPage("competition:entry", {"year": 2024, "slug": "beitrag-mit-allen-teilen"}),
    PublicPage("clusters:list"),
    PublicPage("clusters:list", query="?cluster=energie&art=makro"),
    PublicPage("clusters:detail", {"slug": "energie"}),
    PublicPage("clusters:detail", {"slug": "solarwirtschaft"}),
    PublicPage("clusters:network", {"slug": "netzwerk-mit-allen-teilen"}),
    PublicPage("search"),
    PublicPage("properties:land-list"),
    PublicPage("properties:land-list", query="?land=sachsen&um=leipzig&radius=50&flaeche-von=20000&angebot=kauf"),
    PublicPage("properties:land-compare"),
    PublicPage("properties:land-compare", query="?objekte=GF-1"),
    PublicPage("properties:hall-list"),
    PublicPage("properties:hall-compare"),
    PublicPage("properties:land-detail", {"slug": "flaeche-mit-allen-teilen"}),
    PublicPage("properties:land-detail", {"slug": "vergebene-flaeche"}),
    PublicPage("properties:hall-detail", {"slug": "halle-mit-allen-teilen"}),
    PublicPage("properties:land-map"),
    PublicPage("properties:land-map", query="?kreis=landkreis-leipzig&angebot=kauf"),
    PublicPage("properties:hall-map"),
    PublicPage("pages:project-list"),
    PublicPage("pages:project-list", query="?stand=laufend"),
    PublicPage("pages:project", {"slug": "projekt-mit-allen-teilen"}),
    PublicPage("pages:study-list"),
    PublicPage("pages:study-list", query="?thema=energie&jahr=2022"),
    PublicPage("pages:study", {"slug": "studie-mit-allen-teilen"}),
    PublicPage("pages:contact"),
    PublicPage("pages:gallery-list"),
    PublicPage("pages:gallery-list", query="?jahr=2024"),
    PublicPage("pages:gallery", {"slug": "galerie-mit-allen-teilen"}),
    PublicPage("pages:gallery-photo", {"slug": "galerie-mit-allen-teilen", "number": 2}),
    PublicPage("pages:partner-list"),
    PublicPage("pages:page", {"path": "ueber-die-region/seite-mit-allen-teilen"}),
    PublicPage("pages:page", {"path": "impressum"}),
    PublicPage("pages:page", {"path": "datenschutz"}),
    PublicPage("pages:page", {"path": "datenquellen"}),
    PublicPage("pages:page", {"path": "barrierefreiheit"}),
    PublicPage("pages:page", {"path": "leichte-sprache"}),
)

#: Addresses that are no page for readers, with arguments under which they exist as a route.
MACHINE_ADDRESSES = {
    "news:atom": {},
    "news:rss": {},
    "news:rubric-atom": {"slug": "energie"},
    "news:rubric-rss": {"slug": "energie"},
    "news:press-atom": {},
    "news:press-rss": {},
    "news:press-kit": {},
    "events:calendar": {},
    "events:event-ics": {"slug": "termin-mit-allen-teilen"},
    "competition:figures-csv": {},
    "competition:atom": {},
    "competition:record": {"year": 2024},
    "search-suggestions": {},
    "opensearch": {},
    "former-address": {"rest": "beitrag-mit-allen-teilen"},
    "properties:land-atom": {},
    "properties:land-csv": {},
    "properties:land-xlsx": {},
    "properties:land-geojson": {},
    "properties:hall-atom": {},
    "properties:hall-csv": {},
    "properties:hall-xlsx": {},
    "properties:hall-geojson": {},
    "properties:land-pdf": {"slug": "flaeche-mit-allen-teilen"},
    "properties:land-qr": {"slug": "flaeche-mit-allen-teilen"},
    "properties:hall-pdf": {"slug": "halle-mit-allen-teilen"},
    "properties:hall-qr": {"slug": "halle-mit-allen-teilen"},
    "sitemap": {},
    "sitemap-section": {"section": "beitraege"},
    "robots": {},
    "favicon": {},
    "manifest": {},
    "security": {},
    "healthz": {},
    "readyz": {},
    "media": {"path": "bilder/00/000000000000000000000000-480.webp"},
    "social-card": {"path": "aktuelles/kurze-meldung", "digest": "0"},
    "document": {"token": "unbekannt", "name": "studie.pdf"},
    "preview": {"token": "unbekannt"},
}

#: Public forms, what follows them, and pages that open by a personal link: kept by nobody, found by no search engine.
FORM_PAGES = {
    "properties:land-enquiry": {"slug": "flaeche-mit-allen-teilen"},
    "properties:land-enquiry-sent": {"slug": "flaeche-mit-allen-teilen"},
    "properties:hall-enquiry": {"slug": "halle-mit-allen-teilen"},
    "properties:hall-enquiry-sent": {"slug": "halle-mit-allen-teilen"},
    "properties:confirm": {"token": "falsch"},
    "pages:message": {},
    "pages:message-sent": {},
    "pages:barrier": {},
    "pages:barrier-sent": {},
    "pages:report-photo": {"slug": "galerie-mit-allen-teilen", "number": 2},
    "pages:photo-reported": {"slug": "galerie-mit-allen-teilen", "number": 2},
}

#: Pages behind the log-in and the way there, with arguments: kept by nobody, found by no search engine.
CLOSED_PAGES = {
    "account_login": {},
    "account_logout": {},
    "account_inactive": {},
    "account_reauthenticate": {},
    "account_change_password": {},
    "account_set_password": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "falsch"},
    "access-invitation": {"token": "falsch"},
    "access-invitation-form": {},
    "access-onward": {},
    "access-second-factor": {},
    "mfa_index": {},
    "mfa_authenticate": {},
    "mfa_login_webauthn": {},
    "mfa_reauthenticate": {},
    "mfa_reauthenticate_webauthn": {},
    "mfa_list_webauthn": {},
    "mfa_add_webauthn": {},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
    "mfa_download_recovery_codes": {},
    "usersessions_list": {},
}

#: Addresses of the closed jury area: what they need to exist is made by tests/competition/jury/test_door.py, which
#: tries each of them as a passer-by, a stranger, a former juror and a juror.
CLOSED_ADDRESSES = {
    "jury:start": {},
    "jury:log-out": {},
    "jury:round": {"pk": "round"},
    "jury:declare": {"pk": "round"},
    "jury:overview": {"pk": "round"},
    "jury:means": {"pk": "round"},
    "jury:reading-folder": {"pk": "round"},
    "jury:reading-folder-pdf": {"pk": "round"},
    "jury:ballot": {"pk": "final"},
    "jury:confirm-vote": {"pk": "final"},
    "jury:cast-vote": {"pk": "final"},
    "jury:entry": {"pk": "entry"},
    "jury:declare-one": {"pk": "entry"},
    "jury:rate": {"pk": "entry"},
    "jury:save-draft": {"pk": "entry"},
    "jury:paper": {"token": "paper"},
    "jury:nothing-here": {"rest": "nothing"},
}
FEEDS = tuple(name for name in MACHINE_ADDRESSES if name.endswith(("atom", "rss")))


def machine_paths():
    return [reverse(name, kwargs=kwargs) for name, kwargs in MACHINE_ADDRESSES.items()]


def make_public_site():
    """Every part of every page in use, and enough articles for a second page of the list."""
    rubric = make_rubric(name="Energie", slug="energie", description="Netze, Speicher und neue Energieträger.")
    photo = make_image(is_for_press=True, caption="Das Werk am Fluss", licence="CC BY 4.0")
    contact = make_contact(role="Energie", name="Erika Beispiel", phone="0341 600160", photo=photo, is_example=True)
    contact.topics = "Netze & <Zeichen>\nSpeicher"
    contact.save()
    make_press_office(
        contact=make_contact(role="Pressestelle", office="Leipzig"),
        postal_address="Pressestelle\nBeispielstraße 1\n04109 Leipzig",
    )
    full = make_full_article(
        title="Beitrag mit „allen“ Teilen & <Zeichen>",
        slug="beitrag-mit-allen-teilen",
        kicker="Energie",
        image=photo,
        rubric=rubric,
        contact=contact,
        body="<h2>Zwischentitel</h2><p>Text mit <a href='/presse/'>Verweis</a>.</p><h3>Zahlen</h3>"
        "<table><tbody><tr><th><p>Jahr</p></th><td><p>2024</p></td></tr></tbody></table>"
        "<blockquote><p>Ein Zitat.</p></blockquote>",
        correction="Die Zahl im zweiten Absatz war falsch.",
        corrected_at=timezone.now() - timedelta(hours=1),
        featured_until=timezone.now() + timedelta(days=9),
        is_example=True,
    )
    full.downloads.create(document=make_document(title="Tabelle"))
    make_article(title="Kurze Meldung", slug="kurze-meldung", days_ago=2)
    make_article(
        title="Aus dem Archiv", publish_from=timezone.make_aware(timezone.datetime(2024, 5, 2, 9)), rubric=rubric
    )
    for number in range(12):
        make_article(
            title=f"Nachricht {number}",
            image=photo,
            rubric=rubric,
            days_ago=number + 3,
            kind=Article.Kind.PRESS if number % 3 == 0 else Article.Kind.NEWS,
        )
    make_public_calendar()
    make_public_clusters(full)
    make_public_award(photo)
    make_public_pool()
    make_public_pages()
    return full


def make_public_calendar():
    conference = make_category(name="Konferenz")
    place = make_venue(town="Leipzig")
    make_full_event(title="Termin mit „allen“ Teilen & <Zeichen>", slug="termin-mit-allen-teilen", category=conference)
    make_event(title="Abgesagter Termin", slug="abgesagter-termin", status=Event.Status.CANCELLED)
    make_event(title="Konferenz am Fluss", category=conference, venue=place)
    make_event(title="Was schon war", days=-1)


def make_public_clusters(article):
    energy = make_full_cluster(name="Energie/Umwelt", slug="energie", short_name="Energie")
    make_historic_cluster(name="Solarwirtschaft", slug="solarwirtschaft", successor=energy, local_only=True)
    make_full_network(title="Netzwerk mit „allen“ Teilen & <Zeichen>", slug="netzwerk-mit-allen-teilen", cluster=energy)
    make_network(title="Altes Netzwerk", cluster=energy, status="historisch")
    make_network(title="Netzwerk für alle")
    article.clusters.add(energy)
    make_event(title="Energiegespräch", clusters=[energy])


def make_public_award(photo):
    """One edition announced and complete, one in preparation, one suspended, one of which hardly anything is known."""
    energy = Cluster.objects.get(slug="energie")
    edition = make_full_edition(2024, image=photo)
    full = make_full_entry(
        make_award_category(edition, cluster=energy, prize=7500),
        title="Beitrag mit „allen“ Teilen & <Zeichen>",
        slug="beitrag-mit-allen-teilen",
        image=photo,
        is_example=True,
        is_uncertain=True,
    )
    Award.objects.filter(edition=edition, kind=Award.Kind.OVERALL).delete()
    for kind in (Award.Kind.CLUSTER, Award.Kind.OVERALL):
        make_award(kind, full, statement="<h3>Zum Preis</h3><p>Eine Laudatio.</p>")
    close_results(edition, make_editor("schriftfuehrung"))
    make_full_edition(2026, image=photo, winners=30, is_example=True, final_pitch_on=timezone.localdate())
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Der Wettbewerb wird neu aufgesetzt.")
    make_edition(2008, finalists=-100, winners=-90)


def make_public_pool():
    title = "mit „allen“ Teilen & <Zeichen>"
    make_full_land(title=f"Fläche {title}", slug="flaeche-mit-allen-teilen", number="GF-1", is_example=True)
    make_land(title="Vergebene Fläche", slug="vergebene-flaeche", availability="taken", latitude=None, longitude=None)
    make_full_land(title="Fläche am Fluss", area_available=30_000)
    values = {"availability": "reserved", "confirmed_days_ago": 200, "is_example": True}
    make_full_hall(title=f"Halle {title}", slug="halle-mit-allen-teilen", number="HO-1", **values)


def make_public_pages():
    title = "mit „allen“ Teilen & <Zeichen>"
    project = make_full_project(title=f"Projekt {title}", slug="projekt-mit-allen-teilen")
    gallery = make_full_gallery(title=f"Galerie {title}", slug="galerie-mit-allen-teilen")
    connect(gallery, project, *Article.objects.filter(slug="beitrag-mit-allen-teilen"), *Event.objects.all()[:1])
    make_partner(name="Verein der Mitte", kind="member", website="https://verein.example/")
    make_partner(name="Zeichen & Co.", logo=make_image(), is_example=True)
    make_full_study(title=f"Studie {title}", slug="studie-mit-allen-teilen")
    above = make_page(title="Über die Region", slug="ueber-die-region")
    make_full_page(title=f"Seite {title}", slug="seite-mit-allen-teilen", parent=above)
    MenuEntry.objects.create(place="menu", page=above, label="Über uns")
    MenuEntry.objects.create(place="footer", page=make_page(title="Impressum", slug="impressum"))
    for part, slug in (("stored", "datenschutz"), ("origins", "datenquellen"), ("barriers", "barrierefreiheit")):
        make_page(title=slug.title(), slug=slug, part=part)
    easy = make_page(title="Das ist unser Portal", slug="leichte-sprache", language="de-x-leicht")
    MenuEntry.objects.create(place="easy", page=easy)
    MenuEntry.objects.create(place="sign", page=make_page(title="Ein Video", slug="gebaerdensprache"))
    make_office()
