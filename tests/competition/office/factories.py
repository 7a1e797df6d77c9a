"""Rounds with juries, sheets and votes, as small or as large as a test needs them."""

import itertools
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from competition.models import (
    ConflictStatement,
    Criterion,
    Panel,
    PanelCategory,
    PanelMember,
    Paper,
    Participation,
    Round,
    Score,
    Sheet,
    Step,
    VoteCount,
)
from publishing.slugs import german_slug
from tests.competition.factories import make_category, make_edition, make_entry

_numbers = itertools.count(1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def make_round(edition=None, *, kind=Round.Kind.CLUSTER, opens=-10, closes=-1, **values):
    """Over since yesterday unless told otherwise; `opens` and `closes` are days from now."""
    now = timezone.now()
    return Round.objects.create(
        edition=edition or make_edition(2026),
        kind=kind,
        opens_at=now + timedelta(days=opens),
        closes_at=now + timedelta(days=closes),
        **values,
    )


def reopen(round_):
    """Behind the model's back: in real life it is simply earlier."""
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() + timedelta(days=3))
    round_.refresh_from_db()


def close(round_):
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    round_.refresh_from_db()


def make_criteria(edition, **weights):
    """make_criteria(edition, Innovationsgrad=2, Marktfähigkeit=1), each with steps 1 to 5."""
    weights = weights or {"Innovationsgrad": 2, "Wirtschaftlichkeit": 1, "Marktfähigkeit": 1}
    criteria = []
    for order, (name, weight) in enumerate(weights.items()):
        criterion = Criterion.objects.create(edition=edition, name=name, weight=weight, order=order)
        Step.objects.bulk_create([Step(criterion=criterion, value=one, label=f"Stufe {one}") for one in range(1, 6)])
        criteria.append(criterion)
    return criteria


def make_panel(round_, *categories, name=None):
    panel = Panel.objects.create(round=round_, name=name or f"Jury {next(_numbers)}")
    for category in categories:
        PanelCategory.objects.create(panel=panel, category=category)
    return panel


def make_juror(first_name="Jutta", last_name=None, **values):
    number = next(_numbers)
    last_name = last_name or f"Juror{number:03}"
    defaults = {"email": f"{german_slug(last_name)}@example.org"}
    return User.objects.create_user(f"juror-{number}", first_name=first_name, last_name=last_name, **defaults | values)


def make_seat(panel, user=None, **values):
    return PanelMember.objects.create(panel=panel, user=user or make_juror(**values))


def rate(seat, entry, *points, submitted=True, notes=""):
    """One value for each criterion of the edition, in their order; one alone for all of them."""
    criteria = list(entry.edition.criteria.all())
    points = points * len(criteria) if len(points) == 1 else points
    sheet = Sheet.objects.create(
        member=seat, entry=entry, notes=notes, submitted_at=timezone.now() if submitted else None, edit_number=1
    )
    for criterion, value in zip(criteria, points, strict=True):
        Score.objects.create(sheet=sheet, criterion=criterion, step=criterion.steps.get(value=value))
    return sheet


def state(user, entry, *, conflicted=False, reason="verwandt", by_office=False):
    return ConflictStatement.objects.create(
        user=user,
        entry=entry,
        is_conflicted=conflicted,
        reason=reason if conflicted else "",
        is_by_office=by_office,
    )


def cast_votes(round_, votes, voters):
    """votes: {finalist: number}; voters: who has taken part. Nothing joins the two here either."""
    VoteCount.prepare(round_)
    for finalist, number in votes.items():
        VoteCount.objects.filter(round=round_, finalist=finalist).update(votes=number)
    for user in voters:
        Participation.objects.create(round=round_, user=user)


def make_paper(entry, title="Geschäftsplan", content=PDF):
    return Paper.objects.create(entry=entry, title=title, file=ContentFile(content, name="plan.pdf"))


def make_rated_category(*, jurors=3, entries=3, round_=None, **round_values):
    """A round that is over: one panel, one cluster, every juror has rated every entry; the first entry is the best."""
    round_ = round_ or make_round(**round_values)
    if not round_.edition.criteria.exists():
        make_criteria(round_.edition)
    category = make_category(round_.edition)
    panel = make_panel(round_, category)
    seats = [make_seat(panel) for _ in range(jurors)]
    rated = [make_entry(category) for _ in range(entries)]
    for seat in seats:
        for place, entry in enumerate(rated):
            rate(seat, entry, max(1, 5 - place))
    return round_, category, seats, rated


def make_crowd(*, entries, jurors, clusters=5, kind=Round.Kind.CLUSTER):
    """Everything of a large round, added in bulk: statements, sheets, scores, one removed seat."""
    round_ = make_round(kind=kind, opens=-10, closes=-1)
    criteria = make_criteria(round_.edition)
    steps = {one.pk: list(one.steps.all()) for one in criteria}
    categories = [make_category(round_.edition) for _ in range(clusters)]
    panel = make_panel(round_, *(categories if kind == Round.Kind.CLUSTER else ()))
    seats = [make_seat(panel) for _ in range(jurors)]
    PanelMember.objects.filter(pk=make_seat(panel).pk).update(removed_at=timezone.now())
    rows = [make_entry(categories[number % clusters]) for number in range(entries)]
    pairs = [(seat, entry) for seat in seats for entry in rows]
    ConflictStatement.objects.bulk_create(
        ConflictStatement(user=seat.user, entry=entry, is_conflicted=False) for seat, entry in pairs
    )
    now = timezone.now()
    sheets = Sheet.objects.bulk_create(Sheet(member=seat, entry=entry, submitted_at=now) for seat, entry in pairs)
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=criterion, step=steps[criterion.pk][(number + index) % 5])
        for number, sheet in enumerate(sheets)
        for index, criterion in enumerate(criteria)
    )
    return round_, categories, seats, rows
