from django.db import models
from simple_history.models import HistoricalRecords

from publishing.models import Image, PictureKey
from publishing.slugs import LONGEST_SLUG, slug_for
from publishing.usage import usages


class Organiser(models.Model):
    """Who holds, supports or co-organises events."""

    name = models.CharField("Name", max_length=200, unique=True)
    slug = models.SlugField("Adresse", max_length=LONGEST_SLUG, unique=True, blank=True)
    website = models.URLField("Website", max_length=300, blank=True)
    logo = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Logo")
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, als Beispiel gekennzeichnet.")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Veranstalter"
        verbose_name_plural = "Veranstalter"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if not self.slug:
            self.slug = slug_for(self, self.name, fallback="veranstalter")
        super().save(**kwargs)

    def usages(self):
        return usages(self)
