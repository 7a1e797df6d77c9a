import secrets

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from publishing import document_files
from publishing.slugs import german_slug
from publishing.usage import usages


def documents_storage():
    # Not in the public folder: a view hands the file out, so that a withdrawn document is withdrawn.
    return storages["originals"]


def document_name(document, filename):
    return f"dokumente/{document.token}/{document.sha256[:16]}.{document_files.extension_of(filename)}"


def new_token():
    return secrets.token_urlsafe(9)


class Document(models.Model):
    title = models.CharField("Titel", max_length=200, help_text="So steht der Download auf der Seite.")
    file = models.FileField("Datei", storage=documents_storage, upload_to=document_name, max_length=200)
    is_withdrawn = models.BooleanField(
        "zurückgezogen", default=False, help_text="Die Adresse sagt dann, dass das Dokument entfernt wurde."
    )
    # Unguessable: a document waits here until the page that offers it is public. It stays when the file is replaced.
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    byte_size = models.PositiveBigIntegerField("Größe", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField("hochgeladen", auto_now_add=True)
    changed_at = models.DateTimeField("geändert", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="document_has_title",
                violation_error_message="Das Dokument braucht einen Titel.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def extension(self):
        return document_files.extension_of(self.file.name)

    @property
    def kind_label(self):
        return document_files.KINDS[self.extension][0]

    @property
    def content_type(self):
        return document_files.KINDS[self.extension][1]

    @property
    def download_name(self):
        return f"{german_slug(self.title) or 'dokument'}.{self.extension}"

    def get_absolute_url(self):
        return reverse("document", args=[self.token, self.download_name])

    def usages(self):
        return usages(self)

    def clean(self):
        super().clean()
        if self._has_new_file():
            try:
                self.sha256 = document_files.check_document(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error

    def save(self, **kwargs):
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if self._has_new_file():
            self.sha256 = document_files.check_document(self.file)
            self.byte_size = self.file.size
        elif stored:
            self._keep_file_of(stored)
        super().save(**kwargs)
        if stored and stored.file.name != self.file.name:
            transaction.on_commit(stored.delete_file)

    def delete(self, **kwargs):
        deleted = super().delete(**kwargs)
        transaction.on_commit(self.delete_file)
        return deleted

    def delete_file(self):
        self.file.storage.delete(self.file.name)

    def _keep_file_of(self, stored):
        """An earlier version brings back its title, never its file: that one is gone."""
        self.file, self.sha256, self.byte_size = stored.file.name, stored.sha256, stored.byte_size

    def _has_new_file(self):
        return bool(self.file) and not self.file._committed
