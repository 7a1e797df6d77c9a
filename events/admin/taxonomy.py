from django.contrib import admin

from events.models import Category, Series
from publishing.admin.base import PortalAdmin


@admin.register(Category)
class CategoryAdmin(PortalAdmin):
    list_display = ("name", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    fields = ("name", "order")


@admin.register(Series)
class SeriesAdmin(PortalAdmin):
    search_fields = ("title",)
