from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from publishing.models import Image, PictureKey, Published, PublishedQuerySet, Redirect
from publishing.models.published import FIRST_YEAR, LAST_YEAR
from publishing.rich_text import RichTextField
from publishing.slugs import LONGEST_SLUG, slug_for
from publishing.text import lines, without_control_characters

#: The oldest alliance of a trade anybody would enter here.
FIRST_FOUNDED = 1800

AWARD_YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
FOUNDED_YEARS = [MinValueValidator(FIRST_FOUNDED), MaxValueValidator(LAST_YEAR)]


class ClusterQuerySet(models.QuerySet):
    def current(self):
        return self.filter(Cluster.CURRENT)

    def historic(self):
        return self.exclude(Cluster.CURRENT)

    def with_network_count(self):
        """Annotates `network_count`, of what is public at this moment."""
        public = Network.objects.published().filter(cluster=OuterRef("pk")).order_by().values("cluster")
        counted = public.annotate(number=Count("pk")).values("number")
        return self.annotate(network_count=Coalesce(Subquery(counted), 0))


class Cluster(models.Model):
    """An industry cluster of the region: the noun that news, events and the award point to."""

    class Sign(models.TextChoices):
        """Colour and sign go together: the style sheets have a colour of each name, signs.py a drawing."""

        AUTOMOTIVE = "automotive", "Rad, blau"
        CHEMISTRY = "chemistry", "Molekül, violett"
        ENERGY = "energy", "Sonne, grün"
        IT = "it", "Chip, türkis"
        LIFE = "life", "Doppelhelix, rot"

    #: What was judged until a certain year is history.
    CURRENT = Q(award_until__isnull=True)
    #: Below /cluster/ there is something else, or the filter of networks means something else by it.
    reserved_slugs = frozenset(("netzwerke", "uebergreifend"))

    name = models.CharField("Name", max_length=120, unique=True)
    short_name = models.CharField("Kurzname", max_length=40, help_text="Steht neben dem Zeichen, zum Beispiel: Chemie")
    slug = models.SlugField(
        "Adresse",
        max_length=LONGEST_SLUG,
        unique=True,
        blank=True,
        help_text="Leer lassen: Sie entsteht aus dem Namen. Später bleibt sie, wie sie ist.",
    )
    sign = models.CharField(
        "Zeichen und Farbe", max_length=12, choices=Sign, blank=True, help_text="Leer lassen: neutral."
    )
    summary = models.CharField(
        "In einem Satz", max_length=240, blank=True, help_text="Für Übersichten und Suchmaschinen."
    )
    description = RichTextField("Text", blank=True)
    subfields = models.TextField("Teilgebiete", blank=True, help_text="Eines je Zeile.")
    is_award_category = models.BooleanField(
        "Wettbewerbscluster",
        default=True,
        help_text="Wird im IQ Innovationspreis gewertet und steht für neue Jahrgänge zur Wahl.",
    )
    local_only = models.BooleanField("nur für lokale Preise", default=False)
    award_from = models.PositiveSmallIntegerField("gewertet ab", null=True, blank=True, validators=AWARD_YEARS)
    award_until = models.PositiveSmallIntegerField(
        "gewertet bis",
        null=True,
        blank=True,
        validators=AWARD_YEARS,
        help_text="Mit diesem Jahr ist das Cluster Geschichte: Seine Seite bleibt, zur Auswahl steht es nicht mehr.",
    )
    award_years_text = models.CharField(
        "Jahre in Worten",
        max_length=80,
        blank=True,
        help_text="Nur, wo die Zahlen mehr behaupten, als belegt ist, zum Beispiel: 2013 bis etwa 2015",
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="Nachfolger",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    objects = ClusterQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Cluster"
        verbose_name_plural = "Cluster"
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(award_from__isnull=True)
                | Q(award_until__isnull=True)
                | Q(award_until__gte=F("award_from")),
                name="cluster_award_years_in_order",
                violation_error_message="„Gewertet bis“ liegt vor „gewertet ab“.",
            ),
            models.CheckConstraint(
                condition=Q(is_award_category=False) | Q(award_until__isnull=True),
                name="cluster_of_the_award_has_no_last_year",
                violation_error_message="Ein Wettbewerbscluster von heute hat kein letztes Jahr: "
                "Bitte leeren Sie „gewertet bis“ oder nehmen Sie den Haken bei „Wettbewerbscluster“ weg.",
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("id")),
                name="cluster_succeeds_another",
                violation_error_message="Ein Cluster kann nicht sein eigener Nachfolger sein.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("clusters:detail", args=[self.slug])

    @property
    def is_current(self):
        """The twin of ClusterQuerySet.current() for one row at hand."""
        return self.award_until is None

    @property
    def subfield_list(self):
        return lines(self.subfields)

    @property
    def award_years(self):
        """„2010 bis 2011“, „seit 2005“; empty where nothing is known."""
        if self.award_years_text:
            return self.award_years_text
        if self.award_until is None:
            return f"seit {self.award_from}" if self.award_from else ""
        if self.award_from in (None, self.award_until):
            return f"bis {self.award_until}" if self.award_from is None else str(self.award_until)
        return f"{self.award_from} bis {self.award_until}"

    @property
    def is_in_use(self):
        """Whether anything points to it: asked of each relation, without fetching what may be thousands of rows."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.related_objects
        )

    def clean(self):
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"„{self.slug}“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."}
            )

    def save(self, **kwargs):
        for name in ("name", "short_name", "summary", "subfields", "award_years_text"):
            setattr(self, name, without_control_characters(getattr(self, name)))
        if not self.slug:
            self.slug = slug_for(self, self.name, fallback="cluster", reserved=self.reserved_slugs)
        before = Cluster.objects.filter(pk=self.pk).first() if self.pk else None
        super().save(**kwargs)
        if before and before.slug != self.slug:
            Redirect.objects.remember_move(before.get_absolute_url(), self.get_absolute_url())

    def delete(self, **kwargs):
        address = self.get_absolute_url()
        deleted = super().delete(**kwargs)
        Redirect.objects.remember_removal(address)
        return deleted


class NetworkQuerySet(PublishedQuerySet):
    def with_list_parts(self):
        """What a row shows, and no more: texts stay in the database."""
        return self.select_related("cluster", "logo").defer("body", "cluster__description", "cluster__subfields")

    def in_order(self):
        """Those at work first, each by name, whether it begins with a capital letter or not."""
        return self.order_by("status", Lower("title"), "pk")


class Network(Published):
    """A cluster initiative: an association or loose alliance in which a trade of the region works together."""

    class Kind(models.TextChoices):
        MACRO = "makro", "Makro-Cluster"
        MICRO = "mikro", "Mikro-Cluster"

    class Status(models.TextChoices):
        # In the order in which lists show them.
        ACTIVE = "aktiv", "aktiv"
        HISTORIC = "historisch", "historisch"

    title = models.CharField("Name", max_length=200)
    abbreviation = models.CharField("Abkürzung", max_length=40, blank=True)
    kind = models.CharField(
        "Art",
        max_length=8,
        choices=Kind,
        default=Kind.MACRO,
        help_text="Makro: über Landesgrenzen hinweg. Mikro: rund um eine Stadt.",
    )
    status = models.CharField("Bestand", max_length=12, choices=Status, default=Status.ACTIVE)
    cluster = models.ForeignKey(
        Cluster,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="networks",
        verbose_name="Cluster",
        help_text="Leer lassen: clusterübergreifend.",
    )
    body = RichTextField("Text", blank=True)
    topics = models.TextField("Themen", blank=True, help_text="Eines je Zeile.")
    legal_form = models.CharField("Rechtsform", max_length=60, blank=True)
    seat = models.CharField("Sitz", max_length=80, blank=True, help_text="Der Ort, zum Beispiel: Halle (Saale)")
    founded_year = models.PositiveSmallIntegerField(
        "Gründungsjahr", null=True, blank=True, validators=FOUNDED_YEARS, help_text="Zum Sortieren und für Maschinen."
    )
    founded_text = models.CharField(
        "Gründung in Worten",
        max_length=80,
        blank=True,
        help_text="Nur, wenn mehr bekannt ist als das Jahr, zum Beispiel: 2004 (Initiative), 2006 (Verein)",
    )
    members_text = models.CharField("Mitglieder", max_length=80, blank=True, help_text="Zum Beispiel: über 170")
    members_as_of = models.CharField(
        "Stand der Mitglieder", max_length=60, blank=True, help_text="Zum Beispiel: November 2023"
    )
    website = models.URLField("Website", max_length=300, blank=True)
    logo = PictureKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="networks_with_logo",
        verbose_name="Logo",
    )
    is_uncertain = models.BooleanField(
        "Angaben unsicher",
        default=False,
        help_text="Unvollständig oder nicht bestätigt. Die Seite sagt das und „Heute“ erinnert daran.",
    )

    objects = NetworkQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Netzwerk"
        verbose_name_plural = "Netzwerke"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(members_text="", members_as_of="") | ~Q(members_text="") & ~Q(members_as_of=""),
                name="network_members_have_a_date",
                violation_error_message="Zur Zahl der Mitglieder gehört ihr Stand, und umgekehrt.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("clusters:network", args=[self.slug])

    @property
    def full_name(self):
        """„Hydrogen Power Storage & Solutions East Germany (HYPOS)“; once where the name says it already."""
        named = not self.abbreviation or self.abbreviation in self.title
        return self.title if named else f"{self.title} ({self.abbreviation})"

    @property
    def topic_list(self):
        return lines(self.topics)

    @property
    def founded(self):
        return self.founded_text or (str(self.founded_year) if self.founded_year else "")

    @property
    def is_historic(self):
        return self.status == self.Status.HISTORIC
