"""The criteria of an edition with their labelled steps. Once rated by, they stay."""

from django.contrib import admin

from competition.admin.years import YearFilter
from competition.models import Criterion, Step
from publishing.admin.base import PortalAdmin, PortalInline

STAYS = "Nach diesem Kriterium ist schon bewertet worden: Name, Gewicht und Stufen bleiben, wie sie sind."


def is_rated(criterion):
    return criterion is not None and criterion.pk is not None and criterion.scores.exists()


class StepInline(PortalInline):
    model = Step
    fields = ("value", "label")
    extra = 5
    max_num = 10

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not is_rated(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_rated(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_rated(obj)


@admin.register(Criterion)
class CriterionAdmin(PortalAdmin):
    list_display = ("name", "year", "weight", "steps_label", "order")
    list_filter = (YearFilter,)
    list_select_related = ("edition",)
    search_fields = ("name",)
    actions = None
    inlines = (StepInline,)
    fieldsets = ((None, {"fields": ("edition", "name", "description", "weight", "order")}),)

    def has_module_permission(self, request):
        # They belong to an edition and are reached from there and from its rounds.
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("steps")

    def get_readonly_fields(self, request, obj=None):
        if is_rated(obj):
            return ("year", "name", "weight")
        return ("year",) if obj else ()

    def get_fieldsets(self, request, obj=None):
        (title, options), *_ = self.fieldsets
        fields = ("year" if obj else "edition", *options["fields"][1:])
        return ((title, {"fields": fields, "description": STAYS if is_rated(obj) else ""}),)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "edition":
            field.label = "Wettbewerbsjahr"
        return field

    @admin.display(description="Wettbewerbsjahr", ordering="edition__year")
    def year(self, criterion):
        return criterion.edition.year

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_rated(obj)

    @admin.display(description="Stufen")
    def steps_label(self, criterion):
        return ", ".join(map(str, criterion.steps.all())) or "noch keine"
