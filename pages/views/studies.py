from django.urls import reverse

from pages.models import Study
from publishing import json_ld
from publishing.connections import connected_with
from publishing.lists import Choice, Filter, FilteredList, NameFilter
from publishing.name_search import named
from publishing.site_version import kept
from publishing.slugs import german_slug
from publishing.views import HOME, PublishedDetail, absolute, description

MORE_STUDIES = 4
ON_HOME = 4


class StudyList(FilteredList):
    queryset = Study.objects.published().with_list_parts().latest_first()
    template_name = "pages/study_list.html"
    context_object_name = "studies"
    paginate_by = 20

    def get_filters(self):
        topics, years = kept(self.request, "studies.choices", topics_and_years)
        return [
            NameFilter("text", "Wörter im Titel"),
            Filter("thema", "Thema", [Choice(german_slug(one), one) for one in topics], "Alle Themen"),
            Filter("jahr", "Jahr", [Choice(str(year), str(year)) for year in years], "Alle Jahre"),
        ]

    def filter_queryset(self, queryset, chosen):
        if "text" in chosen:
            queryset = queryset.filter(named(chosen["text"], "title", "contractor"))
        if "thema" in chosen:
            queryset = queryset.filter(topic=next(one.chosen.label for one in self.filters if one.name == "thema"))
        if "jahr" in chosen:
            queryset = queryset.filter(year=int(chosen["jahr"]))
        return queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": "Studien",
            "description": "Untersuchungen zu Wirtschaft, Energie, Verkehr und Fachkräften in Mitteldeutschland.",
            "breadcrumbs": [HOME, list_crumb()],
        }


class StudyDetail(PublishedDetail):
    queryset = Study.objects.published().with_page_parts()
    template_name = "pages/study_detail.html"

    def get_context_data(self, **kwargs):
        study = self.object
        return super().get_context_data(**kwargs) | {
            "title": study.title,
            "description": description(study.teaser),
            "breadcrumbs": [HOME, list_crumb(), (study.title, study.get_absolute_url())],
            "project": study.project if study.project and study.project.is_public else None,
            "topic_address": f"{reverse('pages:study-list')}?thema={german_slug(study.topic)}",
            "connected": connected_with(study),
            "more_studies": more_studies(study),
            "structured_data": study_json_ld(study),
        }


def newest_studies():
    """For the home page."""
    return Study.objects.published().latest_first()[:ON_HOME]


def more_studies(study):
    """Of the same topic."""
    others = Study.objects.published().filter(topic=study.topic).exclude(pk=study.pk)
    return others.latest_first()[:MORE_STUDIES]


def topics_and_years():
    rows = set(Study.objects.published().values_list("topic", "year"))
    topics = sorted({topic for topic, _ in rows}, key=german_slug)
    return topics, sorted({year for _, year in rows if year}, reverse=True)


def list_crumb():
    return "Studien", reverse("pages:study-list")


def study_json_ld(study):
    return json_ld.without_empty(
        {
            "@type": "Report",
            "name": study.title,
            "abstract": study.teaser,
            "about": study.topic,
            "url": absolute(study.get_absolute_url()),
            "author": {"@type": "Organization", "name": study.contractor} if study.contractor else None,
            "publisher": json_ld.organisation(),
            "datePublished": study.published_on.isoformat() if study.published_on else study.year and str(study.year),
            "encoding": [
                {"@type": "MediaObject", "contentUrl": absolute(one.get_absolute_url()), "name": one.title}
                for one in study.documents
            ],
        }
    )
