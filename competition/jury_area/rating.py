"""The rating sheet: chosen steps and private notes, as a draft or handed in."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from competition import jury, scoring
from competition.jury_area.door import FORM_EXPIRED, form_has_expired, jury_page, typed_again
from competition.jury_area.work import rounds_of, work_of
from competition.models import Criterion, Entry, Round, Sheet
from competition.models.prizes import alphabetical

LONGEST_NOTES = Sheet._meta.get_field("notes").max_length
SUBMIT, NEXT = "abgeben", "weiter"
NO_SUCH_STEP = "Bitte wählen Sie eine der Stufen."
ALREADY_SUBMITTED = "Dieser Bogen ist schon abgegeben."


@dataclass
class Line:
    """One criterion of the sheet, with the step chosen."""

    criterion: Criterion
    steps: list
    chosen: object = None
    error: str = ""

    @property
    def field_name(self):
        return f"stufe-{self.criterion.pk}"

    @property
    def first_id(self):
        return f"stufe-{self.steps[0].pk}" if self.steps else "inhalt"


@dataclass
class TypedSheet:
    lines: list[Line]
    notes: str = ""
    edit_number: int = 0
    errors: list = field(default_factory=list)

    @classmethod
    def stored(cls, criteria, sheet):
        lines = _lines(criteria)
        if sheet is None:
            return cls(lines)
        chosen = {score.criterion_id: score.step_id for score in sheet.scores.all()}
        for line in lines:
            line.chosen = next((step for step in line.steps if step.pk == chosen.get(line.criterion.pk)), None)
        return cls(lines, sheet.notes, sheet.edit_number)

    @classmethod
    def read(cls, criteria, data):
        lines = _lines(criteria)
        for line in lines:
            value = data.get(line.field_name, "")
            line.chosen = next((step for step in line.steps if str(step.pk) == value), None)
            line.error = NO_SUCH_STEP if value and line.chosen is None else ""
        # Browsers send a line break as two characters, and count it as one.
        return cls(lines, data.get("notizen", "").replace("\r\n", "\n"), _whole_number(data.get("fassung", "")))

    @property
    def steps(self):
        return {line.criterion: line.chosen for line in self.lines if line.chosen}

    def add_errors(self, error):
        """The rule's own words, at the field they are about."""
        if _code(error) == "incomplete":
            for line in self.lines:
                line.error = line.error or ("" if line.chosen else "Hier fehlt Ihre Bewertung.")
        self.errors += [(_field_of(error, self.lines), message) for message in error.messages]


def _lines(criteria):
    return [Line(criterion, list(criterion.steps.all())) for criterion in criteria]


def _whole_number(text):
    # Whatever else stands there is no edition of the sheet: the save is refused, and the text shown again.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _code(error):
    return error.code if hasattr(error, "code") else next(iter(error.error_dict.values()))[0].code


def _field_of(error, lines):
    if _code(error) == "too_long":
        return "notizen"
    return next((line.first_id for line in lines if line.error), "inhalt")


@jury_page(keeps_text=True)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request, pk):
    entry, seat = _entry_and_seat(request.user, pk)
    if seat is None:
        return _no_way_in(request, pk)
    criteria = entry.edition.criteria.prefetch_related("steps")
    if request.method != "POST":
        return _sheet_page(request, entry, seat)
    typed = TypedSheet.read(criteria, request.POST)
    if form_has_expired(request):
        typed.errors.append(("inhalt", FORM_EXPIRED))
        return _sheet_page(request, entry, seat, typed, status=403)
    wish = request.POST.get("aktion", "")
    try:
        sheet = _save(request.user, entry, typed, submit=wish == SUBMIT)
    except ValidationError as error:
        has_ended = _code(error) in ("closed", "conflict_not_stated")
        return _no_way_in(request, pk) if has_ended else _show_again(request, entry, seat, typed, error)
    # The tag tells the script which copy on this device has become needless.
    words = "ist abgegeben" if sheet.is_submitted else "ist als Entwurf gespeichert"
    messages.success(request, f"„{entry}“ {words}.", extra_tags=copy_key(request.user, entry))
    return _onwards(request.user, entry, seat, stays=wish not in (SUBMIT, NEXT))


@jury_page(keeps_text=True)
@require_POST
def save_draft(request, pk):
    """For the page's script: the same save as by button, answered in a few words."""
    entry, seat = _entry_and_seat(request.user, pk)
    if seat is None:
        return JsonResponse({"state": "ended", "message": _reason_of_end(request.user, pk)}, status=403)
    if form_has_expired(request):
        return JsonResponse({"state": "expired", "token": get_token(request)}, status=403)
    if Sheet.objects.submitted().filter(member=seat, entry=entry).exists():
        return JsonResponse({"state": "submitted", "message": ALREADY_SUBMITTED}, status=409)
    typed = TypedSheet.read(entry.edition.criteria.prefetch_related("steps"), request.POST)
    try:
        sheet = _save(request.user, entry, typed, submit=False)
    except ValidationError as error:
        return JsonResponse({"state": _code(error), "message": " ".join(error.messages)}, status=409)
    saved_at = timezone.localtime(sheet.changed_at).strftime("%H:%M")
    return JsonResponse({"state": "saved", "edit_number": sheet.edit_number, "at": saved_at})


