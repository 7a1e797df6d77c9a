from django.contrib import admin

from properties.admin.listing import ListingAdmin
from properties.models import Land
from properties.views.expose import LandDetail


@admin.register(Land)
class LandAdmin(ListingAdmin):
    preview_view = LandDetail
    fieldsets = (
        ListingAdmin.basics,
        (
            "Lage",
            {
                "fields": (
                    "district",
                    ("postcode", "town"),
                    "street",
                    "parcel",
                    *ListingAdmin.point,
                )
            },
        ),
        (
            "Flächen",
            {
                "fields": (("area_total", "area_available"), ("divisible_from", "largest_lot"), "development"),
                "description": ListingAdmin.about_areas,
            },
        ),
        (
            "Planungsrecht",
            {
                "fields": (
                    ("zoning", "plan_status"),
                    ("site_coverage", "floor_area_ratio", "building_mass"),
                    "max_height",
                    "emission_limits",
                    "operation_24h",
                    ("contamination", "contamination_note"),
                    ("flood", "heritage"),
                )
            },
        ),
        ListingAdmin.offer,
        ListingAdmin.traffic,
        ListingAdmin.who,
        ListingAdmin.confirmation,
        ListingAdmin.publication_fieldset,
    )
