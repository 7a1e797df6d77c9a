from django.db import models

from properties.models.incoming import IncomingQuerySet
from properties.models.listing import Listing


class ChangeReport(models.Model):
    """What a provider's contact says has changed: the office takes it into the listing."""

    is_on_public_pages = False

    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="change_reports", verbose_name="Angebot"
    )
    text = models.TextField("Was hat sich geändert", max_length=4000)
    reported_at = models.DateTimeField("gemeldet", auto_now_add=True)
    handled_at = models.DateTimeField("erledigt", null=True, blank=True)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = "Änderungsmeldung"
        verbose_name_plural = "Änderungsmeldungen"
        ordering = ["-reported_at", "-pk"]

    def __str__(self):
        return f"Änderung zu {self.listing}"
