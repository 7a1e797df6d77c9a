from django.conf import settings
from django.db import models
from django.db.models import Q

from competition.models.entry import Entry


class ConflictStatementQuerySet(models.QuerySet):
    def recused(self):
        return self.filter(is_conflicted=True)

    def free(self):
        return self.filter(is_conflicted=False)


class ConflictStatement(models.Model):
    """Before its papers open, every juror says of every entry whether there is a conflict of interest."""

    is_on_public_pages = False

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="conflict_statements",
        verbose_name="Jurymitglied",
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="conflict_statements", verbose_name="Beitrag"
    )
    is_conflicted = models.BooleanField("befangen")
    reason = models.TextField("Grund", max_length=600, blank=True)
    is_by_office = models.BooleanField("von der Geschäftsstelle", default=False, editable=False)
    stated_at = models.DateTimeField("erklärt am", auto_now=True)

    objects = ConflictStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "Erklärung zur Befangenheit"
        verbose_name_plural = "Erklärungen zur Befangenheit"
        ordering = ["-stated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entry"],
                name="conflict_stated_once",
                violation_error_message="Zu diesem Beitrag gibt es schon eine Erklärung.",
            ),
            models.CheckConstraint(
                condition=Q(is_conflicted=False) | ~Q(reason=""),
                name="conflict_has_reason",
                violation_error_message="Bitte nennen Sie den Grund der Befangenheit.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {'befangen' if self.is_conflicted else 'kein Interessenkonflikt'}"
