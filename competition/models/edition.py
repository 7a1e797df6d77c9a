import itertools
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from publishing import site_version
from publishing.models import Contact, Image, PictureKey, Published, PublishedQuerySet
from publishing.models.testimonial import Testimonial
from publishing.rich_text import RichTextField

FIRST_EDITION, LAST_EDITION = 2005, 2100


@dataclass(frozen=True)
class Status:
    name: str
    label: str


ANNOUNCED = Status("announced", "angekündigt")
CALL_OPEN = Status("call_open", "Bewerbung läuft")
JURY_MEETS = Status("jury_meets", "Jury tagt")
FINALISTS = Status("finalists", "Finalisten")
WINNERS = Status("winners", "Preisträger")
SUSPENDED = Status("suspended", "ausgesetzt")
STATUSES = (ANNOUNCED, CALL_OPEN, JURY_MEETS, FINALISTS, WINNERS, SUSPENDED)


class EditionQuerySet(PublishedQuerySet):
    def newest_first(self):
        return self.order_by("-year")

    def with_public_shortlist(self):
        return self.published().filter(is_suspended=False, shortlist_public_at__lte=Now())

    def with_public_finalists(self):
        return self.published().filter(is_suspended=False, finalists_public_at__lte=Now())

    def with_public_winners(self):
        return self.published().filter(is_suspended=False, winners_public_at__lte=Now())


