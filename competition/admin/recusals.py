"""„Befangenheiten“: what jurors have stated, and what the office sets and lifts."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from competition.admin.panels import person_label
from competition.admin.round_pages import CHOOSE, READ_AND_SAVE, posted
from competition.admin.years import YearOfEntryFilter
from competition.jury import without_recused
from competition.models import ConflictStatement, Entry, name_of
from competition.models.prizes import alphabetical
from competition.recusals import LONGEST_REASON, lift, recuse, statements_visible_to
from publishing.admin.base import PortalAdmin

LIST = "admin:competition_conflictstatement_changelist"


class PersonField(forms.ModelChoiceField):
    label_from_instance = staticmethod(person_label)


class RecuseForm(forms.Form):
    required_css_class = "required"

    user = PersonField(get_user_model().objects.none(), label="Wer", empty_label=CHOOSE)
    entry = forms.ChoiceField(label="Beitrag")
    reason = forms.CharField(
        label="Grund",
        max_length=ConflictStatement._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Nur für die Geschäftsstelle. Wird nach dem Wettbewerb gelöscht.",
    )

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True)
        self.fields["user"].queryset = people.order_by("last_name", "first_name", "username")
        judged = Entry.objects.filter(edition__rounds__isnull=False).distinct()
        entries = without_recused(judged, reader).select_related("category__cluster", "edition").defer("body", "team")
        self.entries = {str(one.pk): one for one in alphabetical(entries)}
        self.fields["entry"].choices = [("", CHOOSE), *self._groups()]

    def _groups(self):
        groups = {}
        for key, entry in self.entries.items():
            groups.setdefault(f"{entry.edition.year}: {entry.category}", []).append((key, str(entry)))
        return sorted(groups.items(), reverse=True)

    def clean_entry(self):
        return self.entries[self.cleaned_data["entry"]]


class LiftForm(forms.Form):
    required_css_class = "required"

    reason = forms.CharField(
        label="Grund der Aufhebung",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Steht dauerhaft im Protokoll der Vorgänge.",
    )


@admin.register(ConflictStatement)
class RecusalAdmin(PortalAdmin):
    list_display = ("person", "entry", "state_label", "lift_link", "reason", "source_label")
    list_display_links = None
    list_filter = ("is_conflicted", YearOfEntryFilter)
    change_list_template = "admin/competition/jury/recusal_change_list.html"
    list_select_related = ("user", "entry__edition")
    search_fields = ("user__last_name", "user__first_name", "user__username", "entry__organisation", "entry__title")
    list_per_page = 100
    actions = None

    def get_queryset(self, request):
        return statements_visible_to(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="wer", ordering="user__last_name")
    def person(self, statement):
        return name_of(statement.user)

    @admin.display(description="Stand", ordering="is_conflicted")
    def state_label(self, statement):
        name, label = ("missing", "befangen") if statement.is_conflicted else ("public", "kein Interessenkonflikt")
        return format_html('<span class="state state-{}">{}</span>', name, label)

    @admin.display(description="erklärt", ordering="stated_at")
    def source_label(self, statement):
        source = "Geschäftsstelle" if statement.is_by_office else "Mitglied"
        return f"{source}, {localtime(statement.stated_at):%d.%m.%Y}"

    @admin.display(description="")
    def lift_link(self, statement):
        if not statement.is_conflicted:
            return ""
        address = reverse("admin:competition_conflictstatement_lift", args=[statement.pk])
        return format_html('<a href="{}">Aufheben</a>', address)

    # --- setting and lifting

    def get_urls(self):
        lifting = require_http_methods(READ_AND_SAVE)(self.lift)
        wrapped = self.admin_site.admin_view(lifting)
        return [path("<int:pk>/aufheben/", wrapped, name="competition_conflictstatement_lift"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RecuseForm(posted(request), reader=request.user)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                recuse(data["user"], data["entry"], reason=data["reason"], by=request.user)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                text = f"{name_of(data['user'])} ist bei „{data['entry']}“ befangen."
                return self._done(request, text)
        context = {
            "title": "Befangen setzen",
            "form": form,
            "intro": "Das gilt sofort: Unterlagen und Beitrag sind für diese Person zu, ihr Bogen zählt nicht mehr.",
            "button": "Befangen setzen",
        }
        return self._page(request, context)

    def lift(self, request, pk):
        if not request.user.has_perm("competition.change_conflictstatement"):
            raise PermissionDenied
        statement = self.get_queryset(request).recused().select_related("user", "entry__edition").filter(pk=pk).first()
        if statement is None:
            raise Http404
        form = LiftForm(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                lift(statement, reason=form.cleaned_data["reason"], by=request.user)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return self._done(request, "Die Befangenheit ist aufgehoben. Das Mitglied wird noch einmal gefragt.")
        context = {
            "title": "Befangenheit aufheben",
            "form": form,
            "intro": f"{person_label(statement.user)}: „{statement.entry}“. Grund der Befangenheit: {statement.reason}",
            "button": "Aufheben",
        }
        return self._page(request, context)

    def _done(self, request, text):
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse(LIST))

    def _page(self, request, context):
        context = self.admin_site.each_context(request) | {"opts": self.opts, "list_path": reverse(LIST)} | context
        return render(request, "admin/competition/jury/recusal.html", context)
