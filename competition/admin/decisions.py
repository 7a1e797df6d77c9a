"""Entering what the jury has decided, and revoking it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from js_asset import Media

from competition.admin.round_pages import CHOOSE, READ_AND_SAVE, RoundPage, address, back, judged_category, posted, show
from competition.admin.years import YearFilter
from competition.jury_decisions import (
    RECUSED,
    RESULTS_EXIST,
    STILL_RUNNING,
    decide,
    entries_to_choose,
    has_results,
    revoke,
)
from competition.models import Award, Decision, PanelMember
from competition.models.prizes import alphabetical
from competition.rankings import SHOWN, ranking_of, vote_result
from competition.recusals import LONGEST_REASON, decisions_visible_to, is_recused_of_any
from publishing.admin.base import ReadOnlyAdmin
from publishing.admin.words import german_moment

NOBODY_TO_CHOOSE = "Hier gibt es noch keinen Beitrag, zwischen dem zu entscheiden wäre."


class DecisionForm(forms.Form):
    required_css_class = "required"

    first = forms.ChoiceField(label="Erster Platz")
    second = forms.ChoiceField(label="Zweiter Platz", required=False)
    reason = forms.CharField(
        label="Begründung der Jury",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text="Steht im Protokoll. Weicht die Jury von der Rangfolge ab, gehört hierher, warum.",
    )
    present = forms.CharField(
        label="Anwesende",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text="Ein Name je Zeile. Vorgeschlagen sind die Mitglieder der Jury: Bitte streichen, wer fehlte.",
    )
    decided_on = forms.DateField(label="Entschieden am", widget=admin.widgets.AdminDateWidget)

    def __init__(self, *args, round, category, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.round, self.entries = round, {str(entry.pk): entry for entry in entries}
        choices = [("", CHOOSE), *((key, str(entry)) for key, entry in self.entries.items())]
        self.fields["first"].choices = self.fields["second"].choices = choices
        if category is None:
            del self.fields["second"]
            self.fields["first"].label = "Gesamtsieger"
        for name in ("statement", "statement_by"):
            self.fields[name] = Award._meta.get_field(name).formfield()
        self.fields["statement"].help_text = "Kann auch später ergänzt werden. Öffentlich erst mit den Preisträgern."
        self.fields["statement_by"].widget.attrs["class"] = "vTextField"

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise ValidationError("Der Tag liegt in der Zukunft.")
        if day < timezone.localdate(self.round.opens_at):
            raise ValidationError("Der Tag liegt vor dem Beginn der Runde.")
        return day

    def entry(self, name):
        return self.entries.get(self.cleaned_data.get(name) or "")


def decide_category(model_admin, request, round_, category):
    return _decide(model_admin, request, round_, judged_category(round_, category))


def decide_final(model_admin, request, round_):
    if not round_.is_final:
        raise Http404
    return _decide(model_admin, request, round_, None)


def _decide(model_admin, request, round_, category):
    entries = entries_to_choose(round_, category)
    if refusal := _why_not(request.user, round_, category, entries):
        return back(model_admin, request, address(round_), refusal, messages.WARNING)
    form = DecisionForm(
        posted(request),
        round=round_,
        category=category,
        entries=alphabetical(entries.only(*SHOWN)),
        initial={"decided_on": timezone.localdate(), "present": _members(round_, category)},
    )
    if request.method == "POST" and form.is_valid() and (decision := _save(form, round_, category, request.user)):
        return back(model_admin, request, address(round_), _saved(decision), messages.SUCCESS)
    context = {
        "title": f"Entscheidung: {category or 'Gesamtsieg'}",
        "form": form,
        "category": category,
        "ranking": ranking_of(round_, category, reader=request.user) if category else None,
        "votes": None if category else vote_result(round_, reader=request.user),
        "media": Media.from_media(model_admin.media + form.media, nonce=request._csp_nonce),
    }
    return show(model_admin, request, round_, "admin/competition/jury/decide.html", context)


def _why_not(user, round_, category, entries):
    if is_recused_of_any(user, entries):
        return RECUSED
    if not round_.is_over:
        return STILL_RUNNING
    if has_results(round_, category):
        return RESULTS_EXIST
    return None if entries.exists() else NOBODY_TO_CHOOSE


def _members(round_, category):
    members = PanelMember.objects.active().filter(panel__round=round_).select_related("user")
    if category:
        members = members.filter(panel__panel_categories__category=category)
    return "\n".join(map(str, members))


def _save(form, round_, category, user):
    data = form.cleaned_data
    try:
        return decide(
            round_,
            category,
            first=form.entry("first"),
            second=form.entry("second"),
            by=user,
            reason=data["reason"],
            present=data["present"],
            decided_on=data["decided_on"],
            statement=data["statement"],
            statement_by=data["statement_by"],
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


def _saved(decision):
    text = "Die Entscheidung ist eingetragen. Öffentlich wird sie erst mit der Verkündung."
    if decision.departs_from_ranking:
        text += " Sie weicht von der Rangfolge ab: Das steht mit der Begründung im Protokoll."
    return text


PAGES = (
    RoundPage(
        "entscheidung/<int:category>/", "decide", decide_category, "competition.add_decision", methods=READ_AND_SAVE
    ),
    RoundPage("entscheidung/", "decide_final", decide_final, "competition.add_decision", methods=READ_AND_SAVE),
)


class RevokeForm(forms.Form):
    required_css_class = "required"

    reason = forms.CharField(
        label="Grund der Aufhebung",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Steht im Protokoll der Runde und dauerhaft im Protokoll der Vorgänge.",
    )


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Read here, entered from the round, revoked with a reason: never changed."""

    list_display = ("label", "decided_on", "first", "second", "departure_label", "state_label", "revoke_link")
    list_display_links = None
    list_filter = (YearFilter, "round__kind")
    list_select_related = ("edition", "category__cluster", "first", "second")
    ordering = ("-edition__year", "category__cluster__order", "-entered_at")
    actions = None

    def get_queryset(self, request):
        return decisions_visible_to(request.user)

    @admin.display(description="Entscheidung")
    def label(self, decision):
        return format_html('<a href="{}">{}</a>', address(decision.round, "minutes"), decision)

    @admin.display(description="Abweichung von der Rangfolge", ordering="departs_from_ranking")
    def departure_label(self, decision):
        return "ja" if decision.departs_from_ranking else "nein"

    @admin.display(description="Stand", ordering="revoked_at")
    def state_label(self, decision):
        if decision.revoked_at:
            text = f"aufgehoben {german_moment(decision.revoked_at)}: {decision.revoked_because}"
            return format_html('<span class="state state-missing">{}</span>', text)
        return format_html('<span class="state state-public">{}</span>', "gilt")

    @admin.display(description="")
    def revoke_link(self, decision):
        if decision.revoked_at:
            return ""
        return format_html(
            '<a href="{}">Aufheben</a>', reverse("admin:competition_decision_revoke", args=[decision.pk])
        )

    def get_urls(self):
        revoking = self.admin_site.admin_view(require_http_methods(READ_AND_SAVE)(self.revoke))
        return [path("<int:pk>/aufheben/", revoking, name="competition_decision_revoke"), *super().get_urls()]

    def revoke(self, request, pk):
        if not request.user.has_perm("competition.change_decision"):
            raise PermissionDenied
        decision = self.get_queryset(request).select_related("first", "second").filter(pk=pk).first()
        if decision is None:
            raise Http404
        form = RevokeForm(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                revoke(decision, reason=form.cleaned_data["reason"], by=request.user)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                text = "Die Entscheidung ist aufgehoben, ihre Ergebnisse sind gelöscht."
                return back(self, request, address(decision.round), text, messages.SUCCESS)
        context = self.admin_site.each_context(request) | {
            "title": f"Entscheidung aufheben: {decision.category or 'Gesamtsieg'}",
            "opts": self.opts,
            "decision": decision,
            "form": form,
            "statements": _statements(decision),
            "round_path": address(decision.round),
        }
        return render(request, "admin/competition/jury/revoke.html", context)


def _statements(decision):
    """Words that would go with the prize."""
    kind = Award.Kind.CLUSTER if decision.category_id else Award.Kind.OVERALL
    return Award.objects.filter(kind=kind, entry=decision.first_id).exclude(statement="")
