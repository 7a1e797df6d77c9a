from django.conf import settings
from django.db import models
from django.db.models import Q

from competition.models.edition import Edition
from competition.models.entry import Entry


def name_of(user):
    """As records keep it: a first and a last name may be 150 letters long each."""
    return (user.get_full_name() or user.get_username())[:150]


class AppendOnlyError(Exception):
    """A line of the record was to be changed or deleted."""


class ResultRecord(models.Model):
    """The results as they were closed, in canonical JSON. Its hash may be shown before, the text only afterwards.

    The text carries a random salt: with ten known finalists every possible outcome could be hashed and compared.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="result_records", verbose_name="Wettbewerbsjahr"
    )
    text = models.TextField("Protokoll")
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64)
    closed_at = models.DateTimeField("geschlossen am")
    closed_by = models.CharField("geschlossen von", max_length=150)
    reopened_at = models.DateTimeField("wieder geöffnet am", null=True)
    reopened_by = models.CharField("wieder geöffnet von", max_length=150, blank=True)
    reopened_because = models.CharField("Grund", max_length=300, blank=True)

    class Meta:
        verbose_name = "Ergebnisprotokoll"
        verbose_name_plural = "Ergebnisprotokolle"
        ordering = ["-closed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(reopened_at__isnull=True),
                name="result_record_one_in_force",
                violation_error_message="Die Ergebnisse dieses Wettbewerbsjahres sind schon geschlossen.",
            )
        ]

    def __str__(self):
        return f"{self.edition}: {self.sha256[:12]}"

    def save(self, **kwargs):
        """Only the reopening may be added, once."""
        stored = ResultRecord.objects.filter(pk=self.pk).first() if self.pk else None
        frozen = ("edition_id", "text", "sha256", "closed_at", "closed_by")
        if stored and (stored.reopened_at or any(getattr(stored, name) != getattr(self, name) for name in frozen)):
            raise AppendOnlyError("Ein Ergebnisprotokoll wird nicht geändert.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise AppendOnlyError("Ein Ergebnisprotokoll wird nicht gelöscht.")


class LogEntry(models.Model):
    """Who did what that decides the award, in the order it happened: read, never changed."""

    is_on_public_pages = False

    class Act(models.TextChoices):
        CLOSED = "closed", "Ergebnisse geschlossen"
        REOPENED = "reopened", "Ergebnisse wieder geöffnet"
        REVEALED = "revealed", "Preisträger verkündet"
        MOMENT_CHANGED = "moment_changed", "Zeitpunkt der Veröffentlichung geändert"
        EXPORTED = "exported", "Daten exportiert"
        ASSIGNED = "assigned", "Jurymitglied zugeordnet"
        UNASSIGNED = "unassigned", "Jurymitglied ausgeschieden"
        RECUSED = "recused", "Befangenheit erklärt"
        RECUSAL_LIFTED = "recusal_lifted", "Befangenheit aufgehoben"
        DOWNLOADED = "downloaded", "Unterlage geöffnet"
        SUBMITTED = "submitted", "Bewertungsbogen abgegeben"
        DECIDED = "decided", "Entscheidung eingetragen"
        DECISION_REVOKED = "decision_revoked", "Entscheidung aufgehoben"
        REMINDED = "reminded", "Schreiben an die Jury vorbereitet"
        ROUND_CHANGED = "round_changed", "Juryrunde nach ihrem Beginn geändert"
        DELETED = "deleted", "Daten gelöscht oder anonymisiert"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="log", verbose_name="Wettbewerbsjahr")
    # Where the text names an entry: who is recused of it does not read the line. When the entry goes, the line stays
    # as it is: hence no constraint, and nothing is done on deletion.
    entry = models.ForeignKey(
        Entry,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="Beitrag",
    )
    act = models.CharField("Vorgang", max_length=20, choices=Act)
    text = models.CharField("Einzelheiten", max_length=500, blank=True)
    moment = models.DateTimeField("Zeitpunkt", auto_now_add=True)
    # The name stays when the account goes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="Konto"
    )
    user_name = models.CharField("wer", max_length=150)

    class Meta:
        verbose_name = "Vorgang"
        verbose_name_plural = "Vorgänge"
        ordering = ["-moment", "-pk"]

    def __str__(self):
        return f"{self.get_act_display()} ({self.user_name})"

    def save(self, **kwargs):
        if self.pk:
            raise AppendOnlyError("Ein Vorgang wird nicht geändert.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise AppendOnlyError("Ein Vorgang wird nicht gelöscht.")
