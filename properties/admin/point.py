"""The map in the form on which a click sets a point; without script the two fields above it are typed."""

from django.contrib import admin, messages
from django.template.loader import render_to_string

from properties.geometry import district_at, to_map
from properties.models import District, Place
from properties.small_map import outlines_for_picking


class PointPicking:
    readonly_fields = ("point_picker",)

    class Media:
        css = {"all": ["css/admin-properties.css"]}
        js = ["js/admin/point-picker.js"]

    @admin.display(description="Auf der Karte")
    def point_picker(self, listing):
        return render_to_string(
            "admin/properties/point_picker.html", {"map": outlines_for_picking(), "places": Place.objects.all()}
        )

    def _tell_state(self, request, item):
        super()._tell_state(request, item)
        if item.has_point and (found := self._other_district_at(item)):
            text = (
                f"Auf der Karte liegt der Punkt hier: {found}. Gewählt ist: {item.district}. Bitte prüfen Sie beides."
            )
            self.message_user(request, text, messages.WARNING)

    def _other_district_at(self, listing):
        ags = district_at(*to_map(listing.latitude, listing.longitude))
        return District.objects.filter(ags=ags).exclude(pk=listing.district_id).first()
