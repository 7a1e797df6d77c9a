"""Plain functions that make complete rows of the award."""

import itertools
from datetime import timedelta

from django.utils import timezone

from competition.models import (
    Award,
    Category,
    Criterion,
    Edition,
    EditionImage,
    Entry,
    EntryImage,
    Finalist,
    JuryMember,
    LocalPrize,
    LocalRegistration,
    Sponsor,
    StateFigure,
)
from publishing.models import Testimonial
from tests.clusters import factories

_numbers = itertools.count(1)


def make_cluster(**values):
    return factories.make_cluster(**{"order": next(_numbers)} | values)


def make_edition(year=2024, *, finalists=None, winners=None, **values):
    """Public, with nothing of its results. `finalists` and `winners` are days from now: -1 was yesterday."""
    now = timezone.now()
    defaults = {
        "year": year,
        "number": year - 2004,
        "title": f"{year - 2004}. IQ Innovationspreis Mitteldeutschland",
        "teaser": f"Der Wettbewerb des Jahres {year}.",
        "released": True,
        "publish_from": now - timedelta(days=60),
        "finalists_public_at": None if finalists is None else now + timedelta(days=finalists),
        "winners_public_at": None if winners is None else now + timedelta(days=winners),
    }
    return Edition.objects.create(**defaults | values)


def make_category(edition, **values):
    return Category.objects.create(
        edition=edition, **{"cluster": values.pop("cluster", None) or make_cluster()} | values
    )


def make_entry(category, **values):
    number = next(_numbers)
    defaults = {"organisation": f"Firma {number} GmbH", "title": f"Erfindung {number}", "town": "Leipzig"}
    return Entry.objects.create(edition=category.edition, category=category, **defaults | values)


def make_finalist(category, **values):
    return Finalist.objects.create(entry=make_entry(category, **values))


def make_local_prize(edition, city="Leipzig", **values):
    return LocalPrize.objects.create(edition=edition, city=city, **values)


def register(entry, local_prize):
    return LocalRegistration.objects.create(entry=entry, local_prize=local_prize)


def make_award(kind, entry, **values):
    return Award.objects.create(kind=kind, entry=entry, **values)


def make_decided_edition(year=2024, *, clusters=2, **values):
    """Two finalists a cluster, cluster winners, one overall winner, one local prize won by nobody's finalist."""
    edition = make_edition(year, **values)
    for _ in range(clusters):
        category = make_category(edition)
        first, _second = make_finalist(category), make_finalist(category)
        make_award(Award.Kind.CLUSTER, first.entry)
    make_award(Award.Kind.OVERALL, first.entry)
    local_prize = make_local_prize(edition)
    local_entry = make_entry(category)
    register(local_entry, local_prize)
    make_award(Award.Kind.LOCAL, local_entry, local_prize=local_prize)
    return edition


def make_sponsor(**values):
    return Sponsor.objects.create(**{"name": f"Stifter {next(_numbers)} GmbH"} | values)


def make_testimonial(**values):
    return Testimonial.objects.create(**{"quote": "Das hat uns geholfen.", "role": "Geschäftsführung"} | values)


def make_full_entry(category, *, image, finalist=True, **values):
    """Everything an entry can show, and what it must never show."""
    defaults = {
        "summary": "Ein Satz zur Erfindung.",
        "body": "<p>Text zum Beitrag.</p>",
        "team": "<p>Vier Menschen.</p>",
        "further_organisations": "Institut für Proben",
        "state": Entry.State.SACHSEN,
        "image": image,
        "film_url": "https://www.youtube.com/watch?v=abc",
        "website": "https://www.example.org/firma",
        "phase": Entry.Phase.MARKET,
        "novelty": Entry.Novelty.NEW,
        "contact_name": "Geheimer Name",
        "contact_email": "geheim@example.org",
        "contact_phone": "0341 999999",
        "note": "geheime Bemerkung",
        "sources": "https://geheim.example/",
    }
    entry = make_entry(category, **defaults | values)
    EntryImage.objects.create(entry=entry, image=image)
    if finalist:
        Finalist.objects.create(entry=entry)
    return entry


def make_full_edition(year=2024, *, image, clusters=2, finalists=-10, winners=-1, **values):
    """Every part of every page of an edition; the local prize and a special prize go to entries without a final."""
    defaults = {
        "motto": "Neues denken",
        "organiser": "Europäische Metropolregion",
        "body": "<p>Ein Jahr mit vielen Ideen.</p>",
        "participation": "<p>So geht die Bewerbung.</p>",
        "prizes_text": "<p>Ein Beitrag kann mehrere Preise gewinnen.</p>",
        "image": image,
        "overall_prize": 15000,
        "announced_total": 70000,
        "applications": 96,
        "shortlist_size": 27,
        "final_jury_size": 23,
        "shortlist_public_at": timezone.now() + timedelta(days=finalists),
        "sources_note": "Nicht alles ist gesichert.",
        "sources": "https://geheim.example/",
    }
    edition = make_edition(year, finalists=finalists, winners=winners, **defaults | values)
    edition.sponsors.add(make_sponsor(logo=image, website="https://www.example.org/"))
    edition.testimonials.add(make_testimonial(photo=image), make_testimonial(name="Erika Beispiel"))
    Criterion.objects.create(edition=edition, name="Innovationsgrad", description="Wie neu ist es?", weight=2)
    Criterion.objects.create(edition=edition, name="Marktfähigkeit")
    JuryMember.objects.create(edition=edition, name="Vera Vorsitz", function="Vorsitz", photo=image)
    StateFigure.objects.create(edition=edition, state="Sachsen", applications=47)
    EditionImage.objects.create(edition=edition, image=image)
    local_prize = make_local_prize(edition, prize=5000, applications=21)
    local_prize.sponsors.add(make_sponsor())
    for _ in range(clusters):
        category = make_category(edition, prize=7500, applications=48)
        category.sponsors.add(make_sponsor())
        JuryMember.objects.create(edition=edition, category=category, name="Karl Kenner", organisation="Institut")
        first = make_full_entry(category, image=image)
        make_full_entry(category, image=image)
        make_full_entry(category, image=image, finalist=False, is_shortlisted=True)
        make_award(Award.Kind.CLUSTER, first, statement="<p>Eine gute Idee.</p>", statement_by="Vera Vorsitz")
    make_award(Award.Kind.OVERALL, first, image=image)
    local_entry = make_full_entry(category, image=image, finalist=False)
    register(local_entry, local_prize)
    make_award(Award.Kind.LOCAL, local_entry, local_prize=local_prize)
    make_award(Award.Kind.SPECIAL, local_entry, special_name="Sonderpreis der Jury")
    return edition
