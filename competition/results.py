"""From decided to announced: the results are closed, recorded, and revealed in one moment."""

import hashlib
import json
import secrets
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from competition.models import Award, Edition, LogEntry, ResultRecord, name_of
from competition.models.finalist import SEATS
from competition.models.results_lock import open_results
from publishing.models.published import PUBLIC

SALT_BYTES = 32


def log(edition, act, user, text="", *, entry=None):
    """`entry` wherever the text names one: who is recused of it must not read that line."""
    return LogEntry.objects.create(
        edition=edition, entry=entry, act=act, text=text[:500], user=user, user_name=name_of(user)
    )


def missing_results(edition):
    """What the jury has not decided yet, as German phrases. The real record of old editions may stay incomplete."""
    finalists = Counter(edition.finalists.values_list("category", flat=True))
    awards = edition.awards.filter(place=1).values_list("kind", "category", "local_prize")
    won = {(kind, category or local_prize) for kind, category, local_prize in awards}
    missing = []
    for category in edition.categories.for_finals().select_related("cluster"):
        empty = len(SEATS) - finalists[category.pk]
        if empty:
            missing.append(f"{category.name}: {empty} von {len(SEATS)} Finalisten")
        if (Award.Kind.CLUSTER, category.pk) not in won:
            missing.append(f"{category.name}: Clustersieg")
    if (Award.Kind.OVERALL, None) not in won:
        missing.append("Gesamtsieg")
    missing += [one.name for one in edition.local_prizes.all() if (Award.Kind.LOCAL, one.pk) not in won]
    return missing


@transaction.atomic
def close_results(edition, user):
    """Freezes finalists and prizes. Returns the record, whose hash may be told before the ceremony."""
    edition = open_results(edition.pk)
    if not edition.awards.exists():
        raise ValidationError("Es ist noch kein Preis eingetragen: Es gibt nichts zu schließen.")
    now = timezone.now()
    text = canonical_json(results_of(edition) | {"closed_at": now.isoformat(), "salt": secrets.token_hex(SALT_BYTES)})
    record = ResultRecord.objects.create(
        edition=edition,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        closed_at=now,
        closed_by=name_of(user),
    )
    log(edition, LogEntry.Act.CLOSED, user, f"SHA-256 {record.sha256}")
    return record


@transaction.atomic
def reopen_results(edition, user, reason):
    """For a correction. The old record stays, with who opened it again and why."""
    if not reason.strip():
        raise ValidationError("Bitte nennen Sie den Grund: Er steht im Protokoll.")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    record = record_in_force(edition)
    if record is None:
        raise ValidationError("Die Ergebnisse sind nicht geschlossen.")
    record.reopened_at = timezone.now()
    record.reopened_by = name_of(user)
    record.reopened_because = reason.strip()
    record.save()
    log(edition, LogEntry.Act.REOPENED, user, reason.strip())


@transaction.atomic
def reveal(edition, user):
    """One confirmed press: whatever knows of the winners shows them from now on."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.winners_are_public:
        raise ValidationError("Die Preisträger dieses Wettbewerbsjahres sind schon öffentlich.")
    if edition.state is not PUBLIC or edition.is_suspended:
        raise ValidationError("Das Wettbewerbsjahr selbst ist nicht öffentlich. Bitte zuerst veröffentlichen.")
    if record_in_force(edition) is None:
        raise ValidationError("Bitte schließen Sie zuerst die Ergebnisse.")
    now = timezone.now()
    edition.winners_public_at = now
    edition.finalists_public_at = min(edition.finalists_public_at or now, now)
    if edition.shortlist_public_at:
        edition.shortlist_public_at = min(edition.shortlist_public_at, edition.finalists_public_at)
    edition.save()
    log(edition, LogEntry.Act.REVEALED, user)
    return edition


def record_in_force(edition):
    return edition.result_records.filter(reopened_at__isnull=True).first()


def agrees_with_today(record):
    """Whether the results are still those that were closed."""
    today, closed = results_of(record.edition), json.loads(record.text)
    # Through JSON and back: tuples have become lists.
    return json.loads(canonical_json(today)) == {name: closed.get(name) for name in today}


def results_of(edition):
    """Finalists and prizes, in an order that says nothing; and the criteria they were judged by."""
    finalists = edition.finalists.select_related("entry", "category__cluster")
    awards = edition.awards.select_related("entry", "edition", "category__cluster", "local_prize")
    criteria = [[one.name, one.description, one.weight] for one in edition.criteria.all()]
    return {
        "edition": edition.year,
        "criteria": criteria,
        "criteria_version": hashlib.sha256(canonical_json(criteria).encode()).hexdigest(),
        "finalists": sorted([one.category.name, *_words(one.entry)] for one in finalists),
        "awards": sorted([one.kind, one.name, one.place, *_words(one.entry)] for one in awards),
    }


def _words(entry):
    return entry.slug, entry.organisation, entry.title, entry.town


def canonical_json(data):
    """The same results are the same bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
