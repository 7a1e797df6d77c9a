from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse

from news.models import Article, Rubric
from news.views import ArticleList, PressReleaseList
from publishing.feeds import FullTextFeed, RssWithText
from publishing.views import absolute


class ArticleFeed(FullTextFeed):
    queryset = Article.objects.published().select_related("image", "rubric").newest_first()
    format_name = "atom"

    def title(self, obj):
        return "Aktuelles aus der Metropolregion Mitteldeutschland"

    def description(self, obj):
        return ArticleList.description

    def page_url(self, obj):
        return reverse("news:list")

    def feed_path(self, obj):
        return reverse(f"news:{self.format_name}")

    def items(self, obj):
        return self.queryset[: self.length]

    def item_updateddate(self, item):
        return item.modified_at

    def item_categories(self, item):
        return [item.get_kind_display(), *([item.rubric.name] if item.rubric else [])]

    def full_text(self, item):
        return render_to_string(
            "news/feed_text.html",
            {
                "article": item,
                "picture_url": item.image and absolute(item.image.file_url(item.image.public_widths[-1])),
            },
        )


class RubricFeed(ArticleFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Rubric, slug=slug)

    def title(self, obj):
        return f"{obj.name} – Metropolregion Mitteldeutschland"

    def description(self, obj):
        return obj.description or self.title(obj)

    def page_url(self, obj):
        return obj.get_absolute_url()

    def feed_path(self, obj):
        return reverse(f"news:rubric-{self.format_name}", args=[obj.slug])

    def items(self, obj):
        return self.queryset.filter(rubric=obj)[: self.length]


class PressFeed(ArticleFeed):
    def title(self, obj):
        return "Pressemitteilungen der Metropolregion Mitteldeutschland"

    def description(self, obj):
        return PressReleaseList.description

    def page_url(self, obj):
        return reverse("news:press")

    def feed_path(self, obj):
        return reverse(f"news:press-{self.format_name}")

    def items(self, obj):
        return self.queryset.press_releases()[: self.length]


def as_rss(feed_class):
    return type(f"{feed_class.__name__}Rss", (feed_class,), {"feed_type": RssWithText, "format_name": "rss"})
