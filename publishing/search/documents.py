from django.db.models import Exists, OuterRef, Q

from publishing.models import Document
from publishing.search.sources import Source, Words, register, source_of


def offered():
    """Documents that a page visible now offers: others wait for theirs, and nobody is told that they are there."""
    by_some_page = Q(pk__in=[])
    for relation in Document._meta.related_objects:
        by_some_page |= _offered_by(relation)
    return Document.objects.filter(by_some_page, is_withdrawn=False)


def _offered_by(relation):
    model, document = relation.related_model, {relation.field.name: OuterRef("pk")}
    if source := source_of(model):
        return Q(Exists(source.public().filter(**document)))
    owner = getattr(model, "owner_field", None)
    if owner and (source := source_of(model._meta.get_field(owner).related_model)):
        return Q(Exists(model._base_manager.filter(**document, **{f"{owner}__in": source.public().values("pk")})))
    return Q(pk__in=[])


def words_of(document):
    return Words(title=document.title, label=f"Dokument, {document.kind_label}")


register(Source("dokumente", "Dokumente", Document, words_of, public=offered, rows=Document.objects.all))
