"""Invitations and reminders to jurors: shown in full, and handed to the outbox."""

from django.contrib import messages

from competition import reminders
from competition.admin.round_pages import READ_AND_SAVE, RoundPage, address, back, show
from competition.progress import progress_of

NOBODY = "Es gibt niemanden, an den ein Schreiben ginge."
KINDS = {
    "erinnerung": ("Erinnerungen", reminders.reminders),
    "einladung": ("Einladungen", reminders.invitations),
}


def _letters(kind):
    title, write = KINDS[kind]

    def page(model_admin, request, round_):
        letters = write(round_, progress_of(round_, reader=request.user))
        if request.method == "POST":
            return _prepare(model_admin, request, round_, letters)
        context = {
            "title": f"{title}: {round_}",
            "kind": title,
            "letters": [letter for letter in letters if letter.to],
            "without_address": reminders.without_address(letters),
        }
        return show(model_admin, request, round_, "admin/competition/jury/letters.html", context)

    return page


def _prepare(model_admin, request, round_, letters):
    number = reminders.prepare(letters, round_, by=request.user)
    if not number:
        return back(model_admin, request, address(round_), NOBODY, messages.WARNING)
    text = "Ein Schreiben liegt" if number == 1 else f"{number} Schreiben liegen"
    return back(
        model_admin,
        request,
        address(round_),
        f"{text} im Postausgang. Bitte lesen Sie dort noch einmal und senden Sie dann.",
        messages.SUCCESS,
    )


PAGES = (
    RoundPage("erinnerungen/", "reminders", _letters("erinnerung"), "competition.change_round", READ_AND_SAVE),
    RoundPage("einladungen/", "invitations", _letters("einladung"), "competition.change_round", READ_AND_SAVE),
)
