from pages.models import Page, Project, Study
from publishing.rich_text import plain_text
from publishing.search.sources import Source, Words, register


def words_of_page(page):
    return Words(
        title=page.title,
        label="Seite",
        text=" ".join([page.teaser, plain_text(page.body), plain_text(page.side_notes)]),
    )


def words_of_project(project):
    texts = [project.teaser, plain_text(project.body), ", ".join(project.partner_list), project.funding]
    return Words(title=project.title, label="Projekt", text=" ".join(texts))


def words_of_study(study):
    texts = [study.teaser, ", ".join(study.key_figure_list), study.topic, study.contractor, study.partners]
    return Words(title=study.title, label="Studie", text=" ".join(texts), day=study.published_on, year=study.year)


for model, name, label, words_of in (
    (Project, "projekte", "Projekte", words_of_project),
    (Study, "studien", "Studien", words_of_study),
    (Page, "seiten", "Seiten", words_of_page),
):
    register(Source(name, label, model, words_of, public=model.objects.published, rows=model.objects.all))
