"""A constraint Django does not bring: a foreign key of several columns."""

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint
from django.db.models.constraints import UniqueConstraint


class ForeignKeyTogether(BaseConstraint):
    """What a row says twice must agree with the row it points to: entry → category *of the same edition*.

    `field` is an ordinary foreign key; `same` are the further fields that must hold the same values in the row it
    points to. There, the primary key and these fields need a UniqueConstraint together, in the order of `same`. As in
    any foreign key of several columns, a row with an empty one of them is not asked.
    """

    def __init__(self, *, field, same, name, violation_error_code=None, violation_error_message=None):
        self.field, self.same = field, tuple(same)
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field, "same": self.same}

    def __eq__(self, other):
        return isinstance(other, ForeignKeyTogether) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def constraint_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        target = self._target(model)
        own = [model._meta.get_field(name).column for name in (self.field, *self.same)]
        theirs = [target._meta.pk.column, *(target._meta.get_field(name).column for name in self.same)]
        self._refuse_target_without_key(target)
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({', '.join(map(quote, own))}) "
            f"REFERENCES {quote(target._meta.db_table)} ({', '.join(map(quote, theirs))})"
        )

    def create_sql(self, model, schema_editor):
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if {self.field, *self.same} & set(exclude or ()):
            return
        target = self._target(model)
        values = {name: getattr(instance, model._meta.get_field(name).attname) for name in (self.field, *self.same)}
        if None in values.values():
            return
        key = values.pop(self.field)
        row = {target._meta.get_field(name).attname: value for name, value in values.items()}
        if not target._base_manager.using(using).filter(pk=key, **row).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _target(self, model):
        return model._meta.get_field(self.field).remote_field.model

    def _refuse_target_without_key(self, target):
        wanted = (target._meta.pk.name, *self.same)
        keys = [one.fields for one in target._meta.constraints if isinstance(one, UniqueConstraint)]
        if wanted not in keys:
            raise FieldError(f"{target._meta.label} needs a UniqueConstraint of {wanted} for {self.name}.")
