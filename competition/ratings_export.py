"""The ratings of a round as a table: for reckoning again, without saying whose they are."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from competition.models import LogEntry, Round
from competition.rankings import categories_of, rankings_of, rated_sheets, vote_result
from competition.results import log

NO_VOTES_YET = (
    "Stimmen gibt es erst nach dem Ende der Runde, und nicht für jemanden, der bei einem Finalisten befangen ist."
)


class NothingToExport(Exception):  # noqa: N818
    """In words for the reader."""


@transaction.atomic
def export_ratings(round_, user, write):
    """`write` makes bytes of rows. Who has exported what is noted."""
    rows = vote_rows(round_, user) if round_.kind == Round.Kind.FINAL else rating_rows(round_, user)
    log(round_.edition, LogEntry.Act.EXPORTED, user, f"{round_}: {len(rows) - 1} Zeilen")
    return write(rows)


def rating_rows(round_, user):
    """A row for every sheet that counts, minus entries of which the reader is recused."""
    categories = categories_of(round_)
    rankings = rankings_of(round_, reader=user, categories=categories)
    sheets = rated_sheets(round_, categories)
    criteria = list(round_.edition.criteria.all())
    names = _names_of_jurors(round_, {sheet.juror for rated in sheets.values() for sheet in rated})
    rows = [
        [
            "Cluster",
            "Organisation",
            "Innovation",
            "Jurymitglied",
            *(f"{one} (Gewicht {one.weight})" for one in criteria),
        ]
    ]
    for ranking in rankings:
        entries = {one.entry.pk: one.entry for one in ranking.standings}
        counted = [sheet for sheet in sheets[ranking.category.pk] if sheet.entry in entries]
        for sheet in sorted(counted, key=lambda one: (entries[one.entry].sort_key, names[one.juror])):
            entry = entries[sheet.entry]
            points = [sheet.points.get(criterion.pk) for criterion in criteria]
            rows.append([str(ranking.category), entry.organisation, entry.title, names[sheet.juror], *points])
    return rows


def vote_rows(round_, user):
    result = vote_result(round_, reader=user)
    if result is None:
        raise NothingToExport(NO_VOTES_YET)
    rows = [["Organisation", "Innovation", "Stimmen", "Platz", "Gleichstand"]]
    return rows + [
        [one.entry.organisation, one.entry.title, one.votes, one.place, "ja" if one.is_tied else "nein"]
        for one in result
    ]


def _names_of_jurors(round_, jurors):
    """„Mitglied 1“ is the same person throughout the table, in an order that follows from no list of names."""

    def key(juror):
        # With the portal's secret: nobody works out from the numbers in an address whose sheet it is.
        return salted_hmac("competition.ratings_export", f"{round_.pk}-{juror}").digest()

    ordered = sorted(jurors, key=key)
    width = len(str(len(ordered)))
    return {juror: f"Mitglied {number:0{width}}" for number, juror in enumerate(ordered, start=1)}
