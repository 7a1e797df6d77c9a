"""What was closed, opened, announced and exported: to be read by staff, changed by nobody."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from competition.models import LogEntry, ResultRecord
from competition.recusals import log_visible_to, results_visible_to
from competition.results import agrees_with_today
from publishing.admin.base import ReadOnlyAdmin
from publishing.admin.words import german_moment


class RecordAdmin(ReadOnlyAdmin):
    change_form_template = "admin/competition/record_change_form.html"


@admin.register(LogEntry)
class LogEntryAdmin(RecordAdmin):
    list_display = ("moment_label", "edition", "act", "text", "user_name")
    list_filter = ("edition", "act")
    list_select_related = ("edition",)
    search_fields = ("text", "user_name")
    fields = ("moment_label", "edition", "act", "text", "user_name")

    def get_queryset(self, request):
        return log_visible_to(request.user)

    @admin.display(description="Zeitpunkt", ordering="moment")
    def moment_label(self, entry):
        return german_moment(entry.moment)


@admin.register(ResultRecord)
class ResultRecordAdmin(RecordAdmin):
    list_display = ("edition", "closed_label", "closed_by", "state_label", "sha256")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    fields = (
        *("edition", "closed_label", "closed_by", "sha256", "verification", "download"),
        *("reopened_label", "reopened_by", "reopened_because", "text"),
    )

    def get_queryset(self, request):
        return results_visible_to(request.user, super().get_queryset(request))

    @admin.display(description="geschlossen", ordering="closed_at")
    def closed_label(self, record):
        return german_moment(record.closed_at)

    @admin.display(description="wieder geöffnet")
    def reopened_label(self, record):
        return german_moment(record.reopened_at)

    @admin.display(description="Stand")
    def state_label(self, record):
        return "wieder geöffnet" if record.reopened_at else "gilt"

    @admin.display(description="Prüfung")
    def verification(self, record):
        if agrees_with_today(record):
            return "Die Ergebnisse stimmen mit diesem Protokoll überein."
        return "Die Ergebnisse weichen heute von diesem Protokoll ab."

    @admin.display(description="Datei")
    def download(self, record):
        address = reverse("admin:competition_resultrecord_file", args=[record.pk])
        return format_html('<a href="{}">Protokoll als JSON herunterladen</a>', address)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.file))
        return [
            path("<int:pk>/protokoll.json", view, name="competition_resultrecord_file"),
            *super().get_urls(),
        ]

    def file(self, request, pk):
        """Byte for byte what the checksum was made of."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.get_object(request, pk)
        if record is None:
            raise Http404
        answer = HttpResponse(record.text.encode(), content_type="application/json")
        name = f"iq-ergebnisprotokoll-{record.edition.year}-{record.sha256[:12]}.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store, private"
        return answer
