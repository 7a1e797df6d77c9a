from django.urls import reverse

from pages.models import Gallery, Page, Project, Study
from publishing.models import Contact
from publishing.rich_text import plain_text
from publishing.search.sources import Headline, Source, Words, register

LABELS = {Page: "Seite", Project: "Projekt", Study: "Studie", Gallery: "Galerie"}


def headline(item):
    return Headline(item.title, LABELS[type(item)])


def words_of_page(page):
    return Words(
        title=page.title,
        label=LABELS[Page],
        text=" ".join([page.teaser, plain_text(page.body), plain_text(page.side_notes)]),
    )


def words_of_project(project):
    texts = [project.teaser, plain_text(project.body), ", ".join(project.partner_list), project.funding]
    return Words(title=project.title, label=LABELS[Project], text=" ".join(texts))


def words_of_study(study):
    texts = [study.teaser, ", ".join(study.key_figure_list), study.topic, study.contractor, study.partners]
    return Words(title=study.title, label=LABELS[Study], text=" ".join(texts), day=study.published_on, year=study.year)


def words_of_gallery(gallery):
    """Not the captions: what stands below a photo disappears with it."""
    text = " ".join([gallery.teaser, plain_text(gallery.body), gallery.place])
    return Words(title=gallery.title, label=LABELS[Gallery], text=text, day=gallery.taken_on)


for model, name, label, words_of in (
    (Project, "projekte", "Projekte", words_of_project),
    (Study, "studien", "Studien", words_of_study),
    (Gallery, "galerien", "Galerien", words_of_gallery),
    (Page, "seiten", "Seiten", words_of_page),
):
    public, rows = model.objects.published, model.objects.all
    register(Source(name, label, model, words_of, public=public, rows=rows, headline=headline))


def words_of_contact(contact):
    texts = [", ".join(contact.topic_list), contact.name, contact.department, contact.office]
    return Words(title=contact.role, label="Kontakt", text=" ".join(texts))


def path_of_contact(contact):
    return f"{reverse('pages:contact')}#kontakt-{contact.pk}"


register(
    Source(
        "kontakte",
        "Kontakte",
        Contact,
        words_of_contact,
        public=lambda: Contact.objects.current().with_topics(),
        rows=lambda: Contact.objects.with_topics(),
        path_of=path_of_contact,
    )
)
