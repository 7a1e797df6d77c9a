import pytest

from news.models import Article, PressOffice
from tests.factories import make_article, make_contact, make_draft, make_press_office, make_rubric
from tests.publishing.article_form import change_path, form_data

pytestmark = pytest.mark.django_db


def test_a_draft_with_words_that_age_is_saved_with_a_warning(editor_client):
    draft = make_draft(rubric=make_rubric())
    response = editor_client.post(change_path(draft), form_data(draft, teaser="Heute geht es los."), follow=True)
    assert Article.objects.get().teaser == "Heute geht es los."
    assert "Diese Wörter stimmen bald nicht mehr: „heute“." in response.content.decode()


def test_words_that_age_stop_the_release_until_somebody_decides(editor_client):
    draft = make_draft(teaser="Heute geht es los.", rubric=make_rubric())
    response = editor_client.post(change_path(draft), form_data(draft, _release="1"))
    assert response.status_code == 200
    assert response.context["adminform"].form.ageing_words == ["heute"]
    kept = form_data(draft, _release="1", keep_ageing_words="1")
    assert editor_client.post(change_path(draft), kept).status_code == 302
    article = Article.objects.get()
    assert article.is_public
    assert editor_client.post(change_path(article), form_data(article, kicker="neu")).status_code == 302
    newer = form_data(Article.objects.get(), teaser="Heute und demnächst.")
    response = editor_client.post(change_path(article), newer)
    assert response.context["adminform"].form.ageing_words == ["demnächst"]


def test_a_correction_note_gets_its_date_by_itself(editor_client):
    article = make_article(rubric=make_rubric())
    editor_client.post(change_path(article), form_data(article, correction="Es waren 30, nicht 20."))
    article.refresh_from_db()
    assert article.correction == "Es waren 30, nicht 20."
    assert article.corrected_at > article.publish_from


def test_a_copy_is_a_draft_without_the_history_of_its_model(editor_client):
    article = make_article(rubric=make_rubric(), correction="Es waren 30.")
    response = editor_client.post(f"/admin/news/article/{article.pk}/kopieren/")
    twin = Article.objects.exclude(pk=article.pk).get()
    assert response.headers["Location"] == change_path(twin)
    assert (twin.title, twin.body, twin.state.name) == (f"Kopie von {article.title}", article.body, "draft")
    assert (twin.correction, twin.corrected_at) == ("", None)


def test_there_is_one_press_office(editor_client):
    assert editor_client.get("/admin/news/pressoffice/add/").status_code == 200
    make_press_office(contact=make_contact())
    assert editor_client.get("/admin/news/pressoffice/add/").status_code == 403
    assert PressOffice.objects.count() == 1
