"""Where something is used, found through every relation that points to it: the floor names no room."""

from dataclasses import dataclass

from django.db.models import Model


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
            owner = _owner(user)
            # A gallery picture is no main picture: rows of an inline say what they are.
            label = relation.field if isinstance(owner, model) else model._meta
            found.append(Usage(owner, str(label.verbose_name)))
    return found


def _owner(user):
    """A row of an inline (a gallery picture, a download) names the page it belongs to, and that perhaps another."""
    owner_field = getattr(user, "owner_field", None)
    owner = getattr(user, owner_field) if owner_field else user
    return user if owner is user else _owner(owner)
