"""The one place that knows how each database looks up words: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

Both get stems, made in Python, and are asked for one thing only, in which documents they stand: so both find the same.
Stems are letters and digits, and are quoted all the same.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

_SELECT = {
    "sqlite": "SELECT rowid FROM publishing_searchindex WHERE publishing_searchindex MATCH {question}",
    "postgresql": "SELECT publishing_search_{column}(CAST({question} AS tsquery))",
}
_STEM_OF_OUTER_QUERY = {
    "sqlite": """'"' || publishing_searchword.stem || '"'""",
    "postgresql": "'''' || publishing_searchword.stem || ''''",
}


def matching(groups, *, in_title=False):
    """Keys of documents in which of each group of stems at least one stands; for `pk__in`."""
    question = _QUESTION[connection.vendor](groups, in_title)
    return RawSQL(_select("%s", in_title), [question])  # noqa: S611


def with_stem_of_outer_query():
    """Keys of documents with the stem of a row of SearchWord, inside a query of those."""
    return RawSQL(_select(_STEM_OF_OUTER_QUERY[connection.vendor], in_title=False), [])  # noqa: S611


def _select(question, in_title):
    column = "title_vector" if in_title else "vector"
    return _SELECT[connection.vendor].format(column=column, question=question)


def _for_fts5(groups, in_title):
    question = " AND ".join("(" + " OR ".join(f'"{stem}"' for stem in group) + ")" for group in groups)
    return f"title_stems : ({question})" if in_title else question


def _for_tsquery(groups, in_title):
    return " & ".join("(" + " | ".join(f"'{stem}'" for stem in group) + ")" for group in groups)


_QUESTION = {"sqlite": _for_fts5, "postgresql": _for_tsquery}
