from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from competition import results
from competition.admin.deletion import KeepsWhatIsInUse
from competition.admin.parts import (
    CategoryInline,
    CriterionInline,
    EditionImageInline,
    JuryMemberInline,
    LocalPrizeInline,
    StateFigureInline,
)
from competition.admin.steering import SteeringPages
from competition.models import Edition, LogEntry
from competition.views import EditionDetail
from publishing.admin.published import WINDOW_FIELDS, PublishedAdmin, PublishedForm
from publishing.admin.words import german_moment
from publishing.models.published import FIRST_YEAR, LAST_YEAR
from publishing.today import Panel, Task

SOON = timedelta(days=14)
MOMENTS = ("shortlist_public_at", "finalists_public_at", "winners_public_at")
LOGGED_MOMENTS = ("finalists_public_at", "winners_public_at")


class EditionForm(PublishedForm):
    """Asks before a moment typed here shows or hides results at once."""

    #: An old version brings back its words; what is public of the results is decided today.
    kept_when_restored = (*WINDOW_FIELDS, *MOMENTS, "is_suspended", "suspension_reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.at_once = []
        self._shown_before = {name: self._shows(getattr(self.instance, name, None)) for name in MOMENTS}

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if hasattr(value, "year") and not FIRST_YEAR <= value.year <= LAST_YEAR:
                self.add_error(name, f"Bitte prüfen Sie das Jahr: erlaubt ist {FIRST_YEAR} bis {LAST_YEAR}.")
        changed = [name for name in MOMENTS if name in cleaned and self._turns_at_once(name, cleaned[name])]
        if changed and "change_at_once" not in self.data:
            self.at_once = [self.fields[name].label.removesuffix(" ab") for name in changed]
            raise ValidationError(
                "Damit ändert sich sofort, was Besucher von den Ergebnissen sehen. Bitte bestätigen Sie das oben.",
                code="at_once",
            )
        return cleaned

    def _turns_at_once(self, name, moment):
        return name in self.changed_data and self._shows(moment) != self._shown_before[name]

    @staticmethod
    def _shows(moment):
        return moment is not None and moment <= timezone.now()


@admin.register(Edition)
class EditionAdmin(SteeringPages, KeepsWhatIsInUse, PublishedAdmin):
    form = EditionForm
    preview_view = EditionDetail
    change_form_template = "admin/competition/edition_change_form.html"
    change_list_template = "admin/competition/edition_change_list.html"
    delete_confirmation_template = "admin/competition/edition_delete_confirmation.html"
    list_display = ("year", "title", "steer_link", "status_label", "state_label", "number_of_entries")
    list_display_links = ("year", "title")
    ordering = ("-year",)
    search_fields = ("year", "title", "motto", "ceremony_town")
    autocomplete_fields = ("contact", "sponsors", "testimonials")
    inlines = (
        CategoryInline,
        LocalPrizeInline,
        CriterionInline,
        JuryMemberInline,
        StateFigureInline,
        EditionImageInline,
    )
    fieldsets = (
        (
            "Was",
            {
                "fields": (
                    ("year", "number"),
                    "title",
                    "motto",
                    "teaser",
                    "image",
                    ("organiser", "contact"),
                    "application_url",
                )
            },
        ),
        (
            "Termine",
            {
                "fields": (
                    ("kickoff_on", "kickoff_place"),
                    ("call_opens_on", "call_opens_text"),
                    ("call_closes_on", "call_closes_text"),
                    ("cluster_pitch_on", "cluster_pitch_text", "cluster_pitch_place"),
                    ("final_pitch_on", "final_pitch_text", "final_pitch_place"),
                    ("ceremony_on", "ceremony_is_online"),
                    ("ceremony_place", "ceremony_town"),
                ),
                "description": "„In Worten“ nur, wenn der genaue Tag nicht bekannt ist, zum Beispiel: Frühjahr 2012. "
                "Aus den Tagen folgt, was das Portal sagt: angekündigt, Bewerbung läuft, Jury tagt.",
            },
        ),
        (
            "Veröffentlichung der Ergebnisse",
            {
                "fields": MOMENTS,
                "description": "Bis zu diesen Zeitpunkten verrät keine Seite etwas, danach zeigen es alle zugleich. "
                "Wer bei der Preisverleihung selbst verkünden will, lässt den letzten leer und drückt auf der Seite "
                "„Steuern“ den Knopf.",
            },
        ),
        (
            "Preise",
            {
                "fields": ("overall_prize", "sponsors", "announced_total", "prizes_text"),
                "description": "Die Preisgelder der Cluster und die lokalen Preise stehen unter dem Formular.",
            },
        ),
        ("Texte", {"fields": ("body", "participation", "testimonials")}),
        PublishedAdmin.publication_fieldset,
        (
            "Zahlen",
            {"fields": (("applications", "shortlist_size"), ("final_jury_size", "ceremony_guests"))},
        ),
        ("Quellen", {"fields": ("sources_note", "sources", "is_example"), "classes": ("collapse",)}),
        ("Aussetzung", {"fields": ("is_suspended", "suspension_reason"), "classes": ("collapse",)}),
    )

    class Media:
        css = {"all": ["css/admin-competition.css"]}

    # --- rows

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # Counting groups rows, and groups cannot be locked.
        return queryset if request.method == "POST" else queryset.annotate(entry_count=Count("entries"))

    @admin.display(description="Wettbewerb")
    def status_label(self, edition):
        return edition.status.label

    @admin.display(description="Beiträge")
    def number_of_entries(self, edition):
        address = f"{reverse('admin:competition_entry_changelist')}?edition__id__exact={edition.pk}"
        count = getattr(edition, "entry_count", None)
        return format_html('<a href="{}">{}</a>', address, edition.entries.count() if count is None else count)

    @admin.display(description="Steuern")
    def steer_link(self, edition):
        address = self._address("steer", edition.pk)
        tag = '<a class="steer-link" href="{}">Steuern<span class="visually-hidden"> {}</span></a>'
        return format_html(tag, address, edition.year)

    # --- form

    def _publication_context(self, item):
        return super()._publication_context(item) | {
            "steer_path": self._address("steer", item.pk),
            "entries_path": f"{reverse('admin:competition_entry_changelist')}?edition__id__exact={item.pk}",
        }

    def save_model(self, request, obj, form, change):
        before = Edition.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        moved = [name for name in LOGGED_MOMENTS if getattr(before, name, None) != getattr(obj, name)]
        if moved:
            words = "; ".join(_in_words(name, before, obj) for name in moved)
            results.log(obj, LogEntry.Act.MOMENT_CHANGED, request.user, words)

    def copy(self, request, pk):
        try:
            return super().copy(request, pk)
        except IntegrityError:
            text = "Gerade eben hat jemand anderes ein Wettbewerbsjahr angelegt. Bitte sehen Sie in der Liste nach."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self._address("changelist"))

    # --- „Heute“

    def due_today(self, request):
        soon = timezone.now() + SOON
        running = Edition.objects.published().filter(is_suspended=False)
        return [
            *super().due_today(request),
            self._panel(
                "IQ Innovationspreis: bald verkündet und nicht fertig",
                running.filter(winners_public_at__gt=timezone.now(), winners_public_at__lte=soon),
                _unfinished_reveal,
                order=1,
            ),
            self._panel(
                "IQ Innovationspreis: Finalisten bald öffentlich",
                running.filter(finalists_public_at__gt=timezone.now(), finalists_public_at__lte=soon),
                _coming_finalists,
                order=2,
            ),
        ]

    def _panel(self, title, editions, note, order):
        tasks = [
            Task(str(edition), self._address("steer", edition.pk), words)
            for edition in editions
            if (words := note(edition))
        ]
        return Panel(title, tasks, len(tasks), self._address("changelist"), order)


def _unfinished_reveal(edition):
    """Empty where all is prepared."""
    missing = results.missing_results(edition)
    open_points = [f"es fehlt: {', '.join(missing)}"] if missing else []
    if results.record_in_force(edition) is None:
        open_points.append("Ergebnisse nicht geschlossen")
    return f"am {german_moment(edition.winners_public_at)}; {'; '.join(open_points)}" if open_points else ""


def _coming_finalists(edition):
    missing = [one for one in results.missing_results(edition) if one.endswith("Finalisten")]
    lacking = f"; es fehlt: {', '.join(missing)}" if missing else ""
    return f"am {german_moment(edition.finalists_public_at)}{lacking}"


def _in_words(name, before, after):
    label = Edition._meta.get_field(name).verbose_name
    return f"{label}: {german_moment(getattr(before, name, None))} → {german_moment(getattr(after, name))}"
