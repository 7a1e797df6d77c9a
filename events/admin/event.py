from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from clusters.admin import ClusterChoosing
from events.admin.further_dates import FurtherDates, SeriesTitleForm
from events.admin.neighbours import NeighboursQuestion, neighbour_row, neighbours_in_words, neighbours_of
from events.admin.parts import (
    EventDownloadInline,
    EventImageInline,
    EventLinkInline,
    PriceGroupInline,
)
from events.dates import when_in_words
from events.models import Event, EventLink
from events.series import add_dates
from events.views import EventDetail
from publishing.admin.due import Due
from publishing.admin.published import PublishedAdmin, PublishedForm

UNCONFIRMED_DAYS = timedelta(days=21)
RECAP_DAYS = timedelta(days=30)


class EventForm(PublishedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"start_time", "end_time"} & self.fields.keys():
            # Nobody meets to the second.
            self.fields[name].widget.format = "%H:%M"

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("former_starts_on") and self._has_left_its_day(cleaned):
            cleaned["former_starts_on"] = self.initial.get("starts_on")
        return cleaned

    def _has_left_its_day(self, cleaned):
        was_moved = cleaned.get("status") == Event.Status.MOVED and "starts_on" in self.changed_data
        return was_moved or cleaned.get("status") == Event.Status.POSTPONED


def soon_and_unconfirmed(rows):
    return rows.published().upcoming().filter(status=Event.Status.PLANNED, begins_at__lt=Now() + UNCONFIRMED_DAYS)


def without_recap(rows):
    reports = EventLink.objects.filter(event=OuterRef("pk"), kind=EventLink.Kind.REPORT)
    just_over = rows.published().past().filter(over_at__gt=Now() - RECAP_DAYS, recap="")
    return just_over.exclude(status__in=Event.CALLED_OFF).exclude(Exists(reports))


class WhenFilter(admin.SimpleListFilter):
    title = "Zeit"
    parameter_name = "zeit"

    def lookups(self, request, model_admin):
        return [("kommend", "kommend"), ("vergangen", "vergangen")]

    def queryset(self, request, queryset):
        return {"kommend": queryset.upcoming, "vergangen": queryset.past}.get(self.value(), queryset.all)()


@admin.register(Event)
class EventAdmin(ClusterChoosing, PublishedAdmin):
    due = PublishedAdmin.due | {
        "unbestaetigt": Due("bald und nicht bestätigt", soon_and_unconfirmed, when_in_words, 5, ("starts_on", "pk")),
        "ohne-rueckblick": Due("vorbei und ohne Rückblick", without_recap, when_in_words, 35, ("-starts_on", "-pk")),
    }
    form = EventForm
    preview_view = EventDetail
    change_form_template = "admin/events/event_change_form.html"
    list_display = ("title", "when", "venue", "status", "state_label", "changed_label", "last_editor")
    list_filter = (*PublishedAdmin.list_filter, WhenFilter, "status", "category", "attendance", "clusters")
    list_select_related = ("venue",)
    ordering = ("-starts_on", "-pk")
    search_fields = (*PublishedAdmin.search_fields, "venue__name", "venue__town", "organisers__name")
    autocomplete_fields = ("venue", "organisers", "supporters", "contact", "series")
    readonly_fields = ("neighbours_now",)
    inlines = (PriceGroupInline, EventLinkInline, EventDownloadInline, EventImageInline)
    fieldsets = (
        ("Was", {"fields": ("title", ("category", "audience"), "teaser", "body", "clusters")}),
        (
            "Wann",
            {
                "fields": (
                    ("starts_on", "start_time", "end_time", "ends_on"),
                    "neighbours_now",
                    "status",
                )
            },
        ),
        ("Wo", {"fields": ("attendance", "venue", "online_url")}),
        ("Wer", {"fields": ("organisers", "contact")}),
        (
            "Kosten und Anmeldung",
            {
                "fields": ("cost", ("registration", "registration_until"), "registration_url"),
                "description": "Die einzelnen Preise stehen unter dem Formular.",
            },
        ),
        ("Bild", {"fields": ("image",)}),
        PublishedAdmin.publication_fieldset,
        (
            "Absage, Verlegung",
            {"fields": ("former_starts_on", "status_note"), "classes": ("collapse",)},
        ),
        ("Unterstützer, Reihe", {"fields": ("supporters", "patron", "series"), "classes": ("collapse",)}),
        (
            "Nach der Veranstaltung",
            {"fields": ("recap", ("expected_guests", "actual_guests"), "is_example"), "classes": ("collapse",)},
        ),
    )

    class Media:
        css = {"all": ["css/admin-events.css"]}
        js = ["js/admin/event-neighbours.js"]

    @admin.display(description="wann", ordering="starts_on")
    def when(self, event):
        return when_in_words(event)

    # --- what else happens around these days

    @admin.display(description="In diesen Tagen")
    def neighbours_now(self, event):
        """Filled here for the saved event, and by the script while a date is typed."""
        found = neighbours_of(event) if event and event.pk else ()
        return format_html(
            '<div class="neighbours" data-path="{}" data-event="{}" role="status"><p>{}</p><ul>{}</ul></div>',
            reverse("admin:events_event_neighbours"),
            event.pk if event and event.pk else "",
            neighbours_in_words(found),
            format_html_join("", '<li><a href="{}">{}</a> {}</li>', map(neighbour_row, found)),
        )

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("nachbarn/", wrap(require_safe(self.neighbours_data)), name="events_event_neighbours"),
            path("<int:pk>/weitere-termine/", wrap(self.add_dates), name="events_event_add_dates"),
            *super().get_urls(),
        ]

    def neighbours_data(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = list(NeighboursQuestion(request.GET).answer())
        rows = [dict(zip(("path", "title", "note"), neighbour_row(event), strict=True)) for event in found]
        return JsonResponse({"words": neighbours_in_words(found), "events": rows})

    # --- further dates of a series

    def add_dates(self, request, pk):
        event = self._visible_item(request, pk)
        if not self.has_add_permission(request) or not self.has_change_permission(request, event):
            raise PermissionDenied
        usual_times = {"start_time": event.start_time, "end_time": event.end_time}
        rows = FurtherDates(request.POST or None, form_kwargs={"event": event, "initial": usual_times})
        title_form = SeriesTitleForm(request.POST or None, initial={"title": event.title}) if not event.series else None
        if request.method == "POST" and self._are_valid(rows, title_form):
            return self._save_dates(request, event, rows, title_form)
        context = self.admin_site.each_context(request) | {
            "title": "Termine zur Reihe hinzufügen",
            "event": event,
            "rows": rows,
            "title_form": title_form,
            "opts": self.opts,
        }
        return render(request, "admin/events/add_dates.html", context)

    def _are_valid(self, rows, title_form):
        has_title = title_form is None or title_form.is_valid()
        return rows.is_valid() and has_title and any(row.has_changed() for row in rows)

    def _save_dates(self, request, event, rows, title_form):
        dates = [row.cleaned_data for row in rows if row.has_changed()]
        drafts = add_dates(event, dates, series_title=title_form.cleaned_data["title"] if title_form else "")
        number = "Ein neuer Entwurf" if len(drafts) == 1 else f"{len(drafts)} neue Entwürfe"
        self.message_user(request, f"{number} in der Reihe „{event.series}“.", messages.SUCCESS)
        return HttpResponseRedirect(f"{reverse('admin:events_event_changelist')}?series__id__exact={event.series_id}")

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "series__id__exact" or super().lookup_allowed(lookup, value, request)
