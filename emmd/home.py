from django.conf import settings
from django.views.generic import TemplateView

from clusters.views import current_clusters
from competition.home_band import award_band
from emmd.search import search_action
from events.views import next_events
from news.models import Article
from news.views import featured_articles, press_office
from pages.views.projects import running_projects
from properties.home_band import pool_band
from publishing import json_ld

NEWS_BESIDE_LEAD = 3
NEWS_BELOW = 6
RELEASES = 4


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        lead, beside, below = front_page_news()
        shown = [article.pk for article in (lead, *beside, *below) if article]
        releases = Article.objects.published().press_releases().with_list_parts().newest_first().exclude(pk__in=shown)
        return super().get_context_data(**kwargs) | {
            "lead": lead,
            "beside_lead": beside,
            "below_lead": below,
            "next_events": next_events(),
            "award": award_band(),
            "clusters": current_clusters(),
            "pool": pool_band(),
            "projects": running_projects(),
            "press_releases": releases[:RELEASES],
            "press_office": press_office(),
            "structured_data": website_json_ld(),
        }


def front_page_news():
    """The newest featured article leads; what else is featured comes before the rest, nothing twice."""
    featured = list(featured_articles())
    newest = Article.objects.published().with_list_parts().newest_first().exclude(pk__in=[one.pk for one in featured])
    articles = [*featured, *newest[: 1 + NEWS_BESIDE_LEAD + NEWS_BELOW]]
    lead = articles[0] if articles else None
    return lead, articles[1 : 1 + NEWS_BESIDE_LEAD], articles[1 + NEWS_BESIDE_LEAD :][:NEWS_BELOW]


def website_json_ld():
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": json_ld.organisation(),
        "potentialAction": search_action(),
    }
