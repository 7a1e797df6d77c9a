from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportRunQuerySet(models.QuerySet):
    def since(self, pause):
        return self.filter(started_at__gte=timezone.now() - pause)


class ImportRun(models.Model):
    """What was brought in at once: from where, by whom, and what became of its rows. Written by publishing.imports."""

    is_on_public_pages = False

    what = models.CharField("Was", max_length=120)
    source = models.CharField("Datei", max_length=200, blank=True)
    started_at = models.DateTimeField("Wann", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Von",
    )
    added = models.PositiveIntegerField("neu", default=0)
    changed = models.PositiveIntegerField("geändert", default=0)
    refused = models.PositiveIntegerField("abgelehnt", default=0)
    notes = models.TextField("Hinweise", blank=True, help_text="Je Zeile eine abgelehnte Zeile mit ihrem Grund.")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "Import"
        verbose_name_plural = "Importe"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(what=""),
                name="import_run_says_what",
                violation_error_message="Bitte sagen Sie, was importiert wurde.",
            )
        ]

    def __str__(self):
        return f"{self.what}: {self.in_words}"

    @property
    def in_words(self):
        counts = ((self.added, "neu"), (self.changed, "geändert"), (self.refused, "abgelehnt"))
        return ", ".join(f"{number} {label}" for number, label in counts if number) or "nichts Neues"
