import contextlib
import re
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import Now
from simple_history.models import HistoricalRecords

from publishing import image_files
from publishing.site_version import bump
from publishing.usage import usages

_FILE_NAME = re.compile(r"\.(jpe?g|png|webp|avif|gif|tiff?|heic)$|^(img|dsc|dscn|dscf|pxl|p\d)[-_ ]?\d+", re.IGNORECASE)


def originals_storage():
    # Outside the public folder: an original still carries where and with what it was taken.
    return storages["originals"]


def original_name(image, filename):
    return f"bilder/{image.sha256[:2]}/{image.sha256[2:26]}{PurePath(filename).suffix.lower()}"


class ImageQuerySet(models.QuerySet):
    def without_text(self):
        return self.filter(alternative_text="", is_decorative=False)

    def shown(self):
        """To visitors. What points to a picture with a PictureKey asks by itself; lists of pictures ask here."""
        return self.filter(hidden_at__isnull=True)

    def hidden(self):
        return self.filter(hidden_at__isnull=False)

    def for_press(self):
        described = self.shown().exclude(Q(alternative_text="") & Q(is_decorative=False))
        return described.filter(is_for_press=True)


class Image(models.Model):
    original = models.FileField(
        "Datei",
        storage=originals_storage,
        upload_to=original_name,
        max_length=200,
        help_text="JPEG, PNG, WebP oder AVIF, am besten ab 1.920 Pixel Breite, höchstens 30 MB und 40 Megapixel.",
    )
    alternative_text = models.CharField(
        "Alternativtext",
        max_length=300,
        blank=True,
        help_text="Was ist zu sehen? Für Menschen, die das Bild nicht sehen. Kein Dateiname, keine Bildrechte.",
    )
    is_decorative = models.BooleanField(
        "rein schmückend",
        default=False,
        help_text="Nur, wenn das Bild nichts aussagt. Es wird dann nicht vorgelesen.",
    )
    caption = models.CharField("Bildunterschrift", max_length=400, blank=True)
    credit = models.CharField("Bildnachweis", max_length=200, help_text="Zum Beispiel: Foto: Erika Beispiel")
    licence = models.CharField(
        "Lizenz",
        max_length=200,
        blank=True,
        help_text="Wenn das Bild unter einer freien Lizenz steht, zum Beispiel CC BY 4.0.",
    )
    is_for_press = models.BooleanField(
        "Pressebild", default=False, help_text="Auf der Presseseite in Druckgröße zum Herunterladen anbieten."
    )
    focal_x = models.PositiveSmallIntegerField(
        "Bildmitte waagerecht (%)", default=50, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        "Bildmitte senkrecht (%)", default=50, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    width = models.PositiveIntegerField("Breite", editable=False)
    height = models.PositiveIntegerField("Höhe", editable=False)
    byte_size = models.PositiveBigIntegerField("Dateigröße", editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    public_widths = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField("hochgeladen", auto_now_add=True)
    hidden_at = models.DateTimeField("verborgen seit", null=True, editable=False)
    kept_at = models.DateTimeField("nach Meldung geprüft am", null=True, editable=False)

    objects = ImageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["public_widths", "hidden_at", "kept_at"])

    class Meta:
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(credit=""),
                name="image_has_credit",
                violation_error_message="Der Bildnachweis ist Pflicht.",
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100) & Q(focal_y__lte=100),
                name="image_focal_point_inside",
                violation_error_message="Die Bildmitte liegt zwischen 0 und 100 Prozent.",
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alternative_text=""),
                name="image_text_or_decorative",
                violation_error_message="Alternativtext oder „rein schmückend“: Bitte wählen Sie eines von beiden.",
            ),
        ]
        # Asked with every file that is served: of thousands of pictures a handful is hidden.
        indexes = [models.Index(fields=["sha256"], condition=Q(hidden_at__isnull=False), name="image_hidden")]

    def __str__(self):
        return self.alternative_text or self.caption or f"Bild {self.pk} ({self.credit})"

    @property
    def has_text_or_is_decorative(self):
        return self.is_decorative or bool(self.alternative_text)

    @property
    def public_name(self):
        return f"bilder/{self.sha256[:2]}/{self.sha256[2:26]}"

    @property
    def public_stem(self):
        """What the addresses of all widths begin with: a page needs ten of them for each picture."""
        return default_storage.url(self.public_name)

    def file_url(self, width, extension="webp"):
        return f"{self.public_stem}-{width}.{extension}"

    @property
    def thumbnail_url(self):
        return self.file_url(self.public_widths[0])

    @property
    def largest_url(self):
        return self.file_url(self.public_widths[-1])

    @property
    def print_url(self):
        return default_storage.url(f"{self.public_name}-druck.jpg")

    @property
    def print_bytes(self):
        """None where the file was lost: that costs its size, not the page."""
        with contextlib.suppress(FileNotFoundError):
            return default_storage.size(f"{self.public_name}-druck.jpg")

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        text = self.alternative_text.strip()
        if _FILE_NAME.search(text):
            raise ValidationError(
                {"alternative_text": "Das sieht nach einem Dateinamen aus. Bitte beschreiben Sie, was zu sehen ist."}
            )
        if not self.credit.strip(" -–.?") and "credit" not in (exclude or ()):
            raise ValidationError({"credit": "Der Bildnachweis ist Pflicht."})

    def clean(self):
        super().clean()
        if self._has_new_file():
            try:
                self._read_new_file()
            except ValidationError as error:
                raise ValidationError({"original": error.messages}) from error
            self._refuse_second_copy()

    def save(self, **kwargs):
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        takes_new_file = self._has_new_file()
        if takes_new_file:
            self._take_new_file()
        elif stored:
            self._keep_file_of(stored)
        super().save(**kwargs)
        if stored and takes_new_file:
            transaction.on_commit(stored.delete_files)

    def delete(self, **kwargs):
        deleted = super().delete(**kwargs)
        transaction.on_commit(self.delete_files)
        return deleted

    def delete_files(self):
        """Whatever no row needs any more: the same picture may have come back meanwhile."""
        images = type(self).objects
        if not images.filter(sha256=self.sha256).exists():
            image_files.delete_public_files(self.public_name, self.public_widths)
        if not images.filter(original=self.original.name).exists():
            self.original.storage.delete(self.original.name)

    def usages(self):
        return usages(self)

    @property
    def is_hidden(self):
        return self.hidden_at is not None

    def hide(self, *, although_kept=False):
        """From now on only editors see it. False where an editor has looked at it before and has decided to keep it."""
        images = Image.objects.shown()
        if not although_kept:
            images = images.filter(kept_at__isnull=True)
        self._write_at_once(images, hidden_at=Now())
        return self.is_hidden

    def keep(self):
        """An editor has decided: visitors see it, and no later report hides it by itself."""
        self._write_at_once(Image.objects.all(), hidden_at=None, kept_at=Now())

    @transaction.atomic
    def _write_at_once(self, images, **values):
        """In one statement: of a report and a decision at the same moment, none undoes the other half way."""
        if images.filter(pk=self.pk).update(**values):
            bump()
        self.refresh_from_db(fields=["hidden_at", "kept_at"])

    def _has_new_file(self):
        return bool(self.original) and not self.original._committed

    def _keep_file_of(self, stored):
        """An earlier version brings back its words, never its file: that one is gone."""
        for name in ("original", "sha256", "width", "height", "byte_size", "public_widths"):
            setattr(self, name, getattr(stored, name))

    def _read_new_file(self):
        """Decoded once, though both validation and saving need it."""
        if getattr(self, "_picture_of", None) is not self.original.file:
            self._picture, self._picture_of = image_files.read_picture(self.original), self.original.file
        return self._picture

    def _refuse_second_copy(self):
        twin = type(self).objects.filter(sha256=self._picture.sha256).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError(
                {"original": f"Dieses Bild gibt es schon in der Bibliothek: „{twin}“ (Nr. {twin.pk})."}
            )

    def _take_new_file(self):
        picture = self._read_new_file()
        self.sha256 = picture.sha256
        self.width, self.height = picture.pixels.size
        self.byte_size = self.original.size
        self.public_widths = image_files.write_public_files(picture)
        del self._picture, self._picture_of


class _ShownPicture(ForwardManyToOneDescriptor):
    def __get__(self, instance, cls=None):
        found = super().__get__(instance, cls)
        return None if isinstance(found, Image) and found.is_hidden else found


class PictureKey(models.ForeignKey):
    """A foreign key to a picture, and the one place where hidden pictures disappear from every page of every room.

    Read through it, a hidden picture is None, as if none were chosen; the stored key stays (`image_id`), the admin's
    forms go by it, and when the picture is shown again it is back wherever it was.
    """

    forward_related_accessor_class = _ShownPicture

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
