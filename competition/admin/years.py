from django.contrib import admin

from competition.models import Edition


class YearFilter(admin.SimpleListFilter):
    """By the year of the edition, wherever a row's edition stands."""

    title = "Wettbewerbsjahr"
    parameter_name = "jahr"
    path = "edition__year"

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in Edition.objects.newest_first().values_list("year", flat=True)]

    def queryset(self, request, queryset):
        known = {key for key, _ in self.lookup_choices}
        return queryset.filter(**{self.path: int(self.value())}) if self.value() in known else queryset


class YearOfEntryFilter(YearFilter):
    path = "entry__edition__year"
