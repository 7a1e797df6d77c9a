"""Several editors at one article, words that age, and the way back to an old version."""

import pytest

from news.models import Article
from tests.browser.test_admin_writing import press
from tests.factories import make_article, make_draft, make_editor, make_rubric

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def change_path(article):
    return f"/admin/news/article/{article.pk}/change/"


def test_the_second_of_two_editors_sees_both_versions_and_decides(open_page, editor):
    article = make_draft(title="Erster Titel", rubric=make_rubric())
    erika = open_page(editor)
    jonas = open_page(make_editor("jonas"))
    erika.goto(change_path(article))
    jonas.goto(change_path(article))
    erika.locator("#id_title").fill("Titel von Erika")
    press(erika, "Entwurf speichern")
    jonas.locator("#id_title").fill("Titel von Jonas")
    press(jonas, "Entwurf speichern")

    conflict = jonas.get_by_role("region", name="Zwei Fassungen")
    row = conflict.locator("tbody tr").filter(has_text="Titel")
    assert row.locator("th, td").all_inner_texts() == ["Titel", "Titel von Erika", "Titel von Jonas"]
    assert "erika" in conflict.inner_text()
    assert jonas.locator("#id_title").input_value() == "Titel von Jonas"
    assert Article.objects.get().title == "Titel von Erika"

    # Saving once more without a decision changes nothing.
    press(jonas, "Entwurf speichern")
    assert Article.objects.get().title == "Titel von Erika"
    jonas.get_by_label("Meine Fassung speichern").check()
    press(jonas, "Entwurf speichern")
    assert Article.objects.get().title == "Titel von Jonas"
    titles = Article.objects.get().history.values_list("title", flat=True)
    assert list(titles) == ["Titel von Jonas", "Titel von Erika", "Erster Titel"]


def test_words_that_age_ask_once_and_the_decision_is_remembered(editor_page):
    article = make_draft(title="Start", teaser="Heute ist Frühbucherschluss.", rubric=make_rubric())
    page = editor_page
    page.goto(change_path(article))
    press(page, "Veröffentlichen")
    assert (
        "Diese Wörter stimmen bald nicht mehr: „heute“, „Frühbucher“."
        in page.locator(".errornote ~ *").first.inner_text()
    )
    assert not Article.objects.get().released
    page.get_by_label("Diese Wörter behalten: heute, Frühbucher").check()
    press(page, "Veröffentlichen")
    assert page.locator(".publication-box .state").inner_text() == "öffentlich"
    page.locator("#id_kicker").fill("Kongress")
    press(page, "Speichern")
    assert Article.objects.get().kicker == "Kongress"


def test_an_old_version_brings_back_its_words_and_nothing_else(editor_page):
    article = make_article(title="Alter Titel", body="<p>Alte Worte.</p>", rubric=make_rubric())
    article.title, article.body = "Neuer Titel", "<p>Neue Worte.</p>"
    article.withdraw()
    article.save()
    page = editor_page
    page.goto(change_path(article))
    page.get_by_role("link", name="Verlauf").click()
    page.locator("#change-history tbody tr").first.wait_for()
    changes = page.locator("#change-history tbody tr").first.locator("li").all_inner_texts()
    assert "Titel: Alter Titel → Neuer Titel" in changes
    assert "Text: Alte Worte. → Neue Worte." in changes
    assert "Freigegeben: ja → nein" in changes
    page.get_by_role("link", name="Diese Fassung ansehen").last.click()
    rows = page.locator(".differences tbody tr")
    rows.first.wait_for()
    assert [row.locator("th, td").all_inner_texts() for row in rows.all()] == [
        ["Titel", "Alter Titel", "Neuer Titel"],
        ["Text", "Alte Worte.", "Neue Worte."],
    ]
    press(page, "Diese Fassung wiederherstellen")
    restored = Article.objects.get()
    assert (restored.title, restored.body) == ("Alter Titel", "<p>Alte Worte.</p>")
    assert not restored.released
    assert page.locator(".publication-box .state").inner_text() == "zurückgezogen"
