"""One page leads an edition: it says where it stands, what is missing, what comes next, and holds every button."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone

from competition import results
from competition.admin.progress import Progress
from competition.models import Award, Edition
from competition.result_lines import fingerprint, lines_of
from publishing.admin.words import german_moment
from publishing.groups import ADMINISTRATORS
from tests.competition.factories import (
    make_award,
    make_category,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)
from tests.competition.results_sheet import sheet, steer_path
from tests.factories import make_image

pytestmark = pytest.mark.django_db
PAGES = ("", "schliessen/", "oeffnen/", "verkuenden/")


@pytest.fixture
def edition():
    return make_decided_edition(2026, finalists=-3)


def confirmed(edition):
    return {"seen": fingerprint(lines_of(edition)), "confirmed": "on"}


def texts(response):
    return [str(message) for message in response.context["messages"]]


def staff_with(*permissions):
    user = User.objects.create_user("nina", password="geheim-genug-123", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return user


VIEWER = tuple(f"view_{model}" for model in ("edition", "entry", "finalist", "award"))


# --- who may


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_log_in(client, edition, page):
    for ask in (client.get, client.post):
        response = ask(steer_path(edition, page))
        assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={steer_path(edition, page)}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("permissions", [(), ("view_edition", "change_edition"), ("view_award",)])
def test_staff_without_the_right_sees_and_does_nothing(client, edition, page, permissions):
    client.force_login(staff_with(*permissions))
    for ask in (client.get, client.post):
        response = ask(steer_path(edition, page))
        assert response.status_code == 403
        assert edition.awards.first().entry.organisation not in response.content.decode()


def test_who_may_only_look_sees_the_results_and_no_button(client, edition):
    client.force_login(staff_with(*VIEWER))
    page = client.get(steer_path(edition)).content.decode()
    assert edition.awards.get(kind="overall").entry.organisation in page
    assert "Ergebnisse speichern" not in page
    assert "schliessen/" not in page
    assert client.post(steer_path(edition), sheet(edition)).status_code == 403
    for address in PAGES[1:]:
        assert client.get(steer_path(edition, address)).status_code == 403


def test_editors_and_administrators_open_every_page(client, editor, edition):
    anna = User.objects.create_user("anna", password="geheim-genug-123", is_staff=True)
    anna.groups.add(Group.objects.get(name=ADMINISTRATORS))
    for user in (editor, anna):
        client.force_login(user)
        assert [client.get(steer_path(edition, page)).status_code for page in PAGES] == [200, 200, 302, 200]


@pytest.mark.parametrize("key", ["0", "99999999999999999999999"])
def test_an_edition_that_does_not_exist_is_no_error(editor_client, key):
    for page in PAGES:
        assert editor_client.get(f"/admin/competition/edition/{key}/steuern/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_consequence_happens_without_a_token(editor, edition, page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(steer_path(edition, page), confirmed(edition)).status_code == 403
    assert not edition.log.exists()


# --- where it stands


def test_the_page_is_linked_from_list_and_form_and_start_page_of_the_edition(editor_client, edition):
    for page in ("/admin/competition/edition/", f"/admin/competition/edition/{edition.pk}/change/"):
        assert f'href="{steer_path(edition)}"' in editor_client.get(page).content.decode()


def test_the_page_shows_status_dates_gaps_results_and_counts(editor_client):
    today = timezone.localdate()
    edition = make_edition(2026, finalists=3, winners=20, ceremony_on=today + timedelta(days=20), ceremony_town="Leuna")
    category = make_category(edition, label="Auto")
    make_finalist(category, organisation="Muster GmbH", state="Sachsen")
    make_entry(category, state="Thüringen")
    page = editor_client.get(steer_path(edition)).content.decode()
    for words in (
        "Auto: 1 von 2 Finalisten",
        "Auto: Clustersieg",
        "Muster GmbH: Satz, Text, Bild",
        "Leuna",
        german_moment(edition.winners_public_at),
        "werden die Preisträger von selbst öffentlich",
        "Es sind noch nicht alle Ergebnisse eingetragen.",
        "Die Ergebnisse sind noch nicht geschlossen.",
        f"?edition__id__exact={edition.pk}&amp;category__id__exact={category.pk}",
    ):
        assert words in page, words
    assert "<td>1</td><td>0</td><td>1</td><td>0</td><td>0</td><td>2</td>" in page


def dates(**days):
    return {name: timezone.localdate() + timedelta(days=number) for name, number in days.items()}


def with_finalists(edition):
    category = make_category(edition)
    return [make_finalist(category), make_finalist(category)]


def test_the_next_step_leads_through_the_year(editor):
    def step(edition):
        edition = Edition.objects.get(pk=edition.pk)
        return Progress(edition).next_step

    edition = make_edition(2026, released=False, publish_from=None)
    assert step(edition).sentence == "Ergänzen Sie Texte und Termine und veröffentlichen Sie das Wettbewerbsjahr."

    def now(**values):
        Edition.objects.filter(pk=edition.pk).update(**values)
        return step(edition)

    assert now(released=True, publish_from=timezone.now() + timedelta(days=2)).sentence.endswith("von selbst.")
    assert "von wann bis wann" in now(publish_from=timezone.now() - timedelta(days=9)).sentence
    assert "ist nichts zu tun" in now(**dates(call_opens_on=3)).sentence
    assert now(**dates(call_opens_on=-3, call_closes_on=3)).action == "add_entry"
    assert now(**dates(call_closes_on=-1)).sentence == "Erfassen Sie die Beiträge dieses Jahres."
    category = make_category(edition)
    make_finalist(category)
    assert "Finalisten ein" in step(edition).sentence
    winner = make_finalist(category)
    assert step(edition).sentence == "Legen Sie fest, ab wann die Finalisten öffentlich sind."
    assert "Preisträger ein" in now(finalists_public_at=timezone.now() - timedelta(hours=1)).sentence
    make_award(Award.Kind.CLUSTER, winner.entry)
    make_award(Award.Kind.OVERALL, winner.entry)
    assert step(edition).action == "close"
    results.close_results(edition, editor)
    assert step(edition).action == "reveal"
    moment = timezone.now() + timedelta(days=1)
    assert now(winners_public_at=moment).sentence.startswith(f"Alles ist vorbereitet: Am {german_moment(moment)}")
    results.reveal(edition, editor)
    assert step(edition).action == "awards"
    Award.objects.update(statement="<p>Gut.</p>")
    assert step(edition).action == "awards"
    Award.objects.update(image=make_image())
    assert step(edition).action == "next_edition"
    make_edition(2027)
    assert step(edition).sentence == "Dieses Jahr ist abgeschlossen. Es ist nichts zu tun."
    assert "ausgesetzt" in now(is_suspended=True, suspension_reason="Pause").sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (dates(call_opens_on=-2) | {"released": False}, "Die Bewerbungsfrist hat begonnen, aber"),
        ({"released": False, "finalists": 3}, "Von selbst wird es nicht öffentlich."),
        ({"publish_from": timezone.now() + timedelta(days=9), "finalists": 3}, "nach einem Zeitpunkt"),
        (dates(call_closes_on=5) | {"finalists": 3}, "bevor die Bewerbungsfrist endet"),
        ({"finalists": -1}, "Die Finalisten sind öffentlich, aber es sind noch nicht alle eingetragen."),
        (dates(ceremony_on=5) | {"finalists": 1, "winners": 3}, "vor dem Tag der Preisverleihung öffentlich"),
        (dates(ceremony_on=5) | {"finalists": 1, "winners": 9}, "erst Tage nach der Preisverleihung"),
        (dates(ceremony_on=-2), "Die Preisverleihung ist vorbei, aber"),
    ],
)
def test_dates_that_do_not_fit_are_named(editor_client, values, sentence):
    edition = make_edition(2026, **values)
    make_category(edition)
    assert sentence in editor_client.get(steer_path(edition)).content.decode()


def test_dates_that_fit_raise_no_suspicion(editor_client, editor):
    running = make_edition(2026, finalists=10, winners=20, **dates(call_opens_on=-9, call_closes_on=3, ceremony_on=20))
    past = make_decided_edition(2024, finalists=-90, winners=-80, **dates(call_closes_on=-120, ceremony_on=-80))
    for edition in (running, past):
        assert "Passt nicht zusammen" not in editor_client.get(steer_path(edition)).content.decode()


def test_results_opened_again_after_the_reveal_are_pointed_out(editor_client, editor, edition):
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    results.reopen_results(edition, editor, "Schreibfehler")
    page = editor_client.get(steer_path(edition)).content.decode()
    assert "Die Preisträger sind öffentlich, aber die Ergebnisse sind wieder geöffnet." in page


def test_the_page_needs_as_many_queries_for_150_entries_as_for_ten(editor_client, django_assert_max_num_queries):
    edition = make_decided_edition(2026, clusters=5)
    categories = list(edition.categories.all())
    prize = edition.local_prizes.get()
    path = steer_path(edition)
    editor_client.get(path)
    with django_assert_max_num_queries(60) as few:
        editor_client.get(path)
    for number in range(140):
        entry = make_entry(categories[number % 5])
        if number % 3 == 0:
            register(entry, prize)
    assert edition.entries.count() > 150
    with django_assert_max_num_queries(len(few)):
        assert editor_client.get(path).status_code == 200


# --- closing and opening


def test_closing_shows_the_list_first_and_then_the_checksum(editor_client, edition):
    make_local_prize(edition, "Magdeburg")
    page = editor_client.get(steer_path(edition, "schliessen/")).content.decode()
    assert edition.awards.get(kind="overall").entry.organisation in page
    assert "IQ Innovationspreis Magdeburg" in page
    assert not edition.result_records.exists()
    response = editor_client.post(steer_path(edition, "schliessen/"), confirmed(edition), follow=True)
    record = edition.result_records.get()
    assert texts(response) == [f"Die Ergebnisse sind geschlossen. Prüfsumme (SHA-256): {record.sha256}"]
    page = response.content.decode()
    assert "stimmt mit dem Protokoll überein" in page
    assert "Ergebnisse speichern" not in page
    assert edition.log.get().user_name == "erika"


def test_closing_needs_a_tick_and_the_list_as_it_was_seen(editor_client, edition):
    path = steer_path(edition, "schliessen/")
    data = confirmed(edition)
    assert "Bitte prüfen und ankreuzen." in editor_client.post(path, {"seen": data["seen"]}).content.decode()
    edition.awards.get(kind="local").delete()
    response = editor_client.post(path, data)
    assert "haben sich inzwischen geändert" in response.content.decode()
    assert not edition.result_records.exists()
    assert editor_client.post(path, confirmed(edition)).status_code == 302


def test_closing_twice_says_so(editor_client, editor, edition):
    data = confirmed(edition)
    results.close_results(edition, editor)
    for ask in (editor_client.get, lambda *args, **kwargs: editor_client.post(*args, data, **kwargs)):
        assert texts(ask(steer_path(edition, "schliessen/"), follow=True)) == ["Die Ergebnisse sind schon geschlossen."]
    assert edition.result_records.count() == 1


def test_an_edition_without_any_prize_is_not_closed(editor_client):
    edition = make_edition()
    response = editor_client.post(steer_path(edition, "schliessen/"), confirmed(edition))
    assert "Es ist noch kein Preis eingetragen" in response.content.decode()


def test_opening_again_asks_for_the_reason_and_keeps_what_was_typed(editor_client, editor, edition):
    record = results.close_results(edition, editor)
    path = steer_path(edition, "oeffnen/")
    assert record.sha256 in editor_client.get(path).content.decode()
    for bad, sentence in (("  ", "Bitte nennen Sie den Grund"), ("x" * 301, "300")):
        response = editor_client.post(path, {"reason": bad})
        assert sentence in response.content.decode()
    assert "x" * 301 in response.content.decode()
    assert results.record_in_force(edition)
    assert texts(editor_client.post(path, {"reason": "Schreibfehler"}, follow=True)) == [
        "Die Ergebnisse sind wieder geöffnet."
    ]
    assert edition.log.first().text == "Schreibfehler"
    assert texts(editor_client.post(path, {"reason": "Nochmal"}, follow=True)) == [
        "Die Ergebnisse sind nicht geschlossen."
    ]


def test_results_that_deviate_from_the_record_are_pointed_out(editor_client, editor, edition):
    results.close_results(edition, editor)
    entry = edition.awards.get(kind="overall").entry
    entry.organisation = "Umbenannt GmbH"
    entry.save()
    page = editor_client.get(steer_path(edition)).content.decode()
    assert "weicht vom Protokoll ab" in page
    assert "stimmt mit dem Protokoll überein" not in page
    assert (
        "weichen vom geschlossenen Protokoll ab"
        in editor_client.get(steer_path(edition, "verkuenden/")).content.decode()
    )


# --- the one press


def test_revealing_names_everybody_first_and_needs_a_tick(editor_client, editor, edition):
    results.close_results(edition, editor)
    path = steer_path(edition, "verkuenden/")
    page = editor_client.get(path).content.decode()
    for award in edition.awards.select_related("entry"):
        assert award.entry.organisation in page
    response = editor_client.post(path, {"seen": confirmed(edition)["seen"]})
    assert "Bitte kreuzen Sie an" in response.content.decode()
    assert not Award.objects.announced().exists()
    response = editor_client.post(path, confirmed(edition), follow=True)
    assert texts(response) == ["Die Preisträger sind verkündet: Sie sind jetzt öffentlich."]
    assert Award.objects.announced().count() == 4
    assert edition.log.get(act="revealed").user == editor


def test_revealing_before_the_day_of_the_ceremony_says_so(editor_client, edition):
    today = timezone.localdate()
    for days, is_said in ((1, True), (0, False)):
        Edition.objects.filter(pk=edition.pk).update(ceremony_on=today + timedelta(days=days))
        page = editor_client.get(steer_path(edition, "verkuenden/")).content.decode()
        assert ("Die Preisverleihung ist erst am" in page) == is_said


def test_revealing_open_results_or_a_draft_is_refused_in_words(editor_client, editor, edition):
    path = steer_path(edition, "verkuenden/")
    assert "Die Ergebnisse sind noch nicht geschlossen." in editor_client.get(path).content.decode()
    response = editor_client.post(path, confirmed(edition))
    assert "Bitte schließen Sie zuerst die Ergebnisse." in response.content.decode()
    results.close_results(edition, editor)
    Edition.objects.update(released=False)
    response = editor_client.post(path, confirmed(edition))
    assert "Bitte zuerst veröffentlichen." in response.content.decode()
    assert not Award.objects.announced().exists()


def test_results_exchanged_after_the_list_was_shown_are_not_revealed_unseen(editor_client, editor, edition):
    results.close_results(edition, editor)
    seen = confirmed(edition)
    results.reopen_results(edition, editor, "Tausch")
    edition.awards.get(kind="local").delete()
    results.close_results(edition, editor)
    response = editor_client.post(steer_path(edition, "verkuenden/"), seen)
    assert "haben sich inzwischen geändert" in response.content.decode()
    assert not Award.objects.announced().exists()


def test_what_is_public_is_not_revealed_again(editor_client, editor, edition):
    results.close_results(edition, editor)
    results.reveal(edition, editor)
    moment = Edition.objects.get().winners_public_at
    data = confirmed(edition)
    for ask in (editor_client.get, lambda *args, **kwargs: editor_client.post(*args, data, **kwargs)):
        assert "schon öffentlich" in texts(ask(steer_path(edition, "verkuenden/"), follow=True))[0]
    assert Edition.objects.get().winners_public_at == moment
    assert edition.log.filter(act="revealed").count() == 1


# --- history


def test_who_entered_what_stands_on_the_page(editor_client, edition):
    category = edition.categories.first()
    editor_client.post(
        steer_path(edition),
        sheet(edition) | {f"finalist-{category.pk}-a": "", "overall": "", f"cluster-{category.pk}": ""},
    )
    page = editor_client.get(steer_path(edition)).content.decode()
    assert "Gesamtsieg ausgetragen" in page
    assert "erika" in page.split("Zuletzt an den Ergebnissen geändert")[1]
    latest = Award.history.filter(kind="overall").first()
    assert (latest.history_type, latest.history_user.username) == ("-", "erika")


# --- „Heute“


def panels(client):
    return {panel.title: panel for panel in client.get("/admin/").context["panels"]}


def test_a_reveal_that_comes_soon_with_gaps_is_due(editor_client, editor):
    soon = make_decided_edition(2026, finalists=1, winners=13)
    far = make_decided_edition(2027, finalists=1, winners=15)
    name = "IQ Innovationspreis: bald verkündet und nicht fertig"
    panel = panels(editor_client)[name]
    assert [task.path for task in panel.tasks] == [steer_path(soon)]
    assert "Ergebnisse nicht geschlossen" in panel.tasks[0].note
    assert far.awards.exists()
    results.close_results(soon, editor)
    assert name not in panels(editor_client)
    make_local_prize(soon, "Magdeburg")
    assert "IQ Innovationspreis Magdeburg" in panels(editor_client)[name].tasks[0].note


def test_finalists_that_come_soon_are_due(editor_client):
    near = make_edition(2026, finalists=13)
    make_category(near, label="Auto")
    make_edition(2027, finalists=15)
    make_edition(2024, finalists=-1)
    make_edition(2028, finalists=3, released=False)
    panel = panels(editor_client)["IQ Innovationspreis: Finalisten bald öffentlich"]
    assert [task.path for task in panel.tasks] == [steer_path(near)]
    assert "Auto: 2 von 2 Finalisten" in panel.tasks[0].note


def test_entries_of_a_running_edition_without_picture_or_sentence_are_due(editor_client):
    lacking = make_entry(make_category(make_edition(2026)))
    others = (
        make_edition(2024, winners=-1, finalists=-2),
        make_edition(2027, released=False),
        make_edition(2025, is_suspended=True, suspension_reason="Pause"),
    )
    for edition in others:
        make_entry(make_category(edition))
    panel = panels(editor_client)["Wettbewerbsbeiträge: ohne Bild oder ohne Satz"]
    assert [task.label for task in panel.tasks] == [str(lacking)]
    assert panel.tasks[0].note == "Bild, Satz"
