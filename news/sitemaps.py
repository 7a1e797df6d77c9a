from django.db.models import Max
from django.urls import reverse

from news.models import Article, Rubric
from news.views import published_years
from publishing.sitemaps import PortalSitemap


class ArticleSitemap(PortalSitemap):
    def items(self):
        fields = ("slug", "publish_from", "corrected_at", "image", *self.picture_fields)
        return Article.objects.published().select_related("image").only(*fields).newest_first()

    def picture_of(self, article):
        return article.image

    def lastmod(self, article):
        return article.modified_at

    def get_latest_lastmod(self):
        """Asked by the index: the database knows without reading every article."""
        newest = Article.objects.published().aggregate(Max("publish_from"), Max("corrected_at"))
        return max(filter(None, newest.values()), default=None)


class NewsPageSitemap(PortalSitemap):
    def items(self):
        rubrics = [rubric.get_absolute_url() for rubric in Rubric.objects.with_public_articles()]
        years = [reverse("news:archive", args=[year]) for year in published_years()]
        return [reverse("news:list"), reverse("news:press"), *rubrics, *years]

    def location(self, path):
        return path
