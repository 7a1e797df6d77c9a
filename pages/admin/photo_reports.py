"""Reports about photos: read and decided here. Nobody rewrites or invents one."""

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html

from pages import photo_reports
from pages.models import PhotoReport
from publishing.admin.base import PortalAdmin, admin_path, thumbnail_for_editors
from publishing.admin.words import german_moment
from publishing.today import Panel


class OpenFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "offen"

    def lookups(self, request, model_admin):
        return [("ja", "offen"), ("nein", "entschieden")]

    def queryset(self, request, queryset):
        return {"ja": queryset.open(), "nein": queryset.exclude(decision="")}.get(self.value(), queryset)


class DecisionForm(forms.ModelForm):
    class Meta:
        model = PhotoReport
        fields = ("decision_note",)


@admin.register(PhotoReport)
class PhotoReportAdmin(PortalAdmin):
    form = DecisionForm
    change_form_template = "admin/pages/photo_report_change_form.html"
    list_display = ("subject", "reason", "reported_label", "picture_state", "decision_label")
    list_select_related = ("image",)
    list_filter = (OpenFilter, "reason")
    search_fields = ("subject", "message", "email")
    facts = ("picture", "picture_state", "subject", "reason", "message", "email", "reported_label", "forgotten_on")
    fieldsets = (
        (None, {"fields": facts}),
        ("Entscheidung", {"fields": ("decision_label", "decision_note")}),
    )

    def get_readonly_fields(self, request, obj=None):
        is_decided = obj is not None and obj.decision
        return (*self.facts, "decision_label", *(["decision_note"] if is_decided else []))

    def has_add_permission(self, request):
        return False

    @admin.display(description="gemeldet", ordering="reported_at")
    def reported_label(self, report):
        return german_moment(report.reported_at)

    @admin.display(description="Bild")
    def picture(self, report):
        image = report.image
        if image is None:
            return "gelöscht"
        tag = '<a href="{}"><img class="reported-picture" src="{}" alt="{}" width="480"></a>'
        return format_html(tag, admin_path(image), thumbnail_for_editors(image), image)

    @admin.display(description="Bild im Portal")
    def picture_state(self, report):
        image = report.image
        if image is None:
            return "gelöscht"
        if image.is_hidden:
            return format_html('<span class="state state-hidden">{}</span>', "verborgen")
        return format_html('<span class="state state-public">{}</span>', "wird gezeigt")

    @admin.display(description="Entscheidung", ordering="decided_at")
    def decision_label(self, report):
        if not report.decision:
            return "offen"
        return f"{report.get_decision_display()}, {german_moment(report.decided_at)}, {report.decided_by}"

    def save_model(self, request, obj, form, change):
        """The form has two buttons, and each decides for all open reports of this picture."""
        note, by = form.cleaned_data.get("decision_note", ""), request.user
        if "_keep" in request.POST:
            done = photo_reports.show_again(obj, by=by, note=note)
            text = "Das Bild ist wieder zu sehen. Spätere Meldungen verbergen es nicht mehr von selbst."
        elif "_remove" in request.POST:
            done = photo_reports.remove_for_good(obj, by=by, note=note)
            text = (
                "Das Foto ist aus allen Galerien entfernt und das Bild bleibt überall verborgen. "
                "Seine Datei löschen Sie in der Bibliothek unter „Bilder“."
            )
        else:
            return
        if done:
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, "Darüber ist schon entschieden.", messages.WARNING)

    def due_today(self, request):
        yield Panel.of(
            "Gemeldete Fotos",
            PhotoReport.objects.open().order_by("reported_at"),
            note=self.reported_label,
            query=f"?{OpenFilter.parameter_name}=ja",
            order=5,
        )
