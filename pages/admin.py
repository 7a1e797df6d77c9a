from django.contrib import admin

from clusters.admin import ClusterChoosing
from pages.models import MenuEntry, Page, PageDownload, Project, Study
from pages.views.editorial import PageDetail
from pages.views.projects import ProjectDetail
from pages.views.studies import StudyDetail
from publishing.admin.base import PortalAdmin, PortalInline
from publishing.admin.published import PublishedAdmin
from publishing.today import Panel


class PageDownloadInline(PortalInline):
    model = PageDownload
    autocomplete_fields = ("document",)


class MenuEntryInline(PortalInline):
    model = MenuEntry
    max_num = 2


@admin.register(Page)
class PageAdmin(PublishedAdmin):
    preview_view = PageDetail
    list_display = ("title", "path", "state_label", "changed_label", "last_editor")
    list_filter = (*PublishedAdmin.list_filter, "language")
    search_fields = (*PublishedAdmin.search_fields, "path")
    ordering = ("path",)
    autocomplete_fields = ("parent", "contact")
    inlines = (PageDownloadInline, MenuEntryInline)
    fieldsets = (
        (None, {"fields": ("title", "teaser", "body", "side_notes", "figures_as_of")}),
        ("Ort im Portal", {"fields": ("parent", "order", "language")}),
        ("Bild und Kontakt", {"fields": ("image", "contact")}),
        PublishedAdmin.publication_fieldset,
    )

    def due_today(self, request):
        unfinished = [page.pk for page in Page.objects.published() if page.placeholders]
        return [
            *super().due_today(request),
            Panel.of(
                "Seiten: Platzhalter im Text",
                Page.objects.filter(pk__in=unfinished).order_by("title"),
                note=lambda page: page.placeholders[0],
                order=60,
            ),
        ]


class UncertainFacts:
    """„Heute“ reminds of what is public although nobody has confirmed it."""

    def due_today(self, request):
        uncertain = self.model.objects.published().filter(is_uncertain=True).order_by("changed_at")
        title = f"{self.opts.verbose_name_plural}: Angaben nicht bestätigt"
        return [*super().due_today(request), Panel.of(title, uncertain, query="?is_uncertain__exact=1", order=60)]


@admin.register(Project)
class ProjectAdmin(UncertainFacts, ClusterChoosing, PublishedAdmin):
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
        PublishedAdmin.publication_fieldset,
    )


@admin.register(Study)
class StudyAdmin(UncertainFacts, PublishedAdmin):
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
        PublishedAdmin.publication_fieldset,
    )


@admin.register(MenuEntry)
class MenuEntryAdmin(PortalAdmin):
    list_display = ("page", "place", "label", "order")
    list_editable = ("place", "label", "order")
    list_filter = ("place",)
    autocomplete_fields = ("page",)
