"""Editorial pages, projects and studies. The legal pages have placeholders, which „Heute“ lists."""

from datetime import date, timedelta

from django.utils import timezone

from demo.saving import clean_and_save
from pages.models import MenuEntry, Page, Project, Study

PUBLISHED_BEFORE = timedelta(days=30)
STATUS = {
    "laufend": Project.Status.RUNNING,
    "abgeschlossen": Project.Status.COMPLETED,
    "ausgesetzt": Project.Status.SUSPENDED,
}


def save_pages(entries, contact):
    saved = {}
    for entry in entries:
        page = Page(
            slug=entry["slug"],
            title=entry["title"],
            teaser=entry["lead_de"],
            body=entry["body_html"],
            parent=saved.get(entry["parent"]),
            figures_as_of=entry["figures_as_of"] or "",
            order=entry["order"],
            contact=contact if entry["parent"] is None else None,
            **_published(),
        )
        saved[entry["slug"]] = clean_and_save(page)
        if "menu" in entry:
            clean_and_save(MenuEntry(page=page, order=entry["order"], **entry["menu"]))


def save_project(entry, clusters, images, contact):
    project = Project(
        slug=entry["slug"],
        title=entry["name"],
        teaser=entry["teaser"],
        body=entry["description_html"],
        image=images[tuple(entry["picture"])],
        status=STATUS[entry["status"]],
        period_text=entry["period_text"],
        start_year=entry["start_year"],
        end_year=entry["end_year"],
        funding=entry["funding"] or "",
        partners="\n".join(entry["partners"] or []),
        website=entry["website"] or "",
        contact=contact,
        is_uncertain=entry["uncertain"],
        **_published(),
    )
    clean_and_save(project).clusters.set([clusters[slug] for slug in entry["clusters"]])
    return project


def save_study(entry, projects):
    study = Study(
        slug=entry["slug"],
        title=entry["title"],
        teaser=entry["summary_de"],
        topic=entry["topic"],
        contractor=entry["contractor"] or "",
        year=entry["year"],
        published_on=date.fromisoformat(entry["published_on"]) if entry["published_on"] else None,
        series=entry["series"] or "",
        partners=entry["partners"] or "",
        versions=", ".join(entry["versions"]),
        project=next((one for one in projects if one.title in (entry["series"] or "")), None),
        is_uncertain=entry["uncertain"],
        **_published(),
    )
    return clean_and_save(study)


def pictures_of(entries):
    """Drawn for news already: drawing is what loading spends its time on."""
    return dict.fromkeys(tuple(entry["picture"]) for entry in entries)


def _published():
    return {"released": True, "publish_from": timezone.now() - PUBLISHED_BEFORE}
