from django.db import models
from django.db.models import Exists, Q

from publishing.search import backends
from publishing.search.sources import SOURCES
from publishing.search.visibility import IsVisible


class SearchDocumentQuerySet(models.QuerySet):
    def visible(self, sources=None):
        """Of which the room says, at this moment, that visitors may see them. The index itself decides nothing.

        Of fewer sources the question is shorter.
        """
        names = SOURCES if sources is None else (source.name for source in sources)
        return self.filter(IsVisible(tuple(names)))

    def at(self, ends):
        """Of these rows: {(source, key), …}"""
        wanted = Q(pk__in=[])
        for name, key in ends:
            wanted |= Q(source=name, object_id=key)
        return self.filter(wanted)


class SearchDocument(models.Model):
    """What the search knows of one row of a room, written by publishing.search.index. Drafts are here, too.

    The databases keep an index of `title_stems` and `text_stems` by themselves: triggers on SQLite, generated columns
    on PostgreSQL, both made in the migration. SQLite loses the triggers when a later migration changes this table:
    that one must make them anew.
    """

    source = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=400)
    label = models.CharField(max_length=80)
    text = models.TextField()
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    #: Each stem once, with blanks between.
    title_stems = models.TextField()
    text_stems = models.TextField()
    #: Every word in its order, for phrases: „ title | text “.
    folded = models.TextField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_document_once_a_row")]

    def __str__(self):
        return self.title


class SearchWordQuerySet(models.QuerySet):
    def seen(self):
        """Words of documents that visitors may see now: others must not be offered to anybody."""
        documents = SearchDocument.objects.visible().filter(pk__in=backends.with_stem_of_outer_query())
        return self.filter(Exists(documents))


class SearchWord(models.Model):
    """The vocabulary: every form of every word, to find compounds and to correct typing errors.

    Not unique, for then two editors saving the same new word would wait for one another, perhaps in a circle.
    """

    folded = models.CharField(max_length=100, db_index=True)
    stem = models.CharField(max_length=100)
    #: As it stands in a text, for „Meinten Sie …“.
    form = models.CharField(max_length=100)

    objects = SearchWordQuerySet.as_manager()

    def __str__(self):
        return self.form
