import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from simple_history.models import HistoricalRecords

from publishing.models.image import Image
from publishing.models.redirect import Redirect
from publishing.slugs import LONGEST_SLUG, free_slug, german_slug
from publishing.text import without_control_characters


@dataclass(frozen=True)
class State:
    name: str
    label: str


DRAFT = State("draft", "Entwurf")
SCHEDULED = State("scheduled", "geplant")
PUBLIC = State("public", "öffentlich")
EXPIRED = State("expired", "abgelaufen")
WITHDRAWN = State("withdrawn", "zurückgezogen")
STATES = (DRAFT, SCHEDULED, PUBLIC, EXPIRED, WITHDRAWN)


class PublishedQuerySet(models.QuerySet):
    def published(self):
        """Public at this moment, by the database's clock: never by a job that may be late."""
        return self.in_state(PUBLIC)

    def in_state(self, state):
        started, ended = Q(publish_from__lte=Now()), Q(publish_until__lte=Now())
        running = Q(publish_until__isnull=True) | Q(publish_until__gt=Now())
        return self.filter(
            {
                "draft": Q(released=False, withdrawn_at__isnull=True),
                "scheduled": Q(released=True, publish_from__gt=Now()),
                "public": Q(released=True) & started & running,
                "expired": Q(released=True) & started & ended,
                "withdrawn": Q(released=False, withdrawn_at__isnull=False),
            }[state.name]
        )

    def featured(self):
        return self.filter(featured_until__gt=Now())

    def with_state(self):
        """Annotates `state_name`, the name of one of STATES, by the database's clock."""
        return self.annotate(
            state_name=Case(
                When(released=False, withdrawn_at__isnull=True, then=Value("draft")),
                When(released=False, then=Value("withdrawn")),
                When(publish_from__gt=Now(), then=Value("scheduled")),
                When(publish_until__lte=Now(), then=Value("expired")),
                default=Value("public"),
                output_field=models.CharField(),
            )
        )

    def newest_first(self):
        return self.order_by("-publish_from", "-pk")


class Published(models.Model):
    """What every page of the portal shares: its words for lists, its address, its time in public."""

    #: Addresses below the list that are no item's.
    reserved_slugs = frozenset()

    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField(
        "Adresse",
        max_length=LONGEST_SLUG,
        unique=True,
        blank=True,
        help_text="Letzter Teil der Adresse. Leer lassen: Sie entsteht aus dem Titel. "
        "Wird sie später geändert, leitet die alte Adresse weiter.",
    )
    teaser = models.TextField(
        "Vorspann",
        max_length=600,
        blank=True,
        help_text="Zwei bis drei Sätze. Sie stehen in Listen, über dem Text und in Suchmaschinen.",
    )
    image = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Bild")

    released = models.BooleanField(
        "freigegeben", default=False, help_text="Ohne Freigabe bleibt der Inhalt ein Entwurf."
    )
    publish_from = models.DateTimeField(
        "öffentlich ab", null=True, blank=True, help_text="Leer lassen: ab der Freigabe."
    )
    publish_until = models.DateTimeField(
        "öffentlich bis",
        null=True,
        blank=True,
        help_text="Leer lassen: ohne Ende. Danach sagt die Adresse, dass der Inhalt beendet ist.",
    )
    featured_until = models.DateTimeField(
        "hervorgehoben bis",
        null=True,
        blank=True,
        help_text="Bis dahin steht der Inhalt in Listen und auf der Startseite vorn.",
    )
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, editable=False)

    created_at = models.DateTimeField("angelegt", auto_now_add=True)
    changed_at = models.DateTimeField("geändert", auto_now=True)
    edit_number = models.PositiveIntegerField(default=0, editable=False)

    objects = PublishedQuerySet.as_manager()
    history = HistoricalRecords(
        inherit=True, excluded_fields=["edit_number", "withdrawn_at", "created_at", "changed_at"]
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(released=False) | Q(publish_from__isnull=False),
                name="%(app_label)s_%(class)s_released_has_start",
                violation_error_message="Zur Freigabe gehört ein Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(publish_until__isnull=True)
                | Q(publish_from__isnull=True)
                | Q(publish_until__gt=F("publish_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="„Öffentlich bis“ muss nach „öffentlich ab“ liegen.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state(self):
        now = timezone.now()
        if not self.released:
            return WITHDRAWN if self.withdrawn_at else DRAFT
        if self.publish_from > now:
            return SCHEDULED
        if self.publish_until and self.publish_until <= now:
            return EXPIRED
        return PUBLIC

    @property
    def is_public(self):
        """The twin of PublishedQuerySet.published() for one row at hand."""
        return self.state is PUBLIC

    @property
    def was_public(self):
        """Its address has been given to visitors, whether or not it still answers."""
        return self.state in (PUBLIC, EXPIRED, WITHDRAWN)

    @property
    def is_featured(self):
        return self.featured_until is not None and self.featured_until > timezone.now()

    def missing_for_publication(self):
        """What an editor must add first, as German phrases."""
        missing = []
        if not self.teaser.strip():
            missing.append("der Vorspann")
        if self.image_id and not self.image.has_text_or_is_decorative:
            missing.append("der Alternativtext des Bildes")
        return missing

    def release(self):
        self.released = True

    def withdraw(self):
        self.released = False

    def clean(self):
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"„{self.slug}“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."}
            )
        if self.released and (missing := self.missing_for_publication()):
            raise ValidationError(f"Vor der Veröffentlichung fehlt noch: {', '.join(missing)}.", code="incomplete")

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def _complete(self):
        """What follows from the rest; importers do not always validate, so it happens before saving, too."""
        self._strip_control_characters()
        if self.released and self.publish_from is None:
            self.publish_from = timezone.now()

    def save(self, **kwargs):
        self._complete()
        before = self._stored() if self.pk else None
        if not self.slug:
            self.slug = self._free_slug()
        if self.released:
            self.withdrawn_at = None
        elif before and before.was_public:
            self.withdrawn_at = self.withdrawn_at or timezone.now()
        self.edit_number += 1
        super().save(**kwargs)
        if before and before.was_public and before.slug != self.slug:
            Redirect.objects.remember_move(before.get_absolute_url(), self.get_absolute_url())
        elif before is None:
            # A new item may take an address that an earlier one left behind.
            Redirect.objects.filter(old_path=self.get_absolute_url()).delete()

    def delete(self, **kwargs):
        path, leaves_a_trace = self.get_absolute_url(), self.was_public
        deleted = super().delete(**kwargs)
        if leaves_a_trace:
            Redirect.objects.remember_removal(path)
        return deleted

    def copy_as_draft(self):
        """A new, unsaved draft with the same words."""
        twin = copy.copy(self)
        twin._state = models.base.ModelState()
        twin.pk = None
        twin.title = f"Kopie von {self.title}"[: self._meta.get_field("title").max_length]
        twin.slug, twin.released, twin.edit_number = "", False, 0
        twin.publish_from = twin.publish_until = twin.featured_until = twin.withdrawn_at = None
        return twin

    def _stored(self):
        return type(self)._base_manager.filter(pk=self.pk).first()

    def _free_slug(self):
        others = type(self)._base_manager.exclude(pk=self.pk)
        return free_slug(
            self.title,
            lambda slug: slug in self.reserved_slugs or others.filter(slug=slug).exists(),
            fallback=german_slug(self._meta.verbose_name),
        )

    def _strip_control_characters(self):
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and isinstance(
                value := getattr(self, field.attname), str
            ):
                setattr(self, field.attname, without_control_characters(value))
