"""Plain functions that make complete rows of the jury: rounds, seats, papers, statements, sheets."""

import itertools
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from competition.models import (
    ConflictStatement,
    Criterion,
    Edition,
    Entry,
    Panel,
    PanelCategory,
    PanelMember,
    Paper,
    Round,
    Score,
    Sheet,
)
from tests.competition.factories import make_category, make_edition, make_entry, make_finalist
from tests.factories import make_image

_numbers = itertools.count(1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
POINTS = (1, 2, 3, 4, 5)
WORDS = ("schwach", "ausreichend", "gut", "überzeugend", "herausragend")


def make_juror(name=None, **values):
    name = name or f"juror-{next(_numbers)}"
    return User.objects.create_user(name, password="geheim-genug-123", **values)


def make_round(edition, kind=Round.Kind.CLUSTER, *, opens=-5, closes=5, **values):
    """`opens` and `closes` are days from now: the round runs unless told otherwise."""
    now = timezone.now()
    defaults = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
    return Round.objects.create(edition=edition, kind=kind, **defaults | values)


def make_panel(round, *categories, members=()):
    panel = Panel.objects.create(round=round, name=f"Jury {next(_numbers)}")
    for category in categories:
        PanelCategory.objects.create(panel=panel, category=category)
    for user in members:
        PanelMember.objects.create(panel=panel, user=user)
    return panel


def make_criteria(edition, weights=(2, 1, 1)):
    names = ("Innovationsgrad", "Wirtschaftlichkeit", "Marktfähigkeit")
    criteria = [
        Criterion.objects.create(edition=edition, name=name, weight=weight, order=order, description=f"Zu: {name}.")
        for order, (name, weight) in enumerate(zip(names, weights, strict=True))
    ]
    for criterion in criteria:
        for value, label in zip(POINTS, WORDS, strict=True):
            criterion.steps.create(value=value, label=label)
    return criteria


def make_paper(entry, title="Bewerbung", **values):
    return Paper.objects.create(entry=entry, title=title, file=ContentFile(PDF, name="bewerbung.pdf"), **values)


def make_full_entry(category, **values):
    """Every relation an entry page can show."""
    defaults = {
        "summary": "Eine Erfindung in einem Satz.",
        "body": "<p>Was sie kann.</p><h2>Warum</h2><table><tbody><tr><td><p>1</p></td></tr></tbody></table>",
        "team": "<p>Wer sie gemacht hat.</p>",
        "further_organisations": "Hochschule am Fluss",
        "image": make_image(),
        "film_url": "https://www.example.org/film",
        "website": "https://www.example.org/",
        "phase": Entry.Phase.MARKET,
    }
    entry = make_entry(category, **defaults | values)
    entry.gallery.create(image=make_image())
    make_paper(entry), make_paper(entry, "Anlage")
    return entry


def declare(user, *entries, conflicted=False):
    for entry in entries:
        ConflictStatement.objects.update_or_create(
            user=user,
            entry=entry,
            defaults={"is_conflicted": conflicted, "reason": "Verwandt mit der Gründerin." if conflicted else ""},
        )


def seat_of(user, entry):
    return PanelMember.objects.get(
        user=user, panel__round__kind=Round.Kind.CLUSTER, panel__panel_categories__category=entry.category
    )


def make_sheet(user, entry, points=(3, 3, 3), *, submitted=True, notes=""):
    """As if saved by the juror: `points` in the order of the criteria, None where nothing is chosen."""
    sheet = Sheet.objects.create(
        member=seat_of(user, entry),
        entry=entry,
        notes=notes,
        edit_number=1,
        submitted_at=timezone.now() if submitted else None,
    )
    for criterion, value in zip(entry.edition.criteria.all(), points, strict=True):
        if value is not None:
            Score.objects.create(sheet=sheet, criterion=criterion, step=criterion.steps.get(value=value))
    return sheet


@dataclass
class ClusterRound:
    edition: Edition
    round: Round
    panel: Panel
    category: object
    entries: list
    criteria: list
    juror: User

    @property
    def entry(self):
        return self.entries[0]


def make_cluster_round(*, entries=3, full=False, juror=None, declared=True, year=2024, **values):
    """A running round with one juror, who has declared all entries free unless told otherwise."""
    edition = make_edition(year)
    criteria = make_criteria(edition)
    category = make_category(edition)
    round = make_round(edition, **values)
    juror = juror or make_juror(first_name="Erika", last_name="Beispiel")
    panel = make_panel(round, category, members=[juror])
    rows = [make_full_entry(category) if full else make_entry(category) for _ in range(entries)]
    if declared:
        declare(juror, *rows)
    return ClusterRound(edition, round, panel, category, rows, criteria, juror)


@dataclass
class Final:
    edition: Edition
    round: Round
    panel: Panel
    entries: list
    jurors: list

    @property
    def juror(self):
        return self.jurors[0]


def make_final(*, clusters=2, jurors=1, declared=True, year=2024, **values):
    """A running final: two finalists a cluster, every juror free of conflicts unless told otherwise."""
    edition = make_edition(year)
    entries = []
    for _ in range(clusters):
        category = make_category(edition)
        entries += [make_finalist(category, summary="Ein Satz.").entry for _ in range(2)]
    round = make_round(edition, Round.Kind.FINAL, **values)
    users = [make_juror() for _ in range(jurors)]
    panel = make_panel(round, members=users)
    if declared:
        for user in users:
            declare(user, *entries)
    return Final(edition, round, panel, entries, users)


def end(round, days_ago=1):
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(
        opens_at=now - timedelta(days=days_ago + 10), closes_at=now - timedelta(days=days_ago)
    )
    round.refresh_from_db()


def remove_seats_of(user):
    PanelMember.objects.filter(user=user).update(removed_at=timezone.now())


def sheet_data(entry, points=(3, 3, 3), *, notes="", edit_number=0, action=""):
    """What the form of the rating sheet sends."""
    data = {"notizen": notes, "fassung": edit_number, "aktion": action}
    for criterion, value in zip(entry.edition.criteria.all(), points, strict=True):
        if value is not None:
            data[f"stufe-{criterion.pk}"] = criterion.steps.get(value=value).pk
    return data
