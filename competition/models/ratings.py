from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from competition.models.conflicts import ConflictStatement
from competition.models.entry import Entry
from competition.models.prizes import Criterion
from competition.models.rounds import PanelCategory, PanelMember
from competition.scoring import RatedSheet
from publishing.constraints import ForeignKeyTogether

SCALE_IN_USE = "Nach diesem Kriterium ist schon bewertet worden: Seine Stufen bleiben, wie sie sind."


class Step(models.Model):
    """One labelled step of a criterion: „4 – überzeugend“."""

    is_on_public_pages = False

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="steps")
    value = models.PositiveSmallIntegerField("Punkte")
    label = models.CharField("Bedeutung", max_length=120)

    class Meta:
        verbose_name = "Stufe"
        verbose_name_plural = "Stufen"
        ordering = ["criterion", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "value"],
                name="step_value_once_a_criterion",
                violation_error_message="Diese Punktzahl gibt es bei diesem Kriterium schon.",
            ),
            models.UniqueConstraint(fields=["id", "criterion"], name="step_with_criterion"),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=10),
                name="step_value_from_1_to_10",
                violation_error_message="Punkte gehen von 1 bis 10. Enthaltung ist kein Bogen, nicht null Punkte.",
            ),
        ]

    def __str__(self):
        return f"{self.value} – {self.label}"

    def clean(self):
        super().clean()
        self._refuse_when_scale_in_use()

    def save(self, **kwargs):
        self._refuse_when_scale_in_use()
        super().save(**kwargs)

    def delete(self, **kwargs):
        if self.criterion.scores.exists():
            raise ValidationError(SCALE_IN_USE, code="rated_already")
        return super().delete(**kwargs)

    def _refuse_when_scale_in_use(self):
        stored = Step.objects.filter(pk=self.pk).first() if self.pk else None
        names = ("criterion_id", "value", "label")
        is_same = stored and all(getattr(stored, name) == getattr(self, name) for name in names)
        criteria = {self.criterion_id, stored.criterion_id if stored else None}
        if not is_same and Score.objects.filter(criterion__in=criteria - {None}).exists():
            raise ValidationError(SCALE_IN_USE, code="rated_already")


class SheetQuerySet(models.QuerySet):
    def submitted(self):
        return self.filter(submitted_at__isnull=False)

    def counting(self):
        """What enters a ranking: handed in, on a seat still held, for a cluster of the panel, by nobody recused."""
        judged = PanelCategory.objects.filter(panel=OuterRef("member__panel"), category=OuterRef("entry__category"))
        recused = ConflictStatement.objects.recused().filter(user=OuterRef("member__user"), entry=OuterRef("entry"))
        seated = self.submitted().filter(member__removed_at__isnull=True)
        return seated.filter(Exists(judged)).exclude(Exists(recused))

    def rated_by_category(self):
        """{category: [RatedSheet]}, as scoring reckons with them: two queries."""
        points, by_category = defaultdict(dict), defaultdict(list)
        scores = Score.objects.filter(sheet__in=self.order_by())
        for sheet, criterion, value in scores.values_list("sheet", "criterion", "step__value"):
            points[sheet][criterion] = value
        for sheet, entry, member, category in self.values_list("pk", "entry", "member", "entry__category"):
            by_category[category].append(RatedSheet(entry, member, points[sheet]))
        return by_category


class Sheet(models.Model):
    """One juror's rating of one entry. No sheet is an abstention, never zero."""

    is_on_public_pages = False

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sheets")
    notes = models.TextField("private Notizen", max_length=10_000, blank=True)
    submitted_at = models.DateTimeField("abgegeben am", null=True, blank=True)
    edit_number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("geändert", auto_now=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "Bewertungsbogen"
        verbose_name_plural = "Bewertungsbögen"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "entry"],
                name="sheet_once_a_member",
                violation_error_message="Zu diesem Beitrag haben Sie schon einen Bogen.",
            )
        ]

    def __str__(self):
        return f"{self.member}: {self.entry}"

    @property
    def is_submitted(self):
        return self.submitted_at is not None


class Score(models.Model):
    is_on_public_pages = False

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="scores")
    # Once scored, a criterion stays as it is: changed afterwards, the score would mean something else.
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="scores")

    class Meta:
        verbose_name = "Bewertung"
        verbose_name_plural = "Bewertungen"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_a_criterion"),
            ForeignKeyTogether(
                field="step",
                same=["criterion"],
                name="score_step_of_its_criterion",
                violation_error_message="Diese Stufe gehört zu einem anderen Kriterium.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.step}"
