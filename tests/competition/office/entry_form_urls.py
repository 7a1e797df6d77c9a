"""An admin in which the form of an entry has the rows of papers: whoever's form it is."""

from django.urls import path

from competition.admin import PaperAdmin, PaperInline
from competition.models import Entry, Paper
from emmd.urls import urlpatterns as portal
from publishing.admin.base import PortalAdmin
from publishing.admin_site import PortalAdminSite


class EntryForm(PortalAdmin):
    inlines = (PaperInline,)
    fields = ("organisation",)


site = PortalAdminSite(name="admin")
site.register(Entry, EntryForm)
site.register(Paper, PaperAdmin)

urlpatterns = [path("admin/", site.urls), *portal]
