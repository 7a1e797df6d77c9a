"""Whether visitors may see the row that a document tells of: every room says so itself, in one condition of the query.

The condition is long, and asked with every search and for every address that leads nowhere. Its SQL is written once a
process: Django takes longer to write it than the databases to answer it. So no room may ask Python's clock in
`Source.public`: a moment written into the SQL would stand still.
"""

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Expression, F
from django.db.models.expressions import RawSQL

#: Stands where the document's column belongs, and is nobody's name.
_KEY = "key_of_the_document"
_written = {}


class IsVisible(Expression):
    """Of a document of one of these sources; of no other."""

    def __init__(self, sources):
        super().__init__(output_field=BooleanField())
        self.sources = tuple(sources)
        self.columns = [F("source"), F("object_id")]

    def get_source_expressions(self):
        return self.columns

    def set_source_expressions(self, expressions):
        self.columns = expressions

    @property
    def identity(self):
        return type(self), tuple(source.name for source in self.sources), *self.columns

    def as_sql(self, compiler, connection):
        (source_column, _), (key_column, _) = map(compiler.compile, self.columns)
        conditions, parameters = [], []
        # In this order: databases ask one room of each document, not all.
        for source in self.sources:
            exists, its_parameters = condition_of(source, connection)
            conditions.append(f"({source_column} = %s AND {exists.replace(_KEY, key_column)})")
            parameters += [source.name, *its_parameters]
        if not conditions:
            raise EmptyResultSet
        return f"({' OR '.join(conditions)})", parameters


def condition_of(source, connection):
    """(SQL, parameters)"""
    kept = connection.alias, source.name
    if kept not in _written:
        _written[kept] = _write(source, connection)
    return _written[kept]


def _write(source, connection):
    row = source.public().filter(pk=RawSQL(_KEY, ())).query.exists()  # noqa: S611
    try:
        sql, parameters = row.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return "(1 = 0)", ()
    return f"EXISTS ({sql})", tuple(parameters)
