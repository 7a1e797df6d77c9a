from django.core.exceptions import ValidationError

from competition.models.edition import Edition

CLOSED = "Die Ergebnisse dieses Wettbewerbsjahres sind geschlossen. Zum Ändern bitte zuerst wieder öffnen."


def open_results(edition_id):
    """To be called in a transaction before results change: they change one after another, and not once closed."""
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    if edition.result_records.filter(reopened_at__isnull=True).exists():
        raise ValidationError(CLOSED, code="results_closed")
    return edition
