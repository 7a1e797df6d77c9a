from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from competition.models import Award
from competition.recusals import results_visible_to
from publishing.admin.base import HistoryAdmin, RestoringForm

WORDS = ("statement", "statement_by", "image")


class AwardForm(RestoringForm):
    kept_when_restored = (
        *("kind", "edition", "entry", "finalist", "category", "registration"),
        *("local_prize", "special_name", "place"),
    )


class WordsFilter(admin.SimpleListFilter):
    title = "Angaben"
    parameter_name = "angaben"

    def lookups(self, request, model_admin):
        return [("laudatio", "ohne Laudatio"), ("bild", "ohne Bild")]

    def queryset(self, request, queryset):
        conditions = {"laudatio": {"statement": ""}, "bild": {"image": None}}
        return queryset.filter(**conditions.get(self.value(), {}))


@admin.register(Award)
class AwardAdmin(HistoryAdmin):
    """Statement and picture. Who has won is decided on the steering page and nowhere else."""

    form = AwardForm
    change_form_template = "admin/competition/award_change_form.html"
    list_display = ("prize_name", "entry", "year", "has_statement", "has_image")
    list_filter = ("edition", "kind", WordsFilter)
    list_select_related = ("entry", "edition", "category__cluster", "local_prize")
    search_fields = ("entry__organisation", "entry__title", "special_name")
    ordering = ("-edition__year", "kind", "pk")
    readonly_fields = ("prize_name", "winner", "year")
    fieldsets = (
        (None, {"fields": ("prize_name", "winner", "year")}),
        (
            "Verleihung",
            {
                "fields": ("statement", "statement_by", "image"),
                "description": "Auch nach dem Schließen der Ergebnisse zu ergänzen. Öffentlich erst mit den "
                "Preisträgern.",
            },
        ),
    )

    def get_queryset(self, request):
        return results_visible_to(request.user, super().get_queryset(request))

    @admin.display(description="Preis")
    def prize_name(self, award):
        return award.name

    @admin.display(description="Jahr", ordering="edition__year")
    def year(self, award):
        return award.edition.year

    @admin.display(description="Preisträger")
    def winner(self, award):
        address = reverse("admin:competition_entry_change", args=[award.entry_id])
        return format_html('<a href="{}">{}</a>', address, award.entry)

    @admin.display(description="Laudatio")
    def has_statement(self, award):
        return "ja" if award.statement else "fehlt"

    @admin.display(description="Bild")
    def has_image(self, award):
        return "ja" if award.image_id else "fehlt"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj._history_user = request.user
        obj.save(update_fields=WORDS)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method == "POST" and object_id.isdecimal() and not Award.objects.filter(pk=object_id).exists():
            text = "Diesen Preis gibt es nicht mehr. Wer gewonnen hat, steht auf der Seite „Steuern“."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self._address("changelist"))
        return super().history_form_view(request, object_id, version_id, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["steer_path"] = reverse("admin:competition_edition_steer", args=[obj.edition_id]) if obj else None
        return super().render_change_form(request, context, add, change, form_url, obj)
