import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from clusters.models import Cluster
from events import moments
from events.models.organiser import Organiser
from events.models.taxonomy import Category, Series
from events.models.venue import Venue
from publishing.models import Contact, Published, PublishedQuerySet
from publishing.models.published import FIRST_YEAR, LAST_YEAR, copy_rows
from publishing.rich_text import RichTextField, plain_text

#: A change of these is news for a calendar program that has stored the event (RFC 5545, SEQUENCE).
SCHEDULE_FIELDS = ("starts_on", "start_time", "ends_on", "end_time", "venue_id", "status", "attendance")


class EventQuerySet(PublishedQuerySet):
    def upcoming(self):
        """Begun or not, but not over: by the database's clock. Its complement is past()."""
        return self.filter(over_at__gt=Now())

    def past(self):
        return self.filter(over_at__lte=Now())

    def touching(self, first_day, last_day):
        """Events of which at least a part lies on one of these days."""
        begin, end = moments.moment(first_day, moments.MIDNIGHT), moments.end_of(last_day)
        begins_here = Q(begins_at__gte=begin, begins_at__lt=end)
        # Only what has several days can reach in from an earlier one: so both halves are short ranges of an index.
        reaches_in = Q(begins_at__lt=begin, over_at__gt=begin, ends_on__isnull=False)
        return self.filter(begins_here | reaches_in)

    def soonest_first(self):
        return self.order_by("begins_at", "pk")

    def latest_first(self):
        return self.order_by("-begins_at", "-pk")

    def with_list_parts(self):
        return self.select_related("venue", "category", "image").prefetch_related(
            "organisers", "clusters", "price_groups"
        )


