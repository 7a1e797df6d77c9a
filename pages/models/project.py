from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from clusters.models import Cluster
from publishing.connections import connected_ends
from publishing.models import Contact, Image, PictureKey, Published, PublishedQuerySet
from publishing.rich_text import RichTextField, plain_text
from publishing.text import lines


class ProjectQuerySet(PublishedQuerySet):
    def in_order(self):
        """Those at work first, then the latest, each by name."""
        running_first = models.Case(models.When(status=Project.Status.RUNNING, then=0), default=1)
        return self.order_by(running_first, F("end_year").desc(nulls_first=True), Lower("title"), "pk")

    def with_list_parts(self):
        return self.select_related("image", "logo").prefetch_related("clusters").defer("body")

    def with_page_parts(self):
        parts = self.select_related("image", "logo", "contact__photo")
        return parts.annotate(connected_ends=connected_ends("projekte"))


class Project(Published):
    class Status(models.TextChoices):
        RUNNING = "running", "laufend"
        COMPLETED = "completed", "abgeschlossen"
        SUSPENDED = "suspended", "ausgesetzt"

    title = models.CharField("Name", max_length=200)
    logo = PictureKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_with_logo",
        verbose_name="Logo",
    )
    status = models.CharField("Stand", max_length=12, choices=Status, default=Status.RUNNING)
    body = RichTextField("Text", blank=True)
    period_text = models.CharField("Laufzeit in Worten", max_length=120, help_text="Zum Beispiel: seit 2022")
    start_year = models.PositiveSmallIntegerField("Beginn", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("Ende", null=True, blank=True)
    funding = models.CharField("Förderung", max_length=300, blank=True)
    partners = models.TextField("Partner", blank=True, help_text="Einer je Zeile.")
    website = models.URLField("Website", max_length=300, blank=True)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="projects", verbose_name="Cluster")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Kontakt")
    is_uncertain = models.BooleanField(
        "Angaben unsicher",
        default=False,
        help_text="Unvollständig oder nicht bestätigt. Die Seite sagt das und „Heute“ erinnert daran.",
    )

    objects = ProjectQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Projekt"
        verbose_name_plural = "Projekte"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start_year__isnull=True) | Q(end_year__isnull=True) | Q(end_year__gte=F("start_year")),
                name="project_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("pages:project", args=[self.slug])

    @property
    def partner_list(self):
        return lines(self.partners)

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not plain_text(self.body):
            missing.append("der Text")
        return missing

    def copy_relations_to(self, twin):
        twin.clusters.set(self.clusters.all())
