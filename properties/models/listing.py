import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from properties.models import terms
from properties.models.provider import Provider
from properties.models.regions import EAST, NORTH, SOUTH, WEST, District
from properties.models.selection import CHECK_AFTER, DOUBTFUL_AFTER, STALE_AFTER, ListingQuerySet
from publishing.models import Contact, Published
from publishing.models.published import EXPIRED, PUBLIC, copy_rows
from publishing.rich_text import RichTextField, plain_text
from publishing.slugs import LONGEST_SLUG, free_slug, german_slug

LARGEST_AREA = 2_000_000_000
#: More do not save at the same moment.
MOST_ATTEMPTS = 10


class Listing(Published):
    """What land and halls have in common. Always a Land or a Hall too: `specific` leads there."""

    #: Pictures and contacts say where they are used: there is no page of the common part.
    owner_field = "specific"

    Kind = terms.Kind
    Answer = terms.Answer
    Precision = terms.Precision
    Zoning = terms.Zoning
    PlanStatus = terms.PlanStatus
    Contamination = terms.Contamination
    Flood = terms.Flood
    Heritage = terms.Heritage
    RailSiding = terms.RailSiding
    Ownership = terms.Ownership
    Availability = terms.Availability
    Readiness = terms.Readiness

    KIND, NUMBER_PREFIX = None, ""
    reserved_slugs = frozenset(("karte", "vergleich", "merkliste", "daten", "atom", "stand", "export"))

    kind = models.CharField(max_length=4, choices=Kind, editable=False)
    number = models.CharField(
        "Objektnummer", max_length=20, unique=True, blank=True, help_text="Leer lassen: die nächste freie Nummer."
    )
    body = RichTextField("Beschreibung", blank=True)

    # --- where
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="listings", verbose_name="Landkreis oder Stadt"
    )
    town = models.CharField("Ort", max_length=120, help_text="Stadt oder Gemeinde")
    town_slug = models.SlugField(max_length=LONGEST_SLUG, editable=False)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    street = models.CharField("Straße", max_length=160, blank=True)
    latitude = models.FloatField("Breite", null=True, blank=True, help_text="Zum Beispiel: 51,3397")
    longitude = models.FloatField("Länge", null=True, blank=True, help_text="Zum Beispiel: 12,3731")
    precision = models.CharField("Genauigkeit der Lage", max_length=8, choices=Precision, default=Precision.QUARTER)

    # --- how large, in m²
    area_total = models.PositiveIntegerField(
        "Grundstück in m²",
        validators=[MinValueValidator(1, "Bitte eine Fläche über 0 angeben."), MaxValueValidator(LARGEST_AREA)],
    )
    area_available = models.PositiveIntegerField(
        "verfügbar in m²",
        validators=[MinValueValidator(1, "Bitte eine Fläche über 0 angeben."), MaxValueValidator(LARGEST_AREA)],
    )
    divisible_from = models.PositiveIntegerField(
        "teilbar ab in m²", null=True, blank=True, help_text="Leer lassen: nur im Ganzen."
    )
    largest_lot = models.PositiveIntegerField("größte zusammenhängende Fläche in m²", null=True, blank=True)
    #: What somebody must take at least; follows from the two above.
    smallest_piece = models.PositiveIntegerField(editable=False)

    # --- planning law
    zoning = models.CharField("Gebietsart", max_length=3, choices=Zoning, blank=True)
    plan_status = models.CharField("Planungsrecht", max_length=10, choices=PlanStatus, blank=True)
    site_coverage = models.DecimalField(
        "GRZ", max_digits=3, decimal_places=2, null=True, blank=True, help_text="Grundflächenzahl, zum Beispiel 0,8"
    )
    operation_24h = models.CharField("Betrieb rund um die Uhr", max_length=4, choices=Answer, blank=True)
    contamination = models.CharField("Altlasten", max_length=12, choices=Contamination, blank=True)
    contamination_note = models.CharField("Hinweis zu Altlasten", max_length=200, blank=True)
    flood = models.CharField("Hochwasser", max_length=8, choices=Flood, blank=True)
    heritage = models.CharField("Denkmalschutz", max_length=8, choices=Heritage, blank=True)

    # --- offer
    for_sale = models.BooleanField("Kauf", default=False)
    for_rent = models.BooleanField("Miete", default=False)
    for_lease = models.BooleanField("Pacht", default=False)
    for_ground_lease = models.BooleanField("Erbbaurecht", default=False)
    price_per_m2 = models.DecimalField(
        "Kaufpreis je m² in Euro",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Leer lassen: auf Anfrage.",
    )
    rent_per_m2 = models.DecimalField(
        "Miete je m² und Monat in Euro",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Leer lassen: auf Anfrage.",
    )
    price_note = models.CharField("Hinweis zum Preis", max_length=200, blank=True)
    commission = models.CharField("Provision", max_length=120, blank=True, help_text="Zum Beispiel: provisionsfrei")
    trade_tax_rate = models.PositiveSmallIntegerField(
        "Hebesatz der Gewerbesteuer in %",
        null=True,
        blank=True,
        validators=[MinValueValidator(200, "Der Hebesatz beträgt mindestens 200 %."), MaxValueValidator(900)],
    )
    funding_area = models.CharField(
        "Förderung", max_length=160, blank=True, help_text="Zum Beispiel: GRW-Fördergebiet C"
    )
    rail_siding = models.CharField("Gleisanschluss", max_length=8, choices=RailSiding, blank=True)

    # --- who
    ownership = models.CharField("Eigentum", max_length=8, choices=Ownership, blank=True)
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="listings", verbose_name="Anbieter"
    )
    provider_number = models.CharField("Nummer beim Anbieter", max_length=60, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="listings", verbose_name="Kontakt"
    )

    # --- until when, and how sure
    availability = models.CharField("Status", max_length=8, choices=Availability, default=Availability.FREE)
    readiness = models.CharField("verfügbar", max_length=12, choices=Readiness, default=Readiness.IMMEDIATE)
    available_on = models.DateField("verfügbar ab", null=True, blank=True, help_text="Wenn nicht sofort: ungefähr ab.")
    availability_note = models.CharField("Hinweis zur Verfügbarkeit", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("Stand", null=True, blank=True)
    confirmed_by = models.CharField(
        "bestätigt durch", max_length=160, blank=True, help_text="Die Stelle, nicht die Person: Sie wird gezeigt."
    )
    next_check_on = models.DateField(
        "nächste Prüfung", null=True, blank=True, help_text="Leer lassen: fünf Monate nach dem Stand."
    )
    #: A district that does not publish itself has asked the office to.
    submitted_at = models.DateTimeField("vorgelegt", null=True, editable=False)
    #: Why the office gave it back; until it is submitted anew.
    return_note = models.CharField("Hinweis der Geschäftsstelle", max_length=1000, blank=True, editable=False)
    #: When the contact was last sent a mail that asks whether all of this still holds.
    asked_at = models.DateTimeField("abgefragt", null=True, editable=False)
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Inhalt, als Beispiel gekennzeichnet."
    )

    follows_from_the_rest = (
        *Published.follows_from_the_rest,
        *("kind", "number", "town_slug", "smallest_piece", "next_check_on"),
    )

    objects = ListingQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        permissions = [("manage_pool", "Kann den ganzen Flächenpool verwalten und veröffentlichen")]
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(area_available__lte=F("area_total")),
                name="listing_available_not_more_than_all",
                violation_error_message="Verfügbar kann nicht mehr sein als das ganze Grundstück.",
            ),
            models.CheckConstraint(
                condition=Q(divisible_from__isnull=True)
                | Q(divisible_from__gte=1, divisible_from__lte=F("area_available")),
                name="listing_piece_not_more_than_available",
                violation_error_message="„Teilbar ab“ ist größer als 0 und nicht mehr als die verfügbare Fläche.",
            ),
            models.CheckConstraint(
                condition=Q(largest_lot__isnull=True) | Q(largest_lot__gte=1, largest_lot__lte=F("area_available")),
                name="listing_largest_lot_not_more_than_available",
                violation_error_message="Die größte zusammenhängende Fläche kann nicht mehr sein als die verfügbare.",
            ),
            models.CheckConstraint(
                condition=Q(site_coverage__isnull=True) | Q(site_coverage__gte=0, site_coverage__lte=1),
                name="listing_site_coverage_is_a_ratio",
                violation_error_message="Die GRZ liegt zwischen 0 und 1.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(SOUTH, NORTH),
                    longitude__range=(WEST, EAST),
                ),
                name="listing_lies_in_the_region",
                violation_error_message="Dieser Punkt liegt nicht in Sachsen, Sachsen-Anhalt oder Thüringen. "
                "Breite und Länge gehören zusammen, zum Beispiel 51,3397 und 12,3731.",
            ),
            models.CheckConstraint(
                condition=Q(rent_per_m2__isnull=True) | Q(rent_per_m2__gt=0) & (Q(for_rent=True) | Q(for_lease=True)),
                name="listing_rent_only_for_rent",
                violation_error_message="Eine Miete gehört zu Miete oder Pacht und ist größer als 0.",
            ),
            models.CheckConstraint(
                condition=Q(price_per_m2__isnull=True) | Q(price_per_m2__gt=0, for_sale=True),
                name="listing_price_only_for_sale",
                violation_error_message="Ein Kaufpreis gehört zum Kauf und ist größer als 0.",
            ),
            models.CheckConstraint(
                condition=~Q(readiness="from_date") | Q(available_on__isnull=False),
                name="listing_from_date_has_a_date",
                violation_error_message="Zu „ab einem Tag“ gehört der Tag.",
            ),
            models.CheckConstraint(
                condition=~Q(readiness="immediate") | Q(available_on__isnull=True),
                name="listing_immediate_has_no_date",
                violation_error_message="Was sofort verfügbar ist, hat keinen Tag.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_by=""),
                name="listing_was_confirmed_by_somebody",
                violation_error_message="Zum Stand gehört, wer ihn bestätigt hat.",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_number"],
                condition=~Q(provider_number=""),
                name="listing_of_a_provider_is_there_once",
                violation_error_message="Dieser Anbieter hat schon ein Angebot mit dieser Nummer.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "confirmed_at", "id"], condition=Q(released=True), name="listing_by_freshness"
            ),
            models.Index(fields=["kind", "area_available"], condition=Q(released=True), name="listing_by_area"),
            models.Index(fields=["kind", "smallest_piece"], condition=Q(released=True), name="listing_by_piece"),
            models.Index(fields=["kind", "district"], condition=Q(released=True), name="listing_by_district"),
            models.Index(fields=["kind", "town_slug"], condition=Q(released=True), name="listing_by_town"),
            models.Index(fields=["kind", "price_per_m2"], condition=Q(released=True), name="listing_by_price"),
            models.Index(fields=["kind", "rent_per_m2"], condition=Q(released=True), name="listing_by_rent"),
            models.Index(fields=["latitude", "longitude"], condition=Q(released=True), name="listing_by_point"),
            models.Index(fields=["next_check_on"], condition=Q(released=True), name="listing_by_check"),
        ]

    def get_absolute_url(self):
        return reverse(f"properties:{self.kind}-detail", args=[self.slug])

    @property
    def specific(self):
        """The Land or Hall itself, at the cost of a query where only the common part was read."""
        return self if self.KIND else getattr(self, self.kind)

    # --- freshness

    @property
    def is_stale(self):
        return self.confirmed_at is None or self.confirmed_at <= timezone.now() - STALE_AFTER

    @property
    def is_doubtful(self):
        return self.confirmed_at is None or self.confirmed_at <= timezone.now() - DOUBTFUL_AFTER

    @property
    def state(self):
        state = super().state
        return EXPIRED if state is PUBLIC and self.is_stale else state

    def confirm(self, by, at=None):
        """Whoever keeps the listing says that it holds. `by` is the office or body that is shown, not a person."""
        self.confirmed_at, self.confirmed_by = at or timezone.now(), by
        self.next_check_on = None

    # --- facts

    @property
    def has_point(self):
        return self.latitude is not None

    @property
    def is_divisible(self):
        return self.smallest_piece < self.area_available

    @property
    def offers(self):
        """["Kauf", "Miete"]"""
        names = ("for_sale", "for_rent", "for_lease", "for_ground_lease")
        return [self._meta.get_field(name).verbose_name for name in names if getattr(self, name)]

    # --- saving

    def _complete(self):
        super()._complete()
        self.kind = self.KIND or self.kind
        self.town_slug = german_slug(self.town or "")
        self.smallest_piece = self.divisible_from or self.area_available
        if self.readiness == self.Readiness.IMMEDIATE:
            self.available_on = None
        if self.confirmed_at and self.next_check_on is None:
            self.next_check_on = (timezone.localtime(self.confirmed_at) + CHECK_AFTER).date()

    def save(self, **kwargs):
        if self.number:
            return super().save(**kwargs)
        return self._save_with_next_number(**kwargs)

    def _save_with_next_number(self, **kwargs):
        """Two at the same moment want the same number: the second waits for the first, and then takes the next."""
        had_slug = self.slug
        for _ in range(MOST_ATTEMPTS):
            self.number, self.slug = self._next_number(), had_slug
            try:
                with transaction.atomic():
                    return super().save(**kwargs)
            except IntegrityError:
                if not Listing.objects.filter(number=self.number).exists():
                    raise
        raise ValidationError({"number": "Gerade entstehen viele Angebote. Bitte speichern Sie noch einmal."})

    def _next_number(self):
        """GF-015 after GF-014."""
        taken = Listing.objects.filter(number__startswith=f"{self.NUMBER_PREFIX}-").values_list("number", flat=True)
        numbers = [int(found[1]) for one in taken if (found := re.fullmatch(r"\w+-(\d{1,9})", one))]
        return f"{self.NUMBER_PREFIX}-{max(numbers, default=0) + 1:03}"

    def _free_slug(self):
        """Unique among land and halls together: an address of one must not become that of the other."""
        title = f"{self.number} {self.title}"
        others = Listing.objects.exclude(pk=self.pk)
        return free_slug(
            title,
            lambda slug: slug in self.reserved_slugs or others.filter(slug=slug).exists(),
            fallback=german_slug(self._meta.verbose_name),
        )

    def copy_as_draft(self):
        """Without what was said of this one site: whether it is free, who has confirmed it, the provider's number."""
        twin = super().copy_as_draft()
        twin.id = twin.listing_ptr_id = None
        twin.number = twin.provider_number = ""
        twin.availability = self.Availability.FREE
        twin.confirmed_at = twin.next_check_on = twin.submitted_at = twin.asked_at = None
        twin.confirmed_by = twin.return_note = ""
        return twin

    def copy_relations_to(self, twin):
        for name in ("lots", "utilities", "distances", "gallery", "downloads"):
            copy_rows(getattr(self, name).all(), listing_id=twin.pk)

    # --- rules for editors

    def submit(self):
        """To the office, which releases it or gives it back."""
        self.submitted_at, self.return_note = timezone.now(), ""

    def give_back(self, note):
        self.submitted_at, self.return_note = None, note

    def release(self):
        super().release()
        self.submitted_at, self.return_note = None, ""

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not plain_text(self.body):
            missing.append("die Beschreibung")
        if not self.has_point:
            missing.append("der Punkt auf der Karte")
        if not self.offers:
            missing.append("die Art des Angebots (Kauf, Miete, Pacht oder Erbbaurecht)")
        if self.contact_id is None:
            missing.append("der Kontakt")
        if self.confirmed_at is None:
            missing.append("der Stand: wann und durch wen die Angaben bestätigt sind")
        return missing

    def clean(self):
        super().clean()
        if self.confirmed_at and self.confirmed_at > timezone.now():
            raise ValidationError({"confirmed_at": "Der Stand liegt in der Zukunft."})
        if self.postcode and not re.fullmatch(r"\d{5}", self.postcode):
            raise ValidationError({"postcode": "Fünf Ziffern, bitte."})
