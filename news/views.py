from functools import partial

from django.conf import settings
from django.db.models import Exists, Q, Subquery
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from news import press_kit
from news.models import Article, ArticleLink, PressOffice, Rubric, in_year
from publishing import json_ld
from publishing.connections import connected_with
from publishing.links import links_by_kind
from publishing.lists import Choice, Filter, FilteredList
from publishing.models import Contact, Image
from publishing.page_cache import REVALIDATE
from publishing.site_version import kept
from publishing.views import HOME, PublishedDetail, absolute, description, picture_address
from publishing.written_once import WrittenOnce

MORE_NEWS = 3
MOST_YEARS = 40
FEATURED_ON_LIST = 3
PRESS_IMAGES = 12
LINKS_OF_ARTICLE = WrittenOnce(ArticleLink.objects.all(), "article")


class ArticleList(FilteredList):
    queryset = Article.objects.published().with_list_parts().newest_first()
    template_name = "news/article_list.html"
    context_object_name = "articles"
    paginate_by = 12

    title = "Aktuelles"
    description = "Meldungen, Pressemitteilungen und Studien aus der Europäischen Metropolregion Mitteldeutschland."
    filter_names = ("rubrik", "jahr", "art")
    shows_featured = True

    def get_filters(self):
        makers = {"rubrik": self._rubric_filter, "jahr": self._year_filter, "art": self._kind_filter}
        return [makers[name]() for name in self.filter_names]

    def filter_queryset(self, queryset, chosen):
        if "rubrik" in chosen:
            queryset = queryset.filter(rubric__slug=chosen["rubrik"])
        if "jahr" in chosen:
            queryset = queryset.filter(in_year(int(chosen["jahr"])))
        if "art" in chosen:
            queryset = queryset.filter(kind=chosen["art"])
        return queryset

    def paginate_queryset(self, queryset, page_size):
        # Featured items stand above the unfiltered list, not a second time within it.
        self.featured = list(featured_articles()) if self.shows_featured and not self.chosen else []
        if self.featured:
            queryset = queryset.exclude(pk__in=[article.pk for article in self.featured])
        return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        on_first_page = context["page_obj"].number == 1
        return context | {
            "title": self.title,
            "description": self.description,
            "breadcrumbs": self.get_breadcrumbs(),
            "featured": self.featured if on_first_page else [],
            "count": context["count"] + len(self.featured),
            "years": self.years,
            "feeds": self.get_feeds(),
        }

    def get_breadcrumbs(self):
        return [HOME, ("Aktuelles", reverse("news:list"))]

    def get_feeds(self):
        return [("Atom", reverse("news:atom")), ("RSS", reverse("news:rss"))]

    def _rubric_filter(self):
        return Filter("rubrik", "Rubrik", kept(self.request, "news.rubrics", rubric_choices), "Alle Rubriken")

    def _year_filter(self):
        self.years = kept(self.request, "news.years", published_years)
        return Filter("jahr", "Jahr", [Choice(str(year), str(year)) for year in self.years], "Alle Jahre")

    def _kind_filter(self):
        return Filter("art", "Art", [Choice(value, label) for value, label in Article.Kind.choices], "Alle Arten")


class RubricArticleList(ArticleList):
    filter_names = ("jahr", "art")
    shows_featured = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.rubric = get_object_or_404(Rubric, slug=kwargs["slug"])
        self.title = self.rubric.name
        self.description = (
            self.rubric.description or f"Beiträge der Metropolregion Mitteldeutschland zu „{self.rubric.name}“."
        )

    def filter_queryset(self, queryset, chosen):
        return super().filter_queryset(queryset.filter(rubric=self.rubric), chosen)

    def get_breadcrumbs(self):
        return [*super().get_breadcrumbs(), (self.rubric.name, self.rubric.get_absolute_url())]

    def get_feeds(self):
        slug = [self.rubric.slug]
        return [
            ("Atom", reverse("news:rubric-atom", args=slug)),
            ("RSS", reverse("news:rubric-rss", args=slug)),
        ]


