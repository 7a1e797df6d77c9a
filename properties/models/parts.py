from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from properties.models.listing import Listing
from publishing.models import Document, Image, PictureKey


class Lot(models.Model):
    """Teilfläche: a piece of the available area that can be had by itself."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="lots")
    label = models.CharField("Bezeichnung", max_length=80, blank=True)
    area = models.PositiveIntegerField(
        "Fläche in m²", validators=[MinValueValidator(1, "Bitte eine Fläche über 0 angeben.")]
    )
    is_taken = models.BooleanField("vergeben", default=False)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Teilfläche"
        verbose_name_plural = "Teilflächen"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.label or f"{self.area} m²"


class Utility(models.Model):
    class Medium(models.TextChoices):
        ELECTRICITY = "electricity", "Strom"
        GAS = "gas", "Erdgas"
        WATER = "water", "Trinkwasser"
        SEWAGE = "sewage", "Abwasser"
        PROCESS_WATER = "process_water", "Brauchwasser"
        DISTRICT_HEATING = "district_heating", "Fernwärme"
        FIBRE = "fibre", "Glasfaser"
        HYDROGEN = "hydrogen", "Wasserstoff"

    class Status(models.TextChoices):
        AVAILABLE = "available", "liegt an"
        PLANNED = "planned", "geplant"
        UNAVAILABLE = "unavailable", "nicht vorhanden"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="utilities")
    medium = models.CharField("Medium", max_length=20, choices=Medium)
    status = models.CharField("Stand", max_length=12, choices=Status, default=Status.AVAILABLE)
    capacity = models.CharField("Leistung", max_length=80, blank=True, help_text="Zum Beispiel: 20 kV, 5 MVA")
    supplier = models.CharField("Versorger", max_length=120, blank=True)
    note = models.CharField("Hinweis", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Medium"
        verbose_name_plural = "Ver- und Entsorgung"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "medium"],
                name="utility_is_there_once",
                violation_error_message="Dieses Medium steht schon da.",
            )
        ]

    def __str__(self):
        return f"{self.get_medium_display()}: {self.get_status_display()}"


class Distance(models.Model):
    """By road, as a driver finds it."""

    class Kind(models.TextChoices):
        MOTORWAY = "motorway", "Autobahn"
        FEDERAL_ROAD = "federal_road", "Bundesstraße"
        RAIL_STATION = "rail_station", "Bahnhof"
        PUBLIC_TRANSPORT = "public_transport", "Haltestelle"
        FREIGHT_TERMINAL = "freight_terminal", "Güterterminal"
        AIRPORT = "airport", "Flughafen"
        PORT = "port", "Hafen"
        CITY = "city", "Großstadt"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="distances")
    kind = models.CharField("Art", max_length=20, choices=Kind)
    name = models.CharField("Name", max_length=120, help_text="Zum Beispiel: A72, Anschlussstelle Borna-Nord")
    km = models.DecimalField("km", max_digits=5, decimal_places=1, validators=[MinValueValidator(Decimal(0))])
    minutes = models.PositiveSmallIntegerField("Minuten mit dem Auto", null=True, blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Entfernung"
        verbose_name_plural = "Entfernungen"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(km__gte=0),
                name="distance_not_negative",
                violation_error_message="Eine Entfernung kann nicht kleiner als 0 km sein.",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "km", "listing"], name="distance_by_km"),
            # Of each listing the nearest, without reading the rows: lists are sorted by it.
            models.Index(fields=["listing", "kind", "km"], name="distance_by_listing"),
            models.Index(fields=["kind", "minutes", "listing"], name="distance_by_minutes"),
        ]

    def __str__(self):
        return f"{self.name}: {self.km} km"


class ListingImage(models.Model):
    owner_field = "listing"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="gallery")
    image = PictureKey(Image, on_delete=models.PROTECT, verbose_name="Bild")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "weiteres Bild"
        verbose_name_plural = "weitere Bilder"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.image or "verborgenes Bild")


class ListingDocument(models.Model):
    owner_field = "listing"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, verbose_name="Dokument")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.document)
