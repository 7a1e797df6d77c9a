from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from competition import panels
from competition.admin import decisions, letters, minutes, ratings
from competition.admin.round_pages import address
from competition.admin.years import YearFilter
from competition.models import Decision, LogEntry, PanelCategory, PanelMember, Round
from competition.results import log
from publishing.admin.base import PortalAdmin
from publishing.admin.due import Due, DueFilter, due_panels
from publishing.admin.words import german_moment, in_words

IN_USE = "In dieser Runde ist schon bewertet, abgestimmt oder entschieden worden: Sie bleibt bestehen."


def running(rows):
    return rows.running()


def over_and_undecided(rows):
    decided = Decision.objects.filter(revoked_at__isnull=True, round=OuterRef("pk"))
    decided_category = Decision.objects.filter(
        revoked_at__isnull=True, round=OuterRef("round"), category=OuterRef("category")
    )
    open_category = PanelCategory.objects.filter(round=OuterRef("pk"), category__is_local_only=False).exclude(
        Exists(decided_category)
    )
    undecided = Q(Exists(open_category), kind=Round.Kind.CLUSTER) | (Q(kind=Round.Kind.FINAL) & ~Exists(decided))
    return rows.over().filter(undecided, edition__result_records__isnull=True)


@admin.register(Round)
class RoundAdmin(PortalAdmin):
    """One page steers a round: the overview. The form behind it holds its dates."""

    change_form_template = "admin/competition/jury/round_change_form.html"
    list_display = ("overview_link", "state_label", "opens_label", "closes_label", "edit_link")
    list_display_links = None
    list_filter = ("kind", YearFilter, DueFilter)
    due = {
        "laufen": Due("laufen", running, lambda one: f"bis {german_moment(one.closes_at)}", 6, ("closes_at",)),
        "unentschieden": Due(
            "beendet und nicht entschieden",
            over_and_undecided,
            lambda one: f"beendet {german_moment(one.closes_at)}",
            7,
            ("closes_at",),
        ),
    }
    list_select_related = ("edition",)
    actions = None
    fields = ("edition", "kind", "opens_at", "closes_at", "aggregates", "second_factor_required")
    pages = (*ratings.PAGES, *letters.PAGES, *decisions.PAGES, *minutes.PAGES)

    def get_urls(self):
        return [*(page.pattern(self) for page in self.pages), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        # Panels, clusters and sheets belong to them.
        return ("edition", "kind") if obj else ()

    @admin.display(description="Runde", ordering="opens_at")
    def overview_link(self, round_):
        return format_html('<a href="{}">{}</a>', address(round_), round_)

    @admin.display(description="Stand")
    def state_label(self, round_):
        return state_label(round_)

    @admin.display(description="offen ab", ordering="opens_at")
    def opens_label(self, round_):
        return german_moment(round_.opens_at)

    @admin.display(description="offen bis", ordering="closes_at")
    def closes_label(self, round_):
        return german_moment(round_.closes_at)

    @admin.display(description="")
    def edit_link(self, round_):
        return format_html(
            '<a href="{}">Zeiten ändern</a>', reverse("admin:competition_round_change", args=[round_.pk])
        )

    # --- saving and deleting

    def save_model(self, request, obj, form, change):
        before = Round.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if before and (before.is_running or before.is_over):
            self._log_changes(request, before, obj, form.changed_data)

    def _log_changes(self, request, before, after, names):
        for name in names:
            field = Round._meta.get_field(name)
            old, new = (in_words(field, getattr(one, name)) for one in (before, after))
            # The form knows minutes, a stored moment may have seconds.
            if old != new:
                text = f"{after}, {field.verbose_name}: {old} → {new}"
                log(after.edition, LogEntry.Act.ROUND_CHANGED, request.user, text)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, f"{obj} ist angelegt. Als Nächstes: die Jurys.", messages.SUCCESS)
        return HttpResponseRedirect(address(obj))

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and is_in_use(obj):
            self.message_user(request, IN_USE, messages.ERROR)
            return HttpResponseRedirect(address(obj))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        for seat in PanelMember.objects.active().filter(panel__round=obj):
            panels.remove(seat, by=request.user)
        super().delete_model(request, obj)

    # --- „Heute“

    def due_today(self, request):
        return due_panels(self, Round.objects.all())


def is_in_use(round_):
    return (
        round_.panels.filter(members__sheets__isnull=False).exists()
        or round_.decisions.exists()
        or round_.participations.exists()
        or round_.vote_counts.exists()
    )


def state_label(round_):
    name, label = "scheduled", f"beginnt am {german_moment(round_.opens_at)}"
    if round_.is_running:
        name, label = "public", "läuft"
    elif round_.is_over:
        name, label = "draft", "beendet"
    return format_html('<span class="state state-{}">{}</span>', name, label)
