from django.contrib import admin

from competition.admin.deletion import KeepsWhatIsInUse
from competition.models import Sponsor
from publishing.admin.base import PortalAdmin, UsedObject


@admin.register(Sponsor)
class SponsorAdmin(KeepsWhatIsInUse, UsedObject, PortalAdmin):
    list_display = ("name", "website", "has_logo", "order")
    list_editable = ("order",)
    search_fields = ("name", "website")
    fields = ("name", "website", "logo", "order", "used_in")

    @admin.display(description="Logo")
    def has_logo(self, sponsor):
        return "ja" if sponsor.logo_id else "fehlt"

    def further_users(self, objs):
        return [f"{sponsor}: {usage.user} ({usage.field_label})" for sponsor in objs for usage in sponsor.usages()]
