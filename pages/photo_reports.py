"""„Foto melden“: a report hides a picture everywhere at once, until an editor decides.

What an editor has decided to show stays: later reports are stored and listed, but nobody empties the portal with them.
"""

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pages.models import GalleryPhoto, PhotoReport
from publishing import incoming
from publishing.groups import EDITORS
from publishing.models import Image
from publishing.public_forms import TextField
from publishing.views import absolute


class PhotoReportForm(forms.Form):
    reason = forms.ChoiceField(
        label="Warum melden Sie dieses Foto?",
        choices=[("", "Bitte wählen"), *PhotoReport.Reason.choices],
        error_messages={
            "required": "Bitte wählen Sie einen Grund.",
            "invalid_choice": "Bitte wählen Sie einen der Gründe aus der Liste.",
        },
    )
    message = TextField(
        label="Ihre Nachricht (freiwillig)",
        max_length=4000,
        required=False,
        help_text="Zum Beispiel, wo auf dem Bild Sie zu sehen sind oder wem das Bild gehört.",
        widget=forms.Textarea({"rows": 6}),
    )
    email = forms.EmailField(
        label="E-Mail (freiwillig)",
        max_length=254,
        required=False,
        help_text="Nur, wenn Sie eine Antwort möchten.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de."},
    )


@transaction.atomic
def receive(photo, values):
    """Stores the report, hides the picture and tells the editors. None where the same report lies there already."""
    # Of two presses at the same time the second waits here, and then finds the first one's row.
    image = Image.objects.select_for_update().get(pk=photo.image_id)
    since = timezone.now() - incoming.SAME_MESSAGE
    if PhotoReport.objects.open().filter(photo=photo, reported_at__gte=since, **values).exists():
        return None
    has_hidden = not image.is_hidden and image.hide()
    report = PhotoReport.objects.create(
        photo=photo, image=image, subject=_subject(photo), has_hidden=has_hidden, **values
    )
    _tell_the_editors(report, image)
    return report


def _subject(photo):
    return f"{photo.gallery.title}, Foto {photo.number}"


def _tell_the_editors(report, image):
    """Without what was written: the report is read, and in time forgotten, in one place."""
    form = absolute(reverse("admin:pages_photoreport_change", args=[report.pk]))
    state = (
        "Das Bild ist auf allen Seiten verborgen, bis Sie entscheiden."
        if image.is_hidden
        else "Das Bild wird weiter gezeigt, weil die Redaktion das schon einmal entschieden hat."
    )
    lines = (
        f"ein Foto wurde gemeldet: {report.subject}",
        f"Grund: {report.get_reason_display()}",
        "",
        state,
        f"Lesen und entscheiden: {form}",
    )
    for editor in User.objects.filter(groups__name=EDITORS, is_active=True).exclude(email="").order_by("pk"):
        incoming.send(
            to=editor.email,
            subject=f"Foto gemeldet: {report.subject}",
            lines=lines,
            purpose="Fotomeldung",
            related_label=report.subject,
        )


@transaction.atomic
def show_again(report, *, by, note=""):
    """For all open reports of the same picture. False where somebody has decided meanwhile."""
    image = _undecided_image(report)
    if image is None:
        return False
    image.keep()
    _decide(image, PhotoReport.Decision.KEPT, by, note)
    return True


@transaction.atomic
def remove_for_good(report, *, by, note=""):
    """Out of every gallery; elsewhere it stays hidden, so that its file can be deleted from the library."""
    image = _undecided_image(report)
    if image is None:
        return False
    image.hide(although_kept=True)
    for photo in GalleryPhoto.objects.filter(image=image):
        photo.delete()
    _decide(image, PhotoReport.Decision.REMOVED, by, note)
    return True


def _undecided_image(report):
    image = Image.objects.select_for_update().filter(pk=report.image_id).first()
    return image if image and PhotoReport.objects.open().filter(pk=report.pk).exists() else None


def _decide(image, decision, by, note):
    PhotoReport.objects.open().filter(image=image).update(
        decision=decision, decision_note=note, decided_at=timezone.now(), decided_by=str(by)
    )


@transaction.atomic
def forget(due):
    """Returns how many of these reports it was about. Of one that is still open only what the person wrote goes:
    its picture is hidden until somebody decides."""
    kept = due.open().exclude(message="", email="").update(message="", email="")
    _, deleted = due.exclude(decision="").delete()
    return kept + deleted.get(PhotoReport._meta.label, 0)
