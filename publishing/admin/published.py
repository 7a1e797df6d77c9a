"""The admin of everything that is written, released, shown for a time and withdrawn."""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from publishing import preview
from publishing.admin.base import HistoryAdmin, RestoringForm
from publishing.admin.due import ENDS_SOON, DueFilter, due_panels
from publishing.admin.words import Difference, german_moment, in_words
from publishing.models.published import DRAFT, PUBLIC, SCHEDULED, STATES
from publishing.today import Panel

WINDOW_FIELDS = ("released", "publish_from", "publish_until", "featured_until")


class PublishedForm(RestoringForm):
    """Releases and withdraws by the button pressed, and never overwrites a newer save unseen."""

    #: An old version brings back its words; whether the item is public is decided today.
    kept_when_restored = WINDOW_FIELDS
    seen_edit_number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_edit_number"].initial = self.instance.edit_number
        self.differences = []
        self.edit_number_to_overwrite = None
        self._show_whole_minutes()

    def clean(self):
        cleaned = super().clean()
        self._keep_exact_moments(cleaned)
        if self.instance.released and not cleaned.get("publish_from") and "publish_from" not in self.errors:
            # Emptying the field of a public item must not make it news again.
            cleaned["publish_from"] = self.exact_moments.get("publish_from")
        if self.instance.pk and self._somebody_saved_meanwhile():
            self.differences = [*self._differences(), *self._row_differences()]
            if self.differences and self.data.get("overwrite") != str(self.instance.edit_number):
                self.edit_number_to_overwrite = self.instance.edit_number
                raise ValidationError(
                    "Jemand anderes hat diesen Inhalt gespeichert, während Sie ihn bearbeitet haben. "
                    "Ihre Eingaben sind noch da. Bitte vergleichen Sie oben und entscheiden Sie.",
                    code="newer_save",
                )
        return cleaned

    def _post_clean(self):
        if "_release" in self.data:
            self.instance.release()
        elif "_withdraw" in self.data:
            self.instance.withdraw()
        super()._post_clean()

    def _keep_what_is_of_today(self):
        super()._keep_what_is_of_today()
        if not type(self.instance)._base_manager.filter(pk=self.instance.pk).exists():
            # A deleted item comes back as a draft.
            self.instance.withdraw()

    def _show_whole_minutes(self):
        self.exact_moments = {
            name: value for name, value in self.initial.items() if name in self.fields and isinstance(value, datetime)
        }
        self.initial |= {name: _whole_minute(moment) for name, moment in self.exact_moments.items()}

    def _keep_exact_moments(self, cleaned):
        for name, moment in self.exact_moments.items():
            if cleaned.get(name) == _whole_minute(moment):
                cleaned[name] = moment

    def _somebody_saved_meanwhile(self):
        seen = self.cleaned_data.get("seen_edit_number")
        return seen is not None and seen != self.instance.edit_number

    def _differences(self):
        """Between what stands in the database (the form's initial values) and what was typed here."""
        stored_names = {field.name for field in self._meta.model._meta.get_fields()}
        for name in self.changed_data:
            if name in self.cleaned_data and name in stored_names:
                yield Difference.of(
                    self._meta.model._meta.get_field(name),
                    str(self.fields[name].label),
                    self.get_initial_for_field(self.fields[name], name),
                    self.cleaned_data[name],
                )

    def _row_differences(self):
        """The same for the rows of the inlines: links, downloads, pictures."""
        for formset in getattr(self.instance, "_submitted_formsets", ()):
            for row in formset.forms:
                if row.has_changed():
                    label = str(formset.model._meta.verbose_name)
                    stored = row.instance.pk and formset.model._base_manager.filter(pk=row.instance.pk).first()
                    yield Difference(label, str(stored or "(neu)"), _row_in_words(formset.model, row))


def _row_in_words(model, row):
    if not row.is_valid():
        return "(unvollständig)"
    if row.cleaned_data.get("DELETE"):
        return "(gelöscht)"
    fields = [field for field in model._meta.fields if field.name in row.cleaned_data and not field.primary_key]
    return ", ".join(
        in_words(field, row.cleaned_data[field.name]) for field in fields if field.name in row.changed_data
    )


def _whole_minute(moment):
    return moment.replace(second=0, microsecond=0)


class StateFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [(state.name, state.label) for state in STATES]

    def queryset(self, request, queryset):
        chosen = next((state for state in STATES if state.name == self.value()), None)
        return queryset.in_state(chosen) if chosen else queryset


class PublishedAdmin(HistoryAdmin):
    """Subclasses name `preview_view`, the public detail view that also shows drafts to their editors."""

    form = PublishedForm
    preview_view = None
    change_form_template = "admin/publishing/published_change_form.html"
    delete_confirmation_template = "admin/publishing/published_delete_confirmation.html"
    list_display = ("title", "state_label", "publish_from_label", "changed_label", "last_editor")
    list_filter = (StateFilter, DueFilter)
    search_fields = ("title", "teaser", "slug")
    actions = ("release_selected", "withdraw_selected")
    list_per_page = 50
    save_on_top = False
    ordering = ("-changed_at",)
    #: A save locks these rows. Of a model with a parent table, the parent's row too.
    locked_rows = ("self",)
    due = {"endet-bald": ENDS_SOON}
    publication_fieldset = (
        "Veröffentlichung",
        {
            "fields": ("publish_from", "publish_until", "featured_until", "slug", "seen_edit_number"),
            "description": "Ohne Angaben erscheint der Inhalt sofort, wenn Sie „Veröffentlichen“ drücken.",
        },
    )

    # --- rows

    def get_queryset(self, request):
        queryset = super().get_queryset(request).with_state().annotate(last_editor_name=last_editor_name(self.model))
        # Two saves at the same moment must see each other: the second waits here and then finds the newer number.
        return (
            queryset.select_for_update(of=self.locked_rows)
            if request.method == "POST" and _is_change_form(request)
            else queryset
        )

    @admin.display(description="Stand", ordering="state_name")
    def state_label(self, item):
        return format_html('<span class="state state-{}">{}</span>', item.state.name, item.state.label)

    @admin.display(description="öffentlich ab", ordering="publish_from")
    def publish_from_label(self, item):
        return german_moment(item.publish_from)

    @admin.display(description="geändert", ordering="changed_at")
    def changed_label(self, item):
        return german_moment(item.changed_at)

    @admin.display(description="von")
    def last_editor(self, item):
        return item.last_editor_name or "–"

    # --- form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # As it stands in the database: a refused form has already written into `obj`.
        stored = self.model._base_manager.filter(pk=obj.pk).first() if obj and obj.pk else None
        context |= self._publication_context(stored) if stored else {}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _publication_context(self, item):
        return {
            "stored_state": item.state,
            "is_released": item.released,
            "missing": [] if item.is_public else item.missing_for_publication(),
            "preview_path": self._address("preview", item.pk),
            "share_path": self._address("share", item.pk),
            "copy_path": self._address("copy", item.pk),
            "public_path": item.get_absolute_url() if item.is_public else None,
            "last_saved_by": self._last_record(item),
        }

    def render_history_view(self, request, template, context, **kwargs):
        if "adminform" in context:
            context["last_saved_by"] = self._last_record(context["original"])
        return super().render_history_view(request, template, context, **kwargs)

    def _last_record(self, item):
        return self.model.history.filter(id=item.pk).select_related("history_user").first()

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST":
            obj._submitted_formsets = formsets
        return formsets, inlines

    def response_add(self, request, obj, post_url_continue=None):
        return self._to_preview(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._to_preview(request, obj) or super().response_change(request, obj)

    def _to_preview(self, request, item):
        self._tell_state(request, item)
        if "_preview" in request.POST:
            return HttpResponseRedirect(self._address("preview", item.pk))
        if "_release" in request.POST or "_withdraw" in request.POST:
            return HttpResponseRedirect(self._address("change", item.pk))
        return None

    def _tell_state(self, request, item):
        if "_release" in request.POST and item.state is PUBLIC:
            text = format_html(
                '„{}“ ist öffentlich: <a href="{}">Seite ansehen</a>', item.title, item.get_absolute_url()
            )
            self.message_user(request, text, messages.SUCCESS)
        elif "_release" in request.POST and item.state is SCHEDULED:
            self.message_user(
                request, f"„{item.title}“ erscheint am {german_moment(item.publish_from)}.", messages.SUCCESS
            )
        elif "_withdraw" in request.POST:
            self.message_user(
                request,
                f"„{item.title}“ ist zurückgezogen. Die Adresse sagt das jetzt auch.",
                messages.SUCCESS,
            )

    def delete_queryset(self, request, queryset):
        # One by one: each leaves its trace at its address.
        with transaction.atomic():
            for item in queryset:
                item.delete()

    # --- actions

    @admin.action(description="Ausgewählte veröffentlichen", permissions=["change"])
    def release_selected(self, request, queryset):
        released = 0
        with transaction.atomic():
            for item in self._locked(queryset):
                item.release()
                try:
                    item.full_clean()
                    self.check_before_release(item)
                except ValidationError as error:
                    text = f"„{item.title}“ bleibt, wie es ist. {' '.join(error.messages)}"
                    self.message_user(request, text, messages.WARNING)
                else:
                    item._history_user = request.user
                    item.save()
                    released += 1
        if released:
            self.message_user(request, f"{_counted(released)} veröffentlicht oder geplant.", messages.SUCCESS)

    def check_before_release(self, item):
        """Raises a ValidationError where the form would ask the editor something first."""

    @admin.action(description="Ausgewählte zurückziehen", permissions=["change"])
    def withdraw_selected(self, request, queryset):
        with transaction.atomic():
            released = [item for item in self._locked(queryset) if item.released]
            for item in released:
                item.withdraw()
                item._history_user = request.user
                item.save()
        if released:
            self.message_user(request, f"{_counted(len(released))} zurückgezogen.", messages.SUCCESS)
        else:
            self.message_user(request, "Von den ausgewählten Inhalten war keiner veröffentlicht.", messages.WARNING)

    def _locked(self, queryset):
        keys = list(queryset.values_list("pk", flat=True))
        return self.model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update()

    # --- preview, sharing, copying

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/vorschau/",
                wrap(require_safe(self.show_preview)),
                name=self._url_name("preview"),
            ),
            path(
                "<int:pk>/vorschau-link/",
                wrap(require_POST(self.share_preview)),
                name=self._url_name("share"),
            ),
            path("<int:pk>/kopieren/", wrap(require_POST(self.copy)), name=self._url_name("copy")),
            *super().get_urls(),
        ]

    def show_preview(self, request, pk):
        return preview.render_preview(request, self._visible_item(request, pk), edit_path=self._address("change", pk))

    def share_preview(self, request, pk):
        item = self._visible_item(request, pk)
        link = request.build_absolute_uri(preview.make_link(item))
        text = "Vorschau-Link für Menschen ohne Zugang, gültig bis {}: <a href='{}'>{}</a>"
        self.message_user(request, format_html(text, german_moment(preview.link_ends_at()), link, link))
        return HttpResponseRedirect(self._address("change", pk))

    def copy(self, request, pk):
        if not self.has_add_permission(request):
            raise PermissionDenied
        item = self._visible_item(request, pk)
        twin = item.copy_as_draft()
        twin._history_user = request.user
        with transaction.atomic():
            twin.save()
            item.copy_relations_to(twin)
        self.message_user(request, "Das ist die Kopie: ein neuer Entwurf mit denselben Texten.", messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", twin.pk))

    def _visible_item(self, request, pk):
        item = self.get_object(request, pk)
        if item is None:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    def _url_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    # --- „Heute“

    def rows_of(self, user):
        """What is somebody's to look after."""
        return self.model.objects.all()

    def due_today(self, request):
        items, plural = self.rows_of(request.user), self.opts.verbose_name_plural
        return [
            Panel.of(
                f"{plural}: Entwürfe",
                items.in_state(DRAFT).order_by("-changed_at"),
                note=lambda item: f"geändert {german_moment(item.changed_at)}",
                query=f"?{StateFilter.parameter_name}={DRAFT.name}",
                order=10,
            ),
            Panel.of(
                f"{plural}: geplant",
                items.in_state(SCHEDULED).order_by("publish_from"),
                note=lambda item: f"erscheint {german_moment(item.publish_from)}",
                query=f"?{StateFilter.parameter_name}={SCHEDULED.name}",
                order=20,
            ),
            *due_panels(self, items),
        ]


def last_editor_name(model):
    history = model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return Subquery(history.values("history_user__username")[:1])


def _is_change_form(request):
    return request.resolver_match is not None and request.resolver_match.url_name.endswith("_change")


def _counted(number):
    return "Ein Inhalt" if number == 1 else f"{number} Inhalte"
