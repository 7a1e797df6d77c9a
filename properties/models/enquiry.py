from django.db import models

from properties.models.incoming import IncomingQuerySet
from properties.models.listing import Listing
from publishing.incoming import forgotten_on
from publishing.models import OutgoingMail


class Enquiry(models.Model):
    """What a visitor asks about a listing: stored first, then mailed to the contact."""

    is_on_public_pages = False

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="enquiries", verbose_name="Angebot")
    name = models.CharField("Name", max_length=120)
    organisation = models.CharField("Unternehmen", max_length=160, blank=True)
    email = models.EmailField("E-Mail")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    message = models.TextField("Nachricht", max_length=4000)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, editable=False, verbose_name="E-Mail")
    received_at = models.DateTimeField("eingegangen", auto_now_add=True)
    handled_at = models.DateTimeField("erledigt", null=True, blank=True)
    forgotten_on = models.DateField("wird gelöscht am", default=forgotten_on, editable=False)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage"
        verbose_name_plural = "Anfragen"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["forgotten_on"], name="enquiry_by_end")]

    def __str__(self):
        return f"{self.name} zu {self.listing}"
