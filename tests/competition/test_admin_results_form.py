"""Results are entered on one sheet: all or nothing, in German, and never over somebody else's."""

import threading

import pytest
from django.db import connection
from django.test import Client

from competition import results
from competition.admin.results_form import ResultsForm
from competition.models import Award, Entry, Finalist
from competition.result_lines import CHANGED_MEANWHILE, fingerprint, lines_of
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
from tests.competition.results_sheet import decided, line_of, sheet, steer_path
from tests.factories import make_editor, make_image

pytestmark = pytest.mark.django_db
NEWER = "Jemand anderes hat inzwischen Ergebnisse gespeichert."
NO_MORE = "Die Ergebnisse dieses Wettbewerbsjahres sind geschlossen."


@pytest.fixture
def edition():
    """Two clusters of three entries, a local prize two entries are registered for; nothing decided."""
    edition = make_edition(2026)
    for label in ("Auto", "Bio"):
        category = make_category(edition, label=label)
        for number in (1, 2, 3):
            make_entry(category, organisation=f"{label} {number} GmbH", title="")
    prize = make_local_prize(edition)
    for entry in edition.entries.filter(organisation__endswith="3 GmbH"):
        register(entry, prize)
    return edition


def entry(name):
    return Entry.objects.get(organisation=f"{name} GmbH")


def keys(edition):
    auto, bio = edition.categories.order_by("pk")
    return auto.pk, bio.pk, edition.local_prizes.get().pk


def full_sheet(edition, **changes):
    auto, bio, prize = keys(edition)
    decisions = {
        f"finalist-{auto}-a": entry("Auto 1").pk,
        f"finalist-{auto}-b": entry("Auto 2").pk,
        f"finalist-{bio}-a": entry("Bio 1").pk,
        f"finalist-{bio}-b": entry("Bio 2").pk,
        f"cluster-{auto}": "a",
        f"cluster-{bio}": "b",
        "overall": f"{bio}-a",
        f"local-{prize}-1": entry("Bio 3").pk,
        f"local-{prize}-2": entry("Auto 3").pk,
        "special-0-name": "Publikumspreis",
        "special-0-entry": entry("Auto 3").pk,
    }
    return sheet(edition) | decisions | changes


ALL_DECISIONS = {
    *(("finalist", 1, f"{name} GmbH") for name in ("Auto 1", "Auto 2", "Bio 1", "Bio 2")),
    ("cluster", 1, "Auto 1 GmbH"),
    ("cluster", 1, "Bio 2 GmbH"),
    ("overall", 1, "Bio 1 GmbH"),
    ("local", 1, "Bio 3 GmbH"),
    ("local", 2, "Auto 3 GmbH"),
    ("special", "Publikumspreis", "Auto 3 GmbH"),
}


def errors(response):
    """{field: sentences}; None: it was saved."""
    return None if response.status_code == 302 else dict(response.context["form"].errors)


# --- saving


def test_all_results_are_saved_from_one_sheet(editor_client, edition):
    response = editor_client.post(steer_path(edition), full_sheet(edition), follow=True)
    assert decided(edition) == ALL_DECISIONS
    page = response.content.decode()
    assert "Gespeichert. " in page
    assert "Clustersieg Auto: Auto 1 GmbH" in page
    assert not Award.objects.announced().exists()


def test_a_sheet_sent_as_it_was_shown_changes_nothing(editor_client, edition):
    editor_client.post(steer_path(edition), full_sheet(edition))
    versions = Award.history.count(), Finalist.history.count()
    page = editor_client.post(steer_path(edition), sheet(edition), follow=True).content.decode()
    assert "Es war nichts zu ändern" in page
    assert decided(edition) == ALL_DECISIONS
    assert (Award.history.count(), Finalist.history.count()) == versions


def test_a_sheet_is_saved_little_by_little(editor_client, edition):
    auto, _, _ = keys(edition)
    path = steer_path(edition)
    assert editor_client.post(path, sheet(edition) | {f"finalist-{auto}-b": entry("Auto 2").pk}).status_code == 302
    assert decided(edition) == {("finalist", 1, "Auto 2 GmbH")}
    line = line_of(edition, entry("Auto 2"))
    assert editor_client.post(path, sheet(edition) | {"overall": line}).status_code == 302
    assert decided(edition) == {("finalist", 1, "Auto 2 GmbH"), ("overall", 1, "Auto 2 GmbH")}


