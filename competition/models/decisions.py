from django.db import models
from django.db.models import Q

from competition.models.edition import Edition
from competition.models.entry import Entry
from competition.models.prizes import Category
from competition.models.rounds import Round
from publishing.constraints import ForeignKeyTogether


class Decision(models.Model):
    """The software ranks, the jury decides. What it has decided, with its reason, becomes a result."""

    is_on_public_pages = False

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions", verbose_name="Runde")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="decisions", editable=False)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="Cluster",
        help_text="Leer: Entscheidung des Finales.",
    )
    first = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name="erster Platz")
    second = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zweiter Platz"
    )
    reason = models.TextField("Begründung", max_length=4000)
    present = models.TextField("Anwesende", max_length=2000, help_text="Ein Name je Zeile.")
    decided_on = models.DateField("entschieden am")
    # As it stood then: the sheets go after the edition, the minutes stay.
    ranking = models.JSONField("Rangfolge bei der Entscheidung", default=list, blank=True, editable=False)
    departs_from_ranking = models.BooleanField("weicht von der Rangfolge ab", default=False, editable=False)
    entered_by = models.CharField("eingetragen von", max_length=150)
    entered_at = models.DateTimeField("eingetragen am", auto_now_add=True)
    revoked_at = models.DateTimeField("aufgehoben am", null=True, blank=True)
    revoked_because = models.CharField("Grund der Aufhebung", max_length=300, blank=True)

    class Meta:
        verbose_name = "Entscheidung"
        verbose_name_plural = "Entscheidungen"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "category"],
                condition=Q(revoked_at__isnull=True, category__isnull=False),
                name="decision_once_a_category",
                violation_error_message="Für dieses Cluster ist schon entschieden.",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(revoked_at__isnull=True, category__isnull=True),
                name="decision_once_a_final",
                violation_error_message="Im Finale ist schon entschieden.",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(first=models.F("second")),
                name="decision_two_different_entries",
                violation_error_message="Erster und zweiter Platz sind derselbe Beitrag.",
            ),
            ForeignKeyTogether(field="round", same=["edition"], name="decision_round_of_its_edition"),
            ForeignKeyTogether(
                field="category",
                same=["edition"],
                name="decision_category_of_its_edition",
                violation_error_message="Dieses Cluster gehört zu einem anderen Wettbewerbsjahr.",
            ),
            ForeignKeyTogether(
                field="first",
                same=["edition"],
                name="decision_first_of_its_edition",
                violation_error_message="Der Beitrag gehört zu einem anderen Wettbewerbsjahr.",
            ),
            ForeignKeyTogether(
                field="second",
                same=["edition"],
                name="decision_second_of_its_edition",
                violation_error_message="Der Beitrag gehört zu einem anderen Wettbewerbsjahr.",
            ),
        ]

    def __str__(self):
        return f"{self.category or 'Finale'} {self.edition.year}"
