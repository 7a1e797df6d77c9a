"""What belongs together across the rooms, shown from both sides: „Dazu gehört“.

The other end's room says with every visit whether it is public; a draft or what is not announced yet is not named.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Aggregate, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from publishing.models import Connection, SearchDocument
from publishing.search.sources import SOURCES, source_of


@dataclass(frozen=True)
class Connected:
    label: str
    documents: list[SearchDocument]


def end_of(item):
    """How a row of any room is named here: (source, key)."""
    return source_of(type(item)).name, item.pk


def ends_connected_with(item):
    end = end_of(item)
    return {connection.other_end(end) for connection in Connection.objects.of(*end)}


class _Listed(Aggregate):
    """Each end as „source:key“, with blanks between."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def connected_ends(source_name):
    """An annotation `connected_ends` for the row of a page: most have none, and need no question of their own."""
    of_row = Connection.objects.of(source_name, OuterRef("pk")).order_by().values(one_row=Value(1))
    return Subquery(of_row.annotate(listed=_Listed(_both_ends())).values("listed"))


def _both_ends():
    parts = ("one_source", Value(":"), "one_id", Value(" "), "other_source", Value(":"), "other_id")
    as_text = [part if isinstance(part, Value) else Cast(part, TextField()) for part in parts]
    return Concat(*as_text, output_field=TextField())


def _read_ends(item):
    written = (one.split(":") for one in (item.connected_ends or "").split())
    return {(source, int(key)) for source, key in written} - {end_of(item)}


def connected_with(item):
    """Visible things by kind, for its page: one query, or none. The row is annotated with `connected_ends`."""
    ends = _read_ends(item)
    documents = documents_at(ends) if ends else []
    return [
        Connected(source.label, found)
        for source in SOURCES.values()
        if (found := [one for one in documents if one.source == source.name])
    ]


def documents_at(ends):
    """Of which visitors may see the page now, the newest first. Only the rooms that are concerned are asked."""
    concerned = [source for source in SOURCES.values() if any(name == source.name for name, _ in ends)]
    newest_first = (F("day").desc(nulls_last=True), F("year").desc(nulls_last=True), "title")
    return list(SearchDocument.objects.at(ends).visible(concerned).order_by(*newest_first))


@transaction.atomic
def connect(item, *others):
    for other in others:
        _connect(end_of(item), end_of(other))


@transaction.atomic
def replace(item, wanted, *, among):
    """`among` are the ends somebody may decide about: what else is connected stays."""
    end = end_of(item)
    connected = {one.other_end(end): one for one in Connection.objects.of(*end)}
    for other, connection in connected.items():
        if other in among and other not in wanted:
            connection.delete()
    for other in set(wanted) - connected.keys():
        _connect(end, other)


def _connect(end, other):
    (one_source, one_id), (other_source, other_id) = sorted([end, other])
    Connection.objects.get_or_create(one_source=one_source, one_id=one_id, other_source=other_source, other_id=other_id)


def forget(source, keys):
    """These rows are gone."""
    for connection in Connection.objects.filter(
        Q(one_source=source.name, one_id__in=keys) | Q(other_source=source.name, other_id__in=keys)
    ):
        connection.delete()
