from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from competition.models.edition import Edition
from competition.models.entry import Entry, LocalRegistration
from competition.models.finalist import Finalist
from competition.models.prizes import Category, LocalPrize
from competition.models.results_lock import open_results
from publishing.constraints import ForeignKeyTogether
from publishing.models import Image, PictureKey
from publishing.rich_text import RichTextField


class AwardQuerySet(models.QuerySet):
    def announced(self):
        """The embargo: every page, count, feed and file that knows of a winner asks this verb."""
        return self.filter(Exists(Edition.objects.with_public_winners().filter(pk=OuterRef("edition"))))


class Award(models.Model):
    """A prize won. Entered over weeks, public in one moment: `announced()`."""

    class Kind(models.TextChoices):
        OVERALL = "overall", "Gesamtsieg"
        CLUSTER = "cluster", "Clustersieg"
        LOCAL = "local", "lokaler Preis"
        SPECIAL = "special", "Sonderpreis"

    owner_field = "entry"
    #: What says nothing of who has won.
    words = frozenset({"statement", "statement_by", "image"})

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="awards", editable=False)
    kind = models.CharField("Preis", max_length=8, choices=Kind)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="awards", verbose_name="Beitrag")
    # Which row makes the entry eligible. They follow from the entry; the database compares them with each other.
    finalist = models.ForeignKey(Finalist, on_delete=models.PROTECT, null=True, related_name="awards", editable=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="awards", editable=False)
    registration = models.ForeignKey(
        LocalRegistration, on_delete=models.PROTECT, null=True, related_name="awards", editable=False
    )
    local_prize = models.ForeignKey(
        LocalPrize,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name="lokaler Preis",
    )
    special_name = models.CharField("Name des Sonderpreises", max_length=200, blank=True)
    place = models.PositiveSmallIntegerField("Platz", default=1, help_text="Nur lokale Preise kennen weitere Plätze.")
    statement = RichTextField("Laudatio", blank=True)
    statement_by = models.CharField("Laudatio gehalten von", max_length=200, blank=True)
    image = PictureKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Bild von der Verleihung",
    )

    objects = AwardQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Preis"
        verbose_name_plural = "Preise"
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(kind="overall"),
                name="award_one_overall_winner",
                violation_error_message="Dieses Wettbewerbsjahr hat schon einen Gesamtsieger.",
            ),
            models.UniqueConstraint(
                fields=["category"],
                condition=Q(kind="cluster"),
                name="award_one_winner_a_category",
                violation_error_message="Dieses Cluster hat schon einen Sieger.",
            ),
            models.UniqueConstraint(
                fields=["local_prize", "place"],
                condition=Q(kind="local"),
                name="award_one_winner_a_local_prize",
                violation_error_message="Dieser Platz des lokalen Preises ist schon vergeben.",
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(kind="local"),
                name="award_one_place_a_registration",
                violation_error_message="Der Beitrag hat schon einen Platz in diesem lokalen Preis.",
            ),
            models.UniqueConstraint(
                fields=["entry", "special_name"],
                condition=Q(kind="special"),
                name="award_special_once_an_entry",
                violation_error_message="Diesen Sonderpreis hat der Beitrag schon.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="overall", finalist__isnull=False, category__isnull=True, registration__isnull=True)
                    & Q(local_prize__isnull=True, special_name="", place=1)
                )
                | (
                    Q(kind="cluster", finalist__isnull=False, category__isnull=False, registration__isnull=True)
                    & Q(local_prize__isnull=True, special_name="", place=1)
                )
                | (
                    Q(kind="local", finalist__isnull=True, category__isnull=True, registration__isnull=False)
                    & Q(local_prize__isnull=False, special_name="", place__gte=1)
                )
                | (
                    Q(kind="special", finalist__isnull=True, category__isnull=True, registration__isnull=True)
                    & Q(local_prize__isnull=True, place=1)
                    & ~Q(special_name="")
                ),
                name="award_has_what_its_kind_needs",
                violation_error_message="Die Angaben passen nicht zur Art des Preises.",
            ),
            ForeignKeyTogether(
                field="entry",
                same=["edition"],
                name="award_entry_of_its_edition",
                violation_error_message="Der Beitrag gehört zu einem anderen Wettbewerbsjahr.",
            ),
            ForeignKeyTogether(
                field="finalist",
                same=["entry"],
                name="award_finalist_is_its_entry",
                violation_error_message="Nur Finalisten können diesen Preis gewinnen.",
            ),
            ForeignKeyTogether(
                field="finalist",
                same=["category"],
                name="award_category_of_its_finalist",
                violation_error_message="Clustersieger wird nur ein Finalist dieses Clusters.",
            ),
            ForeignKeyTogether(
                field="registration",
                same=["entry", "local_prize"],
                name="award_registered_for_its_prize",
                violation_error_message="Der Beitrag ist für diesen lokalen Preis nicht gemeldet.",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.edition.year}: {self.entry.organisation}"

    @property
    def name(self):
        """„Gesamtsieg“, „Clustersieg Automotive“, „IQ Innovationspreis Leipzig, 2. Platz“."""
        if self.kind == self.Kind.CLUSTER:
            return f"Clustersieg {self.category.name}"
        if self.kind == self.Kind.LOCAL:
            return self.local_prize.name if self.place == 1 else f"{self.local_prize.name}, {self.place}. Platz"
        return self.special_name or self.get_kind_display()

    @property
    def short_name(self):
        """Where the cluster stands beside it anyway."""
        return "Clustersieg" if self.kind == self.Kind.CLUSTER else self.name

    @property
    def prize(self):
        """In euros; None where it is not known."""
        if self.kind == self.Kind.OVERALL:
            return self.edition.overall_prize
        if self.kind == self.Kind.CLUSTER:
            return self.category.prize
        return self.local_prize.prize if self.kind == self.Kind.LOCAL and self.place == 1 else None

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def validate_constraints(self, exclude=None):
        # Forms leave out what follows from the entry. The rules are about exactly that.
        super().validate_constraints(set(exclude or ()) - {"edition", "finalist", "category", "registration"})

    def clean(self):
        super().clean()
        if not self.entry_id:
            return
        if self.kind in (self.Kind.OVERALL, self.Kind.CLUSTER) and self.finalist_id is None:
            raise ValidationError({"entry": "Nur Finalisten können diesen Preis gewinnen."})
        if self.kind == self.Kind.LOCAL:
            if self.local_prize_id is None:
                raise ValidationError({"local_prize": "Welcher lokale Preis ist es?"})
            if self.registration_id is None:
                raise ValidationError({"entry": f"Der Beitrag ist für „{self.local_prize}“ nicht gemeldet."})
        if self.kind == self.Kind.SPECIAL and not self.special_name:
            raise ValidationError({"special_name": "Wie heißt der Sonderpreis?"})

    def _complete(self):
        if not self.entry_id:
            return
        self.edition_id = self.entry.edition_id
        needs_finalist = self.kind in (self.Kind.OVERALL, self.Kind.CLUSTER)
        self.finalist = Finalist.objects.filter(entry=self.entry_id).first() if needs_finalist else None
        is_cluster = self.kind == self.Kind.CLUSTER and self.finalist
        self.category_id = self.finalist.category_id if is_cluster else None
        self.registration = None
        if self.kind == self.Kind.LOCAL:
            found = LocalRegistration.objects.filter(entry=self.entry_id, local_prize=self.local_prize_id)
            self.registration = found.first()
        else:
            self.local_prize = None
        if self.kind != self.Kind.SPECIAL:
            self.special_name = ""

    @transaction.atomic
    def save(self, **kwargs):
        # Statement and picture come with the ceremony, when the results have long been closed.
        if not self.words.issuperset(kwargs.get("update_fields") or ("entry",)):
            self._check_while_open()
        super().save(**kwargs)

    def _check_while_open(self):
        open_results(self.entry.edition_id)
        self._complete()
        # Another prize may have been given since this one was checked.
        self.validate_constraints()

    @transaction.atomic
    def delete(self, **kwargs):
        open_results(self.edition_id)
        return super().delete(**kwargs)
