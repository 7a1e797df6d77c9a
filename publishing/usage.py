"""Where something is used, found through every relation that points to it: the floor names no room."""

from dataclasses import dataclass

from django.db.models import Count, Model, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


@dataclass(frozen=True)
class Usage:
    user: Model
    field_label: str


def usages(target):
    found = []
    for relation in target._meta.related_objects:
        model = relation.related_model
        users = model._base_manager.filter(**{relation.field.name: target})
        for user in users:
            owner = owner_of(user)
            # A gallery picture is no main picture: rows of an inline say what they are.
            label = relation.field if isinstance(owner, model) else model._meta
            found.append(Usage(owner, str(label.verbose_name)))
    return found


def with_usage_count(queryset):
    """Annotates `usage_count`: in how many places each row stands, asked once for all of them."""
    total = Value(0)
    for relation in queryset.model._meta.related_objects:
        name = relation.field.name
        users = relation.related_model._base_manager.filter(**{name: OuterRef("pk")}).order_by()
        total = total + Coalesce(Subquery(users.values(name).annotate(number=Count("pk")).values("number")), 0)
    return queryset.annotate(usage_count=total)


def owner_of(user):
    """A row of an inline (a gallery picture, a download) names the page it belongs to, and that perhaps another."""
    owner_field = getattr(user, "owner_field", None)
    owner = getattr(user, owner_field) if owner_field else user
    return user if owner is user else owner_of(owner)
