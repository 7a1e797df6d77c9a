"""A query that many visits ask, with one open value: its SQL is written once a process, not once a visit.

For the row of a page Django takes three times as long to write the question as the database takes to answer it.
What a queryset asks the clock for must be asked of the database's (`Now()`), as in every queryset made at import.
"""

import copy

from django.db import connections

# Fits text and whole numbers, and is nobody's slug or key.
_OPEN = "-9007199254740991"


class WrittenOnce:
    """`WrittenOnce(Article.objects.published(), "slug").rows("ein-slug")`: as `.filter(slug="ein-slug")`, in a list."""

    def __init__(self, queryset, lookup):
        self.queryset = queryset
        self.question = queryset.filter(**{lookup: _OPEN})
        self.compilers = {}

    def rows(self, value):
        asked = self.queryset.all()
        compiler = copy.copy(self._compiler(asked.db))
        sql, parameters = compiler.as_sql()
        filled_in = sql, tuple(value if str(one) == _OPEN else one for one in parameters)
        compiler.as_sql = lambda *args, **kwargs: filled_in
        compiler.connection = connections[asked.db]  # each thread has its own
        asked.query.get_compiler = lambda *args, **kwargs: compiler
        return list(asked)

    def _compiler(self, database):
        if database not in self.compilers:
            compiler = self.question.query.get_compiler(database)
            written = compiler.as_sql()
            compiler.as_sql = lambda: written
            self.compilers[database] = compiler
        return self.compilers[database]
