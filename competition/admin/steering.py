"""The pages an edition is led from: one to see and decide on, and a page to confirm each act of consequence."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from competition import results
from competition.admin.progress import Progress, entry_counts
from competition.admin.result_history import last_changes
from competition.admin.result_words import contrasts, results_in_words
from competition.admin.results_form import ResultsForm
from competition.admin.round_pages import address
from competition.models import Edition
from competition.models.results_lock import open_results
from competition.recusals import is_recused_of_any, log_visible_to
from competition.result_lines import fingerprint, lines_of
from publishing.models.published import DRAFT

LOG_LINES = 10
#: Who enters results adds and takes out rows of both tables.
DECIDES = (
    "competition.change_edition",
    *(f"competition.{act}_{model}" for act in ("add", "change", "delete") for model in ("finalist", "award")),
)
SEES = ("competition.view_edition", "competition.view_entry", "competition.view_finalist", "competition.view_award")
#: Steps that are not for who is recused of an entry of this year.
SHOWS_RESULTS = ("results", "close", "reveal", "awards")
RECUSED = "Sie sind bei einem Beitrag dieses Jahres befangen: Das erledigt jemand anderes."
SEEN_OTHERWISE = "Die Ergebnisse haben sich inzwischen geändert. Bitte prüfen Sie die Liste noch einmal."


class CloseForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label="Ich habe die Liste geprüft.", error_messages={"required": "Bitte prüfen und ankreuzen."}
    )


class RevealForm(CloseForm):
    confirmed = forms.BooleanField(
        label="Ja, die Preisträger jetzt verkünden.",
        error_messages={"required": "Bitte kreuzen Sie an, dass Sie jetzt verkünden wollen."},
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="Grund",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Steht mit Ihrem Namen im Protokoll. Zum Beispiel: Schreibfehler im Namen der Firma.",
        error_messages={"required": "Bitte nennen Sie den Grund: Er steht im Protokoll."},
    )


def _not_when_recused(view):
    """These pages list finalists and winners by name."""

    @wraps(view)
    def page(self, request, pk):
        edition = self._edition(request, pk, decides=True)
        if is_recused_of_any(request.user, edition.entries.all()):
            self.message_user(request, RECUSED, messages.WARNING)
            return HttpResponseRedirect(self._address("steer", pk))
        return view(self, request, edition)

    return page


class SteeringPages:
    """For the admin of editions."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        form_page = require_http_methods(["GET", "HEAD", "POST"])
        pages = (
            ("<int:pk>/steuern/", form_page(self.steer), "steer"),
            ("<int:pk>/steuern/schliessen/", form_page(self.close), "close"),
            ("<int:pk>/steuern/oeffnen/", form_page(self.reopen), "reopen"),
            ("<int:pk>/steuern/verkuenden/", form_page(self.reveal), "reveal"),
            ("naechstes-jahr/", require_POST(self.start_next_edition), "next"),
        )
        own = [path(route, wrap(view), name=self._url_name(name)) for route, view, name in pages]
        return [*own, *super().get_urls()]

    # --- seeing and deciding

    def steer(self, request, pk):
        edition = self._edition(request, pk, decides=request.method == "POST")
        is_recused = is_recused_of_any(request.user, edition.entries.all())
        if request.method == "POST" and is_recused:
            raise PermissionDenied
        form = ResultsForm(request.POST if request.method == "POST" else None, edition=edition)
        if form.is_bound and form.is_valid() and (change := form.save()) is not None:
            self._tell_what_changed(request, edition, *change)
            return HttpResponseRedirect(self._address("steer", pk))
        progress, decides = Progress(edition, hides_entries=is_recused), request.user.has_perms(DECIDES)
        context = {
            "title": f"{edition.year} steuern",
            "form": form,
            "progress": progress,
            "button": self._button(request, edition, progress.next_step, is_recused) if decides else None,
            "counts": entry_counts(edition, request.user),
            "results": results_in_words(edition, form.stored) if progress.record or not decides else None,
            "agrees": results.agrees_with_today(progress.record) if progress.record else None,
            "awards": []
            if is_recused
            else edition.awards.select_related("entry", "edition", "category__cluster", "local_prize"),
            "jury_rounds": edition.rounds.order_by("opens_at"),
            "is_recused": is_recused,
            "log": log_visible_to(request.user).filter(edition=edition)[:LOG_LINES],
            "changes": [] if is_recused else last_changes(edition),
            "decides": decides,
            "may_close": decides and not is_recused,
            "public_path": edition.get_absolute_url() if edition.is_public else None,
        }
        return self._page(request, "admin/competition/steer.html", edition, context)

    def _tell_what_changed(self, request, edition, removed, added):
        if not removed and not added:
            self.message_user(request, "Es war nichts zu ändern: Die Ergebnisse stehen schon so da.")
            return
        kept = lines_of(edition) - added
        words = "; ".join(
            f"{one.label}: {', '.join(one.mine)}" for one in contrasts(edition, removed | kept, added | kept)
        )
        self.message_user(request, f"Gespeichert. {words}.", messages.SUCCESS)

    def _button(self, request, edition, step, is_recused):
        """(label, address, whether it needs a form of its own) of the next step."""
        entries = reverse("admin:competition_entry_add")
        awards = reverse("admin:competition_award_changelist")
        buttons = {
            "edit": ("Wettbewerbsjahr bearbeiten", self._address("change", edition.pk), False),
            "add_entry": ("Beitrag erfassen", f"{entries}?edition={edition.pk}", False),
            "results": ("Ergebnisse eintragen", "#ergebnisse", False),
            "close": ("Ergebnisse schließen …", self._address("close", edition.pk), False),
            "reveal": ("Preisträger jetzt verkünden …", self._address("reveal", edition.pk), False),
            "awards": ("Laudatio und Bilder", f"{awards}?edition__id__exact={edition.pk}", False),
            "next_edition": ("Nächstes Wettbewerbsjahr anlegen", self._address("next"), True),
        }
        if step.round:
            return f"{step.round} öffnen", address(step.round), False
        if is_recused and step.action in SHOWS_RESULTS:
            return None
        may_press = step.action != "next_edition" or self.has_add_permission(request)
        return buttons.get(step.action) if may_press else None

    # --- acts of consequence, each with a page that says what will happen

    @_not_when_recused
    def close(self, request, edition):
        if results.record_in_force(edition):
            self.message_user(request, "Die Ergebnisse sind schon geschlossen.", messages.WARNING)
            return HttpResponseRedirect(self._address("steer", edition.pk))
        form = CloseForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            record = self._act(form, lambda: self._close_as_seen(edition, request.user, form.cleaned_data["seen"]))
            if record:
                text = f"Die Ergebnisse sind geschlossen. Prüfsumme (SHA-256): {record.sha256}"
                self.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(self._address("steer", edition.pk))
        lines = lines_of(edition)
        context = {
            "title": "Ergebnisse schließen",
            "form": form,
            "results": results_in_words(edition, lines),
            "missing": results.missing_results(edition),
            "seen": fingerprint(lines),
        }
        return self._page(request, "admin/competition/close_results.html", edition, context)

    @transaction.atomic
    def _close_as_seen(self, edition, user, seen):
        open_results(edition.pk)
        if fingerprint(lines_of(edition)) != seen:
            raise ValidationError(SEEN_OTHERWISE)
        return results.close_results(edition, user)

    @_not_when_recused
    def reopen(self, request, edition):
        if results.record_in_force(edition) is None:
            self.message_user(request, "Die Ergebnisse sind nicht geschlossen.", messages.WARNING)
            return HttpResponseRedirect(self._address("steer", edition.pk))
        form = ReopenForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            reason = form.cleaned_data["reason"]
            if self._act(form, lambda: results.reopen_results(edition, request.user, reason) or True):
                self.message_user(request, "Die Ergebnisse sind wieder geöffnet.", messages.SUCCESS)
                return HttpResponseRedirect(self._address("steer", edition.pk))
        context = {"title": "Ergebnisse wieder öffnen", "form": form, "record": results.record_in_force(edition)}
        return self._page(request, "admin/competition/reopen_results.html", edition, context)

    @_not_when_recused
    def reveal(self, request, edition):
        if edition.winners_are_public:
            text = "Die Preisträger dieses Wettbewerbsjahres sind schon öffentlich. Es ist nichts mehr zu tun."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self._address("steer", edition.pk))
        form = RevealForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            seen = form.cleaned_data["seen"]
            if self._act(form, lambda: self._reveal_as_seen(edition, request.user, seen)):
                self.message_user(
                    request, "Die Preisträger sind verkündet: Sie sind jetzt öffentlich.", messages.SUCCESS
                )
                return HttpResponseRedirect(self._address("steer", edition.pk))
        progress, lines = Progress(edition), lines_of(edition)
        context = {
            "title": "Preisträger jetzt verkünden",
            "form": form,
            "results": results_in_words(edition, lines),
            "progress": progress,
            "seen": fingerprint(lines),
            "agrees": progress.record and results.agrees_with_today(progress.record),
        }
        return self._page(request, "admin/competition/reveal_winners.html", edition, context)

    @transaction.atomic
    def _reveal_as_seen(self, edition, user, seen):
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        if fingerprint(lines_of(edition)) != seen and not edition.winners_are_public:
            raise ValidationError(SEEN_OTHERWISE)
        return results.reveal(edition, user)

    def _act(self, form, act):
        try:
            return act()
        except ValidationError as error:
            form.add_error(None, error)
            return None

    # --- the next year

    def start_next_edition(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        newest = Edition.objects.newest_first().first()
        if newest and newest.state is DRAFT and not newest.entries.exists():
            text = "Das nächste Wettbewerbsjahr gibt es schon als Entwurf: Das ist es."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self._address("change", newest.pk))
        last = Edition.objects.filter(is_suspended=False).newest_first().first()
        return self.copy(request, last.pk) if last else HttpResponseRedirect(self._address("add"))

    # --- what all of these pages share

    def _edition(self, request, pk, *, decides=False):
        edition = self.get_object(request, pk)
        if not request.user.has_perms(DECIDES if decides else SEES):
            raise PermissionDenied
        if edition is None:
            raise Http404
        return edition

    def _page(self, request, template, edition, context):
        shared = {
            "edition": edition,
            "opts": self.opts,
            "steer_path": self._address("steer", edition.pk),
            "change_path": self._address("change", edition.pk),
        }
        context = self.admin_site.each_context(request) | shared | context
        return render(request, template, context)
