from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from properties.models.listing import Listing
from properties.models.selection import ListingQuerySet

POSITIVE = (MinValueValidator(Decimal("0.1"), "Bitte eine Zahl über 0 angeben."),)
YEARS = (
    MinValueValidator(1700, "Bitte prüfen Sie das Jahr."),
    MaxValueValidator(2100, "Bitte prüfen Sie das Jahr."),
)


class HallQuerySet(ListingQuerySet):
    def _further_gaps(self):
        return Q(energy_certificate="", energy_reason="")

    def at_least(self, **values):
        """at_least(clear_height=8, crane_load=5): only where the figure is known."""
        return self.filter(**{f"{name}__gte": value for name, value in values.items()})


class Hall(Listing):
    """Hallenobjekt: a building for production, storage or handling."""

    KIND, NUMBER_PREFIX = Listing.Kind.HALL, "HO"

    class EnergyCertificate(models.TextChoices):
        DEMAND = "demand", "Bedarfsausweis"
        CONSUMPTION = "consumption", "Verbrauchsausweis"

    hall_area = models.PositiveIntegerField("Hallenfläche in m²", null=True, blank=True)
    office_area = models.PositiveIntegerField("Bürofläche in m²", null=True, blank=True)
    storage_area = models.PositiveIntegerField("Lagerfläche in m²", null=True, blank=True)
    clear_height = models.DecimalField(
        "lichte Höhe in m", max_digits=4, decimal_places=1, null=True, blank=True, validators=POSITIVE
    )
    column_grid = models.CharField("Stützenraster", max_length=60, blank=True, help_text="Zum Beispiel: 12 × 24 m")
    floor_load = models.DecimalField(
        "Bodenlast in t/m²", max_digits=4, decimal_places=1, null=True, blank=True, validators=POSITIVE
    )
    gates_ground = models.PositiveSmallIntegerField("Tore ebenerdig", null=True, blank=True)
    gates_ramp = models.PositiveSmallIntegerField("Tore mit Rampe", null=True, blank=True)
    crane_load = models.DecimalField(
        "Kran, Traglast in t",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="0: kein Kran. Leer lassen: unbekannt.",
    )
    sprinkler = models.CharField("Sprinkleranlage", max_length=4, choices=Listing.Answer, blank=True)
    heating = models.CharField("Heizung", max_length=120, blank=True)
    year_built = models.PositiveSmallIntegerField("Baujahr", null=True, blank=True, validators=YEARS)
    year_renovated = models.PositiveSmallIntegerField("letzte Sanierung", null=True, blank=True, validators=YEARS)

    # What an advertisement of a building must say (§ 87 GEG), or why it need not.
    energy_certificate = models.CharField("Energieausweis", max_length=12, choices=EnergyCertificate, blank=True)
    energy_heat = models.DecimalField(
        "Wärme in kWh/(m²·a)", max_digits=6, decimal_places=1, null=True, blank=True, validators=POSITIVE
    )
    energy_power = models.DecimalField(
        "Strom in kWh/(m²·a)", max_digits=6, decimal_places=1, null=True, blank=True, validators=POSITIVE
    )
    energy_carrier = models.CharField("Energieträger", max_length=80, blank=True, help_text="Zum Beispiel: Erdgas")
    energy_valid_until = models.DateField("Ausweis gültig bis", null=True, blank=True)
    energy_reason = models.CharField(
        "Warum kein Ausweis", max_length=120, blank=True, help_text="Zum Beispiel: in Erstellung; eingetragenes Denkmal"
    )

    objects = HallQuerySet.as_manager()

    class Meta:
        verbose_name = "Hallenobjekt"
        verbose_name_plural = "Hallenobjekte"
        constraints = [
            models.CheckConstraint(
                condition=Q(energy_certificate="") | Q(energy_heat__isnull=False, energy_reason=""),
                name="hall_certificate_has_a_figure",
                violation_error_message="Zum Energieausweis gehört der Wert für Wärme, und kein Grund, warum er fehlt.",
            ),
            models.CheckConstraint(
                condition=Q(year_renovated__isnull=True)
                | Q(year_built__isnull=True)
                | Q(year_renovated__gte=F("year_built")),
                name="hall_renovated_after_it_was_built",
                violation_error_message="Die letzte Sanierung liegt vor dem Baujahr.",
            ),
            models.CheckConstraint(
                condition=Q(crane_load__isnull=True) | Q(crane_load__gte=0),
                name="hall_crane_load_not_negative",
                violation_error_message="Eine Traglast kann nicht kleiner als 0 sein.",
            ),
        ]
        indexes = [
            models.Index(fields=["clear_height"], name="hall_by_clear_height"),
            models.Index(fields=["crane_load"], name="hall_by_crane_load"),
            models.Index(fields=["floor_load"], name="hall_by_floor_load"),
        ]

    def get_absolute_url(self):
        return reverse("properties:hall-detail", args=[self.slug])

    @property
    def gates(self):
        """All gates together; None where nothing is known."""
        known = [one for one in (self.gates_ground, self.gates_ramp) if one is not None]
        return sum(known) if known else None

    @property
    def energy_certificate_has_expired(self):
        return self.energy_valid_until is not None and self.energy_valid_until < timezone.localdate()

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not (self.energy_certificate or self.energy_reason):
            missing.append("der Energieausweis oder der Grund, warum es keinen gibt")
        return missing
