from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from publishing.slugs import LONGEST_SLUG

#: The three states lie within these degrees (WGS 84).
SOUTH, NORTH, WEST, EAST = 50.1, 53.1, 9.8, 15.1


class State(models.TextChoices):
    """Values are the first two digits of the official municipality key (AGS)."""

    SAXONY = "14", "Sachsen"
    SAXONY_ANHALT = "15", "Sachsen-Anhalt"
    THURINGIA = "16", "Thüringen"


class District(models.Model):
    """A Landkreis or an independent city. Rows are made by a migration; their outlines lie in static/geo."""

    ags = models.CharField(
        "Amtlicher Schlüssel", max_length=5, unique=True, validators=[RegexValidator(r"^1[456]\d{3}\Z")]
    )
    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
    state = models.CharField("Land", max_length=2, choices=State)
    publishes_itself = models.BooleanField(
        "veröffentlicht selbst",
        default=False,
        help_text="Ohne Haken legt der Landkreis seine Angebote der Geschäftsstelle zur Freigabe vor.",
    )

    class Meta:
        verbose_name = "Landkreis oder Stadt"
        verbose_name_plural = "Landkreise und Städte"
        ordering = ["state", "name"]

    def __str__(self):
        return self.name


class DistrictSeat(models.Model):
    """Somebody who keeps the listings of a district."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="seats", verbose_name="Landkreis")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="district_seats", verbose_name="Person"
    )

    class Meta:
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "user"],
                name="district_seat_is_there_once",
                violation_error_message="Diese Person ist hier schon zuständig.",
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.district}"


class Place(models.Model):
    """A town to search around, and, where `is_on_map`, a name that helps to find one's way on the map."""

    name = models.CharField("Name", max_length=80)
    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="places", verbose_name="Landkreis")
    latitude = models.FloatField("Breite")
    longitude = models.FloatField("Länge")
    is_on_map = models.BooleanField("auf der Karte", default=False)

    class Meta:
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST)),
                name="place_lies_in_the_region",
                violation_error_message="Dieser Punkt liegt nicht in Sachsen, Sachsen-Anhalt oder Thüringen.",
            )
        ]

    def __str__(self):
        return self.name
