from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from simple_history.models import HistoricalRecords

from competition.models.edition import Edition
from competition.models.prizes import Category, LocalPrize
from publishing.constraints import ForeignKeyTogether
from publishing.models import Image, PictureKey, Redirect
from publishing.rich_text import RichTextField
from publishing.slugs import LONGEST_SLUG, free_slug, german_slug
from publishing.text import without_control_characters


class EntryQuerySet(models.QuerySet):
    def public(self):
        """What visitors may know of: by the moments of the edition and the database's clock, and nothing else."""
        editions = Edition.objects
        finalist = Q(finalist__isnull=False) & _of(editions.with_public_finalists())
        shortlisted = Q(is_shortlisted=True) & _of(editions.with_public_shortlist())
        return self.filter(finalist | shortlisted | self._has_won())

    def formerly_public(self):
        """What visitors have seen until its edition was withdrawn or suspended."""
        editions = Edition.objects.formerly_public() | Edition.objects.published().filter(is_suspended=True)
        was_finalist = Q(finalist__isnull=False, edition__finalists_public_at__lte=Now())
        was_shortlisted = Q(is_shortlisted=True, edition__shortlist_public_at__lte=Now())
        has_won = Q(edition__winners_public_at__lte=Now()) & self._has_award()
        return self.filter(_of(editions), was_finalist | was_shortlisted | has_won)

    def winners(self):
        return self.filter(self._has_won())

    def _has_won(self):
        return self._has_award() & _of(Edition.objects.with_public_winners())

    def _has_award(self):
        return Q(Exists(self.model.objects.filter(pk=OuterRef("pk"), awards__isnull=False)))


def _of(editions):
    return Exists(editions.filter(pk=OuterRef("edition")))


