from django.contrib import admin
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

    def today_panels(self, request) -> list[Panel]:
        """What is due, as every registered admin reports it, for models this person may open."""
        panels = []
        for model_admin in self._registry.values():
            report = getattr(model_admin, "due_today", None)
            if report and model_admin.has_view_permission(request):
                panels += [panel for panel in report(request) if panel.count]
        return sorted(panels, key=lambda panel: panel.order)
