from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from competition.models.edition import Edition
from competition.models.entry import Entry
from competition.models.prizes import Category
from competition.models.results_lock import open_results
from publishing.constraints import ForeignKeyTogether

SEATS = (1, 2)
NO_SEAT_LEFT = "Dieses Cluster hat schon zwei Finalisten. Bitte zuerst einen austragen."


class FinalistQuerySet(models.QuerySet):
    def public(self):
        return self.filter(Exists(Edition.objects.with_public_finalists().filter(pk=OuterRef("edition"))))


class Finalist(models.Model):
    """One of the two best of a cluster. Who is the better of them is nowhere in this table."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="finalist", verbose_name="Beitrag")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="finalists", editable=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="finalists", editable=False)
    # No rank: two seats, taken in any order, so that the database can refuse a third finalist.
    seat = models.PositiveSmallIntegerField(editable=False)

    objects = FinalistQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["seat"])

    class Meta:
        verbose_name = "Finalist"
        verbose_name_plural = "Finalisten"
        ordering = ["entry__organisation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__in=SEATS), name="finalist_two_seats", violation_error_message=NO_SEAT_LEFT
            ),
            models.UniqueConstraint(
                fields=["category", "seat"], name="finalist_seat_taken_once", violation_error_message=NO_SEAT_LEFT
            ),
            models.UniqueConstraint(fields=["id", "edition"], name="finalist_with_edition"),
            models.UniqueConstraint(fields=["id", "entry"], name="finalist_with_entry"),
            models.UniqueConstraint(fields=["id", "category"], name="finalist_with_category"),
            ForeignKeyTogether(
                field="entry",
                same=["edition"],
                name="finalist_entry_of_its_edition",
                violation_error_message="Der Beitrag gehört zu einem anderen Wettbewerbsjahr.",
            ),
            ForeignKeyTogether(
                field="entry",
                same=["category"],
                name="finalist_entry_of_its_category",
                violation_error_message="Der Beitrag gehört zu einem anderen Cluster.",
            ),
        ]

    def __str__(self):
        return str(self.entry)

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def validate_constraints(self, exclude=None):
        # Forms leave out what follows from the entry. The rules are about exactly that.
        super().validate_constraints(set(exclude or ()) - {"edition", "category", "seat"})

    def clean(self):
        super().clean()
        if self.entry_id and self.entry.category.is_local_only:
            raise ValidationError("Beiträge dieses Clusters stehen nur im Wettbewerb um lokale Preise.")

    def _complete(self):
        if not self.entry_id:
            return
        self.edition_id, self.category_id = self.entry.edition_id, self.entry.category_id
        if self.seat is None:
            others = Finalist.objects.filter(category=self.category_id).exclude(pk=self.pk)
            taken = set(others.values_list("seat", flat=True))
            self.seat = next((seat for seat in SEATS if seat not in taken), None)
            if self.seat is None:
                raise ValidationError(NO_SEAT_LEFT, code="no_seat_left")

    @transaction.atomic
    def save(self, **kwargs):
        open_results(self.entry.edition_id)
        if self._state.adding:
            # Another finalist may have taken the seat since this one was checked.
            self.seat = None
        self._complete()
        super().save(**kwargs)

    @transaction.atomic
    def delete(self, **kwargs):
        open_results(self.edition_id)
        return super().delete(**kwargs)
