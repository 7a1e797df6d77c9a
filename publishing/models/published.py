import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from simple_history.models import HistoricalRecords

from publishing.models.image import Image, PictureKey
from publishing.models.redirect import Redirect
from publishing.slugs import LONGEST_SLUG, german_slug, slug_for
from publishing.text import without_control_characters

#: Nothing of the association is older, and nobody plans further: „0225“ and „20255“ are slips of the finger.
FIRST_YEAR, LAST_YEAR = 1990, 2100


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


_STARTED, _ENDED = Q(publish_from__lte=Now()), Q(publish_until__lte=Now())
_RUNNING = Q(publish_until__isnull=True) | Q(publish_until__gt=Now())
_IN_STATE = {
    DRAFT: Q(released=False, withdrawn_at__isnull=True),
    SCHEDULED: Q(released=True, publish_from__gt=Now()),
    PUBLIC: Q(released=True) & _STARTED & _RUNNING,
    EXPIRED: Q(released=True) & _STARTED & _ENDED,
    WITHDRAWN: Q(released=False, withdrawn_at__isnull=False),
}


class PublishedQuerySet(models.QuerySet):
    def published(self):
        """Public at this moment, by the database's clock: never by a job that may be late."""
        return self.in_state(PUBLIC)

    def in_state(self, state):
        return self.filter(_IN_STATE[state])

    def formerly_public(self):
        """What visitors have seen and see no longer, planned anew or not: its address says so."""
        planned_anew = self.in_state(SCHEDULED).filter(withdrawn_at__isnull=False)
        return self.in_state(EXPIRED) | self.in_state(WITHDRAWN) | planned_anew

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

    def with_page_parts(self):
        """Whatever the item's own page shows beside the row. Rooms with such parts say which."""
        return self

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
    image = PictureKey(Image, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Bild")

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

    #: What every save decides anew, also a save of single fields.
    follows_from_the_rest = ("slug", "publish_from", "withdrawn_at", "changed_at", "edit_number")

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
        return self.state in (PUBLIC, EXPIRED) or self.withdrawn_at is not None

    @property
    def is_featured(self):
        return self.featured_until is not None and self.featured_until > timezone.now()

    def missing_for_publication(self):
        """What an editor must add first, as German phrases."""
        missing = []
        if not self.teaser.strip():
            missing.append("der Vorspann")
        if self.image and not self.image.has_text_or_is_decorative:
            missing.append("der Alternativtext des Bildes")
        return missing

    def release(self):
        self.released = True

    def withdraw(self):
        self.released = False

    def clean(self):
        super().clean()
        self._refuse_mistyped_years()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"„{self.slug}“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."}
            )
        if self.released and (missing := self.missing_for_publication()):
            raise ValidationError(f"Vor der Veröffentlichung fehlt noch: {', '.join(missing)}.", code="incomplete")

    def _refuse_mistyped_years(self):
        for name in ("publish_from", "publish_until", "featured_until"):
            moment = getattr(self, name)
            if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
                raise ValidationError({name: f"Bitte prüfen Sie das Jahr: erlaubt ist {FIRST_YEAR} bis {LAST_YEAR}."})

    def clean_fields(self, exclude=None):
        self._complete()
        super().clean_fields(exclude)

    def _complete(self):
        """What follows from the rest; importers do not always validate, so it happens before saving, too."""
        self._strip_control_characters()
        if self.released and self.publish_from is None:
            self.publish_from = timezone.now()

    @transaction.atomic
    def save(self, **kwargs):
        self._complete()
        before = self._stored() if self.pk else None
        if not self.slug:
            self.slug = self._free_slug()
        self.withdrawn_at = self._moment_of_withdrawal(before)
        self.edit_number += 1
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.follows_from_the_rest}
        super().save(**kwargs)
        # A redirect that another item left at this address may stay: it answers only while there is no page.
        if before and before.was_public and before.get_absolute_url() != self.get_absolute_url():
            Redirect.objects.remember_move(before.get_absolute_url(), self.get_absolute_url())

    @transaction.atomic
    def delete(self, **kwargs):
        before = self._stored() or self
        deleted = super().delete(**kwargs)
        if before.was_public:
            Redirect.objects.remember_removal(before.get_absolute_url())
        return deleted

    def _moment_of_withdrawal(self, before):
        """Kept while the item is planned anew: its address, once public, must not seem never to have existed."""
        if self.state in (PUBLIC, EXPIRED):
            return None
        if before is None or not before.was_public:
            return self.withdrawn_at
        return before.withdrawn_at if before.state in (WITHDRAWN, SCHEDULED) else timezone.now()

    def copy_as_draft(self):
        """A new, unsaved draft with the same words."""
        twin = copy.copy(self)
        twin._state = models.base.ModelState()
        twin.pk = None
        twin.title = f"Kopie von {self.title}"[: self._meta.get_field("title").max_length]
        twin.slug, twin.released, twin.edit_number = "", False, 0
        twin.publish_from = twin.publish_until = twin.featured_until = twin.withdrawn_at = None
        return twin

    def copy_relations_to(self, twin):
        """What a saved copy takes along beyond its own row. Rooms with such relations say which."""

    def _stored(self):
        return type(self)._base_manager.filter(pk=self.pk).first()

    def _free_slug(self):
        fallback = german_slug(self._meta.verbose_name)
        return slug_for(self, self.title, fallback=fallback, reserved=self.reserved_slugs)

    def _strip_control_characters(self):
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and isinstance(
                value := getattr(self, field.attname), str
            ):
                setattr(self, field.attname, without_control_characters(value))


def copy_rows(rows, **changes):
    """The same rows once more, with these values: what hangs on a copied item."""
    for row in rows:
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)
