from django.db import models
from django.db.models import Count, F, Value, Window
from django.db.models.functions import Mod, RowNumber
from django.utils import timezone
from simple_history.models import HistoricalRecords

from publishing.models.image import Image, PictureKey
from publishing.usage import usages


class TestimonialQuerySet(models.QuerySet):
    def of_the_day(self):
        """Another one every day, by the calendar of Berlin, the same for all visitors; None where there is none."""
        numbered = self.annotate(place=Window(RowNumber(), order_by="pk"), number_of_all=Window(Count("pk")))
        day = Value(timezone.localdate().toordinal())
        return numbered.filter(place=Mod(day, F("number_of_all")) + 1).order_by("pk").first()


class Testimonial(models.Model):
    quote = models.TextField("Zitat", max_length=800, help_text="Ohne Anführungszeichen: Die setzt die Seite.")
    name = models.CharField("Name", max_length=120, blank=True)
    role = models.CharField("Funktion", max_length=120)
    organisation = models.CharField(
        "Organisation",
        max_length=200,
        blank=True,
        help_text="Oder Branche und Größe, wenn sie nicht genannt sein will.",
    )
    photo = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Bild")
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundene Stimme, als Beispiel gekennzeichnet."
    )

    objects = TestimonialQuerySet.as_manager()
    history = HistoricalRecords()

    #: Not a test, though its name begins like one.
    __test__ = False

    class Meta:
        verbose_name = "Stimme"
        verbose_name_plural = "Stimmen"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name or self.role}: {self.quote[:60]}"

    def usages(self):
        return usages(self)
