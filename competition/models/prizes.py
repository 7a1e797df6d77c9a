"""What an edition offers: its clusters, local prizes, criteria and sponsors."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from clusters.models import Cluster
from competition.models.edition import Edition
from publishing.models import Image, PictureKey
from publishing.usage import usages

RATED_ALREADY = "Nach diesem Kriterium ist schon bewertet worden: Name und Gewicht bleiben, wie sie sind."
TOO_LATE_TO_ADD = "In diesem Wettbewerbsjahr ist schon bewertet worden: Ein weiteres Kriterium kommt zu spät."


class Sponsor(models.Model):
    name = models.CharField("Name", max_length=200, unique=True)
    website = models.URLField("Website", max_length=500, blank=True)
    logo = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Logo")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Stifter oder Sponsor"
        verbose_name_plural = "Stifter und Sponsoren"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def usages(self):
        return usages(self)


class CategoryQuerySet(models.QuerySet):
    def for_finals(self):
        return self.filter(is_local_only=False)

    def with_public_results(self):
        """Of editions whose finalists are public, newest first, with `public_finalists` and `announced_winner`."""
        finalists = _pointing_at(Category.finalists).public().select_related("entry__edition")
        winners = _pointing_at(Category.awards).announced().filter(kind="cluster").select_related("entry__edition")
        return (
            self.filter(Exists(Edition.objects.with_public_finalists().filter(pk=OuterRef("edition"))))
            .select_related("edition")
            .prefetch_related(
                Prefetch("finalists", finalists, to_attr="prefetched_finalists"),
                Prefetch("awards", winners, to_attr="prefetched_winners"),
            )
            .order_by("-edition__year", "cluster__order")
        )


def _pointing_at(relation):
    """The rows of a model that is defined above this one: it comes up through its relation."""
    return relation.rel.related_model.objects


class Category(models.Model):
    """A cluster as one edition judges it."""

    owner_field = "edition"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="categories")
    cluster = models.ForeignKey(
        Cluster,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="award_categories",
        verbose_name="Cluster",
        help_text="Leer nur für alte Beiträge, deren Cluster nicht überliefert ist.",
    )
    label = models.CharField(
        "Name in diesem Jahr", max_length=120, blank=True, help_text="Nur, wenn das Cluster damals anders hieß."
    )
    is_local_only = models.BooleanField(
        "nur für lokale Preise", default=False, help_text="Beiträge kommen nicht ins Finale."
    )
    prize = models.PositiveIntegerField("Preisgeld in Euro", null=True, blank=True)
    sponsors = models.ManyToManyField(
        Sponsor, blank=True, related_name="sponsored_categories", verbose_name="Sponsoren"
    )
    applications = models.PositiveIntegerField("Bewerbungen, wie bekannt gegeben", null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "Cluster des Wettbewerbs"
        verbose_name_plural = "Cluster des Wettbewerbs"
        ordering = ["cluster__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "cluster"],
                name="category_once_an_edition",
                violation_error_message="Dieses Cluster gehört schon zu diesem Wettbewerbsjahr.",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(cluster__isnull=True),
                name="category_unknown_once_an_edition",
                violation_error_message="„Cluster nicht überliefert“ gibt es in diesem Wettbewerbsjahr schon.",
            ),
            # What finalists and entries point to, so that they are of the same edition.
            models.UniqueConstraint(fields=["id", "edition"], name="category_with_edition"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.label or (self.cluster.name if self.cluster else "Cluster nicht überliefert")

    @property
    def public_finalists(self):
        """Entries, alphabetical: of with_public_results() only."""
        return alphabetical(finalist.entry for finalist in self.prefetched_finalists)

    @property
    def announced_winner(self):
        return self.prefetched_winners[0].entry if self.prefetched_winners else None

    def copy_to(self, edition):
        if self.cluster_id is None or not self.cluster.is_award_category:
            return
        twin = Category.objects.create(edition=edition, cluster=self.cluster, prize=self.prize)
        twin.sponsors.set(self.sponsors.all())


class LocalPrize(models.Model):
    owner_field = "edition"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="local_prizes")
    city = models.CharField("Stadt oder Gebiet", max_length=80)
    own_name = models.CharField(
        "eigener Name", max_length=120, blank=True, help_text="Zum Beispiel: Otto von Guericke Award"
    )
    prize = models.PositiveIntegerField("Preisgeld in Euro", null=True, blank=True)
    note = models.CharField("Bemerkung", max_length=200, blank=True)
    sponsors = models.ManyToManyField(
        Sponsor, blank=True, related_name="sponsored_local_prizes", verbose_name="Stifter"
    )
    applications = models.PositiveIntegerField("Bewerbungen, wie bekannt gegeben", null=True, blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "lokaler Preis"
        verbose_name_plural = "lokale Preise"
        ordering = ["order", "city"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "city"],
                name="local_prize_once_an_edition",
                violation_error_message="Diese Stadt hat in diesem Wettbewerbsjahr schon einen lokalen Preis.",
            ),
            models.UniqueConstraint(fields=["id", "edition"], name="local_prize_with_edition"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.own_name or f"IQ Innovationspreis {self.city}"

    def copy_to(self, edition):
        twin = LocalPrize.objects.create(
            edition=edition, city=self.city, own_name=self.own_name, prize=self.prize, order=self.order
        )
        twin.sponsors.set(self.sponsors.all())


class Criterion(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField("Kriterium", max_length=80)
    description = models.TextField("Erläuterung", max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField("Gewicht", default=1, validators=[MinValueValidator(1)])
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Kriterium"
        verbose_name_plural = "Kriterien"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="criterion_has_weight",
                violation_error_message="Ein Kriterium ohne Gewicht zählt nicht: bitte mindestens 1.",
            ),
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="criterion_once_an_edition",
                violation_error_message="Dieses Kriterium gibt es in diesem Wettbewerbsjahr schon.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self._refuse_when_rated()

    def save(self, **kwargs):
        self._refuse_when_rated()
        super().save(**kwargs)

    def _refuse_when_rated(self):
        if self._means_something_else() and self.scores.exists():
            raise ValidationError(RATED_ALREADY, code="rated_already")
        rated = Criterion.objects.filter(edition=self.edition_id, scores__isnull=False)
        if self._state.adding and self.edition_id and rated.exists():
            raise ValidationError(TOO_LATE_TO_ADD, code="rated_already")

    def _means_something_else(self):
        stored = Criterion.objects.filter(pk=self.pk).first() if self.pk else None
        return stored and any(getattr(stored, name) != getattr(self, name) for name in ("edition_id", "name", "weight"))

    def copy_to(self, edition):
        twin = Criterion.objects.create(
            edition=edition, name=self.name, description=self.description, weight=self.weight, order=self.order
        )
        for step in self.steps.all():
            twin.steps.create(value=step.value, label=step.label)


class StateFigure(models.Model):
    """Applications of one federal state, as announced."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="state_figures")
    state = models.CharField("Land", max_length=40, help_text="Zum Beispiel: Sachsen, oder: übriges Bundesgebiet")
    applications = models.PositiveIntegerField("Bewerbungen")

    class Meta:
        verbose_name = "Bewerbungen eines Landes"
        verbose_name_plural = "Bewerbungen nach Ländern"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "state"],
                name="state_figure_once_an_edition",
                violation_error_message="Dieses Land steht schon in der Liste.",
            )
        ]

    def __str__(self):
        return f"{self.state}: {self.applications}"


def alphabetical(entries):
    """The only order in which finalists are ever shown."""
    return sorted(entries, key=lambda entry: entry.sort_key)
