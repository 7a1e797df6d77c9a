"""Entries as a table for a spreadsheet."""

from django.http import HttpResponse
from django.utils import timezone

from publishing.tables import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

KINDS = ("csv", "xlsx")

#: (heading, value of an entry)
COLUMNS = (
    ("Jahr", lambda entry: entry.edition.year),
    ("Cluster", lambda entry: entry.category.name),
    ("Organisation", lambda entry: entry.organisation),
    ("weitere Organisationen", lambda entry: entry.further_organisations),
    ("Ort", lambda entry: entry.town),
    ("Land", lambda entry: entry.state),
    ("Innovation", lambda entry: entry.title),
    ("in einem Satz", lambda entry: entry.summary),
    ("Phase", lambda entry: entry.get_phase_display()),
    ("Ansatz", lambda entry: entry.get_novelty_display()),
    ("lokale Preise", lambda entry: ", ".join(one.local_prize.name for one in entry.local_registrations.all())),
    ("Shortlist", lambda entry: "ja" if entry.is_shortlisted else ""),
    # A file leaves the house: it knows no more of the results than visitors do.
    ("Finalist", lambda entry: "ja" if entry.edition.finalists_are_public and hasattr(entry, "finalist") else ""),
    ("Preise", lambda entry: ", ".join(_announced(entry))),
    ("Website", lambda entry: entry.website),
    ("Film", lambda entry: entry.film_url),
    ("Bild", lambda entry: "ja" if entry.image_id else ""),
)
CONTACT_COLUMNS = (
    ("Ansprechpartner", lambda entry: entry.contact_name),
    ("E-Mail", lambda entry: entry.contact_email),
    ("Telefon", lambda entry: entry.contact_phone),
    ("interne Bemerkung", lambda entry: entry.note),
)


def with_all_parts(entries):
    parts = entries.select_related("edition", "category__cluster", "finalist")
    return list(
        parts.prefetch_related("local_registrations__local_prize", "awards__category__cluster", "awards__local_prize")
    )


def response(entries, kind, *, with_contacts):
    table = [*_table(entries, COLUMNS + (CONTACT_COLUMNS if with_contacts else ()))]
    content, content_type = (as_csv(table), CSV_TYPE) if kind == "csv" else (as_xlsx(table, "Beiträge"), XLSX_TYPE)
    answer = HttpResponse(content, content_type=content_type)
    name = f"iq-beitraege-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _announced(entry):
    return [award.name for award in entry.awards.all()] if entry.edition.winners_are_public else []


def _table(entries, columns):
    yield [heading for heading, _ in columns]
    for entry in entries:
        yield [value(entry) for _, value in columns]
