"""Projects, studies, and, after every other address, the editorial pages."""

from django.urls import path, register_converter

from pages.addresses import PagePath
from pages.views import editorial, projects, studies

register_converter(PagePath, "page")

app_name = "pages"
urlpatterns = [
    path("projekte/", projects.ProjectList.as_view(), name="project-list"),
    path("projekte/<slug:slug>/", projects.ProjectDetail.as_view(), name="project"),
    path("studien/", studies.StudyList.as_view(), name="study-list"),
    path("studien/<slug:slug>/", studies.StudyDetail.as_view(), name="study"),
    path("<page:path>/", editorial.PageDetail.as_view(), name="page"),
]
