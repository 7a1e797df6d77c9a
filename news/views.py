from django.conf import settings
from django.db.models import Count, Max, Min
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from news.models import Article, PressOffice, Rubric, in_year
from publishing import json_ld
from publishing.lists import Choice, Filter, FilteredList
from publishing.models import Image
from publishing.rich_text import plain_text
from publishing.views import PublishedDetail, absolute

HOME = ("Start", "/")
MORE_NEWS = 3
FEATURED_ON_LIST = 3
PRESS_IMAGES = 12


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
        filters = (self._rubric_filter(), self._year_filter(), self._kind_filter())
        return [one for one in filters if one.name in self.filter_names]

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
            "feeds": self.get_feeds(),
        }

    def get_breadcrumbs(self):
        return [HOME, ("Aktuelles", reverse("news:list"))]

    def get_feeds(self):
        return [("Atom", reverse("news:atom")), ("RSS", reverse("news:rss"))]

    def _rubric_filter(self):
        rubrics = Rubric.objects.with_public_articles()
        return Filter("rubrik", "Rubrik", [Choice(one.slug, one.name) for one in rubrics], "Alle Rubriken")

    def _year_filter(self):
        return Filter("jahr", "Jahr", [Choice(str(year), str(year)) for year in published_years()], "Alle Jahre")

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
        self.years = published_years()
        if self.year not in self.years:
            raise Http404
        self.title = f"Archiv {self.year}"
        self.description = f"Alle Beiträge der Metropolregion Mitteldeutschland aus dem Jahr {self.year}."

    def filter_queryset(self, queryset, chosen):
        return super().filter_queryset(queryset.filter(in_year(self.year)), chosen)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"year": self.year, "years": self.years}

    def get_breadcrumbs(self):
        return [*super().get_breadcrumbs(), (str(self.year), reverse("news:archive", args=[self.year]))]


class PressReleaseList(ArticleList):
    queryset = Article.objects.published().press_releases().with_list_parts().newest_first()
    template_name = "news/press.html"
    title = "Presse"
    description = "Pressemitteilungen, Pressekontakt und Bilder in Druckgröße der Metropolregion Mitteldeutschland."
    filter_names = ("rubrik", "jahr")
    shows_featured = False

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "press_office": press_office(),
            "press_images": Image.objects.for_press()[:PRESS_IMAGES],
        }

    def get_breadcrumbs(self):
        return [HOME, ("Presse", reverse("news:press"))]

    def get_feeds(self):
        return [("Atom", reverse("news:press-atom")), ("RSS", reverse("news:press-rss"))]


class ArticleDetail(PublishedDetail):
    queryset = Article.objects.published().select_related("image", "rubric", "contact__photo")

    def get_context_data(self, **kwargs):
        article = self.object
        downloads = [
            one.document for one in article.downloads.select_related("document") if not one.document.is_withdrawn
        ]
        crumbs = [HOME, ("Aktuelles", reverse("news:list")), (article.title, article.get_absolute_url())]
        return super().get_context_data(**kwargs) | {
            "breadcrumbs": crumbs,
            "more_news": more_news(article),
            "gallery": [one.image for one in article.gallery.select_related("image")],
            "links_by_kind": links_by_kind(article),
            "downloads": downloads,
            "contact": article.contact if article.contact and article.contact.is_current else None,
            "press_office": press_office() if article.is_press_release else None,
            "structured_data": article_json_ld(article),
        }


def featured_articles():
    return Article.objects.published().featured().with_list_parts().newest_first()[:FEATURED_ON_LIST]


def press_office():
    return PressOffice.objects.select_related("contact__photo").first()


def published_years():
    """Newest first, only years that hold something. Two queries, whatever the number of articles."""
    bounds = Article.objects.published().aggregate(first=Min("publish_from"), last=Max("publish_from"))
    if bounds["first"] is None:
        return []
    first, last = (timezone.localtime(moment).year for moment in (bounds["first"], bounds["last"]))
    years = range(last, first - 1, -1)
    counts = Article.objects.published().aggregate(**{f"y{year}": Count("pk", filter=in_year(year)) for year in years})
    return [year for year in years if counts[f"y{year}"]]


def links_by_kind(article):
    """[(„Weitere Informationen“, [link, …]), …] in the order of the kinds."""
    links = list(article.links.all())
    groups = [(kind.label, [link for link in links if link.kind == kind]) for kind in article.links.model.Kind]
    return [(label, members) for label, members in groups if members]


def more_news(article):
    """The editor's choice first, filled up with the newest of the same rubric, then of all."""
    picked = list(article.related.published().with_list_parts().newest_first()[:MORE_NEWS])
    others = Article.objects.published().with_list_parts().newest_first()
    for candidates in (others.filter(rubric=article.rubric_id), others):
        if len(picked) < MORE_NEWS:
            known = [article.pk, *(one.pk for one in picked)]
            picked += candidates.exclude(pk__in=known)[: MORE_NEWS - len(picked)]
    return picked


def article_json_ld(article):
    return json_ld.without_empty(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "description": article.teaser,
            "datePublished": article.publish_from and article.publish_from.isoformat(),
            "dateModified": article.publish_from and article.modified_at.isoformat(),
            "mainEntityOfPage": absolute(article.get_absolute_url()),
            "image": [absolute(article.image.largest_url)] if article.image else [absolute(static("img/social.png"))],
            "articleSection": article.rubric.name if article.rubric else None,
            "wordCount": len(plain_text(article.body).split()),
            "inLanguage": settings.LANGUAGE_CODE,
            "author": json_ld.organisation(),
            "publisher": json_ld.organisation(),
        }
    )
