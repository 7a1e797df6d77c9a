from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from publishing.slugs import LONGEST_SLUG, german_slug
from publishing.usage import usages


class Venue(models.Model):
    name = models.CharField(
        "Haus", max_length=160, blank=True, help_text="Kann fehlen, wenn nur die Stadt bekannt ist."
    )
    street = models.CharField("Straße und Hausnummer", max_length=160, blank=True)
    postcode = models.CharField(
        "Postleitzahl", max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", "Fünf Ziffern, bitte.")]
    )
    town = models.CharField("Ort", max_length=120)
    town_slug = models.SlugField(max_length=LONGEST_SLUG, editable=False, db_index=True)
    latitude = models.DecimalField("Breite", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("Länge", max_digits=8, decimal_places=5, null=True, blank=True)
    access_notes = models.TextField(
        "Anfahrt und Barrierefreiheit", max_length=600, blank=True, help_text="Haltestelle, Stufen, Aufzug, Höranlage."
    )
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, als Beispiel gekennzeichnet.")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ["town", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "street", "town"],
                name="venue_is_there_once",
                violation_error_message="Diesen Ort gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Said outright: a comparison with NULL is neither true nor false, and a constraint lets that pass.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="venue_coordinates_are_a_pair",
                violation_error_message="Breite und Länge gehören zusammen, zum Beispiel 51.33970 und 12.37310.",
            ),
        ]

    def __str__(self):
        return ", ".join(part for part in (self.name, self.town) if part)

    def save(self, **kwargs):
        self.town_slug = german_slug(self.town)
        super().save(**kwargs)

    @property
    def address(self):
        """„Poetenweg 28, 04155 Leipzig“"""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)

    def usages(self):
        return usages(self)

    @transaction.atomic
    def absorb(self, doubles):
        """Takes over every event of the duplicates and deletes them. Saves one by one: calendars must learn of it."""
        for double in doubles:
            for event in double.events.all():
                event.venue = self
                event.save()
            double.delete()