class YearArticleList(ArticleList):
    """The archive of one year, all of it under one stable address."""

    template_name = "news/article_archive.html"
    filter_names = ("rubrik", "art")
    shows_featured = False
    paginate_by = 60

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.year = kwargs["year"]
        self.years = kept(self.request, "news.years", published_years)
        # /archiv/02024/ would be the same page under a second address.
        if self.year not in self.years or request.path != self._path():
            raise Http404
        self.title = f"Archiv {self.year}"
        self.description = f"Alle Beiträge der Metropolregion Mitteldeutschland aus dem Jahr {self.year}."

    def filter_queryset(self, queryset, chosen):
        return super().filter_queryset(queryset.filter(in_year(self.year)), chosen)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"year": self.year}

    def get_breadcrumbs(self):
        return [*super().get_breadcrumbs(), (str(self.year), self._path())]

    def _path(self):
        return reverse("news:archive", args=[self.year])


class PressReleaseList(ArticleList):
    queryset = Article.objects.published().press_releases().with_list_parts().newest_first()
    template_name = "news/press.html"
    title = "Presse"
    description = "Pressemitteilungen, Pressekontakt und Bilder in Druckgröße der Metropolregion Mitteldeutschland."
    filter_names = ("rubrik", "jahr")
    shows_featured = False

    def get_context_data(self, **kwargs):
        office, images = kept_press_office(self.request), list(Image.objects.for_press())
        return super().get_context_data(**kwargs) | {
            "press_office": office,
            "press_images": images[:PRESS_IMAGES],
            "press_kit_size": kept(self.request, "news.size of press kit", partial(press_kit_size, office, images)),
        }

    def get_breadcrumbs(self):
        return [HOME, ("Presse", reverse("news:press"))]

    def get_feeds(self):
        return [("Atom", reverse("news:press-atom")), ("RSS", reverse("news:press-rss"))]


def press_kit_size(office, images):
    """None where there is nothing to send."""
    found = press_kit.pictures(images)
    return press_kit.size_of(office, found) if office or found else None


