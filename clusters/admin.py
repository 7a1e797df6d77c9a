from django import forms
from django.contrib import admin

from clusters.models import Cluster
from publishing.admin.base import PortalAdmin
from publishing.usage import usages


class ClusterBoxes(forms.CheckboxSelectMultiple):
    """A handful: seen at a glance and ticked."""

    class Media:
        css = {"all": ["css/admin-clusters.css"]}


class ClusterChoosing:
    """For every admin with a relation to Cluster."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Cluster:
            kwargs["widget"] = ClusterBoxes
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Cluster)
class ClusterAdmin(PortalAdmin):
    list_display = ("name", "short_name", "order")
    list_editable = ("order",)
    search_fields = ("name", "short_name")
    fields = ("name", "short_name", "slug", "description", "order")

    def get_readonly_fields(self, request, obj=None):
        # Filter addresses and the calendars people have subscribed to carry it.
        return ("slug",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        """What news and events point to stays: deleting it would quietly take it off all of them."""
        return super().has_delete_permission(request, obj) and (obj is None or not usages(obj))

    def get_actions(self, request):
        # Deleting several at once would pass by the rule above.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}
