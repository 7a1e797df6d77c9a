"""What is due of a model: its panels on „Heute“, and the filter of its list that leads to the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.db.models.functions import Now

from publishing.admin.words import german_moment
from publishing.today import Panel

BEFORE_THE_END = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """An admin names its own: `due = {"endet-bald": Due("enden bald", ends_soon)}`, by their names in addresses."""

    label: str
    rows: Callable
    note: Callable = lambda item: ""
    order: int = 50
    sorting: tuple = ()


class DueFilter(admin.SimpleListFilter):
    title = "Was ansteht"
    parameter_name = "faellig"

    def __init__(self, request, params, model, model_admin):
        self._due = model_admin.due
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(name, due.label) for name, due in model_admin.due.items()]

    def queryset(self, request, queryset):
        chosen = self._due.get(self.value())
        return chosen.rows(queryset) if chosen else queryset


def due_panels(model_admin, rows):
    """Of `rows`, those somebody looks after."""
    related = model_admin.list_select_related
    for name, due in model_admin.due.items():
        found = due.rows(rows)
        found = found.select_related(*related) if related and isinstance(related, tuple) else found
        yield Panel.of(
            f"{model_admin.opts.verbose_name_plural}: {due.label}",
            found.order_by(*due.sorting) if due.sorting else found,
            note=due.note,
            query=f"?{DueFilter.parameter_name}={name}",
            order=due.order,
        )


# --- what every room knows


def ends_soon(rows):
    return rows.published().filter(publish_until__lte=Now() + BEFORE_THE_END)


def not_confirmed(rows):
    """Public although nobody has confirmed it; of rows with `is_uncertain`."""
    return rows.published().filter(is_uncertain=True)


NOT_CONFIRMED = Due("Angaben nicht bestätigt", not_confirmed, order=60, sorting=("changed_at",))
ENDS_SOON = Due(
    "enden bald",
    ends_soon,
    note=lambda item: f"bis {german_moment(item.publish_until)}",
    order=30,
    sorting=("publish_until",),
)
