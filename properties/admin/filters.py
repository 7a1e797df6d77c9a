"""What the lists of land and halls can be narrowed to."""

from django.contrib import admin
from django.db.models import Q
from django.db.models.functions import Now

from properties.admin.due import confirmed_within
from properties.models.selection import DOUBTFUL_AFTER, STALE_AFTER
from publishing.admin.published import StateFilter

FRESHNESS = {
    "frisch": ("frisch", lambda: Q(confirmed_at__gt=Now() - DOUBTFUL_AFTER)),
    "zweifelhaft": ("zweifelhaft", lambda: confirmed_within(DOUBTFUL_AFTER, STALE_AFTER)),
    "veraltet": ("veraltet", lambda: Q(confirmed_at__lte=Now() - STALE_AFTER)),
    "nie": ("nie bestätigt", lambda: Q(confirmed_at__isnull=True)),
}


class PublicationFilter(StateFilter):
    """„Stand“ is another thing here."""

    title = "Veröffentlichung"


class FreshnessFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "aktualitaet"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _) in FRESHNESS.items()]

    def queryset(self, request, queryset):
        chosen = FRESHNESS.get(self.value())
        return queryset.filter(chosen[1]()) if chosen else queryset


class CompleteFilter(admin.SimpleListFilter):
    title = "Angaben"
    parameter_name = "angaben"

    def lookups(self, request, model_admin):
        return [("unvollstaendig", "unvollständig"), ("vollstaendig", "vollständig")]

    def queryset(self, request, queryset):
        if self.value() == "unvollstaendig":
            return queryset.incomplete()
        if self.value() == "vollstaendig":
            return queryset.exclude(pk__in=queryset.order_by().incomplete().values("pk"))
        return queryset
