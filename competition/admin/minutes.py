"""The minutes of a round, to print: who judged what, what the software ranked, what the jury decided and why."""

from django.utils import timezone

from competition.admin.round_pages import RoundPage, show
from competition.models import Entry, Participation
from competition.progress import progress_of
from competition.rankings import categories_of, finalists_of, rankings_of, read_record, vote_result
from competition.recusals import decisions_visible_to, is_recused_of_any, recused_categories, statements_visible_to


def minutes(model_admin, request, round_):
    user = request.user
    decisions = decisions_visible_to(user).filter(round=round_).select_related("first", "second")
    decisions = sorted(decisions, key=lambda one: one.entered_at)
    for decision in decisions:
        decision.ranking_then = read_record(decision.ranking)
    context = {
        "title": f"Protokoll: {round_}",
        "progress": progress_of(round_, reader=user),
        "criteria": round_.edition.criteria.all(),
        "recusals": _recusals(round_, user),
        "made_at": timezone.now(),
    }
    context |= _of_final(round_, user, decisions) if round_.is_final else {"parts": _parts(round_, user, decisions)}
    return show(model_admin, request, round_, "admin/competition/jury/minutes.html", context)


def _parts(round_, user, decisions):
    categories = categories_of(round_)
    decided = {one.category_id for one in decisions if not one.revoked_at}
    # What is decided shows the ranking of that day. The others are reckoned now.
    open_categories = [one for one in categories if one.pk not in decided]
    rankings = {
        one.category.pk: read_record(one.as_record())
        for one in rankings_of(round_, reader=user, categories=open_categories)
    }
    recused = recused_categories(user, Entry.objects.filter(category__in=categories))
    return [
        {
            "category": category,
            "is_hidden": category.pk in recused,
            "decisions": [one for one in decisions if one.category_id == category.pk],
            "ranking_now": rankings.get(category.pk),
        }
        for category in categories
    ]


def _of_final(round_, user, decisions):
    is_hidden = is_recused_of_any(user, finalists_of(round_))
    return {
        "is_hidden": is_hidden,
        "voted": Participation.objects.filter(round=round_).count(),
        "votes": None if is_hidden else vote_result(round_),
        "decisions": decisions,
    }


def _recusals(round_, user):
    """Who, and of which entry; the reason is nobody's business but the office's."""
    judged = finalists_of(round_) if round_.is_final else Entry.objects.filter(category__panel_categories__round=round_)
    jurors = round_.panels.values("members__user")
    statements = statements_visible_to(user).recused().filter(entry__in=judged, user__in=jurors)
    return statements.select_related("user", "entry").order_by("user__last_name", "user__first_name", "entry__slug")


PAGES = (RoundPage("protokoll/", "minutes", minutes),)
