"""Whether visitors may see the row that a document tells of: every room says so itself, in one condition of the query.

The condition is long, and asked with every search and for every address that leads nowhere. Its SQL is written once a
process: Django takes longer to write it than the databases to answer it. So no room may ask Python's clock in
`Source.public`: a moment written into the SQL would stand still.
"""

from functools import cache

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL

from publishing.search.sources import SOURCES

#: Stands where the document's column belongs, and is nobody's name.
_KEY = "key_of_the_document"


class IsVisible(Func):
    """Of a document of one of the sources with these names; of no other."""

    def __init__(self, names):
        super().__init__("source", "object_id", output_field=BooleanField())
        self.names = names

    def as_sql(self, compiler, connection):
        (source_column, _), (key_column, _) = map(compiler.compile, self.source_expressions)
        conditions, parameters = [], []
        # In this order: databases ask one room of each document, not all.
        for name in self.names:
            exists, its_parameters = condition_of(name, connection.alias)
            conditions.append(f"({source_column} = %s AND {exists.replace(_KEY, key_column)})")
            parameters += [name, *its_parameters]
        if not conditions:
            raise EmptyResultSet
        return f"({' OR '.join(conditions)})", parameters


@cache
def condition_of(name, database):
    """(SQL, parameters)"""
    row = SOURCES[name].public().filter(pk=RawSQL(_KEY, ())).query.exists()  # noqa: S611
    try:
        sql, parameters = row.get_compiler(connection=connections[database]).as_sql()
    except EmptyResultSet:
        return "(1 = 0)", ()
    return f"EXISTS ({sql})", parameters
