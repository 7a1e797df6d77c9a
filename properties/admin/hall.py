from django.contrib import admin

from properties.admin.due import DUE_OF_HALLS
from properties.admin.listing import ListingAdmin
from properties.models import Hall
from properties.views.expose import HallDetail


@admin.register(Hall)
class HallAdmin(ListingAdmin):
    preview_view = HallDetail
    due = DUE_OF_HALLS
    fieldsets = (
        ListingAdmin.basics,
        (
            "Lage",
            {
                "fields": (
                    "district",
                    ("postcode", "town"),
                    "street",
                    *ListingAdmin.point,
                )
            },
        ),
        (
            "Flächen",
            {
                "fields": (
                    ("area_total", "area_available"),
                    ("divisible_from", "largest_lot"),
                    ("hall_area", "office_area", "storage_area"),
                ),
                "description": ListingAdmin.about_areas,
            },
        ),
        (
            "Halle",
            {
                "fields": (
                    ("clear_height", "column_grid"),
                    ("floor_load", "crane_load"),
                    ("gates_ground", "gates_ramp"),
                    ("sprinkler", "heating"),
                    ("year_built", "year_renovated"),
                )
            },
        ),
        (
            "Energieausweis",
            {
                "fields": (
                    ("energy_certificate", "energy_valid_until"),
                    ("energy_heat", "energy_power"),
                    "energy_carrier",
                    "energy_reason",
                ),
                "description": "Wer ein Gebäude anbietet, muss diese Angaben machen (§ 87 GEG) oder sagen, "
                "warum es keinen Ausweis gibt.",
            },
        ),
        (
            "Planungsrecht",
            {
                "fields": (
                    ("zoning", "plan_status"),
                    "site_coverage",
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
