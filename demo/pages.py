"""Pages, projects, studies, galleries, partners, and what belongs together.

The legal pages have placeholders, which „Heute“ lists.
"""

from datetime import date, timedelta

from django.utils import timezone

from demo.saving import clean_and_save
from pages.models import Gallery, GalleryPhoto, MenuEntry, Office, Page, Partner, Project, Study
from publishing.connections import connect
from publishing.search.sources import SOURCES

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
            part=entry.get("part", ""),
            language=entry.get("language", Page.Language.GERMAN),
            contact=contact if entry["parent"] is None else None,
            **_published(),
        )
        saved[entry["slug"]] = clean_and_save(page)
        if "menu" in entry:
            clean_and_save(MenuEntry(page=page, order=entry["order"], **entry["menu"]))


def save_office(contact):
    office = Office(
        contact=contact,
        street="Beispielstraße 1",
        postcode="04109",
        town="Leipzig",
        hours="Montag bis Donnerstag 9–16 Uhr\nFreitag 9–13 Uhr",
        is_example=True,
    )
    clean_and_save(office)


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


def save_gallery(entry, images):
    pictures = [images[tuple(photo["picture"])] for photo in entry["photos"]]
    gallery = Gallery(
        slug=entry["slug"],
        title=entry["title"],
        teaser=entry["description_de"],
        taken_on=date.fromisoformat(entry["taken_on"]),
        place=entry["place"],
        image=pictures[0],
        is_example=True,
        **_published(),
    )
    clean_and_save(gallery)
    for order, (photo, picture) in enumerate(zip(entry["photos"], pictures, strict=True), start=1):
        clean_and_save(
            GalleryPhoto(
                gallery=gallery,
                image=picture,
                caption=photo["caption_de"],
                legal_ground=GalleryPhoto.LegalGround.NO_PERSONS,
                order=10 * order,
            )
        )
    return gallery


def save_partner(order, entry):
    values = {name: entry[name] for name in ("name", "kind", "website")}
    return clean_and_save(Partner(order=order, is_example=entry["example"], **values))


def save_connections(pairs):
    """Of „projekte:ein-slug“ with „termine:ein-anderer“, as far as both are loaded."""
    for pair in pairs:
        one, other = (_named(words) for words in pair)
        if one and other:
            connect(one, other)


def _named(words):
    source, slug = words.split(":")
    return SOURCES[source].model.objects.filter(slug=slug).first()


def pictures_of_galleries(entries):
    return pictures_of(photo for entry in entries for photo in entry["photos"])


def pictures_of(entries):
    """Drawn for news already: drawing is what loading spends its time on."""
    return dict.fromkeys(tuple(entry["picture"]) for entry in entries)


def _published():
    return {"released": True, "publish_from": timezone.now() - PUBLISHED_BEFORE}
