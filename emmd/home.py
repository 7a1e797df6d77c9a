"""The home page: one line a band, in the order in which they stand until editors choose another („Startseite“)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now
from django.views.generic import TemplateView

from clusters.views import current_clusters
from competition.home_band import award_band
from emmd.models import HomeBand, HomePage
from emmd.search import search_action
from events.views import next_events
from news.models import Article
from news.views import FEATURED_ON_LIST, press_office
from pages.views.projects import running_projects
from pages.views.studies import newest_studies
from properties.home_band import pool_band
from publishing import json_ld
from publishing.models import Testimonial
from publishing.site_version import kept

NEWS_BESIDE_LEAD = 3
NEWS_BELOW = 6
RELEASES = 4
STEP = 10


@dataclass(frozen=True)
class Band:
    """A part of the home page. Its template belongs to its room; `read` gets the view, and is asked only if shown."""

    name: str
    label: str
    template: str
    read: Callable[["Home"], dict]


BANDS = (
    Band("aktuelles", "Aktuelles", "news/_home.html", lambda home: home.news.front),
    Band("termine", "Nächste Termine", "events/_home.html", lambda home: {"next_events": next_events()}),
    Band("iq", "IQ Innovationspreis", "competition/_home.html", lambda home: {"award": award_band()}),
    Band("cluster", "Cluster der Region", "clusters/_home.html", lambda home: {"clusters": current_clusters()}),
    Band("flaechen", "Flächen und Hallen", "properties/_home.html", lambda home: {"pool": pool_band()}),
    Band("projekte", "Projekte", "pages/_home.html", lambda home: {"projects": running_projects()}),
    Band("studien", "Studien", "pages/_home_studies.html", lambda home: {"studies": newest_studies()}),
    Band(
        "stimme",
        "Stimme des Tages",
        "pages/_home_testimonial.html",
        lambda home: {"testimonial": Testimonial.objects.of_the_day()},
    ),
    Band("presse", "Für die Presse", "news/_home_press.html", lambda home: home.news.press),
)


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        self.lead, shown = kept(self.request, "home.layout", layout)
        bands = [one for name in shown for one in BANDS if one.name == name]
        # Before the others: what leads the news is not repeated for the press, wherever that band stands.
        self.news = News(self.lead, shows_front="aktuelles" in shown)
        context = {key: value for band in bands for key, value in band.read(self).items()}
        return (
            super().get_context_data(**kwargs)
            | context
            | {"bands": [band.template for band in bands], "structured_data": website_json_ld()}
        )


class News:
    """Everything the home page shows of the news, in one question."""

    def __init__(self, lead, *, shows_front):
        self.chosen, self.shows_front = lead, shows_front

    @property
    def front(self):
        """The editors' choice leads, else the newest featured; what else is featured comes before the rest."""
        articles = self._front_articles
        return {
            "lead": articles[0] if articles else None,
            "beside_lead": articles[1 : 1 + NEWS_BESIDE_LEAD],
            "below_lead": articles[1 + NEWS_BESIDE_LEAD :],
        }

    @property
    def press(self):
        """Nothing stands twice on the page."""
        shown = {article.pk for article in self._front_articles}
        releases = [one for one in self._articles if one.is_press_release and one.pk not in shown]
        return {"press_releases": releases[:RELEASES], "press_office": press_office()}

    @cached_property
    def _front_articles(self):
        if not self.shows_front:
            return []
        chosen = [one for one in self._articles if one.pk == self.chosen]
        featured = [one for one in self._articles if one.is_featured_now and one not in chosen][:FEATURED_ON_LIST]
        rest = [one for one in self._articles if one not in (*chosen, *featured)]
        return [*chosen, *featured, *rest][: 1 + NEWS_BESIDE_LEAD + NEWS_BELOW]

    @cached_property
    def _articles(self):
        """By key: asked in one go, SQLite walks through all articles by date to find the few that are featured."""
        public = Article.objects.published()
        keys = public.newest_first().values("pk")
        # As many as fill the page when the chosen and the featured are among them.
        most = 1 + NEWS_BESIDE_LEAD + NEWS_BELOW + FEATURED_ON_LIST
        marked = Article.objects.filter(released=True).featured().values("pk")
        wanted = (
            Q(pk=self.chosen)
            | Q(pk__in=keys.filter(pk__in=marked)[:FEATURED_ON_LIST])
            | Q(pk__in=keys[:most])
            | Q(pk__in=keys.filter(kind=Article.Kind.PRESS)[: most + RELEASES])
        )
        featured = ExpressionWrapper(Q(featured_until__isnull=False, featured_until__gt=Now()), BooleanField())
        found = public.with_list_parts().order_by().filter(wanted).annotate(is_featured_now=featured)
        return sorted(found, key=lambda one: (one.publish_from, one.pk), reverse=True)


def layout():
    """(the chosen lead story or None, names of the bands shown in their order). One query; no row means as above."""
    rows = HomeBand.objects.filter(page=HomePage.ONLY).values_list("name", "position", "is_shown", "page__lead")
    stored = {name: (position, is_shown) for name, position, is_shown, _ in rows}
    lead = next((lead for *_, lead in rows), None)
    places = [(stored.get(band.name, (place, True)), band.name) for band, place in default_places()]
    shown = [(position, name) for (position, is_shown), name in places if is_shown]
    return lead, [name for _, name in sorted(shown, key=lambda one: one[0])]


def default_places():
    return [(band, STEP * number) for number, band in enumerate(BANDS, start=1)]


def website_json_ld():
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": json_ld.organisation_in_full(),
        "potentialAction": search_action(),
    }