class Event(Published):
    class Attendance(models.TextChoices):
        ON_SITE = "onsite", "vor Ort"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "vor Ort und online"

    class Status(models.TextChoices):
        PLANNED = "planned", "geplant"
        CONFIRMED = "confirmed", "bestätigt"
        CANCELLED = "cancelled", "abgesagt"
        POSTPONED = "postponed", "verschoben, neuer Termin offen"
        MOVED = "moved", "verlegt auf neuen Termin"
        MOVED_ONLINE = "moved_online", "findet jetzt online statt"

    class Registration(models.TextChoices):
        NONE = "none", "keine Anmeldung nötig"
        OPEN = "open", "Anmeldung offen"
        FULL = "full", "ausgebucht"
        CLOSED = "closed", "Anmeldung geschlossen"

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", "keine Angabe"
        FREE = "free", "kostenfrei"
        PAID = "paid", "kostenpflichtig"

    #: Nothing takes place at the stored date.
    CALLED_OFF = (Status.CANCELLED, Status.POSTPONED)
    reserved_slugs = frozenset(("monat", "archiv", "kalender.ics", "kalender"))

    body = RichTextField("Text", blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name="Art"
    )
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="events", verbose_name="Cluster")
    audience = models.CharField(
        "Für wen", max_length=200, blank=True, help_text="Zum Beispiel: kleine und mittlere Betriebe"
    )

    # Dates and clock times as they are announced. The two moments below follow from them on every save.
    starts_on = models.DateField("Beginn: Tag")
    start_time = models.TimeField(
        "Beginn: Uhrzeit", null=True, blank=True, help_text="Leer lassen: ganztägig oder unbekannt."
    )
    ends_on = models.DateField("Ende: Tag", null=True, blank=True, help_text="Nur bei mehreren Tagen.")
    end_time = models.TimeField(
        "Ende: Uhrzeit", null=True, blank=True, help_text="Leer lassen, wenn das Ende offen ist."
    )
    begins_at = models.DateTimeField(editable=False)
    over_at = models.DateTimeField(editable=False)

    status = models.CharField("Status", max_length=12, choices=Status, default=Status.CONFIRMED)
    former_starts_on = models.DateField(
        "ursprünglicher Tag", null=True, blank=True, help_text="Bei verlegten und verschobenen Terminen; wird gezeigt."
    )
    status_note = models.CharField(
        "Hinweis zum Status", max_length=200, blank=True, help_text="Ein Satz, zum Beispiel der Grund."
    )

    attendance = models.CharField("Teilnahme", max_length=8, choices=Attendance, default=Attendance.ON_SITE)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name="Ort"
    )
    online_url = models.URLField("Link zur Teilnahme", max_length=500, blank=True)
    organisers = models.ManyToManyField(Organiser, blank=True, related_name="events", verbose_name="Veranstalter")
    supporters = models.ManyToManyField(
        Organiser, blank=True, related_name="supported_events", verbose_name="Unterstützer"
    )
    patron = models.CharField("Schirmherrschaft", max_length=200, blank=True)

    cost = models.CharField("Kosten", max_length=8, choices=Cost, default=Cost.UNKNOWN)
    registration = models.CharField("Anmeldung", max_length=8, choices=Registration, default=Registration.NONE)
    registration_url = models.URLField("Link zur Anmeldung", max_length=500, blank=True)
    registration_until = models.DateField("Anmeldeschluss", null=True, blank=True, help_text="Letzter Tag.")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Kontakt")

    recap = RichTextField(
        "Rückblick", blank=True, help_text="Nach der Veranstaltung. Bilder und Link zum Bericht stehen unten."
    )
    expected_guests = models.PositiveIntegerField("erwartete Gäste", null=True, blank=True)
    actual_guests = models.PositiveIntegerField("gekommene Gäste", null=True, blank=True)

    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="Reihe"
    )
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Inhalt, als Beispiel gekennzeichnet."
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    schedule_changed_at = models.DateTimeField(null=True, editable=False)
    # For calendars of partners that come in: which one, and what it calls this event.
    source = models.CharField("Quelle", max_length=120, blank=True, editable=False)
    source_identifier = models.CharField(max_length=300, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(over_at__gt=F("begins_at")),
                name="event_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_last_day_not_before_first",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.UniqueConstraint(
                fields=["source", "source_identifier"],
                condition=~Q(source=""),
                name="event_from_a_source_is_there_once",
            ),
        ]
        indexes = [
            models.Index(fields=["begins_at", "id"], condition=Q(released=True), name="event_public_by_begin"),
            models.Index(fields=["over_at", "begins_at"], condition=Q(released=True), name="event_public_by_end"),
            models.Index(fields=["category", "begins_at"], condition=Q(released=True), name="event_public_by_category"),
            models.Index(fields=["venue", "begins_at"], condition=Q(released=True), name="event_public_by_venue"),
        ]

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.slug])

    # --- dates

    @property
    def is_all_day(self):
        return self.start_time is None

    @property
    def last_day(self):
        return self.ends_on or self.starts_on

    @property
    def is_past(self):
        return self.over_at <= timezone.now()

    @property
    def is_called_off(self):
        return self.status in self.CALLED_OFF

    @property
    def takes_place_online(self):
        return self.attendance != self.Attendance.ON_SITE or self.status == self.Status.MOVED_ONLINE

    @property
    def takes_place_on_site(self):
        return self.attendance != self.Attendance.ONLINE and self.status != self.Status.MOVED_ONLINE

    @property
    def registration_is_open(self):
        """Open by the editor's word, not past its deadline, for an event that is still to come."""
        in_time = self.registration_until is None or self.registration_until >= timezone.localdate()
        return self.registration == self.Registration.OPEN and in_time and not self.is_past and not self.is_called_off

    @property
    def modified_at(self):
        return max(self.publish_from, self.schedule_changed_at) if self.schedule_changed_at else self.publish_from

    # --- saving

    def _complete(self):
        super()._complete()
        if self.starts_on and not self._days_out_of_range():
            self.begins_at = moments.begins_at(self.starts_on, self.start_time)
            self.over_at = moments.over_at(self.starts_on, self.start_time, self.ends_on, self.end_time)

    def save(self, **kwargs):
        before = self._stored() if self.pk else None
        if before and any(getattr(before, name) != getattr(self, name) for name in SCHEDULE_FIELDS):
            self.sequence = before.sequence + 1
            self.schedule_changed_at = timezone.now()
        super().save(**kwargs)

    def copy_as_draft(self):
        """Without what belongs to the one date: what happened to it, who has registered, and how it was."""
        twin = super().copy_as_draft()
        twin.uid, twin.sequence, twin.schedule_changed_at = uuid.uuid4(), 0, None
        twin.source = twin.source_identifier = ""
        twin.status, twin.former_starts_on, twin.status_note = self.Status.CONFIRMED, None, ""
        twin.registration_until, twin.recap, twin.actual_guests = None, "", None
        if twin.registration in (self.Registration.FULL, self.Registration.CLOSED):
            twin.registration = self.Registration.OPEN
        return twin

    def copy_relations_to(self, twin):
        for name in ("clusters", "organisers", "supporters"):
            getattr(twin, name).set(getattr(self, name).all())
        copy_rows(self.price_groups.all(), event=twin, until=None)
        copy_rows(self.links.exclude(kind="report"), event=twin)

    # --- rules for editors

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not plain_text(self.body):
            missing.append("der Text")
        if self.category_id is None:
            missing.append("die Art")
        if self.attendance != self.Attendance.ONLINE and self.venue_id is None:
            missing.append("der Ort")
        if self.status in (self.Status.MOVED, self.Status.POSTPONED) and self.former_starts_on is None:
            missing.append("der ursprüngliche Tag")
        return missing

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        self._refuse_impossible_times()

    def _refuse_impossible_times(self):
        """Before the database compares the moments: each mistake gets its own sentence, at its own field."""
        if self.starts_on is None:
            return
        if out_of_range := self._days_out_of_range():
            raise ValidationError(
                dict.fromkeys(out_of_range, f"Bitte ein Jahr von {FIRST_YEAR} bis {LAST_YEAR} angeben.")
            )
        errors = {}
        if self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = "Der letzte Tag liegt vor dem ersten."
        elif self.over_at <= self.begins_at:
            errors["end_time"] = "Das Ende liegt vor dem Beginn."
        for name, day, clock in (
            ("start_time", self.starts_on, self.start_time),
            ("end_time", self.last_day, self.end_time),
        ):
            if clock is not None and not moments.exists(day, clock):
                errors[name] = "Diese Uhrzeit gibt es an diesem Tag nicht: In der Nacht beginnt die Sommerzeit."
        if self.end_time is not None and self.start_time is None:
            errors["start_time"] = "Zur Uhrzeit des Endes gehört eine Uhrzeit des Beginns."
        if self.registration_until and self.registration_until > self.last_day:
            errors["registration_until"] = "Der Anmeldeschluss liegt nach der Veranstaltung."
        if errors:
            raise ValidationError(errors)

    def _days_out_of_range(self):
        days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return [name for name, day in days.items() if day and not FIRST_YEAR <= day.year <= LAST_YEAR]

    def clean(self):
        super().clean()
        if self.attendance == self.Attendance.ONLINE and self.venue_id:
            raise ValidationError({"venue": "Ein reiner Online-Termin hat keinen Ort. Sonst: „vor Ort und online“."})
        if self.registration == self.Registration.NONE and (self.registration_url or self.registration_until):
            raise ValidationError(
                {"registration": "Mit Link oder Anmeldeschluss ist eine Anmeldung nötig: bitte auswählen."}
            )
