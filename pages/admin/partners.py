from django.contrib import admin

from pages.models import Partner
from publishing.admin.base import PortalAdmin


@admin.register(Partner)
class PartnerAdmin(PortalAdmin):
    list_display = ("name", "kind", "logo_label", "order", "is_shown")
    list_editable = ("order", "is_shown")
    list_filter = ("kind", "is_shown")
    search_fields = ("name", "website")
    fields = ("name", "kind", "logo", "website", "order", "is_shown", "is_example")

    @admin.display(description="Logo")
    def logo_label(self, partner):
        return "ja" if partner.logo_id else "Name als Text"
