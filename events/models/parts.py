from django.db import models
from django.db.models import Q

from events.models.event import Event
from publishing.models import Document, Image, PictureKey


class PriceGroup(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="price_groups")
    label = models.CharField("für", max_length=120, help_text="Zum Beispiel: Mitglieder")
    amount = models.DecimalField("Preis in Euro", max_digits=8, decimal_places=2)
    until = models.DateField("bis", null=True, blank=True, help_text="Letzter Tag dieses Preises.")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Preis"
        verbose_name_plural = "Preise"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="price_group_not_negative",
                violation_error_message="Ein Preis kann nicht kleiner als 0 Euro sein.",
            )
        ]

    def __str__(self):
        return f"{self.label}: {self.amount} €"


class EventLink(models.Model):
    owner_field = "event"

    class Kind(models.TextChoices):
        INFO = "info", "Weitere Informationen"
        PROGRAMME = "programme", "Programm"
        STREAM = "stream", "Übertragung"
        REPORT = "report", "Rückblick"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="links")
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


class EventDownload(models.Model):
    owner_field = "event"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, verbose_name="Dokument")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Download"
        verbose_name_plural = "Downloads"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.document)


class EventImage(models.Model):
    """A picture of the documentation afterwards."""

    owner_field = "event"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="gallery")
    image = PictureKey(Image, on_delete=models.PROTECT, verbose_name="Bild")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Bild der Dokumentation"
        verbose_name_plural = "Bilder der Dokumentation"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.image or "verborgenes Bild")
