"""When which jury judges what."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from competition.models.edition import Edition
from competition.models.prizes import Category
from competition.models.record import name_of
from publishing.constraints import ForeignKeyTogether

REOPENED_AFTER_DECISION = (
    "In dieser Runde ist schon entschieden: Sie bleibt beendet. "
    "Zum Weiterführen bitte zuerst die Entscheidung aufheben."
)
REOPENED_AFTER_COUNT = (
    "Die Abstimmung ist beendet, und ihr Ergebnis war einsehbar: Sie kann nicht wieder geöffnet werden."
)
REOPENED_AFTER_DELETION = "Die Bewertungen dieser Runde sind nach dem Wettbewerb gelöscht worden: Sie bleibt beendet."
RATED_BY_THIS_PANEL = (
    "Zu „{}“ gibt es schon Bewertungsbögen dieser Jury: Das Cluster bleibt bei ihr. "
    "Mitglieder können Sie jederzeit ausscheiden lassen oder ergänzen."
)


class RoundQuerySet(models.QuerySet):
    def running(self):
        """By the database's clock. What is not running is closed to jurors, whatever page they still have open."""
        return self.filter(opens_at__lte=Now(), closes_at__gt=Now())

    def over(self):
        return self.filter(closes_at__lte=Now())

    def for_juror(self, user):
        seats = PanelMember.objects.active().filter(user=user, panel__round=OuterRef("pk"))
        return self.running().filter(Exists(seats))


class Round(models.Model):
    is_on_public_pages = False

    class Kind(models.TextChoices):
        CLUSTER = "cluster", "Clusterrunde"
        FINAL = "final", "Finale"

    class Aggregates(models.TextChoices):
        NEVER = "never", "nie"
        AFTER_OWN = "after_own", "nach dem eigenen Bogen"
        AFTER_CLOSING = "after_closing", "nach dem Ende der Runde"

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="rounds", verbose_name="Wettbewerbsjahr"
    )
    kind = models.CharField("Art", max_length=8, choices=Kind)
    opens_at = models.DateTimeField("offen ab")
    closes_at = models.DateTimeField("offen bis", help_text="Danach nimmt das Portal nichts mehr an.")
    aggregates = models.CharField(
        "Jurymitglieder sehen Mittelwerte",
        max_length=14,
        choices=Aggregates,
        default=Aggregates.NEVER,
        help_text="Nur in der Clusterrunde. Die Stimmen des Finales sieht vor dem Ende niemand.",
    )
    second_factor_required = models.BooleanField(
        "zweiter Faktor nötig", default=True, help_text="Anmeldung mit Passkey oder Code aus einer App."
    )

    # What stays when the sheets are deleted after the edition. Filled once, and then the round stays over.
    statistics = models.JSONField("Statistik", default=list, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "Juryrunde"
        verbose_name_plural = "Juryrunden"
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="round_once_an_edition",
                violation_error_message="Diese Runde gibt es in diesem Wettbewerbsjahr schon.",
            ),
            models.UniqueConstraint(fields=["id", "edition"], name="round_with_edition"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_it_opens",
                violation_error_message="Die Runde endet vor ihrem Beginn.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.edition.year}"

    def clean(self):
        super().clean()
        stored = Round.objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.is_over and self.closes_at and self.closes_at > timezone.now():
            self._refuse_reopening()

    def _refuse_reopening(self):
        if self.statistics:
            raise ValidationError({"closes_at": REOPENED_AFTER_DELETION}, code="reopened")
        if self.decisions.filter(revoked_at__isnull=True).exists():
            raise ValidationError({"closes_at": REOPENED_AFTER_DECISION}, code="reopened")
        if self.is_final and self.participations.exists():
            raise ValidationError({"closes_at": REOPENED_AFTER_COUNT}, code="reopened")

    @property
    def is_running(self):
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_over(self):
        return self.closes_at <= timezone.now()

    @property
    def is_final(self):
        return self.kind == self.Kind.FINAL


class Panel(models.Model):
    """A jury: of one or more clusters, or the one that hears all finalists."""

    is_on_public_pages = False

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="panels", verbose_name="Runde")
    name = models.CharField("Name", max_length=120, help_text="Zum Beispiel: Clusterjury Automotive")

    class Meta:
        verbose_name = "Jury"
        verbose_name_plural = "Jurys"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="panel_name_once_a_round",
                violation_error_message="Diese Jury gibt es in dieser Runde schon.",
            ),
            models.UniqueConstraint(fields=["id", "round"], name="panel_with_round"),
        ]

    def __str__(self):
        return self.name


class PanelCategory(models.Model):
    """Which clusters a panel judges. A cluster belongs to one panel of a round."""

    is_on_public_pages = False

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="panel_categories")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", editable=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="panel_categories", verbose_name="Cluster"
    )

    class Meta:
        verbose_name = "Cluster der Jury"
        verbose_name_plural = "Cluster der Jury"
        ordering = ["category__cluster__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "category"],
                name="panel_category_once_a_round",
                violation_error_message="Dieses Cluster beurteilt in dieser Runde schon eine Jury.",
            ),
            ForeignKeyTogether(field="panel", same=["round"], name="panel_category_of_its_round"),
            ForeignKeyTogether(field="round", same=["edition"], name="panel_category_round_of_its_edition"),
            ForeignKeyTogether(
                field="category",
                same=["edition"],
                name="panel_category_of_its_edition",
                violation_error_message="Dieses Cluster gehört zu einem anderen Wettbewerbsjahr.",
            ),
        ]

    def __str__(self):
        return str(self.category)

    def _complete(self):
        if self.panel_id:
            self.round_id, self.edition_id = self.panel.round_id, self.panel.round.edition_id

    def refuse_when_rated(self):
        """Before it goes, or becomes another: its sheets would count nowhere any more."""
        stored = PanelCategory.objects.select_related("category__cluster").filter(pk=self.pk).first()
        if stored and stored.panel.members.filter(sheets__entry__category=stored.category_id).exists():
            raise ValidationError(RATED_BY_THIS_PANEL.format(stored.category), code="rated_already")

    def _has_become_another(self):
        stored = PanelCategory.objects.filter(pk=self.pk).first() if self.pk else None
        return stored and (stored.category_id, stored.panel_id) != (self.category_id, self.panel_id)

    def clean(self):
        super().clean()
        if self._has_become_another():
            self.refuse_when_rated()

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def validate_constraints(self, exclude=None):
        super().validate_constraints(set(exclude or ()) - {"round", "edition"})

    def save(self, **kwargs):
        self._complete()
        if self._has_become_another():
            self.refuse_when_rated()
        super().save(**kwargs)

    def delete(self, **kwargs):
        self.refuse_when_rated()
        return super().delete(**kwargs)


class PanelMemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(removed_at__isnull=True)


class PanelMember(models.Model):
    """A juror's seat. Taken away, it stays: the sheets written on it are still there, and count no more."""

    is_on_public_pages = False

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members", verbose_name="Jury")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats", verbose_name="Jurymitglied"
    )
    removed_at = models.DateTimeField("ausgeschieden am", null=True, blank=True, editable=False)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "Jurymitglied mit Zugang"
        verbose_name_plural = "Jurymitglieder mit Zugang"
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "user"],
                name="member_once_a_panel",
                violation_error_message="Dieses Mitglied gehört schon zu dieser Jury.",
            )
        ]

    def __str__(self):
        return name_of(self.user)
