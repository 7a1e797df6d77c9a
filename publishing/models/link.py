import hashlib
from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

#: A link is asked again so long after its first, second and every further failure, and so long after a good answer.
PAUSES = tuple(timedelta(days=days) for days in (1, 3, 7))
WHILE_GOOD = timedelta(days=7)
#: One failure may be a bad night of the other side: editors hear of the third.
FAILURES_UNTIL_BROKEN = 3
#: Longer than asking takes: should the process die meanwhile, the next run takes over.
LONGEST_QUESTION = timedelta(minutes=10)


def digest_of(url):
    return hashlib.sha256(url.encode(errors="surrogatepass")).hexdigest()


class Outcome(models.TextChoices):
    UNKNOWN = "unknown", "noch nicht geprüft"
    GOOD = "good", "in Ordnung"
    UNCLEAR = "unclear", "nicht prüfbar"
    FAILED = "failed", "antwortet gerade nicht"
    GONE = "gone", "defekt"


class LinkCheckQuerySet(models.QuerySet):
    def due(self):
        return self.filter(next_at__lte=timezone.now())

    def broken(self):
        return self.filter(BROKEN)

    def hold(self, link):
        """True where nobody else is asking for it at this moment."""
        return bool(self.due().filter(pk=link.pk).update(next_at=timezone.now() + LONGEST_QUESTION))


BROKEN = Q(outcome=Outcome.GONE) | Q(outcome=Outcome.FAILED, failures__gte=FAILURES_UNTIL_BROKEN)


class LinkCheck(models.Model):
    """What an address answered when it was last asked."""

    is_on_public_pages = False

    url = models.TextField("Adresse")
    # Addresses have no longest length, and an index has.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_internal = models.BooleanField("in diesem Portal")
    outcome = models.CharField("Stand", max_length=8, choices=Outcome, default=Outcome.UNKNOWN)
    status_code = models.PositiveSmallIntegerField("Antwort", null=True, blank=True)
    reason = models.CharField("Grund", max_length=200, blank=True)
    checked_at = models.DateTimeField("geprüft", null=True, blank=True)
    failures = models.PositiveIntegerField("Fehlversuche", default=0)
    first_failed_at = models.DateTimeField("seit", null=True, blank=True)
    next_at = models.DateTimeField("nächste Prüfung", default=timezone.now)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "geprüfte Adresse"
        verbose_name_plural = "geprüfte Adressen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["next_at"], name="link_check_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, first_failed_at__isnull=True)
                | Q(failures__gt=0, first_failed_at__isnull=False),
                name="link_check_failures_have_a_beginning",
                violation_error_message="Zu Fehlversuchen gehört, seit wann es sie gibt.",
            )
        ]

    def __str__(self):
        return self.url

    @property
    def is_broken(self):
        """The twin of broken() for one row at hand."""
        return self.outcome == Outcome.GONE or (
            self.outcome == Outcome.FAILED and self.failures >= FAILURES_UNTIL_BROKEN
        )

    def note(self, outcome, status_code=None, reason=""):
        """Keeps an answer and says when to ask again. Links of the portal itself cost nothing: always."""
        now = timezone.now()
        self.outcome, self.status_code, self.reason, self.checked_at = outcome, status_code, reason[:200], now
        if outcome in (Outcome.FAILED, Outcome.GONE):
            self.failures += 1
            self.first_failed_at = self.first_failed_at or now
            pause = PAUSES[min(self.failures, len(PAUSES)) - 1]
        else:
            self.failures, self.first_failed_at, pause = 0, None, WHILE_GOOD
        self.next_at = now if self.is_internal else now + pause
        self.save()


class LinkUseQuerySet(models.QuerySet):
    def broken(self):
        return self.filter(link__in=LinkCheck.objects.broken())

    def of(self, owner):
        return self.filter(owner_type=ContentType.objects.get_for_model(owner), owner_id=owner.pk)


class LinkUse(models.Model):
    """A link stands in a field of a row; the form to mend it is that of its owner."""

    is_on_public_pages = False

    link = models.ForeignKey(LinkCheck, on_delete=models.CASCADE, related_name="uses", verbose_name="Adresse")
    row_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    row_id = models.PositiveBigIntegerField()
    owner_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="Art")
    owner_id = models.PositiveBigIntegerField()
    owner = GenericForeignKey("owner_type", "owner_id")
    field_label = models.CharField("Feld", max_length=120)
    is_public = models.BooleanField("öffentlich")

    objects = LinkUseQuerySet.as_manager()

    class Meta:
        verbose_name = "geprüfter Link"
        verbose_name_plural = "Linkprüfung"
        # What visitors meet comes first.
        ordering = ["-is_public", "owner_type", "owner_id", "pk"]
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="link_use_by_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "row_type", "row_id", "field_label"],
                name="link_use_once_a_field",
                violation_error_message="Dieser Link ist in diesem Feld schon erfasst.",
            )
        ]

    def __str__(self):
        return self.link.url
