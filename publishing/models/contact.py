import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from simple_history.models import HistoricalRecords

from publishing.models.image import Image, PictureKey
from publishing.text import lines
from publishing.usage import usages

LONGEST_TOPIC = 80


class ContactQuerySet(models.QuerySet):
    def current(self):
        """By the database's clock, and by the day in Germany."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=TruncDate(Now())))

    def with_topics(self):
        """Those visitors are told to turn to."""
        return self.exclude(topics="")


class Contact(models.Model):
    role = models.CharField("Aufgabe", max_length=120, help_text="Zum Beispiel: Presse und Kommunikation")
    name = models.CharField(
        "Name",
        max_length=120,
        blank=True,
        help_text="Kann fehlen: Die Aufgabe bleibt, auch wenn Menschen wechseln.",
    )
    department = models.CharField("Bereich", max_length=120, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    office = models.CharField("Dienststelle", max_length=200, blank=True)
    topics = models.TextField(
        "Themen",
        max_length=1000,
        blank=True,
        help_text="Ein Thema in jeder Zeile. Mit Themen steht der Kontakt auf der Kontaktseite, und Nachrichten "
        "zu einem Thema gehen an ihn.",
    )
    photo = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Foto")
    valid_until = models.DateField(
        "gültig bis", null=True, blank=True, help_text="Danach wird der Kontakt nicht mehr gezeigt."
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundene Angaben, als Beispiel gekennzeichnet."
    )

    objects = ContactQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ["order", "role"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="contact_is_reachable",
                violation_error_message="Ein Kontakt braucht eine Telefonnummer oder eine E-Mail-Adresse.",
            )
        ]

    def __str__(self):
        return f"{self.role} ({self.name})" if self.name else self.role

    @property
    def is_current(self):
        return self.valid_until is None or self.valid_until >= timezone.localdate()

    @property
    def phone_link(self):
        """„+49 (0) 341 600-16“ → tel:+4934160016"""
        return "tel:" + re.sub(r"[^0-9+]", "", re.sub(r"\(\s*0\s*\)", "", self.phone))

    @property
    def topic_list(self):
        return lines(self.topics)

    def usages(self):
        return usages(self)

    def clean(self):
        super().clean()
        self.topics = "\n".join(dict.fromkeys(" ".join(one.split()) for one in lines(self.topics)))
        if any(len(topic) > LONGEST_TOPIC for topic in self.topic_list):
            raise ValidationError(
                {"topics": f"Ein Thema hat höchstens {LONGEST_TOPIC} Zeichen: Es steht in einer Auswahlliste."}
            )
        if self.phone and (not re.fullmatch(r"[0-9\s()+/–-]+", self.phone) or sum(map(str.isdigit, self.phone)) < 5):
            raise ValidationError(
                {"phone": "Bitte geben Sie eine Telefonnummer mit Vorwahl an, zum Beispiel 0341 600160."}
            )
