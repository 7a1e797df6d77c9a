from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pages.models.project import Project
from publishing.connections import connected_ends
from publishing.models import Document, Published, PublishedQuerySet
from publishing.models.published import FIRST_YEAR, LAST_YEAR
from publishing.text import lines


class StudyQuerySet(PublishedQuerySet):
    def latest_first(self):
        """By year; what has none stands last."""
        return self.order_by(F("year").desc(nulls_last=True), F("published_on").desc(nulls_last=True), "title", "pk")

    def with_list_parts(self):
        return self.select_related("image", "short_version", "long_version")

    def with_page_parts(self):
        parts = self.select_related("image", "short_version", "long_version", "project")
        return parts.annotate(connected_ends=connected_ends("studien"))


class Study(Published):
    topic = models.CharField("Thema", max_length=80, help_text="Wie bei anderen Studien, zum Beispiel: Energie")
    contractor = models.CharField("erarbeitet von", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        "Jahr",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(FIRST_YEAR, "Bitte prüfen Sie das Jahr."),
            MaxValueValidator(LAST_YEAR, "Bitte prüfen Sie das Jahr."),
        ],
    )
    published_on = models.DateField("erschienen am", null=True, blank=True, help_text="Wenn der Tag bekannt ist.")
    series = models.CharField("Reihe", max_length=120, blank=True)
    partners = models.CharField("Auftraggeber und Partner", max_length=300, blank=True)
    key_figures = models.TextField("Kernaussagen", blank=True, help_text="Eine je Zeile.")
    versions = models.CharField(
        "Fassungen", max_length=120, blank=True, help_text="Zum Beispiel: Kurzfassung, Langfassung"
    )
    short_version = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studies_in_short",
        verbose_name="Kurzfassung",
    )
    long_version = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studies_in_full",
        verbose_name="Langfassung",
    )
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="studies", verbose_name="Projekt"
    )
    is_uncertain = models.BooleanField(
        "Angaben unsicher",
        default=False,
        help_text="Unvollständig oder nicht bestätigt. Die Seite sagt das und „Heute“ erinnert daran.",
    )

    objects = StudyQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Studie"
        verbose_name_plural = "Studien"
        indexes = [models.Index(fields=["-year", "topic"], condition=Q(released=True), name="study_by_year")]

    def clean(self):
        super().clean()
        if self.published_on and self.year and self.published_on.year != self.year:
            raise ValidationError({"year": "Das Jahr und „erschienen am“ passen nicht zusammen."})

    def get_absolute_url(self):
        return reverse("pages:study", args=[self.slug])

    @property
    def key_figure_list(self):
        return lines(self.key_figures)

    @property
    def documents(self):
        """Short before long, without what has been withdrawn."""
        return [one for one in (self.short_version, self.long_version) if one and not one.is_withdrawn]

    @property
    def citation(self):
        """„Prognos AG (2021): Titel. Herausgegeben von …“"""
        by = self.contractor or settings.ORGANISATION_NAME
        publisher = f" Herausgegeben von: {settings.ORGANISATION_NAME}." if self.contractor else ""
        return f"{by} ({self.year or 'o. J.'}): {self.title}.{publisher}"
