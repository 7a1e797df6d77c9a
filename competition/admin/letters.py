"""Invitations and reminders to jurors: shown in full, and handed to the outbox."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from competition import reminders
from competition.admin.round_pages import READ_AND_SAVE, RoundPage, address, show
from competition.progress import progress_of

NOBODY = "Es gibt niemanden, an den ein Schreiben ginge."
READ_THERE = "Bitte lesen Sie dort noch einmal und senden Sie dann."
OUTBOX = "admin:publishing_outgoingmail_changelist"
CORRECT_ADDRESS = (
    "Die Adressen stehen bei den Benutzern. Ist eine dort berichtigt, legen Sie das Schreiben hier noch einmal an."
)
KINDS = {
    "erinnerung": ("Erinnerungen", reminders.reminders),
    "einladung": ("Einladungen", reminders.invitations),
}


def _letters(kind):
    title, write = KINDS[kind]

    def page(model_admin, request, round_):
        written = write(round_, progress_of(round_, reader=request.user))
        waiting = reminders.waiting_in_outbox(written, round_)
        letters = [letter for letter in written if letter not in waiting]
        if request.method == "POST":
            return _prepare(model_admin, request, round_, letters)
        context = {
            "title": f"{title}: {round_}",
            "kind": title,
            "letters": [letter for letter in letters if letter.to],
            "waiting": [letter.name for letter in waiting],
            "without_address": reminders.without_address(letters),
        }
        return show(model_admin, request, round_, "admin/competition/jury/letters.html", context)

    return page


def _prepare(model_admin, request, round_, letters):
    number, refusals = reminders.prepare(letters, round_, by=request.user)
    if refusals:
        text = f"Ohne Schreiben: {' '.join(refusals)} {CORRECT_ADDRESS}"
        model_admin.message_user(request, text, messages.ERROR)
    if not letters:
        model_admin.message_user(request, NOBODY, messages.WARNING)
    if number:
        text = "Ein Schreiben liegt" if number == 1 else f"{number} Schreiben liegen"
        model_admin.message_user(request, format_html("{} {}", text, _onwards(request.user)), messages.SUCCESS)
    return HttpResponseRedirect(address(round_))


def _onwards(user):
    """Not everybody who leads a round may read the outbox."""
    if not user.has_perm("publishing.change_outgoingmail"):
        return "im Postausgang. Die Administration liest sie dort („E-Mails“) und sendet sie dann."
    link = '<a href="{}?state__exact=prepared">Postausgang („E-Mails“)</a>'
    return format_html(f"im {link}. {READ_THERE}", reverse(OUTBOX))


PAGES = (
    RoundPage("erinnerungen/", "reminders", _letters("erinnerung"), "competition.change_round", READ_AND_SAVE),
    RoundPage("einladungen/", "invitations", _letters("einladung"), "competition.change_round", READ_AND_SAVE),
)
