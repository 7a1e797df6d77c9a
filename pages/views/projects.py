from django.urls import reverse

from pages.models import Project, Study
from publishing import json_ld
from publishing.connections import connected_with
from publishing.lists import Choice, Filter, FilteredList
from publishing.views import HOME, PublishedDetail, absolute, description, picture_address

ON_HOME = 3
OTHER_PROJECTS = 3


class ProjectList(FilteredList):
    queryset = Project.objects.published().with_list_parts().in_order()
    template_name = "pages/project_list.html"
    context_object_name = "projects"
    paginate_by = 24

    def get_filters(self):
        return [Filter("stand", "Stand", STATUS_CHOICES, "Alle Projekte")]

    def filter_queryset(self, queryset, chosen):
        return queryset.filter(status=STATUS_BY_WORD[chosen["stand"]]) if "stand" in chosen else queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": "Projekte",
            "description": "Woran die Europäische Metropolregion Mitteldeutschland mit ihren Partnern arbeitet.",
            "breadcrumbs": [HOME, list_crumb()],
        }


class ProjectDetail(PublishedDetail):
    queryset = Project.objects.published().with_page_parts()
    template_name = "pages/project_detail.html"

    def get_context_data(self, **kwargs):
        project = self.object
        return super().get_context_data(**kwargs) | {
            "title": project.title,
            "description": description(project.teaser),
            "breadcrumbs": [HOME, list_crumb(), (project.title, project.get_absolute_url())],
            "clusters": project.clusters.all(),
            "studies": Study.objects.published().filter(project=project).with_list_parts().latest_first(),
            "contact": project.contact if project.contact and project.contact.is_current else None,
            "connected": connected_with(project),
            "others": other_projects(project),
            "structured_data": project_json_ld(project),
        }


def running_projects():
    """For the home page."""
    running = Project.objects.published().filter(status=Project.Status.RUNNING)
    return running.select_related("image").defer("body").in_order()[:ON_HOME]


def other_projects(project):
    others = Project.objects.published().exclude(pk=project.pk).defer("body").in_order()
    return others[:OTHER_PROJECTS]


def list_crumb():
    return "Projekte", reverse("pages:project-list")


def project_json_ld(project):
    return json_ld.without_empty(
        {
            "@type": "Project",
            "name": project.title,
            "description": project.teaser,
            "url": absolute(project.get_absolute_url()),
            "sameAs": project.website,
            "parentOrganization": json_ld.organisation(),
            "foundingDate": project.start_year and str(project.start_year),
            "dissolutionDate": project.end_year and str(project.end_year),
            "logo": picture_address(project.logo),
        }
    )


STATUS_BY_WORD = {"laufend": "running", "abgeschlossen": "completed", "ausgesetzt": "suspended"}
STATUS_CHOICES = [Choice(word, word) for word in STATUS_BY_WORD]
