from clusters.models import Cluster
from competition.models import Category, Edition, Entry
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register


def headline_of_edition(edition):
    return Headline(edition.title, "IQ Innovationspreis")


def words_of_edition(edition):
    texts = [edition.teaser, edition.motto, plain_text(edition.body), plain_text(edition.prizes_text)]
    shown = headline_of_edition(edition)
    return Words(title=shown.title, label=shown.label, text=" ".join(texts), year=edition.year)


def headline_of_entry(entry):
    """Never a place or a prize: entries are found from the shortlist on, and must not tell of a later moment."""
    cluster = entry.category.cluster
    return Headline(str(entry), f"IQ-Beitrag {entry.edition.year}", cluster.sign if cluster else "")


def words_of_entry(entry):
    """Here neither."""
    shown = headline_of_entry(entry)
    names = [entry.organisations, entry.town, str(entry.category.cluster or "")]
    texts = [entry.summary, plain_text(entry.body), plain_text(entry.team)]
    return Words(
        title=shown.title,
        label=shown.label,
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
        headline=headline_of_edition,
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
        headline=headline_of_entry,
        follows={Edition: "edition", Category: "category", Cluster: "category__cluster"},
    )
)