@jury_page
@require_safe
def overview(request, pk):
    """One's own ratings side by side."""
    round = get_object_or_404(rounds_of(request.user).filter(kind=Round.Kind.CLUSTER), pk=pk)
    work = work_of(request.user, round)
    criteria = list(round.edition.criteria.all())
    rows = [_row(task, criteria) for task in work.tasks if task.is_declared]
    order = request.GET.get("sortierung", "")
    if order == "mittel":
        rows.sort(key=lambda row: (row["mean"] is None, -(row["mean"] or 0)))
    elif order == "name":
        names = {entry.pk: number for number, entry in enumerate(alphabetical(row["task"].entry for row in rows))}
        rows.sort(key=lambda row: names[row["task"].entry.pk])
    context = {"work": work, "round": round, "criteria": criteria, "rows": rows, "order": order}
    return render(request, "competition/jury/overview.html", context | {"shows_means": jury.means_are_shown(round)})


@jury_page
@require_safe
def means(request, pk):
    over = jury.rounds_to_look_back_on(request.user).select_related("edition")
    round = rounds_of(request.user).filter(pk=pk).first() or get_object_or_404(over, pk=pk)
    if not jury.means_are_shown(round):
        raise Http404
    standings = jury.means_for(request.user, round)
    rows = [(entry, standings.get(entry)) for entry in alphabetical(jury.entries_with_means(request.user, round))]
    context = {"round": round, "rows": rows, "fewest": jury.FEWEST_SHEETS, "is_over": round.is_over}
    return render(request, "competition/jury/means.html", context)


def copy_key(user, entry):
    """Under this name a browser keeps what has not been saved yet."""
    return f"jury:{user.pk}:{entry.pk}"


def _entry_and_seat(user, pk):
    """Without a seat in a running cluster round, there is nothing to rate."""
    entry = jury.entries_open_to(user).select_related("category__cluster", "edition").filter(pk=pk).first()
    return entry, entry and jury.seat_for(user, entry)


def _no_way_in(request, pk):
    if request.method == "POST":
        context = {"message": _reason_of_end(request.user, pk), "typed": typed_again(request)}
        return render(request, "competition/jury/ended.html", context, status=403)
    if jury.entries_to_declare(request.user).filter(pk=pk).exists():
        return redirect("jury:declare-one", pk=pk)
    raise Http404


def _reason_of_end(user, pk):
    """In words for who sat here, and for nobody else: 404."""
    entry = get_object_or_404(Entry, pk=pk)
    reason = jury.why_no_seat(user, entry)
    if reason is None:
        raise Http404
    return reason


def _save(user, entry, typed, *, submit):
    if any(line.error for line in typed.lines):
        raise ValidationError(NO_SUCH_STEP, code="no_such_step")
    return jury.save_sheet(
        user, entry, steps=typed.steps, notes=typed.notes, seen_edit_number=typed.edit_number, submit=submit
    )


def _show_again(request, entry, seat, typed, error):
    typed.add_errors(error)
    is_newer = _code(error) == "newer_save"
    return _sheet_page(request, entry, seat, typed, beside_newer=is_newer, status=409 if is_newer else 200)


def _sheet_page(request, entry, seat, typed=None, *, beside_newer=False, status=200):
    round = seat.panel.round
    work = work_of(request.user, round)
    task = next((task for task in work.tasks if task.entry == entry), None)
    if task is None:
        raise Http404
    stored = TypedSheet.stored(entry.edition.criteria.prefetch_related("steps"), task.sheet)
    if beside_newer:
        # Both versions on one page: saving once more is then a choice, not an accident.
        typed.edit_number = stored.edit_number
    context = {
        "entry": entry,
        "round": round,
        "work": work,
        "position": work.position_of[entry.pk],
        "sheet": task.sheet,
        "is_submitted": task.is_submitted,
        "typed": typed or stored,
        "other": stored if beside_newer else None,
        "copy_key": copy_key(request.user, entry),
        "longest_notes": LONGEST_NOTES,
    }
    return render(request, "competition/jury/rate.html", context, status=status)


def _onwards(user, entry, seat, *, stays):
    if stays:
        return redirect("jury:rate", pk=entry.pk)
    task = work_of(user, seat.panel.round).next_to_rate(after=entry)
    return redirect("jury:rate", pk=task.entry.pk) if task else redirect("jury:round", pk=seat.panel.round_id)


def _row(task, criteria):
    values = {score.criterion_id: score.step.value for score in task.sheet.scores.all()} if task.sheet else {}
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    own = scoring.RatedSheet(task.entry.pk, "own", values)
    mean = scoring.rank([task.entry.pk], [own], weights)[0].mean
    return {"task": task, "values": [values.get(criterion.pk) for criterion in criteria], "mean": mean}
