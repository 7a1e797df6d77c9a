from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Max, Q
from django.urls import reverse

from publishing.connections import connected_ends
from publishing.models import Image, PictureKey, Published, PublishedQuerySet
from publishing.models.published import FIRST_YEAR, LAST_YEAR, copy_rows
from publishing.rich_text import RichTextField

SHOWN = Q(photos__image__hidden_at__isnull=True)


class GalleryQuerySet(PublishedQuerySet):
    def latest_first(self):
        return self.order_by("-taken_on", "-pk")

    def with_list_parts(self):
        return self.select_related("image").annotate(photo_count=Count("photos", filter=SHOWN)).defer("body")

    def with_page_parts(self):
        return self.select_related("image").annotate(connected_ends=connected_ends("galerien"))


class Gallery(Published):
    """Pictures of an occasion. `image` is the one that lists show."""

    taken_on = models.DateField("aufgenommen am")
    place = models.CharField("Ort", max_length=120, blank=True)
    body = RichTextField("Text", blank=True)
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Inhalt, als Beispiel gekennzeichnet."
    )
    #: The highest number a photo of this gallery ever had: addresses of removed ones say that they are gone.
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = GalleryQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Galerie"
        verbose_name_plural = "Galerien"
        indexes = [models.Index(fields=["-taken_on", "-id"], condition=Q(released=True), name="gallery_by_day")]

    def get_absolute_url(self):
        return reverse("pages:gallery", args=[self.slug])

    def clean(self):
        super().clean()
        if self.taken_on and not FIRST_YEAR <= self.taken_on.year <= LAST_YEAR:
            raise ValidationError({"taken_on": f"Bitte prüfen Sie das Jahr: erlaubt ist {FIRST_YEAR} bis {LAST_YEAR}."})

    def copy_as_draft(self):
        twin = super().copy_as_draft()
        twin.last_number = 0
        return twin

    def copy_relations_to(self, twin):
        copy_rows(self.photos.order_by("order", "number"), gallery=twin, number=None)


class GalleryPhotoQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(image__hidden_at__isnull=True)

    def in_order(self):
        return self.order_by("order", "number")


class GalleryPhoto(models.Model):
    class LegalGround(models.TextChoices):
        CONSENT = "consent", "Einwilligung der Abgebildeten"
        PUBLIC_EVENT = "event", "öffentliche Veranstaltung (§ 23 KUG)"
        NO_PERSONS = "none", "keine Personen erkennbar"

    owner_field = "gallery"

    gallery = models.ForeignKey(Gallery, on_delete=models.CASCADE, related_name="photos", verbose_name="Galerie")
    #: In the address, given once: it stays when others are moved or removed.
    number = models.PositiveIntegerField(editable=False)
    image = PictureKey(Image, on_delete=models.PROTECT, related_name="gallery_photos", verbose_name="Bild")
    caption = models.CharField(
        "Bildunterschrift hier", max_length=400, blank=True, help_text="Leer lassen: die des Bildes."
    )
    legal_ground = models.CharField("Rechtsgrundlage", max_length=8, choices=LegalGround)
    legal_note = models.CharField(
        "Vermerk dazu",
        max_length=200,
        blank=True,
        help_text="Nur für die Redaktion, zum Beispiel: Einwilligungen im Ordner 2024-06.",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    objects = GalleryPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "Foto"
        verbose_name_plural = "Fotos"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["gallery", "image"],
                name="gallery_shows_image_once",
                violation_error_message="Dieses Bild ist schon in der Galerie.",
            ),
            models.UniqueConstraint(fields=["gallery", "number"], name="gallery_photo_number_once"),
        ]

    def __str__(self):
        return str(self.image or "verborgenes Bild")

    def get_absolute_url(self):
        return reverse("pages:gallery-photo", args=[self.gallery.slug, self.number])

    @property
    def words(self):
        """Below the picture."""
        return self.caption or self.image.caption

    def save(self, **kwargs):
        if self.number is None:
            self.number = self._next_number()
        super().save(**kwargs)

    def _next_number(self):
        """Raised first: of two photos added at the same moment the second waits here."""
        galleries = Gallery.objects.filter(pk=self.gallery_id)
        galleries.update(last_number=F("last_number") + 1)
        given = galleries.values_list("last_number", flat=True)[0]
        highest = GalleryPhoto.objects.filter(gallery=self.gallery_id).aggregate(highest=Max("number"))["highest"] or 0
        if given <= highest:
            given = highest + 1
            galleries.update(last_number=given)
        return given
