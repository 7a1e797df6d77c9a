"""What is not public yet, or no longer, stands at no address: secret words are planted and looked for everywhere."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.models import Cluster, Network
from events.models import Event, EventLink, PriceGroup
from news.models import Article, ArticleImage, ArticleLink
from tests.clusters.factories import (
    make_expired_network,
    make_network_draft,
    make_scheduled_network,
    make_withdrawn_network,
)
from tests.emmd.public_pages import MACHINE_ADDRESSES, PUBLIC_PAGES, make_public_site
from tests.events.factories import (
    make_event_draft,
    make_expired_event,
    make_organiser,
    make_scheduled_event,
    make_venue,
    make_withdrawn_event,
)
from tests.factories import make_contact, make_document, make_draft, make_expired, make_image, make_scheduled
from tests.factories import make_withdrawn as make_withdrawn_article
from tests.module_rows import kept_for_the_module
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
STATES = {
    "entwurf": make_draft,
    "geplant": make_scheduled,
    "abgelaufen": make_expired,
    "zurueckgezogen": make_withdrawn_article,
}
EVENT_STATES = {
    "entwurf": make_event_draft,
    "geplant": make_scheduled_event,
    "abgelaufen": make_expired_event,
    "zurueckgezogen": make_withdrawn_event,
}
NETWORK_STATES = {
    "entwurf": make_network_draft,
    "geplant": make_scheduled_network,
    "abgelaufen": make_expired_network,
    "zurueckgezogen": make_withdrawn_network,
}
SECRET = "geheimwort"
NEWS_FEEDS = [name for name in MACHINE_ADDRESSES if name.startswith("news:") and name.endswith(("atom", "rss"))]


def plant(state, make, rubric, kind):
    """An article whose every part holds the secret word."""
    word = f"{SECRET}-{state}-{kind}"
    image = make_image(alternative_text=f"{word} Bildtext", caption=f"{word} Unterschrift", credit=f"{word} Foto")
    document = make_document(title=f"{word} Dokument")
    article = make(
        title=f"{word} Titel",
        slug=f"{word}-adresse",
        kicker=f"{word} Dachzeile",
        teaser=f"{word} Vorspann",
        body=f"<p>{word} Text</p>",
        image=image,
        rubric=rubric,
        kind=kind,
        release_statement=f"{word} Vermerk",
        contact=make_contact(role=f"{word} Kontakt"),
        featured_until=timezone.now() + timezone.timedelta(days=5),
    )
    ArticleLink.objects.create(article=article, kind="info", label=f"{word} Link", url=f"https://{word}.example/")
    ArticleImage.objects.create(article=article, image=image)
    article.downloads.create(document=document)
    return article


def plant_event(state, make, public_event):
    """An event of the same series, kind and clusters as a public one, whose own parts hold the secret word."""
    word = f"{SECRET}-{state}"
    event = make(
        title=f"{word} Titel",
        slug=f"{word}-termin",
        teaser=f"{word} Vorspann",
        body=f"<p>{word} Text</p>",
        category=public_event.category,
        series=public_event.series,
        venue=make_venue(name=f"{word} Haus", town=f"{word} Ort"),
        organisers=[make_organiser(name=f"{word} Veranstalter")],
        clusters=[public_event.clusters.first()],
        patron=f"{word} Schirmherrschaft",
        image=make_image(alternative_text=f"{word} Bildtext"),
        featured_until=timezone.now() + timezone.timedelta(days=5),
    )
    PriceGroup.objects.create(event=event, label=f"{word} Preis", amount=5)
    EventLink.objects.create(event=event, label=f"{word} Link", url=f"https://{word}.example/")
    return event


def plant_network(state, make, cluster):
    """A network of a public cluster whose every part holds the secret word."""
    word = f"{SECRET}-{state}"
    image = make_image(alternative_text=f"{word} Bildtext")
    return make(
        title=f"{word} Titel",
        slug=f"{word}-netzwerk",
        teaser=f"{word} Vorspann",
        body=f"<p>{word} Text</p>",
        abbreviation=f"{word} Kürzel",
        topics=f"{word} Thema",
        seat=f"{word} Ort",
        legal_form=f"{word} Form",
        founded_text=f"{word} Jahr",
        members_text=f"{word} Mitglieder",
        members_as_of=f"{word} Stand",
        website=f"https://{word}.example/",
        cluster=cluster,
        image=image,
        logo=image,
        featured_until=timezone.now() + timezone.timedelta(days=5),
    )


@pytest.fixture(scope="module")
def secrets(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        public = make_public_site()
        public_event = Event.objects.get(slug="termin-mit-allen-teilen")
        planted = {
            (state, kind): plant(state, make, public.rubric, kind)
            for state, make in STATES.items()
            for kind in ("press", "news")
        }
        for state, make_one in EVENT_STATES.items():
            plant_event(state, make_one, public_event)
        cluster = Cluster.objects.get(slug="energie")
        for state, make_network in NETWORK_STATES.items():
            plant_network(state, make_network, cluster)
        # On a cluster's page, too, only what is public may stand.
        for article in planted.values():
            article.clusters.add(cluster)
        for event in Event.objects.filter(title__startswith=SECRET):
            event.clusters.add(cluster)
        public.related.add(*planted.values())
        yield planted


def every_public_address():
    pages = [page.address for page in PUBLIC_PAGES]
    machines = [reverse(name, kwargs=kwargs) for name, kwargs in MACHINE_ADDRESSES.items()]
    this_year = timezone.localdate().year
    filtered = [
        f"/aktuelles/?{query}"
        for query in (
            "rubrik=energie",
            f"jahr={this_year}",
            "art=press",
            "art=news",
            f"rubrik=energie&art=press&jahr={this_year}",
            f"rubrik={SECRET}",
            "seite=2",
            "seite=3",
        )
    ]
    more = [
        f"/presse/?jahr={this_year}",
        "/presse/?seite=2",
        f"/aktuelles/archiv/{this_year}/",
        "/sitemap-aktuelles.xml",
        "/sitemap-termine.xml",
        "/termine/?format=hybrid",
        f"/termine/?von={this_year}-01-01",
        "/termine/?kostenfrei=ja",
        f"/termine/kalender.ics?von={this_year}-01-01",
        "/sitemap-cluster.xml",
        "/cluster/?cluster=energie",
        f"/cluster/?sitz={SECRET}-entwurf-ort",
        "/suche/?q=Titel",
        "/suche/?q=Tiitel",
        f"/suche/?q=Vorspann&jahr={this_year}",
        "/suche/?q=Dokument&art=dokumente",
        "/suche/vorschlaege/?q=tit",
    ]
    return [*pages, *machines, *filtered, *more]


def test_the_secrets_are_really_there(secrets):
    assert len(secrets) == len(STATES) * 2
    states = {
        state: {article.state.name for (name, _), article in secrets.items() if name == state} for state in STATES
    }
    assert states == {
        "entwurf": {"draft"},
        "geplant": {"scheduled"},
        "abgelaufen": {"expired"},
        "zurueckgezogen": {"withdrawn"},
    }


@pytest.mark.parametrize("address", every_public_address())
def test_no_public_address_says_a_secret_word(secrets, address):
    response = Client().get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if f"={SECRET}" in address:
        # What the visitor typed is repeated in the hint, and nowhere else.
        typed = address.partition("=")[2]
        body = body.replace(f"„{typed}“".encode(), b"")
    assert SECRET not in body.decode(errors="replace").lower()
    assert SECRET not in str(response.headers).lower()


@pytest.mark.parametrize("address", ["/suche/?q={}", "/suche/vorschlaege/?q={}", "/suche/?q=Energie+{}"])
@pytest.mark.parametrize("change", [lambda word: word, lambda word: word[:-2], lambda word: f"{word[:4]}{word[5:]}"])
def test_the_search_answers_a_secret_word_like_one_that_nobody_wrote(secrets, address, change):
    typed, unknown = change(SECRET), change("xqyzvkjwvq")
    answer, other = (Client().get(address.format(word)).content.decode() for word in (typed, unknown))
    assert answer.replace(typed, unknown) == other


def test_the_words_would_be_seen_if_they_were_public(secrets):
    """The proof that the search above can find something."""
    articles = list(secrets.values())
    Article.objects.filter(pk__in=[one.pk for one in articles]).update(
        released=True, publish_from=timezone.now() - timezone.timedelta(minutes=1), publish_until=None
    )
    Event.objects.filter(title__startswith=SECRET).update(
        released=True, publish_from=timezone.now() - timezone.timedelta(minutes=1), publish_until=None
    )
    Network.objects.filter(title__startswith=SECRET).update(
        released=True, publish_from=timezone.now() - timezone.timedelta(minutes=1), publish_until=None
    )
    found = [
        address
        for address in every_public_address()
        if not (response := Client().get(address)).streaming
        and SECRET in response.content.decode(errors="replace").lower()
    ]
    expected = {"/", "/aktuelles/", "/presse/", "/aktuelles/rubrik/energie/", "/sitemap-beitraege.xml"}
    expected |= {"/termine/", "/termine/kalender.ics", "/termine/termin-mit-allen-teilen/", "/sitemap-termine.xml"}
    expected |= {
        "/cluster/",
        "/cluster/energie/",
        "/cluster/netzwerke/netzwerk-mit-allen-teilen/",
        "/sitemap-cluster.xml",
        "/suche/?q=Titel",
        "/suche/?q=Dokument&art=dokumente",
        "/suche/vorschlaege/?q=tit",
    }
    assert expected | {reverse(name, kwargs=MACHINE_ADDRESSES[name]) for name in NEWS_FEEDS} <= set(found)


def test_the_address_itself_says_nothing_of_the_content(secrets):
    for (state, _), article in secrets.items():
        response = Client().get(article.get_absolute_url())
        assert response.status_code == (404 if state in ("entwurf", "geplant") else 410)
        page = ParsedPage(response)
        assert SECRET not in page.html.replace(article.get_absolute_url(), "").lower()


@pytest.mark.parametrize("address", ["/aktuelles/{}/?seite=1", "/aktuelles/{}", "/aktuelles/{}/atom/"])
def test_addresses_beside_a_secret_one_say_nothing_either(secrets, address):
    for article in secrets.values():
        response = Client().get(address.format(article.slug), follow=True)
        assert response.status_code in (404, 410)
        assert SECRET not in response.content.decode().lower()
