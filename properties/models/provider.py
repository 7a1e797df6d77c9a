from django.db import models
from simple_history.models import HistoricalRecords

from publishing.usage import usages


class Provider(models.Model):
    """Who offers: a town, a district, a development company, an owner, an agent."""

    name = models.CharField("Name", max_length=160, unique=True)
    website = models.URLField("Website", max_length=300, blank=True)
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundene Angaben, als Beispiel gekennzeichnet."
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Anbieter"
        verbose_name_plural = "Anbieter"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def usages(self):
        return usages(self)
