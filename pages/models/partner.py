from django.db import models
from django.db.models.functions import Lower

from publishing.models import Image, PictureKey


class PartnerQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True).select_related("logo")

    def in_order(self):
        return self.order_by("order", Lower("name"), "pk")


class Partner(models.Model):
    class Kind(models.TextChoices):
        MEMBER = "member", "Mitglied"
        SUPPORTER = "supporter", "Förderer"
        MEDIA = "media", "Medienpartner"
        PARTNER = "partner", "Partner"

    #: Over several of them, in this order on the page.
    HEADINGS = {
        Kind.MEMBER: "Mitglieder",
        Kind.SUPPORTER: "Förderer",
        Kind.PARTNER: "Partner",
        Kind.MEDIA: "Medienpartner",
    }

    name = models.CharField("Name", max_length=160, unique=True)
    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.PARTNER)
    logo = PictureKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partners_with_logo",
        verbose_name="Logo",
        help_text="Ohne Logo steht der Name da.",
    )
    website = models.URLField("Website", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_shown = models.BooleanField("wird gezeigt", default=True)
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, als Beispiel gekennzeichnet.")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "Partner"
        verbose_name_plural = "Partner"
        ordering = ["kind", "order", "name"]

    def __str__(self):
        return self.name
