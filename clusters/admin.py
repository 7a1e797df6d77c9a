from django import forms
from django.contrib import admin

from clusters.models import Cluster, Network
from clusters.views import NetworkDetail
from publishing.admin.base import HistoryAdmin
from publishing.admin.due import Due, not_confirmed
from publishing.admin.published import PublishedAdmin


class ClustersOfToday:
    """Offers former clusters only where they are chosen already."""

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        return [(group, offered, index) for group, options, index in groups if (offered := _offered(options))]


def _offered(options):
    # The empty choice is no cluster.
    clusters = [getattr(one["value"], "instance", None) for one in options]
    return [
        one
        for one, cluster in zip(options, clusters, strict=True)
        if one["selected"] or cluster is None or cluster.is_current
    ]


class ClusterBoxes(ClustersOfToday, forms.CheckboxSelectMultiple):
    """A handful: seen at a glance and ticked."""

    class Media:
        css = {"all": ["css/admin-clusters.css"]}


class ClusterSelect(ClustersOfToday, forms.Select):
    pass


class ClusterChoosing:
    """For every admin with a relation to Cluster."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Cluster:
            kwargs["widget"] = ClusterBoxes
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Cluster)
class ClusterAdmin(HistoryAdmin):
    list_display = ("name", "short_name", "sign", "is_award_category", "years", "order")
    list_editable = ("order",)
    list_filter = ("is_award_category", "local_only")
    search_fields = ("name", "short_name")
    fieldsets = (
        (None, {"fields": ("name", "short_name", "sign", "summary", "description", "subfields")}),
        (
            "IQ Innovationspreis",
            {
                "fields": (
                    "is_award_category",
                    "local_only",
                    ("award_from", "award_until"),
                    "award_years_text",
                    "successor",
                )
            },
        ),
        ("Adresse und Reihenfolge", {"fields": ("slug", "order")}),
    )

    @admin.display(description="gewertet")
    def years(self, cluster):
        return cluster.award_years

    def get_readonly_fields(self, request, obj=None):
        # Filter addresses and the calendars people have subscribed to carry it.
        return ("slug",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        """What news and events point to stays: deleting it would quietly take it off all of them."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_in_use)

    def get_actions(self, request):
        # Deleting several at once would pass by the rule above.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


def not_confirmed_and_active(rows):
    return not_confirmed(rows).filter(status=Network.Status.ACTIVE)


@admin.register(Network)
class NetworkAdmin(PublishedAdmin):
    due = PublishedAdmin.due | {
        "unbestaetigt": Due(
            "Angaben nicht bestätigt",
            not_confirmed_and_active,
            note=lambda network: network.seat,
            order=60,
            sorting=("changed_at",),
        )
    }
    preview_view = NetworkDetail
    list_display = ("title", "abbreviation", "cluster", "kind", "status", "seat", "state_label", "changed_label")
    list_filter = (*PublishedAdmin.list_filter, "cluster", "kind", "status", "is_uncertain")
    list_select_related = ("cluster",)
    search_fields = (*PublishedAdmin.search_fields, "abbreviation", "topics", "seat")
    ordering = ("title",)
    fieldsets = (
        (None, {"fields": ("title", ("abbreviation", "kind", "status"), "cluster", "teaser", "body", "topics")}),
        (
            "Auf einen Blick",
            {
                "fields": (
                    ("legal_form", "seat"),
                    ("founded_year", "founded_text"),
                    ("members_text", "members_as_of"),
                    "website",
                    "is_uncertain",
                )
            },
        ),
        ("Logo und Bild", {"fields": ("logo", "image")}),
        PublishedAdmin.publication_fieldset,
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Cluster:
            kwargs["widget"] = ClusterSelect
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
