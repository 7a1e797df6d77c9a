"""Keeps the index: with every save, in its transaction, and all of it by `manage.py rebuild_search`.

`queryset.update()` and `bulk_create()` send no signal: after them, run the command.
"""

from django.db import transaction

from publishing import connections
from publishing.models import SearchDocument, SearchWord
from publishing.search.sources import SOURCES, source_of
from publishing.search.words import folded_text, forms, normalised, stem

AT_ONCE = 200
LONGEST_WORD = SearchWord._meta.get_field("folded").max_length
_WRITTEN = ("path", "title", "label", "text", "day", "year", "title_stems", "text_stems", "folded")


@transaction.atomic(savepoint=False)
def follow(model, keys):
    """Rows of this model were saved or deleted: they and what shows their names are indexed anew."""
    for indexed, its_keys in ({model: keys} | showing(model, keys)).items():
        if source := source_of(indexed):
            write(source, its_keys)


def showing(model, keys):
    """{model: keys} of the rows among whose words names of these stand."""
    found = {}
    for source in SOURCES.values():
        if lookup := source.follows.get(model):
            rows = source.model._base_manager.filter(**{f"{lookup}__in": keys})
            found[source.model] = set(rows.values_list("pk", flat=True))
    return found


def rebuild(advance=lambda number: None):
    """All of it, a batch in a transaction, so that editors may go on saving; visitors search meanwhile."""
    SearchWord.objects.all().delete()
    SearchDocument.objects.exclude(source__in=SOURCES).delete()
    for source in SOURCES.values():
        indexed = SearchDocument.objects.filter(source=source.name)
        gone = indexed.exclude(object_id__in=source.model._base_manager.values("pk"))
        connections.forget(source, list(gone.values_list("object_id", flat=True)))
        gone.delete()
        write(source, source.model._base_manager.order_by("pk").values_list("pk", flat=True), advance)


def number_of_rows():
    return sum(source.model._base_manager.count() for source in SOURCES.values())


def is_missing():
    """Nothing is indexed, though there is something: a portal older than its search."""
    return not SearchDocument.objects.exists() and number_of_rows() > 0


def write(source, keys, advance=lambda number: None):
    # In one order everywhere: two editors who save at the same moment must not wait for each other in a circle.
    keys = sorted(keys)
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        _write_batch(source, batch)
        advance(len(batch))


@transaction.atomic(savepoint=False)
def _write_batch(source, keys):
    stored = {one.object_id: one for one in SearchDocument.objects.filter(source=source.name, object_id__in=keys)}
    documents = [_document(source, row) for row in source.rows().filter(pk__in=keys)]
    gone = stored.keys() - {one.object_id for one in documents}
    SearchDocument.objects.filter(source=source.name, object_id__in=gone).delete()
    if gone:
        connections.forget(source, gone)
    changed = [one for one in documents if _content(one) != _content(stored.get(one.object_id))]
    SearchDocument.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["source", "object_id"], update_fields=_WRITTEN
    )
    _learn(documents)


def _content(document):
    return document and [getattr(document, name) for name in _WRITTEN]


def _document(source, row):
    words = source.words_of(row)
    title, text = normalised(words.title), " ".join(normalised(words.text).split())
    document = SearchDocument(
        source=source.name,
        object_id=row.pk,
        path=source.path_of(row),
        title=title,
        label=words.label,
        text=text,
        day=words.day,
        year=words.year or (words.day and words.day.year),
        folded=f" {folded_text(title)} | {folded_text(text)} ",
    )
    document.title_stems, document.text_stems = (" ".join(_stems(one)) for one in (title, text))
    return document


def _stems(text):
    return sorted({stem(folded) for folded in _forms(text)})


def _forms(text):
    return {folded: form for folded, form in forms(text).items() if len(folded) <= LONGEST_WORD}


def _learn(documents):
    found = {}
    for document in documents:
        found |= _forms(f"{document.title} {document.text}")
    known = set(SearchWord.objects.filter(folded__in=found).values_list("folded", flat=True))
    SearchWord.objects.bulk_create(
        SearchWord(stem=stem(folded), folded=folded, form=form[:LONGEST_WORD])
        for folded, form in found.items()
        if folded not in known
    )