@require_safe
def press_kit_file(request):
    office, found = press_office(), press_kit.pictures(Image.objects.for_press())
    if not (office or found):
        raise Http404
    etag = f'W/"{press_kit.fingerprint(office, found)}"'
    response = StreamingHttpResponse(press_kit.stream(office, found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{press_kit.FILE_NAME}"'
    response["ETag"] = etag
    response["Cache-Control"] = REVALIDATE
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response)


class ArticleDetail(PublishedDetail):
    queryset = Article.objects.published().with_page_parts()
    by_slug = WrittenOnce(queryset, "slug")

    def get_context_data(self, **kwargs):
        article = self.object
        crumbs = [HOME, ("Aktuelles", reverse("news:list")), (article.title, article.get_absolute_url())]
        return super().get_context_data(**kwargs) | {
            "title": article.title,
            "description": description(article.teaser),
            "breadcrumbs": crumbs,
            "clusters": article.clusters.all() if article.has_clusters else [],
            "more_news": [kept_card(self.request, one) for one in more_news(self.request, article)],
            "gallery": pictures_of(article) if article.has_gallery else [],
            "connected": connected_with(article),
            "links_by_kind": links_by_kind(LINKS_OF_ARTICLE.rows(article.pk), ArticleLink.Kind),
            "downloads": downloads_of(article) if article.has_downloads else [],
            "contact": current_contact_of(article),
            "press_office": kept_press_office(self.request) if article.is_press_release else None,
            "structured_data": article_json_ld(article),
        }


def pictures_of(article):
    return [one.image for one in article.gallery.select_related("image") if one.image]


def downloads_of(article):
    documents = [one.document for one in article.downloads.select_related("document")]
    return [document for document in documents if not document.is_withdrawn]


def current_contact_of(article):
    if article.contact_id is None:
        return None
    return Contact.objects.current().select_related("photo").filter(pk=article.contact_id).first()


def featured_articles():
    # By key: asked in one go, SQLite walks through all articles by date to find the few that are featured.
    featured = Article.objects.filter(released=True).featured().values("pk")
    return Article.objects.published().filter(pk__in=featured).with_list_parts().newest_first()[:FEATURED_ON_LIST]


def rubric_choices():
    return [Choice(one.slug, one.name) for one in Rubric.objects.with_public_articles()]


def press_office():
    return PressOffice.objects.select_related("contact__photo").first()


def published_years():
    """Newest first, only years that hold something. Two queries that look into an index, however long it is."""
    published = Article.objects.published()
    oldest = published.order_by("publish_from", "pk").values("publish_from")[:1]
    bounds = published.newest_first().values_list(Subquery(oldest), "publish_from").first()
    if bounds is None:
        return []
    first, last = (timezone.localtime(moment).year for moment in bounds)
    # A year typed as 0225 would ask the database for 1,800 answers at once.
    years = range(last, max(first - 1, last - MOST_YEARS), -1)
    # The year before “published”: of two upper bounds SQLite enters the index by the one named first.
    answers = {f"y{year}": Exists(Article.objects.filter(in_year(year)).published()) for year in years}
    found = published.newest_first().values(**answers).first() or {}
    return [year for year in years if found.get(f"y{year}")]


def kept_press_office(request):
    return kept(request, "news.press office", press_office)


def more_news(request, article):
    """The editor's choice first, filled up with the newest of the same rubric, then of all."""
    picked = chosen_by_editor(article) if article.has_related else []
    if len(picked) < MORE_NEWS:
        known = {article.pk, *(one.pk for one in picked)}
        picked += [one for one in kept_newest(request, article.rubric_id) if one.pk not in known]
    return picked[:MORE_NEWS]


def chosen_by_editor(article):
    chosen = Article.related.through.objects.filter(from_article=article.pk).values("to_article")
    # A handful, put in order here: asked for in order, SQLite walks through all articles by date to find them.
    picked = newest_articles().order_by().filter(pk__in=chosen).exclude(pk=article.pk)
    return sorted(picked, key=lambda one: (one.publish_from, one.pk), reverse=True)[:MORE_NEWS]


def kept_card(request, article):
    """The pages of a rubric all end with the same few cards."""
    return kept(
        request,
        f"news.card of {article.pk}",
        lambda: render_to_string("news/_card.html", {"article": article, "level": 3}),
    )


def newest_articles():
    return Article.objects.published().with_list_parts().newest_first()


def kept_newest(request, rubric_id):
    return kept(request, f"news.newest, first of rubric {rubric_id}", lambda: newest_first_of_rubric(rubric_id))


def newest_first_of_rubric(rubric_id):
    """One query for both; by key, for the same reason as above."""
    newest = Article.objects.published().newest_first().values("pk")
    # Enough to fill up beside the article itself and two of the editor's choice.
    of_rubric, of_all = newest.filter(rubric=rubric_id)[: 2 * MORE_NEWS], newest[: 2 * MORE_NEWS]
    found = newest_articles().order_by().filter(Q(pk__in=of_rubric) | Q(pk__in=of_all))
    return sorted(found, key=lambda one: (one.rubric_id == rubric_id, one.publish_from, one.pk), reverse=True)


def article_json_ld(article):
    organisation = json_ld.organisation()
    return json_ld.without_empty(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "description": article.teaser,
            "datePublished": article.publish_from and article.publish_from.isoformat(),
            "dateModified": article.publish_from and article.modified_at.isoformat(),
            "mainEntityOfPage": absolute(article.get_absolute_url()),
            "image": [picture_address(article.image) or absolute(static("img/social.png"))],
            "articleSection": article.rubric.name if article.rubric else None,
            "inLanguage": settings.LANGUAGE_CODE,
            "author": organisation,
            "publisher": organisation,
        }
    )
