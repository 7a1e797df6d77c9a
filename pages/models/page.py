import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pages.addresses import LONGEST_PATH, first_word, taken_words
from publishing.models import Contact, Document, Published, PublishedQuerySet
from publishing.models.published import copy_rows
from publishing.rich_text import RichTextField, plain_text

#: Deeper than this nobody finds anything.
DEEPEST = 3


class PageQuerySet(PublishedQuerySet):
    def with_page_parts(self):
        return self.select_related("image", "parent", "contact__photo")

    def below(self, page):
        return self.filter(parent=page).order_by("order", "title")


class Page(Published):
    """An editorial page. Its address is made of its own slug and those of the pages above."""

    class Language(models.TextChoices):
        GERMAN = "de", "Deutsch"
        ENGLISH = "en", "Englisch"
        EASY = "de-x-leicht", "Leichte Sprache"

    class Part(models.TextChoices):
        """What the portal itself says below the editors' text. See pages/parts.py."""

        STORED = "stored", "Was das Portal speichert"
        ORIGINS = "origins", "Datenquellen und Lizenzen"
        BARRIERS = "barriers", "Rückmeldung zur Barrierefreiheit"

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="gehört zu"
    )
    path = models.CharField(max_length=LONGEST_PATH, unique=True, editable=False)
    language = models.CharField("Sprache des Textes", max_length=12, choices=Language, default=Language.GERMAN)
    body = RichTextField("Text", blank=True)
    side_notes = RichTextField("Randspalte", blank=True, help_text="Kurze Hinweise neben dem Text.")
    part = models.CharField(
        "automatischer Teil",
        max_length=10,
        choices=Part,
        blank=True,
        help_text="Diesen Teil schreibt das Portal selbst unter den Text und hält ihn aktuell.",
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Kontakt")
    figures_as_of = models.CharField(
        "Stand der Zahlen", max_length=60, blank=True, help_text="Zum Beispiel: März 2024. Steht unter dem Text."
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    follows_from_the_rest = (*Published.follows_from_the_rest, "path")

    objects = PageQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="page_is_not_its_own_parent",
                violation_error_message="Eine Seite kann nicht zu sich selbst gehören.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("pages:page", args=[self.path])

    @property
    def html_language(self):
        """For the attribute `lang`: easy language has a registered subtag, unlike the one stored."""
        return "de-simple" if self.language == self.Language.EASY else self.language

    @property
    def is_easy(self):
        return self.language == self.Language.EASY

    @property
    def ancestors(self):
        """From the top down: at most DEEPEST queries, usually none or one."""
        above, page = [], self.parent
        while page is not None and len(above) < DEEPEST:
            above.insert(0, page)
            page = page.parent
        return above

    @property
    def placeholders(self):
        """„[Name der Behörde]“: what somebody must fill in before this is public."""
        text = f"{self.teaser} {plain_text(self.body)} {plain_text(self.side_notes)}"
        return list(dict.fromkeys(re.findall(r"\[[^\[\]]{2,80}\]", text)))

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not plain_text(self.body):
            missing.append("der Text")
        return missing

    def clean(self):
        super().clean()
        self._refuse_a_wrong_place()
        if not self.slug:
            self.slug = self._free_slug()
        self.path = self._path()
        if len(self.path) > LONGEST_PATH:
            raise ValidationError({"slug": "Diese Adresse ist zu lang."})
        if first_word(self.path) in taken_words():
            raise ValidationError(
                {"slug": f"„/{self.path}/“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."}
            )

    def _refuse_a_wrong_place(self):
        if self.parent is None:
            return
        if self.pk and (self.parent_id == self.pk or any(one.pk == self.pk for one in self.parent.ancestors)):
            raise ValidationError({"parent": "Eine Seite kann nicht zu sich selbst oder zu ihren Unterseiten gehören."})
        if len(self.parent.ancestors) + 1 + self._height() > DEEPEST:
            raise ValidationError({"parent": f"Mehr als {DEEPEST} Ebenen findet niemand."})

    def _height(self):
        """How many levels of pages this one heads, itself included."""
        if not self.pk:
            return 1
        return 1 + max((child._height() for child in self.children.all()), default=0)

    def _path(self):
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    def save(self, **kwargs):
        if not self.slug:
            self.slug = self._free_slug()
        self.path = self._path()
        super().save(**kwargs)
        for child in self.children.exclude(path__startswith=f"{self.path}/"):
            # Their addresses move along; each leaves its redirect.
            child.parent = self
            child.save()

    def copy_as_draft(self):
        twin = super().copy_as_draft()
        twin.path = ""
        return twin

    def copy_relations_to(self, twin):
        copy_rows(self.downloads.all(), page=twin)


class PageDownload(models.Model):
    owner_field = "page"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, verbose_name="Dokument")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Download"
        verbose_name_plural = "Downloads"
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.document)
