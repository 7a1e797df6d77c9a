"""Before the papers: the juror says of each entry whether there is a conflict of interest."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from competition import jury
from competition.jury_area.door import FORM_EXPIRED, form_has_expired, jury_page, typed_again
from competition.jury_area.work import round_of, rounds_of, work_of
from competition.models import ConflictStatement, Entry, PanelMember

FREE, CONFLICTED = "frei", "befangen"
NOTHING_CHOSEN = "Bitte wählen Sie bei mindestens einem Beitrag aus."
REASON_MISSING = "Bitte nennen Sie den Grund."
LONGEST_REASON = ConflictStatement._meta.get_field("reason").max_length
REASON_TOO_LONG = f"Bitte kürzen Sie den Grund auf {LONGEST_REASON} Zeichen."


@dataclass
class Declaration:
    """One row of the form, as it was typed."""

    entry: Entry
    choice: str = ""
    reason: str = ""
    errors: list = field(default_factory=list)

    @classmethod
    def read(cls, entry, data):
        choice = data.get(f"erklaerung-{entry.pk}", "")
        reason = data.get(f"grund-{entry.pk}", "").replace("\r\n", "\n")
        read = cls(entry, choice if choice in (FREE, CONFLICTED) else "", reason)
        if read.is_conflicted and not reason.strip():
            read.errors.append(REASON_MISSING)
        if read.is_conflicted and len(reason.strip()) > LONGEST_REASON:
            read.errors.append(REASON_TOO_LONG)
        return read

    @property
    def is_conflicted(self):
        return self.choice == CONFLICTED


@jury_page(keeps_text=True)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request, pk):
    """All entries of a round of which nothing has been said yet."""
    round = rounds_of(request.user).filter(pk=pk).first()
    if round is None:
        return _ended(request, PanelMember.objects.filter(user=request.user, panel__round=pk).exists() and jury.CLOSED)
    work = work_of(request.user, round)
    entries = [task.entry for task in work.to_declare]
    return _answer(request, entries, {"work": work, "round": round}, done=lambda _: redirect("jury:round", pk=pk))


@jury_page(keeps_text=True)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_one(request, pk):
    """Also later: who finds out while reading that they know the people says so here."""
    entry = jury.entries_assigned_to(request.user).select_related("category__cluster").filter(pk=pk).first()
    if entry is None:
        return _ended(request, jury.why_no_seat(request.user, get_object_or_404(Entry, pk=pk)))
    round = round_of(request.user, entry)

    def done(declaration):
        return redirect("jury:round", pk=round.pk) if declaration.is_conflicted else redirect("jury:entry", pk=pk)

    return _answer(request, [entry], {"entry": entry, "round": round}, done)


def _ended(request, reason):
    """Only who sat here and still had the form open is told, and sees their text once more."""
    if request.method != "POST" or not reason:
        raise Http404
    context = {"message": reason, "typed": typed_again(request)}
    return render(request, "competition/jury/ended.html", context, status=403)


def _answer(request, entries, context, done):
    declarations = [Declaration.read(entry, request.POST) for entry in entries]
    context |= {"declarations": declarations, "longest_reason": LONGEST_REASON, "errors": []}
    if request.method == "POST" and "zurueck" not in request.POST:
        context["errors"] = _errors(request, declarations)
        if not context["errors"]:
            return _save_or_ask(request, [one for one in declarations if one.choice], context, done)
    status = 403 if form_has_expired(request) else 200
    return render(request, "competition/jury/declare.html", context, status=status)


def _errors(request, declarations):
    """[(id of the field, message)]"""
    errors = [(f"grund-{one.entry.pk}", f"{one.entry}: {error}") for one in declarations for error in one.errors]
    if declarations and not any(one.choice for one in declarations):
        errors.append((f"frei-{declarations[0].entry.pk}", NOTHING_CHOSEN))
    if form_has_expired(request):
        errors.append(("inhalt", FORM_EXPIRED))
    return errors


def _save_or_ask(request, chosen, context, done):
    recusals = [one for one in chosen if one.is_conflicted]
    if recusals and "bestaetigt" not in request.POST:
        return render(
            request, "competition/jury/confirm_recusal.html", context | {"chosen": chosen, "recusals": recusals}
        )
    try:
        jury.state_conflicts(request.user, [(one.entry, one.is_conflicted, one.reason) for one in chosen])
    except ValidationError as error:
        context["errors"] = [("inhalt", message) for message in error.messages]
        return render(request, "competition/jury/declare.html", context, status=409)
    # Of a recused entry nothing is named from now on, not even here.
    number = len(chosen)
    messages.success(
        request, "Ihre Erklärung ist gespeichert." if number == 1 else f"{number} Erklärungen gespeichert."
    )
    return done(chosen[0]) if chosen else redirect("jury:start")
