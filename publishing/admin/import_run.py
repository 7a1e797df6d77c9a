from datetime import timedelta

from django.contrib import admin

from publishing.admin.base import ReadOnlyAdmin
from publishing.admin.due import Due, DueFilter, due_panels
from publishing.admin.words import german_moment
from publishing.models import ImportRun

RECENT = timedelta(days=14)


def recent(rows):
    return rows.since(RECENT)


def run_note(run):
    who = f", {run.by.get_full_name() or run.by}" if run.by else ""
    return f"{german_moment(run.started_at)}{who}"


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """What imports have left behind: read, never written here."""

    list_display = ("what", "source", "started_label", "by", "added", "changed", "refused")
    list_filter = ("what", DueFilter)
    list_select_related = ("by",)
    search_fields = ("what", "source")
    due = {"zuletzt": Due("zuletzt", recent, run_note, 70, ("-started_at", "-pk"))}
    fields = ("what", "source", "started_label", "by", "added", "changed", "refused", "notes")
    readonly_fields = fields

    @admin.display(description="Wann", ordering="started_at")
    def started_label(self, run):
        return german_moment(run.started_at)

    def due_today(self, request):
        return due_panels(self, ImportRun.objects.all())
