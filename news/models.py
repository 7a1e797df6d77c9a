from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from clusters.models import Cluster
from news.ageing_words import find_ageing_words
from publishing.connections import connected_ends
from publishing.models import Contact, Document, Image, PictureKey, Published, PublishedQuerySet, Redirect
from publishing.rich_text import RichTextField, plain_text
from publishing.slugs import LONGEST_SLUG, slug_for
from publishing.text import lines, without_control_characters


class RubricQuerySet(models.QuerySet):
    def with_public_articles(self):
        return self.filter(models.Exists(Article.objects.published().filter(rubric=models.OuterRef("pk"))))


class Rubric(models.Model):
    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField("Adresse", max_length=LONGEST_SLUG, unique=True, blank=True)
    description = models.TextField(
        "Beschreibung", max_length=300, blank=True, help_text="Ein Satz über der Liste und in Suchmaschinen."
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = "Rubrik"
        verbose_name_plural = "Rubriken"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        # Feeds carry both: XML has no place for control characters.
        self.name, self.description = map(without_control_characters, (self.name, self.description))
        if not self.slug:
            self.slug = slug_for(self, self.name, fallback="rubrik")
        before = Rubric.objects.filter(pk=self.pk).first()
        super().save(**kwargs)
        if before and before.slug != self.slug:
            for old, new in zip(before.addresses(), self.addresses(), strict=True):
                Redirect.objects.remember_move(old, new)

    def delete(self, **kwargs):
        addresses = self.addresses()
        deleted = super().delete(**kwargs)
        for address in addresses:
            Redirect.objects.remember_removal(address)
        return deleted

    def get_absolute_url(self):
        return reverse("news:rubric", args=[self.slug])

    def addresses(self):
        names = ("news:rubric", "news:rubric-atom", "news:rubric-rss")
        return [reverse(name, args=[self.slug]) for name in names]


def in_year(year):
    """A condition, by the calendar of Berlin: an item of New Year's Eve 23:30 UTC belongs to the new year."""
    starts, ends = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))  # noqa: DTZ001
    return Q(publish_from__gte=starts, publish_from__lt=ends)


LIST_PARTS = (
    *("title", "slug", "kind", "rubric", "kicker", "teaser", "publish_from", "is_example"),
    *(f"image__{name}" for name in ("sha256", "public_widths", "width", "height", "focal_x", "focal_y", "hidden_at")),
)


class ArticleQuerySet(PublishedQuerySet):
    def press_releases(self):
        return self.filter(kind=Article.Kind.PRESS)

    def with_list_parts(self):
        """What a card shows, and no more: bodies stay in the database."""
        return self.select_related("image").only(*LIST_PARTS)

    def with_page_parts(self):
        # Most articles have few of these: asked beside the article, the others cost no question of their own.
        rows = {
            "has_clusters": Article.clusters.through.objects.filter(article=OuterRef("pk")),
            "has_related": Article.related.through.objects.filter(from_article=OuterRef("pk")),
            "has_gallery": ArticleImage.objects.filter(article=OuterRef("pk")),
            "has_downloads": ArticleDownload.objects.filter(article=OuterRef("pk")),
        }
        found = {name: Exists(of_article) for name, of_article in rows.items()}
        return self.select_related("image", "rubric").annotate(**found, connected_ends=connected_ends("aktuelles"))