class Edition(Published):
    """One year of the award. What is public of it, and its status, follow from dates alone."""

    year = models.PositiveSmallIntegerField(
        "Jahr",
        unique=True,
        validators=[MinValueValidator(FIRST_EDITION), MaxValueValidator(LAST_EDITION)],
        help_text="Das Jahr der Preisverleihung. Es steht in der Adresse.",
    )
    number = models.PositiveSmallIntegerField(
        "Nummer",
        unique=True,
        null=True,
        blank=True,
        help_text="Der wievielte Wettbewerb. Leer bei einem ausgesetzten Jahr.",
    )
    organiser = models.CharField("Veranstalter", max_length=200, blank=True)
    motto = models.CharField("Motto", max_length=200, blank=True)
    body = RichTextField("Text", blank=True)
    participation = RichTextField("So können Sie teilnehmen", blank=True)
    prizes_text = RichTextField("Zu den Preisen", blank=True)
    application_url = models.URLField("Link zur Bewerbung", max_length=500, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Kontakt")
    testimonials = models.ManyToManyField(
        Testimonial, blank=True, related_name="award_editions", verbose_name="Stimmen"
    )

    # A day, or where the sources know no better the words they use.
    kickoff_on = models.DateField("Auftakt", null=True, blank=True)
    kickoff_place = models.CharField("Ort des Auftakts", max_length=200, blank=True)
    call_opens_on = models.DateField("Bewerbung ab", null=True, blank=True, help_text="Erster Tag.")
    call_opens_text = models.CharField("Bewerbung ab (in Worten)", max_length=80, blank=True)
    call_closes_on = models.DateField("Bewerbung bis", null=True, blank=True, help_text="Letzter Tag.")
    call_closes_text = models.CharField("Bewerbung bis (in Worten)", max_length=80, blank=True)
    cluster_pitch_on = models.DateField("Cluster-Pitch", null=True, blank=True)
    cluster_pitch_text = models.CharField("Cluster-Pitch (in Worten)", max_length=80, blank=True)
    cluster_pitch_place = models.CharField("Ort des Cluster-Pitchs", max_length=200, blank=True)
    final_pitch_on = models.DateField("Final-Pitch", null=True, blank=True)
    final_pitch_text = models.CharField("Final-Pitch (in Worten)", max_length=80, blank=True)
    final_pitch_place = models.CharField("Ort des Final-Pitchs", max_length=200, blank=True)
    ceremony_on = models.DateField("Preisverleihung", null=True, blank=True)
    ceremony_place = models.CharField("Haus der Preisverleihung", max_length=200, blank=True)
    ceremony_town = models.CharField("Ort der Preisverleihung", max_length=120, blank=True)
    ceremony_is_online = models.BooleanField("Preisverleihung online", default=False)
    ceremony_guests = models.PositiveIntegerField("Gäste der Preisverleihung", null=True, blank=True)

    shortlist_public_at = models.DateTimeField(
        "Shortlist öffentlich ab", null=True, blank=True, help_text="Leer lassen, wenn es keine öffentliche gibt."
    )
    finalists_public_at = models.DateTimeField(
        "Finalisten öffentlich ab", null=True, blank=True, help_text="Vorher sieht kein Besucher einen Beitrag."
    )
    winners_public_at = models.DateTimeField(
        "Preisträger öffentlich ab",
        null=True,
        blank=True,
        help_text="Der Augenblick der Verkündung. Vorher verrät keine Seite ein Ergebnis.",
    )

    is_suspended = models.BooleanField("ausgesetzt", default=False)
    suspension_reason = models.TextField("Grund der Aussetzung", max_length=600, blank=True)

    overall_prize = models.PositiveIntegerField("Preisgeld Gesamtsieg in Euro", null=True, blank=True)
    announced_total = models.PositiveIntegerField(
        "Preisgeld insgesamt in Euro, wie angekündigt",
        null=True,
        blank=True,
        help_text="So, wie es bekannt gegeben wurde, auch gerundet. Die Summe der Preise rechnet das Portal selbst.",
    )
    applications = models.PositiveIntegerField("Bewerbungen, wie bekannt gegeben", null=True, blank=True)
    shortlist_size = models.PositiveIntegerField("Plätze auf der Shortlist", null=True, blank=True)
    final_jury_size = models.PositiveIntegerField("Mitglieder der Gesamtjury", null=True, blank=True)
    sponsors = models.ManyToManyField(
        "competition.Sponsor", blank=True, related_name="sponsored_editions", verbose_name="Stifter des Gesamtpreises"
    )
    sources_note = models.TextField(
        "Zur Quellenlage", blank=True, help_text="Was nicht überliefert oder nicht gesichert ist. Steht auf der Seite."
    )
    sources = models.TextField("Quellen", blank=True, help_text="Eine Adresse je Zeile; nur intern.")
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Inhalt, als Beispiel gekennzeichnet."
    )

    objects = EditionQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Wettbewerbsjahr"
        verbose_name_plural = "Wettbewerbsjahre"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(call_opens_on__isnull=True)
                | Q(call_closes_on__isnull=True)
                | Q(call_closes_on__gte=F("call_opens_on")),
                name="edition_call_closes_after_it_opens",
                violation_error_message="Die Bewerbungsfrist endet vor ihrem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(winners_public_at__isnull=True)
                | Q(finalists_public_at__isnull=True)
                | Q(winners_public_at__gte=F("finalists_public_at")),
                name="edition_winners_not_before_finalists",
                violation_error_message="Die Preisträger dürfen nicht vor den Finalisten öffentlich werden.",
            ),
            models.CheckConstraint(
                condition=Q(winners_public_at__isnull=True) | Q(finalists_public_at__isnull=False),
                name="edition_winners_need_finalists_moment",
                violation_error_message="Zur Verkündung der Preisträger gehört der Zeitpunkt, "
                "ab dem die Finalisten öffentlich sind.",
            ),
            models.CheckConstraint(
                condition=Q(shortlist_public_at__isnull=True)
                | Q(finalists_public_at__isnull=True)
                | Q(finalists_public_at__gte=F("shortlist_public_at")),
                name="edition_finalists_not_before_shortlist",
                violation_error_message="Die Finalisten dürfen nicht vor der Shortlist öffentlich werden.",
            ),
            models.CheckConstraint(
                condition=Q(is_suspended=False) | ~Q(suspension_reason=""),
                name="edition_suspension_has_reason",
                violation_error_message="Zur Aussetzung gehört ein Grund.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("competition:edition", args=[self.year])

    # --- status: nothing of it is stored

    @property
    def status(self):
        today = timezone.localdate()
        if self.is_suspended:
            return SUSPENDED
        if self.winners_are_public:
            return WINNERS
        if self.finalists_are_public:
            return FINALISTS
        if self.call_closes_on and self.call_closes_on < today:
            return JURY_MEETS
        if self.call_opens_on and self.call_opens_on <= today:
            return CALL_OPEN
        return ANNOUNCED

    @property
    def shortlist_is_public(self):
        return self._has_come(self.shortlist_public_at)

    @property
    def finalists_are_public(self):
        return self._has_come(self.finalists_public_at)

    @property
    def winners_are_public(self):
        return self._has_come(self.winners_public_at)

    def _has_come(self, moment):
        return not self.is_suspended and moment is not None and moment <= timezone.now()

    # --- saving

    @transaction.atomic
    def save(self, **kwargs):
        super().save(**kwargs)
        # Every page changes at the same moment: none may still come out of the cache when others have the winners.
        for moment in (self.publish_from, self.shortlist_public_at, self.finalists_public_at, self.winners_public_at):
            if moment and moment > timezone.now():
                site_version.plan_change(moment)

    def clean(self):
        super().clean()
        days = (
            ("call_closes_on", "Ende der Bewerbungsfrist"),
            ("cluster_pitch_on", "Cluster-Pitch"),
            ("final_pitch_on", "Final-Pitch"),
            ("ceremony_on", "Preisverleihung"),
        )
        known = [(name, label, getattr(self, name)) for name, label in days if getattr(self, name)]
        for (_, earlier_label, earlier), (name, label, later) in itertools.pairwise(known):
            if later < earlier:
                raise ValidationError({name: f"„{label}“ liegt vor „{earlier_label}“."})

    def copy_as_draft(self):
        """The next edition: texts and prizes stay, everything of the one year goes."""
        twin = super().copy_as_draft()
        taken = Edition.objects.aggregate(year=models.Max("year"), number=models.Max("number"))
        twin.year, twin.number = max(taken["year"], timezone.localdate().year) + 1, (taken["number"] or 0) + 1
        twin.title = f"{twin.number}. IQ Innovationspreis Mitteldeutschland"
        for field in self._meta.concrete_fields:
            if field.name in self._of_one_year or field.name.startswith(self._dates_and_places):
                setattr(twin, field.name, field.get_default())
        return twin

    _dates_and_places = ("kickoff", "call_", "cluster_pitch", "final_pitch", "ceremony")
    _of_one_year = (
        *("motto", "shortlist_public_at", "finalists_public_at", "winners_public_at", "application_url"),
        *("is_suspended", "suspension_reason", "applications", "shortlist_size", "final_jury_size"),
        *("sources_note", "sources", "is_example", "image"),
    )

    def copy_relations_to(self, twin):
        twin.sponsors.set(self.sponsors.all())
        twin.testimonials.set(self.testimonials.all())
        for relation in (self.categories, self.local_prizes, self.criteria):
            for row in relation.all():
                row.copy_to(twin)


class EditionImage(models.Model):
    """A picture of the ceremony. It may show who has won, so it is public only with the winners."""

    owner_field = "edition"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="gallery")
    image = PictureKey(Image, on_delete=models.PROTECT, verbose_name="Bild")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Bild der Preisverleihung"
        verbose_name_plural = "Bilder der Preisverleihung"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.image or "verborgenes Bild")
