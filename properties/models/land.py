from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from properties.models.listing import Listing

POSITIVE = (MinValueValidator(Decimal("0.01"), "Bitte eine Zahl über 0 angeben."),)


class Land(Listing):
    """Gewerbefläche: undeveloped or developed commercial land."""

    KIND, NUMBER_PREFIX = Listing.Kind.LAND, "GF"

    class Development(models.TextChoices):
        COMPLETE = "complete", "voll erschlossen"
        PARTIAL = "partial", "teilweise erschlossen"
        NONE = "none", "nicht erschlossen"

    parcel = models.CharField(
        "Flurstück", max_length=120, blank=True, help_text="Gemarkung, Flur und Flurstück, soweit öffentlich."
    )
    development = models.CharField("Erschließung", max_length=8, choices=Development, blank=True)
    floor_area_ratio = models.DecimalField(
        "GFZ",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=POSITIVE,
        help_text="Geschossflächenzahl",
    )
    building_mass = models.DecimalField(
        "BMZ", max_digits=4, decimal_places=1, null=True, blank=True, validators=POSITIVE, help_text="Baumassenzahl"
    )
    max_height = models.DecimalField(
        "zulässige Höhe in m", max_digits=5, decimal_places=1, null=True, blank=True, validators=POSITIVE
    )
    emission_limits = models.CharField(
        "Emissionen",
        max_length=200,
        blank=True,
        help_text="Zum Beispiel: Schallkontingent 65 dB(A) am Tag, 50 dB(A) in der Nacht",
    )

    class Meta:
        verbose_name = "Gewerbefläche"
        verbose_name_plural = "Gewerbeflächen"
        constraints = [
            models.CheckConstraint(
                condition=Q(floor_area_ratio__isnull=True) | Q(floor_area_ratio__gt=0),
                name="land_floor_area_ratio_is_positive",
                violation_error_message="Die GFZ ist größer als 0.",
            ),
            models.CheckConstraint(
                condition=Q(building_mass__isnull=True) | Q(building_mass__gt=0),
                name="land_building_mass_is_positive",
                violation_error_message="Die BMZ ist größer als 0.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("properties:land-detail", args=[self.slug])

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not self.plan_status:
            missing.append("der Stand des Planungsrechts")
        return missing