class Article(Published):
    class Kind(models.TextChoices):
        NEWS = "news", "Meldung"
        PRESS = "press", "Pressemitteilung"
        STUDY = "study", "Studie"
        PERSONNEL = "personnel", "Personalie"
        CALL = "call", "Aufruf"

    reserved_slugs = frozenset(("archiv", "rubrik", "atom", "rss"))

    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.NEWS)
    rubric = models.ForeignKey(
        Rubric,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="Rubrik",
    )
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="articles", verbose_name="Cluster")
    kicker = models.CharField("Dachzeile", max_length=80, blank=True, help_text="Ein bis drei Wörter über dem Titel.")
    body = RichTextField("Text", blank=True)
    release_statement = models.CharField(
        "Freigabevermerk",
        max_length=200,
        blank=True,
        help_text="Nur Pressemitteilungen, zum Beispiel: Zur Veröffentlichung frei ab sofort",
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Kontakt")
    correction = models.TextField(
        "Korrekturhinweis",
        max_length=600,
        blank=True,
        help_text="Steht sichtbar am Text und meldet ihn in den Feeds als geändert.",
    )
    corrected_at = models.DateTimeField("korrigiert am", null=True, blank=True, help_text="Leer lassen: jetzt.")
    related = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name="passende Beiträge")
    kept_ageing_words = models.CharField(max_length=300, blank=True, editable=False)
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Inhalt, als Beispiel gekennzeichnet."
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Beitrag"
        verbose_name_plural = "Beiträge"
        get_latest_by = "publish_from"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(correction="") | Q(corrected_at__isnull=False),
                name="news_article_correction_has_date",
                violation_error_message="Zum Korrekturhinweis gehört ein Datum.",
            ),
        ]
        indexes = [
            # The window's end rides along, so that counting and listing need not fetch the rows.
            models.Index(
                fields=["-publish_from", "-id", "publish_until"],
                condition=Q(released=True),
                name="news_article_public",
            ),
            models.Index(
                fields=["rubric", "-publish_from", "-id", "publish_until"],
                condition=Q(released=True),
                name="news_article_by_rubric",
            ),
            models.Index(
                fields=["kind", "-publish_from", "-id", "publish_until"],
                condition=Q(released=True),
                name="news_article_by_kind",
            ),
            models.Index(fields=["featured_until"], condition=Q(released=True), name="news_article_featured"),
        ]

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])

    @property
    def is_press_release(self):
        return self.kind == self.Kind.PRESS

    @property
    def modified_at(self):
        """For readers, feeds and search engines: a corrected comma is no new version."""
        return max(self.publish_from, self.corrected_at) if self.corrected_at else self.publish_from

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not plain_text(self.body):
            missing.append("der Text")
        if self.rubric_id is None:
            missing.append("die Rubrik")
        if self.is_press_release and not self.release_statement:
            missing.append("der Freigabevermerk der Pressemitteilung")
        return missing

    def ageing_words(self):
        """Words of this text that will be wrong in a while and that no editor has decided to keep."""
        found = find_ageing_words(f"{self.title}. {self.teaser} {plain_text(self.body)}")
        kept = self.kept_ageing_words.split("|")
        return [word for word in found if word not in kept]

    def keep_ageing_words(self, words):
        kept = [word for word in self.kept_ageing_words.split("|") if word]
        self.kept_ageing_words = "|".join(dict.fromkeys([*kept, *words]))[:300]

    def clean(self):
        super().clean()
        if self.correction and self.publish_from and self.corrected_at and self.corrected_at < self.publish_from:
            raise ValidationError({"corrected_at": "Eine Korrektur kann nicht vor der Veröffentlichung liegen."})
        if self.release_statement and not self.is_press_release:
            raise ValidationError({"release_statement": "Einen Freigabevermerk haben nur Pressemitteilungen."})

    def copy_as_draft(self):
        twin = super().copy_as_draft()
        # A correction belongs to what was public.
        twin.correction, twin.corrected_at = "", None
        return twin

    def _complete(self):
        super()._complete()
        self.correction = self.correction.strip()
        if not self.correction:
            self.corrected_at = None
        elif self.corrected_at is None:
            self.corrected_at = timezone.now()


class ArticleImage(models.Model):
    owner_field = "article"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="gallery")
    image = PictureKey(Image, on_delete=models.PROTECT, verbose_name="Bild")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "weiteres Bild"
        verbose_name_plural = "weitere Bilder"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image"],
                name="article_shows_image_once",
                violation_error_message="Dieses Bild ist schon in der Galerie.",
            )
        ]

    def __str__(self):
        return str(self.image or "verborgenes Bild")


class ArticleLink(models.Model):
    owner_field = "article"

    class Kind(models.TextChoices):
        INFO = "info", "Weitere Informationen"
        PROGRAMME = "programme", "Programm"
        REGISTRATION = "registration", "Anmeldung"
        DOCUMENT = "document", "Dokument"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.INFO)
    label = models.CharField("Text", max_length=120)
    url = models.URLField("Adresse", max_length=500)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.label


class ArticleDownload(models.Model):
    owner_field = "article"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, verbose_name="Dokument")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Download"
        verbose_name_plural = "Downloads"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.document)


class PressOffice(models.Model):
    """One row: what stands on the press page beside the releases."""

    ONLY_ROW = 1

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, verbose_name="Pressekontakt")
    boilerplate = RichTextField(
        "Über uns (Textbaustein)", help_text="Steht unter jeder Pressemitteilung und auf der Presseseite."
    )
    postal_address = models.TextField(
        "Postanschrift",
        max_length=400,
        blank=True,
        help_text="Wie auf einem Briefumschlag, eine Zeile unter der anderen. Steht auf der Presseseite.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Pressestelle"
        verbose_name_plural = "Pressestelle"
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="press_office_is_one_row",
                violation_error_message="Es gibt nur eine Pressestelle.",
            )
        ]

    def __str__(self):
        return "Pressestelle"

    @property
    def address_lines(self):
        return lines(self.postal_address)

    def save(self, **kwargs):
        self.pk = self.ONLY_ROW
        super().save(**kwargs)
