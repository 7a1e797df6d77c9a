"""What comes in about listings: everybody sees what concerns the listings they keep."""

from django.contrib import admin
from django.utils.html import format_html

from properties.models import ChangeReport, Enquiry
from publishing.admin.base import admin_path
from publishing.admin.incoming import IncomingAdmin, WithMailAdmin


class AboutListing:
    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._is_own(request, obj)

    def _is_own(self, request, row):
        return row is None or self.model.objects.for_user(request.user).filter(pk=row.pk).exists()

    def open_rows(self, request):
        return super().open_rows(request).select_related("listing")

    @admin.display(description="Angebot", ordering="listing__title")
    def listing_label(self, row):
        return f"{row.listing.number} {row.listing}"

    @admin.display(description="Angebot")
    def listing_link(self, row):
        return format_html('<a href="{}">{}</a>', admin_path(row.listing.specific), self.listing_label(row))


@admin.register(Enquiry)
class EnquiryAdmin(AboutListing, WithMailAdmin):
    panel_title = "Anfragen zu Flächen und Hallen"
    list_display = ("name", "organisation", "listing_label", "came_label", "handled_label", "mail_label")
    list_select_related = ("listing", "mail")
    search_fields = ("name", "organisation", "email", "listing__title", "listing__number")
    fieldsets = (
        (None, {"fields": ("listing_link", "name", "organisation", "email", "phone", "message")}),
        ("Stand", {"fields": ("came_label", "handled_label", "mail_label", "forgotten_on")}),
    )


@admin.register(ChangeReport)
class ChangeReportAdmin(AboutListing, IncomingAdmin):
    came_at = "reported_at"
    panel_title = "Änderungsmeldungen zu Flächen und Hallen"
    list_display = ("listing_label", "text", "came_label", "handled_label")
    list_select_related = ("listing",)
    search_fields = ("text", "listing__title", "listing__number")
    fieldsets = ((None, {"fields": ("listing_link", "text", "came_label", "handled_label")}),)
