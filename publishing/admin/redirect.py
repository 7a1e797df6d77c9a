from django.contrib import admin

from publishing.admin.base import PortalAdmin
from publishing.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(PortalAdmin):
    list_display = ("old_path", "new_path", "created_at")
    search_fields = ("old_path", "new_path")
