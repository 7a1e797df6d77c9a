from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from publishing.admin.base import UsedObjectAdmin
from publishing.models import Contact
from publishing.today import Panel

ENDS_SOON = timedelta(days=30)


@admin.register(Contact)
class ContactAdmin(UsedObjectAdmin):
    list_display = ("role", "name", "department", "phone", "email", "valid_until")
    search_fields = ("role", "name", "department")
    fieldsets = (
        (None, {"fields": ("role", "name", "department", "office", "phone", "email", "photo")}),
        ("Gültigkeit", {"fields": ("valid_until", "order", "is_example")}),
        ("Verwendung", {"fields": ("used_in",)}),
    )

    def due_today(self, request):
        if not self.has_change_permission(request):
            return []
        ending = Contact.objects.filter(valid_until__lte=timezone.localdate() + ENDS_SOON).order_by("valid_until")
        return [
            Panel.of(
                "Kontakte enden bald",
                ending,
                note=lambda contact: f"bis {contact.valid_until:%d.%m.%Y}",
                order=45,
            )
        ]
