from django.db import models

from pages.models.page import Page


class MenuEntry(models.Model):
    """A page that every page names: in the menu, in the footer, or at the top for easy language and sign language.

    The entry of a page that belongs to another page with an entry in the same place stands below that one.
    """

    class Place(models.TextChoices):
        MENU = "menu", "Hauptmenü"
        FOOTER = "footer", "Fußzeile"
        EASY = "easy", "oben: Leichte Sprache"
        SIGN = "sign", "oben: Gebärdensprache"

    place = models.CharField(
        "Wo",
        max_length=8,
        choices=Place,
        default=Place.FOOTER,
        help_text="Gehört die Seite zu einer anderen, die am selben Ort steht, so steht sie unter dieser.",
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="menu_entries", verbose_name="Seite")
    label = models.CharField("Text", max_length=40, blank=True, help_text="Leer lassen: der Titel der Seite.")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Menüeintrag"
        verbose_name_plural = "Menü und Fußzeile"
        ordering = ["place", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "page"],
                name="menu_names_a_page_once",
                violation_error_message="Diese Seite steht dort schon.",
            )
        ]

    def __str__(self):
        return self.label or self.page.title
