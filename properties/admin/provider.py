from django.contrib import admin

from properties.models import Provider
from publishing.admin.base import UsedObjectAdmin


@admin.register(Provider)
class ProviderAdmin(UsedObjectAdmin):
    list_display = ("name", "website", "is_example")
    search_fields = ("name", "website")
    fields = ("name", "website", "is_example", "used_in")
