from django import forms
from django.contrib import admin
from django.utils.html import format_html

from publishing.admin.base import RestoringForm, UsedObjectAdmin
from publishing.admin.words import german_moment
from publishing.document_files import KINDS
from publishing.models import Document
from publishing.templatetags.publishing import file_size


class DocumentForm(RestoringForm):
    # The earlier file of a replaced document no longer exists.
    kept_when_restored = ("file", "sha256", "byte_size", "token")

    class Meta:
        widgets = {"file": forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)})}
        help_texts = {
            "file": "PDF, Word, Excel, PowerPoint, OpenDocument, CSV oder ZIP, höchstens 50 MB. "
            "Wer eine neue Datei wählt, ersetzt die bisherige; die Adresse bleibt."
        }


@admin.register(Document)
class DocumentAdmin(UsedObjectAdmin):
    form = DocumentForm
    list_display = ("title", "kind_label", "size_label", "state_label", "changed_label")
    list_filter = ("is_withdrawn",)
    search_fields = ("title",)
    readonly_fields = ("used_in", "address")
    fields = ("title", "file", "is_withdrawn", "address", "used_in")

    @admin.display(description="Art")
    def kind_label(self, document):
        return document.kind_label

    @admin.display(description="Stand", ordering="is_withdrawn")
    def state_label(self, document):
        return "zurückgezogen" if document.is_withdrawn else "–"

    @admin.display(description="Größe", ordering="byte_size")
    def size_label(self, document):
        return file_size(document.byte_size)

    @admin.display(description="Adresse")
    def address(self, document):
        if not document.pk:
            return "Entsteht beim Speichern."
        return format_html('<a href="{0}" target="_blank">{0}</a>', document.get_absolute_url())

    @admin.display(description="geändert", ordering="changed_at")
    def changed_label(self, document):
        return german_moment(document.changed_at)

    def delete_queryset(self, request, queryset):
        for document in queryset:
            document.delete()
