"""Which links are found, when they are asked again, and what editors get to see of the broken ones."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Organiser
from news.models import ArticleLink
from properties.models import Land
from publishing.link_check import checking, outside
from publishing.link_check.collecting import all_links, link_fields
from publishing.models import LinkCheck, LinkUse, Redirect, SiteVersion
from publishing.models.link import FAILURES_UNTIL_BROKEN, Outcome
from publishing.site_version import is_content
from tests.competition.factories import make_category, make_edition, make_entry
from tests.competition.jury.factories import declare
from tests.factories import make_article, make_draft, make_editor, make_press_office, make_rubric
from tests.properties.factories import make_district_user, make_land
from tests.publishing.article_form import form_data

pytestmark = pytest.mark.django_db
GOOD, BAD = "https://gut.example/seite", "https://weg.example/seite"


class Asker:
    """Other hosts as a test wants them."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def ask(self, url):
        self.asked.append(url)
        return outside.Answer.of(self.answers.get(url.split("/")[2].split(".")[0], 200))


def run(asker=None, **options):
    checking.write_down_all_links()
    return checking.check(list(checking.due_links(**options)), asker=asker or Asker(weg=404))


def with_links(*links, **values):
    body = "".join(f'<p><a href="{link}">Mehr</a></p>' for link in links)
    return make_article(body=body, **values)


def found():
    return {(one.url, str(one.owner), one.field_label, one.is_public) for one in all_links()}


def test_links_of_texts_fields_rows_and_redirects_are_found_and_nothing_else():
    article = with_links(
        GOOD, "/termine/", "#unten", "mailto:a@example.org", "tel:+49341", f"{GOOD}#teil", title="Eins"
    )
    draft = make_draft(title="Zwei", body=f'<p><a href="{BAD}">x</a></p>')
    ArticleLink.objects.create(
        article=article, kind=ArticleLink.Kind.values[0], label="Mehr", url="https://zeile.example/"
    )
    Organiser.objects.create(name="Kammer", website="https://kammer.example/")
    Redirect.objects.create(old_path="/alt/", new_path="/presse/#bilder")
    make_press_office(boilerplate='<p><a href="https://ueber.example/">Über uns</a></p>')
    land = make_land(body='<p><a href="https://flaeche.example/">Plan</a></p>')
    mine = {one for one in found() if not one[1].startswith("IHK")}
    assert {one for one in mine if one[1] in ("Eins", "Zwei")} == {
        (GOOD, "Eins", "Text", True),
        ("https://portal.example/termine/", "Eins", "Text", True),
        ("https://zeile.example/", "Eins", f"{ArticleLink._meta.verbose_name}: Adresse", True),
        (BAD, "Zwei", "Text", False),
    }
    urls = [url for url, *_ in mine]
    for url in ("https://kammer.example/", "https://portal.example/presse/", "https://ueber.example/"):
        assert urls.count(url) == 1, url
    assert ("https://flaeche.example/", str(land), "Beschreibung", True) in mine
    assert draft.slug


def test_versions_in_the_history_are_no_texts_of_today():
    article = with_links(BAD)
    article.body = "<p>Ohne Link.</p>"
    article.save()
    assert found() == set()


def test_a_second_run_changes_nothing_and_asks_nobody_again():
    with_links(GOOD, "/termine/")
    first, second = Asker(), Asker()
    run(first)
    before = list(LinkUse.objects.order_by("pk").values())
    version = SiteVersion.objects.get().token
    run(second)
    assert (first.asked, second.asked) == ([GOOD], [])
    assert list(LinkUse.objects.order_by("pk").values()) == before
    assert SiteVersion.objects.get().token == version, "a check is no change of content"


def test_what_no_longer_stands_anywhere_is_forgotten():
    article = with_links(GOOD, BAD)
    run()
    article.body = f'<p><a href="{GOOD}">Mehr</a></p>'
    article.save()
    run()
    assert list(LinkCheck.objects.values_list("url", flat=True)) == [GOOD]
    article.delete()
    run()
    assert (LinkCheck.objects.count(), LinkUse.objects.count()) == (0, 0)


