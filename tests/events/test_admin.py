"""The editors' work on events: one screen, German sentences, nothing lost."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from events.admin import EventAdmin
from events.models import Event, EventDownload, EventImage, EventLink, PriceGroup, Series, Venue
from events.neighbours import neighbours
from tests.events.factories import (
    make_category,
    make_cluster,
    make_event,
    make_event_draft,
    make_expired_event,
    make_full_event,
    make_organiser,
    make_series,
    make_venue,
    make_withdrawn_event,
)
from tests.factories import make_editor

ADD = "/admin/events/event/add/"
LIST = "/admin/events/event/"
pytestmark = pytest.mark.django_db


def change(event):
    return f"/admin/events/event/{event.pk}/change/"


def form_data(**values):
    """What the browser sends for a usual event; None leaves a field out."""
    inlines = ("price_groups", "links", "downloads", "gallery")
    numbers = {f"{prefix}-{name}_FORMS": "0" for prefix in inlines for name in ("TOTAL", "INITIAL")}
    defaults = {
        "title": "Fachtag",
        "teaser": "Zwei Sätze.",
        "body": "<p>Text</p>",
        "starts_on": "04.05.2027",
        "start_time": "09:30",
        "status": "confirmed",
        "attendance": "onsite",
        "cost": "unknown",
        "registration": "none",
        "_continue": "1",
    }
    return {name: value for name, value in (numbers | defaults | values).items() if value is not None}


def price_rows(*rows):
    numbers = {"price_groups-TOTAL_FORMS": str(len(rows)), "price_groups-INITIAL_FORMS": "0"}
    cells = {
        f"price_groups-{index}-{name}": value
        for index, (label, amount) in enumerate(rows)
        for name, value in (("label", label), ("amount", amount), ("order", "0"))
    }
    return numbers | cells


def errors_of(response):
    """{field: sentences} of the refused form; None: it was accepted."""
    return None if response.status_code == 302 else dict(response.context["adminform"].form.errors)


# --- entering an event


def test_a_usual_event_is_entered_on_one_screen(editor_client):
    category, venue, organiser, cluster = make_category(), make_venue(), make_organiser(), make_cluster()
    data = form_data(
        end_time="16:00",
        category=category.pk,
        venue=venue.pk,
        organisers=[organiser.pk],
        clusters=[cluster.pk],
        cost="paid",
        registration="open",
        registration_until="01.05.2027",
        registration_url="https://www.example.org/",
        **price_rows(("Mitglieder", "60"), ("Gäste", "90.50")),
    )
    del data["_continue"]
    assert editor_client.post(ADD, data | {"_release": "1"}).status_code == 302
    event = Event.objects.published().get()
    assert (event.starts_on, event.start_time, event.end_time) == (date(2027, 5, 4), time(9, 30), time(16))
    assert (event.category, event.venue, event.slug) == (category, venue, "fachtag")
    assert (list(event.organisers.all()), list(event.clusters.all())) == ([organiser], [cluster])
    assert [str(one.amount) for one in event.price_groups.all()] == ["60.00", "90.50"]
    assert editor_client.get("/termine/fachtag/").status_code == 200


def test_what_a_usual_event_needs_is_not_folded_away():
    open_fields = set()
    for _, options in EventAdmin.fieldsets:
        if "collapse" not in options.get("classes", ()):
            for field in options["fields"]:
                open_fields.update(field if isinstance(field, tuple) else (field,))
    needed = "title category teaser body starts_on start_time end_time ends_on status attendance venue organisers"
    assert set(needed.split()) <= open_fields
    assert not {"former_starts_on", "recap", "patron", "is_example"} & open_fields
    every_field = {name for _, options in EventAdmin.fieldsets for one in options["fields"] for name in _names(one)}
    editable = {
        one.name for one in (*Event._meta.fields, *Event._meta.many_to_many) if one.editable and one.name != "id"
    }
    assert every_field - {"neighbours_now", "seen_edit_number"} == editable - {"released"}


def _names(field):
    return field if isinstance(field, tuple) else (field,)


def test_venue_and_organiser_are_chosen_or_created_in_place(editor_client):
    page = editor_client.get(ADD).content.decode()
    for name in ("venue", "organisers"):
        assert f'id="add_id_{name}"' in page
        assert re.search(rf'<select name="{name}"[^>]*admin-autocomplete', page)
    created = editor_client.post(
        "/admin/events/venue/add/?_popup=1", {"town": "Leuna", "name": "Kulturhaus", "_popup": "1"}
    )
    assert created.status_code == 200
    assert Venue.objects.get().town_slug == "leuna"
    answer = editor_client.get(
        "/admin/autocomplete/", {"app_label": "events", "model_name": "event", "field_name": "venue", "term": "kultur"}
    )
    assert [row["text"] for row in answer.json()["results"]] == ["Kulturhaus, Leuna"]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"ends_on": "03.05.2027"}, "ends_on", "Der letzte Tag liegt vor dem ersten."),
        ({"end_time": "08:00"}, "end_time", "Das Ende liegt vor dem Beginn."),
        (
            {"registration": "open", "registration_until": "05.05.2027"},
            "registration_until",
            "Der Anmeldeschluss liegt nach der Veranstaltung.",
        ),
        (
            {"starts_on": "28.03.2027", "start_time": "02:30"},
            "start_time",
            "Diese Uhrzeit gibt es an diesem Tag nicht: In der Nacht beginnt die Sommerzeit.",
        ),
        ({"starts_on": "30.02.2027"}, "starts_on", "Bitte ein gültiges Datum eingeben."),
        ({"starts_on": "01.01.0000"}, "starts_on", "Bitte ein gültiges Datum eingeben."),
        ({"starts_on": "01.01.99999"}, "starts_on", "Bitte ein gültiges Datum eingeben."),
        ({"starts_on": "0001-01-01"}, "starts_on", "Bitte ein Jahr von 1990 bis 2100 angeben."),
        ({"starts_on": "31.12.9999"}, "starts_on", "Bitte ein Jahr von 1990 bis 2100 angeben."),
        ({"ends_on": "31.12.9999"}, "ends_on", "Bitte ein Jahr von 1990 bis 2100 angeben."),
        ({"start_time": "25:00"}, "start_time", "Bitte eine gültige Uhrzeit eingeben."),
        ({"starts_on": ""}, "starts_on", "Dieses Feld ist zwingend erforderlich."),
        (
            {"title": "x" * 5000},
            "title",
            "Bitte sicherstellen, dass der Wert aus höchstens 200 Zeichen besteht. (Er besteht aus 5000 Zeichen.)",
        ),
        (
            {"registration_url": "javascript:alert(1)", "registration": "open"},
            "registration_url",
            "Bitte eine gültige Adresse eingeben.",
        ),
    ],
)
def test_every_mistake_gets_one_german_sentence_and_nothing_is_lost(editor_client, values, field, sentence):
    response = editor_client.post(ADD, form_data(**values))
    assert errors_of(response) == {field: [sentence]}
    assert 'value="04.05.2027"' in response.content.decode() or "starts_on" in values
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("cost", "amount", "sentence"),
    [
        ("paid", "-5", "Ein Preis kann nicht kleiner als 0 Euro sein."),
        ("free", "5", "Mit Preisen ist der Termin kostenpflichtig"),
        ("unknown", "5", "Mit Preisen ist der Termin kostenpflichtig"),
        ("paid", "viel", "Bitte eine Zahl eingeben."),
        ("paid", "1234567.00", "Bitte sicherstellen, dass der Wert höchstens 8 Ziffern enthält."),
    ],
)
def test_a_price_that_cannot_be_is_refused(editor_client, cost, amount, sentence):
    response = editor_client.post(ADD, form_data(cost=cost, **price_rows(("alle", amount))))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Event.objects.exists()


def test_a_price_of_zero_is_a_price(editor_client):
    data = form_data(cost="paid", **price_rows(("Studierende", "0"), ("alle", "10")))
    assert editor_client.post(ADD, data).status_code == 302
    assert PriceGroup.objects.count() == 2


def test_control_characters_and_emoji_in_every_field_are_no_accident(editor_client):
    hostile = "a\x01b\x7f 😀 <script>"
    data = form_data(title=hostile, teaser=hostile, body=f"<p>{hostile}</p>", audience=hostile, patron=hostile)
    assert editor_client.post(ADD, data).status_code == 302
    event = Event.objects.get()
    assert (event.title, event.audience) == ("ab 😀 <script>", "ab 😀 <script>")
    assert "<script>" not in event.body
    page = editor_client.get(f"/admin/events/event/{event.pk}/vorschau/")
    assert page.status_code == 200
    assert "<script>a" not in page.content.decode()
    assert "ab 😀 <script>" not in page.content.decode()


def test_a_null_byte_is_refused_and_not_stored(editor_client):
    assert errors_of(editor_client.post(ADD, form_data(title="a\x00b"))).keys() == {"title"}
    assert not Event.objects.exists()


@pytest.mark.parametrize("status", ["moved", "postponed"])
def test_the_former_day_is_kept_when_an_event_leaves_it(editor_client, status):
    event = make_event_draft(starts_on=date(2027, 3, 1))
    data = form_data(status=status, seen_edit_number=event.edit_number)
    assert errors_of(editor_client.post(change(event), data)) is None
    event.refresh_from_db()
    assert (event.starts_on, event.former_starts_on) == (date(2027, 5, 4), date(2027, 3, 1))


def test_a_former_day_that_was_typed_is_left_alone(editor_client):
    event = make_event_draft(starts_on=date(2027, 3, 1))
    data = form_data(status="moved", former_starts_on="02.02.2027", seen_edit_number=event.edit_number)
    assert errors_of(editor_client.post(change(event), data)) is None
    event.refresh_from_db()
    assert event.former_starts_on == date(2027, 2, 2)


def test_a_draft_without_a_place_says_what_is_missing(editor_client):
    response = editor_client.post(ADD, form_data(_continue=None, _release="1"))
    assert errors_of(response) == {"__all__": ["Vor der Veröffentlichung fehlt noch: die Art, der Ort."]}


# --- copying and series


def test_a_copy_has_its_own_rows_and_none_of_what_happened(editor_client):
    event = make_full_event(registration="full", registration_until=date(2027, 1, 1), actual_guests=50)
    response = editor_client.post(f"/admin/events/event/{event.pk}/kopieren/")
    twin = Event.objects.exclude(pk=event.pk).get()
    assert response["Location"] == change(twin)
    assert (twin.title, twin.released, twin.venue) == (f"Kopie von {event.title}", False, event.venue)
    assert (twin.recap, twin.actual_guests, twin.registration_until, twin.registration) == ("", None, None, "open")
    for name in ("clusters", "organisers", "supporters"):
        assert set(getattr(twin, name).all()) == set(getattr(event, name).all()) != set()
    prices = [(one.label, one.amount, one.order) for one in event.price_groups.all()]
    assert [(one.label, one.amount, one.order) for one in twin.price_groups.all()] == prices
    assert [one.until for one in twin.price_groups.all()] == [None, None]
    assert {one.kind for one in twin.links.all()} == {"info", "programme", "stream"}
    assert (PriceGroup.objects.count(), EventLink.objects.filter(event=event).count()) == (4, 4)
    assert not EventImage.objects.filter(event=twin).exists()
    assert not EventDownload.objects.filter(event=twin).exists()


def date_rows(*rows, total=6):
    names = ("starts_on", "start_time", "end_time", "ends_on")
    cells = {
        f"form-{index}-{name}": value for index, row in enumerate(rows) for name, value in zip(names, row, strict=True)
    }
    blank = {
        f"form-{index}-{name}": value
        for index in range(len(rows), total)
        for name, value in (("starts_on", ""), ("start_time", "10:00"), ("end_time", "12:00"), ("ends_on", ""))
    }
    return {"form-TOTAL_FORMS": str(total), "form-INITIAL_FORMS": "0"} | cells | blank


def test_further_dates_become_drafts_of_one_series(editor_client):
    event = make_full_event(series=None, title="Energiegespräch")
    address = f"/admin/events/event/{event.pk}/weitere-termine/"
    page = editor_client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count('name="form-0-start_time" value="10:00') == 1
    rows = date_rows(("04.05.2027", "10:00", "12:00", ""), ("01.06.2027", "18:00", "01:00", "02.06.2027"))
    response = editor_client.post(address, rows | {"title": "Energiegespräche"})
    assert response.status_code == 302, [row.errors for row in response.context["rows"]]
    series = Series.objects.get(title="Energiegespräche")
    assert response["Location"] == f"{LIST}?series__id__exact={series.pk}"
    first, second = series.events.exclude(pk=event.pk).order_by("starts_on")
    event.refresh_from_db()
    assert event.series == series
    assert (first.title, first.released, first.starts_on, first.end_time) == (
        "Energiegespräch",
        False,
        date(2027, 5, 4),
        time(12),
    )
    assert (second.ends_on, second.end_time, second.venue) == (date(2027, 6, 2), time(1), event.venue)
    assert first.slug != second.slug != event.slug
    assert len({event.uid, first.uid, second.uid}) == 3
    assert set(first.organisers.all()) == set(event.organisers.all()) != set()
    assert first.price_groups.count() == 2
    assert editor_client.get(response["Location"]).context["cl"].result_count == 3


def test_further_dates_join_the_series_there_is(editor_client):
    event = make_event(series=make_series())
    address = f"/admin/events/event/{event.pk}/weitere-termine/"
    assert editor_client.post(address, date_rows(("04.05.2027", "10:00", "12:00", ""))).status_code == 302
    assert (event.series.events.count(), Series.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("04.05.2027", "10:00", "09:00", ""), "Das Ende liegt vor dem Beginn."),
        (("28.03.2027", "02:30", "09:00", ""), "Diese Uhrzeit gibt es an diesem Tag nicht"),
        (("01.01.9999", "10:00", "12:00", ""), "Bitte ein Jahr von 1990 bis 2100 angeben."),
        (("unsinn", "10:00", "12:00", ""), "Bitte ein gültiges Datum eingeben."),
        (("", "11:00", "12:00", ""), "Dieses Feld ist zwingend erforderlich."),
        (("", "10:00", "12:00", ""), "Bitte geben Sie mindestens einen Tag an."),
    ],
)
def test_one_wrong_row_stops_all_of_them(editor_client, row, sentence):
    event = make_event(series=make_series())
    good = [("04.05.2027", "10:00", "12:00", "")] if "mindestens" not in sentence else []
    response = editor_client.post(f"/admin/events/event/{event.pk}/weitere-termine/", date_rows(*good, row))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Event.objects.get() == event


def test_a_new_series_needs_a_name(editor_client):
    event = make_event()
    response = editor_client.post(
        f"/admin/events/event/{event.pk}/weitere-termine/",
        date_rows(("04.05.2027", "10:00", "12:00", "")) | {"title": ""},
    )
    assert "Dieses Feld ist zwingend erforderlich." in response.content.decode()
    assert (Event.objects.get(), Series.objects.count()) == (event, 0)


# --- neighbours


def test_neighbours_are_what_happens_within_three_days_in_the_same_town_or_cluster():
    leipzig, other_leipzig, halle = make_venue(), make_venue(), make_venue(town="Halle (Saale)")
    cluster = make_cluster()
    day = date(2027, 5, 10)
    near = make_event(starts_on=date(2027, 5, 7), venue=other_leipzig)
    shares = make_event(starts_on=date(2027, 5, 13), venue=halle, clusters=[cluster, make_cluster()])
    running = make_event(starts_on=date(2027, 4, 1), ends_on=date(2027, 5, 8), venue=leipzig)
    draft = make_event_draft(starts_on=day, venue=leipzig)
    make_event(starts_on=date(2027, 5, 6), venue=leipzig)
    make_event(starts_on=date(2027, 5, 14), venue=leipzig)
    make_event(starts_on=day, venue=halle)
    make_event(starts_on=day, venue=leipzig, status="cancelled")
    make_withdrawn_event(starts_on=day, venue=leipzig)
    itself = make_event(starts_on=day, venue=leipzig, clusters=[cluster])
    expired = make_expired_event(starts_on=day, venue=leipzig)
    found = neighbours(day, day, town_slug="leipzig", clusters=[cluster.pk], except_for=itself.pk)
    assert list(found) == [running, near, draft, expired, shares]
    assert list(neighbours(day, day)) == []
    assert list(neighbours(date(1, 1, 1), date(9999, 1, 1), town_slug="leipzig")) == []


def test_the_form_shows_neighbours_without_script_and_answers_one(editor_client):
    venue, day = make_venue(), date(2027, 5, 10)
    other = make_event_draft(title="Der <b>andere</b>", starts_on=day, venue=venue)
    event = make_event_draft(title="Dieser", starts_on=day, venue=venue)
    page = editor_client.get(change(event)).content.decode()
    assert f'<a href="{change(other)}">Der &lt;b&gt;andere&lt;/b&gt;</a>' in page
    path = reverse("admin:events_event_neighbours")
    question = {"starts_on": "10.05.2027", "venue": venue.pk, "event": event.pk}
    assert editor_client.get(path, question).json() == {
        "words": "Drei Tage davor und danach, im selben Ort oder für dieselben Cluster:",
        "events": [
            {
                "path": change(other),
                "title": "Der <b>andere</b>",
                "note": "Montag, 10.\u00a0Mai 2027, 10–12\u00a0Uhr · Leipzig · Entwurf",
            }
        ],
    }


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"starts_on": "1"},
        {"starts_on": "10.05.2027", "venue": "abc"},
        {"starts_on": "10.05.2027", "venue": "999999999999999999999"},
        {"starts_on": "10.05.2027", "clusters": ["x", "-1"]},
        {"starts_on": "10.05.2027", "ends_on": "01.05.2027", "venue": ""},
        {"starts_on": "01.01.0001"},
        {"starts_on": "\x00"},
    ],
)
def test_a_half_typed_question_has_an_empty_answer(editor_client, question):
    answer = editor_client.get(reverse("admin:events_event_neighbours"), question)
    assert (answer.status_code, answer.json()["events"]) == (200, [])


def test_neighbours_are_for_editors_only(client):
    path = reverse("admin:events_event_neighbours")
    assert client.get(path).status_code == 302
    client.force_login(make_editor())
    assert client.post(path).status_code == 405
    stranger = make_editor("fremd")
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(path).status_code == 403


# --- venues


def test_doubles_of_a_venue_are_merged_into_the_one_chosen(editor_client):
    kept, double = make_venue(name="Villa Ida"), make_venue(name="Mediencampus Villa Ida")
    bystander = make_venue()
    event = make_event(venue=double)
    chosen = {"action": "merge", "_selected_action": [kept.pk, double.pk]}
    page = editor_client.post("/admin/events/venue/", chosen)
    assert "Mediencampus Villa Ida, Hauptstraße 1, 04109 Leipzig (1 Termin)" in page.content.decode()
    assert Venue.objects.count() == 3
    response = editor_client.post("/admin/events/venue/", chosen | {"keep": kept.pk}, follow=True)
    assert "hat jetzt alle Termine der 2 Orte" in response.content.decode()
    event.refresh_from_db()
    assert (event.venue, event.sequence) == (kept, 1)
    assert set(Venue.objects.all()) == {kept, bystander}


@pytest.mark.parametrize("keep", ["", "abc", "0"])
def test_merging_needs_one_of_the_chosen_to_keep(editor_client, keep):
    first, second = make_venue(), make_venue()
    data = {"action": "merge", "_selected_action": [first.pk, second.pk], "keep": keep}
    assert editor_client.post("/admin/events/venue/", data).status_code == 200
    assert Venue.objects.count() == 2


def test_merging_one_venue_says_that_it_needs_two(editor_client):
    data = {"action": "merge", "_selected_action": [make_venue().pk]}
    response = editor_client.post("/admin/events/venue/", data, follow=True)
    assert "Bitte wählen Sie mindestens zwei Orte aus." in response.content.decode()


def test_a_venue_in_use_says_where_and_is_not_deleted(editor_client):
    venue = make_venue()
    event = make_event(venue=venue)
    assert change(event) in editor_client.get(f"/admin/events/venue/{venue.pk}/change/").content.decode()
    editor_client.post(f"/admin/events/venue/{venue.pk}/delete/", {"post": "yes"})
    assert Venue.objects.get() == venue


# --- lists and „Heute“


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"kommend", "vergangen", "abgesagt", "entwurf"}),
        ("?zeit=kommend", {"kommend", "abgesagt", "entwurf"}),
        ("?zeit=vergangen", {"vergangen"}),
        ("?status__exact=cancelled", {"abgesagt"}),
        ("?stand=draft", {"entwurf"}),
        ("?q=leuna", {"kommend"}),
        ("?q=ihk", {"vergangen"}),
    ],
)
def test_editors_find_events_by_time_state_status_town_and_organiser(editor_client, query, expected):
    make_event(title="kommend", venue=make_venue(town="Leuna"))
    make_event(title="vergangen", days=-5, organisers=[make_organiser(name="IHK")])
    make_event(title="abgesagt", status="cancelled")
    make_event_draft(title="entwurf")
    response = editor_client.get(LIST + query)
    assert response.status_code == 200
    assert {event.title for event in response.context["cl"].result_list} == expected


def test_the_list_needs_as_many_queries_for_many_events(editor_client, django_assert_max_num_queries):
    for _ in range(3):
        make_full_event()
    with django_assert_max_num_queries(14):
        editor_client.get(LIST)
    for _ in range(10):
        make_full_event()
    with django_assert_max_num_queries(14):
        editor_client.get(LIST)


def test_today_shows_what_is_unconfirmed_and_what_waits_for_its_recap(editor_client):
    soon = make_event(title="bald", days=20, status="planned")
    make_event(title="später", days=40, status="planned")
    make_event(title="bestätigt", days=5)
    over = make_event(title="vorbei", days=-5)
    make_event(title="lange vorbei", days=-60)
    make_event(title="erzählt", days=-5, recap="<p>So war es.</p>")
    reported = make_event(title="berichtet", days=-5)
    EventLink.objects.create(event=reported, kind="report", label="Bericht", url="https://www.example.org/")
    make_event(title="abgesagt", days=-5, status="cancelled")
    panels = {panel.title: panel for panel in editor_client.get("/admin/").context["panels"]}
    shown = {title: [task.label for task in panel.tasks] for title, panel in panels.items()}
    assert shown == {
        "Termine: bald und nicht bestätigt": [soon.title],
        "Termine: vorbei und ohne Rückblick": [over.title],
    }
    assert {editor_client.get(panel.all_path).status_code for panel in panels.values()} == {200}


@pytest.mark.parametrize("path", ["event", "venue", "organiser", "category", "series", "../clusters/cluster"])
def test_editors_may_do_their_work(editor_client, path):
    assert editor_client.get(f"/admin/events/{path}/".replace("events/../", "")).status_code == 200
    assert editor_client.get(f"/admin/events/{path}/add/".replace("events/../", "")).status_code == 200


def test_a_cluster_keeps_its_address_and_stays_while_something_points_to_it(editor_client):
    used, unused = make_cluster(), make_cluster()
    make_event(clusters=[used])
    page = editor_client.get(f"/admin/clusters/cluster/{used.pk}/change/").content.decode()
    assert 'name="slug"' not in page
    delete = [
        editor_client.post(f"/admin/clusters/cluster/{one.pk}/delete/", {"post": "yes"}) for one in (used, unused)
    ]
    assert [one.status_code for one in delete] == [403, 302]


def test_strangers_see_no_event_that_is_not_public(client):
    event = make_event_draft()
    for path in (
        change(event),
        f"/admin/events/event/{event.pk}/vorschau/",
        f"/admin/events/event/{event.pk}/weitere-termine/",
    ):
        assert client.get(path).status_code == 302


def test_every_moment_an_editor_sees_is_german(editor_client):
    event = make_event(starts_on=date(2027, 5, 4))
    assert "Dienstag, 4.\u00a0Mai 2027, 10–12\u00a0Uhr" in editor_client.get(LIST).content.decode()
    page = editor_client.get(change(event)).content.decode()
    assert re.search(r'name="starts_on" value="04.05.2027"', page)
    assert re.search(r'name="start_time" value="10:00"', page)
