from django.db import models

from publishing.slugs import LONGEST_SLUG


class Cluster(models.Model):
    """An industry cluster of the region: the noun that news, events and the award point to."""

    name = models.CharField("Name", max_length=120, unique=True)
    short_name = models.CharField("Kurzname", max_length=40)
    slug = models.SlugField("Adresse", max_length=LONGEST_SLUG, unique=True)
    description = models.TextField("Beschreibung", blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Cluster"
        verbose_name_plural = "Cluster"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name