def test_public_rows_come_first_and_a_limit_leaves_the_rest_for_later():
    make_draft(body='<p><a href="https://entwurf.example/">x</a></p>')
    with_links(GOOD)
    checking.write_down_all_links()
    assert [link.url for link in checking.due_links()] == [GOOD, "https://entwurf.example/"]
    checking.check(list(checking.due_links()[:1]), asker=Asker())
    assert [link.url for link in checking.due_links()] == ["https://entwurf.example/"]


def test_a_failing_link_is_asked_after_one_three_and_seven_days_and_broken_the_third_time():
    with_links("https://krank.example/")
    asker = Asker(krank=503)
    moment, seen = timezone.now(), []
    for days in (0, 0.9, 1.1, 3.9, 4.2, 11, 11.3):
        with time_machine.travel(moment + timedelta(days=days), tick=False):
            run(asker)
            link = LinkCheck.objects.get()
            seen.append((len(asker.asked), link.failures, link.is_broken, LinkCheck.objects.broken().exists()))
    assert seen == [
        (1, 1, False, False),
        (1, 1, False, False),
        (2, 2, False, False),
        (2, 2, False, False),
        (3, 3, True, True),
        (3, 3, True, True),
        (4, 4, True, True),
    ]
    assert LinkCheck.objects.get().first_failed_at == moment
    assert FAILURES_UNTIL_BROKEN == 3


def test_a_page_that_is_gone_is_broken_at_once_and_good_again_when_it_comes_back():
    with_links(BAD)
    run()
    link = LinkCheck.objects.get()
    assert (link.is_broken, link.outcome, link.status_code, link.failures) == (True, Outcome.GONE, 404, 1)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        run(Asker())
    link.refresh_from_db()
    assert (link.is_broken, link.outcome, link.reason, link.failures, link.first_failed_at) == (
        False,
        "good",
        "",
        0,
        None,
    )


def test_a_host_that_keeps_machines_out_is_not_called_broken():
    with_links("https://zu.example/")
    run(Asker(zu=403))
    assert LinkCheck.objects.get().outcome == Outcome.UNCLEAR
    assert not LinkCheck.objects.broken().exists()


def test_links_of_the_portal_are_asked_at_every_run_and_follow_their_target():
    target = make_draft(title="Ziel")
    with_links(target.get_absolute_url())
    asker = Asker()
    run(asker, only_internal=True)
    assert LinkCheck.objects.broken().count() == 1
    target.released = True
    target.save()
    run(asker, only_internal=True)
    assert LinkCheck.objects.get().outcome == Outcome.GOOD
    assert asker.asked == []


def test_of_two_runs_at_once_one_asks():
    with_links(GOOD)
    checking.write_down_all_links()
    one, other = list(checking.due_links()), list(checking.due_links())
    first, second = Asker(), Asker()
    checking.check(one, asker=first)
    checking.check(other, asker=second)
    assert (first.asked, second.asked) == ([GOOD], [])


def test_the_command_says_what_it_did(capsys, monkeypatch):
    monkeypatch.setattr(outside, "Asker", lambda: Asker(weg=404))
    with_links(GOOD, BAD, "/termine/")
    call_command("check_links", "--only-internal", verbosity=1)
    assert capsys.readouterr().out == "1 links checked: 1 good.\n"
    call_command("check_links", "--limit", "2", verbosity=1)
    assert capsys.readouterr().out.startswith("2 links checked: ")
    call_command("check_links", verbosity=0)
    assert capsys.readouterr() == ("", "")
    assert {link.outcome for link in LinkCheck.objects.all()} == {"good", "gone"}


def test_the_database_keeps_failures_and_their_beginning_together():
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(url=GOOD, digest="x", is_internal=False, failures=2)


# --- For editors