class Entry(models.Model):
    """An application. Nobody outside learns that it exists before one of the edition's moments says so."""

    class State(models.TextChoices):
        SACHSEN = "Sachsen", "Sachsen"
        SACHSEN_ANHALT = "Sachsen-Anhalt", "Sachsen-Anhalt"
        THUERINGEN = "Thüringen", "Thüringen"
        ELSEWHERE = "übriges Bundesgebiet", "übriges Bundesgebiet"

    class Phase(models.TextChoices):
        IDEA = "idea", "Idee"
        PROTOTYPE = "prototype", "Prototyp"
        LAUNCH = "launch", "vor der Markteinführung"
        MARKET = "market", "am Markt"

    class Novelty(models.TextChoices):
        NEW = "new", "neuer Ansatz"
        DEVELOPED = "developed", "Weiterentwicklung"

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="entries", verbose_name="Wettbewerbsjahr"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="entries", verbose_name="Cluster")
    organisation = models.CharField("Organisation", max_length=200)
    further_organisations = models.CharField(
        "weitere Organisationen", max_length=300, blank=True, help_text="Mit Komma getrennt."
    )
    town = models.CharField("Ort", max_length=120, blank=True)
    state = models.CharField("Land", max_length=20, choices=State, blank=True)
    title = models.CharField("Innovation", max_length=200, blank=True, help_text="Leer, wenn nicht überliefert.")
    slug = models.SlugField("Adresse", max_length=LONGEST_SLUG, blank=True)
    summary = models.TextField("in einem Satz", max_length=400, blank=True)
    body = RichTextField("Text", blank=True)
    team = RichTextField("Team", blank=True)
    image = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Bild")
    film_url = models.URLField(
        "Film", max_length=500, blank=True, help_text="Nur ein Link: Es wird nichts geladen, bevor jemand ihn öffnet."
    )
    website = models.URLField("Website", max_length=500, blank=True)
    phase = models.CharField("Phase", max_length=10, choices=Phase, blank=True)
    novelty = models.CharField("Ansatz", max_length=10, choices=Novelty, blank=True)
    is_shortlisted = models.BooleanField("auf der Shortlist", default=False)

    contact_name = models.CharField("Ansprechpartner", max_length=120, blank=True)
    contact_email = models.EmailField("E-Mail", blank=True)
    contact_phone = models.CharField("Telefon", max_length=40, blank=True)

    is_uncertain = models.BooleanField(
        "Angaben nicht gesichert", default=False, help_text="Wird auf der Seite des Beitrags gesagt."
    )
    note = models.TextField("interne Bemerkung", blank=True)
    sources = models.TextField("Quellen", blank=True, help_text="Eine Adresse je Zeile; nur intern.")
    is_example = models.BooleanField("Beispiel", default=False)
    created_at = models.DateTimeField("angelegt", auto_now_add=True)
    changed_at = models.DateTimeField("geändert", auto_now=True)

    objects = EntryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["created_at", "changed_at"])

    class Meta:
        verbose_name = "Beitrag"
        verbose_name_plural = "Wettbewerbsbeiträge"
        ordering = ["-edition__year", "organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="entry_address_once_an_edition",
                violation_error_message="Diese Adresse hat in diesem Wettbewerbsjahr schon ein anderer Beitrag.",
            ),
            # What finalists, registrations and prizes point to: none can belong to another edition or cluster.
            models.UniqueConstraint(fields=["id", "edition"], name="entry_with_edition"),
            models.UniqueConstraint(fields=["id", "category"], name="entry_with_category"),
            ForeignKeyTogether(
                field="category",
                same=["edition"],
                name="entry_category_of_its_edition",
                violation_error_message="Dieses Cluster gehört zu einem anderen Wettbewerbsjahr.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.title}" if self.title else self.organisation

    def get_absolute_url(self):
        return reverse("competition:entry", args=[self.edition.year, self.slug])

    @property
    def display_title(self):
        return self.title or self.organisation

    @property
    def organisations(self):
        return ", ".join(filter(None, [self.organisation, self.further_organisations]))

    @property
    def sort_key(self):
        """German alphabetical order, the same on every database."""
        return german_slug(f"{self.organisation} {self.title}"), self.pk

    @property
    def is_public(self):
        return Entry.objects.public().filter(pk=self.pk).exists()

    def clean(self):
        super().clean()
        if self.pk and (before := Entry.objects.filter(pk=self.pk).first()):
            self._refuse_moves_of_judged_entries(before)

    def _refuse_moves_of_judged_entries(self, before):
        is_judged = self.awards.exists() or hasattr(self, "finalist") or self.local_registrations.exists()
        if is_judged and before.edition_id != self.edition_id:
            raise ValidationError({"edition": "Der Beitrag hat schon Ergebnisse oder ist für lokale Preise gemeldet."})
        if before.category_id != self.category_id and hasattr(self, "finalist"):
            raise ValidationError({"category": "Der Beitrag ist Finalist seines Clusters: bitte zuerst austragen."})

    @transaction.atomic
    def save(self, **kwargs):
        for name in ("organisation", "further_organisations", "town", "title", "summary"):
            setattr(self, name, without_control_characters(getattr(self, name)))
        if not self.slug:
            self.slug = self._free_slug()
        before = Entry.objects.select_related("edition").filter(pk=self.pk).first() if self.pk else None
        super().save(**kwargs)
        if before and before.is_public and before.get_absolute_url() != self.get_absolute_url():
            Redirect.objects.remember_move(before.get_absolute_url(), self.get_absolute_url())

    @transaction.atomic
    def delete(self, **kwargs):
        address, was_public = self.get_absolute_url(), self.is_public
        # One by one: each takes its file along.
        for paper in self.papers.all():
            paper.delete()
        deleted = super().delete(**kwargs)
        if was_public:
            Redirect.objects.remember_removal(address)
        return deleted

    def _free_slug(self):
        others = Entry.objects.filter(edition=self.edition_id).exclude(pk=self.pk)
        words = f"{self.organisation} {self.title}"
        return free_slug(words, lambda slug: others.filter(slug=slug).exists(), fallback="beitrag")


class EntryImage(models.Model):
    owner_field = "entry"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="gallery")
    image = PictureKey(Image, on_delete=models.PROTECT, verbose_name="Bild")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "weiteres Bild"
        verbose_name_plural = "weitere Bilder"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.image or "verborgenes Bild")


class LocalRegistration(models.Model):
    """An entry competes for a city's prize. Only such an entry can win it."""

    owner_field = "entry"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="local_registrations")
    local_prize = models.ForeignKey(
        LocalPrize, on_delete=models.PROTECT, related_name="registrations", verbose_name="lokaler Preis"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", editable=False)

    class Meta:
        verbose_name = "Meldung für einen lokalen Preis"
        verbose_name_plural = "Meldungen für lokale Preise"
        ordering = ["local_prize__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "local_prize"],
                name="registered_once_a_local_prize",
                violation_error_message="Der Beitrag ist für diesen lokalen Preis schon gemeldet.",
            ),
            models.UniqueConstraint(fields=["id", "entry", "local_prize"], name="registration_with_entry_and_prize"),
            ForeignKeyTogether(
                field="entry",
                same=["edition"],
                name="registration_entry_of_its_edition",
                violation_error_message="Der Beitrag gehört zu einem anderen Wettbewerbsjahr.",
            ),
            ForeignKeyTogether(
                field="local_prize",
                same=["edition"],
                name="registration_prize_of_its_edition",
                violation_error_message="Dieser lokale Preis gehört zu einem anderen Wettbewerbsjahr.",
            ),
        ]

    def __str__(self):
        return str(self.local_prize)

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def validate_constraints(self, exclude=None):
        super().validate_constraints(set(exclude or ()) - {"edition"})

    def _complete(self):
        if self.entry_id:
            self.edition_id = self.entry.edition_id

    def save(self, **kwargs):
        self._complete()
        super().save(**kwargs)
