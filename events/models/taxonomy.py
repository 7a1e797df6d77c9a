from django.db import models

from publishing.slugs import LONGEST_SLUG, slug_for


class Category(models.Model):
    name = models.CharField("Name", max_length=60, unique=True)
    slug = models.SlugField("Adresse", max_length=LONGEST_SLUG, unique=True, blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Terminart"
        verbose_name_plural = "Terminarten"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if not self.slug:
            self.slug = slug_for(self, self.name, fallback="terminart")
        super().save(**kwargs)


class Series(models.Model):
    """The parent of several dates: each date is an event of its own."""

    title = models.CharField("Titel", max_length=200, unique=True)

    class Meta:
        verbose_name = "Reihe"
        verbose_name_plural = "Reihen"
        ordering = ["title"]

    def __str__(self):
        return self.title