def panel_of(client):
    panels = {panel.title: panel for panel in client.get("/admin/").context["panels"]}
    return panels.get("Defekte Links")


def test_today_names_each_row_with_a_broken_link_and_leads_to_its_form(editor_client):
    one, two = with_links(BAD, title="Eins"), with_links(BAD, GOOD, title="Zwei")
    draft = make_draft(title="Entwurf", body=f'<p><a href="{BAD}">x</a></p>')
    assert panel_of(editor_client) is None
    run()
    panel = panel_of(editor_client)
    reason = f"{BAD} – Seite nicht gefunden (404)"
    assert [(task.label, task.path, task.note) for task in panel.tasks] == [
        ("Eins", f"/admin/news/article/{one.pk}/change/", f"Text: {reason}"),
        ("Zwei", f"/admin/news/article/{two.pk}/change/", f"Text: {reason}"),
        ("Entwurf", f"/admin/news/article/{draft.pk}/change/", f"Text (nicht öffentlich): {reason}"),
    ]
    rows = editor_client.get(panel.all_path).context["cl"].result_list
    assert panel.count == len(rows) == 3


def test_a_mended_link_leaves_today_with_the_save(editor_client):
    article = with_links(BAD, title="Eins", rubric=make_rubric())
    run()
    assert panel_of(editor_client).count == 1
    address = f"/admin/news/article/{article.pk}/change/"
    data = form_data(article, body=f'<p><a href="{GOOD}">Mehr</a></p>')
    response = editor_client.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    assert panel_of(editor_client) is None


def test_nobody_hears_of_links_in_rows_they_may_not_open(client, editor):
    entry = make_entry(make_category(make_edition()), body=f'<p><a href="{BAD}">x</a></p>')
    own = make_land(body=f'<p><a href="{BAD}">x</a></p>')
    run()
    client.force_login(editor)
    assert {task.label for task in panel_of(client).tasks} == {str(entry), str(own)}
    declare(editor, entry, conflicted=True)
    assert {task.label for task in panel_of(client).tasks} == {str(own)}
    assert str(entry) not in client.get("/admin/publishing/linkuse/").content.decode()
    hidden = LinkUse.objects.of(entry).get()
    assert client.get(f"/admin/publishing/linkuse/{hidden.pk}/change/").status_code == 302
    client.force_login(make_district_user("landkreis-leipzig"))
    assert panel_of(client) is None


def test_the_list_is_only_read(editor_client):
    with_links(BAD, GOOD, title="Eins")
    run()
    address = "/admin/publishing/linkuse/"
    page = editor_client.get(f"{address}?stand=defekt")
    assert [use.link.url for use in page.context["cl"].result_list] == [BAD]
    assert f'href="{BAD}"' not in page.content.decode()
    use = LinkUse.objects.broken().get()
    assert editor_client.get(f"{address}{use.pk}/change/").status_code == 200
    assert editor_client.post(f"{address}{use.pk}/change/", {"is_public": ""}).status_code == 403
    assert editor_client.get(f"{address}add/").status_code == 403
    assert editor_client.get(f"{address}{use.pk}/delete/").status_code == 403


def test_the_list_needs_as_many_queries_for_many_rows_as_for_few(client, django_assert_max_num_queries):
    client.force_login(make_editor("zweite"))
    for number in range(12):
        with_links(f"https://weg.example/{number}", GOOD)
    run()
    with django_assert_max_num_queries(16):
        client.get("/admin/publishing/linkuse/")


def form_of(model):
    field = getattr(model, "owner_field", None)
    if field == "specific":
        # A listing is a site or a hall: both have forms.
        return Land
    return form_of(model._meta.get_field(field).related_model) if field else model


def test_every_row_with_links_has_a_form_to_mend_them():
    without = []
    for model in apps.get_models():
        if is_content(model) and link_fields(model) and not admin.site.is_registered(form_of(model)):
            without.append(model._meta.label)
    assert without == []
