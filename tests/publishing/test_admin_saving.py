import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from news.models import Article, ArticleLink
from publishing.models.published import DRAFT, PUBLIC, SCHEDULED, WITHDRAWN
from tests.factories import make_article, make_draft, make_editor, make_rubric, make_scheduled
from tests.publishing.article_form import change_path, form_data

ADD = "/admin/news/article/add/"


@pytest.mark.django_db
def test_what_is_missing_is_said_and_what_was_typed_is_kept(editor_client):
    response = editor_client.post(ADD, form_data(title="Getippter Titel", teaser="", body="", _release="1"))
    assert response.status_code == 200
    page = response.content.decode()
    assert "Vor der Veröffentlichung fehlt noch: der Vorspann, der Text, die Rubrik." in page
    assert 'value="Getippter Titel"' in page
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_refused_release_still_shows_what_the_item_is(editor_client):
    draft = make_draft()
    response = editor_client.post(change_path(draft), form_data(draft, teaser="", _release="1"))
    assert response.context["stored_state"] is DRAFT
    assert "Entwurf speichern" in response.content.decode()


@pytest.mark.django_db
def test_releasing_planning_and_withdrawing_by_button(editor_client):
    draft = make_draft(rubric=make_rubric())
    editor_client.post(change_path(draft), form_data(draft, _release="1"))
    draft.refresh_from_db()
    assert draft.state is PUBLIC
    editor_client.post(change_path(draft), form_data(draft, _withdraw="1"))
    draft.refresh_from_db()
    assert draft.state is WITHDRAWN
    planned = make_draft(rubric=make_rubric())
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"publish_from_0": f"{tomorrow:%d.%m.%Y}", "publish_from_1": "10:00"}
    editor_client.post(change_path(planned), form_data(planned, _release="1", **when))
    planned.refresh_from_db()
    assert planned.state is SCHEDULED


@pytest.mark.django_db
def test_saving_keeps_the_second_in_which_an_item_went_public(editor_client):
    moment = timezone.now().replace(second=41, microsecond=123456) - timedelta(hours=3)
    article = make_article(publish_from=moment, rubric=make_rubric())
    assert editor_client.post(change_path(article), form_data(article, kicker="neu")).status_code == 302
    article.refresh_from_db()
    assert (article.kicker, article.publish_from) == ("neu", moment)


@pytest.mark.django_db
def test_emptying_the_start_of_a_public_item_does_not_make_it_news_again(editor_client):
    article = make_article(days_ago=9, rubric=make_rubric())
    data = form_data(article, publish_from_0="", publish_from_1="")
    assert editor_client.post(change_path(article), data).status_code == 302
    assert Article.objects.get().publish_from == article.publish_from


@pytest.mark.django_db
def test_a_newer_save_is_shown_and_only_replaced_when_told_to(editor_client):
    article = make_draft(title="Alt")
    mine = form_data(article, title="Meine")
    article.title = "Ihre"
    article.save()
    response = editor_client.post(change_path(article), mine)
    form = response.context["adminform"].form
    assert [(one.label, one.theirs, one.mine) for one in form.differences] == [("Titel", "Ihre", "Meine")]
    assert Article.objects.get().title == "Ihre"
    article.teaser = "Noch neuer"
    article.save()
    stale_decision = mine | {"overwrite": str(form.edit_number_to_overwrite)}
    assert editor_client.post(change_path(article), stale_decision).status_code == 200
    assert Article.objects.get().teaser == "Noch neuer"
    assert editor_client.post(change_path(article), mine | {"overwrite": str(article.edit_number)}).status_code == 302
    assert Article.objects.get().title == "Meine"


@pytest.mark.django_db
def test_a_newer_save_that_agrees_is_no_conflict(editor_client):
    article = make_draft(title="Gleich")
    mine = form_data(article)
    article.save()
    assert editor_client.post(change_path(article), mine).status_code == 302


@pytest.mark.django_db
def test_rows_somebody_else_changed_are_not_silently_set_back(editor_client):
    article = make_draft()
    link = ArticleLink.objects.create(article=article, label="Alt", url="https://www.example.org/")
    mine = form_data(article)
    link.label = "Ihre Fassung"
    link.save()
    article.save()
    response = editor_client.post(change_path(article), mine)
    assert response.status_code == 200
    assert [(one.label, one.theirs, one.mine) for one in response.context["adminform"].form.differences] == [
        ("Link", "Ihre Fassung", "Alt")
    ]
    link.refresh_from_db()
    assert link.label == "Ihre Fassung"


