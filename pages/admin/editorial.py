from django.conf import settings
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse

from clusters.admin import ClusterChoosing
from pages.models import MenuEntry, Office, Page, PageDownload, Project, Study
from pages.views.editorial import PageDetail
from pages.views.projects import ProjectDetail
from pages.views.studies import StudyDetail
from publishing.admin.base import HistoryAdmin, PortalAdmin, PortalInline
from publishing.admin.connections import Connects
from publishing.admin.due import NOT_CONFIRMED, Due
from publishing.admin.published import PublishedAdmin
from publishing.today import Panel, Task


class PageDownloadInline(PortalInline):
    model = PageDownload
    autocomplete_fields = ("document",)


class MenuEntryInline(PortalInline):
    model = MenuEntry
    max_num = len(MenuEntry.Place)


def with_placeholders(rows):
    bracketed = Q(teaser__contains="[") | Q(body__contains="[") | Q(side_notes__contains="[")
    return rows.filter(pk__in=[page.pk for page in Page.objects.published().filter(bracketed) if page.placeholders])


@admin.register(Page)
class PageAdmin(PublishedAdmin):
    due = PublishedAdmin.due | {
        "platzhalter": Due(
            "Platzhalter im Text",
            with_placeholders,
            note=lambda page: page.placeholders[0],
            order=60,
            sorting=("title",),
        )
    }
    preview_view = PageDetail
    list_display = ("title", "path", "state_label", "changed_label", "last_editor")
    list_filter = (*PublishedAdmin.list_filter, "language")
    search_fields = (*PublishedAdmin.search_fields, "path")
    ordering = ("path",)
    autocomplete_fields = ("parent", "contact")
    inlines = (PageDownloadInline, MenuEntryInline)
    fieldsets = (
        (None, {"fields": ("title", "teaser", "body", "part", "side_notes", "figures_as_of")}),
        ("Ort im Portal", {"fields": ("parent", "order", "language")}),
        ("Bild und Kontakt", {"fields": ("image", "contact")}),
        PublishedAdmin.publication_fieldset,
    )

    def due_today(self, request):
        return [*super().due_today(request), *missing_enforcement_body(request.user)]


def missing_enforcement_body(user):
    """Only whoever runs the portal can set it; the law wants it on the page."""
    pages = Page.objects.published().filter(part=Page.Part.BARRIERS)
    if settings.ENFORCEMENT_BODY["name"] or not user.has_perm("auth.change_user"):
        return
    for page in pages[:1]:
        path = reverse("admin:pages_page_change", args=[page.pk])
        task = Task(page.title, path, "In der Konfiguration des Servers fehlt ENFORCEMENT_BODY_NAME.")
        yield Panel("Durchsetzungsstelle nicht eingetragen", [task], 1, path, order=6)


@admin.register(Project)
class ProjectAdmin(Connects, ClusterChoosing, PublishedAdmin):
    due = PublishedAdmin.due | {"unbestaetigt": NOT_CONFIRMED}
    preview_view = ProjectDetail
    list_display = ("title", "status", "period_text", "state_label", "changed_label", "last_editor")
    list_filter = (*PublishedAdmin.list_filter, "status", "is_uncertain")
    autocomplete_fields = ("contact",)
    fieldsets = (
        (None, {"fields": ("title", "teaser", "body", "clusters")}),
        (
            "Auf einen Blick",
            {"fields": ("status", "period_text", ("start_year", "end_year"), "funding", "partners", "website")},
        ),
        ("Logo, Bild und Kontakt", {"fields": ("logo", "image", "contact", "is_uncertain")}),
        ("Verknüpfungen", {"fields": ("connected_with",)}),
        PublishedAdmin.publication_fieldset,
    )


@admin.register(Study)
class StudyAdmin(Connects, PublishedAdmin):
    due = PublishedAdmin.due | {"unbestaetigt": NOT_CONFIRMED}
    preview_view = StudyDetail
    list_display = ("title", "topic", "year", "contractor", "state_label", "changed_label")
    list_filter = (*PublishedAdmin.list_filter, "topic", "year", "is_uncertain")
    search_fields = (*PublishedAdmin.search_fields, "topic", "contractor")
    autocomplete_fields = ("short_version", "long_version", "project")
    fieldsets = (
        (None, {"fields": ("title", "teaser", "key_figures")}),
        (
            "Auf einen Blick",
            {
                "fields": (
                    "topic",
                    "contractor",
                    ("year", "published_on"),
                    "series",
                    "partners",
                    "project",
                    "is_uncertain",
                )
            },
        ),
        ("Dateien und Bild", {"fields": ("versions", "short_version", "long_version", "image")}),
        ("Verknüpfungen", {"fields": ("connected_with",)}),
        PublishedAdmin.publication_fieldset,
    )


@admin.register(MenuEntry)
class MenuEntryAdmin(PortalAdmin):
    list_display = ("page", "place", "label", "order")
    list_editable = ("place", "label", "order")
    list_filter = ("place",)
    autocomplete_fields = ("page",)


@admin.register(Office)
class OfficeAdmin(HistoryAdmin):
    autocomplete_fields = ("contact",)
    fieldsets = ((None, {"fields": ("contact", "street", ("postcode", "town"), "hours", "is_example")}),)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Office.objects.exists()
