"""A round's overview, its rankings, sheets to print, and its export."""

from collections import Counter
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from competition import ratings_export
from competition.admin.round_pages import RoundPage, address, back, judged_category, show
from competition.jury import finalists_of, without_recused
from competition.jury_decisions import entries_to_choose, has_results
from competition.models import Decision, Entry, PanelCategory, Participation, Sheet
from competition.models.prizes import alphabetical
from competition.progress import progress_of
from competition.rankings import SHOWN, categories_of, ranking_of, vote_result
from competition.recusals import is_recused_of_any
from publishing.tables import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

FORMATS = {
    "csv": (as_csv, CSV_TYPE),
    "xlsx": (partial(as_xlsx, title="Bewertungen"), XLSX_TYPE),
}


# --- overview


def overview(model_admin, request, round_):
    context = {
        "title": str(round_),
        "state": model_admin.state_label(round_),
        "progress": progress_of(round_, reader=request.user),
        "criteria": round_.edition.criteria.prefetch_related("steps"),
        "exports": [
            ("Export für Excel (XLSX)", address(round_, "export_xlsx")),
            ("Export als CSV", address(round_, "export_csv")),
        ],
    }
    context |= _final(round_, request.user) if round_.is_final else {"rows": _category_rows(round_, request.user)}
    return show(model_admin, request, round_, "admin/competition/jury/overview.html", context)


def _category_rows(round_, user):
    """Numbers only: who leads stands on the cluster's own page."""
    panels = PanelCategory.objects.filter(round=round_).select_related("panel")
    panel_of = {one.category_id: one.panel for one in panels}
    entries = without_recused(Entry.objects.filter(category__panel_categories__round=round_), user)
    category_of = dict(entries.values_list("pk", "category"))
    sheets = Sheet.objects.counting().filter(member__panel__round=round_).values_list("entry", flat=True)
    numbers = Counter(category_of.values())
    counting = Counter(category_of[entry] for entry in sheets if entry in category_of)
    decided = dict(_decisions_in_force(round_).values_list("category", "decided_on"))
    return [
        {
            "category": category,
            "panel": panel_of[category.pk],
            "entries": numbers[category.pk],
            "sheets": counting[category.pk],
            "decided_on": decided.get(category.pk),
            "ranking_path": address(round_, "ranking", category.pk),
            "decide_path": address(round_, "decide", category.pk),
        }
        for category in categories_of(round_)
    ]


def _final(round_, user):
    """The counts only after the end; before that not even an empty table."""
    return {
        "voted": Participation.objects.filter(round=round_).count(),
        "votes": vote_result(round_, reader=user),
        "is_recused": is_recused_of_any(user, finalists_of(round_)),
        "decision": _decisions_in_force(round_).first(),
        "has_results": has_results(round_),
        "decide_path": address(round_, "decide_final"),
    }


def _decisions_in_force(round_):
    return Decision.objects.filter(round=round_, revoked_at__isnull=True)


# --- ranking


def ranking(model_admin, request, round_, category):
    category = judged_category(round_, category)
    context = {
        "title": f"Rangfolge: {category}",
        "category": category,
        "ranking": ranking_of(round_, category, reader=request.user),
        "is_decided": _decisions_in_force(round_).filter(category=category).exists(),
        "has_results": has_results(round_, category),
        "decide_path": address(round_, "decide", category.pk),
        "others": [(one, address(round_, "ranking", one.pk)) for one in categories_of(round_)],
    }
    return show(model_admin, request, round_, "admin/competition/jury/ranking.html", context)


# --- sheets to print


def sheets(model_admin, request, round_, category):
    """For who would rather write by hand: blank, a page for each entry."""
    category = judged_category(round_, category)
    entries = without_recused(entries_to_choose(round_, category), request.user)
    context = {
        "title": f"Jurybögen: {category}",
        "category": category,
        "entries": alphabetical(entries.only(*SHOWN, "summary")),
        "criteria": round_.edition.criteria.prefetch_related("steps"),
        "printed_at": timezone.now(),
    }
    return show(model_admin, request, round_, "admin/competition/jury/sheets.html", context)


# --- export


def export(model_admin, request, round_, kind):
    write, content_type = FORMATS[kind]
    try:
        content = ratings_export.export_ratings(round_, request.user, write)
    except ratings_export.NothingToExport as reason:
        return back(model_admin, request, address(round_), str(reason), messages.WARNING)
    response = HttpResponse(content, content_type=content_type)
    day = timezone.localdate()
    name = f"{'stimmen' if round_.is_final else 'bewertungen'}-{round_.edition.year}-{day:%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def export_csv(model_admin, request, round_):
    return export(model_admin, request, round_, "csv")


def export_xlsx(model_admin, request, round_):
    return export(model_admin, request, round_, "xlsx")


PAGES = (
    RoundPage("uebersicht/", "overview", overview),
    RoundPage("rangfolge/<int:category>/", "ranking", ranking),
    RoundPage("boegen/<int:category>/", "sheets", sheets),
    # It writes a line of the log: no link that somebody's browser opens in advance.
    RoundPage("bewertungen.csv", "export_csv", export_csv, methods=("POST",)),
    RoundPage("bewertungen.xlsx", "export_xlsx", export_xlsx, methods=("POST",)),
)
