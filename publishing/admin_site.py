from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.i18n import JavaScriptCatalog

from publishing.today import Panel


class PortalAdminSite(admin.AdminSite):
    site_header = "Redaktion der Metropolregion Mitteldeutschland"
    site_title = "Redaktion"
    index_title = "Heute"
    index_template = "admin/today.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def index(self, request, extra_context=None):
        return super().index(request, {"panels": self.today_panels(request)} | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    def get_urls(self):
        # Before the stock one, which tells everybody of the staff the address of every row.
        return [
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(self.page_on_site),
                name="view_on_site",
            ),
            *super().get_urls(),
        ]

    def page_on_site(self, request, content_type_id, object_id):
        if not (content_type_id.isdecimal() and object_id.isdecimal()):
            raise Http404
        kind = get_object_or_404(ContentType, pk=content_type_id)
        model_admin = self._registry.get(kind.model_class())
        item = model_admin.get_object(request, object_id) if model_admin else None
        if item is None:
            raise Http404
        if not model_admin.has_view_permission(request, item):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def today_panels(self, request) -> list[Panel]:
        """What is due, as every registered admin reports it, for models this person may open."""
        panels = []
        for model_admin in self._registry.values():
            report = getattr(model_admin, "due_today", None)
            if report and model_admin.has_view_permission(request):
                panels += [panel for panel in report(request) if panel.count]
        return sorted(panels, key=lambda panel: panel.order)