def test_finalists_and_winners_are_replaced_and_taken_out_in_one_go(editor_client, edition):
    auto, bio, prize = keys(edition)
    editor_client.post(steer_path(edition), full_sheet(edition))
    changes = {
        f"finalist-{auto}-a": entry("Auto 3").pk,
        f"finalist-{bio}-a": "",
        "overall": f"{auto}-a",
        f"local-{prize}-1": entry("Auto 3").pk,
        f"local-{prize}-2": entry("Bio 3").pk,
        "special-0-name": "",
        "special-0-entry": "",
    }
    assert errors(editor_client.post(steer_path(edition), sheet(edition) | changes)) is None
    assert decided(edition) == {
        *(("finalist", 1, f"{name} GmbH") for name in ("Auto 2", "Auto 3", "Bio 2")),
        ("cluster", 1, "Auto 3 GmbH"),
        ("cluster", 1, "Bio 2 GmbH"),
        ("overall", 1, "Auto 3 GmbH"),
        ("local", 1, "Auto 3 GmbH"),
        ("local", 2, "Bio 3 GmbH"),
    }


def test_who_stays_keeps_statement_and_picture(editor_client, edition):
    editor_client.post(steer_path(edition), full_sheet(edition))
    award = Award.objects.get(kind="overall")
    award.statement, award.image = "<p>Großartig.</p>", make_image()
    award.save()
    auto, _, _ = keys(edition)
    changes = {f"cluster-{auto}": "b"}
    assert editor_client.post(steer_path(edition), sheet(edition) | changes).status_code == 302
    assert Award.objects.get(kind="overall").statement == "<p>Großartig.</p>"
    assert Award.objects.get(kind="overall").pk == award.pk


def test_a_statement_does_not_vanish_with_the_winner_unasked(editor_client, edition):
    editor_client.post(steer_path(edition), full_sheet(edition))
    award = Award.objects.get(kind="overall")
    award.statement = "<p>Großartig.</p>"
    award.save()
    _, bio, _ = keys(edition)
    changed = sheet(edition) | {"overall": f"{bio}-b"}
    response = editor_client.post(steer_path(edition), changed)
    assert "gibt es schon eine Laudatio" in response.content.decode()
    assert Award.objects.get(kind="overall").entry == entry("Bio 1")
    assert editor_client.post(steer_path(edition), changed | {"discard_words": "1"}).status_code == 302
    assert Award.objects.get(kind="overall").entry == entry("Bio 2")


def test_the_form_of_an_old_complete_edition_shows_and_keeps_everything(editor_client):
    edition = make_decided_edition(2019, finalists=-9, winners=-8)
    category = edition.categories.first()
    local_only = make_category(edition, is_local_only=True)
    prize = edition.local_prizes.get()
    for place in (4, 5):
        late = make_entry(local_only)
        register(late, prize)
        make_award(Award.Kind.LOCAL, late, local_prize=prize, place=place)
    for number in range(3):
        make_award(Award.Kind.SPECIAL, make_entry(category), special_name=f"Preis {number}")
    before = lines_of(edition)
    assert editor_client.post(steer_path(edition), sheet(edition)).status_code == 302
    assert lines_of(edition) == before


