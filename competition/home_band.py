from competition.models import Award, Edition, Finalist
from competition.models.edition import FINALISTS, WINNERS
from competition.models.prizes import alphabetical
from competition.timeline import timeline


def award_band():
    """What the home page says of the newest edition: at most two queries. None where there is no edition."""
    edition = Edition.objects.published().newest_first().select_related("image").first()
    if edition is None:
        return None
    status = edition.status
    steps = timeline(edition, has_finalists=status is FINALISTS)
    overall = overall_winner_of(edition) if status is WINNERS else None
    return {
        "edition": edition,
        "status": status,
        "next_step": next((step for step in steps if step.when and step.state != "past"), None),
        "finalists": finalists_of(edition) if status is FINALISTS else [],
        "overall": overall,
        "picture": (overall and (overall.image or overall.entry.image)) or edition.image,
    }


def finalists_of(edition):
    rows = Finalist.objects.public().filter(edition=edition).select_related("entry", "category__cluster")
    finalists = list(rows)
    for row in finalists:
        row.entry.edition, row.entry.category = edition, row.category
    return alphabetical(row.entry for row in finalists)


def overall_winner_of(edition):
    awards = Award.objects.announced().filter(edition=edition, kind=Award.Kind.OVERALL)
    award = awards.select_related("entry__image", "entry__category__cluster", "image").first()
    if award:
        award.edition = award.entry.edition = edition
    return award
