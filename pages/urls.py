"""Projects, studies, galleries, partners, contact, and, after every other address, the editorial pages."""

from django.urls import path, register_converter

from pages.addresses import PagePath
from pages.views import contact, editorial, galleries, partners, photo_reports, projects, studies

register_converter(PagePath, "page")

app_name = "pages"
urlpatterns = [
    path("projekte/", projects.ProjectList.as_view(), name="project-list"),
    path("projekte/<slug:slug>/", projects.ProjectDetail.as_view(), name="project"),
    path("studien/", studies.StudyList.as_view(), name="study-list"),
    path("studien/<slug:slug>/", studies.StudyDetail.as_view(), name="study"),
    path("kontakt/", contact.ContactPage.as_view(), name="contact"),
    path("kontakt/nachricht/", contact.write_message, name="message"),
    path("kontakt/nachricht/danke/", contact.message_sent, name="message-sent"),
    path("kontakt/barriere/", contact.report_barrier, name="barrier"),
    path("kontakt/barriere/danke/", contact.barrier_sent, name="barrier-sent"),
    path("galerien/", galleries.GalleryList.as_view(), name="gallery-list"),
    path("galerien/<slug:slug>/", galleries.GalleryDetail.as_view(), name="gallery"),
    path("galerien/<slug:slug>/<int:number>/", galleries.photo_page, name="gallery-photo"),
    path("galerien/<slug:slug>/<int:number>/melden/", photo_reports.report_photo, name="report-photo"),
    path("galerien/<slug:slug>/<int:number>/melden/danke/", photo_reports.reported, name="photo-reported"),
    path("partner/", partners.PartnerList.as_view(), name="partner-list"),
    path("<page:path>/", editorial.PageDetail.as_view(), name="page"),
]
