from django.db import models

from competition.models.edition import Edition
from competition.models.prizes import Category
from publishing.constraints import ForeignKeyTogether
from publishing.models import Image, PictureKey


class JuryMember(models.Model):
    """As visitors see the jury. Who may log in and judge is another matter."""

    owner_field = "edition"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="jury_members")
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="jury_members",
        verbose_name="Jury",
        help_text="Das Cluster, oder leer: Gesamtjury.",
    )
    name = models.CharField("Name", max_length=120)
    function = models.CharField("Funktion", max_length=160, blank=True)
    organisation = models.CharField("Organisation", max_length=200, blank=True)
    photo = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Foto")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_example = models.BooleanField("Beispiel", default=False)

    class Meta:
        verbose_name = "Jurymitglied"
        verbose_name_plural = "Jury, wie Besucher sie sehen"
        ordering = ["order", "name"]
        constraints = [
            ForeignKeyTogether(
                field="category",
                same=["edition"],
                name="jury_member_category_of_its_edition",
                violation_error_message="Dieses Cluster gehört zu einem anderen Wettbewerbsjahr.",
            )
        ]

    def __str__(self):
        return self.name
