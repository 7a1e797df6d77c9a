"""Who may be known when: the truth table of the embargo, by the database's clock."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from competition.models import Award, Category, Edition, Entry, Finalist
from tests.competition.factories import (
    make_award,
    make_category,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)

pytestmark = pytest.mark.django_db
NOTHING = {"public": set(), "winners": set(), "awards": set(), "finalists": set(), "categories": None}
ALL_AWARDS = {"overall", "cluster", "local"}


def fill(edition):
    """One entry of every kind there is, called after what it is."""
    category, prize = make_category(edition), make_local_prize(edition)
    make_entry(category, organisation="rest")
    make_entry(category, organisation="shortlisted", is_shortlisted=True)
    make_finalist(category, organisation="finalist")
    overall = make_finalist(category, organisation="overall", is_shortlisted=True)
    local = make_entry(category, organisation="local")
    register(local, prize)
    for kind, entry, values in (
        (Award.Kind.CLUSTER, overall.entry, {}),
        (Award.Kind.OVERALL, overall.entry, {}),
        (Award.Kind.LOCAL, local, {"local_prize": prize}),
    ):
        make_award(kind, entry, **values)
    return edition


def known():
    def organisations(entries):
        return {entry.organisation for entry in entries}

    category = Category.objects.with_public_results().first()
    winner = category and category.announced_winner
    return {
        "public": organisations(Entry.objects.public()),
        "winners": organisations(Entry.objects.winners()),
        "awards": set(Award.objects.announced().values_list("kind", flat=True)),
        "finalists": {one.entry.organisation for one in Finalist.objects.public()},
        "categories": category and (organisations(category.public_finalists), winner and winner.organisation),
    }


SHORTLIST = NOTHING | {"public": {"shortlisted", "overall"}}
FINALISTS = NOTHING | {
    "public": {"finalist", "overall"},
    "finalists": {"finalist", "overall"},
    "categories": ({"finalist", "overall"}, None),
}
WINNERS = FINALISTS | {
    "public": {"finalist", "overall", "local"},
    "winners": {"overall", "local"},
    "awards": ALL_AWARDS,
    "categories": ({"finalist", "overall"}, "overall"),
}


def with_shortlist(stage):
    return stage | {"public": stage["public"] | {"shortlisted"}}


@pytest.mark.parametrize(
    ("shortlist", "finalists", "winners", "expected"),
    [
        (None, None, None, NOTHING),
        (None, 1, 2, NOTHING),
        (1, 2, 3, NOTHING),
        (-1, None, None, SHORTLIST),
        (-1, 1, 2, SHORTLIST),
        (None, -1, None, FINALISTS),
        (None, -1, 1, FINALISTS),
        (-2, -1, 1, with_shortlist(FINALISTS)),
        (None, -2, -1, WINNERS),
        (-3, -2, -1, with_shortlist(WINNERS)),
    ],
)
def test_each_moment_opens_its_stage_and_no_more(shortlist, finalists, winners, expected):
    moment = shortlist and timezone.now() + timedelta(days=shortlist)
    fill(make_edition(shortlist_public_at=moment, finalists=finalists, winners=winners))
    assert known() == expected


def _suspend(edition):
    edition.is_suspended, edition.suspension_reason = True, "Neu gedacht."


def _withdraw(edition):
    edition.withdraw()


def _make_draft(edition):
    edition.released, edition.publish_from = False, None


def _schedule(edition):
    edition.publish_from = timezone.now() + timedelta(days=1)


def _expire(edition):
    edition.publish_until = timezone.now() - timedelta(days=1)


@pytest.mark.parametrize("hide", [_suspend, _withdraw, _make_draft, _schedule, _expire])
def test_of_an_edition_that_is_not_public_itself_nothing_is_known(hide):
    edition = fill(make_edition(shortlist_public_at=timezone.now() - timedelta(days=3), finalists=-2, winners=-1))
    assert known() == with_shortlist(WINNERS)
    hide(edition)
    edition.save()
    assert known() == NOTHING


def test_one_edition_says_nothing_about_another():
    fill(make_edition(2023, finalists=-2, winners=-1))
    before = known()
    secret = fill(make_edition(2024, finalists=-1, winners=1))
    announced = Award.objects.announced()
    assert set(announced.values_list("edition__year", flat=True)) == {2023}
    assert set(Entry.objects.winners().values_list("edition__year", flat=True)) == {2023}
    newest, older = Category.objects.with_public_results()
    assert (newest.edition, newest.announced_winner) == (secret, None)
    assert older.announced_winner.organisation == before["categories"][1]


def test_the_embargo_asks_the_clock_of_the_database_not_of_this_process():
    fill(make_edition(finalists=-1, winners=1))
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert known() == FINALISTS
    Edition.objects.update(winners_public_at=timezone.now() - timedelta(minutes=1))
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        assert known() == WINNERS


def test_finalists_are_alphabetical_whoever_took_the_first_seat_and_whoever_has_won():
    for year, organisations in ((2023, ("Zeta GmbH", "Ärzteteam")), (2024, ("Ärzteteam", "Zeta GmbH"))):
        category = make_category(make_edition(year, finalists=-2, winners=-1))
        first, _ = (make_finalist(category, organisation=name) for name in organisations)
        make_award(Award.Kind.CLUSTER, first.entry)
    for category in Category.objects.with_public_results():
        assert [entry.organisation for entry in category.public_finalists] == ["Ärzteteam", "Zeta GmbH"]


def test_results_of_many_categories_cost_as_many_queries_as_those_of_one(django_assert_num_queries):
    edition = make_edition(finalists=-2, winners=-1)
    for _ in range(5):
        category = make_category(edition)
        make_award(Award.Kind.CLUSTER, make_finalist(category).entry)
        make_finalist(category)
    with django_assert_num_queries(3):
        for category in Category.objects.with_public_results():
            addresses = [entry.get_absolute_url() for entry in category.public_finalists]
            assert category.announced_winner.get_absolute_url() in addresses
