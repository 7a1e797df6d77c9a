from django.contrib import admin

from publishing.admin.base import UsedObjectAdmin
from publishing.models import Document
from publishing.templatetags.publishing import file_size


@admin.register(Document)
class DocumentAdmin(UsedObjectAdmin):
    list_display = ("title", "kind_label", "size_label", "is_withdrawn", "changed_at")
    list_filter = ("is_withdrawn",)
    search_fields = ("title",)
    readonly_fields = ("used_in", "address")
    fields = ("title", "file", "is_withdrawn", "address", "used_in")

    @admin.display(description="Art")
    def kind_label(self, document):
        return document.kind_label

    @admin.display(description="Größe", ordering="byte_size")
    def size_label(self, document):
        return file_size(document.byte_size)

    @admin.display(description="Adresse")
    def address(self, document):
        return document.get_absolute_url() if document.pk else "–"

    def delete_queryset(self, request, queryset):
        for document in queryset:
            document.delete()
