from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from publishing.admin.base import UsedObjectAdmin
from publishing.admin.due import Due, DueFilter, due_panels
from publishing.models import Contact

ENDS_SOON = timedelta(days=30)


def expired(rows):
    return rows.filter(valid_until__lt=timezone.localdate())


def ends_soon(rows):
    today = timezone.localdate()
    return rows.filter(valid_until__gte=today, valid_until__lte=today + ENDS_SOON)


def until(contact):
    return f"bis {contact.valid_until:%d.%m.%Y}"


@admin.register(Contact)
class ContactAdmin(UsedObjectAdmin):
    list_display = ("role", "name", "department", "phone", "email", "valid_until")
    list_filter = (DueFilter,)
    due = {
        "abgelaufen": Due("abgelaufen", expired, until, 44, ("valid_until", "pk")),
        "endet-bald": Due("enden bald", ends_soon, until, 45, ("valid_until", "pk")),
    }
    search_fields = ("role", "name", "department")
    fieldsets = (
        (None, {"fields": ("role", "name", "department", "office", "phone", "email", "photo", "topics")}),
        ("Gültigkeit", {"fields": ("valid_until", "order", "is_example")}),
        ("Verwendung", {"fields": ("used_in",)}),
    )

    def due_today(self, request):
        if not self.has_change_permission(request):
            return []
        return due_panels(self, Contact.objects.all())
