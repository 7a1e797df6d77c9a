"""Fills an empty portal with real facts and clearly marked examples, through the same rules as the admin."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from tqdm import tqdm

from competition.models import Edition
from competition.results import close_results
from demo import competition, events, jury, pages, pictures, properties
from demo.accounts import make_staff
from demo.clusters import save_clusters, save_network
from demo.saving import clean_and_save, morning_of
from events.models import Event
from news.models import Article, ArticleDownload, ArticleImage, ArticleLink, PressOffice, Rubric
from pages.models import Page
from properties.models import Listing
from publishing.groups import ADMINISTRATORS, EDITORS
from publishing.models import Contact, Document, Image
from publishing.site_version import one_bump_at_the_end

CONTENT = Path(__file__).parent / "content"
FEATURED_DAYS = 60
PRESS_CONTACT, AWARD_CONTACT = "pressestelle", "projektleitung-iq"
OFFICE, TRANSFORMATION = "geschaeftsstelle", "transformation"
RELEASE_STATEMENT = "Zur Veröffentlichung frei ab sofort"
BOILERPLATE = (
    "<p>Die Europäische Metropolregion Mitteldeutschland verbindet Städte, Landkreise, Unternehmen, Kammern, "
    "Verbände und Hochschulen aus Sachsen, Sachsen-Anhalt und Thüringen. Der Verein mit Sitz in Leipzig arbeitet "
    "über Ländergrenzen hinweg an Innovation, Strukturwandel "
    "und der Vermarktung des Standorts und verleiht seit 2005 den IQ Innovationspreis "
    "Mitteldeutschland.</p>"
)
PRESS_ADDRESS = "Pressestelle (Beispiel)\nBeispielstraße 1\n04109 Leipzig"
# Dummy addresses of the source texts; the words of the link stay.
_DUMMY_LINK = re.compile(r'<a href="/beispiel/[^"]*">(.*?)</a>', re.DOTALL)


def is_empty():
    return not any(model.objects.exists() for model in (Article, Event, Edition, Listing, Page, User))


def load(*, show_progress=True):
    """Returns [(what for, user name, one-time password), …]."""
    entries, event_entries = _read("news") + _read("examples"), _read("events")
    editions, example_edition = _read("iq_editions"), _read("iq_example")
    jury_edition, listings = _read("iq_jury"), _read("properties")
    projects, studies, galleries = _read("projects"), _read("studies"), _read("galleries")
    wanted = _pictures_for(entries + event_entries + listings) | competition.pictures_of_example(example_edition)
    wanted |= pages.pictures_of(projects) | pages.pictures_of_galleries(galleries)
    steps = (
        wanted,
        entries,
        event_entries,
        listings,
        projects,
        studies,
        galleries,
        *(edition["entries"] for edition in (*editions, example_edition, jury_edition)),
    )
    with tqdm(total=sum(map(len, steps)), desc="Beispieldaten", unit="", disable=not show_progress) as bar:
        jpegs = pictures.draw_all(list(wanted), bar.update)
        with jury.files_gone_on_failure() as papers, one_bump_at_the_end():
            images = {key: _save_image(key, jpeg) for key, jpeg in jpegs.items()}
            contacts = {entry["slug"]: _save_contact(entry) for entry in _read("contacts")}
            _save_press_office(contacts[PRESS_CONTACT])
            rubrics = {
                entry["name"]: _save_rubric(order, entry) for order, entry in enumerate(_read("rubrics"), start=1)
            }
            clusters = save_clusters(_read("clusters"))
            for entry in _read("networks"):
                save_network(entry, clusters)
            for entry in entries:
                _save_article(entry, rubrics, contacts, images, clusters)
                bar.update()
            for entry in event_entries:
                events.save_event(entry, clusters, images)
                bar.update()
            for entry in listings:
                properties.save_listing(entry, images)
                bar.update()
            _save_pages(projects, studies, clusters, images, contacts, bar.update)
            _save_galleries(galleries, images, bar.update)
            _feature_newest()
            accounts = [
                make_staff("Redaktion", "redaktion", EDITORS),
                make_staff("Administration", "verwaltung", ADMINISTRATORS),
                properties.make_keeper(),
            ]
            award_contact = contacts[AWARD_CONTACT]
            example = _save_award(editions, example_edition, clusters, images, award_contact, bar.update)
            accounts += jury.save_jury_edition(
                jury_edition, example.year + 1, clusters, award_contact, _administrator(), papers, bar.update
            )
            pages.save_connections(_read("connections"))
            return accounts


def _read(name):
    return json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))


def _pictures_for(entries):
    """Gives every entry its own picture: the motif it asks for, in the next variant not used yet."""
    variants = Counter()

    def next_picture(motif):
        variants[motif] += 1
        return motif, variants[motif] - 1

    for entry in entries:
        motif = entry["image"]["motif"] if entry.get("image") else entry.get("motif")
        entry["picture"] = next_picture(motif) if motif else None
        entry["gallery_pictures"] = [next_picture(one) for one in entry.get("gallery", [])]
    return dict.fromkeys(key for entry in entries for key in (entry["picture"], *entry["gallery_pictures"]) if key)


def _save_image(key, jpeg):
    motif, variant = key
    image = Image(
        original=ContentFile(jpeg, name=f"{motif}-{variant}.jpg"),
        alternative_text=_read("motifs")[motif],
        credit=pictures.CREDIT,
        is_for_press=variant < pictures.PRESS_IMAGES_OF_EACH_MOTIF,
    )
    return clean_and_save(image)


def _save_contact(entry):
    names = ("role", "department", "phone", "email", "office", "order")
    values = {name: entry[name] or "" for name in names}
    contact = Contact(**values, topics="\n".join(entry["topics"]), is_example=entry["example"])
    return clean_and_save(contact)


def _save_press_office(contact):
    office = PressOffice(contact=contact, boilerplate=BOILERPLATE, postal_address=PRESS_ADDRESS)
    clean_and_save(office)


def _save_rubric(order, entry):
    rubric = Rubric(name=entry["name"], description=entry["description"], order=order)
    return clean_and_save(rubric)


def _save_article(entry, rubrics, contacts, images, clusters):
    article = Article(
        slug=entry["slug"],
        kind=entry["kind"],
        kicker=entry["kicker"],
        title=entry["title"],
        teaser=entry["lead_de"],
        body=_DUMMY_LINK.sub(r"\1", entry["body_html"]),
        rubric=rubrics.get(entry["category"]),
        image=images.get(entry["picture"]),
        released=not entry.get("draft", False),
        publish_from=_publication_moment(entry),
        release_statement=RELEASE_STATEMENT if entry["kind"] == Article.Kind.PRESS else "",
        contact=contacts.get(entry.get("contact")),
        correction=entry.get("correction", ""),
        corrected_at=morning_of(entry["corrected_on"]) if "corrected_on" in entry else None,
        is_example="image" not in entry,
    )
    clean_and_save(article)
    article.clusters.set([clusters[slug] for slug in entry.get("clusters", [])])
    for order, link in enumerate(entry["links"]):
        if not link["url"].startswith("/beispiel/"):
            clean_and_save(
                ArticleLink(article=article, kind=link["kind"], label=link["label"], url=link["url"], order=order)
            )
    for order, key in enumerate(entry["gallery_pictures"]):
        clean_and_save(ArticleImage(article=article, image=images[key], order=order))
    if "download" in entry:
        clean_and_save(ArticleDownload(article=article, document=_save_document(entry["download"])))


def _publication_moment(entry):
    if "published_on" in entry:
        return morning_of(entry["published_on"])
    if "days_from_today" in entry:
        return morning_of((timezone.localdate() + timedelta(days=entry["days_from_today"])).isoformat())
    return None


def _save_document(entry):
    document = Document(
        title=entry["title"], file=ContentFile(entry["text"].encode("utf-8-sig"), name=entry["file_name"])
    )
    return clean_and_save(document)


def _save_pages(projects, studies, clusters, images, contacts, advance):
    pages.save_office(contacts[OFFICE])
    pages.save_pages(_read("pages"), contacts[OFFICE])
    saved = []
    for entry in projects:
        saved.append(pages.save_project(entry, clusters, images, contacts[TRANSFORMATION]))
        advance()
    for entry in studies:
        pages.save_study(entry, saved)
        advance()


def _save_galleries(galleries, images, advance):
    for entry in galleries:
        pages.save_gallery(entry, images)
        advance()
    for order, entry in enumerate(_read("partners"), start=1):
        pages.save_partner(order, entry)


def _save_award(editions, example, clusters, images, contact, advance):
    texts = _read("iq_texts")
    for edition in editions:
        competition.save_archive_edition(edition, texts[str(edition["year"])], clusters)
        advance(len(edition["entries"]))
    testimonials = {entry["slug"]: competition.save_testimonial(entry) for entry in _read("testimonials")}
    prepared = competition.save_example_edition(example, clusters, images, contact, testimonials, advance)
    close_results(prepared, _administrator())
    return prepared


def _administrator():
    return User.objects.get(groups__name=ADMINISTRATORS)


def _feature_newest():
    newest = Article.objects.published().newest_first().first()
    newest.featured_until = timezone.now() + timedelta(days=FEATURED_DAYS)
    newest.save()