# --- what is refused, at its place, with nothing lost


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"finalist-{auto}-b": "Auto 1"}, "finalist-{auto}-b", "Dieser Beitrag steht schon in der Zeile darüber."),
        ({"finalist-{auto}-a": "Bio 3"}, "finalist-{auto}-a", "Bitte wählen Sie einen Beitrag dieses Clusters."),
        ({"finalist-{auto}-a": "Fremd"}, "finalist-{auto}-a", "Bitte wählen Sie einen Beitrag dieses Clusters."),
        ({"finalist-{auto}-a": "", "overall": ""}, "cluster-{auto}", "Die angekreuzte Zeile ist leer."),
        ({"finalist-{bio}-a": ""}, "overall", "Gesamtsieg: Die angekreuzte Zeile ist leer."),
        ({"cluster-{auto}": "Auto 3"}, "cluster-{auto}", "Nur ein Finalist dieser Liste"),
        ({"cluster-{auto}": "c"}, "cluster-{auto}", "Nur ein Finalist dieser Liste"),
        ({"overall": "Auto 3"}, "overall", "Nur ein Finalist dieser Liste"),
        ({"overall": "999-a"}, "overall", "Nur ein Finalist dieser Liste"),
        ({"local-{prize}-1": "Auto 1"}, "local-{prize}-1", "der für diesen Preis gemeldet ist"),
        ({"local-{prize}-1": "Fremd"}, "local-{prize}-1", "der für diesen Preis gemeldet ist"),
        ({"local-{prize}-2": "Bio 3"}, "local-{prize}-2", "hat schon einen Platz in diesem Preis"),
        ({"special-0-name": ""}, "special-0-name", "Wie heißt der Sonderpreis?"),
        ({"special-0-entry": ""}, "special-0-entry", "Wer bekommt den Sonderpreis?"),
        ({"special-0-entry": "Fremd"}, "special-0-entry", "Bitte wählen Sie einen Beitrag dieses Wettbewerbsjahres."),
        ({"special-0-name": "x" * 201}, "special-0-name", "200"),
        ({"special-0-name": "Preis\x00"}, "special-0-name", "Null"),
        (
            {"special-1-name": "Publikumspreis", "special-1-entry": "Auto 3"},
            "special-1-name",
            "Diesen Sonderpreis hat der Beitrag schon",
        ),
    ],
)
def test_bad_choices_are_refused_where_they_stand(editor_client, edition, changes, place, sentence):
    make_entry(make_category(make_edition(2023)), organisation="Fremd GmbH")
    auto, bio, prize = keys(edition)
    words = {"auto": auto, "bio": bio, "prize": prize}
    names = dict(Entry.objects.values_list("organisation", "pk"))
    changes = {name.format(**words): names.get(f"{value} GmbH", value) for name, value in changes.items()}
    response = editor_client.post(steer_path(edition), full_sheet(edition, **changes))
    assert sentence in " ".join(errors(response)[place.format(**words)])
    assert decided(edition) == set()
    page = response.content.decode()
    assert sentence in page
    assert "Es ist noch nichts gespeichert." in page
    # What was typed is still there.
    assert f'<option value="{entry("Bio 2").pk}" selected>' in page


@pytest.mark.parametrize("name", ["finalist-{auto}-c", "local-{prize}-4", "finalist-999-a", "special-99-name"])
def test_a_third_finalist_or_another_place_cannot_be_sent_at_all(editor_client, edition, name):
    auto, _, prize = keys(edition)
    forged = {name.format(auto=auto, prize=prize): entry("Auto 3").pk}
    assert editor_client.post(steer_path(edition), full_sheet(edition) | forged).status_code == 302
    assert decided(edition) == ALL_DECISIONS


@pytest.mark.parametrize(
    "data", [{}, {"seen": "\x00"}, {"replace": "\x00"}, {"special-7-name": ["a", "b"]}, {"overall": ["1", "2"]}]
)
def test_made_up_data_is_no_error_of_ours(editor_client, edition, data):
    assert editor_client.post(steer_path(edition), data).status_code in (200, 302)
    assert decided(edition) == set()


def test_a_special_prize_may_go_to_several_entries(editor_client, edition):
    two = {"special-1-name": "Publikumspreis", "special-1-entry": entry("Bio 3").pk}
    assert editor_client.post(steer_path(edition), full_sheet(edition) | two).status_code == 302
    assert Award.objects.filter(kind="special").count() == 2


# --- meanwhile


def test_a_newer_save_is_shown_beside_mine_and_only_replaced_when_told_to(editor_client, edition):
    mine = full_sheet(edition)
    stranger = make_finalist(edition.categories.get(label="Auto"), organisation="Neu GmbH", title="")
    response = editor_client.post(steer_path(edition), mine)
    assert NEWER in response.content.decode()
    shown = {one.label: (one.theirs, one.mine) for one in response.context["form"].contrasts}
    assert shown["Finalisten Auto"] == (["Neu GmbH"], ["Auto 1 GmbH", "Auto 2 GmbH"])
    assert shown["Gesamtsieg"] == (["–"], ["Bio 1 GmbH"])
    assert decided(edition) == {("finalist", 1, "Neu GmbH")}

    replaceable = response.context["form"].replaceable
    make_award(Award.Kind.CLUSTER, stranger.entry)
    again = editor_client.post(steer_path(edition), mine | {"replace": replaceable})
    assert NEWER in again.content.decode(), "what I agreed to replace is not what stands there now"
    replaceable = again.context["form"].replaceable
    assert editor_client.post(steer_path(edition), mine | {"replace": replaceable}).status_code == 302
    assert decided(edition) == ALL_DECISIONS


