from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count
from django.shortcuts import render

from events.models import Venue
from publishing.admin.base import UsedObjectAdmin


class MergeForm(forms.Form):
    keep = forms.ModelChoiceField(
        Venue.objects.none(), label="Diesen behalten", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, venues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keep"].queryset = venues
        self.fields["keep"].label_from_instance = venue_in_words


@admin.register(Venue)
class VenueAdmin(UsedObjectAdmin):
    list_display = ("town", "name", "street", "postcode", "number_of_events", "is_example")
    list_display_links = ("town", "name")
    search_fields = ("name", "street", "town", "postcode")
    ordering = ("town", "name")
    actions = ("merge",)
    fieldsets = (
        (None, {"fields": ("name", "street", ("postcode", "town"), "access_notes")}),
        ("Lage", {"fields": (("latitude", "longitude"),), "classes": ("collapse",)}),
        ("Verwendung", {"fields": ("is_example", "used_in")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(event_count=Count("events"))

    @admin.display(description="Termine", ordering="event_count")
    def number_of_events(self, venue):
        return venue.event_count

    @admin.action(description="Doppelte zusammenführen", permissions=["change", "delete"])
    def merge(self, request, queryset):
        if queryset.count() < 2:
            self.message_user(request, "Bitte wählen Sie mindestens zwei Orte aus.", messages.WARNING)
            return None
        form = MergeForm(request.POST if "keep" in request.POST else None, venues=queryset)
        if form.is_valid():
            kept = form.cleaned_data["keep"]
            doubles = list(queryset.exclude(pk=kept.pk))
            kept.absorb(doubles)
            text = f"Zusammengeführt: „{kept}“ hat jetzt alle Termine der {len(doubles) + 1} Orte."
            self.message_user(request, text, messages.SUCCESS)
            return None
        context = self.admin_site.each_context(request) | {
            "title": "Orte zusammenführen",
            "form": form,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return render(request, "admin/events/merge_venues.html", context)


def venue_in_words(venue):
    counted = "1 Termin" if venue.event_count == 1 else f"{venue.event_count} Termine"
    return f"{', '.join(part for part in (venue.name, venue.address) if part)} ({counted})"
