from django.db import models
from django.db.models import Q

from pages.models.gallery import GalleryPhoto
from publishing.incoming import forgotten_on
from publishing.models import Image


class PhotoReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision="")


class PhotoReport(models.Model):
    """What somebody has against a photo of a gallery. The picture is hidden with it until an editor decides."""

    is_on_public_pages = False

    class Reason(models.TextChoices):
        PERSON = "person", "Ich bin zu sehen und möchte das nicht"
        RIGHTS = "rights", "Rechte verletzt"
        OTHER = "other", "Anderes"

    class Decision(models.TextChoices):
        KEPT = "kept", "wird gezeigt"
        REMOVED = "removed", "endgültig entfernt"

    #: Both may be deleted for good: what was reported stands in `subject`.
    photo = models.ForeignKey(
        GalleryPhoto, on_delete=models.SET_NULL, null=True, related_name="reports", verbose_name="Foto"
    )
    #: A plain key, no PictureKey: whoever decides sees the hidden picture.
    image = models.ForeignKey(
        Image, on_delete=models.SET_NULL, null=True, related_name="photo_reports", verbose_name="Bild"
    )
    subject = models.CharField("Gemeldetes Foto", max_length=300)
    reason = models.CharField("Grund", max_length=8, choices=Reason)
    message = models.TextField("Nachricht", max_length=4000, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    has_hidden = models.BooleanField("hat das Bild verborgen", default=False)
    reported_at = models.DateTimeField("gemeldet", auto_now_add=True)
    decision = models.CharField("Entscheidung", max_length=8, choices=Decision, blank=True)
    decision_note = models.CharField("Vermerk zur Entscheidung", max_length=400, blank=True)
    decided_at = models.DateTimeField("entschieden", null=True)
    decided_by = models.CharField("entschieden von", max_length=150, blank=True)
    forgotten_on = models.DateField("wird gelöscht am", default=forgotten_on, editable=False)

    objects = PhotoReportQuerySet.as_manager()

    class Meta:
        verbose_name = "Fotomeldung"
        verbose_name_plural = "Fotomeldungen"
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["forgotten_on"], name="photo_report_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="photo_report_decision_has_moment",
                violation_error_message="Zu einer Entscheidung gehört, wann sie gefallen ist.",
            )
        ]

    def __str__(self):
        return f"{self.subject}: {self.get_reason_display()}"
