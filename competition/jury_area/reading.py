"""Reading: an entry with its confidential papers, and all of them in one folder to print."""

import re

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from competition import jury
from competition.jury_area.door import jury_page
from competition.jury_area.work import in_order, round_of, rounds_of
from competition.models import EntryImage, LogEntry, Paper, name_of
from competition.opening import PAPER_POLICY, handed_out
from competition.results import log
from publishing import pdf


def complete(entries):
    relations = ("category__cluster", "edition", "image")
    gallery = Prefetch("gallery", EntryImage.objects.select_related("image"))
    return entries.select_related(*relations).prefetch_related(gallery, "papers")


@jury_page
@require_safe
def entry_page(request, pk):
    if jury.entries_to_declare(request.user).filter(pk=pk).exists():
        return redirect("jury:declare-one", pk=pk)
    entry = get_object_or_404(complete(jury.entries_open_to(request.user)), pk=pk)
    context = {
        "entry": entry,
        "round": round_of(request.user, entry),
        "may_rate": jury.seat_for(request.user, entry) is not None,
        "pictures": pictures_of(entry),
    }
    return render(request, "competition/jury/entry.html", context)


def pictures_of(entry):
    return [image for image in (entry.image, *(one.image for one in entry.gallery.all())) if image]


def with_deeper_headings(html):
    """In the folder an entry is a chapter: the headings of its text stand below those of the chapter."""
    return re.sub(r"(</?h)([23])>", lambda tag: f"{tag[1]}{int(tag[2]) + 2}>", html)


@jury_page
@require_safe
def paper(request, token):
    entries = jury.entries_open_to(request.user)
    found = get_object_or_404(Paper.objects.select_related("entry__edition"), token=token, entry__in=entries)
    return handed_out(request, found, to_save="speichern" in request.GET)


@jury_page
@require_safe
def reading_folder(request, pk):
    context = _folder(request, pk)
    return render(request, "competition/jury/reading_folder.html", context | {"has_pdf": pdf.is_possible()})


@jury_page
@require_safe
def reading_folder_pdf(request, pk):
    """Where no PDF can be made, the page to print does as well."""
    if not pdf.is_possible():
        return redirect("jury:reading-folder", pk=pk)
    context = _folder(request, pk)
    content = pdf.make_pdf(request, "competition/jury/dossier.html", context)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"lesemappe-{context['round'].edition.year}.pdf")
    response["Content-Security-Policy"] = PAPER_POLICY
    return response


def _folder(request, pk):
    round = get_object_or_404(rounds_of(request.user), pk=pk)
    entries = in_order(complete(jury.entries_open_to(request.user, round)), request.user, round)
    for entry in entries:
        entry.pictures = pictures_of(entry)
        entry.body, entry.team = with_deeper_headings(entry.body), with_deeper_headings(entry.team)
    if request.method == "GET":
        text = f"Lesemappe, {round.get_kind_display()}: {len(entries)} Beiträge"
        log(round.edition, LogEntry.Act.DOWNLOADED, request.user, text)
    reader = name_of(request.user)
    return {"round": round, "entries": entries, "reader": reader, "opened_at": timezone.now()}
