from collections import Counter

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from competition import export, jury, results
from competition.admin.deletion import KeepsWhatIsInUse
from competition.admin.papers import PaperInline
from competition.admin.parts import EntryImageInline, LocalRegistrationInline
from competition.models import Category, Edition, Entry, LogEntry
from publishing.admin.base import HistoryAdmin, RestoringForm, key_of
from publishing.admin.due import Due, DueFilter, due_panels

INCOMPLETE = Q(image__isnull=True) | Q(summary="")


class CompletenessFilter(admin.SimpleListFilter):
    title = "Angaben"
    parameter_name = "angaben"

    def lookups(self, request, model_admin):
        return [("fehlen", "ohne Bild oder ohne Satz"), ("bild", "ohne Bild"), ("satz", "ohne Satz")]

    def queryset(self, request, queryset):
        conditions = {"fehlen": INCOMPLETE, "bild": Q(image__isnull=True), "satz": Q(summary="")}
        chosen = conditions.get(self.value())
        return queryset.filter(chosen) if chosen else queryset


class ClusterFilter(admin.SimpleListFilter):
    """Of one edition, its clusters as it names them."""

    title = "Cluster"
    parameter_name = "category__id__exact"

    def lookups(self, request, model_admin):
        edition = key_of(request.GET.get("edition__id__exact"))
        categories = Category.objects.filter(edition=edition).select_related("cluster")
        return [(one.pk, one.name) for one in categories] if edition else []

    def queryset(self, request, queryset):
        category = key_of(self.value())
        return queryset.filter(category=category) if category else queryset


def lacking(entry):
    return ", ".join(word for word, there in (("Bild", entry.image_id), ("Satz", entry.summary)) if not there) or "–"


def incomplete_now(rows):
    """Of editions that visitors are looking at; years later nobody adds a picture."""
    running = Edition.objects.published().filter(is_suspended=False).exclude(winners_public_at__lte=Now())
    return rows.filter(INCOMPLETE, edition__in=running)


class EntryForm(RestoringForm):
    #: Where an entry competes is decided today.
    kept_when_restored = ("edition", "category")


@admin.register(Entry)
class EntryAdmin(KeepsWhatIsInUse, HistoryAdmin):
    form = EntryForm
    due = {"unvollstaendig": Due("ohne Bild oder ohne Satz", incomplete_now, lacking, 42, ("organisation", "pk"))}
    change_form_template = "admin/competition/entry_change_form.html"
    change_list_template = "admin/competition/entry_change_list.html"
    list_display = ("organisation", "title", "category_name", "town", "state", "year", "lacking")
    list_display_links = ("organisation", "title")
    list_filter = ("edition", ClusterFilter, "state", "is_shortlisted", CompletenessFilter, "is_uncertain", DueFilter)
    list_select_related = ("edition", "category__cluster")
    list_per_page = 50
    search_fields = ("organisation", "further_organisations", "title", "town")
    ordering = ("-edition__year", "organisation", "pk")
    inlines = (PaperInline, LocalRegistrationInline, EntryImageInline)
    fieldsets = (
        (
            "Wer und wo",
            {
                "fields": (
                    ("edition", "category"),
                    "organisation",
                    "further_organisations",
                    ("town", "state"),
                    "is_shortlisted",
                )
            },
        ),
        ("Was", {"fields": ("title", "summary", "body", "team", ("phase", "novelty"))}),
        ("Bild, Film, Website", {"fields": ("image", "film_url", "website")}),
        (
            "Ansprechpartner",
            {
                "fields": ("contact_name", "contact_email", "contact_phone"),
                "description": "Nur für die Redaktion: steht auf keiner Seite.",
            },
        ),
        (
            "Adresse, Quellen, Bemerkung",
            {"fields": ("slug", "is_uncertain", "note", "sources", "is_example"), "classes": ("collapse",)},
        ),
    )

    # --- rows

    def get_queryset(self, request):
        """Whoever of the office is recused sees nothing of the entry: no row, no form, no export."""
        return jury.without_recused(super().get_queryset(request), request.user)

    @admin.display(description="Cluster", ordering="category__cluster__order")
    def category_name(self, entry):
        return entry.category.name

    @admin.display(description="Jahr", ordering="edition__year")
    def year(self, entry):
        return entry.edition.year

    @admin.display(description="fehlt")
    def lacking(self, entry):
        return lacking(entry)

    # --- form

    def edition_of(self, request, entry):
        """The edition the form is about: its categories and local prizes are the choices."""
        if entry and entry.pk:
            return entry.edition
        asked = key_of(request.POST.get("edition") or self._asked_edition(request))
        found = Edition.objects.filter(pk=asked).first() if asked else None
        return found or Edition.objects.filter(is_suspended=False).newest_first().first()

    def _asked_edition(self, request):
        """From the steering page (?edition=…), or from the list as it was filtered."""
        kept = QueryDict(request.GET.get("_changelist_filters", ""))
        return request.GET.get("edition") or kept.get("edition__id__exact")

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.edition_of_entry = self.edition_of(request, obj)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"edition": request.edition_of_entry}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        edition = getattr(request, "edition_of_entry", None)
        if db_field.name == "category" and edition:
            kwargs["queryset"] = edition.categories.select_related("cluster")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(["edition"] if obj else []))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and obj.pk:
            context |= {
                "steer_path": reverse("admin:competition_edition_steer", args=[obj.edition_id]),
                "public_path": obj.get_absolute_url() if obj.is_public else None,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- export

    def get_urls(self):
        wrap = self.admin_site.admin_view
        address = path("export/<str:kind>/", wrap(require_POST(self.export)), name="competition_entry_export")
        return [address, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        kinds = [(reverse("admin:competition_entry_export", args=[kind]), kind.upper()) for kind in export.KINDS]
        edition = key_of(request.GET.get("edition__id__exact"))
        steer = reverse("admin:competition_edition_steer", args=[edition]) if edition else None
        return super().changelist_view(request, {"exports": kinds, "steer_path": steer} | (extra_context or {}))

    @transaction.atomic
    def export(self, request, kind):
        """What the list shows at this moment, with all its filters. Each export is a line in the log."""
        if kind not in export.KINDS:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:competition_entry_changelist"))
        rows = export.with_all_parts(entries)
        if not rows:
            self.message_user(request, "Die Auswahl ist leer: Es gibt nichts zu exportieren.", messages.WARNING)
            return HttpResponseRedirect(f"{reverse('admin:competition_entry_changelist')}?{request.GET.urlencode()}")
        with_contacts = self.has_change_permission(request)
        self._log_export(request.user, kind, rows, with_contacts)
        return export.response(rows, kind, with_contacts=with_contacts)

    def _log_export(self, user, kind, rows, with_contacts):
        numbers = Counter(entry.edition for entry in rows)
        for edition, number in numbers.items():
            counted = "1 Beitrag" if number == 1 else f"{number} Beiträge"
            contacts = "mit" if with_contacts else "ohne"
            results.log(edition, LogEntry.Act.EXPORTED, user, f"{counted}, {kind.upper()}, {contacts} Kontaktdaten")

    # --- „Heute“

    def due_today(self, request):
        return due_panels(self, self.get_queryset(request))
