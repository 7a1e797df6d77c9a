from django.utils import timezone

from news.models import Article
from publishing.rich_text import plain_text
from publishing.search.sources import Source, Words, register


def words_of(article):
    return Words(
        title=article.title,
        label=article.get_kind_display(),
        text=" ".join([article.teaser, plain_text(article.body), article.kicker]),
        day=timezone.localdate(article.publish_from) if article.publish_from else None,
    )


register(
    Source("aktuelles", "Aktuelles", Article, words_of, public=Article.objects.published, rows=Article.objects.all)
)
