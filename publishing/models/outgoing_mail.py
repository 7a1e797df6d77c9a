import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

#: Stands in the text where the sent mail has its link: whoever reads a stored link could use it.
LINK_MARK = "[persönlicher Link]"
#: What people write to the office, and the copies of mails: no copy goes before the message it hangs on.
KEPT_FOR = timedelta(days=180)


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state__in=OutgoingMail.NOT_YET_SENT)

    def failed(self):
        return self.filter(state=OutgoingMail.State.FAILED)

    def about(self, key):
        """Of what a room has called `key`, and of what it has called `key/…`."""
        return self.filter(Q(related_key=key) | Q(related_key__startswith=f"{key}/"))

    def ended(self):
        """Sent or discarded, kept long enough, and of nothing that a room deletes together with its mails."""
        closed = self.exclude(state__in=OutgoingMail.NOT_YET_SENT).filter(related_key="")
        return closed.alias(since=Coalesce("sent_at", "prepared_at")).filter(since__lte=timezone.now() - KEPT_FOR)

    def at_rest(self):
        """Nobody is sending them at this moment."""
        return self.filter(Q(held_until=None) | Q(held_until__lte=timezone.now()))

    def prepared_by_hand(self):
        """Somebody still has to read and send these."""
        return self.filter(state=OutgoingMail.State.PREPARED, released_at=None)

    def due(self):
        """Released, not arrived yet, and the pause after the last attempt is over."""
        now = timezone.now()
        return self.waiting().filter(released_at__isnull=False, next_attempt_at__lte=now)


class OutgoingMail(models.Model):
    """A mail, kept from its first draft to the copy of what was sent. See publishing.outbox."""

    class State(models.TextChoices):
        PREPARED = "prepared", "vorbereitet"
        SENT = "sent", "gesendet"
        FAILED = "failed", "fehlgeschlagen"
        DISCARDED = "discarded", "verworfen"

    NOT_YET_SENT = (State.PREPARED, State.FAILED)
    WRITTEN = ("to", "reply_to", "subject", "text")

    to = models.EmailField("an")
    subject = models.CharField("Betreff", max_length=200)
    text = models.TextField("Text")
    reply_to = models.EmailField("Antwort an", blank=True)
    purpose = models.CharField("Anlass", max_length=80)
    related_label = models.CharField("gehört zu", max_length=200, blank=True)
    # A room's own name for what the mail is about, for example to delete it with that: „competition/12/3“.
    related_key = models.CharField(max_length=100, blank=True, editable=False)
    state = models.CharField("Stand", max_length=10, choices=State, default=State.PREPARED)
    prepared_at = models.DateTimeField("vorbereitet am", auto_now_add=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vorbereitet von",
    )
    sent_at = models.DateTimeField("gesendet am", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gesendet von",
    )
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)

    # Set once somebody, or the portal itself, wants it sent: only then the timer tries again.
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whoever is sending holds the mail until then: nobody else sends it too.
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    sealed_link = models.TextField(blank=True, editable=False)
    link_ends_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "E-Mail"
        verbose_name_plural = "E-Mails"
        ordering = ["-prepared_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_by_state_and_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_link="") | Q(state__in=("prepared", "failed")),
                name="mail_keeps_no_link_once_sent",
                violation_error_message="Eine gesendete E-Mail behält ihren Link nicht.",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="mail_sent_has_its_moment",
                violation_error_message="Eine gesendete E-Mail hat einen Zeitpunkt.",
            ),
        ]

    def __str__(self):
        return f"{self.subject} ({self.to})"

    @property
    def is_waiting(self):
        return self.state in self.NOT_YET_SENT

    @property
    def wording(self):
        """What a person writes and reads of it."""
        return {name: getattr(self, name) for name in self.WRITTEN}

    @property
    def fingerprint(self):
        return hashlib.sha256(json.dumps(self.wording, sort_keys=True).encode()).hexdigest()

    @property
    def is_too_late(self):
        return self.link_ends_at is not None and self.link_ends_at <= timezone.now()

    def clean(self):
        # A line break here would begin a header of somebody else's choosing.
        self.subject = " ".join(self.subject.split())
        if self.sealed_link and LINK_MARK not in self.text:
            raise ValidationError(
                {"text": f"Bitte lassen Sie „{LINK_MARK}“ im Text stehen: Dort steht in der E-Mail der Link."}
            )