@pytest.mark.django_db
def test_a_row_somebody_else_deleted_costs_nobody_their_text(editor_client):
    article = make_draft()
    link = ArticleLink.objects.create(article=article, label="Weg", url="https://www.example.org/")
    mine = form_data(article, title="Getippter Titel")
    link.delete()
    article.save()
    response = editor_client.post(change_path(article), mine)
    assert response.status_code == 200
    assert 'value="Getippter Titel"' in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
def test_of_two_saves_in_the_same_instant_one_is_asked():
    article = make_draft(title="Alt")
    start = threading.Barrier(2)
    answers = {}

    def save(name, title):
        client = Client()
        client.force_login(make_editor(name))
        data = form_data(article, title=title)
        start.wait()
        answers[title] = client.post(change_path(article), data).status_code
        connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in (("erika", "Eins"), ("jonas", "Zwei"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [200, 302]
    saved = next(title for title, status in answers.items() if status == 302)
    assert Article.objects.get().title == saved
    assert Article.objects.get().history.count() == 2


@pytest.mark.django_db
def test_the_action_releases_what_is_complete_and_says_what_the_rest_lacks(editor_client):
    complete, planned = make_draft(rubric=make_rubric()), make_scheduled(rubric=make_rubric())
    poor, ageing = make_draft(teaser=""), make_draft(teaser="Heute ist es so weit.", rubric=make_rubric())
    keys = [one.pk for one in (complete, planned, poor, ageing)]
    data = {"action": "release_selected", "_selected_action": keys}
    page = editor_client.post("/admin/news/article/", data, follow=True).content.decode()
    released = set(Article.objects.filter(released=True).values_list("pk", flat=True))
    assert released == {complete.pk, planned.pk}
    assert "2 Inhalte veröffentlicht oder geplant." in page
    assert f"„{poor.title}“ bleibt, wie es ist. Vor der Veröffentlichung fehlt noch: der Vorspann, die Rubrik." in page
    assert f"„{ageing.title}“ bleibt, wie es ist. Diese Wörter stimmen bald nicht mehr: „heute“." in page
    assert complete.history.first().history_user.username == "erika"


@pytest.mark.django_db
def test_the_action_withdraws_and_counts_only_what_was_released(editor_client):
    article, draft = make_article(), make_draft()
    data = {"action": "withdraw_selected", "_selected_action": [article.pk, draft.pk]}
    page = editor_client.post("/admin/news/article/", data, follow=True).content.decode()
    assert "Ein Inhalt zurückgezogen." in page
    assert (Article.objects.get(pk=article.pk).state, Article.objects.get(pk=draft.pk).state) == (WITHDRAWN, DRAFT)


@pytest.mark.django_db
def test_deleting_several_leaves_a_trace_at_each_public_address(editor_client):
    articles = [make_article(), make_article()]
    draft = make_draft()
    data = {
        "action": "delete_selected",
        "_selected_action": [one.pk for one in (*articles, draft)],
        "post": "yes",
    }
    editor_client.post("/admin/news/article/", data)
    assert not Article.objects.exists()
    assert [editor_client.get(one.get_absolute_url()).status_code for one in articles] == [410, 410]
    assert editor_client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["news/article", "publishing/image", "publishing/document", "publishing/contact"])
def test_a_list_needs_as_many_queries_for_many_rows_as_for_few(editor_client, django_assert_max_num_queries, model):
    from tests.factories import make_full_article

    path = f"/admin/{model}/"
    make_full_article()
    editor_client.get(path)
    with django_assert_max_num_queries(20) as few:
        assert editor_client.get(path).status_code == 200
    for _ in range(6):
        make_full_article()
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(path).status_code == 200


@pytest.mark.django_db
def test_a_deleted_item_comes_back_from_its_history_as_a_draft(editor_client):
    article = make_article(title="Versehentlich gelöscht", rubric=make_rubric())
    version = article.history.first()
    key = article.pk
    article.delete()
    path = f"/admin/news/article/{key}/history/{version.pk}/"
    assert editor_client.get(path).status_code == 200
    editor_client.post(path, form_data(version.instance, slug=version.slug))
    assert not Article.objects.filter(released=True).exists()
