from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from publishing.admin.base import ReadOnlyAdmin, admin_path
from publishing.admin.words import german_moment
from publishing.models import LinkUse
from publishing.models.link import Outcome
from publishing.today import Panel, Task

BROKEN = "defekt"


class StateFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [
            (BROKEN, "defekt"),
            *((outcome.value, outcome.label) for outcome in Outcome if outcome is not Outcome.GONE),
        ]

    def queryset(self, request, queryset):
        if self.value() == BROKEN:
            return queryset.broken()
        return queryset.filter(link__outcome=self.value()) if self.value() in Outcome.values else queryset


class TargetFilter(admin.SimpleListFilter):
    title = "Ziel"
    parameter_name = "ziel"

    def lookups(self, request, model_admin):
        return [("innen", "in diesem Portal"), ("aussen", "bei anderen")]

    def queryset(self, request, queryset):
        is_internal = {"innen": True, "aussen": False}.get(self.value())
        return queryset if is_internal is None else queryset.filter(link__is_internal=is_internal)


class VisibilityFilter(admin.SimpleListFilter):
    title = "Sichtbarkeit"
    parameter_name = "oeffentlich"

    def lookups(self, request, model_admin):
        return [("ja", "öffentlich"), ("nein", "nicht öffentlich")]

    def queryset(self, request, queryset):
        is_public = {"ja": True, "nein": False}.get(self.value())
        return queryset if is_public is None else queryset.filter(is_public=is_public)


@admin.register(LinkUse)
class LinkAdmin(ReadOnlyAdmin):
    """Where links stand and whether they answer: read here, mended in the form of the row."""

    list_display = ("owner_link", "field_label", "address", "state_label", "checked_label", "public_label")
    list_display_links = None
    list_filter = (StateFilter, TargetFilter, VisibilityFilter, ("owner_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("link",)
    list_per_page = 50
    search_fields = ("link__url",)
    fields = (
        *("owner_link", "field_label", "address", "state_label"),
        *("checked_label", "failures_label", "next_label", "public_label"),
    )
    readonly_fields = fields

    def get_queryset(self, request):
        """Of rows this person may open: a link of a draft would tell of it."""
        uses, may_open = super().get_queryset(request), Q(pk__in=[])
        for key in uses.order_by().values_list("owner_type", flat=True).distinct():
            model_admin = self.admin_site._registry.get(ContentType.objects.get_for_id(key).model_class())
            if model_admin and model_admin.has_view_permission(request):
                may_open |= Q(owner_type=key, owner_id__in=model_admin.get_queryset(request).order_by().values("pk"))
        return uses.filter(may_open).prefetch_related("owner")

    @admin.display(description="Steht in")
    def owner_link(self, use):
        return format_html('<a href="{}">{}: {}</a>', admin_path(use.owner), use.owner._meta.verbose_name, use.owner)

    @admin.display(description="Adresse", ordering="link__url")
    def address(self, use):
        # Not a link: it may lead anywhere, and the referrer would tell of the admin.
        return use.link.url

    @admin.display(description="Stand", ordering="link__outcome")
    def state_label(self, use):
        return format_html('<span class="state state-{}">{}</span> {}', *_state(use.link), use.link.reason)

    @admin.display(description="geprüft", ordering="link__checked_at")
    def checked_label(self, use):
        return german_moment(use.link.checked_at)

    @admin.display(description="Fehlversuche")
    def failures_label(self, use):
        since = f", seit {german_moment(use.link.first_failed_at)}" if use.link.failures else ""
        return f"{use.link.failures}{since}"

    @admin.display(description="nächste Prüfung")
    def next_label(self, use):
        return "bei jedem Lauf" if use.link.is_internal else f"ab {german_moment(use.link.next_at)}"

    @admin.display(description="öffentlich", ordering="is_public")
    def public_label(self, use):
        return "ja" if use.is_public else "nein"

    def due_today(self, request):
        broken = self.get_queryset(request).broken().select_related("link")
        tasks = [Task(str(use.owner), admin_path(use.owner), note_of(use)) for use in broken[: Panel.SHOWN]]
        path = f"{reverse('admin:publishing_linkuse_changelist')}?{StateFilter.parameter_name}={BROKEN}"
        return [Panel("Defekte Links", tasks, broken.count() if tasks else 0, path, 15)]


def note_of(use):
    where = "" if use.is_public else " (nicht öffentlich)"
    return f"{use.field_label}{where}: {use.link.url} – {use.link.reason}"


def _state(link):
    if link.is_broken:
        return "missing", "defekt"
    return {Outcome.GOOD: "public", Outcome.FAILED: "scheduled"}.get(link.outcome, "draft"), link.get_outcome_display()
