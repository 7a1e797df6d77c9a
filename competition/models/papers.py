import uuid

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models, transaction

from competition.models.entry import Entry
from publishing.document_files import is_whole_pdf
from publishing.slugs import german_slug
from publishing.text import without_control_characters

MOST_BYTES = 20_000_000


def papers_storage():
    # No address leads here: only a view that asks who is reading, and notes it.
    return storages["papers"]


def paper_name(paper, filename):
    return f"{paper.entry.edition.year}/{uuid.uuid4().hex}.pdf"


def check_paper(file):
    if not file.name.lower().endswith(".pdf"):
        raise ValidationError("Nur PDF-Dateien können Unterlagen sein.", code="no_pdf")
    if file.size > MOST_BYTES:
        raise ValidationError(
            f"Die Datei ist mit {file.size / 1_000_000:.0f} MB zu groß. Erlaubt sind höchstens 20 MB.", code="too_large"
        )
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not is_whole_pdf(data):
        raise ValidationError("Die Datei ist kein vollständiges PDF oder beschädigt.", code="no_pdf")


class Paper(models.Model):
    """A confidential document of an entry, for its jurors and the office."""

    is_on_public_pages = False
    owner_field = "entry"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="papers")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("Titel", max_length=120)
    file = models.FileField(
        "Datei", storage=papers_storage, upload_to=paper_name, max_length=200, help_text="PDF, höchstens 20 MB."
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    uploaded_at = models.DateTimeField("hochgeladen", auto_now_add=True)

    class Meta:
        verbose_name = "vertrauliche Unterlage"
        verbose_name_plural = "vertrauliche Unterlagen"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title

    @property
    def download_name(self):
        return f"{german_slug(f'{self.entry.organisation} {self.title}') or 'unterlage'}.pdf"

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_paper(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    @transaction.atomic
    def save(self, **kwargs):
        self.title = without_control_characters(self.title)
        before = Paper.objects.filter(pk=self.pk).values_list("file", flat=True).first() if self.pk else None
        super().save(**kwargs)
        if before and before != self.file.name:
            self._delete_file_later(before)

    @transaction.atomic
    def delete(self, **kwargs):
        name = self.file.name
        deleted = super().delete(**kwargs)
        self._delete_file_later(name)
        return deleted

    def _delete_file_later(self, name):
        # Only when it is certain that no row points to it any more.
        transaction.on_commit(lambda: papers_storage().delete(name))
