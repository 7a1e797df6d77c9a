"""Values as an editor reads them: in comparisons of two versions and in the history."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model
from django.utils.timezone import localtime
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper, ObjDiffDisplay

from publishing.rich_text import RichTextField, plain_text

EMPTY = "(leer)"


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str

    @classmethod
    def of(cls, field, label, theirs, mine):
        theirs, mine = in_words(field, theirs), in_words(field, mine)
        if theirs == mine:
            mine += " (anders gestaltet)"
        return cls(label, theirs, mine)


def german_moment(moment):
    return f"{localtime(moment):%d.%m.%Y, %H:%M} Uhr" if moment else "–"


def in_words(field, value):
    """`value` of a model field: the stored value, the object a relation points to, or a list of such."""
    if isinstance(value, DeletedObject):
        return "(gelöscht)"
    if value in (None, "", []):
        return EMPTY
    if isinstance(field, RichTextField):
        return plain_text(value)
    if field.many_to_many:
        return ", ".join(map(str, value))
    if field.is_relation:
        return str(_related_object(field, value) or "(gelöscht)")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return german_moment(value) if hasattr(value, "tzinfo") else str(value)


def _related_object(field, value):
    return value if isinstance(value, Model) else field.related_model._base_manager.filter(pk=value).first()


class _GermanDiff(ObjDiffDisplay):
    def shortened_str(self, prefix, num_skipped_chars, suffix):
        return f"{prefix} […] {suffix}"


class HistoryInWords(HistoricalRecordContextHelper):
    def prepare_delta_change_value(self, change, value):
        return in_words(self.model._meta.get_field(change.field), value)

    def get_obj_diff_display(self):
        return _GermanDiff(max_length=300)
