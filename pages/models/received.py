"""What visitors write through the forms of the contact page. Kept until `forgotten_on`, on no public page."""

from django.db import models

from pages.addresses import LONGEST_PATH
from publishing.incoming import forgotten_on
from publishing.models import Contact, OutgoingMail
from publishing.models.contact import LONGEST_TOPIC


class ContactMessage(models.Model):
    is_on_public_pages = False

    topic = models.CharField("Thema", max_length=LONGEST_TOPIC, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="messages", verbose_name="zuständig"
    )
    name = models.CharField("Name", max_length=120)
    email = models.EmailField("E-Mail")
    message = models.TextField("Nachricht", max_length=4000)
    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="contact_messages",
        verbose_name="E-Mail",
    )
    received_at = models.DateTimeField("eingegangen", auto_now_add=True)
    handled_at = models.DateTimeField("beantwortet", null=True, blank=True)
    forgotten_on = models.DateField("wird gelöscht am", default=forgotten_on, editable=False)

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["forgotten_on"], name="contact_message_by_end")]

    def __str__(self):
        return f"{self.name}: {self.topic}" if self.topic else self.name


class BarrierReport(models.Model):
    """Somebody could not use a page. Who wants no answer need not say who they are."""

    is_on_public_pages = False

    path = models.CharField("Seite", max_length=LONGEST_PATH, blank=True)
    message = models.TextField("Was hindert", max_length=4000)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="barrier_reports",
        verbose_name="E-Mail",
    )
    received_at = models.DateTimeField("eingegangen", auto_now_add=True)
    handled_at = models.DateTimeField("erledigt", null=True, blank=True)
    forgotten_on = models.DateField("wird gelöscht am", default=forgotten_on, editable=False)

    class Meta:
        verbose_name = "Gemeldete Barriere"
        verbose_name_plural = "Gemeldete Barrieren"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["forgotten_on"], name="barrier_report_by_end")]

    def __str__(self):
        return self.path or "Ohne Angabe der Seite"