def test_a_newer_save_that_agrees_is_no_conflict(editor_client, edition):
    mine = full_sheet(edition)
    editor_client.post(steer_path(edition), mine)
    assert editor_client.post(steer_path(edition), mine).status_code == 302


def test_results_closed_meanwhile_are_not_changed_and_what_was_typed_stays(editor_client, editor, edition):
    editor_client.post(steer_path(edition), full_sheet(edition))
    auto, _, _ = keys(edition)
    mine = sheet(edition) | {f"cluster-{auto}": "b"}
    results.close_results(edition, editor)
    response = editor_client.post(steer_path(edition), mine)
    page = response.content.decode()
    assert response.status_code == 200
    assert NO_MORE in page
    assert response.context["form"][f"cluster-{auto}"].value() == "b"
    assert decided(edition) == ALL_DECISIONS


def test_an_entry_that_moved_or_went_meanwhile_is_named(edition):
    auto, bio, _ = keys(edition)
    form = ResultsForm(full_sheet(edition), edition=edition)
    assert form.is_valid()
    Entry.objects.filter(pk=entry("Auto 1").pk).update(category=bio)
    Entry.objects.filter(pk=entry("Bio 2").pk).delete()
    assert form.save() is None
    assert form.errors[f"finalist-{auto}-a"] == ["Der Beitrag gehört inzwischen zu einem anderen Cluster."]
    assert form.errors[f"finalist-{bio}-b"] == ["Diesen Beitrag gibt es in diesem Wettbewerbsjahr nicht mehr."]
    assert decided(edition) == set()


def test_what_only_the_database_refuses_becomes_a_sentence(edition, monkeypatch):
    form = ResultsForm(full_sheet(edition), edition=edition)
    assert form.is_valid()
    monkeypatch.setattr(Finalist, "full_clean", lambda self: None)
    monkeypatch.setattr(Finalist, "_complete", lambda self: setattr(self, "seat", 3) or self._fill())
    monkeypatch.setattr(
        Finalist,
        "_fill",
        lambda self: self.__dict__.update(edition_id=self.entry.edition_id, category_id=self.entry.category_id),
        raising=False,
    )
    assert form.save() is None
    auto, _, _ = keys(edition)
    assert form.errors[f"finalist-{auto}-a"] == [CHANGED_MEANWHILE]
    assert decided(edition) == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
def test_of_two_editors_in_the_same_instant_one_is_asked():
    edition = make_edition(2026)
    category = make_category(edition)
    entries = [make_entry(category) for _ in range(2)]
    sheets = [sheet(edition) | {f"finalist-{category.pk}-a": one.pk} for one in entries]
    answers = _at_once(
        *(lambda client, data=data: client.post(steer_path(edition), data).status_code for data in sheets)
    )
    assert sorted(answers) == [200, 302]
    assert edition.finalists.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another by itself")
def test_closing_and_changing_in_the_same_instant_leave_a_record_that_agrees():
    edition = make_decided_edition(2026)
    winner = edition.awards.get(kind="overall").entry
    other = edition.finalists.exclude(entry=winner).first().entry
    change = sheet(edition) | {"overall": line_of(edition, other)}
    closing = {"seen": fingerprint(lines_of(edition)), "confirmed": "on"}
    _at_once(
        lambda client: client.post(steer_path(edition), change).status_code,
        lambda client: client.post(steer_path(edition, "schliessen/"), closing).status_code,
    )
    record = results.record_in_force(edition)
    overall = edition.awards.get(kind="overall").entry
    assert overall == (winner if record else other)
    assert record is None or results.agrees_with_today(record)


def _at_once(*requests):
    start, answers = threading.Barrier(len(requests)), []

    def run(number, request):
        client = Client()
        client.force_login(make_editor(f"editor-{number}"))
        start.wait()
        answers.append(request(client))
        connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
