"""The jury at work: an invented edition, never public, whose cluster round and final run at the same time."""

from contextlib import contextmanager
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.html import format_html_join

from competition import jury
from competition.models import (
    Criterion,
    Edition,
    Entry,
    Finalist,
    Panel,
    PanelCategory,
    PanelMember,
    Paper,
    Round,
    Step,
)
from competition.models.papers import papers_storage
from competition.panels import assign
from demo.accounts import make_juror
from demo.competition import EditionParts
from demo.papers import make_pdf
from demo.saving import clean_and_save

APPLICATION = "Bewerbung"
ENTRY_WORDS = ("organisation", "town", "state", "title", "summary", "phase", "novelty")


@contextmanager
def files_gone_on_failure():
    """Files know no rollback: those named in the list are deleted when the load fails."""
    written = []
    try:
        yield written
    except BaseException:
        for name in written:
            papers_storage().delete(name)
        raise


def save_jury_edition(content, year, clusters, contact, administrator, written, advance):
    """Returns [(what for, user name, one-time password), …] of the jurors who can log in."""
    parts = EditionParts(_save_year(content, year, contact))
    for slug in dict.fromkeys(entry["cluster"] for entry in content["entries"]):
        number = sum(entry["cluster"] == slug for entry in content["entries"])
        parts.add_category(slug, cluster=clusters[slug], applications=number)
    for order, criterion in enumerate(content["criteria"], start=1):
        _save_criterion(parts.edition, order, criterion)
    entries = {}
    for entry in content["entries"]:
        entries[entry["organisation"]] = _save_entry(parts, entry, written)
        advance()
    panels = {
        "cluster": _save_panel(parts, Round.Kind.CLUSTER, content["rounds"], content["cluster_panel"]),
        "final": _save_panel(parts, Round.Kind.FINAL, content["rounds"], content["final_panel"]),
    }
    saved = [(one, *_save_juror(one, panels[one["panel"]], administrator)) for one in content["jurors"]]
    for facts, user, _ in saved:
        _let_work(facts, user, panels[facts["panel"]].round, entries)
    return [(facts["purpose"], facts["user_name"], password) for facts, _, password in saved if password]


def _save_year(content, year, contact):
    dates = {name: timezone.localdate() + timedelta(days=days) for name, days in content["dates"].items()}
    return clean_and_save(
        Edition(
            year=year,
            title=content["title"].format(year=year),
            **{name: content[name] for name in ("organiser", "teaser", "sources_note")},
            body=_paragraphs(content["body"]),
            **dates,
            applications=len(content["entries"]),
            contact=contact,
            released=False,
            is_example=True,
        )
    )


def _save_criterion(edition, order, content):
    words = {name: content[name] for name in ("name", "weight", "description")}
    criterion = clean_and_save(Criterion(edition=edition, order=order, **words))
    for value, label in enumerate(content["steps"], start=1):
        clean_and_save(Step(criterion=criterion, value=value, label=label))


# --- Entries and their papers


def _save_entry(parts, content, written):
    entry = Entry(
        edition=parts.edition,
        category=parts.categories[content["cluster"]],
        **{name: content[name] for name in ENTRY_WORDS},
        body=_paragraphs(content["body"]),
        team=_paragraphs([content["team"]]),
        contact_email="bewerbung@example.org",
        is_example=True,
    )
    clean_and_save(entry)
    if content.get("finalist"):
        clean_and_save(Finalist(entry=entry))
    for order, (title, paragraphs) in enumerate(_papers_of(content)):
        _save_paper(entry, order, title, paragraphs, written)
    return entry


def _papers_of(content):
    sender = f"{content['organisation']}, {content['town']} ({content['state']})"
    yield APPLICATION, [sender, content["summary"], *content["body"], *content["market"], content["team"]]
    if "second_paper" in content:
        yield content["second_paper"]["title"], [sender, *content["second_paper"]["paragraphs"]]


def _save_paper(entry, order, title, paragraphs, written):
    pdf = make_pdf(f"{title}: {entry.title}", paragraphs)
    paper = Paper(entry=entry, title=title, order=order, file=ContentFile(pdf, name="unterlage.pdf"))
    paper.full_clean()
    try:
        paper.save()
    finally:
        written.append(paper.file.name)


def _paragraphs(texts):
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts))


# --- Rounds, seats, and what has been done so far


def _save_panel(parts, kind, days, content):
    now = timezone.now()
    round = Round(
        edition=parts.edition,
        kind=kind,
        opens_at=now + timedelta(days=days["opens_in_days"]),
        closes_at=now + timedelta(days=days["closes_in_days"]),
    )
    panel = clean_and_save(Panel(round=clean_and_save(round), name=content["name"]))
    for slug in content.get("clusters", []):
        clean_and_save(PanelCategory(panel=panel, category=parts.categories[slug]))
    return panel


def _save_juror(content, panel, administrator):
    user, password = make_juror(content["user_name"], content["last_name"], can_log_in="purpose" in content)
    seat = PanelMember(panel=panel, user=user)
    seat.full_clean()
    assign(seat, by=administrator)
    return user, password


def _let_work(facts, user, round, entries):
    """Those who can log in have everything before them."""
    reasons = facts.get("recused", {})
    for organisation, reason in reasons.items():
        jury.state_conflict(user, entries[organisation], is_conflicted=True, reason=reason)
    for organisation, points in facts.get("sheets", {}).items():
        jury.state_conflict(user, entries[organisation], is_conflicted=False)
        _submit(user, entries[organisation], points)
    if "vote" in facts:
        for entry in jury.entries_to_declare(user, round):
            jury.state_conflict(user, entry, is_conflicted=False)
        jury.vote(user, round, entries[facts["vote"]])


def _submit(user, entry, points):
    criteria = entry.edition.criteria.all()
    steps = {criterion: criterion.steps.get(value=value) for criterion, value in zip(criteria, points, strict=True)}
    jury.save_sheet(user, entry, steps=steps, notes="", seen_edit_number=0, submit=True)
