"""What editors decide about the home page. Which bands there are stands in emmd/home.py; none needs a row here."""

from django.db import models
from django.db.models import Q

from news.models import Article


class HomePage(models.Model):
    ONLY = 1

    lead = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Aufmacher",
        help_text="Leer lassen: Der neueste hervorgehobene Beitrag führt, ohne einen solchen der neueste.",
    )

    class Meta:
        verbose_name = "Startseite"
        verbose_name_plural = "Startseite"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="one_home_page", violation_error_message="Es gibt nur eine Startseite."
            )
        ]

    def __str__(self):
        return "Startseite"


class HomeBand(models.Model):
    page = models.ForeignKey(HomePage, on_delete=models.CASCADE, related_name="bands")
    name = models.CharField(max_length=40, editable=False)
    position = models.PositiveSmallIntegerField("Reihenfolge", help_text="Kleine Zahlen stehen oben.")
    is_shown = models.BooleanField("anzeigen", default=True)

    class Meta:
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "name"],
                name="home_band_once",
                violation_error_message="Diesen Abschnitt gibt es auf der Startseite schon.",
            )
        ]

    def __str__(self):
        return self.name
