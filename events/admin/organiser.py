from django.contrib import admin

from events.models import Organiser
from publishing.admin.base import UsedObjectAdmin


@admin.register(Organiser)
class OrganiserAdmin(UsedObjectAdmin):
    list_display = ("name", "website", "is_example")
    search_fields = ("name", "website")
    fields = ("name", "website", "logo", "is_example", "used_in")
