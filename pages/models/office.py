from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from publishing.models import Contact
from publishing.text import lines


class Office(models.Model):
    """One row: where the office is, and who gets what has no other contact."""

    ONLY_ROW = 1

    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name="allgemeiner Kontakt",
        help_text="Bekommt Nachrichten, zu deren Thema niemand anderes da ist.",
    )
    street = models.CharField("Straße und Hausnummer", max_length=120)
    postcode = models.CharField("Postleitzahl", max_length=5)
    town = models.CharField("Ort", max_length=80)
    hours = models.TextField(
        "Öffnungszeiten",
        max_length=300,
        blank=True,
        help_text="Eine Zeile unter der anderen, zum Beispiel: Mo–Fr 9–16 Uhr",
    )
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundene Angaben, als Beispiel gekennzeichnet."
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Geschäftsstelle"
        verbose_name_plural = "Geschäftsstelle"
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="office_is_one_row",
                violation_error_message="Es gibt nur eine Geschäftsstelle.",
            ),
            models.CheckConstraint(
                condition=~Q(street="") & ~Q(postcode="") & ~Q(town=""),
                name="office_has_an_address",
                violation_error_message="Zur Geschäftsstelle gehört eine vollständige Anschrift.",
            ),
        ]

    def __str__(self):
        return "Geschäftsstelle"

    @property
    def hour_lines(self):
        return lines(self.hours)

    def clean(self):
        super().clean()
        if not (len(self.postcode) == 5 and self.postcode.isascii() and self.postcode.isdecimal()):
            raise ValidationError({"postcode": "Eine deutsche Postleitzahl hat fünf Ziffern."})

    def save(self, **kwargs):
        self.pk = self.ONLY_ROW
        super().save(**kwargs)
