from django.utils import timezone

from news.models import Article
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register


def headline(article):
    return Headline(article.title, article.get_kind_display())


def words_of(article):
    shown = headline(article)
    return Words(
        title=shown.title,
        label=shown.label,
        text=" ".join([article.teaser, plain_text(article.body), article.kicker]),
        day=timezone.localdate(article.publish_from) if article.publish_from else None,
    )


register(
    Source(
        "aktuelles",
        "Aktuelles",
        Article,
        words_of,
        public=Article.objects.published,
        rows=Article.objects.all,
        headline=headline,
    )
)
