from django.contrib import admin
from django.contrib.auth.models import User

from properties.admin.parts import GermanNumbers
from properties.models import District, DistrictSeat, Place
from publishing.admin.base import PortalAdmin, PortalInline


class DistrictSeatInline(PortalInline):
    model = DistrictSeat
    verbose_name_plural = "Zuständig (die Person gehört auch zur Gruppe „Landkreise“)"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(District)
class DistrictAdmin(PortalAdmin):
    """The districts are the law's: made by a migration, neither added, renamed nor deleted here."""

    list_display = ("name", "state", "ags", "publishes_itself", "people")
    list_filter = ("state", "publishes_itself")
    search_fields = ("name", "ags")
    readonly_fields = ("name", "ags", "state")
    fields = ("name", "ags", "state", "publishes_itself")
    inlines = (DistrictSeatInline,)
    list_per_page = 60

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("seats__user")

    @admin.display(description="zuständig")
    def people(self, district):
        return ", ".join(seat.user.get_full_name() or seat.user.username for seat in district.seats.all()) or "–"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Place)
class PlaceAdmin(GermanNumbers, PortalAdmin):
    list_display = ("name", "district", "is_on_map")
    list_filter = ("is_on_map", "district__state")
    list_select_related = ("district",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "district", ("latitude", "longitude"), "is_on_map")
