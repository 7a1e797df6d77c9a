from clusters.models import Cluster
from competition.models import Category, Edition, Entry
from publishing.rich_text import plain_text
from publishing.search.sources import Source, Words, register


def words_of_edition(edition):
    texts = [edition.teaser, edition.motto, plain_text(edition.body), plain_text(edition.prizes_text)]
    return Words(title=edition.title, label="IQ Innovationspreis", text=" ".join(texts), year=edition.year)


def words_of_entry(entry):
    """Never a place or a prize: entries are found from the shortlist on, and must not tell of a later moment."""
    names = [entry.organisations, entry.town, str(entry.category.cluster or "")]
    texts = [entry.summary, plain_text(entry.body), plain_text(entry.team)]
    return Words(
        title=str(entry),
        label=f"IQ-Beitrag {entry.edition.year}",
        text=" ".join([*texts, *names]),
        year=entry.edition.year,
    )


def rows_of_entries():
    return Entry.objects.select_related("edition", "category__cluster")


register(
    Source(
        "wettbewerbsjahre",
        "Wettbewerbsjahre",
        Edition,
        words_of_edition,
        public=Edition.objects.published,
        rows=Edition.objects.all,
    )
)
register(
    Source(
        "iq-beitraege",
        "IQ-Beiträge",
        Entry,
        words_of_entry,
        public=Entry.objects.public,
        rows=rows_of_entries,
        follows={Edition: "edition", Category: "category", Cluster: "category__cluster"},
    )
)
